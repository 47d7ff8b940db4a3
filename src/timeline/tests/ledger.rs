//! Small ledgers for tests, written as lines: `DATE PLACE STATUS ACTORS key=value …`.
//!
//! Days count from 1 December 2024. The country `C` holds the regions `P` and `Q`; `D` is a district of
//! `P`, `T` a town in `D`, `U` a town in `P`. Actors are `A` to `E`.

use crate::model::{
    Actor, ActorIndex, Beside, Control, Dataset, Day, Entry, EventDate, EventIndex, Events, Kind, Level, Moment, Names,
    Part, Place, PlaceIndex, Qualifier, Said, Share, Site, Source, SourceIndex, Stance, Status, Symbol,
};
use crate::project::PolicyOptions;
use crate::timeline::{Snapshot, State, Timeline, resolve};

/// The day of December 2024.
pub fn day(number: i32) -> Day {
    Day::of(2024, 12, 1).unwrap().plus(number - 1)
}

pub fn place(name: &str) -> PlaceIndex {
    PlaceIndex("C P Q D T U".split(' ').position(|p| p == name).unwrap() as u32)
}

/// Reads `5`, `5T06:00`, `[5..7]`, `[..7]`, `[5..]`.
pub fn date(text: &str) -> EventDate {
    let one = |t: &str| day(t.parse().unwrap());
    let (earliest, latest, second) = if let Some(span) = text.strip_prefix('[') {
        let (a, b) = span.trim_end_matches(']').split_once("..").unwrap();
        (if a.is_empty() { Day::EVER } else { one(a) }, if b.is_empty() { Day::NEVER } else { one(b) }, None)
    } else if let Some((d, time)) = text.split_once('T') {
        let (h, m) = time.split_once(':').unwrap();
        (one(d), one(d), Some(h.parse::<u32>().unwrap() * 3600 + m.parse::<u32>().unwrap() * 60))
    } else {
        (one(text), one(text), None)
    };
    EventDate { earliest, latest, second, qualifier: Qualifier::Plain, text: Symbol::EMPTY }
}

/// Reads `80%`, `>90%`, `<10%`, `60%..80%`, `~52%`.
pub fn share(text: &str) -> Share {
    let number = |t: &str| t.trim_end_matches('%').parse::<f64>().unwrap() / 100.0;
    if let Some((a, b)) = text.split_once("..") {
        Share::new(number(a), number(b)).unwrap()
    } else if let Some(rest) = text.strip_prefix('>') {
        Share::new(number(rest), 1.0).unwrap()
    } else if let Some(rest) = text.strip_prefix('<') {
        Share::new(0.0, number(rest)).unwrap()
    } else if let Some(rest) = text.strip_prefix('~') {
        Share::new(number(rest), number(rest)).unwrap().approximately()
    } else {
        Share::new(number(text), number(text)).unwrap()
    }
}

fn places() -> Vec<Place> {
    let new = |id: &str, level, container: Option<u32>| Place {
        id: id.into(),
        names: Names::new(id),
        level,
        region: None,
        container: container.map(PlaceIndex),
        at: None,
        population: None,
        kind: String::new(),
    };
    vec![
        new("C", Level::Adm0, None),
        new("P", Level::Adm1, Some(0)),
        new("Q", Level::Adm1, Some(0)),
        new("D", Level::Adm2, Some(1)),
        new("T", Level::Settlement, Some(3)),
        new("U", Level::Settlement, Some(1)),
    ]
}

