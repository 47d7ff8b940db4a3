//! Films to bytes: takes a page and its frames in order, gives one file of one of [`ANIMATIONS`], or the
//! frames as pictures one after another.

use super::raster::{Picture, Reel};
use super::{Options, apng, gif, svg};
use crate::error::Result;
use crate::scene::{Film, Frame};
use std::ops::Range;

/// Frames that are drawn together: enough for all threads, few enough to be held at once.
const BATCH: usize = 8;

/// Gives some of a film's frames; asked for again it gives the same.
pub type Frames<'a> = &'a mut (dyn FnMut(Range<usize>) -> Vec<Frame> + Send);

/// Hears that so many steps of the work are done.
pub type Done<'a> = &'a mut (dyn FnMut(usize) + Send);

/// A kind of file that a film can become.
#[derive(Debug)]
pub struct Animation {
    /// Kebab-case name.
    pub name: &'static str,
    /// Ending of the file's name, in lower case and without the point.
    pub extension: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// How often each frame is drawn.
    pub passes: usize,
    /// Makes the file's bytes.
    pub write: fn(&Film, &Timing, Frames, Done) -> Result<Vec<u8>>,
}

/// The formats of films, sorted by name.
pub const ANIMATIONS: &[Animation] = &[
    Animation { name: "apng", extension: "png", doc: "moving PNG, without loss", passes: 1, write: apng::write },
    Animation {
        name: "gif",
        extension: "gif",
        doc: "moving image of at most 256 colours",
        passes: 2,
        write: gif::write,
    },
    Animation {
        name: "svg",
        extension: "svg",
        doc: "moving vectors without script; still for those who want no motion",
        passes: 1,
        write: svg::film::write,
    },
];

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
    /// How an SVG has its letters.
    pub options: Options,
}

impl Timing {
    /// How long a frame stands, in hundredths of a second.
    pub fn delay_of(&self, frame: usize) -> u16 {
        if frame + 1 == self.count { self.hold } else { self.delay }
    }
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
