//! Where a command's bytes go: a file, whole or not at all, or stdout.

use controlmap::diag::{did_you_mean, quote};
use controlmap::error::{Error, Result};
use controlmap::write;
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

    /// The name of the format asked for: by `--format`, else by the file's ending, else the usual one.
    ///
    /// # Errors
    /// Of usage: a format or an ending that is not known, or nothing to go by.
    pub fn format<'a>(&self, known: &[&'a str], usual: Option<&'a str>) -> Result<&'a str> {
        let find = |word: &str| known.iter().find(|name| name.eq_ignore_ascii_case(word)).copied();
        let list = || known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        if let Some(word) = &self.format {
            let near = || did_you_mean(word, known.iter().copied()).map(|near| format!("; {near}"));
            return find(word).ok_or_else(|| {
                let near = near().unwrap_or_default();
                Error::usage(format!("there is no format {}; known: {}{near}", quote(word), list()))
            });
        }
        match (self.file(), &self.output, usual) {
            (Some(file), ..) => {
                let ending = file.extension().unwrap_or_default().to_string_lossy();
                find(&ending).ok_or_else(|| {
                    let shown = file.display();
                    Error::usage(format!("the ending of `{shown}` names no format; known: {}", list()))
                })
            }
            (None, _, Some(usual)) => Ok(usual),
            (None, Some(_), None) => Err(Error::usage(format!("stdout needs `--format`; known: {}", list()))),
            (None, None, None) => Err(Error::usage("say where to with `-o FILE`, or `-o -` for stdout")),
        }
    }

    /// Refuses a file whose folder does not exist, before the work is done.
    ///
    /// # Errors
    /// Of usage.
    pub fn require_folder(&self) -> Result<()> {
        self.file().map_or(Ok(()), write::check_target)
    }

    /// Writes what is given bit by bit; the file appears whole or not at all.
    ///
    /// # Errors
    /// When the file cannot be written, and what `give` says.
    pub fn fill(&self, give: impl FnOnce(write::Sink) -> Result<()>) -> Result<()> {
        match self.file() {
            Some(file) => {
                let mut pending = write::Pending::new(file)?;
                give(&mut pending)?;
                pending.finish()
            }
            None => {
                let mut bytes = Vec::new();
                give(&mut bytes)?;
                to_stdout(&bytes)
            }
        }
    }

    /// Writes the bytes.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put(&self, bytes: &[u8]) -> Result<()> {
        match self.file() {
            Some(file) => write::save(file, bytes),
            None => to_stdout(bytes),
        }
    }
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
