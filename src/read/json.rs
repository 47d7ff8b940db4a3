//! JSON and JSON Lines: takes bytes, gives records to the table that is being read.

use super::column::{Heading, too_many};
use super::reader::Input;
use super::table::{Fields, MOST_CELL, MOST_COLUMNS, Reading, Row};
use super::text::owned_text;
use crate::diag::{Diagnostic, Location, quote};
use crate::model::{RecordStart, Table, TableLayout, Tables};
use csv::StringRecord;
use foldhash::fast::FixedState;
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

/// An object that holds a record.
pub(super) struct Object {
    /// Its bytes; empty where there is none.
    pub range: Range<usize>,
    /// Cells that stand elsewhere, and are used where the object has no such key.
    pub extra: Vec<(&'static str, String)>,
}

/// What was found in a text before its records are looked into.
#[derive(Default)]
pub(super) struct Found {
    pub starts: Vec<RecordStart>,
    pub objects: Vec<Object>,
    pub faults: Vec<Diagnostic>,
}

/// Reads a list of objects.
pub(super) fn read_list(input: Input<'_>, out: &mut Tables) -> Vec<Diagnostic> {
    read(input, out, |text, file| {
        let list: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| {
            let wrong = syntax(text, RecordStart::FIRST, &error, file);
            match text.trim_start().starts_with('{') {
                true => wrong.hint("a table is a list of objects; a FeatureCollection is read from `.geojson`"),
                false => wrong,
            }
        })?;
        let mut found = Found::default();
        let mut start = RecordStart::FIRST;
        for raw in list {
            let range = range_of(text, raw.get());
            start = start.onward(text, range.start);
            found.add(start, Object { range, extra: Vec::new() });
        }
        Ok(found)
    })
}

/// Reads an object a line.
pub(super) fn read_lines(input: Input<'_>, out: &mut Tables) -> Vec<Diagnostic> {
    read(input, out, |text, file| {
        let mut found = Found::default();
        for (number, line) in (1..).zip(text.split('\n')) {
            if line.trim().is_empty() {
                continue;
            }
            let at = RecordStart { byte: range_of(text, line).start, line: number, column: 1 };
            match serde_json::from_str::<&RawValue>(line) {
                Ok(raw) => {
                    let range = range_of(text, raw.get());
                    found.add(at.onward(text, range.start), Object { range, extra: Vec::new() });
                }
                Err(error) => found.faults.push(syntax(line, RecordStart { byte: 0, ..at }, &error, file)),
            }
        }
        Ok(found)
    })
}

impl Found {
    /// Adds a record.
    pub fn add(&mut self, start: RecordStart, object: Object) {
        self.starts.push(start);
        self.objects.push(object);
    }
}

/// Reads a text whose records `find` finds.
pub(super) fn read(
    mut input: Input<'_>,
    out: &mut Tables,
    find: fn(&str, &str) -> Result<Found, Diagnostic>,
) -> Vec<Diagnostic> {
    let bytes = std::mem::take(&mut input.bytes).into_owned();
    let found = owned_text(bytes, input.file).and_then(|text| Ok((find(&text, input.file)?, text)));
    let (Found { starts, objects, faults }, text) = match found {
        Ok(found) => found,
        Err(wrong) => return vec![wrong],
    };
    let (names, first) = keys(&text, &objects);
    if names.len() > MOST_COLUMNS {
        return vec![too_many(input.file)];
    }
    let no_records = objects.is_empty();
    let table = Table { file: input.file.to_owned(), layout: TableLayout::Json { text, starts } };
    let heading = |(name, row): (&String, &u32)| Heading { name: name.clone(), location: table.locate(*row, name) };
    let header: Vec<Heading> = names.iter().zip(&first).map(heading).collect();
    let (columns, mut reading) = if no_records {
        // A list of nothing has no keys to miss.
        return Reading::empty(table, faults, out);
    } else {
        Reading::start(&input, table, &header, out)
    };
    for fault in faults {
        reading.fault_at(fault);
    }
    let Some(columns) = columns else { return reading.finish() };
    let fields: HashMap<&str, usize, FixedState> = names.iter().map(String::as_str).zip(0..).collect();
    for (number, object) in (1..).zip(&objects) {
        let TableLayout::Json { text, .. } = &reading.table.layout else { break };
        let (record, faults) = cells(text, object, &fields, input.kind.lists);
        for (column, fault) in faults {
            let location = reading.table.locate(number, &column);
            reading.fault_at(fault.at(location));
        }
        if let Some(record) = record {
            (input.kind.row)(&Row { columns: &columns, fields: Fields::Record(&record), number }, &mut reading);
        }
    }
    reading.finish()
}

/// Every key in the order of its first use, and the record that uses it first.
fn keys(text: &str, objects: &[Object]) -> (Vec<String>, Vec<u32>) {
    let mut seen: HashMap<String, (), FixedState> = HashMap::default();
    let (mut names, mut first) = (Vec::new(), Vec::new());
    for (number, object) in (1..).zip(objects) {
        let own = entries(text, object).unwrap_or_default().into_iter().map(|(key, _)| key);
        for key in own.chain(object.extra.iter().map(|(key, _)| Cow::Borrowed(*key))) {
            if names.len() <= MOST_COLUMNS && !seen.contains_key(&*key) {
                seen.insert(key.to_string(), ());
                names.push(key.into_owned());
                first.push(number);
            }
        }
    }
    (names, first)
}

type Faulty = Vec<(String, Diagnostic)>;

