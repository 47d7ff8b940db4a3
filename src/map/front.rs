//! The front line: takes regions and who holds them, gives the borders between different controllers.

use super::region::Regions;
use super::theme;
use crate::geometry::length::length_km;
use crate::model::{ActorIndex, Control};
use crate::scene::{ArcStroke, Color, Stroke};
use crate::timeline::Snapshot;

/// The borders between different controllers, as arcs of the regions' topology.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Front {
    /// Between two regions that one actor each holds.
    pub line: Vec<u32>,
    /// Between regions of which one at least has no certain holder, but some that differ.
    pub band: Vec<u32>,
}

/// Finds the front line of a snapshot.
pub fn front(regions: &Regions, snapshot: &Snapshot) -> Front {
    let mut front = Front::default();
    let control = |face: u32| &snapshot.states[regions.places[face as usize].0 as usize].control;
    for (i, arc) in regions.topology.arcs.iter().enumerate().filter(|(_, arc)| !arc.is_seam) {
        let (Some(a), Some(b)) = (arc.left, arc.right) else { continue };
        let i = u32::try_from(i).expect("fewer than 2^32 borders");
        match parted(control(a), control(b)) {
            Some(true) => front.line.push(i),
            Some(false) => front.band.push(i),
            None => {}
        }
    }
    front
}

/// Tells whether a border parts controllers, and whether that is certain.
fn parted(a: &Control, b: &Control) -> Option<bool> {
    if let (Control::Held(a), Control::Held(b)) = (a, b) {
        return (a != b).then_some(true);
    }
    let both = [a.actors(), b.actors()];
    let mut all: Vec<ActorIndex> = both.concat();
    all.sort_unstable();
    all.dedup();
    (both.iter().all(|actors| !actors.is_empty()) && all.len() > 1).then_some(false)
}

impl Front {
    /// Lengths of line and band in km.
    pub fn km(&self, regions: &Regions) -> [f64; 2] {
        let sum = |arcs: &[u32]| arcs.iter().map(|i| length_km(&regions.topology.arcs[*i as usize].points)).sum();
        [sum(&self.line), sum(&self.band)]
    }

    /// The strokes that draw it, the lowest first.
    pub fn strokes(&self, unit: f64) -> Vec<ArcStroke> {
        let one = |id: &str, arcs: &[u32], stroke| ArcStroke { id: id.into(), arcs: arcs.to_vec(), stroke };
        let mut all = vec![one("front-band", &self.band, band(unit))];
        let ids = ["front", "front-core"];
        all.extend(ids.iter().zip(line(unit)).map(|(id, stroke)| one(id, &self.line, stroke)));
        all.retain(|stroke| !stroke.arcs.is_empty());
        all
    }
}

/// A double line: no border looks so.
pub fn line(unit: f64) -> [Stroke; 2] {
    [Stroke::solid(theme::INK, 6.4 * unit), Stroke::solid(Color::WHITE, 2.4 * unit)]
}

/// A wide band that lets the ground through.
pub fn band(unit: f64) -> Stroke {
    Stroke::solid(theme::INK.with_alpha(84), 10.0 * unit)
}

/// The line of an earlier date: thick black.
pub fn baseline(unit: f64) -> Stroke {
    Stroke::solid(theme::INK, 4.4 * unit)
}

#[cfg(test)]
mod tests {
    use super::parted;
    use crate::model::{ActorIndex, Control};

    #[test]
    fn a_front_lies_between_different_controllers_and_is_a_band_where_one_is_not_certain() {
        let [a, b] = [ActorIndex(0), ActorIndex(1)];
        let both = Control::Contested(vec![a, b]);
        assert_eq!(parted(&Control::Held(a), &Control::Held(b)), Some(true));
        assert_eq!(parted(&Control::Held(a), &Control::Held(a)), None);
        assert_eq!(parted(&Control::Held(a), &both), Some(false));
        assert_eq!(parted(&both, &both), Some(false));
        assert_eq!(parted(&Control::Held(a), &Control::Unknown), None);
        assert_eq!(parted(&Control::Lost(vec![b]), &Control::Held(a)), None);
    }
}
