//! Settlements and sites: which are drawn, and where.

use super::changing;
use super::label::{Rect, Room, grown, point_label};
use super::look::Look;
use super::pen::Pen;
use super::point_name::place_style;
use super::symbol::{SMALLEST, radius, shape, symbol};
use crate::model::{Control, Dataset, Day, EventIndex, Level, OverlayKind, Place, PlaceIndex};
use crate::project::PlaceChoice;
use crate::projection::View;
use crate::scene::{Group, Node};
use crate::timeline::{Snapshot, State};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A place drawn as a symbol.
#[derive(Debug, Clone)]
pub struct Point {
    /// The place.
    pub place: PlaceIndex,
    /// Its position on the page.
    pub at: [f64; 2],
    /// Radius of its symbol in pixels.
    pub radius: f64,
    /// What leaving out its name costs.
    pub weight: f64,
    /// Radius with what lies around the symbol: a ring, a bar.
    pub reach: f64,
}

/// Days for which a change keeps a place ahead of larger ones.
pub const RECENT: i32 = 14;

/// From this population on a settlement is named ahead of others.
const LARGE: u64 = 400_000;

/// From this population on, one that changed lately is.
const CITY: u64 = 100_000;

/// The places drawn, and those that had no room.
#[derive(Debug, Clone, Default)]
pub struct Points {
    /// Drawn, the most telling first.
    pub chosen: Vec<Point>,
    /// A symbol here would hide most of another, or a name.
    pub hidden: Vec<PlaceIndex>,
}

/// Chooses the places drawn, the most telling first: those that changed lately and the largest, whose
/// names are placed at once, then the others by population.
///
/// No name stands in the box that is `taken`.
pub fn points(
    dataset: &Dataset,
    snapshot: &Snapshot,
    (view, forward): (&View, &dyn Fn([f64; 2]) -> [f64; 2]),
    pen: &mut Pen,
    choice: PlaceChoice,
    (taken, only): (Option<Rect>, Option<&BTreeMap<PlaceIndex, State>>),
) -> Points {
    let [x, y, w, h] = view.panel;
    let unit = pen.unit;
    let mut all: Vec<Point> = Vec::new();
    let mut spoken = vec![false; dataset.places.len()];
    for event in dataset.events.iter().filter(|e| e.date.earliest <= snapshot.day) {
        spoken[event.place.0 as usize] = true;
    }
    for (i, place) in dataset.places.iter().enumerate() {
        let Some(degrees) = place.at else { continue };
        if choice == PlaceChoice::None || !place.level.is_point() || (choice == PlaceChoice::Auto && !spoken[i]) {
            continue;
        }
        if choice != PlaceChoice::All && only.is_some_and(|only| !only.contains_key(&PlaceIndex(i as u32))) {
            continue;
        }
        let state = &snapshot.states[i];
        let at = forward(degrees);
        let radius = radius(place) * unit.max(SMALLEST);
        let ring = state.overlays.iter().any(|o| o.kind == OverlayKind::Besieged);
        let around = if ring {
            6.0
        } else if state.closed.is_some() {
            4.5
        } else if state.changing {
            changing::AROUND
        } else {
            0.0
        };
        // symbols of small pages are drawn larger than their page
        let reach = radius + around * unit.max(SMALLEST);
        let margin = reach + 3.0 * unit;
        if at[0] > x + margin && at[0] < x + w - margin && at[1] > y + margin && at[1] < y + h - margin {
            let weight = weight(place, state, snapshot.day);
            all.push(Point { place: PlaceIndex(i as u32), at, radius, weight, reach });
        }
    }
    let rank = |p: &Point| rank(dataset.place(p.place), &snapshot.states[p.place.0 as usize], snapshot.day, p.place);
    all.sort_by_cached_key(rank);
    let mut points = Points::default();
    let mut room = Room::new(grown(view.panel, -3.0 * unit));
    taken.into_iter().for_each(|taken| room.take(taken));
    // the telling ones first, so that their names lie free of all their symbols
    let telling = all.iter().take_while(|p| !rank(p).1).count();
    for (i, point) in all.into_iter().enumerate() {
        let hides = |other: &Point| {
            let (dx, dy) = (other.at[0] - point.at[0], other.at[1] - point.at[1]);
            (dx * dx + dy * dy).sqrt() < (other.radius + point.radius) * 0.8
        };
        let square = point.square(unit);
        let no_room = points.chosen.iter().any(hides) || (i >= telling && !room.is_free(square));
        if choice != PlaceChoice::All && no_room {
            points.hidden.push(point.place);
        } else {
            points.chosen.push(point);
            if i < telling {
                room.take(square);
            }
        }
        if i + 1 == telling {
            keep_names_free(&points.chosen, dataset, pen, &mut room);
        }
    }
    points
}

