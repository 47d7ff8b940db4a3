//! CSV: takes bytes, gives records to the table that is being read.

use super::column::{Columns, Heading, too_many};
use super::reader::Input;
use super::table::{Fields, Kind, MOST_CELL, MOST_COLUMNS, Reading, Row};
use super::text;
use crate::diag::{Diagnostic, Location};
use crate::model::{Table, TableLayout, Tables};
use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord};

/// The table, its columns, and how many bytes they take, where the header is in order.
pub(super) fn header_of(kind: &Kind, file: &str, start: &[u8]) -> Option<(Table, Columns, usize)> {
    let bytes = text::without_mark(start, file).ok()?;
    let end = bytes.iter().take(MOST_CELL).position(|b| *b == b'\n')?;
    let first = &bytes[..=end];
    if first.iter().any(|b| matches!(b, b'"' | b'\r')) {
        return None;
    }
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(first);
    let header = header(&mut reader, &mut StringRecord::new(), first, file).ok()?;
    let mut found = Vec::new();
    let columns = Columns::resolve(kind, &header, &mut found);
    found.extend(columns.missing(kind, file));
    let names = header.into_iter().map(|h| h.name).collect();
    let table = Table { file: file.to_owned(), layout: TableLayout::Csv { columns: names } };
    found.is_empty().then_some((table, columns, start.len() - bytes.len() + end + 1))
}

/// Reads a table with a header, record by record.
pub(super) fn read(input: Input<'_>, out: &mut Tables) -> Vec<Diagnostic> {
    let bytes = match text::without_mark(&input.bytes, input.file) {
        Ok(bytes) => bytes,
        Err(wrong) => return vec![wrong],
    };
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(1 << 16).from_reader(bytes);
    let mut record = StringRecord::new();
    let header = match header(&mut reader, &mut record, bytes, input.file) {
        Ok(header) => header,
        Err(wrong) => return vec![wrong],
    };
    let width = header.len();
    let names = header.iter().map(|h| h.name.clone()).collect();
    let table = Table { file: input.file.to_owned(), layout: TableLayout::Csv { columns: names } };
    let (columns, mut reading) = Reading::start(&input, table, &header, out);
    let Some(columns) = columns else { return reading.finish() };
    let mut number = 1_u32;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                // What follows a byte that is no text cannot be trusted, so reading ends here.
                reading.fault_at(unreadable(&error, bytes, number.saturating_add(1), input.file));
                break;
            }
        }
        number = number.saturating_add(1);
        let cell = |column: usize| Location::cell(input.file, number, u32::try_from(column).unwrap_or(u32::MAX));
        if record.len() != width {
            reading.fault_at(ragged(&record, width).at(cell(record.len().min(width + 1))));
            continue;
        }
        if record.as_slice().len() > MOST_CELL
            && let Some(field) = record.iter().position(|f| f.len() > MOST_CELL)
        {
            reading.fault_at(Diagnostic::new("too-large", "a cell has more than 1 MiB").at(cell(field + 1)));
            continue;
        }
        let decoded = record.as_slice().as_bytes();
        if (decoded.contains(&b'\n') || decoded.contains(&b'\r'))
            && let Some(column) = open_quote(raw(&reader, &record, bytes))
        {
            let message = "a double quote is closed in the middle of a field, or never";
            let hint = "a text in double quotes ends with one before the comma; a double quote inside is written twice";
            reading.fault_at(Diagnostic::new("bad-csv", message).at(cell(column)).hint(hint));
            continue;
        }
        (input.kind.row)(&Row { columns: &columns, fields: Fields::Record(&record), number }, &mut reading);
    }
    reading.finish()
}

