//! Large CSV of events in pieces: takes a file, gives the same rows as reading it record by record, sooner.
//!
//! A thread reads each piece, block by block. Cells that belong together (where, what, all else) are one key of a
//! dictionary, so that only distinct ones are understood. Whatever is unusual (a fault, a line break in quotes, an
//! empty line) is left to reading record by record.

use super::column::Columns;
use super::dictionary::Dictionary;
use super::events::{DATE, ELSE, EVENTS, WHAT, WHERE};
use super::folder::Folder;
use super::table::{Fields, Kind, MOST_CELL, Reading, Row};
use super::{csv, date, events, split};
use crate::model::{Day, Entry, EventDate, EventRows, Offset, Rest, Saying, Spot, Symbol, TableLayout, Tables};
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// Files that are shorter gain nothing.
const LEAST: u64 = 1 << 16;
/// How much a thread reads at once; a longer record is left to the other way.
const BLOCK: usize = 1 << 20;

/// Reads a table of events on disk in as many pieces as there are threads; tells whether it did.
///
/// Where it did not, nothing has changed.
pub(super) fn read(kind: &'static Kind, file: &str, folder: &Folder, offset: Offset, out: &mut Tables) -> bool {
    if kind.name != EVENTS.name {
        return false;
    }
    let Some((path, size)) = folder.on_disk(file).filter(|(_, size)| *size >= LEAST) else { return false };
    let open = || File::open(&path);
    in_pieces(&open, size, BLOCK, file, offset, rayon::current_num_threads(), out).is_some()
}

fn in_pieces<R: Read + Seek>(
    open: &(impl Fn() -> io::Result<R> + Sync),
    size: u64,
    block: usize,
    file: &str,
    offset: Offset,
    count: usize,
    out: &mut Tables,
) -> Option<()> {
    let mut start = Vec::new();
    open().ok()?.take(MOST_CELL as u64).read_to_end(&mut start).ok()?;
    let (table, columns, header) = csv::header_of(&EVENTS, file, &start)?;
    let TableLayout::Csv { columns: names } = &table.layout else { return None };
    let plan = Plan::new(&columns, names.len())?;
    let index = u16::try_from(out.tables.len()).ok()?;
    let (body, pieces) = (header as u64, count.max(1) as u64);
    let cut = |i: u64| body + (size - body) * i / pieces;
    let read: Vec<Option<Piece>> = (0..pieces)
        .into_par_iter()
        .map(|i| {
            let mut local = Tables::default();
            let reading = Reading::piece(&EVENTS, offset, table.clone(), index, &mut local);
            let mut piece = Worker::new(&plan, &columns, reading);
            // The rows that start within the piece are its own; the byte before tells whether one starts right away.
            piece.read(open().ok()?, cut(i) - 1, cut(i + 1), block)?;
            let (keys, rows, sound) = (piece.keys, piece.rows, piece.reading.is_sound());
            sound.then_some(Piece { keys, rows, texts: local.texts })
        })
        .collect();
    let read = read.into_iter().collect::<Option<Vec<Piece>>>()?;
    let rows: usize = read.iter().map(|p| p.rows.len()).sum();
    // The header is record 1.
    u32::try_from(rows + 1).ok()?;
    add(read, out);
    out.tables.push(table);
    Some(())
}

/// Which fields belong to which key: runs of neighbours, first and last.
struct Plan {
    width: usize,
    date: usize,
    keys: [Vec<(usize, usize)>; 3],
}