/// Takes room for the names of the points chosen so far, so that lesser symbols make way for them.
fn keep_names_free(chosen: &[Point], dataset: &Dataset, pen: &mut Pen, room: &mut Room) {
    for point in chosen {
        let words = dataset.place(point.place).names.get(pen.words.lang);
        let style = place_style(dataset.place(point.place));
        point_label(pen, room, words, point.at, point.reach, style);
    }
}

impl Point {
    /// The square that the symbol needs.
    pub fn square(&self, unit: f64) -> Rect {
        let r = self.reach + unit;
        [self.at[0] - r, self.at[1] - r, 2.0 * r, 2.0 * r]
    }
}

type Rank = (bool, bool, bool, bool, Reverse<u64>, bool, PlaceIndex);

/// What leaving out a name costs: news and large cities first, then the rest by population.
fn weight(place: &Place, state: &State, day: Day) -> f64 {
    let (unknown, silent, old, ..) = rank(place, state, day, PlaceIndex(0));
    let size = libm::log10(place.population.unwrap_or(0).max(100) as f64);
    let class = match (unknown, silent, old) {
        (true, ..) => 8.0,
        (_, false, _) => 80.0,
        (_, _, false) => 45.0,
        _ => 20.0,
    };
    class + 3.0 * size
}

/// What sorts first is drawn and named first: the known before the unknown, large cities and cities that
/// changed lately, then other news, then the rest; settlements before sites, large before small.
fn rank(place: &Place, state: &State, day: Day, index: PlaceIndex) -> Rank {
    let unknown = state.control == Control::Unknown && state.closed.is_none();
    let recent = state.since.is_some_and(|since| day.0.saturating_sub(since.0) <= RECENT) || state.closed.is_some();
    let population = place.population.unwrap_or(0);
    let news = recent || !state.overlays.is_empty();
    let telling = !unknown && (population >= LARGE || (news && population >= CITY));
    (unknown, !telling, !news, place.level == Level::Site, Reverse(population), state.stale, index)
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

/// How far the former holder's symbol peeps out behind, in radii.
const BEHIND: [f64; 2] = [-0.8, -0.35];

/// Draws what places were before, behind their symbols.
pub fn former(points: &[Point], dataset: &Dataset, former: &BTreeMap<PlaceIndex, State>, look: &Look) -> Node {
    let draw = |p: &Point| {
        let state = State { overlays: Vec::new(), closed: None, since: None, ..former.get(&p.place)?.clone() };
        let at = [p.at[0] + BEHIND[0] * p.radius, p.at[1] + BEHIND[1] * p.radius];
        let nodes = symbol(shape(dataset.place(p.place)), &state, look, at, p.radius * 0.86);
        Some(Node::Group(Group { nodes, ..Group::default() }))
    };
    let nodes = points.iter().rev().filter_map(draw).collect();
    Node::Group(Group { id: "former".into(), nodes, ..Group::default() })
}

/// The events that the drawn states rest on, sorted and once each.
pub fn evidence(snapshot: &Snapshot, drawn: impl Iterator<Item = PlaceIndex>) -> Vec<EventIndex> {
    let states = drawn.map(|p| &snapshot.states[p.0 as usize]);
    let over = |s: &State| s.overlays.iter().flat_map(|o| o.evidence.clone()).collect::<Vec<_>>();
    let mut all: Vec<EventIndex> =
        states.flat_map(|s| s.evidence.iter().copied().chain(over(s)).chain(s.closed)).collect();
    all.sort_unstable();
    all.dedup();
    all
}
