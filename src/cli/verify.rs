//! `verify`: draws figures again from their receipts and compares the bytes.

mod frames;

use super::drawing::look;
use super::figure::{self, BUILT_IN};
use super::input::{self, Files, Joined};
use super::lint::Depth;
use super::output;
use super::session::{Halt, Session};
use controlmap::error::{Error, Result};
use controlmap::project::Figure;
use controlmap::receipt::{FIGURE, PROJECT, differences, fact};
use controlmap::write;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Draw figures again from the receipt inside each, and compare byte for byte
#[derive(clap::Args)]
pub struct Args {
    /// Figures that this program wrote; of frames, some or their folder
    #[arg(value_name = "FILE", required = true)]
    figures: Vec<PathBuf>,
    /// The project that they were made from [default: the current folder; the built-in one where the receipt says so]
    #[arg(help_heading = "Input", long, value_name = "PROJECT", conflicts_with = "events")]
    project: Option<PathBuf>,
    #[command(flatten)]
    files: Files,
}

/// A figure to be verified.
struct Suspect {
    path: PathBuf,
    bytes: Vec<u8>,
    facts: Vec<(String, String)>,
    figure: Figure,
}

/// Compares; what differs is told on stdout.
pub fn run(args: Args, session: &mut Session) -> std::result::Result<(), Halt> {
    let suspects: Vec<Suspect> = args.figures.iter().map(|path| suspect(path)).collect::<Result<_>>()?;
    let is_built_in = |s: &Suspect| fact(&s.facts, PROJECT) == Some(BUILT_IN);
    let own = args.project.is_some() || !args.files.events.is_empty();
    let (built_in, others): (Vec<Suspect>, Vec<Suspect>) = suspects.into_iter().partition(|s| !own && is_built_in(s));
    let mut reports = Vec::new();
    if !built_in.is_empty() {
        // what is to be said of the example's own data is said by `demo`
        let mut silent = Session { found: Vec::new(), accepted: Vec::new(), ..*session };
        let joined = input::built_in(&mut silent)?;
        reports.extend(compare(&joined, &built_in)?);
    }
    if !others.is_empty() {
        let joined = args.files.joined(args.project.as_deref(), Depth::Passing, session)?;
        session.require_no_errors()?;
        reports.extend(compare(&joined, &others)?);
    }
    reports.sort_by_key(|(path, _)| args.figures.iter().position(|known| known == path));
    let mut text = String::new();
    for (path, differences) in &reports {
        match differences.as_slice() {
            [] => text += &format!("same     {}\n", path.display()),
            all => {
                text += &format!("differs  {}\n", path.display());
                all.iter().for_each(|line| text += &format!("         {line}\n"));
            }
        }
    }
    output::to_stdout(text.as_bytes())?;
    if reports.iter().all(|(_, differences)| differences.is_empty()) { Ok(()) } else { Err(Halt::Faults) }
}

fn suspect(path: &Path) -> Result<Suspect> {
    let shown = path.display();
    let of_folder = path.join(super::frames::RECEIPT);
    if path.is_dir() && !of_folder.is_file() {
        let name = super::frames::RECEIPT;
        return Err(Error::new(format!("`{shown}` is no folder of frames: it has no `{name}`")));
    }
    let bytes = std::fs::read(if path.is_dir() { &of_folder } else { path })
        .map_err(|e| Error::new(format!("cannot read `{shown}`: {e}")))?;
    let Some(facts) = write::receipt(&bytes) else {
        return Err(Error::new(format!(
            "`{shown}` has no receipt: this program did not write it, or another one saved it again"
        )));
    };
    let figure = fact(&facts, FIGURE).and_then(|text| serde_json::from_str::<Figure>(text).ok());
    let Some(mut figure) = figure else {
        return Err(Error::new(format!("the receipt of `{shown}` does not say how the figure was made")));
    };
    figure.file = path.display().to_string();
    Ok(Suspect { path: path.to_owned(), bytes, facts, figure })
}

type Report = (PathBuf, Vec<String>);

fn compare(joined: &Joined, suspects: &[Suspect]) -> Result<Vec<Report>> {
    suspects.par_iter().map(|suspect| Ok((suspect.path.clone(), compared(joined, suspect)?))).collect()
}

/// What differs between a figure and the same drawn today; nothing where not a byte does.
fn compared(joined: &Joined, suspect: &Suspect) -> Result<Vec<String>> {
    let Suspect { bytes, facts, figure, .. } = suspect;
    let format = figure::format_of(figure)?;
    if figure::kind(figure)?.is_folder {
        return frames::compared(joined, suspect);
    }
    let Some(mut picture) = figure::draw(joined, figure)?.value else {
        return Ok(vec![UNDRAWN.to_owned()]);
    };
    let look = look(joined, figure);
    if picture.bytes(figure, format, &look)? == *bytes {
        return Ok(Vec::new());
    }
    let all = differences(facts, picture.metadata(), &joined.dataset);
    with_facts_of_then(picture.metadata(), facts);
    let is_same = picture.bytes(figure, format, &look)? == *bytes;
    Ok(and_the_drawing(all, is_same))
}

const UNDRAWN: &str = "it cannot be drawn from these inputs; `check` says why";

/// With the facts of then only the drawing can differ.
fn with_facts_of_then(now: &mut [(String, String)], then: &[(String, String)]) {
    for (key, value) in now {
        if let Some(then) = fact(then, key) {
            value.replace_range(.., then);
        }
    }
}

/// Says at last of the drawing itself whether it differs.
fn and_the_drawing(mut all: Vec<String>, is_same: bool) -> Vec<String> {
    all.push(match (is_same, all.is_empty()) {
        (true, _) => "the drawing is the same".to_owned(),
        (false, true) => "the drawing was changed after it was written".to_owned(),
        (false, false) => "the drawing is not the same".to_owned(),
    });
    all
}
