//! `map`: one map.

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
    figure::page(&input, &figure, &target, caption.as_deref(), session)
}
