//! `demo`: draws the figures of the built-in project.

use super::built_in::SYRIA;
use super::drawing::{Request, bytes, figure, tell_dropped};
use super::input;
use super::lint::Depth;
use super::session::{Halt, Session};
use controlmap::error::Error;
use controlmap::read::{self, Folder, PROJECT_FILE};
use controlmap::write::{self, FORMATS};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Draw the built-in example, Syria in late 2024, as SVG and PNG; needs no file and no network
#[derive(clap::Args)]
pub struct Args {
    /// Folder that the files go to; made where it is missing
    #[arg(value_name = "DIR", default_value = "output")]
    dir: PathBuf,
}

/// Draws the figures.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let folder = Folder::Built(SYRIA);
    let project = session.take(read::project_in(&folder, PROJECT_FILE, PROJECT_FILE)?);
    session.require_no_errors()?;
    let joined = input::joined(project, &folder, Depth::Passing, session)?;
    let requests: Vec<Request> = joined.project.figures.iter().map(Request::from).collect();
    let drawn: Result<Vec<_>, Error> = requests.par_iter().map(|request| figure(&joined, request)).collect();
    let scenes: Vec<_> = drawn?.into_iter().map(|checked| session.take(checked)).collect();
    scenes.iter().flatten().for_each(|drawn| tell_dropped(&joined, drawn, session));
    session.require_sound()?;

    let files: Vec<_> = (0..scenes.len()).flat_map(|i| FORMATS.iter().map(move |format| (i, format))).collect();
    let made: Result<Vec<_>, Error> = files
        .par_iter()
        .map(|(i, format)| {
            let stem = Path::new(&joined.project.figures[*i].file).file_stem().unwrap_or_default();
            let drawn = scenes[*i].as_ref().expect("a figure without an error was drawn");
            Ok((
                Path::new(stem).with_extension(format.extension),
                bytes(format, &drawn.scene, &requests[*i].look(&joined))?,
            ))
        })
        .collect();

    std::fs::create_dir_all(&args.dir)
        .map_err(|e| Error::new(format!("cannot make the folder `{}`: {e}", args.dir.display())))?;
    for (name, bytes) in made? {
        let path = args.dir.join(name);
        write::save(&path, &bytes)?;
        session.tell(&format!("wrote {}\n", path.display()));
    }
    Ok(())
}
