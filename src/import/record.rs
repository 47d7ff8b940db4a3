//! Records of a file: takes its header, gives cells by the dataset's columns.

use super::{IMPORTERS, Importer};
use crate::diag::{Diagnostic, Location};
use csv::StringRecord;

/// A record and where its columns stand.
pub(super) struct Record<'a> {
    pub fields: &'a StringRecord,
    pub header: &'a Header,
}

impl<'a> Record<'a> {
    /// The cell of a column without blanks at its ends; empty where the file does not have that column.
    pub fn cell(&self, slot: usize) -> &'a str {
        self.header.fields[slot].and_then(|field| self.fields.get(field)).unwrap_or("").trim()
    }
}

/// Where the columns of a dataset stand in a file.
#[derive(Debug)]
pub(super) struct Header {
    /// The field of each of [`Importer::columns`].
    pub fields: Vec<Option<usize>>,
    /// How many fields a record has.
    pub width: usize,
}

impl Header {
    /// Finds the columns, in any order, with small or capital letters.
    ///
    /// # Errors
    /// `missing-column` with those that are not there.
    pub fn find(importer: &Importer, names: &StringRecord, file: &str) -> Result<Self, Diagnostic> {
        let field = |column: &str| names.iter().position(|name| name.trim().eq_ignore_ascii_case(column));
        let missing = missing(importer, names);
        if missing.is_empty() {
            let fields = importer.columns.iter().map(|column| field(column)).collect();
            return Ok(Self { fields, width: names.len() });
        }
        let list = missing.iter().map(|alternatives| listed(alternatives)).collect::<Vec<_>>().join(", ");
        let columns = if missing.len() == 1 { "column" } else { "columns" };
        let message = format!("the header has no {columns} {list}: this is no file of `{}`", importer.name);
        let wrong = Diagnostic::new("missing-column", message).at(Location::cell(file, 1, 1));
        let other = IMPORTERS.iter().find(|other| self::missing(other, names).is_empty());
        Err(wrong.hint(match other {
            Some(other) => format!("its columns are those of `{}`", other.name),
            None if names.len() == 1 => "fields are parted by commas".to_owned(),
            None => "the first record names the columns, as the dataset's own export has them".to_owned(),
        }))
    }
}

/// What a dataset needs and a header does not have.
fn missing(importer: &Importer, names: &StringRecord) -> Vec<&'static [&'static str]> {
    let has = |column: &str| names.iter().any(|name| name.trim().eq_ignore_ascii_case(column));
    importer.needs.iter().copied().filter(|alternatives| !alternatives.iter().any(|c| has(c))).collect()
}

fn listed(alternatives: &[&str]) -> String {
    alternatives.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(" or ")
}
