//! Films as PDF: a page for each frame, in one document whose fonts stand in it once.

use super::super::film::{Done, Frames, Sink, Timing};
use super::pages;
use crate::error::{Error, Result};
use crate::scene::Film;
use std::cell::Cell;

/// Frames that are made at a time; of their pages one is held.
const BATCH: usize = 16;

/// Writes a film, each frame on a page with its own words.
pub fn write(film: &Film, timing: &Timing, frames: Frames, done: Done, sink: Sink) -> Result<()> {
    if timing.count == 0 {
        return Err(Error::usage("a film has at least one frame"));
    }
    // pages that are drawn again, without the standards, were counted before
    let told = Cell::new(0);
    let bytes = pages(&film.page, &|draw| {
        for first in (0..timing.count).step_by(BATCH) {
            let made = frames(first..timing.count.min(first + BATCH));
            made.iter().try_for_each(|frame| draw(&film.scene(frame)))?;
            if told.get() == first {
                told.set(first + made.len());
                done(made.len());
            }
        }
        Ok(())
    })?;
    sink.write_all(&bytes).map_err(|e| Error::new(e.to_string()).context("cannot write the PDF"))
}
