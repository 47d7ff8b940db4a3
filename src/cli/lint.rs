//! What `check` looks for beyond what reading and joining find.

use super::drawing::tints;
use super::figure;
use super::input::Joined;
use controlmap::diag::{Checked, Diagnostic, quote};
use controlmap::error::Error;
use controlmap::geometry::topology::topology;
use controlmap::model::{Dataset, Level, Region};
use controlmap::palette::lint;
use rayon::prelude::*;

/// Finds regions of one level that claim the same side of a border, a warning for each pair.
pub fn overlaps(dataset: &Dataset) -> Vec<Diagnostic> {
    Level::ALL.into_iter().flat_map(|level| overlaps_of(dataset, level)).collect()
}

fn overlaps_of(dataset: &Dataset, level: Level) -> Vec<Diagnostic> {
    let regions: Vec<&Region> = dataset.regions.regions.iter().filter(|r| r.level == level).collect();
    let faces: Vec<_> = regions.iter().map(|r| &r.geometry).collect();
    let mut pairs: Vec<(u32, u32)> = topology(&faces)
        .overlaps
        .iter()
        .filter(|o| o.face != o.other)
        .map(|o| (o.face.min(o.other), o.face.max(o.other)))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let told = |(a, b): (u32, u32)| {
        let [a, b] = [a, b].map(|face| &regions[face as usize].id);
        let message = format!("regions {} and {} claim the same ground along a border", quote(a), quote(b));
        let hint = format!("mend the boundaries; until then {} is drawn there", quote(a));
        Diagnostic::new("overlapping-regions", message).value(b).hint(hint)
    };
    pairs.into_iter().map(told).collect()
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
