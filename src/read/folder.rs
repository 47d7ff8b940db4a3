//! Where files come from: takes names as the user wrote them, gives bytes.
//!
//! A project lies on disk, or inside the binary (the built-in one); everything that reads goes through here.

use crate::diag::{Diagnostic, Location, quote};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A file inside the binary: its name and its bytes.
pub type BuiltFile = (&'static str, &'static [u8]);

/// What the names of a project's files count from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Folder {
    /// A folder on disk; an absolute name stands for itself.
    Disk(PathBuf),
    /// Files inside the binary.
    Built(&'static [BuiltFile]),
}

/// The most bytes that a file may have, so that an endless device ends.
const MOST_BYTES: u64 = 1 << 31;

impl Folder {
    /// A folder on disk.
    pub fn disk(path: impl Into<PathBuf>) -> Self {
        Self::Disk(path.into())
    }

    /// The path of a file on disk and how many bytes it has, where it can be read at all.
    pub(super) fn on_disk(&self, name: &str) -> Option<(PathBuf, u64)> {
        let Self::Disk(folder) = self else { return None };
        let path = folder.join(name);
        let about = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file)?;
        (about.len() <= MOST_BYTES).then_some((path, about.len()))
    }

    /// Opens a file on disk, to be read bit by bit, however large it is.
    ///
    /// # Errors
    /// `cannot-read` where it is missing, a folder, a pipe or forbidden, or inside the binary.
    pub fn open(&self, name: &str) -> Result<File, Diagnostic> {
        let Self::Disk(folder) = self else { return Err(cannot_read(name, "it is inside the program")) };
        let path = folder.join(name);
        require_file(&path, name)?;
        File::open(&path).map_err(|e| cannot_read(name, &reason(&e)))
    }

    /// Reads a whole file.
    ///
    /// # Errors
    /// `cannot-read` where it is missing, a folder or forbidden; `too-large` beyond 2 GiB.
    pub fn read(&self, name: &str) -> Result<Cow<'static, [u8]>, Diagnostic> {
        match self {
            Self::Disk(folder) => read_disk(&folder.join(name), name).map(Cow::Owned),
            Self::Built(files) => match files.iter().find(|(file, _)| *file == name) {
                Some((_, bytes)) => Ok(Cow::Borrowed(*bytes)),
                None => Err(cannot_read(name, "there is no such file in the built-in project")),
            },
        }
    }
}

/// Refuses what is no file; gives how many bytes it has.
fn require_file(path: &Path, name: &str) -> Result<u64, Diagnostic> {
    // Opening a folder succeeds on Linux and reading it then fails with words that help nobody.
    let about = std::fs::metadata(path).map_err(|e| cannot_read(name, &reason(&e)))?;
    if about.is_dir() {
        return Err(cannot_read(name, "it is a folder").hint("name the file in it"));
    }
    // a pipe without a writer never ends, and a device may not either
    if !about.is_file() {
        return Err(cannot_read(name, "it is a pipe or a device").hint("write what it gives to a file, and name that"));
    }
    Ok(about.len())
}

fn read_disk(path: &Path, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let length = require_file(path, name)?;
    let too_large = || {
        Diagnostic::new("too-large", format!("{} has more than 2 GiB", quote(name)))
            .value(name)
            .at(Location::file(name))
    };
    if length > MOST_BYTES {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    let file = File::open(path).map_err(|e| cannot_read(name, &reason(&e)))?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|e| cannot_read(name, &reason(&e)))?;
    if bytes.len() as u64 > MOST_BYTES { Err(too_large()) } else { Ok(bytes) }
}

/// The operating system's reason, without the number that std appends.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        io::ErrorKind::PermissionDenied => "it may not be read".into(),
        io::ErrorKind::NotADirectory => "a part of its path is not a folder".into(),
        io::ErrorKind::InvalidInput => "that is no path".into(),
        _ => error.to_string().to_lowercase(),
    }
}

fn cannot_read(name: &str, why: &str) -> Diagnostic {
    Diagnostic::new("cannot-read", format!("cannot read {}: {why}", quote(name))).value(name).at(Location::file(name))
}

#[cfg(test)]
mod tests {
    use super::Folder;
    use crate::diag::Location;

    const BUILT: Folder = Folder::Built(&[("events.csv", b"date,place,actor\n")]);

    #[test]
    fn reads_a_built_in_file_and_misses_another() {
        assert_eq!(&*BUILT.read("events.csv").unwrap(), b"date,place,actor\n");
        let missing = BUILT.read("actors.csv").unwrap_err();
        assert_eq!((missing.code.name, missing.location), ("cannot-read", Some(Location::file("actors.csv"))));
    }

    #[test]
    fn a_folder_or_a_missing_file_cannot_be_read() {
        let folder = Folder::disk(env!("CARGO_MANIFEST_DIR"));
        assert!(!folder.read("Cargo.toml").unwrap().is_empty());
        let missing = folder.read("no-such-file.csv").unwrap_err();
        assert_eq!(missing.message, "cannot read \"no-such-file.csv\": there is no such file");
        assert_eq!(folder.read("src").unwrap_err().message, "cannot read \"src\": it is a folder");
        if std::path::Path::new("/dev/zero").exists() {
            assert!(folder.read("/dev/zero").unwrap_err().message.ends_with("it is a pipe or a device"));
        }
        assert_eq!(folder.read("a\0b").unwrap_err().code.name, "cannot-read");
        assert_eq!(folder.read("Cargo.toml/x").unwrap_err().code.name, "cannot-read");
    }
}
