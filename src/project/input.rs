//! The project file as data.

use super::{Figure, MapOptions, PolicyOptions, Title, When};
use crate::diag::{Diagnostic, Severity, quote};
use crate::model::{Level, Offset};
use std::path::PathBuf;

/// A project: what `controlmap.toml` says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Project {
    /// Title of its figures.
    pub title: Title,
    /// The folder that paths of the file count from.
    pub folder: PathBuf,
    /// Which files.
    pub inputs: Inputs,
    /// Which time.
    pub period: Period,
    /// Which policy.
    pub policy: PolicyOptions,
    /// How its maps look.
    pub map: MapOptions,
    /// What is drawn.
    pub figures: Vec<Figure>,
    /// Warnings that its author has looked at and stands by.
    pub accepted: Vec<Accepted>,
}

/// A warning that is known and not told again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Code of the diagnostic.
    pub code: String,
    /// What it is about: the value, or an id or a name that the message quotes.
    pub about: String,
    /// Why it is as it is, for whoever reads the file.
    pub why: String,
}

impl Accepted {
    /// Tells whether a diagnostic is the one accepted; an error never is.
    pub fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let is_about =
            || diagnostic.value.as_ref() == Some(&self.about) || diagnostic.message.contains(&quote(&self.about));
        diagnostic.severity() == Severity::Warning && diagnostic.code.name == self.code && is_about()
    }
}

/// The files of a project, as written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inputs {
    /// Boundaries, one entry a file.
    pub boundaries: Vec<BoundaryInput>,
    /// Tables of events.
    pub events: Vec<String>,
    /// Table of actors.
    pub actors: Option<String>,
    /// Table of sources.
    pub sources: Option<String>,
    /// Table of places.
    pub places: Option<String>,
    /// Table of further spellings.
    pub names: Option<String>,
}

/// A boundary file, and which of its properties mean what.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundaryInput {
    /// The file.
    pub file: String,
    /// Admin level of its features.
    pub level: Level,
    /// Property that holds the code; else the feature's own `id`, else the first of a list of usual ones.
    pub id: Option<String>,
    /// Property that holds the name; else the first of a list of usual ones.
    pub name: Option<String>,
    /// Properties that hold names by language tag.
    pub names: Vec<(String, String)>,
    /// Property that holds the code of the containing region.
    pub parent: Option<String>,
    /// Property that holds an official area in km².
    pub area: Option<String>,
    /// Name of the edition, for credits.
    pub edition: Option<String>,
    /// Licence, for credits.
    pub licence: Option<String>,
    /// Who to credit.
    pub credit: Option<String>,
}

impl BoundaryInput {
    /// A boundary file of admin level 1 with nothing else said.
    pub fn new(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            level: Level::Adm1,
            id: None,
            name: None,
            names: Vec::new(),
            parent: None,
            area: None,
            edition: None,
            licence: None,
            credit: None,
        }
    }
}

/// The time that a project covers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Period {
    /// Start; else the first event's.
    pub from: Option<When>,
    /// End; else the last event's.
    pub to: Option<When>,
    /// Time zone that days are counted in.
    pub timezone: Offset,
}
