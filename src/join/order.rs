//! The order of events: takes rows and their places, gives them by place, date and id, each once.

use super::identity::{Hashes, same};
use crate::diag::Diagnostic;
use crate::model::{Entry, EventDate, EventRows, Interner, Origin, PlaceIndex, Table, row_hash};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// What the order of rows goes by.
pub struct Order<'a> {
    pub rows: &'a EventRows,
    /// The place of each spot.
    pub of_spots: &'a [Option<PlaceIndex>],
    pub hashes: &'a Hashes,
    /// Rows of which a value is missing because it was wrong: they may say the same for that alone.
    pub faulty: &'a [Origin],
    pub texts: &'a Interner,
    pub tables: &'a [Table],
}

/// A row that was found twice.
const GONE: u32 = u32::MAX;

impl Order<'_> {
    /// The rows that have a place, by place, date and id; tells of those that say the same.
    pub fn sorted(&self, places: usize, repeated: &BTreeSet<Origin>, found: &mut Vec<Diagnostic>) -> Vec<Entry> {
        // Rows without a place are the last bucket: they are told of too.
        let bucket_of: Vec<u32> = self.of_spots.iter().map(|p| p.map_or(places as u32, |place| place.0)).collect();
        let counts = |piece: &Vec<Entry>| {
            let mut counts = vec![0_u32; places + 1];
            piece.iter().for_each(|e| counts[bucket_of[e.spot as usize] as usize] += 1);
            counts
        };
        let counts: Vec<Vec<u32>> = self.rows.pieces.par_iter().map(counts).collect();
        let mut starts = Vec::with_capacity(places + 2);
        let mut before = 0;
        for bucket in 0..=places {
            starts.push(before);
            before += counts.iter().map(|c| c[bucket] as usize).sum::<usize>();
        }
        starts.push(before);
        drop(counts);
        const NOTHING: Entry = Entry { spot: GONE, saying: 0, rest: 0, day: crate::model::Day::EVER, row: 0 };
        let mut all: Vec<Entry> = (0..before).into_par_iter().map(|_| NOTHING).collect();
        let mut parts: Vec<(usize, usize, &mut [Entry])> = Vec::new();
        let mut left = &mut all[..];
        let mut first = 0;
        let threads = rayon::current_num_threads();
        for thread in 1..=threads {
            let wanted = before * thread / threads;
            let next = if thread == threads { places + 1 } else { starts.partition_point(|s| *s < wanted).max(first) };
            let (part, rest) = left.split_at_mut(starts[next] - starts[first]);
            parts.push((first, next, part));
            (left, first) = (rest, next);
        }
        let twice: Vec<Vec<(Entry, Entry)>> = parts
            .into_par_iter()
            .map(|(first, next, part)| {
                let base = starts[first];
                let mut cursors: Vec<usize> = starts[first..next].iter().map(|s| s - base).collect();
                for entry in self.rows.pieces.iter().flatten() {
                    if let Some(cursor) = (bucket_of[entry.spot as usize] as usize)
                        .checked_sub(first)
                        .and_then(|bucket| cursors.get_mut(bucket))
                    {
                        part[*cursor] = *entry;
                        *cursor += 1;
                    }
                }
                let mut twice = Vec::new();
                for bucket in first..next {
                    let bucket = &mut part[starts[bucket] - base..starts[bucket + 1] - base];
                    if !repeated.is_empty() {
                        bucket
                            .iter_mut()
                            .filter(|e| repeated.contains(&self.rows.origin(e)))
                            .for_each(|e| e.spot = GONE);
                    }
                    self.sort(bucket, &mut twice);
                }
                twice
            })
            .collect();
        all.truncate(starts[places]);
        let mut twice: Vec<(Entry, Entry)> = twice.into_iter().flatten().collect();
        if !twice.is_empty() || !repeated.is_empty() {
            all.retain(|e| e.spot != GONE);
        }
        twice.sort_by_key(|(_, other)| self.rows.origin(other));
        let is_told = |row: &Entry| self.faulty.binary_search(&self.rows.origin(row)).is_ok();
        twice.retain(|(kept, other)| !is_told(kept) && !is_told(other));
        found.extend(
            twice.iter().map(|(kept, other)| same(self.rows.origin(kept), self.rows.origin(other), self.tables)),
        );
        all
    }

    /// Sorts the rows of a place; of those that say the same the first in the tables stays.
    fn sort(&self, rows: &mut [Entry], twice: &mut Vec<(Entry, Entry)>) {
        let is_plain = |e: &Entry| e.spot != GONE && self.rows.rests[e.rest as usize].date.is_none();
        if rows.windows(2).all(|w| w[0].day < w[1].day) && (rows.len() < 2 || rows.iter().all(is_plain)) {
            return;
        }
        rows.sort_unstable_by(|a, b| {
            let gone = (a.spot == GONE).cmp(&(b.spot == GONE));
            gone.then_with(|| self.key(a).cmp(&self.key(b)))
                .then_with(|| self.compare_ids(a, b))
                .then_with(|| self.rows.origin(a).cmp(&self.rows.origin(b)))
        });
        let mut kept = 0;
        for i in 1..rows.len() {
            let (a, b) = (rows[kept], rows[i]);
            let unnamed = |e: &Entry| self.rows.rests[e.rest as usize].id.is_empty();
            let is_same = b.spot != GONE
                && self.key(&a) == self.key(&b)
                && unnamed(&a)
                && unnamed(&b)
                && self.hash(&a) == self.hash(&b);
            if is_same {
                twice.push((a, b));
                rows[i].spot = GONE;
            } else {
                kept = i;
            }
        }
    }

    fn key(&self, entry: &Entry) -> (EventDateKey, Option<u32>) {
        let date = self.rows.rests[entry.rest as usize].date.unwrap_or(EventDate::day(entry.day));
        ((date.earliest.0, date.latest.0), date.second)
    }

    /// The hash that the id of a row without one is made of.
    pub fn hash(&self, entry: &Entry) -> u64 {
        let Hashes { spots, sayings, rests } = self.hashes;
        row_hash(spots[entry.spot as usize], sayings[entry.saying as usize], rests[entry.rest as usize], entry)
    }

    /// Compares ids as texts, as [`crate::model::EventId`] does.
    fn compare_ids(&self, a: &Entry, b: &Entry) -> Ordering {
        let given = |e: &Entry| self.texts.text(self.rows.rests[e.rest as usize].id);
        match (given(a), given(b)) {
            ("", "") if a.spot != GONE && b.spot != GONE => self.hash(a).cmp(&self.hash(b)),
            ("", "") => Ordering::Equal,
            ("", id) => format!("{:016x}", self.hash(a)).as_str().cmp(id),
            (id, "") => id.cmp(&format!("{:016x}", self.hash(b))),
            (a, b) => a.cmp(b),
        }
    }
}

/// The first and the last day of a date.
type EventDateKey = (i32, i32);
