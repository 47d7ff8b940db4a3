//! Animated WebP: takes a film, gives an animation without loss. Each frame holds only the rectangle that changed,
//! transparent where it did not.
//!
//! # Source
//! RFC 9649, "WebP Image Format", the chunks `VP8X`, `ANIM`, `ANMF`.

use super::film::{Done, Frames, Shown, Sink, Timing, shown};
use super::raster::{Picture, Pixel};
use super::xmp::xmp;
use crate::error::{Error, Result};
use crate::scene::Film;
use image_webp::{ColorType, EncodingError, WebPEncoder};
use rayon::prelude::*;

/// Bits of `VP8X`: it moves, it may be transparent, it has words.
const FEATURES: u8 = 0b0001_0110;
/// The longest side.
const LONGEST: u32 = 1 << 14;

/// Writes a film as animated WebP.
pub(super) fn write(film: &Film, timing: &Timing, frames: Frames, done: Done, sink: Sink) -> Result<()> {
    let failed = |e: &dyn std::fmt::Display| Error::new(e.to_string()).context("cannot write the WebP");
    let mut body = Vec::new();
    let mut last: Option<Picture> = None;
    let mut size = [0, 0];
    shown(film, timing, frames, done, |_, all| {
        let before = |i: usize| i.checked_sub(1).map_or(last.as_ref(), |i| Some(&all[i].picture));
        let encode = |(i, Shown { picture, delay }): (usize, &Shown)| frame(picture, before(i), *delay);
        let encoded: std::result::Result<Vec<Vec<u8>>, EncodingError> =
            all.par_iter().enumerate().map(encode).collect();
        for data in encoded.map_err(|e| failed(&e))? {
            chunk(&mut body, *b"ANMF", &data);
        }
        last = all.into_iter().next_back().map(|shown| shown.picture);
        size = last.as_ref().map_or(size, Picture::size);
        if size.iter().any(|side| *side > LONGEST) {
            return Err(Error::usage(format!("a WebP has at most {LONGEST} pixels each way; lower the size or scale")));
        }
        Ok(())
    })?;
    let mut head = Vec::new();
    let mut about = vec![FEATURES, 0, 0, 0];
    size.iter().for_each(|side| about.extend(three(side - 1)));
    chunk(&mut head, *b"VP8X", &about);
    // the background of a viewer shows nowhere; then how often it runs
    chunk(&mut head, *b"ANIM", &[[255; 4].as_slice(), &timing.loops.to_le_bytes()].concat());
    let mut tail = Vec::new();
    chunk(&mut tail, *b"XMP ", xmp(&film.page).as_bytes());
    let length = 4 + head.len() + body.len() + tail.len();
    let length = u32::try_from(length).map_err(|_| Error::usage("a WebP has at most 4 GB; make the film shorter"))?;
    for part in [b"RIFF".as_slice(), &length.to_le_bytes(), b"WEBP", &head, &body, &tail] {
        sink.write_all(part).map_err(|e| failed(&e))?;
    }
    Ok(())
}

/// The three lower bytes.
fn three(number: u32) -> [u8; 3] {
    let [a, b, c, _] = number.to_le_bytes();
    [a, b, c]
}

fn chunk(out: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    out.extend(kind);
    out.extend((data.len() as u32).to_le_bytes());
    out.extend_from_slice(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
}

/// The data of an `ANMF`.
fn frame(picture: &Picture, before: Option<&Picture>, delay: u16) -> std::result::Result<Vec<u8>, EncodingError> {
    let [width, height] = picture.size();
    let [x, y, w, h] = match before {
        None => [0, 0, width, height],
        Some(before) => picture.difference(before).unwrap_or([0, 0, 1, 1]),
    };
    // offsets are counted in twos
    let (left, top) = (x & !1, y & !1);
    let at = [left, top, x + w - left, y + h - top];
    let pixels = changed(picture, before, at);
    let mut file = Vec::new();
    WebPEncoder::new(&mut file).encode(pixels.as_flattened(), at[2], at[3], ColorType::Rgba8)?;
    let mut data = Vec::with_capacity(file.len() + 16);
    for number in [left / 2, top / 2, at[2] - 1, at[3] - 1, u32::from(delay) * 10] {
        data.extend(three(number));
    }
    // laid over what is there, and left there
    data.push(0);
    // the file's own head is not part of a frame
    data.extend_from_slice(file.get(12..).unwrap_or_default());
    Ok(data)
}

/// The pixels of a rectangle, transparent where they are those of the picture before.
fn changed(picture: &Picture, before: Option<&Picture>, [x, y, width, height]: [u32; 4]) -> Vec<Pixel> {
    let mut pixels: Vec<Pixel> = Vec::with_capacity((width * height) as usize);
    let mut old: Vec<Pixel> = Vec::new();
    for row in y..y + height {
        let start = pixels.len();
        picture.row(row, x..x + width, |part| pixels.extend_from_slice(part));
        if let Some(before) = before {
            old.clear();
            before.row(row, x..x + width, |part| old.extend_from_slice(part));
            for (now, old) in pixels[start..].iter_mut().zip(&old) {
                if now == old {
                    *now = [0; 4];
                }
            }
        }
    }
    pixels
}
