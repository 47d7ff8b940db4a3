//! Frames of a film as PNG files: takes pictures in their order, packs each band of rows that changed, and takes the
//! others from the frame before.
//!
//! A band is packed by itself, so that its bytes depend on its pixels alone: a frame made after another or alone is
//! the same file.

use super::png::{file, rows};
use super::raster::{Picture, Pixel};
use super::zlib::{Piece, piece, stream};
use crate::error::{Error, Result};
use crate::scene::Scene;
use rayon::prelude::*;
use std::sync::Arc as Shared;

/// Makes the files of frames.
#[derive(Default)]
pub struct Stills {
    /// The last frame and its bands.
    last: Option<(Picture, Vec<Shared<Piece>>)>,
}

impl Stills {
    /// Has made nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the files of the next frames, each with the words of a page.
    ///
    /// # Errors
    /// What the encoder says of an image that PNG cannot hold.
    pub fn encode(&mut self, pictures: &[Picture], words: &[Scene]) -> Result<Vec<Vec<u8>>> {
        let count = pictures.first().map_or(0, Picture::bands);
        let before = |i: usize| i.checked_sub(1).map_or(self.last.as_ref().map(|l| &l.0), |i| pictures.get(i));
        let is_new = |i: usize, band: usize| before(i).is_none_or(|b| !pictures[i].has_band_of(b, band));
        let all = (0..pictures.len()).flat_map(|i| (0..count).map(move |band| (i, band)));
        let jobs: Vec<(usize, usize)> = all.filter(|(i, band)| is_new(*i, *band)).collect();
        let pack =
            |pixels: &mut Vec<Pixel>, (i, band): &(usize, usize)| Shared::new(packed(&pictures[*i], *band, pixels));
        let made: Vec<Shared<Piece>> = jobs.par_iter().map_init(Vec::new, pack).collect();
        let mut made = jobs.into_iter().zip(made).peekable();
        let mut bands = self.last.take().map_or_else(Vec::new, |(_, bands)| bands);
        let mut frames = Vec::with_capacity(pictures.len());
        for i in 0..pictures.len() {
            while let Some(((_, at), band)) = made.next_if(|((frame, _), _)| *frame == i) {
                // the first frame has every band, in order
                if at < bands.len() { bands[at] = band } else { bands.push(band) }
            }
            frames.push(bands.clone());
        }
        self.last = pictures.last().cloned().map(|picture| (picture, bands));
        let failed = |e: png::EncodingError| Error::new(e.to_string()).context("cannot write the PNG");
        let all = pictures.par_iter().zip(&frames).zip(words);
        all.map(|((picture, bands), words)| file(words, picture.size(), &stream(bands)).map_err(failed)).collect()
    }
}

/// Packs a band; `pixels` is kept between calls for its memory.
fn packed(picture: &Picture, band: usize, pixels: &mut Vec<Pixel>) -> Piece {
    let width = picture.size()[0];
    pixels.clear();
    for y in picture.band_rows(band) {
        picture.row(y, 0..width, |part| pixels.extend_from_slice(part));
    }
    piece(|packer| rows(pixels, width as usize, packer))
}
