//! The deciding events of a figure: takes snapshots, gives ids and hashes.

use super::{DECIDED, EVENTS, digest};
use crate::model::{Confidence, Dataset, Event, EventDate, EventIndex, PlaceIndex};
use crate::timeline::Snapshot;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The most events that a receipt lists; of more it has one hash.
const MOST: usize = 2_000;
/// The most events of which each field has a hash; of more, as a film has, each event has one.
const FIELD_BY_FIELD: usize = 200;

/// Reads a field of an event as text.
type Field = fn(&Dataset, &Event) -> String;

/// The fields of an event, as columns of the table of events; their order is that of the hashes.
pub const FIELDS: &[(&str, Field)] = &[
    ("date", |data, event| date(data, Some(event.date))),
    ("until", |data, event| date(data, event.until)),
    ("place", |data, event| data.place(event.place).id.clone()),
    ("actor", |data, event| actors(data, event.actors)),
    ("status", |_, event| event.status.word().to_owned()),
    ("share", |_, event| event.share.map(share).unwrap_or_default()),
    ("opponent", |data, event| actors(data, event.opponents)),
    ("kind", |_, event| event.kind.map_or("", |kind| kind.word()).to_owned()),
    ("source", |data, event| {
        event.sources.iter().map(|source| data.source(*source).id.as_str()).collect::<Vec<_>>().join(";")
    }),
    ("stance", |_, event| event.stance.word().to_owned()),
    ("claimant", |data, event| event.claimant.map(|actor| data.actor(actor).id.clone()).unwrap_or_default()),
    ("observed", |data, event| date(data, event.observed)),
    ("reported", |data, event| date(data, event.reported)),
    ("supersedes", |data, event| event.supersedes.map(|e| data.event(e).id.to_string()).unwrap_or_default()),
    ("confidence", |_, event| event.confidence.map(confidence).unwrap_or_default()),
    ("note", |_, event| event.text.as_ref().map(|text| text.note.clone()).unwrap_or_default()),
    ("quote", |_, event| event.text.as_ref().map(|text| text.quote.clone()).unwrap_or_default()),
    ("url", |_, event| event.text.as_ref().map(|text| text.url.clone()).unwrap_or_default()),
    ("lang", |_, event| event.text.as_ref().map(|text| text.lang.clone()).unwrap_or_default()),
];

fn date(data: &Dataset, date: Option<EventDate>) -> String {
    date.map(|date| date.written(&data.texts)).unwrap_or_default()
}

fn actors(data: &Dataset, all: &[crate::model::ActorIndex]) -> String {
    all.iter().map(|actor| data.actor(*actor).id.as_str()).collect::<Vec<_>>().join(";")
}

fn share(share: crate::model::Share) -> String {
    let about = if share.is_approximate() { "~" } else { "" };
    let (low, high) = (share.low(), share.high());
    if low == high { format!("{about}{low}") } else { format!("{about}{low}..{high}") }
}

fn confidence(confidence: Confidence) -> String {
    match confidence {
        Confidence::Low => "low".to_owned(),
        Confidence::Medium => "medium".to_owned(),
        Confidence::High => "high".to_owned(),
        Confidence::Number(number) => number.to_string(),
    }
}

/// Gives the facts [`DECIDED`] and [`EVENTS`] of the places of a figure.
///
/// A hash says whether a field changed, and not what it says.
pub fn evidence(data: &Dataset, snapshots: &[&Snapshot], places: &[PlaceIndex]) -> Vec<(String, String)> {
    let mut decided: BTreeMap<Cow<str>, BTreeSet<Cow<str>>> = BTreeMap::new();
    let mut events: BTreeSet<EventIndex> = BTreeSet::new();
    for snapshot in snapshots {
        for place in places {
            let state = &snapshot.states[place.0 as usize];
            let over = state.overlays.iter().flat_map(|overlay| &overlay.evidence);
            let all: Vec<EventIndex> = state.evidence.iter().chain(over).copied().chain(state.closed).collect();
            if !all.is_empty() {
                let ids = decided.entry(Cow::Borrowed(data.place(*place).id.as_str())).or_default();
                ids.extend(all.iter().map(|event| data.event(*event).id.text()));
                events.extend(all);
            }
        }
    }
    if events.is_empty() {
        return Vec::new();
    }
    if events.len() > MOST {
        let mut ids: Vec<Cow<str>> = events.iter().map(|event| data.event(*event).id.text()).collect();
        ids.sort_unstable();
        let all = format!("{} events, ids with the hash {}", ids.len(), digest(ids.join("\n").as_bytes()));
        return vec![(DECIDED.to_owned(), all)];
    }
    let hash = if events.len() > FIELD_BY_FIELD { whole } else { hashes };
    let hashes: BTreeMap<Cow<str>, String> =
        events.iter().map(|event| data.event(*event)).map(|event| (event.id.text(), hash(data, &event))).collect();
    vec![(DECIDED.to_owned(), object(&decided)), (EVENTS.to_owned(), object(&hashes))]
}

/// An object with a key on each line.
fn object<T: serde::Serialize>(all: &BTreeMap<Cow<str>, T>) -> String {
    let text = |value: serde_json::Result<String>| value.expect("texts and lists of them are JSON");
    let line = |(key, value): (&Cow<str>, &T)| {
        format!("{}:{}", text(serde_json::to_string(key)), text(serde_json::to_string(value)))
    };
    let lines: Vec<String> = all.iter().map(line).collect();
    format!("{{{}}}", lines.join(",\n"))
}

/// A short hash of each field, nothing for an empty one, with commas between.
pub(super) fn hashes(data: &Dataset, event: &Event) -> String {
    let hash = |(_, read): &(&str, Field)| short(&read(data, event));
    FIELDS.iter().map(hash).collect::<Vec<_>>().join(",").trim_end_matches(',').to_owned()
}

/// A short hash of all fields; no comma tells it from those of each. Nothing where the id is that of its content.
pub(super) fn whole(data: &Dataset, event: &Event) -> String {
    if matches!(event.id.text(), Cow::Owned(_)) { String::new() } else { short(&hashes(data, event)) }
}

/// Six digits of a text's hash; nothing for no text.
fn short(text: &str) -> String {
    if text.is_empty() { String::new() } else { digest(text.as_bytes())[..6].to_owned() }
}
