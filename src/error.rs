//! Error: why a run cannot go on. Faults in the data are [`crate::diag::Diagnostic`]s instead.

use std::fmt;

/// Why a run cannot go on, in one line with its context.
#[derive(Debug)]
pub struct Error {
    message: String,
    /// The command line was wrong, not the environment: exit code 2 rather than 1.
    usage: bool,
}

impl Error {
    /// Makes an error of the environment: a file that cannot be written, a full disk.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), usage: false }
    }

    /// Makes an error of usage: an unknown ending, a bad `--date`.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), usage: true }
    }

    /// Puts what was being done before the message.
    #[must_use]
    pub fn context(self, doing: impl fmt::Display) -> Self {
        Self { message: format!("{doing}: {}", self.message), ..self }
    }

    /// Tells whether the command line was at fault.
    pub fn is_usage(&self) -> bool {
        self.usage
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// What a step that may not go on returns.
pub type Result<T> = std::result::Result<T, Error>;
