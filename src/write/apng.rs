//! Moving PNG: takes a film, gives an animation without loss. Each frame holds only the rectangle that
//! changed, transparent where it did not.
//!
//! Frames are compressed apart from each other, in threads, and then put into one file.
//!
//! # Source
//! W3C, "Portable Network Graphics (PNG) Specification (Third Edition)", chunks `acTL`, `fcTL`, `fdAT`.

use super::film::{Done, Frames, Timing, pictures};
use super::png::add_words;
use super::raster::{Picture, Pixel};
use crate::error::{Error, Result};
use crate::scene::{Film, Scene};
use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};
use rayon::prelude::*;

/// Writes a film as moving PNG.
pub(super) fn write(film: &Film, timing: &Timing, frames: Frames, done: Done) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut last: Option<Picture> = None;
    let mut number = 0u32;
    pictures(film, 0..timing.count, frames, |first, _, pictures| {
        let before = |i: usize| i.checked_sub(1).map_or(last.as_ref(), |i| pictures.get(i));
        let encoded: std::result::Result<Vec<_>, EncodingError> = pictures
            .par_iter()
            .enumerate()
            .map(|(i, picture)| {
                let at = match before(i) {
                    None => [0, 0, picture.size()[0], picture.size()[1]],
                    Some(before) => picture.difference(before).unwrap_or([0, 0, 1, 1]),
                };
                let words = (first + i == 0).then_some(&film.page);
                Ok((at, single(&part(picture, before(i), at), at, words)?))
            })
            .collect();
        let encoded = encoded.map_err(|e| Error::new(e.to_string()).context("cannot write the moving PNG"))?;
        for (i, (at, file)) in encoded.iter().enumerate() {
            let control = control([number, at[2], at[3], at[0], at[1]], timing.delay_of(first + i));
            number += 1;
            if first + i == 0 {
                head(&mut out, file, timing, &control);
            } else {
                chunk(&mut out, *b"fcTL", &[&control]);
                for (_, data) in chunks(file).filter(|(kind, _)| kind == b"IDAT") {
                    chunk(&mut out, *b"fdAT", &[&number.to_be_bytes(), data]);
                    number += 1;
                }
            }
        }
        last = pictures.into_iter().next_back();
        done(encoded.len());
        Ok(())
    })?;
    if out.is_empty() {
        return Err(Error::usage("a film has at least one frame"));
    }
    chunk(&mut out, *b"IEND", &[]);
    Ok(out)
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
            let count = timing.count as u32;
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

/// Pixels of a rectangle: of the whole picture, or transparent where the one before has the same.
fn part(picture: &Picture, before: Option<&Picture>, [x, y, width, height]: [u32; 4]) -> Vec<Pixel> {
    let mut pixels = Vec::with_capacity((width * height) as usize);
    let mut old = Vec::new();
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

/// A PNG file of a rectangle.
fn single(
    pixels: &[Pixel],
    [_, _, width, height]: [u32; 4],
    words: Option<&Scene>,
) -> std::result::Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_filter(Filter::Up);
    if let Some(page) = words {
        add_words(&mut encoder, page)?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels.as_flattened())?;
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

fn chunk(out: &mut Vec<u8>, kind: [u8; 4], parts: &[&[u8]]) {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    out.extend((length as u32).to_be_bytes());
    let start = out.len();
    out.extend(kind);
    parts.iter().for_each(|part| out.extend_from_slice(part));
    let crc = crc(&out[start..]);
    out.extend(crc.to_be_bytes());
}

/// The remainders of all bytes.
const REMAINDERS: [u32; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut c = i as u32;
        let mut bit = 0;
        while bit < 8 {
            c = if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
            bit += 1;
        }
        table[i] = c;
        i += 1;
    }
    table
};

/// The checksum of a chunk.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |c: u32, byte| REMAINDERS[((c ^ u32::from(*byte)) & 255) as usize] ^ (c >> 8))
}

#[cfg(test)]
mod tests {
    use super::crc;

    #[test]
    fn the_checksum_is_that_of_png() {
        assert_eq!(crc(b"IEND"), 0xae42_6082);
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
    }
}
