//! What is read: a project, or files named as flags.

use super::built_in::SYRIA;
use super::lint::{self, Depth};
use super::session::{Halt, Session};
use controlmap::diag::{Diagnostic, Location, Severity, Spot};
use controlmap::join::{self, JoinReport};
use controlmap::model::{Dataset, Day, Entry};
use controlmap::project::{BoundaryInput, Inputs, Project};
use controlmap::read::{self, Folder, PROJECT_FILE};
use controlmap::receipt;
use rayon::prelude::*;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

/// Which files are read.
#[derive(clap::Args, Debug)]
pub struct Input {
    /// Project: a folder with `controlmap.toml`, or that file [default: the current folder]
    #[arg(value_name = "PROJECT", conflicts_with_all = ["boundaries", "events", "actors", "sources", "places", "names"])]
    pub project: Option<PathBuf>,
    #[command(flatten)]
    pub files: Files,
}

/// Files named as flags.
#[derive(clap::Args, Debug)]
pub struct Files {
    /// Boundaries (GeoJSON or TopoJSON), instead of a project
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "events")]
    pub boundaries: Vec<String>,
    /// Events (CSV, JSON or JSON Lines)
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "boundaries")]
    pub events: Vec<String>,
    /// Actors: names, sides, colours
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "events")]
    pub actors: Option<String>,
    /// Sources: who says so, and whose interest they serve
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "events")]
    pub sources: Option<String>,
    /// Settlements and sites
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "events")]
    pub places: Option<String>,
    /// Further spellings of places
    #[arg(help_heading = "Input", long, value_name = "FILE", requires = "events")]
    pub names: Option<String>,
}

/// What the inputs are, beside their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The project inside the binary.
    BuiltIn,
    /// A project file, by its own name.
    Project(String),
    /// Files named as flags.
    Flags,
}

/// Everything that was read, joined.
pub struct Joined {
    /// What the project file or the flags say.
    pub project: Project,
    /// The joined data.
    pub dataset: Dataset,
    /// How the joining went.
    pub report: JoinReport,
    /// What the inputs are.
    pub origin: Origin,
    /// Where they lie.
    pub folder: Folder,
    /// Their hashes, as far as they were asked for.
    hashes: OnceLock<String>,
}

impl Input {
    /// Reads and joins; faults go to the session.
    ///
    /// # Errors
    /// Where there is no project; faults where what was read cannot be joined.
    pub fn joined(&self, session: &mut Session) -> Result<Joined, Halt> {
        self.joined_to(Depth::Passing, session)
    }

    /// As [`Input::joined`], the boundaries looked at as closely as asked.
    ///
    /// # Errors
    /// As of [`Input::joined`].
    pub fn joined_to(&self, depth: Depth, session: &mut Session) -> Result<Joined, Halt> {
        self.files.joined(self.project.as_deref(), depth, session)
    }
}

