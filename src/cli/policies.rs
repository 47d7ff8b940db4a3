//! `policies`: one date under every policy side by side, and where they disagree.

use super::drawing::{look, moment, title};
use super::figure;
use super::input::{Input, Joined};
use super::output::Target;
use super::session::{Halt, Session};
use controlmap::diag::Checked;
use controlmap::error::Result;
use controlmap::figure::{PoliciesRequest, policies};
use controlmap::map::Drawn;
use controlmap::project::{DateOptions, Figure, KnownOptions, MapOptions, PolicyOptions};
use controlmap::read::world;
use controlmap::receipt;
use controlmap::timeline::{POLICIES, Snapshot, resolve};
use std::path::PathBuf;

/// Draw one date under every policy side by side, and where they disagree
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
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

/// Draws the maps.
pub fn run(args: Args, session: &mut Session) -> std::result::Result<(), Halt> {
    let Args { input, date, known, target, policy, map, caption } = args;
    let figure = Figure { date, known, map, policy, ..Figure::new("policies") };
    figure::page(&input, &figure, &target, caption.as_deref(), session)
}

/// Draws a map for each policy; nothing where the data or an option forbids it.
///
/// # Errors
/// Of usage where no date is known.
pub fn drawn(joined: &Joined, figure: &Figure) -> Result<Checked<Option<Drawn>>> {
    let Joined { project, dataset, .. } = joined;
    let moment = moment(joined, figure)?;
    let known_by = figure.known.as_of.map(|when| when.moment(project.period.timezone));
    let policy = figure.policy.clone().or(&project.policy);
    // the project's own first: a name that is none is a fault that `resolve` tells
    let others = POLICIES.iter().map(|p| p.name).filter(|name| *name != policy.name());
    let names: Vec<&str> = std::iter::once(policy.name()).chain(others).collect();
    let mut diagnostics = Vec::new();
    let mut snapshots: Vec<Snapshot> = Vec::new();
    for name in names {
        let own = PolicyOptions { name: Some(name.to_owned()), ..policy.clone() };
        let resolved = resolve(dataset, &own, known_by);
        if resolved.has_errors() {
            return Ok(Checked { value: None, diagnostics: resolved.diagnostics });
        }
        // the same data has the same faults under every policy
        let mut found = Vec::new();
        snapshots.push(resolved.take(&mut found).snapshot(dataset, moment));
        for fault in found {
            if !diagnostics.contains(&fault) {
                diagnostics.push(fault);
            }
        }
    }
    let drawn = policies(&PoliciesRequest {
        dataset,
        snapshots: &snapshots,
        options: &look(joined, figure),
        policy: &policy,
        title: title(joined, figure),
        neighbours: Some(world::around),
    });
    let value = drawn.take(&mut diagnostics).map(|mut drawn| {
        let all: Vec<&Snapshot> = snapshots.iter().collect();
        drawn.scene.metadata.extend(receipt::evidence(dataset, &all, &drawn.places));
        drawn
    });
    Ok(Checked { value, diagnostics })
}
