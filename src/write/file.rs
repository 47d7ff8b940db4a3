//! Files whole or not at all: takes a path and bytes.

use crate::error::{Error, Result};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

/// Writes a file. It appears whole or not at all, and what stood there before stays if this fails: the
/// bytes go to a file beside it, which then takes its name. A device or a pipe is written as it is.
///
/// # Errors
/// A folder that does not exist, a path that is a folder, and whatever the system says.
pub fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut pending = Pending::new(path)?;
    pending.write_all(bytes).map_err(|e| pending.failed(&e))?;
    pending.finish()
}

/// A file under work: it takes its name when it is finished, and is gone when it is dropped before.
#[derive(Debug)]
pub struct Pending {
    /// What it will be, as named.
    path: PathBuf,
    /// The file beside and the file that it becomes; nothing for a device or a pipe.
    names: Option<[PathBuf; 2]>,
    file: BufWriter<File>,
}

/// The files beside that are under work, by which an interrupted run leaves none.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes the files under work: for a run that is about to end. No other is begun after that.
pub fn abandon() {
    if let Ok(files) = UNFINISHED.lock() {
        for file in files.iter() {
            // nobody is left to be told
            let _ = fs::remove_file(file);
        }
        std::mem::forget(files);
    }
}

/// A file of the system's folder for such, for another program to write to; gone when it is dropped.
#[derive(Debug)]
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// Chooses a name that nobody else uses.
    pub(super) fn new(extension: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("controlmap-{}-{count}.{extension}", std::process::id());
        let path = std::env::temp_dir().join(name);
        if let Ok(mut files) = UNFINISHED.lock() {
            files.push(path.clone());
        }
        Self(path)
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
        if let Ok(mut files) = UNFINISHED.lock() {
            files.retain(|file| *file != self.0);
        }
    }
}

impl Pending {
    /// Begins a file.
    ///
    /// # Errors
    /// A folder that does not exist, a path that is a folder, and whatever the system says.
    pub fn new(path: &Path) -> Result<Self> {
        let failed = |e: std::io::Error| cannot_write(path, &e);
        check_target(path)?;
        let target = match fs::metadata(path) {
            Ok(there) if !there.is_file() => {
                let file = OpenOptions::new().write(true).open(path).map_err(failed)?;
                return Ok(Self { path: path.to_path_buf(), names: None, file: BufWriter::new(file) });
            }
            // where a link leads is replaced, not the link
            Ok(_) => fs::canonicalize(path).map_err(failed)?,
            Err(_) => path.to_path_buf(),
        };
        let Some(name) = target.file_name() else {
            return Err(Error::new(format!("cannot write `{}`: it names no file", path.display())));
        };
        let (beside, file) = beside(folder_of(&target), name).map_err(failed)?;
        let file = BufWriter::with_capacity(1 << 16, file);
        Ok(Self { path: path.to_path_buf(), names: Some([beside, target]), file })
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn finish(mut self) -> Result<()> {
        // not synced: a whole name for half a file needs the machine to fail, and a sync costs more than a map
        self.file.flush().map_err(|e| self.failed(&e))?;
        if let Some([beside, target]) = &self.names {
            fs::rename(beside, target).map_err(|e| self.failed(&e))?;
        }
        self.forget();
        self.names = None;
        Ok(())
    }

    fn failed(&self, error: &std::io::Error) -> Error {
        cannot_write(&self.path, error)
    }

    fn forget(&self) {
        if let (Some([beside, _]), Ok(mut files)) = (&self.names, UNFINISHED.lock()) {
            files.retain(|file| file != beside);
        }
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some([beside, _]) = &self.names {
            // the fault that led here is the one to tell
            let _ = fs::remove_file(beside);
            self.forget();
        }
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Error::new(error.to_string()).context(format!("cannot write `{}`", path.display()))
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

/// Makes a new file in a folder, of a name that nobody else uses.
fn beside(folder: &Path, name: &std::ffi::OsStr) -> std::io::Result<(PathBuf, File)> {
    let mut attempt = 0u32;
    loop {
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}-{attempt}.part", std::process::id()));
        let path = folder.join(hidden);
        // known before it is there, so that no moment is left at which it would stay behind
        if let Ok(mut files) = UNFINISHED.lock() {
            files.push(path.clone());
        }
        let made = OpenOptions::new().write(true).create_new(true).open(&path);
        if let (Err(_), Ok(mut files)) = (&made, UNFINISHED.lock()) {
            files.retain(|file| *file != path);
        }
        match made {
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
