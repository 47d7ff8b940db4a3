//! Tables: takes records and what kind of table they are of, gives its rows.

use super::column::{Columns, Heading};
use super::fault::Faults;
use super::reader::Input;
use crate::diag::{Diagnostic, Location, quote};
use crate::model::{EventDate, Offset, Origin, Symbol, Table, Tables};
use ::csv::StringRecord;

/// The most columns of a table.
pub(super) const MOST_COLUMNS: usize = 4_096;
/// What parts fields in tables that are not CSV.
pub(super) const SEPARATORS: [char; 2] = [';', '\t'];
/// The most bytes of a cell.
pub(super) const MOST_CELL: usize = 1 << 20;

/// A kind of table: its columns, and how a row of it is understood.
pub(super) struct Kind {
    /// What it holds, in the plural.
    pub name: &'static str,
    /// Columns that it knows.
    pub columns: &'static [&'static str],
    /// Columns that it cannot do without: each entry is a list of alternatives.
    pub needs: &'static [&'static [&'static [&'static str]]],
    /// Whether `name:xx` columns, and `short:xx` where there is `short`, are known too.
    pub has_languages: bool,
    /// Columns that hold lists with `;`.
    pub lists: &'static [&'static str],
    /// Understands a row and adds it.
    pub row: fn(&Row<'_>, &mut Reading<'_>),
}

/// The fields of a record.
pub(super) enum Fields<'a> {
    /// As a reader of a format gives them.
    Record(&'a StringRecord),
    /// A line, cut at its commas.
    Line(&'a [&'a str]),
}

/// A record and the columns that its fields belong to.
pub(super) struct Row<'a> {
    pub columns: &'a Columns,
    pub fields: Fields<'a>,
    /// Record, counted as in [`Origin::row`].
    pub number: u32,
}

impl<'a> Row<'a> {
    /// The cell of a column, empty where the table does not have it.
    pub fn cell(&self, slot: usize) -> &'a str {
        self.columns.field(slot).map_or("", |field| self.field(field))
    }

    /// The cell of a field.
    pub fn field(&self, field: usize) -> &'a str {
        match &self.fields {
            Fields::Record(record) => record.get(field),
            Fields::Line(fields) => fields.get(field).copied(),
        }
        .unwrap_or("")
    }

    /// What a column says in each language, by tag.
    pub fn translated(&self, column: &str) -> Vec<(String, String)> {
        let said = self.columns.languages.iter().filter(|(_, name, _)| *name == column);
        let said = said.map(|(field, _, tag)| (tag.clone(), self.field(*field).to_owned()));
        said.filter(|(_, text)| !text.is_empty()).collect()
    }
}

/// A table while it is being read.
pub(super) struct Reading<'o> {
    /// The table, to point into.
    pub table: Table,
    /// Where rows and texts go.
    pub out: &'o mut Tables,
    /// The project's time zone.
    pub offset: Offset,
    kind: &'static Kind,
    index: u16,
    faults: Faults,
    /// The text of each column's latest symbol: a sorted table says the same again and again.
    recent: Vec<Symbol>,
    recent_dates: Vec<Option<EventDate>>,
}

impl<'o> Reading<'o> {
    /// Starts a table with its header; `None` for the columns where one that is needed is missing.
    pub fn start(input: &Input<'_>, table: Table, header: &[Heading], out: &'o mut Tables) -> (Option<Columns>, Self) {
        let (kind, offset) = (input.kind, input.offset);
        let mut found = Vec::new();
        let columns = Columns::resolve(kind, header, &mut found);
        let mut missing = columns.missing(kind, input.file);
        let complete = missing.is_empty();
        if let [alone] = header
            && alone.name.contains(SEPARATORS)
        {
            // the columns are there, between separators of another kind
            missing.clear();
        }
        let index = u16::try_from(out.tables.len()).expect("the number of tables was checked");
        let mut reading = Self::piece(kind, offset, table, index, out);
        for diagnostic in found.into_iter().chain(missing) {
            reading.fault_at(diagnostic);
        }
        (complete.then_some(columns), reading)
    }

    /// Starts a piece of a table whose header is known.
    pub fn piece(kind: &'static Kind, offset: Offset, table: Table, index: u16, out: &'o mut Tables) -> Self {
        let count = kind.columns.len();
        Self {
            table,
            out,
            offset,
            kind,
            index,
            faults: Faults::default(),
            recent: vec![Symbol::EMPTY; count],
            recent_dates: vec![None; count],
        }
    }

    /// Tells whether nothing was found so far.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// How many faults were found so far.
    pub fn fault_count(&self) -> u64 {
        self.faults.count()
    }

    /// A table without records.
    pub fn empty(table: Table, found: Vec<Diagnostic>, out: &mut Tables) -> Vec<Diagnostic> {
        out.tables.push(table);
        found
    }

    /// Ends the table.
    pub fn finish(self) -> Vec<Diagnostic> {
        let found = self.faults.finish();
        self.out.tables.push(self.table);
        found
    }

    /// Reports a fault that has its location.
    pub fn fault_at(&mut self, diagnostic: Diagnostic) {
        let location = diagnostic.location.clone().unwrap_or_else(|| Location::file(&self.table.file));
        self.faults.add(diagnostic, || location);
    }

