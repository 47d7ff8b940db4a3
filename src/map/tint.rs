//! The fills of a map, for the check of its colours.

use super::look::{Hatch, Look};
use super::page::Page;
use super::setup::Setup;
use super::{Request, theme};
use crate::model::{Control, Dataset, Day};
use crate::palette::{Tint, Tints};
use crate::scene::Paint;
use crate::timeline::State;

/// Lists the fills that a page shows; of symbols those that one actor holds.
pub fn tints(setup: &Setup, page: &Page, request: &Request, look: &Look) -> Tints {
    let Request { dataset, snapshot, .. } = *request;
    let mut tints = Tints { all: Vec::new(), touching: Vec::new(), border: theme::BORDER };
    let mut add = |state: &State, is_area: bool| -> usize {
        let paint = if is_area { look.paint(state) } else { look.ground(&state.control, state.stale, state.claimed) };
        let tint = tint(dataset, snapshot.day, state, is_area, paint);
        match tints.all.iter_mut().position(|t| t.label == tint.label && t.paint == tint.paint) {
            Some(at) => {
                tints.all[at].is_area |= is_area;
                at
            }
            None => {
                tints.all.push(tint);
                tints.all.len() - 1
            }
        }
    };
    let state = |place: crate::model::PlaceIndex| &snapshot.states[place.0 as usize];
    let mut of_face = vec![None; setup.regions.places.len()];
    for (slot, (place, hatch)) in of_face.iter_mut().zip(setup.regions.places.iter().zip(&page.hatches)) {
        if *hatch != Hatch::Symbol && page.visible.contains(place) {
            *slot = Some(add(state(*place), true));
        }
    }
    for point in &page.points.chosen {
        if matches!(state(point.place).control, Control::Held(_)) {
            add(state(point.place), false);
        }
    }
    let sides = setup.regions.topology.arcs.iter().filter_map(|arc| arc.left.zip(arc.right));
    let pairs = sides.filter_map(|(a, b)| of_face[a as usize].zip(of_face[b as usize]));
    tints.touching = pairs.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))).collect();
    tints.touching.sort_unstable();
    tints.touching.dedup();
    tints
}

/// A fill and its name in a report: `Army, faded`.
fn tint(dataset: &Dataset, day: Day, state: &State, is_area: bool, paint: Paint) -> Tint {
    let mut actors: Vec<_> = state.control.actors().into_iter().collect();
    actors.sort_unstable();
    actors.dedup();
    let names: Vec<&str> = actors.iter().map(|a| dataset.actor(*a).on(day).label("en")).collect();
    let names = names.join(", ");
    let mut label = match &state.control {
        Control::Held(_) => names,
        Control::Partial(_) => format!("divided: {names}"),
        Control::Contested(_) => format!("contested: {names}"),
        Control::Shared(_) => format!("shared: {names}"),
        Control::Lost(_) => format!("no longer held by {names}"),
        Control::Vacant => "held by nobody".to_owned(),
        Control::Unknown => "not known".to_owned(),
        Control::OutOfScope => "out of scope".to_owned(),
    };
    if state.claimed {
        label += ", claimed";
    }
    let stale = state.stale && !actors.is_empty();
    if stale {
        label += ", faded";
    }
    Tint { label, actors, stale, is_area, paint }
}
