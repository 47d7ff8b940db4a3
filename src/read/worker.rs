//! A thread that reads a piece of a table of events: takes blocks of bytes, gives rows whose cells are numbers of keys.

use super::column::Columns;
use super::dictionary::Dictionary;
use super::events::{self, DATE, ELSE, WHAT, WHERE};
use super::table::{Fields, MOST_CELL, Reading, Row};
use super::{date, split};
use crate::model::{Day, Entry, EventDate, EventRows};
use std::io::{Read, Seek, SeekFrom};

/// Which fields belong to which key: runs of neighbours, first and last.
pub(super) struct Plan {
    width: usize,
    date: usize,
    keys: [Vec<(usize, usize)>; 3],
}

impl Plan {
    pub fn new(columns: &Columns, width: usize) -> Option<Self> {
        let runs = |slots: &[usize], own: &[(usize, String)]| {
            let mut fields: Vec<usize> = slots.iter().filter_map(|slot| columns.field(*slot)).collect();
            fields.extend(own.iter().map(|(field, _)| *field));
            fields.sort_unstable();
            let mut runs: Vec<(usize, usize)> = Vec::new();
            for field in fields {
                match runs.last_mut().filter(|(_, last)| *last + 1 == field) {
                    Some(run) => run.1 = field,
                    None => runs.push((field, field)),
                }
            }
            runs
        };
        let keys = [runs(WHERE, &[]), runs(WHAT, &[]), runs(ELSE, &columns.own)];
        Some(Self { width, date: columns.field(DATE)?, keys })
    }
}

/// A thread at work.
pub(super) struct Worker<'w> {
    plan: &'w Plan,
    columns: &'w Columns,
    reading: Reading<'w>,
    keys: [Dictionary; 3],
    rows: EventRows,
    entries: Vec<Entry>,
    /// The text of the latest plain date, and the date.
    recent: (Vec<u8>, Day),
    key: Vec<u8>,
}

impl<'w> Worker<'w> {
    pub fn new(plan: &'w Plan, columns: &'w Columns, reading: Reading<'w>) -> Self {
        Self {
            plan,
            columns,
            reading,
            keys: Default::default(),
            rows: EventRows::default(),
            entries: Vec::new(),
            recent: (Vec::new(), Day::EVER),
            key: Vec::new(),
        }
    }

    /// What was read; `None` where something is wrong with it.
    pub fn finish(self) -> Option<([Dictionary; 3], EventRows)> {
        self.reading.is_sound().then_some((self.keys, self.rows))
    }

    /// Reads the rows that start after the first line break from a byte on and before another byte.
    pub fn read(&mut self, mut file: impl Read + Seek, from: u64, end: u64, block: usize) -> Option<()> {
        file.seek(SeekFrom::Start(from)).ok()?;
        let mut buffer = vec![0; block];
        // What the buffer holds, and where in the file it starts.
        let (mut held, mut at, mut started) = (0, from, false);
        loop {
            let got = file.read(&mut buffer[held..]).ok()?;
            held += got;
            let is_last = got == 0;
            if is_last && held > 0 && buffer[held - 1] != b'\n' {
                buffer.get_mut(held).map(|b| *b = b'\n')?;
                held += 1;
            }
            let mut first = 0;
            if !started {
                let end = buffer[..held].iter().position(|b| *b == b'\n');
                (first, started) = (end.map_or(held, |n| n + 1), end.is_some());
            }
            let ready =
                if started { buffer[..held].iter().rposition(|b| *b == b'\n').map_or(first, |n| n + 1) } else { held };
            let ready = ready.max(first);
            // Only rows that start before the end.
            let limit = usize::try_from(end.saturating_sub(at)).unwrap_or(usize::MAX);
            let rows = &buffer[first..ready];
            if !rows.is_empty() {
                // UTF-8 is checked for whole lines, so that no character is cut.
                std::str::from_utf8(rows).ok()?;
                if self.entries.is_empty() {
                    // A guess from the length of the first row saves moving the others.
                    let line = rows.iter().position(|b| *b == b'\n').map_or(1, |n| n + 1);
                    let all = usize::try_from(end - from).unwrap_or(0) / line;
                    self.entries.reserve((all + all / 8).min(1 << 26));
                }
                self.lines(rows, limit.saturating_sub(first))?;
            }
            if is_last || at + ready as u64 >= end {
                break;
            }
            if ready == 0 && held == buffer.len() {
                return None;
            }
            buffer.copy_within(ready..held, 0);
            held -= ready;
            at += ready as u64;
        }
        self.rows.pieces.push(std::mem::take(&mut self.entries));
        Some(())
    }

