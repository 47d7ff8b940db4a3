//! Rows to bytes.

use super::{Cell, Table};
use serde_json::Value;

/// A format of tables.
#[derive(Debug)]
pub struct Format {
    /// Name, and the ending of its files.
    pub name: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// Rows to bytes.
    pub write: fn(&Table) -> Vec<u8>,
}

/// Every format of tables, sorted by name.
pub const FORMATS: &[Format] = &[
    Format { name: "csv", doc: "comma-separated values with a header, UTF-8", write: csv },
    Format { name: "json", doc: "a list of objects, one a line", write: json },
    Format { name: "parquet", doc: "columns with types, for data frames", write: super::parquet::write },
];

/// Finds a format by its name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name.eq_ignore_ascii_case(name))
}

fn csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let fields = |row: &[Cell]| -> Vec<String> { row.iter().map(field).collect() };
    writer.write_record(table.columns).expect("writing to memory does not fail");
    for row in &table.rows {
        writer.write_record(fields(row)).expect("writing to memory does not fail");
    }
    writer.into_inner().expect("writing to memory does not fail")
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Number(text) => text.clone(),
        Cell::Flag(flag) => flag.to_string(),
    }
}

fn json(table: &Table) -> Vec<u8> {
    let mut text = String::from("[");
    for (i, row) in table.rows.iter().enumerate() {
        text.push_str(if i == 0 { "\n  {" } else { ",\n  {" });
        for (j, (column, cell)) in table.columns.iter().zip(row).enumerate() {
            if j > 0 {
                text.push(',');
            }
            text.push_str(&format!("{}:", Value::from(*column)));
            match cell {
                Cell::Empty => text.push_str("null"),
                Cell::Text(words) => text.push_str(&Value::from(words.as_str()).to_string()),
                Cell::Number(digits) => text.push_str(digits),
                Cell::Flag(flag) => text.push_str(&flag.to_string()),
            }
        }
        text.push('}');
    }
    text.push_str(if table.rows.is_empty() { "]\n" } else { "\n]\n" });
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::{Cell, Table, csv, format, json};

    fn table() -> Table {
        Table {
            columns: &["name", "km2", "stale"],
            rows: vec![
                vec![Cell::text("Deraa, \"the city\""), Cell::Number("12.5".into()), Cell::Flag(false)],
                vec![Cell::text("درعا"), Cell::Empty, Cell::Flag(true)],
            ],
        }
    }

    #[test]
    fn csv_quotes_what_must_be_and_leaves_the_unknown_empty() {
        let text = String::from_utf8(csv(&table())).unwrap();
        assert_eq!(text, "name,km2,stale\n\"Deraa, \"\"the city\"\"\",12.5,false\nدرعا,,true\n");
    }

    #[test]
    fn json_has_numbers_as_numbers_and_the_unknown_as_null() {
        let value: serde_json::Value = serde_json::from_slice(&json(&table())).unwrap();
        assert_eq!(value[0]["km2"], 12.5);
        assert_eq!(value[0]["name"], "Deraa, \"the city\"");
        assert_eq!(value[1]["km2"], serde_json::Value::Null);
        assert_eq!(value[1]["stale"], true);
        assert_eq!(json(&Table::default()), b"[]\n");
    }

    #[test]
    fn formats_go_by_their_ending_in_any_case() {
        assert_eq!(format("CSV").map(|f| f.name), Some("csv"));
        assert!(format("svg").is_none());
    }
}