impl Files {
    /// Reads and joins these files, or where none are named a project; faults go to the session.
    ///
    /// # Errors
    /// Where there is no project; faults where what was read cannot be joined.
    pub fn joined(&self, project: Option<&Path>, depth: Depth, session: &mut Session) -> Result<Joined, Halt> {
        let (project, origin) = if self.events.is_empty() {
            // the file itself, so that reports call it as the user does
            let here = if Path::new(PROJECT_FILE).is_file() { PROJECT_FILE } else { "." };
            let path = project.unwrap_or(Path::new(here));
            let project = session.take(read::project(path)?);
            session.add(without_inputs(&project, path));
            session.require_no_errors()?;
            let file = path.file_name().filter(|_| path.is_file()).and_then(|name| name.to_str());
            (project, Origin::Project(file.unwrap_or(PROJECT_FILE).to_owned()))
        } else {
            (Project { inputs: self.inputs(), ..Project::default() }, Origin::Flags)
        };
        let folder = Folder::disk(project.folder.clone());
        joined(project, folder, origin, depth, session)
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

/// Reads the tables of a project, joins them, and looks for what makes every map and table of them wrong.
///
/// # Errors
/// Faults where what was read cannot be joined.
pub fn joined(
    project: Project,
    folder: Folder,
    origin: Origin,
    depth: Depth,
    session: &mut Session,
) -> Result<Joined, Halt> {
    session.accepted = project.accepted.iter().map(|accepted| (accepted.clone(), 0)).collect();
    let offset = project.period.timezone;
    let tables = session.take(read::tables(&project.inputs, &folder, offset));
    // joining to what was not read would blame rows that have no fault
    if session.found.iter().any(|fault| !spares_the_join(fault, &project.inputs)) {
        return Err(Halt::Faults);
    }
    let (dataset, report) = session.take(join::join(tables, offset));
    session.add(lint::overlaps(&dataset, &project.inputs, depth));
    Ok(Joined { project, dataset, report, origin, folder, hashes: OnceLock::new() })
}

/// Tells of inputs that a project cannot do without.
fn without_inputs(project: &Project, path: &Path) -> Vec<Diagnostic> {
    let inputs = &project.inputs;
    let file = if path.is_dir() { path.join(PROJECT_FILE) } else { path.to_owned() };
    let missing = |what: &str, hint: &str| {
        let message = format!("the project file names no {what}");
        Diagnostic::new("bad-toml", message).at(Location::file(file.display().to_string())).hint(hint)
    };
    let mut found = Vec::new();
    if inputs.events.is_empty() {
        found.push(missing("events", "add `events = \"events.csv\"`"));
    }
    if inputs.boundaries.is_empty() && inputs.places.is_none() {
        found.push(missing("boundaries", "add `boundaries = { file = \"…\", level = \"adm1\" }`, or `places`"));
    }
    found
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

/// The built-in project, joined.
///
/// # Errors
/// Never, as a test draws it.
pub fn built_in(session: &mut Session) -> Result<Joined, Halt> {
    let folder = Folder::Built(SYRIA);
    let project = session.take(read::project_in(&folder, PROJECT_FILE, PROJECT_FILE)?);
    session.require_no_errors()?;
    joined(project, folder, Origin::BuiltIn, Depth::Passing, session)
}

impl Joined {
    /// The inputs, a line each: hash, two blanks and the name as written, without folders that lead out of the
    /// project's.
    pub fn hashes(&self) -> &str {
        self.hashes.get_or_init(|| {
            let lines: Vec<String> =
                self.names().par_iter().map(|name| format!("{}  {}", self.hash(name), told(name))).collect();
            lines.join("\n")
        })
    }

    /// Every input file, in the order of the project file.
    pub fn names(&self) -> Vec<&str> {
        let Inputs { boundaries, events, actors, sources, places, names } = &self.project.inputs;
        let project = match &self.origin {
            Origin::BuiltIn => Some(PROJECT_FILE),
            Origin::Project(name) => Some(name.as_str()),
            Origin::Flags => None,
        };
        let tables = [actors, sources, places, names].into_iter().flatten();
        let boundaries = boundaries.iter().map(|input| &input.file);
        let files = boundaries.chain(events).chain(tables).map(String::as_str);
        project.into_iter().chain(files).collect()
    }

    fn hash(&self, name: &str) -> String {
        let is_project = match &self.origin {
            Origin::BuiltIn => name == PROJECT_FILE,
            Origin::Project(file) => name == file,
            Origin::Flags => false,
        };
        // a pipe can be read once only
        let is_file = match &self.folder {
            Folder::Disk(folder) => folder.join(name).is_file(),
            Folder::Built(_) => true,
        };
        let bytes = is_file.then(|| self.folder.read(name).ok()).flatten();
        let rows = [".csv", ".jsonl", ".ndjson"].iter().any(|ending| name.to_lowercase().ends_with(ending));
        let digest = match (is_project, rows) {
            (true, _) => receipt::digest_of_project,
            (_, true) => receipt::digest_of_rows,
            _ => receipt::digest,
        };
        bytes.map_or_else(|| "-".repeat(64), |bytes| digest(&bytes))
    }

    /// The last day that an event speaks of.
    pub fn last_day(&self) -> Option<Day> {
        let events = &self.dataset.events;
        let latest = |e: &Entry| events.beside()[e.rest as usize].date.map_or(e.day, |date| date.latest);
        events.entries().iter().map(latest).filter(|day| *day != Day::NEVER).max()
    }
}

/// What a receipt calls a file: nothing of where on the machine it lies.
fn told(name: &str) -> &str {
    let path = Path::new(name);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if inside { name } else { path.file_name().and_then(|name| name.to_str()).unwrap_or("?") }
}
