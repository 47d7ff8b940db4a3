//! Large CSV in pieces: takes a text without quotes, gives the same rows as reading it record by record, sooner.
//!
//! A thread reads each piece into tables of its own; the pieces' texts then get the symbols that reading in one
//! go would have given them. Whatever is unusual (a fault, a quote, an empty line) is left to that way.

use super::column::Columns;
use super::table::{Fields, Input, MOST_CELL, Reading, Row};
use crate::model::{EventDate, EventRow, Symbol, Table, Tables};
use rayon::prelude::*;

/// Texts that are shorter gain nothing.
const LEAST: usize = 1 << 16;

/// Reads the records after the header in as many pieces as there are threads; tells whether it did.
///
/// Where it did not, nothing has changed.
pub(super) fn read(input: &Input<'_>, table: &Table, columns: &Columns, body: &[u8], out: &mut Tables) -> bool {
    body.len() >= LEAST && in_pieces(input, table, columns, body, rayon::current_num_threads(), out)
}

fn in_pieces(input: &Input<'_>, table: &Table, columns: &Columns, body: &[u8], count: usize, out: &mut Tables) -> bool {
    // Only events can be so many, and only they are put together again below.
    let plain = input.kind.name == super::events::EVENTS.name && !body.iter().any(|b| matches!(b, b'"' | b'\r'));
    let Some(text) = std::str::from_utf8(body).ok().filter(|_| plain) else { return false };
    if text.starts_with('\n') || text.contains("\n\n") {
        return false;
    }
    let pieces = cut(text, count);
    let lines: Vec<usize> = pieces.par_iter().map(|p| p.bytes().filter(|b| *b == b'\n').count()).collect();
    let all = lines.iter().sum::<usize>() + 1;
    let Ok(last) = u32::try_from(all + 1) else { return false };
    let index = out.tables.len();
    let read: Vec<Option<Tables>> = (0..pieces.len())
        .into_par_iter()
        .map(|i| {
            let before = u32::try_from(lines[..i].iter().sum::<usize>()).unwrap_or(last);
            // The first piece has room for the others, so that its rows need not move.
            let room = if i == 0 { all } else { lines[i] + 1 };
            let mut local = Tables { events: Vec::with_capacity(room), ..Tables::default() };
            let sound = piece(input, table, columns, (pieces[i], before + 1), index, &mut local);
            sound.then_some(local)
        })
        .collect();
    let Some(read) = read.into_iter().collect::<Option<Vec<Tables>>>() else { return false };
    for local in read {
        add(local, out);
    }
    true
}

/// Cuts a text into pieces of about the same size, each of whole lines.
fn cut(text: &str, count: usize) -> Vec<&str> {
    let mut pieces = Vec::with_capacity(count);
    let mut rest = text;
    for left in (1..=count).rev() {
        let middle = rest.len() / left;
        let end = rest.as_bytes()[middle..].iter().position(|b| *b == b'\n').map_or(rest.len(), |n| middle + n + 1);
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Reads the lines of a piece, `before` being the number of the record before it; tells whether all is well.
fn piece(
    input: &Input<'_>,
    table: &Table,
    columns: &Columns,
    (text, before): (&str, u32),
    index: usize,
    local: &mut Tables,
) -> bool {
    let crate::model::TableLayout::Csv { columns: names } = &table.layout else { return false };
    let width = names.len();
    let Ok(index) = u16::try_from(index) else { return false };
    let mut reading = Reading::piece(input, table.clone(), index, local);
    let mut fields: Vec<&str> = Vec::with_capacity(width);
    for (number, line) in (before + 1..).zip(text.lines()) {
        fields.clear();
        fields.extend(line.split(','));
        if fields.len() != width || line.len() > MOST_CELL {
            return false;
        }
        (input.kind.row)(&Row { columns, fields: Fields::Line(&fields), number }, &mut reading);
    }
    reading.is_sound()
}

/// Adds the rows of a piece, their symbols as those of the whole.
fn add(mut local: Tables, out: &mut Tables) {
    let old = std::mem::take(&mut local.texts);
    let symbols: Vec<Symbol> = (0..old.len())
        .map(|i| out.texts.add(old.text(Symbol(u32::try_from(i).expect("fewer than 2^32 distinct texts")))))
        .collect();
    let same = (0..).zip(&symbols).all(|(i, symbol)| symbol.0 == i);
    if !same {
        local.events.par_iter_mut().for_each(|row| rename(row, &symbols));
    }
    if out.events.is_empty() {
        out.events = local.events;
    } else {
        out.events.append(&mut local.events);
    }
}

fn rename(row: &mut EventRow, symbols: &[Symbol]) {
    let new = |symbol: &mut Symbol| *symbol = symbols[symbol.0 as usize];
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
        new(symbol);
    }
    let dates: [&mut Option<EventDate>; 3] = [&mut row.until, &mut row.observed, &mut row.reported];
    dates.into_iter().flatten().for_each(|date| new(&mut date.text));
    row.text.iter_mut().flat_map(|text| &mut text.own).for_each(|(column, _)| new(column));
}

#[cfg(test)]
mod tests {
    use super::super::csv::{header_and_body, one_by_one};
    use super::in_pieces;
    use crate::model::{Interner, Offset, Symbol, Tables};
    use crate::read::table::Input;
    use proptest::prelude::*;

    fn input(text: &str) -> Input<'static> {
        let bytes = text.as_bytes().to_vec().into();
        Input { kind: &super::super::events::EVENTS, file: "e.csv", bytes, offset: Offset(0) }
    }

    fn texts(texts: &Interner) -> Vec<String> {
        (0..texts.len()).map(|i| texts.text(Symbol(i as u32)).to_owned()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn pieces_give_what_reading_record_by_record_gives(
            lines in proptest::collection::vec("(2024-12-0[1-9]|\\[2024-12-01\\.\\.2024-12-05\\]|x),(A|B|C|Ж),[ab]{0,1},(s|t|),(u1|),(2024-12-09|)(\n){0,1}", 0..30),
            count in 1..6usize,
            ends in any::<bool>(),
            before in any::<bool>(),
        ) {
            let text = format!("date,place,actor,source,x-own,reported\n{}{}", lines.join("\n"), if ends { "\n" } else { "" });
            let start = || {
                let mut out = Tables::default();
                if before {
                    out.texts.add("B");
                    one_by_one(input("date,place\n2024,Z\n"), &mut out);
                }
                out
            };
            let (mut whole, mut parts) = (start(), start());
            let found = one_by_one(input(&text), &mut whole);
            let input = input(&text);
            let (table, columns, body) = header_and_body(&input).unwrap();
            let did = in_pieces(&input, &table, &columns, body, count, &mut parts);
            if did {
                prop_assert!(found.is_empty());
                prop_assert_eq!(&whole.events, &parts.events);
                prop_assert_eq!(texts(&whole.texts), texts(&parts.texts));
            } else {
                // Nothing has changed, and there was a reason.
                prop_assert_eq!(parts.events.len(), start().events.len());
                prop_assert!(!found.is_empty() || text.contains("\n\n"));
            }
        }
    }
}