    /// Takes whole lines, as far as they start before a byte.
    fn lines(&mut self, text: &[u8], limit: usize) -> Option<()> {
        let mut bounds: Vec<usize> = Vec::with_capacity(self.plan.width + 1);
        let mut marks = split::Marks::new(text);
        let mut from = 0;
        while from < text.len() && from < limit {
            bounds.clear();
            bounds.push(from);
            let line = marks.line(&mut bounds)?;
            let end = bounds[bounds.len() - 1];
            if line.has_quotes || line.has_returns {
                let record = split::unquoted(&text[from..end - 1])?;
                let cells: Vec<&[u8]> = record.iter().map(Vec::as_slice).collect();
                self.row(&cells)?;
            } else {
                if bounds.len() != self.plan.width + 1 || end - from > MOST_CELL {
                    return None;
                }
                self.plain(text, &bounds)?;
            }
            from = end;
        }
        Some(())
    }

    /// Takes a line without quotes.
    #[inline]
    fn plain(&mut self, text: &[u8], bounds: &[usize]) -> Option<()> {
        let plan = self.plan;
        let date = &text[bounds[plan.date]..bounds[plan.date + 1] - 1];
        if self.recent.0 != date {
            match date::plain(date) {
                Some(day) => {
                    self.recent.0.clear();
                    self.recent.0.extend_from_slice(date);
                    self.recent.1 = day;
                }
                None => return self.row(&cells(text, bounds)),
            }
        }
        let mut found = [0; 3];
        for (i, runs) in plan.keys.iter().enumerate() {
            let (number, is_new) = match runs[..] {
                [] => self.keys[i].add(b""),
                [(first, last)] => self.keys[i].add(&text[bounds[first]..bounds[last + 1] - 1]),
                _ => {
                    self.key.clear();
                    for (first, last) in runs {
                        self.key.extend_from_slice(&text[bounds[*first]..bounds[*last + 1] - 1]);
                        self.key.push(b'\n');
                    }
                    self.keys[i].add(&self.key)
                }
            };
            if is_new {
                self.understand(i, &cells(text, bounds))?;
            }
            found[i] = number;
        }
        self.push(found, self.recent.1);
        Some(())
    }

    fn push(&mut self, [spot, saying, rest]: [u32; 3], day: Day) {
        let row = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(Entry { spot, saying, rest, day, row });
    }

    /// Takes a line cell by cell: one with quotes, or with an unusual date.
    #[cold]
    fn row(&mut self, cells: &[&[u8]]) -> Option<()> {
        if cells.len() != self.plan.width || cells.iter().any(|c| c.len() > MOST_CELL) {
            return None;
        }
        let date = self.with_row(cells, events::date)?;
        let is_plain = date == EventDate::day(date.earliest);
        let mut found = [0; 3];
        for (i, found) in found.iter_mut().enumerate() {
            // A first line break, then each cell and another: no key of a plain line has so many.
            self.key.clear();
            self.key.push(b'\n');
            if i == 2 && !is_plain {
                self.key.extend_from_slice(cells[self.plan.date]);
                self.key.extend_from_slice(b"\n\n");
            }
            for field in self.plan.keys[i].iter().flat_map(|(first, last)| *first..=*last) {
                self.key.extend_from_slice(cells[field]);
                self.key.push(b'\n');
            }
            let (number, is_new) = self.keys[i].add(&self.key);
            if is_new {
                self.understand(i, cells)?;
                if i == 2 && !is_plain {
                    self.rows.rests.last_mut()?.date = Some(date);
                }
            }
            *found = number;
        }
        self.push(found, date.earliest);
        Some(())
    }

    /// Understands the cells of a new key.
    #[cold]
    fn understand(&mut self, key: usize, cells: &[&[u8]]) -> Option<()> {
        match key {
            0 => {
                let spot = self.with_row(cells, events::spot)??;
                self.rows.spots.push(spot);
            }
            1 => {
                let saying = self.with_row(cells, events::saying)?;
                self.rows.sayings.push(saying);
            }
            _ => {
                let rest = self.with_row(cells, events::rest)?;
                self.rows.rests.push(rest);
            }
        }
        Some(())
    }

    /// Understands cells in the way of any table; `None` where something is wrong with them.
    fn with_row<T>(&mut self, cells: &[&[u8]], understand: impl Fn(&Row<'_>, &mut Reading<'_>) -> T) -> Option<T> {
        let texts = cells.iter().map(|cell| std::str::from_utf8(cell).ok()).collect::<Option<Vec<&str>>>()?;
        let row = Row { columns: self.columns, fields: Fields::Line(&texts), number: 0 };
        let found = understand(&row, &mut self.reading);
        self.reading.is_sound().then_some(found)
    }
}

/// The cells of a line without quotes.
fn cells<'t>(text: &'t [u8], bounds: &[usize]) -> Vec<&'t [u8]> {
    bounds.windows(2).map(|w| &text[w[0]..w[1] - 1]).collect()
}
