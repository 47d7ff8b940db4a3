//! Where a command's bytes go: a file, whole or not at all, or stdout.

use controlmap::error::{Error, Result};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Where to write, and in which format.
#[derive(clap::Args, Debug)]
pub struct Target {
    /// File to write, its ending names the format; `-` is stdout
    #[arg(short, long = "output", value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Format of stdout, or of a file whose ending says nothing
    #[arg(long, value_name = "NAME")]
    pub format: Option<String>,
}

impl Target {
    /// The file, unless it is stdout.
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// Refuses a file whose folder does not exist, before the work is done.
    ///
    /// # Errors
    /// Of usage.
    pub fn require_folder(&self) -> Result<()> {
        let Some(file) = self.file() else { return Ok(()) };
        let folder = folder_of(file);
        if file.is_dir() {
            return Err(Error::usage(format!("`{}` is a folder; name a file in it", file.display())));
        }
        if !folder.is_dir() {
            return Err(Error::usage(format!(
                "cannot write `{}`: the folder `{}` does not exist; make it first",
                file.display(),
                folder.display()
            )));
        }
        Ok(())
    }

    /// Writes the bytes.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put(&self, bytes: &[u8]) -> Result<()> {
        match self.file() {
            Some(file) => put(file, bytes),
            None => to_stdout(bytes),
        }
    }
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Writes a file, whole or not at all.
///
/// # Errors
/// When it cannot be written; nothing is left behind then.
pub fn put(file: &Path, bytes: &[u8]) -> Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let partial = folder_of(file).join(format!(".{name}.{}.partial", std::process::id()));
    let write = || -> io::Result<()> {
        let mut open = std::fs::File::create(&partial)?;
        open.write_all(bytes)?;
        std::fs::rename(&partial, file)
    };
    write().map_err(|error| {
        // it may never have come to be
        let _ = std::fs::remove_file(&partial);
        Error::new(format!("cannot write `{}`: {error}", file.display()))
    })
}

/// Writes data to stdout; a reader that has heard enough is not an error.
///
/// # Errors
/// When stdout cannot be written.
pub fn to_stdout(bytes: &[u8]) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::new(format!("cannot write to stdout: {error}")))
        }
        _ => Ok(()),
    }
}

/// Says something on stderr; if nobody can hear it, there is nobody to tell.
pub fn to_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Tells whether stderr takes colour: a terminal, unless `NO_COLOR` is set.
pub fn stderr_has_colour() -> bool {
    io::stderr().is_terminal() && wants_colour()
}

/// Tells whether stdout takes colour: a terminal, unless `NO_COLOR` is set.
pub fn stdout_has_colour() -> bool {
    io::stdout().is_terminal() && wants_colour()
}

fn wants_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