/// Makes a dataset of lines; blanks around them and empty lines do not count.
pub fn dataset(lines: &[&str]) -> Dataset {
    let actors: Vec<Actor> = ["A", "B", "C", "D", "E"].map(Actor::bare).into();
    let mut sources: Vec<String> = lines
        .iter()
        .flat_map(|l| l.split_whitespace().filter_map(|w| w.strip_prefix("by=")).flat_map(|s| s.split(';')))
        .map(str::to_owned)
        .chain([String::new()])
        .collect();
    sources.sort();
    sources.dedup();
    let mut drafts: Vec<(Draft, Option<String>)> =
        lines.iter().enumerate().map(|(row, line)| event(row, line, &sources)).collect();
    drafts.sort_by(|(a, _), (b, _)| {
        (a.place, a.date.earliest, a.date.latest, &a.id).cmp(&(b.place, b.date.earliest, b.date.latest, &b.id))
    });
    let ids: Vec<Box<str>> = drafts.iter().map(|(e, _)| e.id.clone()).collect();
    let mut packed = Packed::default();
    for (mut draft, supersedes) in drafts {
        draft.supersedes = supersedes
            .map(|id| EventIndex(ids.iter().position(|i| **i == *id).expect("it supersedes an event") as u32));
        packed.add(draft);
    }
    let events = packed.events();
    let sources = sources.into_iter().map(|id| Source { id, ..Source::default() }).collect();
    Dataset { places: places(), actors, sources, events, ..Dataset::default() }
}

/// An event before it is packed.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: Box<str>,
    pub place: PlaceIndex,
    pub actors: Vec<ActorIndex>,
    pub status: Status,
    pub share: Option<Share>,
    pub opponents: Vec<ActorIndex>,
    pub kind: Option<Kind>,
    pub sources: Vec<SourceIndex>,
    pub stance: Stance,
    pub date: EventDate,
    pub until: Option<EventDate>,
    pub observed: Option<EventDate>,
    pub reported: Option<EventDate>,
    pub supersedes: Option<EventIndex>,
    pub row: u32,
}

/// Events as they are packed.
#[derive(Default)]
pub struct Packed {
    entries: Vec<Entry>,
    sites: Vec<Site>,
    said: Vec<Said>,
    beside: Vec<Beside>,
}

impl Packed {
    pub fn add(&mut self, draft: Draft) {
        let last = self.entries.len() as u32;
        let is_plain = draft.date == EventDate::day(draft.date.earliest);
        self.entries.push(Entry { spot: last, saying: last, rest: last, day: draft.date.earliest, row: draft.row });
        self.sites.push(Site { place: draft.place, hash: 0 });
        self.said.push(Said {
            actors: draft.actors.into(),
            status: draft.status,
            share: draft.share,
            opponents: draft.opponents.into(),
            kind: draft.kind,
            sources: draft.sources.into(),
            stance: draft.stance,
            claimant: None,
            confidence: None,
            hash: 0,
        });
        self.beside.push(Beside {
            date: (!is_plain).then_some(draft.date),
            until: draft.until,
            observed: draft.observed,
            reported: draft.reported,
            id: draft.id,
            supersedes: draft.supersedes,
            ..Beside::default()
        });
    }

    pub fn events(self) -> Events {
        Events::new(self.entries, places().len(), self.sites, self.said, self.beside)
    }
}

fn event(row: usize, line: &str, sources: &[String]) -> (Draft, Option<String>) {
    let mut words = line.split_whitespace();
    let mut next = || words.next().unwrap();
    let (when, at, status, actors) = (next(), next(), next(), next());
    let list = |names: &str| -> Vec<ActorIndex> {
        let mut all: Vec<ActorIndex> = names
            .split(';')
            .filter(|n| *n != "-")
            .map(|n| ActorIndex(["A", "B", "C", "D", "E"].iter().position(|a| *a == n).unwrap() as u32))
            .collect();
        all.sort_unstable();
        all
    };
    let mut new = Draft {
        id: format!("e{row:03}").into(),
        place: place(at),
        actors: list(actors),
        status: Status::parse(status).unwrap(),
        share: None,
        opponents: Vec::new(),
        kind: None,
        sources: vec![SourceIndex(0)],
        stance: Stance::Reported,
        date: date(when),
        until: None,
        observed: None,
        reported: None,
        supersedes: None,
        row: row as u32 + 2,
    };
    let mut supersedes = None;
    for (key, value) in words.map(|w| w.split_once('=').unwrap()) {
        match key {
            "share" => new.share = Some(share(value)),
            "opp" => new.opponents = list(value),
            "kind" => new.kind = Some(Kind::parse(value).unwrap()),
            "stance" => new.stance = Stance::parse(value).unwrap(),
            "until" => new.until = Some(date(value)),
            "obs" => new.observed = Some(date(value)),
            "rep" => new.reported = Some(date(value)),
            "id" => new.id = value.into(),
            "sup" => supersedes = Some(value.to_owned()),
            "by" => {
                let mut all: Vec<SourceIndex> = value
                    .split(';')
                    .map(|s| SourceIndex(sources.iter().position(|t| t == s).unwrap() as u32))
                    .collect();
                all.sort_unstable();
                new.sources = all;
            }
            _ => panic!("no such key: {key}"),
        }
    }
    (new, supersedes)
}

