//! `map`: one map.

use super::drawing::{Request, figure};
use super::input::Input;
use super::output::Target;
use super::session::{Halt, Session};
use controlmap::error::Error;
use controlmap::project::{MapOptions, PolicyOptions, When};

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
    if target.output.is_none() && target.format.is_none() {
        return Err(Error::usage("say where to: `-o map.svg`, or `-o - --format svg` for stdout").into());
    }
    let format = super::image::format_of(&target)?;
    target.require_folder()?;
    let joined = input.joined(session)?;
    let request = Request { date, as_of, policy, options: map };
    let drawn = figure(&joined, &request, session)?;
    let bytes = super::image::bytes(format, &drawn.scene, &request.look(&joined))?;
    Ok(target.put(&bytes)?)
}
