//! Diagnostics: what is wrong or surprising in the data, as data. Never printed here.
//!
//! A step that reads or joins returns [`Checked`]: its value together with everything it found, so
//! that one run reports all faults. The codes are one table, [`CODES`].

mod code;
mod location;
mod nearest;

pub use code::{CODES, Code, code};
pub use location::{Location, Spot};
pub use nearest::{did_you_mean, did_you_mean_text, nearest};

use std::fmt;

/// How much a diagnostic weighs: errors stop a run from writing, warnings do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The run goes on, unless `--strict`.
    Warning,
}

impl Severity {
    /// The word as printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One fault or surprise in the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Its entry in [`CODES`].
    pub code: &'static Code,
    /// What is the matter, in lower case and without a final period.
    pub message: String,
    /// The offending value as written.
    pub value: Option<String>,
    /// Where it stands.
    pub location: Option<Location>,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// Makes a diagnostic with a code of the table.
    ///
    /// # Panics
    /// When the code is not in [`CODES`]: a fault of ours.
    pub fn new(name: &str, message: impl Into<String>) -> Self {
        let code = code(name).expect("the code is in the table");
        Self { code, message: message.into(), value: None, location: None, hints: Vec::new() }
    }

    /// Says where it stands.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Names the offending value.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Its weight, from the table.
    pub fn severity(&self) -> Severity {
        self.code.severity
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity().word(), self.code.name, self.message)?;
        if let Some(location) = &self.location {
            write!(f, "\n  --> {location}")?;
        }
        for hint in &self.hints {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// A value together with what was found while making it.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    /// The value; of use only where [`Checked::has_errors`] is false.
    pub value: T,
    /// What was found, in the order found.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// Wraps a value about which there is nothing to say.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Tells whether any diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity() == Severity::Error)
    }

    /// Takes the value, moving its diagnostics to the end of `all`.
    pub fn take(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.diagnostics);
        self.value
    }
}

/// Sorts diagnostics for a report: errors first, then by file and position, then by code and message.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        (a.severity(), &a.location, a.code.name, &a.message).cmp(&(b.severity(), &b.location, b.code.name, &b.message))
    });
}

/// Quotes a value as JSON does, so that blanks and line breaks show.
pub fn quote(value: &str) -> String {
    let mut cut: String = value.chars().take(80).collect();
    if cut.len() < value.len() {
        cut.push('…');
    }
    serde_json::Value::String(cut).to_string()
}
