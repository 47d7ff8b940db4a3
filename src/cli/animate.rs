//! `animate`: a film as one file.

use super::film::{Request, Span, Stock};
use super::input::Input;
use super::output::Target;
use super::progress::Progress;
use super::session::{Halt, Session};
use controlmap::error::{Error, Result};
use controlmap::figure::Film;
use controlmap::project::{MapOptions, PolicyOptions};
use controlmap::write::{ANIMATIONS, Animation, Timing};

/// Draw a period as one moving image: GIF, PNG or SVG
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    span: Span,
    /// Frames in a second, 0.1 to 50 [default: 2; more for more than 40 frames, to end within 20 seconds, at most 25]
    #[arg(help_heading = "Motion", long, value_name = "N", value_parser = fps)]
    fps: Option<f64>,
    /// Seconds that the last frame stands
    #[arg(help_heading = "Motion", long, value_name = "SECONDS", default_value = "2", value_parser = seconds)]
    hold: f64,
    /// How often it runs; 0 is for ever
    #[arg(help_heading = "Motion", long, value_name = "N", default_value = "0")]
    loops: u16,
    #[command(flatten)]
    target: Target,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
    #[command(flatten, next_help_heading = "Map")]
    map: MapOptions,
}

/// How a film runs, where it says so.
#[derive(Debug, Clone, Copy)]
pub struct Motion {
    /// Frames in a second.
    pub fps: Option<f64>,
    /// Seconds that the last frame stands.
    pub hold: f64,
    /// How often it runs; 0 is for ever.
    pub loops: u16,
}

impl Default for Motion {
    fn default() -> Self {
        Self { fps: None, hold: 2.0, loops: 0 }
    }
}

/// Draws the film.
pub fn run(args: Args, session: &mut Session) -> std::result::Result<(), Halt> {
    let Args { input, span, fps, hold, loops, target, policy, map } = args;
    let known: Vec<&str> = ANIMATIONS.iter().flat_map(|a| [a.name, a.extension]).collect();
    let name = target.format(&known, None)?;
    let format = ANIMATIONS.iter().find(|a| a.name == name || a.extension == name).expect("it is one of the known");
    target.require_folder()?;
    let joined = input.joined(session)?;
    session.require_sound()?;
    let stock = session.take(Stock::new(&joined, Request { span, policy, options: map })?);
    let film = stock.sound_film(session)?;
    let progress = Progress::new(session, film.moments().len() * format.passes);
    let bytes = bytes(format, film, &Motion { fps, hold, loops }, &stock.options, &progress)?;
    drop(progress);
    Ok(target.put(&bytes)?)
}

/// Makes a film the bytes of a format.
///
/// # Errors
/// When the format cannot hold it.
pub fn bytes(
    format: &Animation,
    mut film: Film,
    motion: &Motion,
    options: &MapOptions,
    progress: &Progress,
) -> Result<Vec<u8>> {
    let count = film.moments().len();
    let fps = motion.fps.unwrap_or((count as f64 / 20.0).clamp(2.0, 25.0));
    let hundredths = |seconds: f64| (seconds * 100.0).round().clamp(2.0, 65_535.0) as u16;
    let delay = hundredths(1.0 / fps);
    let hold = hundredths(motion.hold).max(delay);
    let timing = Timing { count, delay, hold, loops: motion.loops, options: super::drawing::options(options) };
    let page = film.page().clone();
    let mut frames = |range| film.shots(range).into_iter().map(|shot| shot.frame).collect();
    (format.write)(&page, &timing, &mut frames, &mut |steps| progress.done(steps))
        .map_err(|e: Error| e.context("cannot make the film"))
}

fn fps(text: &str) -> std::result::Result<f64, String> {
    let wrong = || format!("{text:?} is no rate; write frames in a second, 0.1 to 50");
    text.parse::<f64>().ok().filter(|n| (0.1..=50.0).contains(n)).ok_or_else(wrong)
}

fn seconds(text: &str) -> std::result::Result<f64, String> {
    let wrong = || format!("{text:?} is no time to stand; write seconds, 0 to 600");
    text.parse::<f64>().ok().filter(|n| (0.0..=600.0).contains(n)).ok_or_else(wrong)
}
