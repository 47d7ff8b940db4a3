//! MP4 and WebM: takes a film, pipes its frames to `ffmpeg`, gives what that makes.

use super::file::Scratch;
use super::film::{Done, Frames, Shown, Sink, Timing, shown};
use super::raster::Picture;
use super::receipt::json;
use crate::error::{Error, Result};
use crate::scene::{Film, Scene};
use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};

/// How a kind of video is made.
struct Codec {
    /// Ending of the file.
    extension: &'static str,
    /// What `ffmpeg` is told of the encoder.
    settings: &'static [&'static str],
}

const MP4: Codec = Codec {
    extension: "mp4",
    settings: &["-c:v", "libx264", "-preset", "medium", "-crf", "17", "-movflags", "+faststart"],
};

const WEBM: Codec = Codec {
    extension: "webm",
    settings: &["-c:v", "libvpx-vp9", "-crf", "24", "-b:v", "0", "-row-mt", "1", "-deadline", "good", "-cpu-used", "4"],
};

/// Writes a film as MP4.
pub(super) fn mp4(film: &Film, timing: &Timing, frames: Frames, done: Done, sink: Sink) -> Result<()> {
    write(&MP4, film, timing, frames, done, sink)
}

/// Writes a film as WebM.
pub(super) fn webm(film: &Film, timing: &Timing, frames: Frames, done: Done, sink: Sink) -> Result<()> {
    write(&WEBM, film, timing, frames, done, sink)
}

fn write(codec: &Codec, film: &Film, timing: &Timing, frames: Frames, done: Done, sink: Sink) -> Result<()> {
    let scratch = Scratch::new(codec.extension);
    let unit = unit(timing);
    let mut run: Option<Child> = None;
    let drawn = shown(film, timing, frames, done, |_, all| {
        for Shown { picture, delay } in &all {
            let run = match &mut run {
                Some(run) => run,
                empty => empty.insert(start(codec, &film.page, picture.size(), unit, &scratch)?),
            };
            let Some(pipe) = &mut run.stdin else { break };
            let pixels = pixels(picture);
            for _ in 0..(delay / unit).max(1) {
                // it says itself why it ended before its time
                if pipe.write_all(&pixels).is_err() {
                    return Err(Error::new("`ffmpeg` ended before the film did"));
                }
            }
        }
        Ok(())
    });
    let Some(mut run) = run else { return drawn };
    drop(run.stdin.take());
    let mut said = String::new();
    if let Some(words) = &mut run.stderr {
        let _ = words.take(4096).read_to_string(&mut said);
    }
    let ended = run.wait().map_err(|e| Error::new(format!("`ffmpeg` cannot be waited for: {e}")))?;
    if !ended.success() {
        let why = said.lines().last().unwrap_or("it does not say why");
        return Err(Error::new(format!("`ffmpeg` could not make the {}: {why}", codec.extension)));
    }
    drawn?;
    let mut file = std::fs::File::open(scratch.path()).map_err(|e| Error::new(e.to_string()))?;
    std::io::copy(&mut file, sink).map_err(|e| Error::new(e.to_string()).context("cannot write the video"))?;
    Ok(())
}

/// The longest time, in hundredths of a second, of which every picture's is a multiple, or nearly.
fn unit(timing: &Timing) -> u16 {
    match timing.between() {
        (0, _) => timing.delay,
        (_, step) => step,
    }
}

fn start(codec: &Codec, page: &Scene, [width, height]: [u32; 2], unit: u16, scratch: &Scratch) -> Result<Child> {
    let mut command = Command::new("ffmpeg");
    let size = format!("{}x{}", even(width), even(height));
    let rate = format!("100/{unit}");
    command.args(["-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", &size, "-r", &rate, "-i", "-"]);
    command.args(["-an", "-pix_fmt", "yuv420p", "-fflags", "+bitexact", "-flags:v", "+bitexact"]);
    command.args(["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"]);
    command.args(["-vf", "scale=out_color_matrix=bt709:flags=accurate_rnd"]).args(codec.settings);
    let facts = json(&page.metadata);
    for (key, value) in [("title", &page.title), ("description", &page.description), ("comment", &facts)] {
        command.arg("-metadata").arg(format!("{key}={}", value.replace('\0', "")));
    }
    command.arg(scratch.path()).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().map_err(|e| match e.kind() {
        ErrorKind::NotFound => Error::new(format!(
            "{} needs the program `ffmpeg`, which is not here; install it with `apt install ffmpeg`, \
             `brew install ffmpeg` or `winget install ffmpeg`, or write a GIF",
            codec.extension
        )),
        _ => Error::new(format!("`ffmpeg` cannot be started: {e}")),
    })
}

/// Encoders want even sides: one more pixel where a side is odd.
fn even(side: u32) -> u32 {
    side + side % 2
}

/// Red, green and blue of all pixels; what is added at the right and at the foot is as its neighbour.
fn pixels(picture: &Picture) -> Vec<u8> {
    let [width, height] = picture.size();
    let mut all = Vec::with_capacity((even(width) * even(height) * 3) as usize);
    for row in 0..even(height) {
        let row = row.min(height - 1);
        picture.row(row, 0..width, |part| all.extend(part.iter().flat_map(|p| [p[0], p[1], p[2]])));
        if width % 2 == 1 {
            all.extend_from_within(all.len() - 3..);
        }
    }
    all
}
