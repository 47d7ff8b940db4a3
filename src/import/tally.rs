//! What was not understood: counts rows by reason, gives a diagnostic for each.

use super::Importer;
use super::assertion::Unclear;
use crate::diag::{Diagnostic, Location, quote};
use std::collections::BTreeMap;

/// How many rows of a reason are named.
const NAMED: usize = 12;

/// The rows of a file that were not understood, by reason.
#[derive(Debug, Default)]
pub(super) struct Tally {
    reasons: BTreeMap<Unclear, Rows>,
}

/// Rows that share a reason.
#[derive(Debug, Default)]
struct Rows {
    count: u64,
    /// The first of them, counted from 1 with the header.
    first: Vec<u32>,
    /// The field and the cell of the very first.
    example: (u32, String),
}

impl Tally {
    /// Counts a row: its number, and the field and the cell that it is for.
    pub fn add(&mut self, unclear: Unclear, row: u32, field: usize, cell: &str) {
        let rows = self.reasons.entry(unclear).or_default();
        if rows.count == 0 {
            rows.example = (u32::try_from(field + 1).unwrap_or(u32::MAX), cell.to_owned());
        }
        rows.count += 1;
        if rows.first.len() < NAMED {
            rows.first.push(row);
        }
    }

    /// A warning for each reason.
    pub fn diagnostics(self, importer: &Importer, file: &str) -> Vec<Diagnostic> {
        let tell = |(unclear, rows): (Unclear, Rows)| {
            let column = importer.columns.get(unclear.column).copied().unwrap_or_default();
            let (field, value) = rows.example;
            let subject = match rows.count {
                1 => "a row is not understood".to_owned(),
                count => format!("{count} rows are not understood"),
            };
            let shown = if column.is_empty() { String::new() } else { format!(" (`{column}` {})", quote(&value)) };
            let mut warning = Diagnostic::new("not-understood", format!("{subject}: {}{shown}", unclear.why))
                .value(value)
                .at(Location::cell(file, rows.first[0], field));
            if rows.count > 1 {
                let others: Vec<String> = rows.first[1..].iter().map(u32::to_string).collect();
                let more = rows.count - rows.first.len() as u64;
                let more = if more == 0 { String::new() } else { format!(" and {more} more") };
                let noun = if rows.count == 2 { "row" } else { "rows" };
                warning = warning.hint(format!("also {noun} {}{more}", others.join(", ")));
            }
            warning.hint(unclear.hint)
        };
        self.reasons.into_iter().map(tell).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use crate::import::IMPORTERS;
    use crate::import::assertion::Unclear;

    #[test]
    fn many_rows_of_a_reason_are_one_warning_that_names_the_first() {
        let mut tally = Tally::default();
        for row in 2..32 {
            tally.add(Unclear { why: "why not", hint: "do this", column: 0 }, row, 4, "x");
        }
        tally.add(Unclear { why: "another", hint: "do that", column: 1 }, 40, 0, "");
        let told: Vec<String> =
            tally.diagnostics(&IMPORTERS[0], "a.csv").iter().map(std::string::ToString::to_string).collect();
        assert_eq!(told.len(), 2);
        assert!(told[0].starts_with("warning[not-understood]: a row is not understood: another"), "{}", told[0]);
        assert!(told[1].contains("30 rows are not understood: why not") && told[1].contains("--> a.csv:2:5"));
        assert!(told[1].contains("also rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 18 more"), "{}", told[1]);
    }
}
