//! `diff`: what changed hands between two dates.

use super::dates::ends;
use super::drawing::{look, title};
use super::figure;
use super::input::{Input, Joined};
use super::output::Target;
use super::session::{Halt, Session};
use controlmap::diag::Checked;
use controlmap::error::Result;
use controlmap::figure::{DiffRequest, diff};
use controlmap::map::Drawn;
use controlmap::project::{Figure, KnownOptions, MapOptions, PolicyOptions, SpanOptions};
use controlmap::read::world;
use controlmap::receipt;
use controlmap::timeline;
use std::path::PathBuf;

/// Draw what changed hands between two dates, as a map
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten, next_help_heading = "Dates")]
    span: SpanOptions,
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

/// Draws the figure.
pub fn run(args: Args, session: &mut Session) -> std::result::Result<(), Halt> {
    let Args { input, span, known, target, policy, map, caption } = args;
    let figure = Figure { span, known, map, policy, ..Figure::new("diff") };
    figure::page(&input, &figure, &target, caption.as_deref(), session)
}

/// Draws what changed between two dates; nothing where the data or an option forbids it.
///
/// # Errors
/// Of usage where no date is known or the dates do not fit.
pub fn drawn(joined: &Joined, figure: &Figure) -> Result<Checked<Option<Drawn>>> {
    let Joined { project, dataset, .. } = joined;
    let [from, to] = ends(figure.span.from, figure.span.to, &project.period, joined.last_day())?;
    let known_by = figure.known.as_of.map(|when| when.moment(project.period.timezone));
    let policy = figure.policy.clone().or(&project.policy);
    let window = timeline::window(dataset, &policy, known_by, from, to);
    if window.has_errors() {
        return Ok(Checked { value: None, diagnostics: window.diagnostics });
    }
    let mut diagnostics = Vec::new();
    let window = window.take(&mut diagnostics);
    let drawn = diff(&DiffRequest {
        dataset,
        window: &window,
        options: &look(joined, figure),
        policy: &policy,
        title: title(joined, figure),
        neighbours: Some(world::around),
    });
    let value = drawn.take(&mut diagnostics).map(|mut drawn| {
        let evidence = receipt::evidence(dataset, &[&window.before, &window.after], &drawn.places);
        drawn.scene.metadata.extend(evidence);
        drawn
    });
    Ok(Checked { value, diagnostics })
}
