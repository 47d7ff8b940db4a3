//! What is read: a project, or files named as flags.

use super::session::{Halt, Session};
use controlmap::error::Error;
use controlmap::join::{self, JoinReport};
use controlmap::model::{Dataset, Day};
use controlmap::project::{BoundaryInput, Inputs, Project};
use controlmap::read::{self, Folder};
use std::path::{Path, PathBuf};

/// The name of a project file.
pub const PROJECT_FILE: &str = "controlmap.toml";

/// Which files are read.
#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Input")]
pub struct Input {
    /// Project: a folder with `controlmap.toml`, or that file [default: the current folder]
    #[arg(value_name = "PROJECT", conflicts_with_all = ["boundaries", "events", "actors", "sources", "places", "names"])]
    project: Option<PathBuf>,
    /// Boundaries (GeoJSON), instead of a project
    #[arg(long, value_name = "FILE", requires = "events")]
    boundaries: Vec<String>,
    /// Events (CSV, JSON or JSON Lines)
    #[arg(long, value_name = "FILE", requires = "boundaries")]
    events: Vec<String>,
    /// Actors: names, sides, colours
    #[arg(long, value_name = "FILE", requires = "events")]
    actors: Option<String>,
    /// Sources: who says so, and whose interest they serve
    #[arg(long, value_name = "FILE", requires = "events")]
    sources: Option<String>,
    /// Settlements and sites
    #[arg(long, value_name = "FILE", requires = "events")]
    places: Option<String>,
    /// Further spellings of places
    #[arg(long, value_name = "FILE", requires = "events")]
    names: Option<String>,
}

/// Everything that was read, joined.
pub struct World {
    /// What the project file or the flags say.
    pub project: Project,
    /// What the names of its files count from.
    pub folder: Folder,
    /// The joined data.
    pub dataset: Dataset,
    /// How the joining went.
    pub joined: JoinReport,
}

impl Input {
    /// Reads and joins; faults go to the session.
    ///
    /// # Errors
    /// Of usage where there is no project; faults where what was read cannot be joined.
    pub fn world(&self, session: &mut Session) -> Result<World, Halt> {
        let (project, folder) = self.project(session)?;
        world(project, folder, session)
    }

    fn project(&self, session: &mut Session) -> Result<(Project, Folder), Halt> {
        if !self.events.is_empty() {
            let inputs = Inputs {
                boundaries: self.boundaries.iter().map(BoundaryInput::new).collect(),
                events: self.events.clone(),
                actors: self.actors.clone(),
                sources: self.sources.clone(),
                places: self.places.clone(),
                names: self.names.clone(),
            };
            return Ok((Project { inputs, ..Project::default() }, Folder::disk("")));
        }
        let path = self.project.as_deref().unwrap_or(Path::new("."));
        let file = if path.is_dir() { path.join(PROJECT_FILE) } else { path.to_owned() };
        if !file.exists() {
            return Err(no_project(path, self.project.is_some()).into());
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = Folder::disk(file.parent().unwrap_or(Path::new("")));
        let project = session.take(read::project(&folder, &name));
        session.require_no_errors()?;
        Ok((project, folder))
    }
}

fn no_project(path: &Path, named: bool) -> Error {
    if named && !path.is_dir() {
        return Error::usage(format!("there is no project `{}`", path.display()));
    }
    Error::usage(format!(
        "no `{PROJECT_FILE}` in {}; name a project, give `--boundaries` and `--events`, or start one with `controlmap new DIR`",
        if named { format!("`{}`", path.display()) } else { "this folder".to_owned() }
    ))
}

/// Reads the tables of a project and joins them.
///
/// # Errors
/// Faults where what was read cannot be joined.
pub fn world(project: Project, folder: Folder, session: &mut Session) -> Result<World, Halt> {
    let offset = project.period.timezone;
    let tables = session.take(read::tables(&project.inputs, &folder, offset));
    let (dataset, joined) = session.take(join::join(tables, offset));
    Ok(World { project, folder, dataset, joined })
}

impl World {
    /// The last day that an event speaks of.
    pub fn last_day(&self) -> Option<Day> {
        self.dataset.events.iter().map(|e| e.date.latest).filter(|day| *day != Day::NEVER).max()
    }
}
