//! Rows as the tables hold them: values understood, references not yet looked up.

use super::{
    Confidence, Day, EventDate, EventRows, EventText, Interner, Kind, Level, Names, RegionSet, Share, Stance, Status,
    Symbol,
};
use crate::diag::Location;

/// The table and record that a row came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Index in [`Tables::tables`].
    pub table: u16,
    /// Record, counted from 1 with the header (CSV), or from 1 (JSON).
    pub row: u32,
}

/// A row of events.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRow {
    /// As written; empty where it is to be a hash of the row.
    pub id: Symbol,
    /// Code or name as written; empty where a point is given.
    pub place: Symbol,
    /// Level.
    pub level: Option<Level>,
    /// Longitude and latitude in degrees.
    pub point: Option<[f64; 2]>,
    /// Actor ids as written, `;` between.
    pub actors: Symbol,
    /// As given; the default depends on `kind` and `share`.
    pub status: Option<Status>,
    /// Share.
    pub share: Option<Share>,
    /// Actor ids as written, `;` between.
    pub opponents: Symbol,
    /// What happened.
    pub kind: Option<Kind>,
    /// Source ids or a free text as written, `;` between.
    pub sources: Symbol,
    /// How the sources stand to it.
    pub stance: Stance,
    /// Actor id as written.
    pub claimant: Symbol,
    /// When it took effect.
    pub date: EventDate,
    /// First day on which it is no longer true.
    pub until: Option<EventDate>,
    /// When the source saw it.
    pub observed: Option<EventDate>,
    /// When it was published.
    pub reported: Option<EventDate>,
    /// Event id as written.
    pub supersedes: Symbol,
    /// How sure the source is.
    pub confidence: Option<Confidence>,
    /// Texts carried along.
    pub text: Option<Box<EventText>>,
    /// Where it stands.
    pub origin: Origin,
}

/// A row of actors: one period of one actor.
#[derive(Debug, Clone, PartialEq)]
pub struct ActorRow {
    /// Id.
    pub id: String,
    /// Names.
    pub names: Names,
    /// Short names.
    pub short: Names,
    /// Side.
    pub side: String,
    /// Colour.
    pub color: Option<[u8; 3]>,
    /// Hatch.
    pub pattern: String,
    /// First day.
    pub from: Option<Day>,
    /// First day on which it is no longer true.
    pub until: Option<Day>,
    /// Where it stands.
    pub origin: Origin,
}

/// A row of sources.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRow {
    /// What it says.
    pub source: super::Source,
    /// Where it stands.
    pub origin: Origin,
}

/// A row of places.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRow {
    /// Id.
    pub id: String,
    /// Names.
    pub names: Names,
    /// Longitude and latitude in degrees.
    pub at: [f64; 2],
    /// `settlement` (default) or `site`.
    pub level: Level,
    /// Code of its region as written; may be empty.
    pub region: String,
    /// Inhabitants.
    pub population: Option<u64>,
    /// Kind; may be empty.
    pub kind: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A row of names: a further spelling of a region or place.
#[derive(Debug, Clone, PartialEq)]
pub struct NameRow {
    /// Code of a region or id of a place.
    pub id: String,
    /// The spelling.
    pub name: String,
    /// Language tag; may be empty.
    pub lang: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A table that was read: its name, and how to point into it.
#[derive(Debug, Clone)]
pub struct Table {
    /// The file as the user named it.
    pub file: String,
    /// How to find a cell again.
    pub layout: TableLayout,
}

/// How to find a cell of a table again.
#[derive(Debug, Clone)]
pub enum TableLayout {
    /// Fields in the order of the header.
    Csv {
        /// The header.
        columns: Vec<String>,
    },
    /// Objects in a text.
    Json {
        /// The whole text.
        text: String,
        /// Where each record's object starts.
        starts: Vec<RecordStart>,
    },
}

/// Where a record starts in a text; kept with its line so that a fault is found without reading the text again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordStart {
    /// Byte, counted from 0.
    pub byte: usize,
    /// Line, counted from 1.
    pub line: u32,
    /// Character of the line, counted from 1.
    pub column: u32,
}