impl Plan {
    fn new(columns: &Columns, width: usize) -> Option<Self> {
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

/// What a thread has read.
struct Piece {
    keys: [Dictionary; 3],
    rows: EventRows,
    texts: crate::model::Interner,
}

/// A thread at work.
struct Worker<'w> {
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
    fn new(plan: &'w Plan, columns: &'w Columns, reading: Reading<'w>) -> Self {
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

    /// Reads the rows that start after the first line break from a byte on and before another byte.
    fn read(&mut self, mut file: impl Read + Seek, from: u64, end: u64, block: usize) -> Option<()> {
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
        let date = self.with_row(cells, |row, to| events::date(row, to))?;
        let is_plain = date == EventDate::day(date.earliest);
        let mut found = [0; 3];
        for i in 0..3 {
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
            found[i] = number;
        }
        self.push(found, date.earliest);
        Some(())
    }

    /// Understands the cells of a new key.
    #[cold]
    fn understand(&mut self, key: usize, cells: &[&[u8]]) -> Option<()> {
        match key {
            0 => {
                let spot = self.with_row(cells, |row, to| events::spot(row, to))??;
                self.rows.spots.push(spot);
            }
            1 => {
                let saying = self.with_row(cells, |row, to| events::saying(row, to))?;
                self.rows.sayings.push(saying);
            }
            _ => {
                let rest = self.with_row(cells, |row, to| events::rest(row, to))?;
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

/// Adds the rows of all pieces, in their order; what is in several is the same once.
fn add(pieces: Vec<Piece>, out: &mut Tables) {
    let mut keys: [Dictionary; 3] = Default::default();
    let bases = [out.events.spots.len(), out.events.sayings.len(), out.events.rests.len()];
    let mut before = 2;
    let mut all: Vec<(Vec<Entry>, [Vec<u32>; 3], u32)> = Vec::new();
    for piece in pieces {
        let symbols: Vec<Symbol> =
            (0..piece.texts.len()).map(|i| out.texts.add(piece.texts.text(Symbol(i as u32)))).collect();
        let numbers = [0, 1, 2].map(|i: usize| {
            let own = &piece.keys[i];
            let number = |k: usize| {
                let (number, is_new) = keys[i].add(own.get(k));
                if is_new {
                    match i {
                        0 => out.events.spots.push(renamed_spot(piece.rows.spots[k], &symbols)),
                        1 => out.events.sayings.push(renamed_saying(piece.rows.sayings[k], &symbols)),
                        _ => out.events.rests.push(renamed_rest(piece.rows.rests[k].clone(), &symbols)),
                    }
                }
                bases[i] as u32 + number
            };
            (0..own.len()).map(number).collect::<Vec<u32>>()
        });
        let entries = piece.rows.pieces.into_iter().next().unwrap_or_default();
        let rows = entries.len() as u32;
        all.push((entries, numbers, before));
        before += rows;
    }
    all.par_iter_mut().for_each(|(entries, [spots, sayings, rests], before)| {
        for entry in entries {
            entry.spot = spots[entry.spot as usize];
            entry.saying = sayings[entry.saying as usize];
            entry.rest = rests[entry.rest as usize];
            entry.row += *before;
        }
    });
    out.events.pieces.extend(all.into_iter().map(|(entries, ..)| entries));
}

fn renamed_spot(spot: Spot, symbols: &[Symbol]) -> Spot {
    Spot { place: symbols[spot.place.0 as usize], ..spot }
}

fn renamed_saying(said: Saying, symbols: &[Symbol]) -> Saying {
    let new = |symbol: Symbol| symbols[symbol.0 as usize];
    Saying {
        actors: new(said.actors),
        opponents: new(said.opponents),
        sources: new(said.sources),
        claimant: new(said.claimant),
        ..said
    }
}

fn renamed_rest(mut rest: Rest, symbols: &[Symbol]) -> Rest {
    let new = |symbol: &mut Symbol| *symbol = symbols[symbol.0 as usize];
    new(&mut rest.id);
    new(&mut rest.supersedes);
    let dates = [&mut rest.date, &mut rest.until, &mut rest.observed, &mut rest.reported];
    dates.into_iter().flatten().for_each(|date| new(&mut date.text));
    rest.text.iter_mut().flat_map(|text| &mut text.own).for_each(|(column, _)| new(column));
    rest
}

#[cfg(test)]
mod tests {
    use super::super::csv;
    use super::super::events::EVENTS;
    use super::super::table::Input;
    use super::in_pieces;
    use crate::model::{EventRow, Offset, Symbol, Tables};
    use proptest::prelude::*;
    use std::io::Cursor;

    /// A row with its symbols as texts.
    fn shown(row: &EventRow, tables: &Tables) -> String {
        let text = |s: Symbol| tables.texts.text(s).to_owned();
        let mut row = row.clone();
        let words =
            [row.id, row.place, row.actors, row.opponents, row.sources, row.claimant, row.supersedes, row.date.text]
                .map(text);
        let dates = [row.until, row.observed, row.reported].map(|d| d.map(|d| text(d.text)));
        let own: Vec<(String, String)> =
            row.text.iter().flat_map(|t| &t.own).map(|(c, v)| (text(*c), v.clone())).collect();
        for symbol in [
            &mut row.id,
            &mut row.place,
            &mut row.actors,
            &mut row.opponents,
            &mut row.sources,
            &mut row.claimant,
            &mut row.supersedes,
            &mut row.date.text,
        ] {
            *symbol = Symbol::EMPTY;
        }
        for date in [&mut row.until, &mut row.observed, &mut row.reported].into_iter().flatten() {
            date.text = Symbol::EMPTY;
        }
        row.text.iter_mut().for_each(|t| t.own.clear());
        format!("{words:?} {dates:?} {own:?} {row:?}")
    }

    fn all(tables: &Tables) -> Vec<String> {
        tables.events.all().iter().map(|row| shown(row, tables)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn pieces_give_what_reading_record_by_record_gives(
            lines in proptest::collection::vec(
                "(2024-12-0[1-9]|\\[2024-12-01\\.\\.2024-12-05\\]|2024-12|x{0,1}2024),(A|B|\"C\"|\"C,\"\"\"|Ж),[ab]{0,1},(s|t|\"s\"|t;u|),(u1|\"\"|),(2024-12-09|2024-12-09T10:00Z|),(32.5|),(36.5|)(\n|\r){0,1}",
                0..30,
            ),
            count in 1..6usize,
            block in 60..200usize,
            ends in any::<bool>(),
            before in any::<bool>(),
            fault in 0..4,
        ) {
            // Most ledgers without a fault, so that both ways are tried.
            let lines: Vec<String> = lines.into_iter().map(|l| if fault > 0 { l.replace(['x', '\n'], "").replace("32.5,\r", "32.5,1\r").replace("32.5,", "32.5,3").replace(",,36.5", ",1,36.5") } else { l }).collect();
            let mut text = format!("date,place,actor,source,x-own,reported,lat,lon\n{}{}", lines.join("\n"), if ends { "\n" } else { "" });
            if fault > 0 {
                text = text.replace("32.5,3\n", "32.5,33\n");
            }
            let input = |text: &str| Input { kind: &EVENTS, file: "e.csv", bytes: text.as_bytes().to_vec().into(), offset: Offset(0) };
            let start = || {
                let mut out = Tables::default();
                if before {
                    out.texts.add("B");
                    csv::read(input("date,place\n2024,Z\n"), &mut out);
                }
                out
            };
            let (mut whole, mut parts) = (start(), start());
            let found = csv::read(input(&text), &mut whole);
            let open = || Ok(Cursor::new(text.as_bytes()));
            let did = in_pieces(&open, text.len() as u64, block, "e.csv", Offset(0), count, &mut parts);
            if did.is_some() {
                prop_assert_eq!(found.len(), 0);
                prop_assert_eq!(all(&whole), all(&parts));
                prop_assert_eq!(whole.tables.len(), parts.tables.len());
            } else {
                // Nothing has changed, and there was a reason.
                prop_assert_eq!(all(&parts), all(&start()));
                let odd = text.contains("\n\n") || text.contains("\r\r") || text.contains("\r\n\n") || text.contains('\r');
                prop_assert!(!found.is_empty() || odd || block < 90, "{}", text);
            }
        }
    }
}
