//! An explanation for programs: an object.

use super::why_words::{fate, other, says, state, word};
use controlmap::model::{Dataset, EventIndex};
use controlmap::table;
use controlmap::timeline::{Told, Unit, Why, share_of};
use serde_json::{Value, json};

/// Writes an explanation.
pub fn json(dataset: &Dataset, why: &Why) -> String {
    let now = &why.state;
    let place = dataset.place(why.units[0].place);
    let day = dataset.offset.day_of(why.moment);
    let id = |e: &EventIndex| Value::from(dataset.event(*e).id.text());
    let holders: Vec<Value> = now
        .control
        .actors()
        .into_iter()
        .map(|actor| {
            let share = share_of(&now.control, actor);
            json!({
                "actor": dataset.actor(actor).id,
                "share_low": share.map(|s| rounded(s.low())),
                "share_high": share.map(|s| rounded(s.high())),
            })
        })
        .collect();
    let overlays = now
        .overlays
        .iter()
        .map(|o| json!({ "kind": o.kind.word(), "actor": dataset.actor(o.actor).id, "claimed": o.claimed }));
    let value = json!({
        "place": place.id,
        "name": place.names.default,
        "level": place.level.word(),
        "date": table::label(why.moment, dataset.offset),
        "as_of": why.known_by.map(|by| table::label(by, dataset.offset)),
        "policy": why.policy,
        "rule": why.rule(),
        "status": now.control.word(),
        "words": state(dataset, &now.control, day),
        "holders": holders,
        "overlays": overlays.collect::<Vec<_>>(),
        "events": now.evidence.iter().map(id).collect::<Vec<_>>(),
        "basis": now.basis.word(),
        "since": now.since.map(|day| day.to_string()),
        "tied": why.tied,
        "claimed": now.claimed,
        "stale": now.stale,
        "changing": now.changing,
        "closed": now.closed.as_ref().map(id),
        "before": why.before.as_ref().map(|control| state(dataset, control, day)),
        "said": why.units.iter().map(|unit| said(dataset, why, unit)).collect::<Vec<_>>(),
    });
    format!("{}\n", serde_json::to_string_pretty(&value).expect("texts and numbers are JSON"))
}

/// At most six decimals, as in tables.
fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

fn said(dataset: &Dataset, why: &Why, unit: &Unit) -> Value {
    let events: Vec<Value> = unit.told.iter().map(|told| event(dataset, why, unit, told)).collect();
    json!({ "place": dataset.place(unit.place).id, "events": events })
}

fn event(dataset: &Dataset, why: &Why, unit: &Unit, told: &Told) -> Value {
    let event = dataset.event(told.event);
    let text = |date: Option<controlmap::model::EventDate>| date.map(|d| d.written(&dataset.texts));
    let sources: Vec<Value> = told
        .verdicts
        .iter()
        .map(|(index, verdict)| {
            let source = dataset.source(*index);
            json!({
                "source": source.id,
                "title": source.title,
                "verdict": word(*verdict),
                "by": other(*verdict).map(|e| Value::from(dataset.event(e).id.text())),
                "why": fate(dataset, why, unit, told, *index, *verdict),
            })
        })
        .collect();
    let carried = event.text.cloned().unwrap_or_default();
    json!({
        "id": event.id.text(),
        "shows": told.ever_shows().then(|| told.shows.to_string()),
        "date": text(Some(event.date)),
        "observed": text(event.observed),
        "reported": text(event.reported),
        "stance": event.stance.word(),
        "says": says(dataset, &event),
        "decides": told.decides(),
        "sources": sources,
        "note": carried.note,
        "quote": carried.quote,
        "url": carried.url,
    })
}
