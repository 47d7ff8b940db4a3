//! `demo`: the figures of the built-in project.

use super::built_in::SYRIA;
use super::drawing::{Request, figure};
use super::session::{Halt, Session};
use super::{image, input, output};
use controlmap::error::Error;
use controlmap::project::Figure;
use controlmap::read::{self, Folder};
use controlmap::write::{FORMATS, Format};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Draw the built-in example, Syria in 2024: each figure as SVG and PNG
#[derive(clap::Args)]
pub struct Args {
    /// Folder to write to; made where it does not exist
    #[arg(value_name = "DIR", default_value = "output")]
    folder: PathBuf,
}

/// Draws every figure in every format.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let files = Folder::Built(SYRIA);
    let project = session.take(read::project_in(&files, read::PROJECT_FILE, read::PROJECT_FILE)?);
    session.require_no_errors()?;
    let joined = input::joined(project, &files, session)?;
    session.require_sound()?;
    let figures = &joined.project.figures;
    let draw = |wanted: &Figure| {
        let mut own = session.like();
        let request = Request::from(wanted);
        let files = figure(&joined, &request, &mut own).and_then(|drawn| {
            let look = request.look(&joined);
            let stem = Path::new(&wanted.file).file_stem().unwrap_or_default().to_owned();
            let one = |format: &Format| {
                let name = PathBuf::from(&stem).with_extension(format.extension);
                Ok((name, image::bytes(format, &drawn.scene, &look)?))
            };
            FORMATS.iter().map(one).collect::<Result<Vec<_>, Error>>().map_err(Halt::from)
        });
        (own.found, files)
    };
    let drawn: Vec<_> = figures.par_iter().map(draw).collect();
    let mut all = Vec::new();
    for (found, files) in drawn {
        session.found.extend(found);
        all.extend(files?);
    }
    let cannot = |error| Error::new(format!("cannot make the folder `{}`: {error}", args.folder.display()));
    std::fs::create_dir_all(&args.folder).map_err(cannot)?;
    for (name, bytes) in all {
        let file = args.folder.join(name);
        output::put(&file, &bytes)?;
        session.tell(&format!("{}\n", file.display()));
    }
    Ok(())
}
