//! What a reader should hear first: who holds how much, what changed lately, what is not certain.

use super::describe::{Describer, percent};
use super::words::fill;
use crate::model::{Control, Day, Part, PlaceIndex, Share};
use crate::timeline::{Snapshot, State, ground_of};
use std::collections::BTreeMap;

/// Days within which a change is news, where nothing else is asked for.
const NEWS: i32 = 7;

/// The least share of the ground that is told.
const LEAST: f64 = 0.005;

/// Sums a figure up in up to three sentences, of which the first says who holds how much. `since` is the first
/// day of what counts as changed.
pub fn summary(describer: &Describer, snapshot: &Snapshot, drawn: &[PlaceIndex], since: Option<Day>) -> Vec<String> {
    let regions: Vec<PlaceIndex> =
        drawn.iter().copied().filter(|place| describer.dataset.place(*place).region.is_some()).collect();
    let since = since.unwrap_or(snapshot.day.plus(1 - NEWS));
    let sentences = [
        ground(describer, snapshot, &regions),
        Some(news(describer, snapshot, drawn, since)),
        doubts(describer, snapshot, &regions),
    ];
    sentences.into_iter().flatten().collect()
}

/// Who holds how much of the regions, most first.
fn ground(describer: &Describer, snapshot: &Snapshot, regions: &[PlaceIndex]) -> Option<String> {
    let Describer { dataset, words, .. } = *describer;
    let km2 = |place: &PlaceIndex| dataset.place(*place).region.map_or(0.0, |region| dataset.regions.get(region).km2);
    let in_scope = |place: &&PlaceIndex| snapshot.states[place.0 as usize].control != Control::OutOfScope;
    let total: f64 = regions.iter().filter(in_scope).map(km2).sum();
    if !(total > 0.0 && total.is_finite()) {
        return None;
    }
    let mut all = ground_of(dataset, snapshot, regions.iter().copied());
    all.retain(|ground| ground.high / total >= LEAST);
    all.sort_by(|a, b| (b.low + b.high).total_cmp(&(a.low + a.high)).then(a.actor.cmp(&b.actor)));
    let whole = |km2: f64| ((km2 / total) * 100.0).round().clamp(0.0, 100.0) / 100.0;
    let part = |ground: &crate::timeline::Ground| {
        let share = Share::new(whole(ground.low), whole(ground.high))?;
        Some(format!("{} {}", describer.actor(ground.actor), words.isolate(&percent(share))))
    };
    let parts: Vec<String> = all.iter().filter_map(part).collect();
    (!parts.is_empty()).then(|| fill(words.ground, &[("parts", &parts.join(words.comma))]))
}

/// What changed since a day, by day: regions, then settlements and sites, which may have their names.
fn news(describer: &Describer, snapshot: &Snapshot, drawn: &[PlaceIndex], since: Day) -> String {
    let words = describer.words;
    let date = words.day(since);
    let listed = |is_point: bool| {
        let mut by_day: BTreeMap<(Day, Day), Vec<String>> = BTreeMap::new();
        for place in drawn.iter().filter(|place| describer.dataset.place(**place).level.is_point() == is_point) {
            let state = &snapshot.states[place.0 as usize];
            if let Some(day) = state.since.filter(|day| *day >= since) {
                by_day.entry(dated(describer, state, day)).or_default().push(describer.place(*place));
            }
        }
        let of_day = |((from, to), places): (&(Day, Day), &Vec<String>)| {
            format!("{} ({})", words.list(places), words.days(*from, *to))
        };
        by_day.iter().map(of_day).collect::<Vec<_>>().join(words.semicolon)
    };
    let places = match [listed(false), listed(true)] {
        [none, points] if none.is_empty() && points.is_empty() => return fill(words.no_news, &[("date", &date)]),
        [regions, points] if points.is_empty() => regions,
        [regions, points] if regions.is_empty() => points,
        [regions, points] => format!("{regions}. {} {points}", words.points),
    };
    fill(words.news, &[("date", &date), ("places", &places)])
}

/// The first and the last day on which a change that shows on a day may have happened.
fn dated(describer: &Describer, state: &State, day: Day) -> (Day, Day) {
    let dates = state.evidence.iter().map(|event| describer.dataset.event(*event).date);
    let shows = dates.filter(|date| {
        (date.earliest..=date.latest).contains(&day) && date.earliest > Day::EVER && date.latest < Day::NEVER
    });
    // of words that tell the same change, the one that tells the day best
    let best = shows.min_by_key(|date| (date.latest.0 - date.earliest.0, date.earliest));
    best.map_or((day, day), |date| (date.earliest, date.latest))
}

/// Which regions are not certain, and in which way.
fn doubts(describer: &Describer, snapshot: &Snapshot, regions: &[PlaceIndex]) -> Option<String> {
    let words = describer.words;
    let tests: [fn(&State) -> bool; 6] = [
        |state| matches!(state.control, Control::Contested(_)),
        |state| matches!(state.control, Control::Lost(_)),
        |state| matches!(&state.control, Control::Partial(parts) if parts.iter().any(is_bounded)),
        |state| state.claimed,
        |state| state.stale && state.control != Control::Unknown,
        |state| state.control == Control::Unknown,
    ];
    let parts: Vec<String> = words
        .doubt
        .iter()
        .zip(tests)
        .filter_map(|(word, test)| {
            let found: Vec<String> = regions
                .iter()
                .filter(|place| test(&snapshot.states[place.0 as usize]))
                .map(|place| describer.place(*place))
                .collect();
            (!found.is_empty()).then(|| format!("{} ({word})", words.list(&found)))
        })
        .collect();
    (!parts.is_empty()).then(|| fill(words.doubts, &[("parts", &parts.join(words.semicolon))]))
}

/// Tells whether a part's share is not one figure.
fn is_bounded(part: &Part) -> bool {
    part.share.is_none_or(|share| share.low() != share.high())
}
