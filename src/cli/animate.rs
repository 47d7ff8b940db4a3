//! `animate`: a film as one file.

use super::drawing::look;
use super::figure;
use super::film;
use super::input::Input;
use super::output::Target;
use super::progress::Progress;
use super::session::{Halt, Session};
use controlmap::error::Error;
use controlmap::project::{
    Figure, FilmOptions, KnownOptions, MapOptions, MotionOptions, PolicyOptions, SpanOptions, StepOptions,
};

/// Draw a period as one moving image (GIF, PNG, SVG, WebP, MP4, WebM), as an HTML page with its controls, or as a PDF of a page a frame
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten, next_help_heading = "Dates")]
    step: StepOptions,
    #[command(flatten, next_help_heading = "Dates")]
    span: SpanOptions,
    #[command(flatten, next_help_heading = "Dates")]
    known: KnownOptions,
    #[command(flatten, next_help_heading = "Film")]
    film: FilmOptions,
    #[command(flatten, next_help_heading = "Film")]
    motion: MotionOptions,
    #[command(flatten, next_help_heading = "Output")]
    target: Target,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
    #[command(flatten, next_help_heading = "Map")]
    map: MapOptions,
}

/// Draws the film.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let Args { input, step, span, known, film, motion, target, policy, map } = args;
    let wanted = Figure { step, span, known, film, motion, map, policy, ..Figure::new("animate") };
    let endings = (figure::kind(&wanted)?.formats)();
    let words: Vec<&str> = endings.iter().flat_map(|ending| [ending.name, ending.extension]).collect();
    let word = target.format(&words, None)?;
    let found = endings.iter().find(|ending| ending.name == word || ending.extension == word);
    let format = found.expect("it is one of the known").name;
    target.require_folder()?;
    let joined = input.joined(session)?;
    session.require_sound()?;
    let drawn = session.take(film::film(&joined, &wanted)?);
    session.require_sound()?;
    let mut film = drawn.ok_or_else(|| Error::usage("there is no moment to draw"))?;
    film.add_facts(figure::facts(&joined, &wanted));
    let progress = Progress::new(session, film.moments().len());
    let look = look(&joined, &wanted);
    target.fill(|sink| film::write(&film, &wanted, &look, format, &progress, sink))?;
    Ok(())
}
