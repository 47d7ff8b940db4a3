//! Strikes and clashes of the last days: which are drawn, and their marks. Never a fill.

use super::theme;
use crate::model::{Dataset, Day, Event, Kind, Moment, PlaceIndex, Stance};
use crate::scene::{Color, Node, Paint, Path, Stroke};
use std::collections::BTreeMap;

/// Days for which a mark stays on the map, where nothing else is said.
pub const DAYS: i32 = 7;

/// What happened at a place, and between which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// A strike, else a clash.
    pub is_strike: bool,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// The marks of each place.
pub type Marks = BTreeMap<PlaceIndex, Vec<Mark>>;

/// A strike or clash, and the place that shows it.
pub type Fight<'a> = (PlaceIndex, Event<'a>);

/// Finds the strikes and clashes that count.
///
/// A place that is neither a point nor one of `regions` hands its marks to the region that contains it.
pub fn fights<'a>(
    dataset: &'a Dataset,
    known_by: Option<Moment>,
    exclude: &[String],
    regions: &[PlaceIndex],
) -> Vec<Fight<'a>> {
    let counts = |e: &Event<'_>| is_shown(dataset, e, known_by) && !is_excluded(dataset, e, exclude);
    let events = dataset.events.iter().filter(counts);
    events.filter_map(|event| Some((bearer(dataset, event.place, regions)?, event))).collect()
}

/// Lists what happened within a number of days before the end of a day.
pub fn marks(fights: &[Fight], day: Day, days: i32) -> Marks {
    let first = Day(day.0.saturating_sub(days));
    let mut marks = Marks::new();
    for (place, event) in fights.iter().filter(|(_, event)| event.date.earliest <= day) {
        let to = event.date.latest.min(day);
        if to <= first {
            continue;
        }
        let new =
            Mark { is_strike: event.kind == Some(Kind::Strike), from: event.date.earliest.max(first.plus(1)), to };
        let all: &mut Vec<Mark> = marks.entry(*place).or_default();
        match all.iter_mut().find(|m| m.is_strike == new.is_strike) {
            Some(mark) => *mark = Mark { from: mark.from.min(new.from), to: mark.to.max(new.to), ..new },
            None => all.push(new),
        }
    }
    marks.values_mut().for_each(|all| all.sort_unstable_by_key(|m| !m.is_strike));
    marks
}

/// A strike or clash that was known in time, and was neither denied nor replaced.
fn is_shown(dataset: &Dataset, event: &Event<'_>, known_by: Option<Moment>) -> bool {
    let known = |known_by| {
        let date = event.reported.or(event.observed).unwrap_or(event.date);
        date.moment(dataset.offset).unwrap_or_else(|| dataset.offset.end_of(date.latest)) <= known_by
    };
    matches!(event.kind, Some(Kind::Strike | Kind::Clash))
        && matches!(event.stance, Stance::Assessed | Stance::Reported | Stance::Claimed)
        && event.date.earliest != Day::EVER
        && known_by.is_none_or(known)
        && !dataset.events.iter().any(|e| e.supersedes == Some(event.index))
}

/// Tells whether the policy's `exclude` leaves an event no word.
fn is_excluded(dataset: &Dataset, event: &Event<'_>, exclude: &[String]) -> bool {
    let has = |word: &str| exclude.iter().any(|e| e == word);
    has(event.stance.word()) || event.sources.iter().all(|s| has(&format!("source:{}", dataset.source(*s).id)))
}

/// The place drawn that shows what happened at a place.
fn bearer(dataset: &Dataset, place: PlaceIndex, regions: &[PlaceIndex]) -> Option<PlaceIndex> {
    let mut at = place;
    // a chain of containers is as long as there are levels
    for _ in 0..8 {
        if regions.contains(&at) || dataset.place(at).at.is_some() {
            return Some(at);
        }
        at = dataset.place(at).container?;
    }
    None
}

/// Draws a mark around a point: a burst for a strike, crossed blades for a clash.
pub fn mark(is_strike: bool, [x, y]: [f64; 2], radius: f64) -> Vec<Node> {
    let rim = Color::WHITE.with_alpha(225);
    if is_strike {
        let star = |outer: f64, inner: f64| {
            let point = |i: u32| {
                let angle = f64::from(i) / 16.0 * std::f64::consts::TAU;
                let r = if i.is_multiple_of(2) { outer } else { inner };
                [x + r * libm::sin(angle), y - r * libm::cos(angle)]
            };
            Path::polygon(&(0..16).map(point).collect::<Vec<_>>())
        };
        let ink = star(radius, radius * 0.46).filled(Paint::solid(theme::INK));
        return vec![
            Node::Path(star(radius, radius * 0.46).stroked(Stroke::solid(rim, radius * 0.5))),
            Node::Path(ink),
            Node::Path(Path::circle(x, y, radius * 0.22).filled(Paint::solid(Color::WHITE))),
        ];
    }
    let end = |dx: f64, dy: f64| [x + dx * radius, y + dy * radius];
    let lines = [
        [end(-0.75, 0.8), end(0.75, -0.8)],
        [end(0.75, 0.8), end(-0.75, -0.8)],
        [end(-0.8, 0.22), end(-0.22, 0.7)],
        [end(0.8, 0.22), end(0.22, 0.7)],
    ];
    let strokes = [(rim, radius * 0.62), (theme::INK, radius * 0.24)];
    let draw =
        |(color, width): (Color, f64)| lines.map(|l| Node::Path(Path::line(&l).stroked(Stroke::solid(color, width))));
    strokes.into_iter().flat_map(draw).collect()
}
