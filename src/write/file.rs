//! Files whole or not at all: takes a path and bytes.

use crate::error::{Error, Result};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes a file. It appears whole or not at all, and what stood there before stays if this fails: the
/// bytes go to a file beside it, which then takes its name. A device or a pipe is written as it is.
///
/// # Errors
/// A folder that does not exist, a path that is a folder, and whatever the system says.
pub fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |e: std::io::Error| Error::new(e.to_string()).context(format!("cannot write `{}`", path.display()));
    check_target(path)?;
    let target = match fs::metadata(path) {
        Ok(there) if !there.is_file() => {
            return OpenOptions::new().write(true).open(path).and_then(|mut f| f.write_all(bytes)).map_err(failed);
        }
        // where a link leads is replaced, not the link
        Ok(_) => fs::canonicalize(path).map_err(failed)?,
        Err(_) => path.to_path_buf(),
    };
    let folder = folder_of(&target);
    let Some(name) = target.file_name() else {
        return Err(Error::new(format!("cannot write `{}`: it names no file", path.display())));
    };
    let (beside, file) = beside(folder, name).map_err(failed)?;
    let done = fill(file, bytes).and_then(|()| fs::rename(&beside, &target));
    if done.is_err() {
        // the first fault is the one to tell
        let _ = fs::remove_file(&beside);
    }
    done.map_err(failed)
}

/// Refuses a path that cannot become a file, so that it is told before the work is done.
///
/// # Errors
/// Of usage: a folder that does not exist, or a path that is a folder.
pub fn check_target(path: &Path) -> Result<()> {
    let (shown, folder) = (path.display(), folder_of(path));
    if path.is_dir() {
        return Err(Error::usage(format!("cannot write `{shown}`: it is a folder; name a file in it")));
    }
    if !folder.is_dir() {
        let folder = folder.display();
        return Err(Error::usage(format!("cannot write `{shown}`: there is no folder `{folder}`; make it first")));
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn fill(mut file: File, bytes: &[u8]) -> std::io::Result<()> {
    file.write_all(bytes)?;
    // not synced: a whole name for half a file needs the machine to fail, and a sync costs more than a map
    file.flush()
}

/// Makes a new file in a folder, of a name that nobody else uses.
fn beside(folder: &Path, name: &std::ffi::OsStr) -> std::io::Result<(PathBuf, File)> {
    let mut attempt = 0u32;
    loop {
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}-{attempt}.part", std::process::id()));
        let path = folder.join(hidden);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(e) if e.kind() == ErrorKind::AlreadyExists && attempt < 1000 => attempt += 1,
            made => return made.map(|file| (path, file)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty folder of its own, removed in the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("controlmap-{}-{name}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }
        fn names(&self) -> Vec<String> {
            let mut names: Vec<_> =
                fs::read_dir(&self.0).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_stays() {
        let folder = Folder::new("replace");
        let path = folder.0.join("map.png");
        save(&path, b"a long first version").unwrap();
        save(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(folder.names(), ["map.png"]);
    }

    #[test]
    fn a_missing_folder_and_a_folder_are_refused_by_name() {
        let folder = Folder::new("refuse");
        let error = save(&folder.0.join("none/map.png"), b"x").unwrap_err().to_string();
        assert!(error.contains("there is no folder") && error.contains("none`"), "{error}");
        let error = save(&folder.0, b"x").unwrap_err().to_string();
        assert!(error.contains("it is a folder"), "{error}");
        assert!(folder.names().is_empty());
    }

    #[test]
    fn a_failed_rename_leaves_nothing_behind() {
        let folder = Folder::new("failed");
        let error = save(&folder.0.join("bad\0name"), b"x").unwrap_err().to_string();
        assert!(error.contains("cannot write"), "{error}");
        assert!(folder.names().is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_a_device_a_device() {
        let folder = Folder::new("link");
        let (file, link) = (folder.0.join("map.png"), folder.0.join("latest.png"));
        save(&file, b"old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        save(&link, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        save(Path::new("/dev/null"), b"x").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
