//! `grid`: several dates side by side, with one extent and one legend.

use super::drawing::{look, title};
use super::figure;
use super::input::{Input, Joined};
use super::output::Target;
use super::session::{Halt, Session};
use controlmap::diag::Checked;
use controlmap::error::{Error, Result};
use controlmap::figure::{GridRequest, MOST_PANELS, grid};
use controlmap::map::Drawn;
use controlmap::model::Moment;
use controlmap::project::{DatesOptions, Figure, KnownOptions, MapOptions, PolicyOptions};
use controlmap::read::world;
use controlmap::receipt;
use controlmap::timeline;
use std::path::PathBuf;

/// Draw several dates side by side, with one extent and one legend
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten, next_help_heading = "Dates")]
    dates: DatesOptions,
    #[command(flatten, next_help_heading = "Dates")]
    known: KnownOptions,
    #[command(flatten, next_help_heading = "Output")]
    target: Target,
    /// Write caption, alt text, description and credits too: `.json`, `.md`, `.tex` or `.txt`
    #[arg(help_heading = "Output", long, value_name = "FILE")]
    caption: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
    #[command(flatten, next_help_heading = "Map")]
    map: MapOptions,
}

/// Draws the maps.
pub fn run(args: Args, session: &mut Session) -> std::result::Result<(), Halt> {
    let Args { input, dates, known, target, policy, map, caption } = args;
    let figure = Figure { dates, known, map, policy, ..Figure::new("grid") };
    figure::page(&input, &figure, &target, caption.as_deref(), session)
}

/// Draws a map for each date; nothing where the data or an option forbids it.
///
/// # Errors
/// Of usage where there is no date, or more than fit on a page.
pub fn drawn(joined: &Joined, figure: &Figure) -> Result<Checked<Option<Drawn>>> {
    let Joined { project, dataset, .. } = joined;
    let offset = project.period.timezone;
    let dates = figure.dates.dates.as_deref().unwrap_or_default();
    let mut moments: Vec<Moment> = dates.iter().map(|date| date.moment(offset)).collect();
    moments.sort_unstable();
    moments.dedup();
    if moments.is_empty() {
        return Err(Error::usage("say which dates, with commas between: `--dates 2024-11-26,2024-12-08`"));
    }
    if moments.len() > MOST_PANELS {
        let count = moments.len();
        return Err(Error::usage(format!("{count} dates are more than the {MOST_PANELS} that a page has room for")));
    }
    let policy = figure.policy.clone().or(&project.policy);
    let known_by = figure.known.as_of.map(|when| when.moment(offset));
    let resolved = timeline::resolve(dataset, &policy, known_by);
    if resolved.has_errors() {
        return Ok(Checked { value: None, diagnostics: resolved.diagnostics });
    }
    let mut diagnostics = Vec::new();
    let timeline = resolved.take(&mut diagnostics);
    let drawn = grid(&GridRequest {
        dataset,
        timeline: &timeline,
        moments: &moments,
        options: &look(joined, figure),
        policy: &policy,
        title: title(joined, figure),
        neighbours: Some(world::around),
    });
    let value = drawn.take(&mut diagnostics).map(|mut drawn| {
        let snapshots: Vec<_> = moments.iter().map(|moment| timeline.snapshot(dataset, *moment)).collect();
        let snapshots: Vec<_> = snapshots.iter().collect();
        drawn.scene.metadata.extend(receipt::evidence(dataset, &snapshots, &drawn.places));
        drawn
    });
    Ok(Checked { value, diagnostics })
}
