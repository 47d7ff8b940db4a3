//! Films to bytes: takes a page and its frames in order, gives one file of one of [`ANIMATIONS`], or the
//! frames as pictures one after another.

use super::raster::{Picture, Reel};
use super::{Options, apng, gif, pdf, svg, video, webp};
use crate::error::{Error, Result};
use crate::scene::{Film, Frame};
use std::io::Write;
use std::ops::Range;

/// Frames that are drawn together: enough for all threads, few enough to be held at once.
const BATCH: usize = 8;

/// Gives some of a film's frames; asked for again it gives the same.
pub type Frames<'a> = &'a (dyn Fn(Range<usize>) -> Vec<Frame> + Sync);

/// Hears that so many frames are done.
pub type Done<'a> = &'a (dyn Fn(usize) + Sync);

/// Where a film's bytes go.
pub type Sink<'a> = &'a mut (dyn Write + Send);

/// A kind of file that a film can become.
#[derive(Debug)]
pub struct Animation {
    /// Kebab-case name.
    pub name: &'static str,
    /// Ending of the file's name, in lower case and without the point.
    pub extension: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// Makes the file's bytes.
    pub write: fn(&Film, &Timing, Frames, Done, Sink) -> Result<()>,
}

/// The formats of films, sorted by name.
pub const ANIMATIONS: &[Animation] = &[
    Animation { name: "apng", extension: "png", doc: "moving PNG of at most 255 colours", write: apng::write },
    Animation { name: "gif", extension: "gif", doc: "moving image of at most 255 colours", write: gif::write },
    Animation { name: "mp4", extension: "mp4", doc: "video for every player; needs `ffmpeg`", write: video::mp4 },
    Animation {
        name: "pdf",
        extension: "pdf",
        doc: "a page for each frame, for print and archives",
        write: pdf::film::write,
    },
    Animation {
        name: "svg",
        extension: "svg",
        doc: "moving vectors without script; still for those who want no motion",
        write: svg::film::write,
    },
    Animation { name: "webm", extension: "webm", doc: "video for browsers; needs `ffmpeg`", write: video::webm },
    Animation { name: "webp", extension: "webp", doc: "moving image without loss", write: webp::write },
];

/// How one frame gives way to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transition {
    /// At once.
    #[default]
    None,
    /// What changes fades over.
    Fade,
    /// What changes is wiped over from the left.
    Wipe,
}

/// How a film runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timing {
    /// How many frames there are.
    pub count: usize,
    /// Hundredths of a second that a frame stands.
    pub delay: u16,
    /// Hundredths of a second that the last frame stands.
    pub hold: u16,
    /// How often it runs; 0 for ever.
    pub loops: u16,
    /// How frames give way.
    pub transition: Transition,
    /// How an SVG has its letters.
    pub options: Options,
}

/// The most pictures, and the least and most hundredths of a second, of a transition.
const MOST_BETWEEN: u16 = 7;
const LEAST_STEP: u16 = 4;
const LONGEST: u16 = 48;

impl Timing {
    /// How long a frame stands, in hundredths of a second, transition included.
    pub fn delay_of(&self, frame: usize) -> u16 {
        if frame + 1 == self.count { self.hold } else { self.delay }
    }

    /// How many pictures come between two frames, and for how many hundredths of a second each stands.
    pub fn between(&self) -> (u16, u16) {
        if self.transition == Transition::None {
            return (0, 0);
        }
        let whole = (self.delay * 3 / 5).min(LONGEST);
        let count = (whole / LEAST_STEP).min(MOST_BETWEEN + 1).saturating_sub(1);
        if count == 0 { (0, 0) } else { (count, whole / (count + 1)) }
    }

    /// How many pictures are shown in all.
    pub fn pictures(&self) -> usize {
        self.count + self.count.saturating_sub(1) * usize::from(self.between().0)
    }
}

/// A picture, and for how many hundredths of a second it stands.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What is seen.
    pub picture: Picture,
    /// How long.
    pub delay: u16,
}

/// Draws frames in order and hands them on: a batch is made while the one before is drawn and taken. Holds
/// no more than two batches, however long the film.
///
/// # Errors
/// A page that is no image, and what `take` says; then nothing more is drawn.
pub fn pictures(
    film: &Film,
    range: Range<usize>,
    frames: Frames,
    mut take: impl FnMut(usize, Vec<Frame>, Vec<Picture>) -> Result<()> + Send,
) -> Result<()> {
    let mut reel = Reel::new(film)?;
    let mut next = range.start..range.end.min(range.start + BATCH);
    let mut made = frames(next.clone());
    while !made.is_empty() {
        let now = std::mem::take(&mut made);
        let first = next.start;
        next = next.end..range.end.min(next.end + BATCH);
        let (result, following) = rayon::join(
            || {
                let pictures = reel.draw(&now);
                take(first, now, pictures)
            },
            || if next.is_empty() { Vec::new() } else { frames(next.clone()) },
        );
        result?;
        made = following;
    }
    Ok(())
}

/// Draws a film as it is shown, transitions included: hands on batches, each with the number of its first.
///
/// # Errors
/// As of [`pictures`], and a film without frames.
pub fn shown(
    film: &Film,
    timing: &Timing,
    frames: Frames,
    done: Done,
    mut take: impl FnMut(usize, Vec<Shown>) -> Result<()> + Send,
) -> Result<()> {
    if timing.count == 0 {
        return Err(Error::usage("a film has at least one frame"));
    }
    let (between, step) = timing.between();
    let mut last: Option<Picture> = None;
    let mut number = 0;
    pictures(film, 0..timing.count, frames, |first, _, pictures| {
        let mut all = Vec::with_capacity(pictures.len() * usize::from(between + 1));
        let frames = pictures.len();
        for (i, picture) in pictures.into_iter().enumerate() {
            let mut delay = timing.delay_of(first + i);
            if let (Some(last), 1..) = (&last, between) {
                for k in 1..=between {
                    let part = f64::from(k) / f64::from(between + 1);
                    let picture = match timing.transition {
                        Transition::Wipe => picture.wiped(last, part),
                        _ => picture.faded(last, part),
                    };
                    all.push(Shown { picture, delay: step });
                }
                delay = delay.saturating_sub(between * step).max(step);
            }
            if between > 0 {
                last = Some(picture.clone());
            }
            all.push(Shown { picture, delay });
        }
        let count = all.len();
        take(number, all)?;
        number += count;
        done(frames);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_sorted_and_say_what_they_are() {
        assert!(ANIMATIONS.is_sorted_by(|a, b| a.name < b.name));
        assert!(ANIMATIONS.iter().all(|format| !format.doc.is_empty() && format.doc.lines().count() == 1));
    }

    #[test]
    fn a_transition_takes_its_time_from_the_frame() {
        let timing = |delay, transition| Timing {
            count: 5,
            delay,
            hold: 200,
            loops: 0,
            transition,
            options: Options::default(),
        };
        assert_eq!(timing(50, Transition::None).pictures(), 5);
        assert_eq!(timing(50, Transition::Fade).between(), (6, 4));
        assert_eq!(timing(50, Transition::Fade).pictures(), 5 + 4 * 6);
        // too short a frame has none
        assert_eq!(timing(10, Transition::Wipe).between(), (0, 0));
        for delay in 2..1000 {
            let (count, step) = timing(delay, Transition::Fade).between();
            assert!(count * step < delay && (count == 0 || step >= LEAST_STEP), "{delay}");
        }
    }
}