/// The cells of an object; `None` where it is none.
fn cells(
    text: &str,
    object: &Object,
    fields: &HashMap<&str, usize, FixedState>,
    lists: &[&str],
) -> (Option<StringRecord>, Faulty) {
    let mut faults = Vec::new();
    let entries = match entries(text, object) {
        Ok(entries) => entries,
        Err(error) => {
            let raw = &text[object.range.clone()];
            let wrong = match raw.starts_with('{') {
                true => Diagnostic::new("bad-json", format!("the record is no proper JSON: {}", reason(&error))),
                false => Diagnostic::new("bad-json", format!("the record is {}, not an object", what(raw)))
                    .hint("a record is an object: `{\"date\": \"2024-12-07\", …}`"),
            };
            return (None, vec![(String::new(), wrong)]);
        }
    };
    let mut cells: Vec<Option<Cow<'_, str>>> = vec![None; fields.len()];
    for (key, raw) in entries {
        let Some(cell) = fields.get(&*key).and_then(|field| cells.get_mut(*field)) else { continue };
        if cell.is_some() {
            let twice = Diagnostic::new("duplicate-column", format!("key {} stands twice in a record", quote(&key)));
            faults.push((key.to_string(), twice.value(&*key)));
            continue;
        }
        match value(&key, raw.get(), lists) {
            Ok(text) if text.len() > MOST_CELL => {
                faults.push((key.into_owned(), Diagnostic::new("too-large", "a value has more than 1 MiB")));
                *cell = Some(Cow::Borrowed(""));
            }
            Ok(text) => *cell = Some(text),
            Err(wrong) => {
                faults.push((key.into_owned(), wrong));
                *cell = Some(Cow::Borrowed(""));
            }
        }
    }
    for (key, text) in &object.extra {
        if let Some(cell) = fields.get(key).and_then(|field| cells.get_mut(*field)) {
            cell.get_or_insert(Cow::Borrowed(text));
        }
    }
    let record = cells.iter().map(|cell| cell.as_deref().unwrap_or("")).collect::<Vec<_>>();
    (Some(StringRecord::from(record)), faults)
}

/// A value as the text of a cell: numbers as they are written, lists of texts with `;` between.
pub(super) fn value<'t>(key: &str, raw: &'t str, lists: &[&str]) -> Result<Cow<'t, str>, Diagnostic> {
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str::<Text<'t>>(raw)
            .map(|t| t.0)
            .map_err(|error| Diagnostic::new("bad-json", format!("`{key}` is no proper text: {}", reason(&error)))),
        Some(b'n') => Ok(Cow::Borrowed("")),
        Some(b'[') if lists.contains(&key) => {
            let parts: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
            let parts: Result<Vec<_>, _> = parts.iter().map(|part| value(key, part.get(), &[])).collect();
            Ok(Cow::Owned(parts?.join(";")))
        }
        Some(b'[' | b'{') => {
            let wrong = Diagnostic::new("bad-json", format!("`{key}` is {}, not a text or a number", what(raw)));
            Err(wrong.hint(format!("lists stand only in {}", list_columns(lists))))
        }
        _ => Ok(Cow::Borrowed(raw)),
    }
}

fn list_columns(lists: &[&str]) -> String {
    match lists {
        [] => "some columns of events".into(),
        _ => lists.iter().map(|l| format!("`{l}`")).collect::<Vec<_>>().join(", "),
    }
}

/// A text that is borrowed where nothing in it is escaped.
#[derive(serde::Deserialize)]
struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

fn what(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'"') => "a text",
        Some(b'[') => "a list",
        Some(b'{') => "an object",
        Some(b't' | b'f') => "a truth value",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// The keys and values of an object.
fn entries<'t>(text: &'t str, object: &Object) -> serde_json::Result<Vec<(Cow<'t, str>, &'t RawValue)>> {
    struct Entries;
    impl<'t> Visitor<'t> for Entries {
        type Value = Vec<(Cow<'t, str>, &'t RawValue)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some((Text(key), raw)) = map.next_entry::<Text<'t>, &'t RawValue>()? {
                entries.push((key, raw));
            }
            Ok(entries)
        }
    }
    if object.range.is_empty() {
        return Ok(Vec::new());
    }
    serde_json::Deserializer::from_str(&text[object.range.clone()]).deserialize_map(Entries)
}

/// Where a part of a text lies in it.
pub(super) fn range_of(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    start..start + part.len()
}

/// A fault of syntax, at its line and character; `from` is where `text` starts in the file.
pub(super) fn syntax(text: &str, from: RecordStart, error: &serde_json::Error, file: &str) -> Diagnostic {
    let line = u32::try_from(error.line().max(1) - 1).unwrap_or(u32::MAX);
    let here = text.split('\n').nth(error.line().max(1) - 1).unwrap_or("");
    let before = here.bytes().zip(0..error.column().saturating_sub(1)).filter(|(b, _)| (b & 0xC0) != 0x80).count();
    let column = u32::try_from(before + 1).unwrap_or(u32::MAX);
    let location = Location::text(file, from.line.saturating_add(line), column);
    let hint = match error.classify() {
        serde_json::error::Category::Eof => "the text ends in the middle: write or fetch the file again, whole",
        _ => "a table is a list of objects, `[{\"date\": …}, …]`; JSON Lines have an object a line",
    };
    Diagnostic::new("bad-json", format!("not as JSON has it: {}", reason(error))).at(location).hint(hint)
}

/// The reason without the position, which the location has.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason).to_lowercase()
}
