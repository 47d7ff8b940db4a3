//! `frames`: a film as numbered pictures in a folder, with a list of them.

use super::drawing;
use super::film::{Request, Span, Stock};
use super::input::Input;
use super::progress::Progress;
use super::session::{Halt, Session};
use controlmap::error::{Error, Result};
use controlmap::figure::{Film, Shot};
use controlmap::model::Offset;
use controlmap::project::{MapOptions, PolicyOptions};
use controlmap::scene::Frame;
use controlmap::table::label;
use controlmap::write::{self, FORMATS, Format};
use rayon::prelude::*;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Draw a period as numbered PNG or SVG files with one legend and layout, and list them in `frames.csv`
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    span: Span,
    /// Only these frames of all, counted from 1, the last included: `100..200`
    #[arg(help_heading = "Dates", long, value_name = "N..N", value_parser = numbers)]
    frames: Option<[usize; 2]>,
    /// Folder that the files go to; made where it is missing
    #[arg(short, long = "output", value_name = "DIR")]
    output: PathBuf,
    /// Format of the files
    #[arg(long, value_name = "NAME", default_value = "png", value_parser = ["png", "svg"])]
    format: String,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
    #[command(flatten, next_help_heading = "Map")]
    map: MapOptions,
}

/// Draws the frames.
pub fn run(args: Args, session: &mut Session) -> std::result::Result<(), Halt> {
    let Args { input, span, frames, output, format, policy, map } = args;
    let format = FORMATS.iter().find(|f| f.name == format).expect("the parser knows the formats");
    let joined = input.joined(session)?;
    session.require_sound()?;
    let stock = session.take(Stock::new(&joined, Request { span, policy, options: map })?);
    let film = stock.sound_film(session)?;
    let count = film.moments().len();
    let range = match frames {
        None => 0..count,
        Some([_, last]) if last > count => {
            return Err(Error::usage(format!("`--frames` goes to {last}, but the film has {count}")).into());
        }
        Some([first, last]) => first - 1..last,
    };
    let progress = Progress::new(session, range.len());
    let folder = Folder { path: &output, format, count, part: frames, options: &stock.options };
    folder.fill(film, range, joined.project.period.timezone, &progress)?;
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
    /// How it looks.
    pub options: &'a MapOptions,
}

impl Folder<'_> {
    /// Writes some of a film's frames, and at last their list.
    ///
    /// # Errors
    /// When a file cannot be written; no list is written then.
    pub fn fill(&self, mut film: Film, range: Range<usize>, offset: Offset, progress: &Progress) -> Result<()> {
        std::fs::create_dir_all(self.path)
            .map_err(|e| Error::new(format!("cannot make the folder `{}`: {e}", self.path.display())))?;
        let page = film.page().clone();
        let mut list = csv::Writer::from_writer(Vec::new());
        let in_memory = "writing to memory does not fail";
        list.write_record(["frame", "date", "file", "changes", "alt"]).expect(in_memory);
        let mut rows = |first: usize, shots: Vec<Shot>| -> Vec<Frame> {
            let row = |(i, shot): (usize, Shot)| {
                let number = (first + i + 1).to_string();
                let name = self.name(first + i);
                let date = label(shot.moment, offset);
                let fields = [number, date, name, shot.changes.join("; "), shot.frame.description.clone()];
                list.write_record(fields).expect(in_memory);
                shot.frame
            };
            shots.into_iter().enumerate().map(row).collect()
        };
        let save = |i: usize, bytes: &[u8]| write::save(&self.path.join(self.name(i)), bytes);
        if self.format.name == "png" {
            let mut frames = |range: Range<usize>| rows(range.start, film.shots(range));
            write::pictures(&page, range, &mut frames, |first, frames, pictures| {
                let made = pictures.par_iter().zip(&frames).enumerate().map(|(i, (picture, frame))| {
                    save(first + i, &write::encode(&picture.image(), &page.words(frame))?)
                });
                made.collect::<Result<()>>()?;
                progress.done(frames.len());
                Ok(())
            })?;
        } else {
            const BATCH: usize = 16;
            for first in range.clone().step_by(BATCH) {
                let some = first..range.end.min(first + BATCH);
                let frames = rows(first, film.shots(some));
                let made = frames
                    .par_iter()
                    .enumerate()
                    .map(|(i, frame)| save(first + i, &drawing::bytes(self.format, &page.scene(frame), self.options)?));
                made.collect::<Result<()>>()?;
                progress.done(frames.len());
            }
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
