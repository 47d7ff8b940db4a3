//! Moving PNG: takes a film, gives an animation with one palette for all frames. Each frame holds only the
//! rectangle that changed, transparent where it did not.
//!
//! Frames are compressed apart from each other, in threads, and then put into one file.
//!
//! # Source
//! W3C, "Portable Network Graphics (PNG) Specification (Third Edition)", chunks `acTL`, `fcTL`, `fdAT`.

use super::chunk::chunk;
use super::colors::{Colors, palette};
use super::film::{Done, Frames, Shown, Sink, Timing, shown};
use super::png::add_words;
use super::raster::Picture;
use crate::error::{Error, Result};
use crate::scene::{Film, Scene};
use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};
use rayon::prelude::*;

/// Writes a film as moving PNG.
pub(super) fn write(film: &Film, timing: &Timing, frames: Frames, done: Done, sink: Sink) -> Result<()> {
    let colors = palette(film, timing.count, frames)?;
    let failed = |e: &dyn std::fmt::Display| Error::new(e.to_string()).context("cannot write the moving PNG");
    let mut last: Option<Picture> = None;
    let mut number = 0u32;
    shown(film, timing, frames, done, |first, all| {
        let before = |i: usize| i.checked_sub(1).map_or(last.as_ref(), |i| Some(&all[i].picture));
        let encode = |(i, shown): (usize, &Shown)| {
            let (at, indices) = colors.part(&shown.picture, before(i));
            let words = (first + i == 0).then_some(&film.page);
            Ok((at, single(&indices, at, &colors, words)?))
        };
        let encoded: std::result::Result<Vec<_>, EncodingError> = all.par_iter().enumerate().map(encode).collect();
        let encoded = encoded.map_err(|e| failed(&e))?;
        let mut out = Vec::new();
        for ((at, file), Shown { delay, .. }) in encoded.iter().zip(&all) {
            let control = control([number, at[2], at[3], at[0], at[1]], *delay);
            let is_first = number == 0;
            number += 1;
            if is_first {
                head(&mut out, file, timing, &control);
            } else {
                chunk(&mut out, *b"fcTL", &[&control]);
                for (_, data) in chunks(file).filter(|(kind, _)| kind == b"IDAT") {
                    chunk(&mut out, *b"fdAT", &[&number.to_be_bytes(), data]);
                    number += 1;
                }
            }
        }
        last = all.into_iter().next_back().map(|shown| shown.picture);
        sink.write_all(&out).map_err(|e| failed(&e))
    })?;
    let mut end = Vec::new();
    chunk(&mut end, *b"IEND", &[]);
    sink.write_all(&end).map_err(|e| failed(&e))
}

/// The chunks of the first frame's file, with those of the animation between.
fn head(out: &mut Vec<u8>, file: &[u8], timing: &Timing, control: &[u8]) {
    out.extend_from_slice(&file[..SIGNATURE]);
    let mut begun = false;
    for (kind, data) in chunks(file).filter(|(kind, _)| kind != b"IEND") {
        if &kind == b"IDAT" && !begun {
            chunk(out, *b"fcTL", &[control]);
            begun = true;
        }
        chunk(out, kind, &[data]);
        if &kind == b"IHDR" {
            let count = timing.pictures() as u32;
            chunk(out, *b"acTL", &[&count.to_be_bytes(), &u32::from(timing.loops).to_be_bytes()]);
        }
    }
}

/// What a frame's `fcTL` says: number, width, height, left, top, delay, and to be laid over what is there.
fn control(numbers: [u32; 5], delay: u16) -> Vec<u8> {
    let mut all: Vec<u8> = numbers.iter().flat_map(|n| n.to_be_bytes()).collect();
    all.extend(delay.to_be_bytes());
    all.extend(100u16.to_be_bytes());
    // leave it there; the first frame is opaque, so that laying it over is the same as putting it there
    all.extend([0, 1]);
    all
}

/// A PNG file of a rectangle.
fn single(
    indices: &[u8],
    [_, _, width, height]: [u32; 4],
    colors: &Colors,
    words: Option<&Scene>,
) -> std::result::Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Indexed);
    // one more than the colours: what stays as it was
    encoder.set_palette(colors.list.iter().chain(&[[0; 3]]).flatten().copied().collect::<Vec<u8>>());
    encoder.set_trns(vec![255; colors.list.len()].into_iter().chain([0]).collect::<Vec<u8>>());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::NoFilter);
    if let Some(page) = words {
        add_words(&mut encoder, page)?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(indices)?;
    writer.finish()?;
    Ok(bytes)
}

/// Bytes before the first chunk.
const SIGNATURE: usize = 8;

/// Kind and data of the chunks of a PNG file that this program made.
fn chunks(file: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = &file[SIGNATURE..];
    std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let (data, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        rest = after.get(4..)?;
        Some((*kind, data))
    })
}
