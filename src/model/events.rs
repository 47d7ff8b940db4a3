//! Events, packed: a few numbers each, and what many have in common once.

use super::{
    ActorIndex, Confidence, Entry, Event, EventDate, EventIndex, EventText, Kind, Origin, PlaceIndex, Share,
    SourceIndex, Stance, Status,
};
use rayon::prelude::*;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// Where an event is, with a hash of what its row says of that.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// The place.
    pub place: PlaceIndex,
    /// Of the cells.
    pub hash: u64,
}

/// What an event says, and who says so; fields as in [`Event`].
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Said {
    pub actors: Box<[ActorIndex]>,
    pub status: Status,
    pub share: Option<Share>,
    pub opponents: Box<[ActorIndex]>,
    pub kind: Option<Kind>,
    pub sources: Box<[SourceIndex]>,
    pub stance: Stance,
    pub claimant: Option<ActorIndex>,
    pub confidence: Option<Confidence>,
    /// Of the cells.
    pub hash: u64,
}

/// All else that is known of an event; fields as in [`Event`].
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Beside {
    pub table: u16,
    /// Where it is more than one day written as such.
    pub date: Option<EventDate>,
    pub until: Option<EventDate>,
    pub observed: Option<EventDate>,
    pub reported: Option<EventDate>,
    /// As given; may be empty.
    pub id: Box<str>,
    pub supersedes: Option<EventIndex>,
    pub text: Option<Box<EventText>>,
    /// Of the cells.
    pub hash: u64,
}

/// All events, by place, date and id.
#[derive(Debug, Clone, Default)]
pub struct Events {
    entries: Vec<Entry>,
    /// Where the events of each place start.
    first: Vec<u32>,
    sites: Vec<Site>,
    said: Vec<Said>,
    beside: Vec<Beside>,
    /// The first digits that ids without a given one share with another, sorted; found when first asked for.
    shared: OnceLock<Vec<u64>>,
}

impl Events {
    /// Takes events sorted by place, and what their numbers stand for.
    pub fn new(entries: Vec<Entry>, places: usize, sites: Vec<Site>, said: Vec<Said>, beside: Vec<Beside>) -> Self {
        let mut first = vec![0_u32; places + 1];
        for entry in &entries {
            first[sites[entry.spot as usize].place.0 as usize + 1] += 1;
        }
        for place in 0..places {
            first[place + 1] += first[place];
        }
        Self { entries, first, sites, said, beside, shared: OnceLock::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Event<'_>> {
        (0..self.len()).map(|i| self.get(i))
    }

    /// The event at an index.
    #[inline]
    pub fn get(&self, index: usize) -> Event<'_> {
        let entry = &self.entries[index];
        let said = &self.said[entry.saying as usize];
        let beside = &self.beside[entry.rest as usize];
        let index = EventIndex(index as u32);
        Event {
            index,
            id: EventId { events: self, index },
            place: self.sites[entry.spot as usize].place,
            actors: &said.actors,
            status: said.status,
            share: said.share,
            opponents: &said.opponents,
            kind: said.kind,
            sources: &said.sources,
            stance: said.stance,
            claimant: said.claimant,
            date: beside.date.unwrap_or(EventDate::day(entry.day)),
            until: beside.until,
            observed: beside.observed,
            reported: beside.reported,
            supersedes: beside.supersedes,
            confidence: said.confidence,
            text: beside.text.as_deref(),
            origin: Origin { table: beside.table, row: entry.row },
        }
    }

    /// Where the events of a place are.
    pub fn of(&self, place: PlaceIndex) -> Range<usize> {
        match self.first.get(place.0 as usize..place.0 as usize + 2) {
            Some(ends) => ends[0] as usize..ends[1] as usize,
            None => 0..0,
        }
    }

    /// The events in numbers.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What events say, by [`Entry::saying`].
    pub fn said(&self) -> &[Said] {
        &self.said
    }

    /// What else is known of events, by [`Entry::rest`].
    pub fn beside(&self) -> &[Beside] {
        &self.beside
    }

    /// A hash of everything that the row of an event says but its id and where it stands.
    fn hash(&self, entry: &Entry) -> u64 {
        row_hash(
            self.sites[entry.spot as usize].hash,
            self.said[entry.saying as usize].hash,
            self.beside[entry.rest as usize].hash,
            entry,
        )
    }

    fn shared(&self) -> &[u64] {
        self.shared.get_or_init(|| {
            let unnamed = self.entries.par_iter().filter(|e| self.beside[e.rest as usize].id.is_empty());
            let mut all: Vec<u64> = unnamed.map(|e| self.hash(e) >> 16).collect();
            all.par_sort_unstable();
            let mut shared: Vec<u64> = all.windows(2).filter(|w| w[0] == w[1]).map(|w| w[0]).collect();
            shared.dedup();
            shared
        })
    }
}

/// The hash of a row, from those of its cells; the same on every platform.
pub fn row_hash(spot: u64, saying: u64, rest: u64, entry: &Entry) -> u64 {
    mixed([spot, saying, rest, u64::from(entry.day.0.cast_unsigned())])
}

/// Mixes numbers, by the finaliser of SplitMix64.
///
/// # Source
/// Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators (2014).
pub fn mixed(numbers: impl IntoIterator<Item = u64>) -> u64 {
    numbers.into_iter().fold(0x9e37_79b9_7f4a_7c15, |state: u64, number| {
        let z = (state.rotate_left(5) ^ number).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}

/// The id of an event: as given, else digits that depend on what its row says; made when asked for.
#[derive(Clone, Copy)]
pub struct EventId<'a> {
    events: &'a Events,
    index: EventIndex,
}

impl<'a> EventId<'a> {
    fn given(self) -> &'a str {
        &self.events.beside[self.entry().rest as usize].id
    }

    fn entry(self) -> &'a Entry {
        &self.events.entries[self.index.0 as usize]
    }

    /// The id as text: twelve hexadecimal digits where none was given, sixteen where others have those twelve.
    pub fn text(self) -> Cow<'a, str> {
        let given = self.given();
        if !given.is_empty() {
            return Cow::Borrowed(given);
        }
        let hash = self.events.hash(self.entry());
        if self.events.shared().binary_search(&(hash >> 16)).is_ok() {
            Cow::Owned(format!("{hash:016x}"))
        } else {
            Cow::Owned(format!("{:012x}", hash >> 16))
        }
    }
}

impl PartialEq for EventId<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for EventId<'_> {}

impl PartialOrd for EventId<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EventId<'_> {
    /// Compares as texts, those made of a row by all of their digits.
    fn cmp(&self, other: &Self) -> Ordering {
        let hash = |id: &Self| id.events.hash(id.entry());
        let digits = |id: &Self| match id.given() {
            "" => Cow::Owned(format!("{:016x}", hash(id))),
            given => Cow::Borrowed(given),
        };
        match (self.given(), other.given()) {
            ("", "") => hash(self).cmp(&hash(other)),
            ("", _) | (_, "") => digits(self).cmp(&digits(other)),
            (a, b) => a.cmp(b),
        }
    }
}

impl fmt::Display for EventId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

impl fmt::Debug for EventId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text())
    }
}
