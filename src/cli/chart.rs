//! `chart`: shares of ground over time, who held what as bars, or ground held at one date.

use super::dates::{ends, unknown};
use super::drawing::{look, title};
use super::figure;
use super::input::{Input, Joined};
use super::output::Target;
use super::session::{Halt, Session};
use controlmap::diag::Checked;
use controlmap::error::Result;
use controlmap::figure::{ChartRequest, chart};
use controlmap::map::Drawn;
use controlmap::model::Moment;
use controlmap::project::{
    ChartKind, ChartOptions, DateOptions, Figure, KnownOptions, MapOptions, PolicyOptions, SpanOptions, When,
};
use controlmap::receipt;
use controlmap::timeline;
use std::path::PathBuf;

/// Draw a chart: shares of ground over time, who held what as bars, or ground held at one date
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    chart: ChartOptions,
    #[command(flatten, next_help_heading = "Dates")]
    span: SpanOptions,
    #[command(flatten, next_help_heading = "Dates")]
    date: DateOptions,
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

/// The most moments whose events a receipt names.
const MOST: usize = 500;

/// Draws the chart.
pub fn run(args: Args, session: &mut Session) -> std::result::Result<(), Halt> {
    let Args { input, chart, span, date, known, target, policy, map, caption } = args;
    let figure = Figure { chart, span, date, known, map, policy, ..Figure::new("chart") };
    figure::page(&input, &figure, &target, caption.as_deref(), session)
}

/// Draws a chart; nothing where the data or an option forbids it.
///
/// # Errors
/// Of usage where no date is known or the dates do not fit.
pub fn drawn(joined: &Joined, figure: &Figure) -> Result<Checked<Option<Drawn>>> {
    let Joined { project, dataset, .. } = joined;
    let kind = figure.chart.chart.unwrap_or_default();
    let [from, to] = dates(joined, figure, kind)?;
    let policy = figure.policy.clone().or(&project.policy);
    let known_by = figure.known.as_of.map(|when| when.moment(project.period.timezone));
    let resolved = timeline::resolve(dataset, &policy, known_by);
    if resolved.has_errors() {
        return Ok(Checked { value: None, diagnostics: resolved.diagnostics });
    }
    let mut diagnostics = Vec::new();
    let timeline = resolved.take(&mut diagnostics);
    let drawn = chart(&ChartRequest {
        dataset,
        timeline: &timeline,
        kind,
        from,
        to,
        options: &look(joined, figure),
        // a page of the figure's own has the size asked for, one of the project's is as high as it must be
        has_size: figure.map.size.is_some(),
        policy: &policy,
        title: title(joined, figure),
    });
    let value = drawn.take(&mut diagnostics).map(|mut drawn| {
        let changes = timeline.breakpoints().into_iter().filter(|m| *m > from && *m <= to);
        let moments = std::iter::once(from).chain(changes);
        let snapshots: Vec<_> = moments.take(MOST).map(|moment| timeline.snapshot(dataset, moment)).collect();
        let snapshots: Vec<_> = snapshots.iter().collect();
        drawn.scene.metadata.extend(receipt::evidence(dataset, &snapshots, &drawn.places));
        drawn
    });
    Ok(Checked { value, diagnostics })
}

/// The first and the last moment of a chart of a kind.
fn dates(joined: &Joined, figure: &Figure, kind: ChartKind) -> Result<[Moment; 2]> {
    let period = &joined.project.period;
    if kind == ChartKind::Bars {
        let date = figure.date.date.or(figure.span.to).or(period.to).or(joined.last_day().map(When::Day));
        return Ok([date.ok_or_else(|| unknown("--date"))?.moment(period.timezone); 2]);
    }
    ends(figure.span.from, figure.span.to.or(figure.date.date), period, joined.last_day())
}
