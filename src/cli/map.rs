//! `map`: one map.

use super::drawing::{Request, bytes, figure, tell_dropped};
use super::input::Input;
use super::output::Target;
use super::session::{Halt, Session};
use controlmap::project::{MapOptions, PolicyOptions, When};
use controlmap::write::FORMATS;

/// Draw one map: SVG or PNG
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// The end of a day, or an instant [default: the end of the project's period]
    #[arg(long, value_name = "DATE")]
    date: Option<When>,
    /// Only what was reported by then counts
    #[arg(long, value_name = "DATE")]
    as_of: Option<When>,
    #[command(flatten)]
    target: Target,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
    #[command(flatten, next_help_heading = "Map")]
    map: MapOptions,
}

/// Draws the map.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let Args { input, date, as_of, target, policy, map } = args;
    let known: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
    let name = target.format(&known, None)?;
    let format = FORMATS.iter().find(|f| f.name == name).expect("it is one of the known ones");
    target.require_folder()?;
    let joined = input.joined(session)?;
    let request = Request { date, as_of, policy, options: map };
    session.require_sound()?;
    let drawn = session.take(figure(&joined, &request)?);
    session.require_sound()?;
    let drawn = drawn.ok_or(Halt::Faults)?;
    tell_dropped(&joined, &drawn, session);
    Ok(target.put(&bytes(format, &drawn.scene, &request.look(&joined))?)?)
}
