//! `--by event`: every event as it was understood, and whether and when it decided.

use super::{Cell, Table};
use crate::model::{ActorIndex, Dataset, Day, Share};
use crate::timeline::Decision;

const COLUMNS: &[&str] = &[
    "id",
    "date",
    "earliest",
    "latest",
    "place",
    "name",
    "level",
    "actor",
    "status",
    "share_low",
    "share_high",
    "opponent",
    "kind",
    "source",
    "stance",
    "decided",
    "decided_first",
    "decided_last",
];

/// Lists what was said, with its place, its days and its fate, in the order of the decisions.
///
/// `date` is as written; `earliest` and `latest` are empty where that end is open. `decided_first` and `decided_last`
/// are the first and the last day at whose end the event decides, or lies over the control; the last is empty while
/// nothing has ended it. An annotation asserts no status.
///
/// # Units
/// Shares from 0 to 1.
pub fn by_event(dataset: &Dataset, decisions: &[Decision]) -> Table {
    let row = |decision: &Decision| {
        let event = dataset.event(decision.event);
        let place = dataset.place(event.place);
        let asserts = !event.kind.is_some_and(crate::model::Kind::is_annotation);
        let share = event.share.filter(|_| asserts);
        let sources: Vec<&str> = event.sources.iter().map(|s| dataset.source(*s).id.as_str()).collect();
        vec![
            Cell::text(event.id.text()),
            Cell::text(event.date.written(&dataset.texts)),
            day(Some(event.date.earliest)),
            day(Some(event.date.latest)),
            Cell::text(&place.id),
            Cell::text(&place.names.default),
            Cell::text(place.level.word()),
            actors(dataset, event.actors),
            Cell::text(if asserts { event.status.word() } else { "" }),
            Cell::share(share.map(Share::low)),
            Cell::share(share.map(Share::high)),
            actors(dataset, event.opponents),
            Cell::text(event.kind.map_or("", |kind| kind.word())),
            Cell::text(sources.join(";")),
            Cell::text(event.stance.word()),
            Cell::text(decision.fate.word()),
            day(decision.first),
            day(decision.last),
        ]
    };
    Table { columns: COLUMNS, rows: decisions.iter().map(row).collect() }
}

/// A day; nothing where it is open or there is none.
fn day(day: Option<Day>) -> Cell {
    day.filter(|day| day.civil().is_some()).map_or(Cell::Empty, |day| Cell::text(day.to_string()))
}

fn actors(dataset: &Dataset, actors: &[ActorIndex]) -> Cell {
    let ids: Vec<&str> = actors.iter().map(|a| dataset.actor(*a).id.as_str()).collect();
    Cell::text(ids.join(";"))
}
