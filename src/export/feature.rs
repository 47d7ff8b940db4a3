//! What goes into every format: places with their geometry and what is said of them, for a moment or a spell.

use crate::model::{ActorIndex, Control, Dataset, EventIndex, Level, Moment, Offset, Overlay, PlaceIndex, Share};
use crate::timeline::{Basis, EVER, NEVER, Snapshot, Timeline, share_of};
use geo::MultiPolygon;

/// What is exported, and how.
#[derive(Debug)]
pub struct Request<'a> {
    /// The data.
    pub dataset: &'a Dataset,
    /// Admin level of the regions.
    pub level: Level,
    /// Colours of the actors as `#rrggbb`, by their index.
    pub colors: &'a [String],
    /// What the layer is called.
    pub title: &'a str,
}

/// Places at a moment, or their spells.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer<'a> {
    /// What it is called.
    pub title: String,
    /// Facts about all of it: edition and licence of the boundaries, policy.
    pub facts: Vec<(&'static str, String)>,
    /// The places, in the order of the dataset, each by its spells in the order of time.
    pub features: Vec<Feature<'a>>,
}

/// A place and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature<'a> {
    /// Where it is.
    pub shape: Shape<'a>,
    /// Name.
    pub name: String,
    /// What is said, by column; every feature has the same.
    pub properties: Vec<(&'static str, Property)>,
    /// First day, and first one after it, as ISO 8601; `None` where there is no end of it.
    pub valid: [Option<String>; 2],
    /// Colour as `#rrggbb`; empty where nobody holds it.
    pub color: String,
}

/// Where a place is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape<'a> {
    /// A region.
    Area(&'a MultiPolygon<f64>),
    /// A settlement or site: longitude and latitude.
    Point([f64; 2]),
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Property {
    /// Not known, or nothing.
    Empty,
    /// Words, or a date as ISO 8601.
    Text(String),
    /// A number.
    Number(f64),
    /// True or not.
    Flag(bool),
}

fn text(words: impl Into<String>) -> Property {
    let words = words.into();
    if words.is_empty() { Property::Empty } else { Property::Text(words) }
}

/// What is said of a place for a while.
struct Said<'s> {
    control: &'s Control,
    overlays: &'s [Overlay],
    evidence: &'s [EventIndex],
    basis: Basis,
    since: String,
    claimed: bool,
}

/// Gives every place at a moment.
pub fn state<'a>(request: &Request<'a>, snapshot: &Snapshot) -> Layer<'a> {
    let data = request.dataset;
    let date = when(snapshot.moment, data.offset);
    let mut features = Vec::new();
    for (place, shape) in places(request) {
        let state = &snapshot.states[place.0 as usize];
        if matches!(shape, Shape::Point(_)) && state.basis != Basis::Direct {
            continue;
        }
        let said = Said {
            control: &state.control,
            overlays: &state.overlays,
            evidence: &state.evidence,
            basis: state.basis,
            since: state.since.map(|day| day.to_string()).unwrap_or_default(),
            claimed: state.claimed,
        };
        let mut feature = feature(request, place, shape, &said);
        feature.properties.insert(3, ("date", text(&date)));
        feature.properties.push(("stale", Property::Flag(state.stale)));
        features.push(feature);
    }
    Layer { title: request.title.to_owned(), facts: facts(data, &snapshot.policy), features }
}

/// Gives every spell of every place that somebody speaks of, as far as it lies between two moments.
///
/// By days, as maps are drawn at the end of one: `valid_from` is the first day on which a map shows it, `valid_to`
/// the first on which none does any more. What began and ended within a day is on no map and not here.
pub fn spells<'a>(request: &Request<'a>, timeline: &Timeline, from: Moment, until: Moment, policy: &str) -> Layer<'a> {
    let data = request.dataset;
    let mut features = Vec::new();
    for (place, shape) in places(request) {
        for spell in timeline.spells(place).filter(|spell| spell.until > from && spell.from < until) {
            let day = |moment: Moment| (moment != EVER && moment != NEVER).then(|| data.offset.day_of(moment));
            let valid = [spell.from, spell.until].map(day);
            let spoken = spell.basis != Basis::Nothing || !spell.evidence.is_empty();
            let of_region = matches!(shape, Shape::Point(_)) && spell.basis != Basis::Direct;
            if !spoken || of_region || (valid[0].is_some() && valid[0] == valid[1]) {
                continue;
            }
            let said = Said {
                control: spell.control,
                overlays: spell.overlays,
                evidence: spell.evidence,
                basis: spell.basis,
                since: spell.since.map(|day| day.to_string()).unwrap_or_default(),
                claimed: spell.claimed,
            };
            let mut feature = feature(request, place, shape, &said);
            feature.valid = valid.map(|day| day.map(|day| day.to_string()));
            for (i, (name, day)) in ["valid_from", "valid_to"].into_iter().zip(&feature.valid).enumerate() {
                let value = day.as_deref().map_or(Property::Empty, text);
                feature.properties.insert(3 + i, (name, value));
            }
            features.push(feature);
        }
    }
    Layer { title: request.title.to_owned(), facts: facts(data, policy), features }
}

