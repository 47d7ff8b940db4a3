//! `demo`: draws the figures of the built-in project.

use super::drawing::look;
use super::figure::{self, Ending};
use super::input;
use super::session::{Halt, Session};
use controlmap::error::Error;
use controlmap::write;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Draw the built-in example, Syria in late 2024, as SVG, PNG and PDF, and as a film and a page; needs no file and no network
#[derive(clap::Args)]
pub struct Args {
    /// Folder that the files go to; made where it is missing
    #[arg(value_name = "DIR", default_value = "output")]
    dir: PathBuf,
}

/// The formats of films that are written.
const FILMS: [&str; 4] = ["apng", "gif", "html", "svg"];

/// Draws the figures.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let joined = input::built_in(session)?;
    let figures = &joined.project.figures;
    let drawn: Result<Vec<_>, Error> = figures.par_iter().map(|wanted| figure::draw(&joined, wanted)).collect();
    let drawn: Vec<_> = drawn?.into_iter().map(|checked| session.take(checked)).collect();
    drawn.iter().flatten().for_each(|picture| picture.tell(&joined, session));
    session.require_sound()?;

    let mut files = Vec::new();
    for (figure, picture) in figures.iter().zip(&drawn) {
        let picture = picture.as_ref().expect("a figure without an error was drawn");
        // videos need a program that may not be there
        let needs_nothing = |format: &Ending| figure.kind != "animate" || FILMS.contains(&format.name);
        let formats = (figure::kind(figure)?.formats)().into_iter().filter(needs_nothing);
        files.extend(formats.map(|format| (figure, picture, format)));
    }
    let made: Result<Vec<_>, Error> = files
        .par_iter()
        .map(|(figure, picture, format)| {
            let stem = Path::new(&figure.file).file_stem().unwrap_or_default();
            let bytes = picture.bytes(figure, format.name, &look(&joined, figure))?;
            Ok((Path::new(stem).with_extension(format.extension), bytes))
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
