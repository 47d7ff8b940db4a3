//! GIF: takes a film, gives an animation with one palette for all frames and no dithering, so that what does
//! not change does not flicker. Each frame holds only the rectangle that changed.

use super::colors::{Colors, Counts, count};
use super::film::{Done, Frames, Timing, pictures};
use super::raster::Picture;
use crate::error::{Error, Result};
use crate::scene::{Film, Scene};
use gif::{AnyExtension, DisposalMethod, Encoder, Extension, Repeat};
use rayon::prelude::*;
use std::borrow::Cow;

/// Writes a film as GIF. It is drawn twice: for its colours, then for its frames.
pub(super) fn write(film: &Film, timing: &Timing, frames: Frames, done: Done) -> Result<Vec<u8>> {
    let colors = colors(film, timing, frames, done)?;
    let failed = |e: gif::EncodingError| Error::new(e.to_string()).context("cannot write the GIF");
    let mut bytes = Vec::new();
    let mut encoder: Option<Encoder<&mut Vec<u8>>> = None;
    let mut sink = Some(&mut bytes);
    let mut last: Option<Picture> = None;
    let clear = colors.list.len() as u8;
    pictures(film, 0..timing.count, frames, |first, _, pictures| {
        let before = |i: usize| i.checked_sub(1).map_or(last.as_ref(), |i| pictures.get(i));
        let encoded: Vec<gif::Frame<'static>> = pictures
            .par_iter()
            .enumerate()
            .map(|(i, picture)| {
                let mut frame = part(picture, before(i), &colors, clear);
                frame.delay = timing.delay_of(first + i);
                frame.make_lzw_pre_encoded();
                frame
            })
            .collect();
        if let (Some(sink), Some(picture)) = (sink.take(), pictures.first()) {
            encoder = Some(start(sink, picture, &colors, timing, &words(&film.page)).map_err(failed)?);
        }
        for frame in &encoded {
            encoder.as_mut().map_or(Ok(()), |e| e.write_lzw_pre_encoded_frame(frame)).map_err(failed)?;
        }
        last = pictures.into_iter().next_back();
        done(encoded.len());
        Ok(())
    })?;
    drop(encoder);
    if bytes.is_empty() {
        return Err(Error::usage("a film has at least one frame"));
    }
    Ok(bytes)
}

/// The palette of the whole film, from the first frame and from what changes after it.
fn colors(film: &Film, timing: &Timing, frames: Frames, done: Done) -> Result<Colors> {
    let mut all = Counts::default();
    pictures(film, 0..timing.count, frames, |_, _, pictures| {
        let count = |picture: &Picture| {
            let mut counts = Counts::default();
            picture.fresh_pixels().for_each(|pixels| count(pixels, &mut counts));
            counts
        };
        for counts in pictures.par_iter().map(count).collect::<Vec<_>>() {
            for (color, [flat, count]) in counts {
                let sum = all.entry(color).or_default();
                *sum = [sum[0] + flat, sum[1] + count];
            }
        }
        done(pictures.len());
        Ok(())
    })?;
    Ok(Colors::new(all))
}

fn start<'b>(
    sink: &'b mut Vec<u8>,
    picture: &Picture,
    colors: &Colors,
    timing: &Timing,
    words: &str,
) -> std::result::Result<Encoder<&'b mut Vec<u8>>, gif::EncodingError> {
    let [width, height] = picture.size().map(|v| u16::try_from(v).ok());
    let (Some(width), Some(height)) = (width, height) else {
        return Err(std::io::Error::other("a GIF has at most 65,535 pixels each way").into());
    };
    // one more than the colours: what stays as it was
    let palette: Vec<u8> = colors.list.iter().flatten().copied().chain([0; 3]).collect();
    let mut encoder = Encoder::new(sink, width, height, &palette)?;
    encoder.set_repeat(if timing.loops == 0 { Repeat::Infinite } else { Repeat::Finite(timing.loops - 1) })?;
    let parts: Vec<&[u8]> = words.as_bytes().chunks(255).collect();
    encoder.write_raw_extension(AnyExtension::from(Extension::Comment), &parts)?;
    Ok(encoder)
}

/// Title, description and facts, a line each.
fn words(page: &Scene) -> String {
    let own = [("Title", &page.title), ("Description", &page.description)];
    let facts = page.metadata.iter().map(|(key, value)| (key.as_str(), value));
    let lines = own.into_iter().chain(facts).filter(|(_, value)| !value.is_empty());
    lines.map(|(key, value)| format!("{key}: {}\n", value.replace(['\0', '\n'], " "))).collect()
}

/// The rectangle of a picture that differs from the one before.
fn part(picture: &Picture, before: Option<&Picture>, colors: &Colors, clear: u8) -> gif::Frame<'static> {
    let [width, height] = picture.size();
    let [x, y, width, height] = match before {
        None => [0, 0, width, height],
        Some(before) => picture.difference(before).unwrap_or([0, 0, 1, 1]),
    };
    let mut buffer = Vec::with_capacity((width * height) as usize);
    let mut last = ([0; 4], clear);
    let mut index = |pixel| {
        if last.0 != pixel {
            last = (pixel, colors.of(pixel));
        }
        last.1
    };
    let mut old = Vec::new();
    for row in y..y + height {
        let start = buffer.len();
        picture.row(row, x..x + width, |pixels| buffer.extend(pixels.iter().map(|p| index(*p))));
        if let Some(before) = before {
            old.clear();
            before.row(row, x..x + width, |pixels| old.extend_from_slice(pixels));
            let mut now = 0;
            picture.row(row, x..x + width, |pixels| {
                for pixel in pixels {
                    let slot = &mut buffer[start + now];
                    if *pixel == old[now] || index(old[now]) == *slot {
                        *slot = clear;
                    }
                    now += 1;
                }
            });
        }
    }
    let [left, top, width, height] = [x, y, width, height].map(|v| v as u16);
    gif::Frame {
        left,
        top,
        width,
        height,
        buffer: Cow::Owned(buffer),
        transparent: Some(clear),
        dispose: DisposalMethod::Keep,
        ..gif::Frame::default()
    }
}
