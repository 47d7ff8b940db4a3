//! `frames`: a film as numbered pictures in a folder, with a list of them.

use super::drawing::{look, options};
use super::film;
use super::input::Input;
use super::progress::Progress;
use super::session::{Halt, Session};
use controlmap::error::{Error, Result};
use controlmap::figure::{Film, Shot};
use controlmap::model::Offset;
use controlmap::project::{Figure, FilmOptions, KnownOptions, MapOptions, PolicyOptions, SpanOptions, StepOptions};
use controlmap::scene::Frame;
use controlmap::table::label;
use controlmap::write::{self, FORMATS, Format, Options, Stills};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

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
    /// Format of the files
    #[arg(help_heading = "Output", long, value_name = "NAME", default_value = "png", value_parser = ["png", "svg"])]
    format: String,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
    #[command(flatten, next_help_heading = "Map")]
    map: MapOptions,
}

/// Draws the frames.
pub fn run(args: Args, session: &mut Session) -> std::result::Result<(), Halt> {
    let Args { input, step, span, known, film, frames, output, format, policy, map } = args;
    let wanted = Figure { step, span, known, film, map, policy, ..Figure::new("frames") };
    let format = FORMATS.iter().find(|f| f.name == format).expect("the parser knows the formats");
    let joined = input.joined(session)?;
    session.require_sound()?;
    let drawn = session.take(film::film(&joined, &wanted)?);
    session.require_sound()?;
    let film = drawn.ok_or_else(|| Error::usage("there is no moment to draw"))?;
    let count = film.moments().len();
    let range = match frames {
        None => 0..count,
        Some([_, last]) if last > count => {
            return Err(Error::usage(format!("`--frames` goes to {last}, but the film has {count}")).into());
        }
        Some([first, last]) => first - 1..last,
    };
    let progress = Progress::new(session, range.len());
    let offset = joined.project.period.timezone;
    let folder = Folder { path: &output, format, count, part: frames, options: options(&look(&joined, &wanted)) };
    folder.fill(&film, range, offset, &progress)?;
    drop(progress);
    session.tell(&format!("wrote {}\n", output.display()));
    Ok(())
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
    pub format: &'static Format,
    /// How many frames the whole film has.
    pub count: usize,
    /// First and last frame where those are not all.
    pub part: Option<[usize; 2]>,
    /// How they are written.
    pub options: Options,
}

impl Folder<'_> {
    /// Writes some of a film's frames, and at last their list.
    ///
    /// # Errors
    /// When a file cannot be written; no list is written then.
    pub fn fill(&self, film: &Film, range: Range<usize>, offset: Offset, progress: &Progress) -> Result<()> {
        std::fs::create_dir_all(self.path)
            .map_err(|e| Error::new(format!("cannot make the folder `{}`: {e}", self.path.display())))?;
        let rows: Mutex<BTreeMap<usize, [String; 5]>> = Mutex::new(BTreeMap::new());
        let frames = |range: Range<usize>| -> Vec<Frame> {
            let first = range.start;
            let shots = film.shots(range);
            let row = |i: usize, Shot { moment, frame, changes }: &Shot| {
                let date = label(*moment, offset);
                [(first + i + 1).to_string(), date, self.name(first + i), changes.join("; "), frame.description.clone()]
            };
            if let Ok(mut rows) = rows.lock() {
                rows.extend(shots.iter().enumerate().map(|(i, shot)| (first + i, row(i, shot))));
            }
            shots.into_iter().map(|shot| shot.frame).collect()
        };
        let save = |i: usize, bytes: &[u8]| write::save(&self.path.join(self.name(i)), bytes);
        if self.format.name == "png" {
            let mut stills = Stills::new();
            write::pictures(film.page(), range, &frames, |first, frames, pictures| {
                let words: Vec<_> = frames.iter().map(|frame| film.page().words(frame)).collect();
                let files = stills.encode(&pictures, &words)?;
                let made = files.par_iter().enumerate().map(|(i, bytes)| save(first + i, bytes));
                made.collect::<Result<()>>()?;
                progress.done(frames.len());
                Ok(())
            })?;
        } else {
            const BATCH: usize = 16;
            for first in range.clone().step_by(BATCH) {
                let frames = frames(first..range.end.min(first + BATCH));
                let made = frames
                    .par_iter()
                    .enumerate()
                    .map(|(i, frame)| save(first + i, &(self.format.write)(&film.page().scene(frame), &self.options)?));
                made.collect::<Result<()>>()?;
                progress.done(frames.len());
            }
        }
        let in_memory = "writing to memory does not fail";
        let mut list = csv::Writer::from_writer(Vec::new());
        list.write_record(["frame", "date", "file", "changes", "alt"]).expect(in_memory);
        for row in rows.into_inner().unwrap_or_default().into_values() {
            list.write_record(row).expect(in_memory);
        }
        let name = self.part.map_or("frames.csv".to_owned(), |[first, last]| format!("frames-{first}-{last}.csv"));
        write::save(&self.path.join(name), &list.into_inner().expect(in_memory))
    }

    /// The file of a frame; as many digits for all.
    fn name(&self, frame: usize) -> String {
        let digits = self.count.to_string().len().max(4);
        format!("{:0digits$}.{}", frame + 1, self.format.extension)
    }
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn ranges_count_from_one() {
        assert_eq!(numbers("100..200"), Ok([100, 200]));
        assert!(["0..3", "3..2", "3", "..4", "a..b"].iter().all(|text| numbers(text).is_err()));
    }
}
