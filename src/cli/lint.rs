//! What `check` looks for beyond what reading and joining find.

use controlmap::diag::{Diagnostic, quote};
use controlmap::geometry::topology::topology;
use controlmap::model::{Dataset, Level, Region};

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