/// The first record, from no more than so many bytes that its fields cannot fill the memory.
fn header(
    reader: &mut Reader<&[u8]>,
    record: &mut StringRecord,
    bytes: &[u8],
    file: &str,
) -> Result<Vec<Heading>, Diagnostic> {
    let most = 2 * MOST_CELL;
    if bytes.len() > most {
        let start = &bytes[..most];
        let mut first = csv::ByteRecord::new();
        let mut probe = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(start);
        // Neither a long header nor a fault in it is decided here, only that there is an end to it.
        let read = probe.read_byte_record(&mut first).unwrap_or(false);
        if read && (first.len() > MOST_COLUMNS || probe.position().byte() >= most as u64) {
            return Err(too_many(file));
        }
    }
    match reader.read_record(record) {
        Ok(true) if record.len() > MOST_COLUMNS => return Err(too_many(file)),
        Ok(true) => {}
        Ok(false) => {
            let empty = Diagnostic::new("missing-column", "the file is empty").at(Location::file(file));
            return Err(empty.hint("the first record names the columns, such as `date,place,actor`"));
        }
        Err(error) => return Err(unreadable(&error, bytes, 1, file)),
    }
    let heading = |(field, name): (usize, &str)| Heading {
        name: name.to_owned(),
        location: Location::cell(file, 1, u32::try_from(field + 1).unwrap_or(u32::MAX)),
    };
    Ok(record.iter().enumerate().map(heading).collect())
}

fn ragged(record: &StringRecord, width: usize) -> Diagnostic {
    if record.len() > MOST_COLUMNS {
        return Diagnostic::new("too-large", format!("the record has more than {MOST_COLUMNS} fields"));
    }
    let fields = if record.len() == 1 { "field" } else { "fields" };
    let message = format!("the record has {} {fields} and the header {width}", record.len());
    let hint = if record.as_slice().contains('\n') {
        "is a double quote opened and never closed?"
    } else if record.len() > width {
        "a text with a comma stands in double quotes"
    } else {
        "an empty cell needs its comma too"
    };
    Diagnostic::new("bad-csv", message).hint(hint)
}

fn unreadable(error: &csv::Error, bytes: &[u8], row: u32, file: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::Utf8 { pos, err } => {
            let column = u32::try_from(err.field() + 1).unwrap_or(u32::MAX);
            let from = pos.as_ref().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(0);
            let rest = bytes.get(from..).unwrap_or_default();
            let byte = std::str::from_utf8(rest).err().and_then(|e| rest.get(e.valid_up_to())).copied();
            text::bad_byte(byte).at(Location::cell(file, row, column))
        }
        _ => Diagnostic::new("bad-csv", error.to_string().to_lowercase()).at(Location::cell(file, row, 1)),
    }
}

/// The bytes of a record as they stand in the file.
fn raw<'b>(reader: &Reader<&[u8]>, record: &StringRecord, bytes: &'b [u8]) -> &'b [u8] {
    let byte = |p: &csv::Position| usize::try_from(p.byte()).unwrap_or(usize::MAX);
    record.position().and_then(|from| bytes.get(byte(from)..byte(reader.position()))).unwrap_or_default()
}

/// The field, counted from 1, of a quoted text that something other than a comma or the record's end follows.
///
/// The reader takes such a text as it comes, and a quote left open swallows the rows below it.
fn open_quote(raw: &[u8]) -> Option<usize> {
    let mut field = 1;
    let mut at = 0;
    while raw.get(at).is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        at += 1;
    }
    loop {
        if raw.get(at) == Some(&b'"') {
            at += 1;
            loop {
                at += 1 + raw.get(at..)?.iter().position(|b| *b == b'"').map_or(raw.len(), |n| n);
                if at > raw.len() {
                    return Some(field);
                }
                if raw.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
            match raw.get(at) {
                None | Some(b'\n' | b'\r') => return None,
                Some(b',') => {}
                Some(_) => return Some(field),
            }
        } else {
            let rest = raw.get(at..).unwrap_or_default();
            let end = rest.iter().position(|b| matches!(b, b',' | b'\n' | b'\r'))?;
            at += end;
            if raw.get(at) != Some(&b',') {
                return None;
            }
        }
        at += 1;
        field += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::open_quote;

    #[test]
    fn a_quote_left_open_is_found() {
        assert_eq!(open_quote(b"a,\"b,\"\"c\"\"\",d\n"), None);
        assert_eq!(open_quote(b"\n\"a\nb\",5\" gun\n"), None);
        assert_eq!(open_quote(b"a,\"b\nc,\"d\"\n"), Some(2));
        assert_eq!(open_quote(b"a,b,\"c\n"), Some(3));
        assert_eq!(open_quote(b"\""), Some(1));
        assert_eq!(open_quote(b"\"a\""), None);
        assert_eq!(open_quote(b"\"a\"\"\n"), Some(1));
        assert_eq!(open_quote(b""), None);
    }
}
