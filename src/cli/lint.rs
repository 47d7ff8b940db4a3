//! What `check` looks for beyond what reading and joining find.

use super::drawing::tints;
use super::figure;
use super::input::Joined;
use super::report::number;
use controlmap::diag::{Checked, Diagnostic, Location, quote};
use controlmap::error::Error;
use controlmap::geometry::overlap::{self, Shared};
use controlmap::geometry::topology::topology;
use controlmap::model::{Dataset, Level, Region};
use controlmap::palette::lint;
use controlmap::project::Inputs;
use rayon::prelude::*;

/// Points of borders up to which every command looks for overlaps; beyond that only `check` takes the time.
const FEW_POINTS: usize = 300_000;
/// The same for commands that draw one figure, which should take no longer for it.
const FEWEST_POINTS: usize = 10_000;

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Everything.
    Whole,
    /// What can be seen to in passing.
    Passing,
    /// What takes no time.
    Glance,
    /// Nothing yet: the command sees to it while it draws.
    Later,
}

/// Finds regions of one level that claim the same ground, a warning for each pair.
pub fn overlaps(dataset: &Dataset, inputs: &Inputs, depth: Depth) -> Vec<Diagnostic> {
    let regions = &dataset.regions.regions;
    let points: usize = regions.iter().flat_map(|r| &r.geometry).map(|p| p.exterior().0.len()).sum();
    let most = match depth {
        Depth::Whole => usize::MAX,
        Depth::Passing => FEW_POINTS,
        Depth::Glance => FEWEST_POINTS,
        Depth::Later => return Vec::new(),
    };
    if points > most {
        return Vec::new();
    }
    Level::ALL.into_iter().flat_map(|level| overlaps_of(dataset, inputs, level)).collect()
}

fn overlaps_of(dataset: &Dataset, inputs: &Inputs, level: Level) -> Vec<Diagnostic> {
    let regions: Vec<&Region> = dataset.regions.regions.iter().filter(|r| r.level == level).collect();
    let faces: Vec<_> = regions.iter().map(|r| &r.geometry).collect();
    // one file has the regions of a level, as a rule
    let mut files = inputs.boundaries.iter().filter(|input| input.level == level).map(|input| &input.file);
    let file = files.next().filter(|_| files.next().is_none());
    let at = |mut d: Diagnostic| {
        d.location = file.map(Location::file);
        d
    };
    let all = overlap::overlaps(&faces, &topology(&faces));
    let told = |shared: &Shared| {
        let [a, b] = [shared.face, shared.other].map(|face| &regions[face as usize].id);
        let (message, hint) = if shared.km2 >= overlap::LEAST_KM2 {
            let km2 = written(shared.km2);
            let message = format!("regions {} and {} overlap by {km2} km²", quote(a), quote(b));
            (message, format!("mend the boundaries; until then a map shows {} there", quote(b)))
        } else {
            let message = format!("regions {} and {} claim the same side of a border", quote(a), quote(b));
            (message, format!("mend the boundaries; does a ring of {} or {} cross itself?", quote(a), quote(b)))
        };
        at(Diagnostic::new("overlapping-regions", message).value(b).hint(hint))
    };
    let mut found: Vec<Diagnostic> = all.pairs.iter().map(told).collect();
    if all.unmeasured > 0 {
        let message = format!("{} seem to overlap", number(all.unmeasured, "further pair") + " of regions");
        found.push(at(Diagnostic::new("overlapping-regions", message).hint("mend those above first")));
    }
    found
}

/// An area with three figures or none behind the point.
fn written(km2: f64) -> String {
    let decimals = if km2 < 10.0 { 2 } else { usize::from(km2 < 100.0) };
    format!("{km2:.decimals$}")
}

/// Draws the project's figures for what that finds, again and again the same of each.
///
/// # Errors
/// Of usage where a figure has no date and the project has none either.
pub fn figures(joined: &Joined) -> Result<Vec<Diagnostic>, Error> {
    let draw = |wanted| figure::draw(joined, wanted);
    let drawn: Result<Vec<Checked<_>>, Error> = joined.project.figures.par_iter().map(draw).collect();
    Ok(drawn?.into_iter().flat_map(|checked| checked.diagnostics).collect())
}

/// Finds fills of the project's figures that cannot be told apart, a warning for each pair.
///
/// # Errors
/// As of [`figures`].
pub fn colors(joined: &Joined) -> Result<Vec<Diagnostic>, Error> {
    let list = |wanted| tints(joined, wanted);
    let maps = joined.project.figures.par_iter().filter(|figure| figure.kind == "map");
    let listed: Result<Vec<Checked<_>>, Error> = maps.map(list).collect();
    Ok(listed?.into_iter().filter_map(|checked| checked.value).flat_map(|tints| lint(&tints)).collect())
}
