//! Formats of tables: takes the name of a file, gives its rows. The formats are one table, [`READERS`].

use super::folder::Folder;
use super::table::Kind;
use super::{csv, geojson, json};
use crate::diag::{Diagnostic, Location, nearest, quote};
use crate::model::{Offset, Tables};
use std::borrow::Cow;

/// A format of tables.
pub struct Reader {
    /// Kebab-case name.
    pub name: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// Endings of its files, without the dot.
    pub endings: &'static [&'static str],
    read: fn(Input<'_>, &mut Tables) -> Vec<Diagnostic>,
}

impl Reader {
    /// Reads a table of this format, its rows going to `out`.
    pub(super) fn read(&self, input: Input<'_>, out: &mut Tables) -> Vec<Diagnostic> {
        (self.read)(input, out)
    }
}

/// Every format of tables, sorted by name.
pub const READERS: &[Reader] = &[
    Reader { name: "csv", doc: "comma-separated values, UTF-8, with a header", endings: &["csv"], read: csv::read },
    Reader { name: "geojson", doc: "a FeatureCollection of points", endings: &["geojson"], read: geojson::read },
    Reader { name: "json", doc: "a list of objects", endings: &["json"], read: json::read_list },
    Reader { name: "json-lines", doc: "an object a line", endings: &["jsonl", "ndjson"], read: json::read_lines },
];

/// A file to read.
pub(super) struct Input<'a> {
    pub kind: &'static Kind,
    pub file: &'a str,
    pub bytes: Cow<'static, [u8]>,
    pub offset: Offset,
}

/// Reads a table, its rows going to `out`.
pub(super) fn read(
    kind: &'static Kind,
    file: &str,
    folder: &Folder,
    offset: Offset,
    out: &mut Tables,
) -> Vec<Diagnostic> {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let Some(reader) = READERS.iter().find(|r| r.endings.contains(&ending.as_str())) else {
        return vec![unknown_ending(file, &ending)];
    };
    if out.tables.len() > usize::from(u16::MAX) {
        let message = format!("more than {} tables", u16::MAX);
        return vec![Diagnostic::new("too-large", message).at(Location::file(file))];
    }
    if reader.name == "csv" && super::pieces::read(kind, file, folder, offset, out) {
        return Vec::new();
    }
    match folder.read(file) {
        Ok(bytes) => reader.read(Input { kind, file, bytes, offset }, out),
        Err(diagnostic) => vec![diagnostic],
    }
}

fn unknown_ending(file: &str, ending: &str) -> Diagnostic {
    let known = || READERS.iter().flat_map(|r| r.endings.iter().copied());
    let all = known().map(|e| format!("`.{e}`")).collect::<Vec<_>>().join(", ");
    let hint = match nearest(ending, known()) {
        Some(near) => format!("did you mean `.{near}`? tables end in {all}"),
        None => format!("tables end in {all}"),
    };
    let message = format!("cannot read {}: its ending names no format of tables", quote(file));
    Diagnostic::new("cannot-read", message).value(file).at(Location::file(file)).hint(hint)
}
