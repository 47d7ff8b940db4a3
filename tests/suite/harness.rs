//! A run of the real program in a folder of its own, and what is expected of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// The longest that a run may take before it counts as hung.
const LONGEST: Duration = Duration::from_secs(300);

/// A folder that goes away with its test.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes an empty folder.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Copies a folder's files into it.
    pub fn copy(&self, from: &Path) {
        copy(from, &self.0);
    }

    /// Every file in it with folders before its name, sorted.
    pub fn files(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    names.push(path.strip_prefix(&self.0).unwrap().to_string_lossy().into_owned());
                }
            }
        }
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A run and what is expected of it.
pub struct Test {
    /// Where it runs.
    pub folder: Folder,
    args: Vec<String>,
    stdout: Option<String>,
    stdout_parts: Vec<String>,
    stderr: Option<String>,
    stderr_parts: Vec<String>,
    status: i32,
}

impl Test {
    /// A run in an empty folder, expected to end well.
    pub fn new() -> Self {
        Self {
            folder: Folder::new(),
            args: Vec::new(),
            stdout: None,
            stdout_parts: Vec::new(),
            stderr: None,
            stderr_parts: Vec::new(),
            status: 0,
        }
    }

    /// A run in the project that `new` writes.
    pub fn project() -> Self {
        let test = Self::new();
        test.folder.copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/template"));
        test
    }

    /// Puts a file into the folder.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.folder.path().join(name), content).unwrap();
        self
    }

    /// Copies a folder's files into the folder.
    pub fn copy(self, folder: &Path) -> Self {
        self.folder.copy(folder);
        self
    }

    /// The arguments, separated by blanks.
    pub fn args(mut self, args: &str) -> Self {
        self.args = args.split_whitespace().map(str::to_owned).collect();
        self
    }

    /// What stdout is.
    pub fn stdout(mut self, text: impl Into<String>) -> Self {
        self.stdout = Some(text.into());
        self
    }

    /// What stdout holds.
    pub fn stdout_has(mut self, text: impl Into<String>) -> Self {
        self.stdout_parts.push(text.into());
        self
    }

    /// What stderr is.
    pub fn stderr(mut self, text: impl Into<String>) -> Self {
        self.stderr = Some(text.into());
        self
    }

    /// What stderr holds.
    pub fn stderr_has(mut self, text: impl Into<String>) -> Self {
        self.stderr_parts.push(text.into());
        self
    }

    /// The exit code.
    pub fn status(mut self, status: i32) -> Self {
        self.status = status;
        self
    }

    /// Runs, compares, and gives the folder.
    pub fn run(self) -> Folder {
        let output = output(self.folder.path(), &self.args);
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        let about = format!("controlmap {}\nstdout:\n{stdout}\nstderr:\n{stderr}", self.args.join(" "));
        assert_eq!(output.status.code(), Some(self.status), "exit code of {about}");
        if let Some(expected) = &self.stdout {
            assert_eq!(&stdout, expected, "stdout of {about}");
        }
        if let Some(expected) = &self.stderr {
            assert_eq!(&stderr, expected, "stderr of {about}");
        }
        for part in &self.stdout_parts {
            assert!(stdout.contains(part.as_str()), "stdout lacks {part:?}: {about}");
        }
        for part in &self.stderr_parts {
            assert!(stderr.contains(part.as_str()), "stderr lacks {part:?}: {about}");
        }
        assert!(!stderr.contains("panicked"), "{about}");
        self.folder
    }
}

/// Runs a program of the system and gives what it said; nothing where it is missing, which fails on a build
/// machine: `tests/run` installs it.
pub fn tool(name: &str, args: &[&str]) -> Option<Output> {
    match Command::new(name).args(args).stdin(Stdio::null()).output() {
        Ok(output) => Some(output),
        Err(e) => {
            assert!(std::env::var("CI").is_err(), "`{name}` is needed: {e}");
            None
        }
    }
}

/// Runs the program in a folder, to its end or until it counts as hung.
pub fn output(folder: &Path, args: &[impl AsRef<str>]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_controlmap"))
        .args(args.iter().map(AsRef::as_ref))
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // both pipes are read while it runs, so that a long report does not fill one and stand still
    let mut pipes = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let stdout = std::thread::spawn(move || drain(&mut pipes.0));
    let stderr = std::thread::spawn(move || drain(&mut pipes.1));
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > LONGEST {
            child.kill().unwrap();
            panic!("the program did not end within {LONGEST:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    Output { status, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() }
}

fn drain(pipe: &mut impl std::io::Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes).unwrap();
    bytes
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program speaks UTF-8")
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}