/// Options with `uncertain`, `exclude` and the like as given by a closure.
pub fn options(set: impl FnOnce(&mut PolicyOptions)) -> PolicyOptions {
    let mut options = PolicyOptions::default();
    set(&mut options);
    options
}

pub fn timeline(dataset: &Dataset, options: &PolicyOptions) -> Timeline {
    let checked = resolve(dataset, options, None);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    checked.value
}

/// The moment written `5` (the end of that day) or `5T06:00`.
pub fn moment(dataset: &Dataset, text: &str) -> Moment {
    let date = date(text);
    date.moment(dataset.offset).unwrap_or_else(|| dataset.offset.end_of(date.latest))
}

pub fn snapshot(dataset: &Dataset, options: &PolicyOptions, when: &str) -> Snapshot {
    timeline(dataset, options).snapshot(dataset, moment(dataset, when))
}

/// The state of a place at a moment.
pub fn state(lines: &[&str], at: &str, when: &str) -> State {
    let dataset = dataset(lines);
    snapshot(&dataset, &PolicyOptions::default(), when).states[place(at).0 as usize].clone()
}

/// The control of a place at a moment, in words.
pub fn control(lines: &[&str], at: &str, when: &str) -> String {
    let dataset = dataset(lines);
    words(&dataset, &snapshot(&dataset, &PolicyOptions::default(), when).states[place(at).0 as usize].control)
}

/// The control of a place of a snapshot, in words.
pub fn control_of(dataset: &Dataset, snapshot: &Snapshot, at: &str) -> String {
    words(dataset, &snapshot.states[place(at).0 as usize].control)
}

/// A control in words: `held A`, `contested A,B`, `A 80..100 + B 0..20 rest`, `A ? + B ? rest`.
pub fn words(dataset: &Dataset, control: &Control) -> String {
    let names =
        |actors: &[ActorIndex]| actors.iter().map(|a| dataset.actor(*a).id.clone()).collect::<Vec<_>>().join(",");
    let part = |p: &Part| {
        let number = |x: f64| format!("{}", (x * 1e8).round() / 1e6);
        let share = match p.share {
            None => "?".into(),
            Some(s) if s.low() == s.high() => number(s.low()),
            Some(s) => format!("{}..{}", number(s.low()), number(s.high())),
        };
        let approximate = if p.share.is_some_and(Share::is_approximate) { "~" } else { "" };
        format!("{} {approximate}{share}{}", names(&p.actors), if p.rest { " rest" } else { "" })
    };
    match control {
        Control::Held(actor) => format!("held {}", names(&[*actor])),
        Control::Partial(parts) => parts.iter().map(part).collect::<Vec<_>>().join(" + "),
        Control::Contested(actors) => format!("contested {}", names(actors)),
        Control::Shared(actors) => format!("shared {}", names(actors)),
        Control::Lost(actors) => format!("lost {}", names(actors)),
        other => other.word().into(),
    }
}

/// A place, a moment, and the control in words.
pub type Expected<'a> = (&'a str, &'a str, &'a str);

/// Checks cases: a name, the lines, and what is expected of which place when.
pub fn check(cases: &[(&str, &[&str], &[Expected<'_>])]) {
    for (name, lines, expected) in cases {
        for (at, when, wanted) in *expected {
            assert_eq!(control(lines, at, when), *wanted, "{name}: {at} on {when} of {lines:#?}");
        }
    }
}
