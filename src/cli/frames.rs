//! `frames`: a film as numbered pictures in a folder, with a list of them and a receipt.

use super::drawing::{look, options};
use super::figure::{self, Ending};
use super::film;
use super::input::{Input, Joined};
use super::progress::Progress;
use super::session::{Halt, Session};
use controlmap::error::{Error, Result};
use controlmap::figure::{Film, Shot};
use controlmap::model::Offset;
use controlmap::project::{
    Figure, FilmOptions, FrameOptions, KnownOptions, MapOptions, PolicyOptions, SpanOptions, StepOptions,
};
use controlmap::scene::Frame;
use controlmap::table::label;
use controlmap::write::{self, FORMATS, Format, Options, Pending, Sink, Stills};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The list of all frames.
pub const LIST: &str = "frames.csv";
/// What all frames were made from.
pub const RECEIPT: &str = "frames.json";
/// The fact of a frame that says which it is, counted from 1.
pub const NUMBER: &str = "frame";

/// Draw a period as numbered PNG or SVG files with one legend and layout, and list them in `frames.csv`
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten, next_help_heading = "Dates")]
    step: StepOptions,
    #[command(flatten, next_help_heading = "Dates")]
    span: SpanOptions,
    #[command(flatten, next_help_heading = "Dates")]
    known: KnownOptions,
    #[command(flatten, next_help_heading = "Film")]
    film: FilmOptions,
    /// Only these frames of all, counted from 1, the last included: `100..200`
    #[arg(help_heading = "Film", long, value_name = "N..N", value_parser = numbers)]
    frames: Option<[usize; 2]>,
    /// Folder that the files go to; made where it is missing
    #[arg(help_heading = "Output", short, long = "output", value_name = "DIR")]
    output: PathBuf,
    #[command(flatten, next_help_heading = "Output")]
    files: FrameOptions,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
    #[command(flatten, next_help_heading = "Map")]
    map: MapOptions,
}

/// Draws the frames.
pub fn run(args: Args, session: &mut Session) -> std::result::Result<(), Halt> {
    let Args { input, step, span, known, film, frames, output, files, policy, map } = args;
    let wanted = Figure { step, span, known, film, frames: files, map, policy, ..Figure::new("frames") };
    let joined = input.joined(session)?;
    session.require_sound()?;
    let drawn = session.take(film::film(&joined, &wanted)?);
    session.require_sound()?;
    let mut film = drawn.ok_or_else(|| Error::usage("there is no moment to draw"))?;
    film.add_facts(figure::facts(&joined, &wanted));
    let count = film.moments().len();
    let range = match frames {
        None => 0..count,
        Some([_, last]) if last > count => {
            return Err(Error::usage(format!("`--frames` goes to {last}, but the film has {count}")).into());
        }
        Some([first, last]) => first - 1..last,
    };
    let progress = Progress::new(session, range.len());
    Folder { part: frames, ..Folder::new(&output, &joined, &wanted, &film) }.fill(&film, range, &progress)?;
    drop(progress);
    session.tell(&format!("wrote {}\n", output.display()));
    Ok(())
}

/// What frames can be written as.
pub fn formats() -> Vec<Ending> {
    let known = FORMATS.iter().filter(|format| ["png", "svg"].contains(&format.name));
    known.map(|format| Ending { name: format.name, extension: format.extension }).collect()
}

fn numbers(text: &str) -> std::result::Result<[usize; 2], String> {
    let wrong = || format!("{text:?} is no range of frames; write `100..200`");
    let (first, last) = text.split_once("..").ok_or_else(wrong)?;
    let [first, last] = [first, last].map(|n| n.trim().parse::<usize>().ok().filter(|n| *n > 0));
    first.zip(last).filter(|(first, last)| first <= last).map(|(first, last)| [first, last]).ok_or_else(wrong)
}

/// Where frames go.
pub struct Folder<'a> {
    /// The folder.
    pub path: &'a Path,
    /// The format of the frames.
    format: &'static Format,
    /// How many frames the whole film has.
    count: usize,
    /// First and last frame where those are not all.
    pub part: Option<[usize; 2]>,
    /// How they are written.
    options: Options,
    offset: Offset,
}

impl<'a> Folder<'a> {
    /// A folder of all frames of a film.
    pub fn new(path: &'a Path, joined: &Joined, wanted: &Figure, film: &Film) -> Self {
        let name = wanted.frames.format.unwrap_or_default().name();
        Self {
            path,
            format: FORMATS.iter().find(|format| format.name == name).expect("frames are of a known format"),
            count: film.moments().len(),
            part: None,
            options: options(&look(joined, wanted)),
            offset: joined.project.period.timezone,
        }
    }

    /// Writes some of a film's frames, and at last their list.
    ///
    /// # Errors
    /// When a file cannot be written; no list is written then.
    pub fn fill(&self, film: &Film, range: Range<usize>, progress: &Progress) -> Result<()> {
        std::fs::create_dir_all(self.path)
            .map_err(|e| Error::new(format!("cannot make the folder `{}`: {e}", self.path.display())))?;
        let before = listed(self.path);
        let name = self.part.map_or(LIST.to_owned(), |[first, last]| format!("frames-{first}-{last}.csv"));
        let mut list = Pending::new(&self.path.join(name))?;
        self.each(film, range, progress, &mut list, &|i, bytes| write::save(&self.path.join(self.name(i)), bytes))?;
        write::save(&self.path.join(RECEIPT), write::receipt_json(&film.page().page.metadata).as_bytes())?;
        list.finish()?;
        if self.part.is_none() {
            // frames of an earlier, longer film would be taken for some of this one
            let now: BTreeSet<String> = (0..self.count).map(|i| self.name(i)).collect();
            for name in before.iter().filter(|name| is_numbered(name) && !now.contains(*name)) {
                // one that is gone is what is wanted
                let _ = std::fs::remove_file(self.path.join(name));
            }
        }
        Ok(())
    }

