//! Diagnostics as text for people and as JSON for programs.

use clap::builder::styling::{AnsiColor, Effects, Style};
use controlmap::diag::{Diagnostic, Severity, Spot};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many faults of one code are printed before the rest is only counted.
const SHOWN: usize = 20;

const BOLD: Style = Style::new().effects(Effects::BOLD);
const ERROR: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
const WARNING: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
const ARROW: Style = AnsiColor::Blue.on_default().effects(Effects::BOLD);
const HINT: Style = AnsiColor::Cyan.on_default();

/// The report of sorted diagnostics, an entry each; unless `whole`, the first of each code and a count.
pub fn text(diagnostics: &[Diagnostic], whole: bool, colour: bool) -> String {
    let mut text = String::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        let count = seen.entry(diagnostic.code.name).or_default();
        *count += 1;
        if whole || *count <= SHOWN {
            entry(&mut text, diagnostic, colour);
        }
    }
    for (code, count) in seen.into_iter().filter(|(_, count)| !whole && *count > SHOWN) {
        let _ = writeln!(text, "… and {} more `{code}`; `-v` shows them", count - SHOWN);
    }
    text
}

fn entry(text: &mut String, diagnostic: &Diagnostic, colour: bool) {
    let paint = |style: Style, words: &str| painted(style, words, colour);
    let style = match diagnostic.severity() {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
    };
    let head = paint(style, &format!("{}[{}]", diagnostic.severity().word(), diagnostic.code.name));
    let _ = writeln!(text, "{head}{}", paint(BOLD, &format!(": {}", diagnostic.message)));
    if let Some(location) = &diagnostic.location {
        let _ = writeln!(text, "  {} {location}", paint(ARROW, "-->"));
    }
    for hint in &diagnostic.hints {
        let _ = writeln!(text, "  {} {hint}", paint(HINT, "hint:"));
    }
}

/// `error`, painted where there is colour.
pub fn error_word(colour: bool) -> String {
    painted(ERROR, "error", colour)
}

fn painted(style: Style, words: &str, colour: bool) -> String {
    if colour { format!("{style}{words}{style:#}") } else { words.to_owned() }
}

/// The count of errors and warnings: `2 errors, 1 warning`.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let of = |severity| diagnostics.iter().filter(|d| d.severity() == severity).count();
    let parts: Vec<String> = [Severity::Error, Severity::Warning]
        .into_iter()
        .filter(|severity| of(*severity) > 0)
        .map(|severity| number(of(severity), severity.word()))
        .collect();
    if parts.is_empty() { "no errors, no warnings".to_owned() } else { parts.join(", ") }
}

/// A count with its noun: `1 error`, `2 errors`, `3 entries`.
pub fn number(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}

/// A diagnostic as an object; what does not apply is left out.
#[derive(Serialize)]
struct Entry<'a> {
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feature: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ring: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vertex: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    hints: &'a [String],
}

/// The report as a JSON array, an object a line.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    let lines: Vec<String> = diagnostics
        .iter()
        .map(|d| format!("  {}", serde_json::to_string(&object(d)).expect("texts and numbers are JSON")))
        .collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

fn object(diagnostic: &Diagnostic) -> Entry<'_> {
    let mut entry = Entry {
        severity: diagnostic.severity().word(),
        code: diagnostic.code.name,
        message: &diagnostic.message,
        file: diagnostic.location.as_ref().map(|l| l.file.as_str()),
        row: None,
        line: None,
        column: None,
        feature: None,
        id: None,
        ring: None,
        vertex: None,
        value: diagnostic.value.as_deref(),
        hints: &diagnostic.hints,
    };
    match diagnostic.location.as_ref().map(|l| &l.spot) {
        None | Some(Spot::File) => {}
        Some(Spot::Cell { row, column }) => (entry.row, entry.column) = (Some(*row), Some(*column)),
        Some(Spot::Text { line, column }) => (entry.line, entry.column) = (Some(*line), Some(*column)),
        Some(Spot::Feature { index, id, ring, vertex }) => {
            (entry.feature, entry.id) = (Some(*index), id.as_deref());
            (entry.ring, entry.vertex) = (*ring, *vertex);
        }
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::{json, number, summary, text};
    use controlmap::diag::{Diagnostic, Location};

    fn unknown(row: u32) -> Diagnostic {
        Diagnostic::new("unknown-place", "place \"Hamah \" matches no region")
            .value("Hamah ")
            .at(Location::cell("events.csv", row, 3))
            .hint("did you mean \"Hama\" (SY05)?")
    }

    #[test]
    fn without_colour_an_entry_is_what_the_diagnostic_prints() {
        assert_eq!(text(&[unknown(17)], false, false), format!("{}\n", unknown(17)));
        assert!(text(&[unknown(17)], false, true).contains("\u{1b}[1m"));
    }

    #[test]
    fn many_of_a_kind_are_counted_unless_all_are_asked_for() {
        let many: Vec<_> = (2..32).map(unknown).collect();
        let short = text(&many, false, false);
        assert_eq!(short.matches("error[unknown-place]").count(), 20);
        assert!(short.ends_with("… and 10 more `unknown-place`; `-v` shows them\n"));
        assert_eq!(text(&many, true, false).matches("error[unknown-place]").count(), 30);
    }

    #[test]
    fn numbers_agree_with_nouns() {
        assert_eq!(number(1, "error"), "1 error");
        assert_eq!(number(0, "warning"), "0 warnings");
        assert_eq!(number(2, "boundary"), "2 boundaries");
        let warning = Diagnostic::new("duplicate-row", "rows 2 and 3 are the same");
        assert_eq!(summary(&[unknown(2), unknown(3), warning]), "2 errors, 1 warning");
        assert_eq!(summary(&[]), "no errors, no warnings");
    }

    #[test]
    fn json_tells_rows_from_lines() {
        let value: serde_json::Value = serde_json::from_str(&json(&[
            unknown(17),
            Diagnostic::new("bad-json", "x").at(Location::text("a.json", 4, 2)),
        ]))
        .unwrap();
        assert_eq!(
            (&value[0]["row"], &value[0]["column"], &value[0]["value"]),
            (&17.into(), &3.into(), &"Hamah ".into())
        );
        assert_eq!((&value[1]["line"], value[1].get("row")), (&4.into(), None));
        assert_eq!(json(&[]), "[]\n");
    }
}