/// The regions of the level, and all points.
fn places<'a>(request: &Request<'a>) -> Vec<(PlaceIndex, Shape<'a>)> {
    let data = request.dataset;
    let shape = |(i, place): (usize, &'a crate::model::Place)| {
        let index = PlaceIndex(u32::try_from(i).ok()?);
        match place.region {
            Some(region) if place.level == request.level => {
                Some((index, Shape::Area(&data.regions.get(region).geometry)))
            }
            Some(_) => None,
            None => Some((index, Shape::Point(place.at?))),
        }
    };
    data.places.iter().enumerate().filter_map(shape).collect()
}

fn feature<'a>(request: &Request<'a>, index: PlaceIndex, shape: Shape<'a>, said: &Said) -> Feature<'a> {
    let data = request.dataset;
    let place = data.place(index);
    let id = |actor: &ActorIndex| data.actor(*actor).id.as_str();
    let actors = said.control.actors();
    let overlays: Vec<String> = said.overlays.iter().map(|o| format!("{} {}", o.kind.word(), id(&o.actor))).collect();
    let shares: Vec<(ActorIndex, Share)> =
        actors.iter().filter_map(|actor| Some((*actor, share_of(said.control, *actor)?))).collect();
    let shares_told = match said.control {
        Control::Partial(_) => shares.iter().map(|(actor, s)| format!("{} {}", id(actor), interval(*s))).collect(),
        _ => Vec::new(),
    };
    let first = leading(said.control, &shares);
    let lost = match said.control {
        Control::Lost(actors) => actors.iter().map(id).collect::<Vec<_>>().join(";"),
        _ => String::new(),
    };
    let events: Vec<std::borrow::Cow<str>> = said.evidence.iter().map(|event| data.event(*event).id.text()).collect();
    let km2 = place.region.map(|region| data.regions.get(region).km2);
    let properties = vec![
        ("place", text(&place.id)),
        ("name", text(&place.names.default)),
        ("level", text(place.level.word())),
        ("status", text(said.control.word())),
        ("actor", text(first.as_ref().map(id).unwrap_or_default())),
        ("actors", text(actors.iter().map(id).collect::<Vec<_>>().join(";"))),
        ("shares", text(shares_told.join(";"))),
        ("lost_by", text(lost)),
        ("overlays", text(overlays.join(";"))),
        ("claimed", Property::Flag(said.claimed)),
        ("basis", text(said.basis.word())),
        ("since", text(said.since.as_str())),
        ("events", text(events.join(";"))),
        ("km2", km2.map_or(Property::Empty, |km2| Property::Number((km2 * 10.0).round() / 10.0))),
        ("color", text(color(request, first))),
    ];
    let color = color(request, first);
    Feature { shape, name: place.names.default.clone(), properties, valid: [None, None], color }
}

fn color(request: &Request, actor: Option<ActorIndex>) -> String {
    actor.and_then(|actor| request.colors.get(actor.0 as usize)).cloned().unwrap_or_default()
}

/// Who holds it, or the largest stated part of it; nobody where that is not one.
fn leading(control: &Control, shares: &[(ActorIndex, Share)]) -> Option<ActorIndex> {
    match control {
        Control::Held(actor) => Some(*actor),
        Control::Partial(_) => {
            let most = shares.iter().map(|(_, share)| share.low() + share.high()).fold(0.0, f64::max);
            let mut largest = shares.iter().filter(|(_, share)| share.low() + share.high() == most && most > 0.0);
            largest.next().filter(|_| largest.next().is_none()).map(|(actor, _)| *actor)
        }
        _ => None,
    }
}

/// A share as in the tables: `0.8`, `0.8..1`.
fn interval(share: Share) -> String {
    let number = |v: f64| {
        let text = format!("{v:.6}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let (low, high) = (number(share.low()), number(share.high()));
    if low == high { low } else { format!("{low}..{high}") }
}

/// A moment as ISO 8601 in the project's time zone: the day alone at its end, else with its time.
fn when(moment: Moment, offset: Offset) -> String {
    let day = offset.day_of(moment);
    if moment == offset.end_of(day) {
        return day.to_string();
    }
    let seconds = moment.0 - offset.start_of(day).0;
    let zone = match offset.0 {
        0 => "Z".to_owned(),
        s => format!("{}{:02}:{:02}", if s < 0 { '-' } else { '+' }, s.abs() / 3600, s.abs() / 60 % 60),
    };
    format!("{day}T{:02}:{:02}:{:02}{zone}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn facts(data: &Dataset, policy: &str) -> Vec<(&'static str, String)> {
    let edition = &data.regions.edition;
    let all = [
        ("generator", format!("controlmap {}", env!("CARGO_PKG_VERSION"))),
        ("policy", policy.to_owned()),
        ("boundaries", edition.name.clone()),
        ("boundaries_licence", edition.licence.clone()),
        ("boundaries_credit", edition.source.clone()),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}
