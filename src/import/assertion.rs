//! What a row says: events to write, or why there is none.

use super::record::Record;

/// An event as it is written; empty is nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Assertion {
    pub id: String,
    /// EDTF.
    pub date: String,
    pub spot: Spot,
    /// Ids, each without `;`.
    pub actors: Vec<String>,
    pub status: &'static str,
    pub opponents: Vec<String>,
    pub kind: &'static str,
    /// One of the dataset's.
    pub source: &'static str,
    pub observed: String,
    pub note: String,
    /// As many as the dataset's own columns.
    pub own: Vec<String>,
}

/// Where an event is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Spot {
    /// A code of the boundaries or an id.
    Code(String),
    /// A named point.
    Point { name: String, lat: f64, lon: f64 },
}

impl Default for Spot {
    fn default() -> Self {
        Self::Code(String::new())
    }
}

/// What was understood of a row.
#[derive(Debug, Default)]
pub(super) struct Understood {
    pub events: Vec<Assertion>,
    /// It says nothing about who holds a place: what it is about.
    pub aside: Option<&'static str>,
    /// It repeats what was said before.
    pub repeats: bool,
    /// What was not understood.
    pub unclear: Option<Unclear>,
}

/// Why a row, or the best part of it, is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unclear {
    /// In words that follow a colon.
    pub why: &'static str,
    /// What to do.
    pub hint: &'static str,
    /// The slot of the column that says so.
    pub column: usize,
}

impl Understood {
    /// An event.
    pub fn event(event: Assertion) -> Self {
        Self { events: vec![event], ..Self::default() }
    }

    /// Nothing about who holds a place.
    pub fn aside(about: &'static str) -> Self {
        Self { aside: Some(about), ..Self::default() }
    }
}

impl From<Unclear> for Understood {
    fn from(unclear: Unclear) -> Self {
        Self { unclear: Some(unclear), ..Self::default() }
    }
}

/// The named point of a row.
///
/// # Errors
/// Coordinates that are no numbers, or not on Earth.
pub(super) fn point(record: &Record<'_>, [name, lat, lon]: [usize; 3]) -> Result<Spot, Unclear> {
    let number = |slot: usize, most: f64| {
        let found = record.cell(slot).parse::<f64>().ok().filter(|n| n.abs() <= most);
        let hint = "give the degrees in the file, or write that event by hand";
        found.ok_or(Unclear { why: "there is no such point on Earth", hint, column: slot })
    };
    // adding zero turns -0 into 0
    let (lat, lon) = (number(lat, 90.0)? + 0.0, number(lon, 180.0)? + 0.0);
    Ok(Spot::Point { name: record.cell(name).to_owned(), lat, lon })
}

/// The actors in the cells of some columns, sorted, without repeats and empty ones.
///
/// # Errors
/// A name that cannot be an id.
pub(super) fn actors(record: &Record<'_>, slots: &[usize]) -> Result<Vec<String>, Unclear> {
    let mut all = Vec::new();
    for slot in slots {
        let name = record.cell(*slot);
        if name.contains(';') {
            let why = "the name of an actor holds a `;`, which parts ids";
            return Err(Unclear { why, hint: "write that event by hand", column: *slot });
        }
        all.push(name.to_owned());
    }
    all.retain(|name| !name.is_empty());
    all.sort_unstable();
    all.dedup();
    Ok(all)
}
