//! What is odd in a ledger though nothing in it is wrong: takes events, gives warnings.

use super::count::known_from;
use super::word::Role;
use crate::diag::{Diagnostic, quote};
use crate::model::{ActorIndex, Dataset, Day, Event, EventIndex, Kind, PlaceIndex, SourceIndex, Stance, Status};
use std::collections::BTreeMap;

/// Within so many days a source that says again what it said before an other word is told.
const TURNS_WITHIN: i32 = 3;
/// A step of a share that is less is never a jump.
const LEAST_JUMP: f64 = 0.2;
/// A jump is so many times the median of the series' other steps.
const JUMP: f64 = 10.0;
/// A series with fewer other steps has no habit.
const HABIT: usize = 5;

/// What a source said of a place, by day: the events of that day.
type Said<'a> = BTreeMap<Day, Vec<Event<'a>>>;

/// Days on which a source names the same holders: first and last, and the first event.
type Run<'a> = (Vec<ActorIndex>, Day, Day, Event<'a>);

/// Looks for what is odd in a ledger.
///
/// `correction-before-event`: an event that was known before the one that it corrects. `source-turns-back`: a
/// source that within three days goes from one holder to another and back. `share-jump`: a share that moves by
/// a fifth of the place or more, and by more than ten times the median of its series' other steps;
/// `method-change` where the same source declares a change of `x-method` from one figure to the other.
pub fn lints(dataset: &Dataset) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut counts = vec![true; dataset.events.len()];
    let corrects = dataset.events.beside().iter().any(|b| b.supersedes.is_some());
    for event in dataset.events.iter().filter(|_| corrects) {
        if let Some(EventIndex(target)) = event.supersedes {
            counts[target as usize] = false;
            found.extend(correction(dataset, &event, &dataset.event(EventIndex(target))));
        }
    }
    for place in 0..dataset.places.len() {
        let range = dataset.events.of(PlaceIndex(place as u32));
        let events: Vec<Event<'_>> = range.clone().map(|i| dataset.events.get(i)).collect();
        let first = range.start;
        let mut said: BTreeMap<SourceIndex, Said<'_>> = BTreeMap::new();
        for (event, _) in events.iter().zip(&counts[first..]).filter(|(_, counts)| **counts) {
            if Role::of(event) == Some(Role::Hold) && event.date.latest != Day::NEVER {
                for source in event.sources.iter() {
                    said.entry(*source).or_default().entry(event.date.latest).or_default().push(*event);
                }
            }
        }
        for (source, said) in said {
            found.extend(turns(dataset, source, &said));
            found.extend(jumps(dataset, &events, source, &said));
        }
    }
    found
}

fn at(dataset: &Dataset, event: &Event<'_>, column: &str, mut diagnostic: Diagnostic) -> Diagnostic {
    let table = dataset.tables.get(usize::from(event.origin.table));
    diagnostic.location = table.map(|table| table.locate(event.origin.row, column));
    diagnostic
}

fn correction(dataset: &Dataset, event: &Event<'_>, target: &Event<'_>) -> Option<Diagnostic> {
    let (known, earlier) = (known_from(dataset, event), known_from(dataset, target));
    if known >= earlier {
        return None;
    }
    let days = [known, earlier].map(|moment| dataset.offset.day_of(moment));
    let when = if days[0] == days[1] {
        format!("earlier on {} than it", days[0])
    } else {
        format!("on {}, before it on {}", days[0], days[1])
    };
    let message =
        format!("event {} corrects {} and was known {when}", quote(&event.id.text()), quote(&target.id.text()));
    let hint = "`supersedes` names the earlier of the two; check `reported`, `observed` and `date` of both";
    Some(
        at(dataset, event, "supersedes", Diagnostic::new("correction-before-event", message).value(target.id.text()))
            .hint(hint),
    )
}

