//! The project file as data.

use super::{Figure, MapOptions, PolicyOptions, When};
use crate::model::{Level, Offset};
use std::path::PathBuf;

/// A project: what `controlmap.toml` says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Project {
    /// Title of its figures.
    pub title: String,
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