impl RecordStart {
    /// The start of a text.
    pub const FIRST: Self = Self { byte: 0, line: 1, column: 1 };

    /// The place that many bytes further on in the text.
    #[must_use]
    pub fn onward(self, text: &str, byte: usize) -> Self {
        let passed = text.get(self.byte..byte).unwrap_or("");
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let lines = count(passed.bytes().filter(|b| *b == b'\n').count());
        let (from, tail) = match passed.rfind('\n') {
            Some(end) => (1, &passed[end + 1..]),
            None => (self.column, passed),
        };
        Self { byte, line: self.line.saturating_add(lines), column: from.saturating_add(count(tail.chars().count())) }
    }
}

impl Table {
    /// Points at a cell: a record counted as in [`Origin::row`], and a column by name.
    ///
    /// Where the record has no such column, points at the record.
    pub fn locate(&self, row: u32, column: &str) -> Location {
        match &self.layout {
            TableLayout::Csv { columns } => {
                let column = columns.iter().position(|c| c == column).unwrap_or(0);
                Location::cell(&self.file, row, u32::try_from(column + 1).expect("fewer than 4,097 columns"))
            }
            TableLayout::Json { text, starts } => {
                let record = usize::try_from(row).ok().and_then(|row| starts.get(row.checked_sub(1)?));
                let Some(&start) = record else { return Location::file(&self.file) };
                let at = start.onward(text, value_at(text, start.byte, column).unwrap_or(start.byte));
                Location::text(&self.file, at.line, at.column)
            }
        }
    }
}

/// The byte at which the value of a key starts, in the object that starts at a byte.
fn value_at(text: &str, start: usize, key: &str) -> Option<usize> {
    let mut found = None;
    let object = text.get(start..)?;
    let mut reader = serde_json::Deserializer::from_str(object);
    // A fault after the key changes nothing about where the key is.
    let _ = serde::Deserializer::deserialize_map(&mut reader, Seek { key, found: &mut found });
    let value: &str = found?;
    Some(start + (value.as_ptr().addr() - object.as_ptr().addr()))
}

/// Looks through an object for the first value of a key.
struct Seek<'k, 'f, 'de> {
    key: &'k str,
    found: &'f mut Option<&'de str>,
}

impl<'de> serde::de::Visitor<'de> for Seek<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            let value: &'de serde_json::value::RawValue = map.next_value()?;
            if key == self.key {
                *self.found = Some(value.get());
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{RecordStart, Table, TableLayout};

    #[test]
    fn a_cell_of_json_is_found_by_line_and_character() {
        let text = "[{\"é\": 1, \"date\":\n  \"2024\", \"place\": \"Nawa\"},\n {}]".to_owned();
        let starts = vec![RecordStart::FIRST.onward(&text, 1), RecordStart::FIRST.onward(&text, text.len() - 3)];
        let table = Table { file: "e.json".into(), layout: TableLayout::Json { text, starts } };
        assert_eq!(table.locate(1, "é").to_string(), "e.json:1:8");
        assert_eq!(table.locate(1, "date").to_string(), "e.json:2:3");
        assert_eq!(table.locate(1, "place").to_string(), "e.json:2:20");
        assert_eq!(table.locate(1, "actor").to_string(), "e.json:1:2");
        assert_eq!(table.locate(2, "actor").to_string(), "e.json:3:2");
        assert_eq!(table.locate(3, "actor").to_string(), "e.json");
    }
}

/// Everything that was read, before joining.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// The tables, in the order read.
    pub tables: Vec<Table>,
    /// The texts of symbols.
    pub texts: Interner,
    /// Boundaries.
    pub regions: RegionSet,
    /// Events.
    pub events: EventRows,
    /// Actors; `None` where there is no such table.
    pub actors: Option<Vec<ActorRow>>,
    /// Sources; `None` where there is no such table.
    pub sources: Option<Vec<SourceRow>>,
    /// Places.
    pub places: Vec<PlaceRow>,
    /// Further spellings.
    pub names: Vec<NameRow>,
    /// Rows of events of which a value was wrong and is left out; sorted within a table.
    pub faulty: Vec<Origin>,
}
