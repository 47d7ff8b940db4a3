//! Parquet: takes a table, gives a file of flat columns with types; the unknown is null.
//!
//! A column of days is of dates; where one of them has a time, all are text as in CSV.

use super::{Cell, Table};
use crate::model::Day;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::sync::Arc;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Date,
    Count,
    Number,
    Flag,
}

/// Columns that count, and those that measure, by their beginning: they are what they are when empty, too.
const COUNTS: &[&str] = &["regions", "settlements", "population", "places", "contested"];
const MEASURES: &[&str] = &["share_", "km2_"];

/// Writes a table.
pub(super) fn write(table: &Table) -> Vec<u8> {
    written(table).expect("flat columns in memory are written")
}

fn written(table: &Table) -> Result<Vec<u8>> {
    let kinds: Vec<Kind> = (0..table.columns.len()).map(|i| kind(table, i)).collect();
    let fields = table.columns.iter().zip(&kinds).map(|(name, kind)| Ok(Arc::new(field(name, *kind)?)));
    let fields = fields.collect::<Result<Vec<_>>>()?;
    let schema = Arc::new(Type::group_type_builder("table").with_fields(fields).build()?);
    let about = format!("controlmap {}", env!("CARGO_PKG_VERSION"));
    let properties = Arc::new(WriterProperties::builder().set_created_by(about).build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties)?;
    let mut group = writer.next_row_group()?;
    for (i, kind) in kinds.iter().enumerate() {
        let cells = || table.rows.iter().filter_map(|row| row.get(i));
        let levels: Vec<i16> = cells().map(|cell| i16::from(*cell != Cell::Empty)).collect();
        let Some(mut column) = group.next_column()? else { break };
        match column.untyped() {
            ColumnWriter::BoolColumnWriter(to) => {
                let values: Vec<bool> =
                    cells().filter(|c| **c != Cell::Empty).map(|c| *c == Cell::Flag(true)).collect();
                to.write_batch(&values, Some(&levels), None)?;
            }
            ColumnWriter::Int32ColumnWriter(to) => {
                let values: Vec<i32> = cells().filter_map(text).filter_map(|text| Some(day(&text)?.0)).collect();
                to.write_batch(&values, Some(&levels), None)?;
            }
            ColumnWriter::Int64ColumnWriter(to) => {
                let values: Vec<i64> = cells().filter_map(text).filter_map(|text| text.parse().ok()).collect();
                to.write_batch(&values, Some(&levels), None)?;
            }
            ColumnWriter::DoubleColumnWriter(to) => {
                let values: Vec<f64> = cells().filter_map(text).filter_map(|text| text.parse().ok()).collect();
                to.write_batch(&values, Some(&levels), None)?;
            }
            ColumnWriter::ByteArrayColumnWriter(to) => {
                let values: Vec<ByteArray> =
                    cells().filter_map(text).map(|text| ByteArray::from(text.as_str())).collect();
                to.write_batch(&values, Some(&levels), None)?;
            }
            _ => debug_assert!(false, "{kind:?} is written as one of these"),
        }
        column.close()?;
    }
    group.close()?;
    writer.into_inner()
}

fn field(name: &str, kind: Kind) -> Result<Type> {
    let (physical, logical) = match kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Count => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
    };
    Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

/// What a cell says, as in CSV; nothing where it is empty.
fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Empty => None,
        Cell::Text(text) | Cell::Number(text) => Some(text.clone()),
        Cell::Flag(flag) => Some(flag.to_string()),
    }
}

/// A day written as ISO 8601.
fn day(text: &str) -> Option<Day> {
    let date: jiff::civil::Date = text.parse().ok().filter(|_| text.len() == 10)?;
    Day::of(date.year(), date.month(), date.day())
}

/// What the values of a column are: what all of them can be.
fn kind(table: &Table, column: usize) -> Kind {
    let name = table.columns[column];
    let cells = || table.rows.iter().filter_map(|row| row.get(column)).filter(|cell| **cell != Cell::Empty);
    let all = |test: fn(&Cell) -> bool| cells().all(test);
    let whole = |cell: &Cell| matches!(cell, Cell::Number(digits) if digits.parse::<i64>().is_ok());
    let number = |cell: &Cell| matches!(cell, Cell::Number(digits) if digits.parse::<f64>().is_ok());
    let date = |cell: &Cell| matches!(cell, Cell::Text(text) if day(text).is_some());
    let is_empty = cells().next().is_none();
    match name {
        _ if COUNTS.contains(&name) && all(whole) => Kind::Count,
        _ if MEASURES.iter().any(|start| name.starts_with(start)) && all(number) => Kind::Number,
        "date" | "since" | "earliest" | "latest" | "decided_first" | "decided_last" if is_empty => Kind::Date,
        "stale" if is_empty => Kind::Flag,
        _ if is_empty => Kind::Text,
        _ if all(|cell| matches!(cell, Cell::Flag(_))) => Kind::Flag,
        _ if all(number) => Kind::Number,
        _ if all(date) => Kind::Date,
        _ => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Table, write};
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    fn read(table: &Table) -> Vec<Vec<(String, Field)>> {
        let bytes = bytes::Bytes::from(write(table));
        let reader = SerializedFileReader::new(bytes).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        rows.map(|row| row.unwrap().into_columns()).collect()
    }

    #[test]
    fn a_table_comes_back_with_its_types_and_its_nulls() {
        let number = |digits: &str| Cell::Number(digits.into());
        let table = Table {
            columns: &["date", "actor", "share_low", "regions", "stale", "since"],
            rows: vec![
                vec![
                    Cell::text("2024-12-07"),
                    Cell::text("درعا"),
                    number("0.5"),
                    number("3"),
                    Cell::Flag(true),
                    Cell::Empty,
                ],
                vec![Cell::text("2024-12-08"), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Flag(false), Cell::Empty],
            ],
        };
        let rows = read(&table);
        let values = |row: usize| rows[row].iter().map(|(_, value)| value.clone()).collect::<Vec<_>>();
        let first = [
            Field::Date(20_064),
            Field::Str("درعا".into()),
            Field::Double(0.5),
            Field::Long(3),
            Field::Bool(true),
            Field::Null,
        ];
        assert_eq!(values(0), first);
        assert_eq!(values(1)[..2], [Field::Date(20_065), Field::Null]);
        assert_eq!(values(1)[2..], [Field::Null, Field::Null, Field::Bool(false), Field::Null]);
        assert_eq!(write(&table), write(&table));
    }

    #[test]
    fn instants_are_text_and_a_table_without_rows_has_its_columns() {
        let table = Table {
            columns: &["date"],
            rows: vec![vec![Cell::text("2024-12-07")], vec![Cell::text("2024-12-07T01:02:03Z")]],
        };
        assert_eq!(read(&table)[0][0].1, Field::Str("2024-12-07".into()));
        let empty = Table { columns: &["place", "km2_low"], rows: vec![] };
        assert!(read(&empty).is_empty());
        let odd = Table { columns: &["share_low"], rows: vec![vec![Cell::text("x")], vec![Cell::Number("?".into())]] };
        assert_eq!(read(&odd)[1][0].1, Field::Str("?".into()));
    }
}
