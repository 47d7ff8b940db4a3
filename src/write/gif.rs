//! GIF: takes a film, gives an animation with one palette for all frames and no dithering, so that what does
//! not change does not flicker. Each frame holds only the rectangle that changed.

use super::colors::{Colors, palette};
use super::film::{Done, Frames, Shown, Sink, Timing, shown};
use super::raster::Picture;
use super::receipt::json;
use crate::error::{Error, Result};
use crate::scene::{Film, Scene};
use gif::{AnyExtension, DisposalMethod, Encoder, Extension, Repeat};
use rayon::prelude::*;
use std::borrow::Cow;

/// Writes a film as GIF.
pub(super) fn write(film: &Film, timing: &Timing, frames: Frames, done: Done, sink: Sink) -> Result<()> {
    let colors = palette(film, timing.count, frames)?;
    let failed = |e: gif::EncodingError| Error::new(e.to_string()).context("cannot write the GIF");
    let mut encoder: Option<Encoder<Sink>> = None;
    let mut sink = Some(sink);
    let mut last: Option<Picture> = None;
    shown(film, timing, frames, done, |_, all| {
        let before = |i: usize| i.checked_sub(1).map_or(last.as_ref(), |i| Some(&all[i].picture));
        let encode = |(i, Shown { picture, delay }): (usize, &Shown)| {
            let mut frame = part(picture, before(i), &colors);
            frame.delay = *delay;
            frame.make_lzw_pre_encoded();
            frame
        };
        let encoded: Vec<gif::Frame<'static>> = all.par_iter().enumerate().map(encode).collect();
        if let (Some(sink), Some(first)) = (sink.take(), all.first()) {
            encoder = Some(start(sink, &first.picture, &colors, timing, &words(&film.page)).map_err(failed)?);
        }
        for frame in &encoded {
            encoder.as_mut().map_or(Ok(()), |e| e.write_lzw_pre_encoded_frame(frame)).map_err(failed)?;
        }
        last = all.into_iter().next_back().map(|shown| shown.picture);
        Ok(())
    })
}

fn start<'b>(
    sink: Sink<'b>,
    picture: &Picture,
    colors: &Colors,
    timing: &Timing,
    words: &str,
) -> std::result::Result<Encoder<Sink<'b>>, gif::EncodingError> {
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

/// Title and description, a line each, and the facts.
fn words(page: &Scene) -> String {
    let own = [("Title", &page.title), ("Description", &page.description)];
    let lines = own.into_iter().filter(|(_, value)| !value.is_empty());
    let lines: String = lines.map(|(key, value)| format!("{key}: {}\n", value.replace(['\0', '\n'], " "))).collect();
    lines + &json(&page.metadata)
}

/// The rectangle of a picture that differs from the one before.
fn part(picture: &Picture, before: Option<&Picture>, colors: &Colors) -> gif::Frame<'static> {
    let ([left, top, width, height], buffer) = colors.part(picture, before);
    let [left, top, width, height] = [left, top, width, height].map(|v| v as u16);
    gif::Frame {
        left,
        top,
        width,
        height,
        buffer: Cow::Owned(buffer),
        transparent: Some(colors.clear()),
        dispose: DisposalMethod::Keep,
        ..gif::Frame::default()
    }
}
