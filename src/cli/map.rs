//! `map`: one map.

use super::drawing::look;
use super::figure;
use super::input::Input;
use super::output::Target;
use super::session::{Halt, Session};
use controlmap::project::{DateOptions, Figure, KnownOptions, MapOptions, PolicyOptions};

/// Draw one map: SVG or PNG
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    date: DateOptions,
    #[command(flatten)]
    known: KnownOptions,
    #[command(flatten)]
    target: Target,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
    #[command(flatten, next_help_heading = "Map")]
    map: MapOptions,
}

/// Draws the map.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let Args { input, date, known, target, policy, map } = args;
    let figure = Figure { date, known, map, policy, ..Figure::new("map") };
    let endings: Vec<&str> = (figure::kind(&figure)?.formats)().iter().map(|format| format.name).collect();
    let format = target.format(&endings, None)?;
    target.require_folder()?;
    let joined = input.joined(session)?;
    session.require_sound()?;
    let drawn = session.take(figure::draw(&joined, &figure)?);
    session.require_sound()?;
    let drawn = drawn.ok_or(Halt::Faults)?;
    drawn.tell(&joined, session);
    Ok(target.put(&drawn.bytes(&figure, format, &look(&joined, &figure))?)?)
}
