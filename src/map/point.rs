//! Settlements and sites: which are drawn, and where.

use super::look::Look;
use super::symbol::{radius, shape, symbol};
use crate::model::{Dataset, Day, EventIndex, Level, Place, PlaceIndex};
use crate::project::PlaceChoice;
use crate::projection::View;
use crate::scene::{Group, Node};
use crate::timeline::{Basis, Snapshot, State};
use std::cmp::Reverse;

/// A place drawn as a symbol.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// The place.
    pub place: PlaceIndex,
    /// Its position on the page.
    pub at: [f64; 2],
    /// Radius of its symbol in pixels.
    pub radius: f64,
}

/// Days for which a change keeps a place ahead of larger ones.
const RECENT: i32 = 14;

/// Chooses the places drawn, the most telling first: those that changed lately, then by population.
///
/// A symbol that would hide most of one chosen before is left out; how many is the second value.
pub fn points(
    dataset: &Dataset,
    snapshot: &Snapshot,
    view: &View,
    unit: f64,
    choice: PlaceChoice,
) -> (Vec<Point>, Vec<PlaceIndex>) {
    let [x, y, w, h] = view.panel;
    let mut all: Vec<Point> = Vec::new();
    for (i, place) in dataset.places.iter().enumerate() {
        let Some(degrees) = place.at else { continue };
        if choice == PlaceChoice::None || !place.level.is_point() {
            continue;
        }
        if choice == PlaceChoice::Auto && !is_spoken_of(&snapshot.states[i]) {
            continue;
        }
        let at = view.forward(degrees);
        let radius = radius(place) * unit.max(0.6);
        let margin = radius + 3.0 * unit;
        if at[0] > x + margin && at[0] < x + w - margin && at[1] > y + margin && at[1] < y + h - margin {
            all.push(Point { place: PlaceIndex(i as u32), at, radius });
        }
    }
    all.sort_by_cached_key(|p| {
        rank(dataset.place(p.place), &snapshot.states[p.place.0 as usize], snapshot.day, p.place)
    });
    let mut chosen: Vec<Point> = Vec::new();
    let mut left_out = Vec::new();
    for point in all {
        let hides = |other: &Point| {
            let (dx, dy) = (other.at[0] - point.at[0], other.at[1] - point.at[1]);
            (dx * dx + dy * dy).sqrt() < (other.radius + point.radius) * 0.8
        };
        if choice != PlaceChoice::All && chosen.iter().any(hides) {
            left_out.push(point.place);
        } else {
            chosen.push(point);
        }
    }
    (chosen, left_out)
}

fn is_spoken_of(state: &State) -> bool {
    state.basis == Basis::Direct || state.closed.is_some() || !state.overlays.is_empty()
}

/// What sorts first is drawn and named first.
fn rank(place: &Place, state: &State, day: Day, index: PlaceIndex) -> (bool, bool, Reverse<u64>, bool, PlaceIndex) {
    let recent = state.since.is_some_and(|since| day.0.saturating_sub(since.0) <= RECENT) || state.closed.is_some();
    let sieged = !state.overlays.is_empty();
    (!(recent || sieged), place.level == Level::Site, Reverse(place.population.unwrap_or(0)), state.stale, index)
}

/// Draws the symbols, the least telling first so that the others lie above.
pub fn symbols(
    points: &[Point],
    dataset: &Dataset,
    snapshot: &Snapshot,
    look: &Look,
    describe: impl Fn(PlaceIndex) -> String,
) -> Node {
    let draw = |p: &Point| {
        let place = dataset.place(p.place);
        let state = &snapshot.states[p.place.0 as usize];
        Node::Group(Group {
            id: format!("place-{}", place.id),
            title: describe(p.place),
            clip: None,
            nodes: symbol(shape(place), state, look, p.at, p.radius),
        })
    };
    Node::Group(Group { id: "places".into(), nodes: points.iter().rev().map(draw).collect(), ..Group::default() })
}

/// The events that the drawn states rest on, sorted and once each.
pub fn evidence(snapshot: &Snapshot, drawn: impl Iterator<Item = PlaceIndex>) -> Vec<EventIndex> {
    let states = drawn.map(|p| &snapshot.states[p.0 as usize]);
    let mut all: Vec<EventIndex> = states.flat_map(|s| s.evidence.iter().copied().chain(s.closed)).collect();
    all.sort_unstable();
    all.dedup();
    all
}