/// Everybody to whom a day's words give ground.
fn holders(events: &[Event<'_>]) -> Vec<ActorIndex> {
    let mut all: Vec<ActorIndex> = events.iter().flat_map(|e| e.actors.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Where a source goes from one holder to another and back within few days.
fn turns(dataset: &Dataset, source: SourceIndex, said: &Said<'_>) -> Vec<Diagnostic> {
    if said.len() < 3 {
        return Vec::new();
    }
    // Runs of days on which it names the same: first and last day, and the first event.
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (day, events) in said {
        let holders = holders(events);
        match runs.last_mut() {
            Some(run) if run.0 == holders => run.2 = *day,
            _ => runs.push((holders, *day, *day, events[0])),
        }
    }
    let back = |w: &&[Run<'_>]| w[0].0 == w[2].0 && w[2].1.0 - w[0].2.0 <= TURNS_WITHIN;
    let tell = |w: &[Run<'_>]| {
        let names = |run: &Run<'_>| {
            let ids: Vec<String> = run.0.iter().map(|a| format!("`{}`", dataset.actor(*a).id)).collect();
            if ids.is_empty() { format!("`{}`", run.3.status.word()) } else { ids.join(" and ") }
        };
        let (first, middle, last) = (&w[0], &w[1], &w[2]);
        let message = format!(
            "{} says of {} on {} {}, on {} {} and on {} {} again",
            called(dataset, source),
            quote(&dataset.place(last.3.place).id),
            first.2,
            names(first),
            middle.1,
            names(middle),
            last.1,
            names(last)
        );
        let hint = "if one of them was a mistake, let the later event name it in `supersedes`; else leave it";
        at(dataset, &last.3, "actor", Diagnostic::new("source-turns-back", message)).hint(hint)
    };
    runs.windows(3).filter(back).map(tell).collect()
}

fn called(dataset: &Dataset, source: SourceIndex) -> String {
    match dataset.source(source).id.as_str() {
        "" => "the rows without a source".to_owned(),
        id => format!("source {}", quote(id)),
    }
}

/// Where a share moves much farther than it is wont to.
fn jumps(dataset: &Dataset, all: &[Event<'_>], source: SourceIndex, said: &Said<'_>) -> Vec<Diagnostic> {
    let mut series: BTreeMap<&[ActorIndex], Vec<(Day, f64, Event<'_>)>> = BTreeMap::new();
    for (day, events) in said {
        for event in events {
            let whole = (event.status == Status::Held).then_some(1.0);
            let figure = event.share.map(|s| f64::midpoint(s.low(), s.high())).or(whole);
            // Of several figures of a day none is the day's figure.
            let figure = figure.filter(|_| events.iter().filter(|e| e.actors == event.actors).count() == 1);
            series.entry(event.actors).or_default().extend(figure.map(|f| (*day, f, *event)));
        }
    }
    let mut found = Vec::new();
    for figures in series.values().filter(|f| f.len() > HABIT + 1) {
        let steps: Vec<f64> = figures.windows(2).map(|w| (w[1].1 - w[0].1).abs()).collect();
        for (i, pair) in figures.windows(2).enumerate() {
            let mut others: Vec<f64> = steps.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, s)| *s).collect();
            others.sort_by(f64::total_cmp);
            let median = others[others.len() / 2];
            if steps[i] >= LEAST_JUMP && steps[i] > JUMP * median {
                found.push(jump(dataset, all, source, pair[0], pair[1]));
            }
        }
    }
    found
}

fn jump(
    dataset: &Dataset,
    all: &[Event<'_>],
    source: SourceIndex,
    (before, from, _): (Day, f64, Event<'_>),
    (day, to, event): (Day, f64, Event<'_>),
) -> Diagnostic {
    let percent = |x: f64| (x * 1000.0).round() / 10.0;
    let who: Vec<String> = event.actors.iter().map(|a| format!("`{}`", dataset.actor(*a).id)).collect();
    let moved = format!(
        "the share of {} in {} by {} goes from {} % on {before} to {} % on {day}",
        who.join(" and "),
        quote(&dataset.place(event.place).id),
        called(dataset, source),
        percent(from),
        percent(to)
    );
    match all.iter().find(|e| declares_method(dataset, e, source) && e.date.latest > before && e.date.latest <= day) {
        Some(declared) => {
            let message = format!("{moved}, as its method changes ({})", quote(&declared.id.text()));
            let hint = "figures before and after do not compare: the ground may not have moved at all";
            at(dataset, &event, "share", Diagnostic::new("method-change", message)).hint(hint)
        }
        None => {
            let message = format!("{moved}, far more than it moves otherwise");
            let hint = "check the figure; where the source counts in another way since, add a row with `kind` = \
                        `declaration` and the method in `x-method`";
            at(dataset, &event, "share", Diagnostic::new("share-jump", message)).hint(hint)
        }
    }
}

/// Tells whether an event declares how its source counts.
fn declares_method(dataset: &Dataset, event: &Event<'_>, source: SourceIndex) -> bool {
    let says = |(column, value): &(crate::model::Symbol, String)| {
        dataset.texts.text(*column) == "x-method" && !value.is_empty()
    };
    event.kind == Some(Kind::Declaration)
        && event.sources.contains(&source)
        && event.stance != Stance::Retracted
        && event.text.as_ref().is_some_and(|text| text.own.iter().any(says))
}
