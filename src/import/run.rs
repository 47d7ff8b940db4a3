//! The import: takes files of a dataset, streams their events into a table.

use super::assertion::{Assertion, Spot, Unclear};
use super::gathered::{Gathered, sources};
use super::record::{Header, Record};
use super::tally::Tally;
use super::viina::Standing;
use super::{IMPORTERS, Importer};
use crate::diag::{Checked, Diagnostic, Location};
use crate::error::{Error, Result};
use crate::read::Folder;
use csv::{ErrorKind, ReaderBuilder, StringRecord, Writer};
use std::collections::BTreeMap;
use std::io::Write;

/// Columns of the events, before the dataset's own.
const COLUMNS: &[&str] = &[
    "id", "date", "place", "lat", "lon", "actor", "status", "opponent", "kind", "source", "stance", "observed", "note",
];

/// The most bytes of a record: one that has more is what a quote left open swallowed.
const MOST_RECORD: usize = 1 << 20;

/// What an import did.
#[derive(Debug, Default)]
pub struct Imported {
    /// How many rows the files have.
    pub rows: u64,
    /// How many events were written.
    pub events: u64,
    /// How many rows say what was said before, day by day.
    pub repeats: u64,
    /// Rows that say nothing about who holds a place, by what they are about.
    pub aside: BTreeMap<&'static str, u64>,
    /// How many rows were not understood, at least in part.
    pub unclear: u64,
    /// What the events name.
    pub gathered: Gathered,
}

impl Importer {
    /// The table of its sources, as CSV.
    pub fn sources_table(&self) -> Vec<u8> {
        sources(self.sources)
    }
}

/// Writes the events of files, in their order, row by row.
///
/// With `by_id` events name their places by the ids of the table of places, else they have `lat` and `lon`.
///
/// # Errors
/// Where `into` cannot be written. `cannot-read` for a file, `missing-column` for one of another dataset, `bad-bytes`
/// and `bad-csv` for one that cannot be read to its end; `not-understood` warns of rows, once for each reason.
pub fn import(
    importer: &Importer,
    files: &[String],
    folder: &Folder,
    by_id: bool,
    into: &mut dyn Write,
) -> Result<Checked<Imported>> {
    let mut desk = Desk { importer, by_id, to: Writer::from_writer(into), done: Imported::default() };
    let header: Vec<&str> = COLUMNS.iter().chain(importer.own).copied().collect();
    desk.to.write_record(header).map_err(failed)?;
    let mut standing = Standing::default();
    let mut diagnostics = Vec::new();
    for file in files {
        desk.file(file, folder, &mut standing, &mut diagnostics)?;
    }
    desk.to.flush().map_err(|e| failed(e.into()))?;
    Ok(Checked { value: desk.done, diagnostics })
}

fn failed(error: csv::Error) -> Error {
    Error::new(format!("cannot write the events: {error}"))
}

/// Where rows become events.
struct Desk<'a> {
    importer: &'a Importer,
    by_id: bool,
    to: Writer<&'a mut dyn Write>,
    done: Imported,
}

impl Desk<'_> {
    fn file(
        &mut self,
        file: &str,
        folder: &Folder,
        standing: &mut Standing,
        found: &mut Vec<Diagnostic>,
    ) -> Result<()> {
        let opened = match folder.open(file) {
            Ok(opened) => opened,
            Err(wrong) => {
                found.push(wrong);
                return Ok(());
            }
        };
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(1 << 16).from_reader(opened);
        let mut fields = StringRecord::new();
        let mut header: Option<Header> = None;
        let mut tally = Tally::default();
        let known = found.len();
        let mut row = 0_u32;
        loop {
            row = row.saturating_add(1);
            match reader.read_record(&mut fields) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    // what follows cannot be trusted
                    found.push(unreadable(&error, file, row));
                    break;
                }
            }
            if fields.as_slice().len() > MOST_RECORD {
                let wrong = Diagnostic::new("bad-csv", "a record has more than 1 MiB").at(Location::cell(file, row, 1));
                found.push(wrong.hint("is a double quote opened and never closed?"));
                break;
            }
            let Some(header) = &header else {
                match Header::find(self.importer, &fields, file) {
                    Ok(known) => header = Some(known),
                    Err(wrong) => {
                        found.push(wrong);
                        return Ok(());
                    }
                }
                continue;
            };
            self.done.rows += 1;
            let record = Record { fields: &fields, header };
            let understood = if fields.len() == header.width {
                (self.importer.understand)(&record, standing)
            } else {
                RAGGED.into()
            };
            if let Some(unclear) = understood.unclear {
                let field = header.fields.get(unclear.column).copied().flatten().unwrap_or(0);
                let cell = header.fields.get(unclear.column).map_or("", |_| record.cell(unclear.column));
                tally.add(unclear, row, field, cell);
                self.done.unclear += 1;
            }
            if let Some(about) = understood.aside {
                *self.done.aside.entry(about).or_default() += 1;
            }
            self.done.repeats += u64::from(understood.repeats);
            for event in &understood.events {
                self.put(event)?;
            }
        }
        if header.is_none() && found.len() == known {
            let empty = Diagnostic::new("missing-column", "the file is empty").at(Location::file(file));
            let names: Vec<String> = IMPORTERS.iter().map(|i| format!("`{}`", i.name)).collect();
            found.push(
                empty.hint(format!("files of {} start with a record that names their columns", names.join(", "))),
            );
        }
        found.extend(tally.diagnostics(self.importer, file));
        Ok(())
    }

    fn put(&mut self, event: &Assertion) -> Result<()> {
        let (mut place, mut lat, mut lon) = (String::new(), String::new(), String::new());
        match &event.spot {
            Spot::Code(code) => code.clone_into(&mut place),
            Spot::Point { name, lat: y, lon: x } if self.by_id => place = self.done.gathered.place(name, *y, *x),
            Spot::Point { lat: y, lon: x, .. } => (lat, lon) = (y.to_string(), x.to_string()),
        }
        for actor in event.actors.iter().chain(&event.opponents) {
            if !self.done.gathered.actors.contains(actor) {
                self.done.gathered.actors.insert(actor.clone());
            }
        }
        let (actors, opponents) = (event.actors.join(";"), event.opponents.join(";"));
        let fixed: [&str; COLUMNS.len()] = [
            &event.id,
            &event.date,
            &place,
            &lat,
            &lon,
            &actors,
            event.status,
            &opponents,
            event.kind,
            event.source,
            "reported",
            &event.observed,
            &event.note,
        ];
        self.done.events += 1;
        self.to.write_record(fixed.into_iter().chain(event.own.iter().map(String::as_str))).map_err(failed)
    }
}