    /// Makes some of a film's files, in no order, and writes their list, of which no more is held than of the film.
    ///
    /// # Errors
    /// When a frame cannot be drawn, and what `take` says.
    pub fn each(
        &self,
        film: &Film,
        range: Range<usize>,
        progress: &Progress,
        list: Sink,
        take: &(dyn Fn(usize, &[u8]) -> Result<()> + Sync),
    ) -> Result<()> {
        let mut list = csv::Writer::from_writer(list);
        let begun = list.write_record(["frame", "date", "file", "changes", "alt"]);
        // frames are asked for in their order
        let list = Mutex::new((list, begun));
        let frames = |range: Range<usize>| -> Vec<Frame> {
            let first = range.start;
            let shots = numbered(film, range);
            let row = |i: usize, Shot { moment, frame, changes }: &Shot| {
                let date = label(*moment, self.offset);
                [(first + i + 1).to_string(), date, self.name(first + i), changes.join("; "), frame.description.clone()]
            };
            if let Ok(mut list) = list.lock() {
                let (list, written) = &mut *list;
                let all = shots.iter().enumerate().try_for_each(|(i, shot)| list.write_record(row(i, shot)));
                *written = std::mem::replace(written, Ok(())).and(all);
            }
            shots.into_iter().map(|shot| shot.frame).collect()
        };
        if self.format.name == "png" {
            let mut stills = Stills::new();
            write::pictures(film.page(), range, &frames, |first, frames, pictures| {
                let words: Vec<_> = frames.iter().map(|frame| film.page().words(frame)).collect();
                let files = stills.encode(&pictures, &words)?;
                files.par_iter().enumerate().try_for_each(|(i, bytes)| take(first + i, bytes))?;
                progress.done(frames.len());
                Ok(())
            })?;
        } else {
            const BATCH: usize = 16;
            for first in range.clone().step_by(BATCH) {
                let frames = frames(first..range.end.min(first + BATCH));
                let one = |(i, frame): (usize, &Frame)| take(first + i, &self.still(film, frame)?);
                frames.par_iter().enumerate().try_for_each(one)?;
                progress.done(frames.len());
            }
        }
        let failed = |why: String| Error::new(why).context("cannot write the list of frames");
        let (mut list, written) = list.into_inner().map_err(|e| failed(e.to_string()))?;
        written.map_err(|e| failed(e.to_string()))?;
        list.flush().map_err(|e| failed(e.to_string()))
    }

    /// The file of one frame, as it is among all.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub fn one(&self, film: &Film, frame: &Frame) -> Result<Vec<u8>> {
        if self.format.name != "png" {
            return self.still(film, frame);
        }
        let (mut stills, mut made) = (Stills::new(), Vec::new());
        write::pictures(film.page(), 0..1, &|_| vec![frame.clone()], |_, _, pictures| {
            made.extend(stills.encode(&pictures, &[film.page().words(frame)])?);
            Ok(())
        })?;
        made.pop().ok_or_else(|| Error::new("a frame became no file"))
    }

    fn still(&self, film: &Film, frame: &Frame) -> Result<Vec<u8>> {
        (self.format.write)(&film.page().scene(frame), &self.options)
    }

    /// The file of a frame; as many digits for all.
    pub fn name(&self, frame: usize) -> String {
        let digits = self.count.to_string().len().max(4);
        format!("{:0digits$}.{}", frame + 1, self.format.extension)
    }
}

/// Some frames of a film, each with its number among its facts.
pub fn numbered(film: &Film, range: Range<usize>) -> Vec<Shot> {
    let first = range.start;
    let mut shots = film.shots(range);
    for (i, shot) in shots.iter_mut().enumerate() {
        shot.frame.metadata.push((NUMBER.to_owned(), (first + i + 1).to_string()));
    }
    shots
}

/// Tells whether a folder has a list, and every file of it.
pub fn is_whole(path: &Path) -> bool {
    let files = listed(path);
    !files.is_empty() && files.iter().all(|file| path.join(file).is_file())
}

/// The files that a folder's list names; none where there is no list.
fn listed(path: &Path) -> Vec<String> {
    let Ok(mut rows) = csv::Reader::from_path(path.join(LIST)) else { return Vec::new() };
    rows.records().filter_map(|row| row.ok()?.get(2).map(str::to_owned)).collect()
}

/// Tells whether a name is one that frames have.
fn is_numbered(name: &str) -> bool {
    let known = |(number, ending): (&str, &str)| {
        number.len() >= 4 && number.bytes().all(|b| b.is_ascii_digit()) && ["png", "svg"].contains(&ending)
    };
    name.split_once('.').is_some_and(known)
}

#[cfg(test)]
mod tests {
    use super::{is_numbered, numbers};

    #[test]
    fn only_numbered_pictures_are_frames() {
        assert!(["0001.png", "12345.svg"].iter().all(|name| is_numbered(name)));
        assert!(
            ["1.png", "../0001.png", "0001.gif", "frames.csv", "0001.png.png"].iter().all(|name| !is_numbered(name))
        );
    }

    #[test]
    fn ranges_count_from_one() {
        assert_eq!(numbers("100..200"), Ok([100, 200]));
        assert!(["0..3", "3..2", "3", "..4", "a..b"].iter().all(|text| numbers(text).is_err()));
    }
}
