//! `map`: one map.

use super::caption;
use super::drawing::look;
use super::figure;
use super::input::Input;
use super::output::Target;
use super::session::{Halt, Session};
use controlmap::project::{DateOptions, Figure, KnownOptions, MapOptions, PolicyOptions, WithOptions};
use std::path::PathBuf;

/// Draw one map: SVG, PNG or PDF
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    date: DateOptions,
    #[command(flatten)]
    known: KnownOptions,
    #[command(flatten)]
    with: WithOptions,
    #[command(flatten)]
    target: Target,
    /// Write caption, alt text, description and credits too: `.json`, `.md`, `.tex` or `.txt`
    #[arg(long, value_name = "FILE")]
    caption: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
    #[command(flatten, next_help_heading = "Map")]
    map: MapOptions,
}

/// Draws the map.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let Args { input, date, known, with, target, caption, policy, map } = args;
    let figure = Figure { date, known, with, map, policy, ..Figure::new("map") };
    let endings: Vec<&str> = (figure::kind(&figure)?.formats)().iter().map(|format| format.name).collect();
    let format = target.format(&endings, None)?;
    target.require_folder()?;
    caption.as_deref().map(caption::check).transpose()?;
    let joined = input.joined(session)?;
    session.require_sound()?;
    let drawn = session.take(figure::draw(&joined, &figure)?);
    session.require_sound()?;
    let drawn = drawn.ok_or(Halt::Faults)?;
    drawn.tell(&joined, session);
    if let Some(path) = &caption {
        caption::save(path, &drawn.words(), target.file())?;
    }
    Ok(target.put(&drawn.bytes(&figure, format, &look(&joined, &figure))?)?)
}
