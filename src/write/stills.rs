//! Frames of a film as PNG files: takes pictures in their order, compresses each band of rows that changed, and
//! takes the others from the frame before.
//!
//! A band is compressed by itself and has a chunk of its own, so that its bytes depend on its pixels alone: a frame
//! made after another or alone is the same file.

use super::chunk::chunk;
use super::deflate::{block, joined_adler};
use super::png::{keyword, per_metre};
use super::raster::{Picture, Pixel};
use crate::scene::Scene;
use rayon::prelude::*;
use std::sync::Arc as Shared;

/// A band of rows, ready for any file.
struct Band {
    /// Its chunk.
    chunk: Vec<u8>,
    /// Checksum of the filtered rows.
    sum: u32,
    /// Bytes of the filtered rows.
    length: usize,
}

/// Makes the files of frames.
#[derive(Default)]
pub struct Stills {
    /// The last frame and its bands.
    last: Option<(Picture, Vec<Shared<Band>>)>,
}

impl Stills {
    /// Has made nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the files of the next frames, each with the words of a page.
    pub fn encode(&mut self, pictures: &[Picture], words: &[Scene]) -> Vec<Vec<u8>> {
        let count = pictures.first().map_or(0, Picture::bands);
        let before = |i: usize| i.checked_sub(1).map_or(self.last.as_ref().map(|l| &l.0), |i| pictures.get(i));
        let is_new = |i: usize, band: usize| before(i).is_none_or(|b| !pictures[i].has_band_of(b, band));
        let all = (0..pictures.len()).flat_map(|i| (0..count).map(move |band| (i, band)));
        let jobs: Vec<(usize, usize)> = all.filter(|(i, band)| is_new(*i, *band)).collect();
        let made: Vec<Shared<Band>> = jobs.par_iter().map(|(i, b)| Shared::new(Band::new(&pictures[*i], *b))).collect();
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
        let file = |((picture, bands), words): ((&Picture, &Vec<Shared<Band>>), &Scene)| file(picture, bands, words);
        pictures.par_iter().zip(&frames).zip(words).map(file).collect()
    }
}

impl Band {
    fn new(picture: &Picture, band: usize) -> Self {
        let rows = filtered(picture, band);
        let mut bytes = Vec::new();
        chunk(&mut bytes, *b"IDAT", &[&block(&rows, 3)]);
        Self { chunk: bytes, sum: simd_adler32::adler32(&rows.as_slice()), length: rows.len() }
    }
}

/// The rows of a band, each less the row above; the first less the pixel to its left, so that the band above is of
/// no matter.
fn filtered(picture: &Picture, band: usize) -> Vec<u8> {
    const LEFT: u8 = 1;
    const UP: u8 = 2;
    let width = picture.size()[0];
    let rows = picture.band_rows(band);
    let stride = width as usize * 3;
    let mut out = Vec::with_capacity((stride + 1) * rows.len());
    let (mut above, mut row): (Vec<u8>, Vec<u8>) = (vec![0; stride], Vec::with_capacity(stride));
    for y in rows.clone() {
        row.clear();
        picture.row(y, 0..width, |part: &[Pixel]| row.extend(part.iter().flat_map(|p| [p[0], p[1], p[2]])));
        if y == rows.start {
            out.push(LEFT);
            out.extend_from_slice(&row[..3.min(stride)]);
            out.extend(row.iter().skip(3).zip(&row).map(|(now, left)| now.wrapping_sub(*left)));
        } else {
            out.push(UP);
            out.extend(row.iter().zip(&above).map(|(now, above)| now.wrapping_sub(*above)));
        }
        std::mem::swap(&mut row, &mut above);
    }
    out
}

/// The file of a frame.
fn file(picture: &Picture, bands: &[Shared<Band>], words: &Scene) -> Vec<u8> {
    let size: usize = bands.iter().map(|band| band.chunk.len()).sum();
    let mut out = Vec::with_capacity(size + words.description.len() + 1024);
    out.extend([0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n']);
    let [width, height] = picture.size().map(u32::to_be_bytes);
    // eight bits of red, green and blue; nothing interlaced
    chunk(&mut out, *b"IHDR", &[&width, &height, &[8, 2, 0, 0, 0]]);
    let metre = per_metre(words).to_be_bytes();
    chunk(&mut out, *b"pHYs", &[&metre, &metre, &[1]]);
    let own = [("Title", &words.title), ("Description", &words.description)];
    let facts = words.metadata.iter().map(|(key, value)| (key.as_str(), value));
    for (key, value) in own.into_iter().chain(facts) {
        text(&mut out, key, value);
    }
    chunk(&mut out, *b"IDAT", &[&[0x78, 1]]);
    let mut sum = 1;
    for band in bands {
        out.extend_from_slice(&band.chunk);
        sum = joined_adler(sum, band.sum, band.length);
    }
    // the last block, of nothing
    chunk(&mut out, *b"IDAT", &[&[3, 0], &sum.to_be_bytes()]);
    chunk(&mut out, *b"IEND", &[]);
    out
}

/// Adds a text: as Latin-1 where that suffices, which every viewer reads, else as UTF-8.
fn text(out: &mut Vec<u8>, key: &str, value: &str) {
    let (key, value) = (keyword(key), value.replace('\0', ""));
    if key.is_empty() || value.is_empty() {
        return;
    }
    if value.is_ascii() {
        chunk(out, *b"tEXt", &[key.as_bytes(), &[0], value.as_bytes()]);
    } else {
        // not compressed, of no language, and no other keyword
        chunk(out, *b"iTXt", &[key.as_bytes(), &[0; 5], value.as_bytes()]);
    }
}
