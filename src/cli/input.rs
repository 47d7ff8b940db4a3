//! What is read: a project, or files named as flags.

use super::session::{Halt, Session};
use controlmap::diag::{Diagnostic, Location, Severity, Spot};
use controlmap::join::{self, JoinReport};
use controlmap::model::{Dataset, Day, Entry};
use controlmap::project::{BoundaryInput, Inputs, Project};
use controlmap::read::{self, Folder, PROJECT_FILE};
use std::path::{Path, PathBuf};

/// Which files are read.
#[derive(clap::Args, Debug)]
pub struct Input {
    /// Project: a folder with `controlmap.toml`, or that file [default: the current folder]
    #[arg(value_name = "PROJECT", conflicts_with_all = ["boundaries", "events", "actors", "sources", "places", "names"])]
    project: Option<PathBuf>,
    /// Boundaries (GeoJSON or TopoJSON), instead of a project
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "events")]
    boundaries: Vec<String>,
    /// Events (CSV, JSON or JSON Lines)
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "boundaries")]
    events: Vec<String>,
    /// Actors: names, sides, colours
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "events")]
    actors: Option<String>,
    /// Sources: who says so, and whose interest they serve
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "events")]
    sources: Option<String>,
    /// Settlements and sites
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "events")]
    places: Option<String>,
    /// Further spellings of places
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "events")]
    names: Option<String>,
}

/// Everything that was read, joined.
pub struct Joined {
    /// What the project file or the flags say.
    pub project: Project,
    /// The joined data.
    pub dataset: Dataset,
    /// How the joining went.
    pub report: JoinReport,
}

impl Input {
    /// Reads and joins; faults go to the session.
    ///
    /// # Errors
    /// Where there is no project; faults where what was read cannot be joined.
    pub fn joined(&self, session: &mut Session) -> Result<Joined, Halt> {
        let project = if self.events.is_empty() {
            // the file itself, so that reports call it as the user does
            let here = if Path::new(PROJECT_FILE).is_file() { PROJECT_FILE } else { "." };
            let path = self.project.as_deref().unwrap_or(Path::new(here));
            let project = session.take(read::project(path)?);
            session.require_no_errors()?;
            project
        } else {
            Project { inputs: self.inputs(), ..Project::default() }
        };
        let folder = Folder::disk(project.folder.clone());
        joined(project, &folder, session)
    }

    fn inputs(&self) -> Inputs {
        Inputs {
            boundaries: self.boundaries.iter().map(BoundaryInput::new).collect(),
            events: self.events.clone(),
            actors: self.actors.clone(),
            sources: self.sources.clone(),
            places: self.places.clone(),
            names: self.names.clone(),
        }
    }
}

/// Reads the tables of a project and joins them.
///
/// # Errors
/// Faults where what was read cannot be joined.
pub fn joined(project: Project, folder: &Folder, session: &mut Session) -> Result<Joined, Halt> {
    let offset = project.period.timezone;
    let tables = session.take(read::tables(&project.inputs, folder, offset));
    // joining to what was not read would blame rows that have no fault
    if session.found.iter().any(|fault| !spares_the_join(fault, &project.inputs)) {
        return Err(Halt::Faults);
    }
    let (dataset, report) = session.take(join::join(tables, offset));
    Ok(Joined { project, dataset, report })
}

/// Tells whether all else can be joined in spite of a fault: it is one of a row of events.
fn spares_the_join(fault: &Diagnostic, inputs: &Inputs) -> bool {
    let is_row = |location: &Location| match location.spot {
        Spot::Cell { row, .. } => row > 1,
        Spot::Text { .. } => fault.code.name != "bad-json",
        Spot::File | Spot::Feature { .. } => false,
    };
    let is_event = |location: &Location| inputs.events.contains(&location.file) && is_row(location);
    fault.severity() == Severity::Warning || fault.location.as_ref().is_some_and(is_event)
}

impl Joined {
    /// The last day that an event speaks of.
    pub fn last_day(&self) -> Option<Day> {
        let events = &self.dataset.events;
        let latest = |e: &Entry| events.beside()[e.rest as usize].date.map_or(e.day, |date| date.latest);
        events.entries().iter().map(latest).filter(|day| *day != Day::NEVER).max()
    }
}
