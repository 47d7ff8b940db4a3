//! Lines between those who hold ground: takes a snapshot, gives the borders that part them on its day.

use super::region::Regions;
use super::theme;
use crate::geometry::length::length_km;
use crate::model::{ActorIndex, Control};
use crate::scene::{ArcStroke, Stroke};
use crate::timeline::{Snapshot, State};

/// A line along borders between different holders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Front {
    /// On the figure's day.
    Now,
    /// On an earlier day.
    Then,
}

/// From the widest: width of the white rim and of the line, in units of the design.
pub fn widths(front: Front) -> [f64; 2] {
    match front {
        // so wide that the line of the day is seen on it
        Front::Then => [8.4, 6.0],
        Front::Now => [4.0, 2.2],
    }
}

/// The borders with a sure holder on either side, not the same.
///
/// Where control is not sure no line is: the hatched region itself is the band in which the front runs.
pub fn arcs(regions: &Regions, snapshot: &Snapshot) -> Vec<u32> {
    let state = |face: u32| &snapshot.states[regions.places[face as usize].0 as usize];
    let parts = |i: &u32| {
        let arc = &regions.topology.arcs[*i as usize];
        let sides = arc.left.zip(arc.right).filter(|_| !arc.is_seam);
        sides.is_some_and(|(a, b)| holders(state(a)).zip(holders(state(b))).is_some_and(|(a, b)| a != b))
    };
    (0..regions.topology.arcs.len() as u32).filter(parts).collect()
}

/// The borders of ground without a sure holder, with somebody else on the other side: the front is somewhere there.
pub fn band(regions: &Regions, snapshot: &Snapshot) -> Vec<u32> {
    let state = |face: u32| &snapshot.states[regions.places[face as usize].0 as usize];
    let open = |i: &u32| {
        let arc = &regions.topology.arcs[*i as usize];
        let sides = arc.left.zip(arc.right).filter(|_| !arc.is_seam);
        sides.is_some_and(|(a, b)| {
            let (a, b) = (state(a), state(b));
            let [mut all, others] = [a, b].map(|s| s.control.actors());
            let named = !all.is_empty() && !others.is_empty();
            all.extend(others);
            all.sort_unstable();
            all.dedup();
            named && all.len() > 1 && (holders(a).is_none() || holders(b).is_none())
        })
    };
    (0..regions.topology.arcs.len() as u32).filter(open).collect()
}

/// Length of some borders in km, on the ellipsoid.
pub fn km(regions: &Regions, arcs: &[u32]) -> f64 {
    arcs.iter().map(|i| length_km(&regions.topology.arcs[*i as usize].points)).sum()
}

/// Borders as a band.
pub fn band_lines(arcs: Vec<u32>, unit: f64) -> Option<ArcStroke> {
    (!arcs.is_empty()).then(|| ArcStroke { id: "front-band".into(), arcs, stroke: band_stroke(unit) })
}

/// How a band is drawn: wide, and so that the ground shows through.
pub fn band_stroke(unit: f64) -> Stroke {
    Stroke::solid(theme::INK.with_alpha(84), 10.0 * unit)
}

/// Tells whether a place with somebody on it has no sure holder, so that a band may run along its borders.
pub fn is_open(state: &State) -> bool {
    holders(state).is_none() && !state.control.actors().is_empty()
}

/// Who holds a place for sure; `None` where that is not known, contested, partly so, or only claimed.
fn holders(state: &State) -> Option<&[ActorIndex]> {
    match &state.control {
        _ if state.claimed => None,
        Control::Held(actor) => Some(std::slice::from_ref(actor)),
        Control::Shared(actors) => Some(actors),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::holders;
    use crate::model::{ActorIndex, Control};
    use crate::timeline::{Basis, State};

    #[test]
    fn only_who_holds_for_sure_is_a_side_of_a_front() {
        let (a, b) = (ActorIndex(0), ActorIndex(1));
        let state = |control, claimed| State {
            control,
            overlays: Vec::new(),
            evidence: Vec::new(),
            basis: Basis::Direct,
            since: None,
            claimed,
            stale: false,
            closed: None,
            changing: false,
        };
        assert_eq!(holders(&state(Control::Held(a), false)), Some([a].as_slice()));
        assert_eq!(holders(&state(Control::Held(a), true)), None);
        assert_eq!(holders(&state(Control::Shared(vec![a, b]), false)), Some([a, b].as_slice()));
        for unsure in [Control::Contested(vec![a, b]), Control::Lost(vec![a]), Control::Unknown, Control::Vacant] {
            assert_eq!(holders(&state(unsure, false)), None);
        }
    }
}
