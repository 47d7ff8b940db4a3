//! Rows of events, packed: what many rows have in common (where, what, all else) is kept once.

use super::{Confidence, Day, EventDate, EventRow, EventText, Kind, Level, Origin, Share, Stance, Status, Symbol};

/// A row of events in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Where: index in [`EventRows::spots`].
    pub spot: u32,
    /// What, and by whom: index in [`EventRows::sayings`].
    pub saying: u32,
    /// All else: index in [`EventRows::rests`].
    pub rest: u32,
    /// The earliest day of its date; its only day unless the rest has a date.
    pub day: Day,
    /// Record, counted as in [`Origin::row`].
    pub row: u32,
}

/// Where: what a row says of its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Code or name as written; empty where a point is given.
    pub place: Symbol,
    /// Level.
    pub level: Option<Level>,
    /// Longitude and latitude in degrees.
    pub point: Option<[f64; 2]>,
}

/// What a row says, and who says so; ids as written, `;` between.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Saying {
    /// Actor ids.
    pub actors: Symbol,
    /// As given; the default depends on `kind` and `share`.
    pub status: Option<Status>,
    /// Share.
    pub share: Option<Share>,
    /// Actor ids.
    pub opponents: Symbol,
    /// What happened.
    pub kind: Option<Kind>,
    /// Source ids or a free text.
    pub sources: Symbol,
    /// How the sources stand to it.
    pub stance: Stance,
    /// Actor id.
    pub claimant: Symbol,
    /// How sure the source is.
    pub confidence: Option<Confidence>,
}

/// All else that a row says, and its table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rest {
    /// Index in [`super::Tables::tables`].
    pub table: u16,
    /// When it took effect, where that is more than one day written as such.
    pub date: Option<EventDate>,
    /// First day on which it is no longer true.
    pub until: Option<EventDate>,
    /// When the source saw it.
    pub observed: Option<EventDate>,
    /// When it was published.
    pub reported: Option<EventDate>,
    /// Id as given.
    pub id: Symbol,
    /// Event id as written.
    pub supersedes: Symbol,
    /// Texts carried along.
    pub text: Option<Box<EventText>>,
}

/// All rows of events.
#[derive(Debug, Clone, Default)]
pub struct EventRows {
    /// The rows, in pieces of the tables, in the order read.
    pub pieces: Vec<Vec<Entry>>,
    /// Where; one may stand more than once.
    pub spots: Vec<Spot>,
    /// What; one may stand more than once.
    pub sayings: Vec<Saying>,
    /// All else; one may stand more than once.
    pub rests: Vec<Rest>,
}

impl EventRows {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.pieces.iter().map(Vec::len).sum()
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(Vec::is_empty)
    }

    /// The rows, in the order read.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.pieces.iter().flatten()
    }

    /// Where a row stands.
    pub fn origin(&self, entry: &Entry) -> Origin {
        Origin { table: self.rests[entry.rest as usize].table, row: entry.row }
    }

    /// Adds a row.
    pub fn push(&mut self, row: EventRow) {
        let spot = Spot { place: row.place, level: row.level, point: row.point };
        let saying = Saying {
            actors: row.actors,
            status: row.status,
            share: row.share,
            opponents: row.opponents,
            kind: row.kind,
            sources: row.sources,
            stance: row.stance,
            claimant: row.claimant,
            confidence: row.confidence,
        };
        let is_plain = row.date == EventDate::day(row.date.earliest);
        let rest = Rest {
            table: row.origin.table,
            date: (!is_plain).then_some(row.date),
            until: row.until,
            observed: row.observed,
            reported: row.reported,
            id: row.id,
            supersedes: row.supersedes,
            text: row.text,
        };
        let entry = Entry {
            spot: last(&mut self.spots, spot),
            saying: last(&mut self.sayings, saying),
            rest: last(&mut self.rests, rest),
            day: row.date.earliest,
            row: row.origin.row,
        };
        match self.pieces.last_mut() {
            Some(piece) => piece.push(entry),
            None => self.pieces.push(vec![entry]),
        }
    }

    /// A row as it was added.
    pub fn unpacked(&self, entry: &Entry) -> EventRow {
        let spot = self.spots[entry.spot as usize];
        let said = self.sayings[entry.saying as usize];
        let rest = self.rests[entry.rest as usize].clone();
        EventRow {
            id: rest.id,
            place: spot.place,
            level: spot.level,
            point: spot.point,
            actors: said.actors,
            status: said.status,
            share: said.share,
            opponents: said.opponents,
            kind: said.kind,
            sources: said.sources,
            stance: said.stance,
            claimant: said.claimant,
            date: rest.date.unwrap_or(EventDate::day(entry.day)),
            until: rest.until,
            observed: rest.observed,
            reported: rest.reported,
            supersedes: rest.supersedes,
            confidence: said.confidence,
            text: rest.text,
            origin: Origin { table: rest.table, row: entry.row },
        }
    }

    /// All rows, unpacked.
    pub fn all(&self) -> Vec<EventRow> {
        self.entries().map(|entry| self.unpacked(entry)).collect()
    }
}

/// The index of a value that was just added, or is now.
fn last<T: PartialEq>(all: &mut Vec<T>, value: T) -> u32 {
    if all.last() != Some(&value) {
        all.push(value);
    }
    u32::try_from(all.len() - 1).expect("fewer than 2^32 rows")
}
