//! What is no longer as a receipt has it: takes the facts of a file and those of today, gives sentences.

use super::evidence::{FIELDS, hashes, whole};
use super::{DECIDED, EVENTS, FIGURE, GENERATOR, INPUTS, fact};
use crate::model::{Dataset, Event};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Tells how today's facts differ from those of a file, most telling first: events and their fields, places
/// decided by others, input files, then the rest.
pub fn differences(then: &[(String, String)], now: &[(String, String)], data: &Dataset) -> Vec<String> {
    let mut all = Vec::new();
    events(then, data, &mut all);
    decided(then, now, &mut all);
    inputs(then, now, &mut all);
    for (key, was) in then {
        let told = [EVENTS, DECIDED, INPUTS].contains(&key.as_str());
        let is = fact(now, key);
        if told || is == Some(was.as_str()) || ["Title", "Description"].contains(&key.as_str()) {
            continue;
        }
        all.push(match (key.as_str(), is) {
            (GENERATOR, Some(is)) => format!("made by {was}; this is {is}"),
            (FIGURE, _) => "the options of the figure are not what they were".to_owned(),
            (_, Some(is)) => format!("`{key}` was {was:?} and is {is:?}"),
            (_, None) => format!("`{key}` was {was:?} and is nothing"),
        });
    }
    all
}

fn object(facts: &[(String, String)], key: &str) -> Map<String, Value> {
    fact(facts, key).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

fn events(then: &[(String, String)], data: &Dataset, all: &mut Vec<String>) {
    let told = object(then, EVENTS);
    let decided = object(then, DECIDED);
    // the places that rest on an event are what it changes
    let places = |id: &str| {
        let rests = |ids: &Value| ids.as_array().is_some_and(|ids| ids.iter().any(|known| known.as_str() == Some(id)));
        let names: Vec<String> =
            decided.iter().filter(|(_, ids)| rests(ids)).map(|(place, _)| format!("`{place}`")).collect();
        names.join(", ")
    };
    for (id, was) in &told {
        let first = all.len();
        let was: Vec<&str> = was.as_str().unwrap_or_default().split(',').collect();
        match data.events.iter().find(|event| *event.id.text() == **id) {
            Some(event) => fields(&format!("event `{id}`"), &was, &event, data, all),
            None => match nearest(&was, &told, data) {
                Some(event) => fields(&format!("event `{id}`, now `{}`", event.id), &was, &event, data, all),
                None => all.push(format!("event `{id}` is not there any more")),
            },
        }
        let places = places(id);
        if !places.is_empty() {
            all[first..].iter_mut().for_each(|line| *line += &format!(" (decides {places})"));
        }
    }
}

/// The event that a vanished one has become, where only a field or two differ: an event without an id of its
/// own has another when its row changes.
fn nearest<'d>(was: &[&str], told: &Map<String, Value>, data: &'d Dataset) -> Option<Event<'d>> {
    if was.len() == 1 {
        return None;
    }
    let differing = |event: &Event| {
        let is = hashes(data, event);
        let is: Vec<&str> = is.split(',').collect();
        let at = |hashes: &[&str], i: usize| hashes.get(i).copied().unwrap_or_default().to_owned();
        (0..FIELDS.len()).filter(|i| at(was, *i) != at(&is, *i)).count()
    };
    let new = data.events.iter().filter(|event| !told.contains_key(&*event.id.text()));
    let near = new.map(|event| (differing(&event), event)).min_by_key(|(count, event)| (*count, event.id));
    near.filter(|(count, _)| *count <= 2).map(|(_, event)| event)
}

/// Tells which fields of an event differ from their hashes.
fn fields(name: &str, was: &[&str], event: &Event, data: &Dataset, all: &mut Vec<String>) {
    // every event has a date and a place: one hash is that of all fields
    if let [was] = was {
        if *was != whole(data, event) {
            all.push(format!("{name} is not what it was"));
        }
        return;
    }
    let is = hashes(data, event);
    let is: Vec<&str> = is.split(',').collect();
    for (i, (field, read)) in FIELDS.iter().enumerate() {
        let was = was.get(i).copied().unwrap_or_default();
        let is = is.get(i).copied().unwrap_or_default();
        if was == is {
            continue;
        }
        let value = read(data, event);
        all.push(match (was, is) {
            ("", _) => format!("{name}: `{field}` was empty and is {value:?}"),
            (_, "") => format!("{name}: `{field}` is empty now"),
            _ => format!("{name}: `{field}` is not what it was; it is {value:?} now"),
        });
    }
}

fn decided(then: &[(String, String)], now: &[(String, String)], all: &mut Vec<String>) {
    let (then, now) = (object(then, DECIDED), object(now, DECIDED));
    let ids = |value: Option<&Value>| -> Vec<String> {
        let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|id| Some(format!("`{}`", id.as_str()?))).collect()
    };
    let places: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    for place in places {
        let (was, is) = (ids(then.get(place)), ids(now.get(place)));
        if was != is {
            let words = |ids: &[String]| if ids.is_empty() { "nothing".to_owned() } else { ids.join(", ") };
            all.push(format!("place `{place}` rested on {} and rests on {} now", words(&was), words(&is)));
        }
    }
}

fn inputs(then: &[(String, String)], now: &[(String, String)], all: &mut Vec<String>) {
    let files = |facts: &[(String, String)]| -> BTreeMap<String, String> {
        let lines = fact(facts, INPUTS).unwrap_or_default().lines().map(str::to_owned).collect::<Vec<_>>();
        lines.iter().filter_map(|line| line.split_once("  ")).map(|(hash, name)| (name.into(), hash.into())).collect()
    };
    let (then, now) = (files(then), files(now));
    for (name, was) in &then {
        match now.get(name) {
            None => all.push(format!("input `{name}` is not read any more")),
            Some(is) if is != was => {
                all.push(format!("input `{name}` is not what it was: sha256 {} then, {} now", brief(was), brief(is)));
            }
            Some(_) => {}
        }
    }
    all.extend(now.keys().filter(|name| !then.contains_key(*name)).map(|name| format!("input `{name}` is new")));
}

/// The first digits of a hash.
fn brief(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
