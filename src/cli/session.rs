//! One run of the program: what it found, how loud it is, and how it ends.

use super::{General, output, report};
use controlmap::diag::{self, Checked, Diagnostic, Severity};
use controlmap::error::Error;
use controlmap::project::Accepted;

/// Why a command stops before its end.
#[derive(Debug)]
pub enum Halt {
    /// The data has faults; they are in the session.
    Faults,
    /// The run cannot go on.
    Error(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// What a run found so far, and how it reports.
pub struct Session {
    /// What was found, in the order found.
    pub found: Vec<Diagnostic>,
    /// Warnings weigh as errors.
    pub strict: bool,
    /// Only errors are printed.
    pub quiet: bool,
    /// Every fault is printed.
    pub verbose: bool,
    /// Warnings that the project stands by, and how many were found of each.
    pub accepted: Vec<(Accepted, usize)>,
}

impl Session {
    /// Starts a run.
    pub fn new(general: &General) -> Self {
        let General { strict, quiet, verbose, .. } = *general;
        Self { found: Vec::new(), strict, quiet, verbose, accepted: Vec::new() }
    }

    /// Says something on stderr, unless asked to be quiet.
    pub fn tell(&self, text: &str) {
        if !self.quiet {
            output::to_stderr(text);
        }
    }

    /// Takes a step's value, keeping what the step found.
    pub fn take<T>(&mut self, checked: Checked<T>) -> T {
        self.add(checked.diagnostics);
        checked.value
    }

    /// Keeps what was found, but for what the project stands by.
    pub fn add(&mut self, found: Vec<Diagnostic>) {
        for diagnostic in found {
            match self.accepted.iter_mut().find(|(accepted, _)| accepted.covers(&diagnostic)) {
                Some((_, count)) => *count += 1,
                None => self.found.push(diagnostic),
            }
        }
    }

    /// What is to be reported: sorted, without warnings where only errors are wanted.
    pub fn report(&mut self) -> Vec<Diagnostic> {
        let mut found = std::mem::take(&mut self.found);
        diag::sort(&mut found);
        if self.quiet && !self.strict {
            found.retain(|d| d.severity() == Severity::Error);
        }
        found
    }

    /// Tells whether nothing found so far forbids to write.
    pub fn is_sound(&self) -> bool {
        !self.found.iter().any(|d| self.strict || d.severity() == Severity::Error)
    }

    /// Stops where something found so far makes what follows pointless.
    pub fn require_no_errors(&self) -> Result<(), Halt> {
        if self.found.iter().any(|d| d.severity() == Severity::Error) { Err(Halt::Faults) } else { Ok(()) }
    }

    /// Stops where something found so far forbids to write.
    pub fn require_sound(&self) -> Result<(), Halt> {
        if self.is_sound() { Ok(()) } else { Err(Halt::Faults) }
    }

    /// Prints what is still to be said to stderr; gives the exit code.
    pub fn close(mut self, result: Result<(), Halt>) -> u8 {
        let found = self.report();
        if !found.is_empty() {
            let text = report::text(&found, self.verbose, output::stderr_has_colour());
            output::to_stderr(&format!("{text}{}\n", report::summary(&found)));
        }
        match result {
            Ok(()) => 0,
            Err(Halt::Faults) => 1,
            Err(Halt::Error(error)) => {
                output::to_stderr(&format!("{}: {error}\n", report::error_word(output::stderr_has_colour())));
                if error.is_usage() { 2 } else { 1 }
            }
        }
    }
}
