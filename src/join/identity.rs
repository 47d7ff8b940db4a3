//! Ids of events: hashes of what rows say, for those without an id of their own; and ids that stand twice.

use super::locate;
use super::place::twice;
use crate::diag::{Diagnostic, quote};
use crate::model::{
    Confidence, Entry, EventDate, EventRows, EventText, Interner, Origin, Rest, Saying, Spot, Symbol, Table, mixed,
};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Hashes of all that rows say.
pub struct Hashes {
    pub spots: Vec<u64>,
    pub sayings: Vec<u64>,
    pub rests: Vec<u64>,
}

impl Hashes {
    /// Takes rows; ids and where rows stand are left out.
    pub fn new(rows: &EventRows, texts: &Interner) -> Self {
        let of = |symbol: Symbol| text_hash(texts.text(symbol));
        Self {
            spots: rows.spots.par_iter().map(|s| spot_hash(s, of)).collect(),
            sayings: rows.sayings.par_iter().map(|s| saying_hash(s, of)).collect(),
            rests: rows.rests.par_iter().map(|r| rest_hash(r, of)).collect(),
        }
    }
}

/// The rows whose given id an earlier row has; tells of them.
///
/// Rows of which a value is missing because it was wrong may say the same for that alone.
pub fn repeated(
    rows: &EventRows,
    faulty: &[Origin],
    texts: &Interner,
    tables: &[Table],
    found: &mut Vec<Diagnostic>,
) -> BTreeSet<Origin> {
    let mut repeated = BTreeSet::new();
    if rows.rests.iter().all(|rest| rest.id.is_empty()) {
        return repeated;
    }
    let mut first: Vec<Option<Entry>> = vec![None; texts.len()];
    for entry in rows.entries() {
        let id = rows.rests[entry.rest as usize].id;
        if id.is_empty() {
            continue;
        }
        let Some(kept) = first[id.0 as usize].replace(*entry) else { continue };
        // The earlier of the two in the files stands, wherever it is in memory.
        let swap = rows.origin(entry) < rows.origin(&kept);
        let (kept, other) = if swap { (*entry, kept) } else { (kept, *entry) };
        first[id.0 as usize] = Some(kept);
        repeated.insert(rows.origin(&other));
        let (a, mut b) = (rows.unpacked(&kept), rows.unpacked(&other));
        let origin = std::mem::replace(&mut b.origin, a.origin);
        let is_told = [a.origin, origin].iter().any(|origin| faulty.binary_search(origin).is_ok());
        match a == b {
            true if is_told => {}
            true => found.push(same(a.origin, origin, tables)),
            false => found.push(clash(texts.text(id), origin, tables)),
        }
    }
    repeated
}

/// Tells of a row that says the same as another.
pub fn same(kept: Origin, other: Origin, tables: &[Table]) -> Diagnostic {
    let first = locate(tables, kept, "date").map_or(String::new(), |l| format!(" as at {l}"));
    let mut d = Diagnostic::new("duplicate-row", format!("this row says the same{first}"));
    d.location = locate(tables, other, "date");
    d.hint("remove one of the two, or give each an `id`")
}

fn clash(id: &str, origin: Origin, tables: &[Table]) -> Diagnostic {
    let mut d = twice(tables, id, origin, "events");
    d.message = format!("two different events have the id {}", quote(id));
    d
}

/// FNV-1a of 64 bits.
///
/// # Source
/// Fowler, Noll, Vo, Eastlake: The FNV Non-Cryptographic Hash Algorithm (RFC 9923).
fn text_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

fn spot_hash(spot: &Spot, of: impl Fn(Symbol) -> u64) -> u64 {
    let [lon, lat] = spot.point.unwrap_or([f64::MAX; 2]).map(|v| (v + 0.0).to_bits());
    mixed([of(spot.place), spot.level.map_or(0, |l| text_hash(l.word())), lon, lat])
}

fn saying_hash(said: &Saying, of: impl Fn(Symbol) -> u64) -> u64 {
    let share = said
        .share
        .map_or([0; 3], |share| [share.low().to_bits(), share.high().to_bits(), 1 + u64::from(share.is_approximate())]);
    let confidence = match said.confidence {
        None => 0,
        Some(Confidence::Low) => 1,
        Some(Confidence::Medium) => 2,
        Some(Confidence::High) => 3,
        Some(Confidence::Number(n)) => (n + 4.0).to_bits(),
    };
    let cells = [said.actors, said.opponents, said.sources, said.claimant].map(of);
    let status = said.status.map_or(0, |s| text_hash(s.word()));
    let kind = said.kind.map_or(0, |k| text_hash(k.word()));
    mixed(cells.into_iter().chain([status, kind, text_hash(said.stance.word())]).chain(share).chain([confidence]))
}

fn rest_hash(rest: &Rest, of: impl Fn(Symbol) -> u64 + Copy) -> u64 {
    let date = |date: Option<EventDate>| match date {
        None => 0,
        Some(date) if date.text.is_empty() => mixed([u64::from(date.earliest.0.cast_unsigned())]),
        Some(date) => of(date.text),
    };
    let dates = [rest.date, rest.until, rest.observed, rest.reported].map(date);
    let texts = rest.text.as_ref().map_or(0, |text| text_of_hash(text, of));
    mixed(dates.into_iter().chain([of(rest.supersedes), texts]))
}

fn text_of_hash(text: &EventText, of: impl Fn(Symbol) -> u64) -> u64 {
    // Columns may stand in any order.
    let own = text.own.iter().map(|(column, value)| mixed([of(*column), text_hash(value)]));
    let own = own.fold(0, u64::wrapping_add);
    mixed([&text.note, &text.quote, &text.url, &text.lang].map(|t| text_hash(t)).into_iter().chain([own]))
}
