//! Ids of events: as given, else a hash of the row's values; and which rows are the same.

use super::place::twice;
use super::{locate, says_the_same};
use crate::diag::{Diagnostic, quote};
use crate::model::{Confidence, EventDate, EventRow, Interner, Origin, Symbol, Table};
use rayon::prelude::*;
use std::cmp::Ordering;

/// The ids of rows.
pub struct Ids<'a> {
    texts: &'a Interner,
    /// By row: the id as given, or the hash.
    of_row: Vec<Id>,
    /// By symbol of an id: one more than its row; 0 where no row has it.
    given: Vec<u32>,
    /// Hashes and their rows, sorted.
    hashes: Vec<(u64, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Id {
    Given(Symbol),
    /// Shown by its first twelve digits.
    Hash(u64),
    /// Shown whole, because another row shares the first twelve digits.
    Long(u64),
    /// The same as an earlier row: no event.
    Repeated,
}

impl<'a> Ids<'a> {
    /// Gives each row its id; tells of identical rows, and of different rows of one id.
    ///
    /// Rows of which a value is missing because it was wrong may say the same for that alone.
    pub fn new(
        rows: &[EventRow],
        faulty: &[Origin],
        texts: &'a Interner,
        tables: &[Table],
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let hash_of: Vec<u64> = (0..texts.len()).map(|i| text_hash(texts.text(symbol(i)))).collect();
        let mut of_row: Vec<Id> = rows
            .par_iter()
            .map(|row| if row.id.is_empty() { Id::Hash(row_hash(row, &hash_of)) } else { Id::Given(row.id) })
            .collect();
        let mut given = vec![0_u32; texts.len()];
        let mut hashes: Vec<(u64, u32)> = Vec::new();
        let mut repeated: Vec<(u32, u32)> = Vec::new();
        for (i, id) in of_row.iter().enumerate() {
            let row = u32::try_from(i).expect("fewer than 2^32 rows");
            match id {
                Id::Given(id) => {
                    let first = &mut given[id.0 as usize];
                    if *first == 0 {
                        *first = row + 1;
                    } else {
                        // The earlier of the two in the files stands, wherever it is in memory.
                        let (kept, other) = (*first - 1, row);
                        let swap = rows[other as usize].origin < rows[kept as usize].origin;
                        repeated.push(if swap { (other, kept) } else { (kept, other) });
                        *first = repeated[repeated.len() - 1].0 + 1;
                    }
                }
                Id::Hash(hash) => hashes.push((*hash, row)),
                Id::Long(_) | Id::Repeated => {}
            }
        }
        hashes.par_sort_unstable_by_key(|(hash, row)| (*hash, rows[*row as usize].origin));
        for pair in hashes.windows(2).filter(|p| p[0].0 == p[1].0) {
            repeated.push((pair[0].1, pair[1].1));
        }
        for (kept, other) in repeated {
            let (a, b) = (&rows[kept as usize], &rows[other as usize]);
            let is_told = [a, b].iter().any(|row| faulty.binary_search(&row.origin).is_ok());
            match says_the_same(a, b) {
                true if is_told => {}
                true => found.push(same(a, b, tables)),
                false => found.push(clash(b, texts, tables)),
            }
            of_row[other as usize] = Id::Repeated;
        }
        hashes.retain(|(_, row)| of_row[*row as usize] != Id::Repeated);
        for pair in hashes.windows(2).filter(|p| p[0].0 >> 16 == p[1].0 >> 16) {
            for (hash, row) in pair {
                of_row[*row as usize] = Id::Long(*hash);
            }
        }
        Self { texts, of_row, given, hashes }
    }

    /// Tells whether a row is an event of its own.
    pub fn is_kept(&self, row: usize) -> bool {
        self.of_row[row] != Id::Repeated
    }

    /// The id of a row's event.
    pub fn text(&self, row: usize) -> Box<str> {
        match self.of_row[row] {
            Id::Given(symbol) => self.texts.text(symbol).into(),
            Id::Hash(hash) => hexadecimal(hash, 12),
            Id::Long(hash) => hexadecimal(hash, 16),
            Id::Repeated => "".into(),
        }
    }

    /// Compares the ids of two rows' events as texts.
    pub fn compare(&self, a: usize, b: usize) -> Ordering {
        match (self.of_row[a], self.of_row[b]) {
            // Hexadecimal digits sort as numbers do.
            (Id::Hash(a), Id::Hash(b)) if a >> 16 != b >> 16 => a.cmp(&b),
            (Id::Given(a), Id::Given(b)) => self.texts.text(a).cmp(self.texts.text(b)),
            _ => self.text(a).cmp(&self.text(b)),
        }
    }

    /// The row whose event has an id.
    pub fn row(&self, id: Symbol) -> Option<usize> {
        let given = self.given[id.0 as usize];
        if given > 0 {
            return Some(given as usize - 1);
        }
        let text = self.texts.text(id);
        let digits = text.len();
        let hash = u64::from_str_radix(text, 16).ok().filter(|_| digits == 12 || digits == 16)?;
        let low = if digits == 12 { hash << 16 } else { hash };
        let at = self.hashes.partition_point(|(h, _)| *h < low);
        let (_, row) = self.hashes.get(at)?;
        (*self.text(*row as usize) == *text).then_some(*row as usize)
    }

    /// Ids as given, for hints.
    pub fn all_given(&self) -> impl Iterator<Item = &'a str> {
        let texts = self.texts;
        self.given.iter().enumerate().filter(|(_, row)| **row > 0).map(move |(i, _)| texts.text(symbol(i)))
    }
}

