//! `check --fix`: adds suggested spellings to the names table, for the user to confirm.

use super::input::Joined;
use super::output;
use super::report::number;
use controlmap::diag::quote;
use controlmap::error::{Error, Result};
use controlmap::join::Suggestion;
use controlmap::write;
use std::path::Path;

/// The names table of a project that has none.
const USUAL: &str = "names.csv";

/// Adds the suggestions to the names table and says what was written.
///
/// # Errors
/// When the names table is none that rows can be added to, or cannot be written.
pub fn add(joined: &Joined) -> Result<()> {
    let suggestions = &joined.report.suggestions;
    if suggestions.is_empty() {
        output::to_stderr("no spelling to suggest\n");
        return Ok(());
    }
    let inputs = &joined.project.inputs;
    let name = inputs.names.as_deref().unwrap_or(USUAL);
    let path = joined.project.folder.join(name);
    let old = match std::fs::read(&path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| cannot(&path, "it is not UTF-8"))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(cannot(&path, &error.to_string())),
    };
    if Path::new(name).extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("csv")) {
        return Err(cannot(&path, "rows are added to CSV only; add them by hand"));
    }
    let new = with_rows(&old, suggestions).map_err(|why| cannot(&path, &why))?;
    write::save(&path, new.as_bytes())?;
    let mut said =
        format!("wrote {} to {}; confirm or remove them:\n", number(suggestions.len(), "row"), path.display());
    for Suggestion { written, id, .. } in suggestions {
        said.push_str(&format!("  {} is {id}\n", quote(written)));
    }
    if inputs.names.is_none() {
        said.push_str(&format!(
            "the project has no names table yet: add `names = \"{USUAL}\"`, or `--names {USUAL}`\n"
        ));
    }
    output::to_stderr(&said);
    Ok(())
}

fn cannot(path: &Path, why: &str) -> Error {
    Error::new(format!("cannot add names to `{}`: {why}", path.display()))
}

/// The text of a names table with further rows at its end; nothing else of it changes.
fn with_rows(old: &str, suggestions: &[Suggestion]) -> std::result::Result<String, String> {
    let old = if old.trim().is_empty() { "id,name,lang\n" } else { old };
    let body = old.strip_prefix('\u{feff}').unwrap_or(old);
    let header = csv::Reader::from_reader(body.as_bytes()).headers().map_err(|e| e.to_string())?.clone();
    for needed in ["id", "name"] {
        if !header.iter().any(|column| column == needed) {
            return Err(format!("it has no column `{needed}`"));
        }
    }
    let line_end = if old.contains("\r\n") { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    let mut rows = csv::WriterBuilder::new().terminator(line_end).from_writer(Vec::new());
    for Suggestion { written, id, lang } in suggestions {
        let record = header.iter().map(|column| match column {
            "id" => id.as_str(),
            "name" => written.as_str(),
            "lang" => lang.as_str(),
            _ => "",
        });
        rows.write_record(record).map_err(|e| e.to_string())?;
    }
    let rows = String::from_utf8(rows.into_inner().map_err(|e| e.to_string())?).map_err(|e| e.to_string())?;
    let gap = match (old.ends_with('\n'), old.contains("\r\n")) {
        (true, _) => "",
        (false, true) => "\r\n",
        (false, false) => "\n",
    };
    Ok(format!("{old}{gap}{rows}"))
}

#[cfg(test)]
mod tests {
    use super::with_rows;
    use controlmap::join::Suggestion;

    fn hama() -> Vec<Suggestion> {
        vec![Suggestion { written: "Hamah, city".into(), id: "SY05".into(), lang: "en".into() }]
    }

    #[test]
    fn rows_go_to_the_end_and_follow_the_header() {
        assert_eq!(with_rows("", &hama()).unwrap(), "id,name,lang\nSY05,\"Hamah, city\",en\n");
        let old = "lang,x-by,name,id\nar,me,حماة,SY05";
        assert_eq!(with_rows(old, &hama()).unwrap(), format!("{old}\nen,,\"Hamah, city\",SY05\n"));
        let old = "\u{feff}id,name\r\nA,B\r\n";
        assert_eq!(with_rows(old, &hama()).unwrap(), format!("{old}SY05,\"Hamah, city\"\r\n"));
    }

    #[test]
    fn a_table_without_its_columns_is_left_alone() {
        assert!(with_rows("code,spelling\n", &hama()).is_err());
    }
}
