//! Large CSV of events in pieces: takes a file, gives the same rows as reading it record by record, sooner.
//!
//! A thread reads each piece, block by block. Cells that belong together (where, what, all else) are one key of a
//! dictionary, so that only distinct ones are understood. Whatever is unusual (a fault, a line break in quotes, an
//! empty line) is left to reading record by record.

use super::csv;
use super::events::EVENTS;
use super::folder::Folder;
use super::gather::{Piece, add};
use super::table::{Kind, MOST_CELL, Reading};
use super::worker::{Plan, Worker};
use crate::model::{Offset, TableLayout, Tables};
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, Read, Seek};

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
            let (keys, rows) = piece.finish()?;
            Some(Piece { keys, rows, texts: local.texts })
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

#[cfg(test)]
mod tests {
    use super::super::csv;
    use super::super::events::EVENTS;
    use super::super::reader::Input;
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