fn same(kept: &EventRow, other: &EventRow, tables: &[Table]) -> Diagnostic {
    let first = locate(tables, kept.origin, "date").map_or(String::new(), |l| format!(" as at {l}"));
    let mut d = Diagnostic::new("duplicate-row", format!("this row says the same{first}"));
    d.location = locate(tables, other.origin, "date");
    d.hint("remove one of the two, or give each an `id`")
}

fn clash(row: &EventRow, texts: &Interner, tables: &[Table]) -> Diagnostic {
    let id = texts.text(row.id);
    let mut d = twice(tables, id, row.origin, "events");
    d.message = format!("two different events have the id {}", quote(id));
    d
}

fn symbol(i: usize) -> Symbol {
    Symbol(u32::try_from(i).expect("fewer than 2^32 distinct texts"))
}

/// The first digits of a number in base 16.
fn hexadecimal(hash: u64, digits: usize) -> Box<str> {
    (0..digits).map(|i| char::from(b"0123456789abcdef"[(hash >> (60 - 4 * i) & 15) as usize])).collect()
}

/// FNV-1a of 64 bits.
///
/// # Source
/// Fowler, Noll, Vo, Eastlake: The FNV Non-Cryptographic Hash Algorithm (RFC 9923).
fn text_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// A hash of everything that a row says but its id and where it stands; the same on every platform.
fn row_hash(row: &EventRow, hash_of: &[u64]) -> u64 {
    let mut mixed = Mix(0x9e37_79b9_7f4a_7c15);
    for symbol in [row.place, row.actors, row.opponents, row.sources, row.claimant, row.supersedes] {
        mixed.add(hash_of[symbol.0 as usize]);
    }
    mixed.add(row.level.map_or(0, |l| text_hash(l.word())));
    for part in row.point.unwrap_or([f64::MAX; 2]) {
        mixed.add((part + 0.0).to_bits());
    }
    mixed.add(row.status.map_or(0, |s| text_hash(s.word())));
    mixed.add(row.kind.map_or(0, |k| text_hash(k.word())));
    mixed.add(text_hash(row.stance.word()));
    if let Some(share) = row.share {
        for part in [share.low().to_bits(), share.high().to_bits(), u64::from(share.is_approximate())] {
            mixed.add(part);
        }
    }
    for date in [Some(row.date), row.until, row.observed, row.reported] {
        mixed.add(date.map_or(0, |d: EventDate| hash_of[d.text.0 as usize]));
    }
    mixed.add(match row.confidence {
        None => 0,
        Some(Confidence::Low) => 1,
        Some(Confidence::Medium) => 2,
        Some(Confidence::High) => 3,
        Some(Confidence::Number(n)) => (n + 4.0).to_bits(),
    });
    if let Some(text) = &row.text {
        for part in [&text.note, &text.quote, &text.url, &text.lang] {
            mixed.add(text_hash(part));
        }
        // Columns may stand in any order.
        let own = text.own.iter().map(|(column, value)| {
            let mut one = Mix(hash_of[column.0 as usize]);
            one.add(text_hash(value));
            one.0
        });
        mixed.add(own.fold(0, u64::wrapping_add));
    }
    mixed.0
}

struct Mix(u64);

impl Mix {
    /// Adds a number, by the finaliser of SplitMix64.
    fn add(&mut self, number: u64) {
        let z = (self.0.rotate_left(5) ^ number).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        self.0 = z ^ (z >> 31);
    }
}