    /// Reports a fault of a cell.
    pub fn fault(&mut self, row: &Row<'_>, slot: usize, diagnostic: Diagnostic) {
        let (table, column) = (&self.table, self.kind.columns[slot]);
        self.faults.add(diagnostic, || table.locate(row.number, column));
    }

    /// Reports a fault of a cell in a column of the user's own.
    pub fn fault_of_own(&mut self, row: &Row<'_>, column: &str, diagnostic: Diagnostic) {
        let table = &self.table;
        self.faults.add(diagnostic, || table.locate(row.number, column));
    }

    /// Reports an empty cell where a value is needed.
    pub fn missing(&mut self, row: &Row<'_>, slot: usize) {
        let message = format!("`{}` is empty", self.kind.columns[slot]);
        self.fault(row, slot, Diagnostic::new("missing-value", message).hint("fill it in, or remove the row"));
    }

    /// Where a row stands.
    pub fn origin(&self, row: &Row<'_>) -> Origin {
        Origin { table: self.index, row: row.number }
    }

    /// A cell as a symbol.
    pub fn symbol(&mut self, row: &Row<'_>, slot: usize) -> Symbol {
        let text = row.cell(slot);
        if text.is_empty() {
            return Symbol::EMPTY;
        }
        if self.out.texts.text(self.recent[slot]) != text {
            self.recent[slot] = self.out.texts.add(text);
        }
        self.recent[slot]
    }

    /// A cell as a list with `;`: blanks around `;` are cut.
    pub fn list(&mut self, row: &Row<'_>, slot: usize) -> Symbol {
        let text = row.cell(slot);
        if !text.contains(';') {
            return self.symbol(row, slot);
        }
        let last = text.split(';').count() - 1;
        let cut = text.split(';').enumerate().map(|(i, part)| {
            let part = if i == 0 { part } else { part.trim_start() };
            if i == last { part } else { part.trim_end() }
        });
        let parts: Vec<&str> = cut.collect();
        if parts.iter().any(|part| part.trim().is_empty()) {
            let message = format!("`{}` {} has nothing beside a `;`", self.kind.columns[slot], quote(text));
            let wrong = Diagnostic::new("bad-id", message).value(text).hint("`;` stands between two ids");
            self.fault(row, slot, wrong);
        }
        self.out.texts.add(&parts.join(";"))
    }

    /// A cell as a date, `None` where it is empty or wrong.
    pub fn date(&mut self, row: &Row<'_>, slot: usize) -> Option<EventDate> {
        let text = row.cell(slot);
        if text.is_empty() {
            return None;
        }
        if let Some(day) = super::date::plain(text.as_bytes()) {
            return Some(EventDate::day(day));
        }
        if let Some(date) = self.recent_dates[slot]
            && self.out.texts.text(date.text) == text
        {
            return Some(date);
        }
        let column = self.kind.columns[slot];
        match super::read_date(column, text, self.offset, Symbol::EMPTY) {
            Ok(date) => {
                self.recent_dates[slot] = Some(EventDate { text: self.out.texts.add(text), ..date });
                self.recent_dates[slot]
            }
            Err(wrong) => {
                self.fault(row, slot, wrong);
                None
            }
        }
    }

    /// A cell understood by a function of column and text, `None` where it is empty or wrong.
    pub fn value<T>(
        &mut self,
        row: &Row<'_>,
        slot: usize,
        read: impl FnOnce(&str, &str) -> Result<T, Diagnostic>,
    ) -> Option<T> {
        let text = row.cell(slot);
        if text.is_empty() {
            return None;
        }
        match read(self.kind.columns[slot], text) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.fault(row, slot, wrong);
                None
            }
        }
    }

    /// Longitude and latitude in degrees: `None` where both cells are empty, `Err` where they are no point.
    pub fn point(&mut self, row: &Row<'_>, lat: usize, lon: usize) -> Option<Result<[f64; 2], ()>> {
        if row.cell(lat).is_empty() && row.cell(lon).is_empty() {
            return None;
        }
        for slot in [lat, lon] {
            if row.cell(slot).is_empty() {
                self.missing(row, slot);
            }
        }
        let degrees = [lat, lon].map(|slot| self.value(row, slot, super::value::coordinate));
        let [Some(north), Some(east)] = degrees else { return Some(Err(())) };
        if let Some((column, wrong)) = super::value::off_globe(north, east) {
            self.fault(row, if column == "lat" { lat } else { lon }, wrong);
            return Some(Err(()));
        }
        Some(Ok([east, north]))
    }

    /// A cell that must hold an id.
    pub fn id(&mut self, row: &Row<'_>, slot: usize) -> Option<String> {
        let text = row.cell(slot);
        if text.is_empty() {
            self.missing(row, slot);
            return None;
        }
        self.value(row, slot, |column, id| match super::value::bad_id(column, id) {
            Some(wrong) => Err(wrong),
            None => Ok(id.to_owned()),
        })
    }

    /// The names of the `name` and `name:xx` columns; the id where `name` is empty.
    pub fn names(&self, row: &Row<'_>, name: &str, id: &str) -> crate::model::Names {
        let default = if name.is_empty() { id } else { name }.to_owned();
        crate::model::Names { default, by_language: row.translated("name") }
    }
}