/// No column in particular.
const RAGGED: Unclear = Unclear {
    why: "it has more or fewer fields than the header",
    hint: "a text with a comma or a line break stands in double quotes",
    column: usize::MAX,
};

fn unreadable(error: &csv::Error, file: &str, row: u32) -> Diagnostic {
    let at = |field: usize| Location::cell(file, row, u32::try_from(field + 1).unwrap_or(u32::MAX));
    match error.kind() {
        ErrorKind::Utf8 { err, .. } => {
            let wrong = Diagnostic::new("bad-bytes", "a byte that is not UTF-8").at(at(err.field()));
            wrong.hint("save the file again as UTF-8")
        }
        _ => Diagnostic::new("cannot-read", format!("the file cannot be read on: {error}")).at(at(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Header, IMPORTERS, Record, Standing, StringRecord};
    use crate::model::{Kind, Offset, Status, Symbol};
    use crate::read::read_date;
    use proptest::prelude::*;

    /// Cells that datasets have, and some that they never should.
    fn cell() -> impl Strategy<Value = String> {
        let known = prop::sample::select(vec![
            "",
            "1",
            "2",
            "3",
            "7",
            "NA",
            "UA",
            "RU",
            "CONTESTED",
            "State forces",
            "2024-02-29",
            "9998-12-31",
            "7 December 2024",
            "20240229",
            "2024-02-29 00:00:00.000",
            "33.5",
            "-0",
            "NaN",
            "inf",
            "91",
            "Army;League",
            "Armed clash",
            "Government regains territory",
            "Non-state actor overtakes territory",
            "Non-violent transfer of territory",
            "Air/drone strike",
            "Peaceful protest",
        ]);
        prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<String>()]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn whatever_a_row_holds_its_events_are_ones_that_can_be_read(rows in prop::collection::vec(prop::collection::vec(cell(), 15), 1..6)) {
            for importer in IMPORTERS {
                let header = StringRecord::from(importer.columns.to_vec());
                let known = Header::find(importer, &header, "a.csv").unwrap();
                let mut standing = Standing::default();
                for row in &rows {
                    let fields = StringRecord::from(row[..importer.columns.len()].to_vec());
                    let told = (importer.understand)(&Record { fields: &fields, header: &known }, &mut standing);
                    let is_told = !told.events.is_empty() || told.aside.is_some() || told.repeats;
                    prop_assert!(is_told || told.unclear.is_some(), "{}: {row:?} is lost", importer.name);
                    for event in told.events {
                        prop_assert!(read_date("date", &event.date, Offset(0), Symbol::EMPTY).is_ok(), "{}", event.date);
                        prop_assert!(event.status.is_empty() || Status::parse(event.status).is_some());
                        prop_assert!(event.kind.is_empty() || Kind::parse(event.kind).is_some());
                        prop_assert!(event.status.is_empty() || !event.actors.is_empty(), "held by nobody");
                        prop_assert!(event.actors.iter().all(|a| !a.contains(';') && a.trim() == a && !a.is_empty()));
                        prop_assert!(importer.sources.iter().any(|source| source.id == event.source));
                        prop_assert_eq!(event.own.len(), importer.own.len());
                    }
                }
            }
        }
    }
}
