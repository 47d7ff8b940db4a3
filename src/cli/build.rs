//! `build`: draws the figures of a project that are not as their inputs have them.

use super::caption;
use super::drawing::look;
use super::figure::{self, Picture};
use super::frames;
use super::input::{Input, Joined};
use super::progress::Progress;
use super::session::{Halt, Session};
use controlmap::diag::Severity;
use controlmap::error::{Error, Result};
use controlmap::project::Figure;
use controlmap::receipt::{FIGURE, GENERATOR, INPUTS, PROJECT, fact};
use controlmap::write;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Draw every figure of the project whose inputs changed
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// Draw all, changed or not
    #[arg(long)]
    force: bool,
}

/// Draws the figures.
pub fn run(args: Args, session: &mut Session) -> std::result::Result<(), Halt> {
    let joined = args.input.joined(session)?;
    session.require_sound()?;
    let figures = &joined.project.figures;
    if figures.is_empty() {
        return Err(Error::usage("the project has no `[[figure]]`; add one with `date` and `file`").into());
    }
    let formats: Vec<&str> = figures.iter().map(figure::format_of).collect::<Result<_>>()?;
    figures.iter().filter_map(|f| caption_path(&joined, f)).try_for_each(|path| caption::check_ending(&path))?;
    let (same, changed): (Vec<usize>, Vec<usize>) =
        (0..figures.len()).partition(|i| !args.force && is_fresh(&joined, &figures[*i]));
    let drawn: Vec<_> = changed.par_iter().map(|i| figure::draw(&joined, &figures[*i])).collect::<Result<_>>()?;
    let named = changed.iter().zip(drawn).map(|(i, mut checked)| {
        // which of the figures it is, where that is of matter
        for fault in checked.diagnostics.iter_mut().filter(|fault| fault.severity() == Severity::Error) {
            fault.message = format!("`{}`: {}", figures[*i].file, fault.message);
        }
        session.take(checked)
    });
    let drawn: Vec<_> = named.collect();
    session.require_sound()?;
    // frames go to their files as they are made
    let made: Vec<(PathBuf, Option<Vec<u8>>)> = changed
        .par_iter()
        .zip(&drawn)
        .map(|(i, picture)| {
            let (picture, figure) = (picture.as_ref().expect("a figure without an error was drawn"), &figures[*i]);
            let is_folder = figure::kind(figure)?.is_folder;
            let bytes = || picture.bytes(figure, formats[*i], &look(&joined, figure));
            Ok((path(&joined, figure), if is_folder { None } else { Some(bytes()?) }))
        })
        .collect::<Result<_>>()?;
    drawn.iter().flatten().for_each(|picture| picture.tell(&joined, session));
    for ((i, picture), (path, bytes)) in changed.iter().zip(&drawn).zip(&made) {
        make_folder(path)?;
        match (bytes, picture) {
            (Some(bytes), _) => write::save(path, bytes)?,
            (None, Some(Picture::Film(film))) => {
                let all = 0..film.moments().len();
                let progress = Progress::new(session, all.len());
                frames::Folder::new(path, &joined, &figures[*i], film).fill(film, all, &progress)?;
            }
            (None, _) => {}
        }
        session.tell(&format!("wrote {}\n", path.display()));
    }
    for ((i, picture), (path, _)) in changed.iter().zip(&drawn).zip(&made) {
        if let (Some(file), Some(picture)) = (caption_path(&joined, &figures[*i]), picture) {
            make_folder(&file)?;
            caption::save(&file, &picture.words(), Some(path))?;
            session.tell(&format!("wrote {}\n", file.display()));
        }
    }
    for i in same {
        session.tell(&format!("{} is as its inputs have it\n", path(&joined, &figures[i]).display()));
    }
    Ok(())
}

fn make_folder(path: &Path) -> Result<()> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::create_dir_all(folder)
            .map_err(|e| Error::new(format!("cannot make the folder `{}`: {e}", folder.display()))),
        None => Ok(()),
    }
}

fn caption_path(joined: &Joined, figure: &Figure) -> Option<PathBuf> {
    figure.caption_file.as_ref().map(|file| joined.project.folder.join(file))
}

fn path(joined: &Joined, figure: &Figure) -> PathBuf {
    joined.project.folder.join(&figure.file)
}

/// Tells whether a figure's file was made by this program from these inputs with these options.
fn is_fresh(joined: &Joined, figure: &Figure) -> bool {
    let mut path = path(joined, figure);
    if figure::kind(figure).is_ok_and(|kind| kind.is_folder) {
        if !frames::is_whole(&path) {
            return false;
        }
        path.push(frames::RECEIPT);
    }
    let Some(then) = std::fs::read(path).ok().and_then(|bytes| write::receipt(&bytes)) else {
        return false;
    };
    if caption_path(joined, figure).is_some_and(|file| !file.is_file()) {
        return false;
    }
    let now = figure::facts(joined, figure);
    let generator = format!("controlmap {}", env!("CARGO_PKG_VERSION"));
    fact(&then, GENERATOR) == Some(&generator)
        && [PROJECT, INPUTS, FIGURE].iter().all(|key| fact(&then, key) == fact(&now, key))
}
