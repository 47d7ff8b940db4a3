//! `demo`: draws the figures of the built-in project.

use super::built_in::SYRIA;
use super::drawing::{Request, bytes, figure};
use super::input;
use super::output;
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
    let joined = input::joined(project, &folder, session)?;
    let requests: Vec<Request> = joined.project.figures.iter().map(Request::from).collect();
    let drawn: Result<Vec<_>, Error> = requests.par_iter().map(|request| figure(&joined, request)).collect();
    let scenes: Vec<_> = drawn?.into_iter().map(|checked| session.take(checked)).collect();
    session.require_sound()?;

    std::fs::create_dir_all(&args.dir)
        .map_err(|e| Error::new(format!("cannot make the folder `{}`: {e}", args.dir.display())))?;
    let files: Vec<_> = (0..scenes.len()).flat_map(|i| FORMATS.iter().map(move |format| (i, format))).collect();
    let written: Result<Vec<PathBuf>, Error> = files
        .par_iter()
        .map(|(i, format)| {
            let stem = Path::new(&joined.project.figures[*i].file).with_extension(format.extension);
            let path = args.dir.join(stem.file_name().unwrap_or(stem.as_os_str()));
            let scene = scenes[*i].as_ref().expect("a figure without an error was drawn");
            write::save(&path, &bytes(format, scene, &requests[*i].look(&joined))?)?;
            Ok(path)
        })
        .collect();
    let written = written?;
    if !session.quiet {
        let lines: Vec<String> = written.iter().map(|path| format!("wrote {}\n", path.display())).collect();
        output::to_stderr(&lines.concat());
    }
    Ok(())
}
