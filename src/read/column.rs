//! Columns of a table: takes a header, gives the field of each column that the table knows.

use super::table::{Kind, MOST_COLUMNS, SEPARATORS};
use crate::diag::{Diagnostic, Location, did_you_mean, quote};

/// A column as a file names it.
#[derive(Debug)]
pub(super) struct Heading {
    pub name: String,
    pub location: Location,
}

/// Which field holds which column.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The field of each column of [`Kind::columns`].
    fields: Vec<Option<usize>>,
    /// `name:xx` and `short:xx`: field, column and tag, sorted by tag.
    pub languages: Vec<(usize, &'static str, String)>,
    /// The user's own columns: field and name.
    pub own: Vec<(usize, String)>,
}

/// The columns that may stand once more for each language, as `name:ar`.
const TRANSLATED: [&str; 2] = ["name", "short"];

/// Declares the columns of a table: an enum to name a slot, and the list of names.
macro_rules! columns {
    ($($slot:ident = $name:literal),+ $(,)?) => {
        #[derive(Clone, Copy)]
        enum Column { $($slot),+ }

        const COLUMNS: &[&str] = &[$($name),+];
    };
}
pub(super) use columns;

impl Columns {
    /// Resolves a header; what is wrong with it goes to `found`.
    pub fn resolve(kind: &Kind, header: &[Heading], found: &mut Vec<Diagnostic>) -> Self {
        let mut columns = Self { fields: vec![None; kind.columns.len()], ..Self::default() };
        for (field, heading) in header.iter().enumerate() {
            let name = heading.name.as_str();
            let translated = name.split_once(':').filter(|(_, tag)| kind.has_languages && is_tag(tag));
            let translated = translated.and_then(|(column, tag)| {
                let is_text = |c: &&&'static str| **c == column && TRANSLATED.contains(*c);
                kind.columns.iter().find(is_text).map(|column| (*column, tag))
            });
            let earlier = if let Some(slot) = kind.columns.iter().position(|c| *c == name) {
                columns.fields[slot].replace(field)
            } else if let Some((column, tag)) = translated {
                let earlier = columns.languages.iter().find(|(_, c, t)| *c == column && t == tag).map(|(f, ..)| *f);
                columns.languages.push((field, column, tag.to_owned()));
                earlier
            } else if name.len() > 2 && name.starts_with("x-") {
                let earlier = columns.own.iter().find(|(_, n)| n == name).map(|(f, _)| *f);
                columns.own.push((field, name.to_owned()));
                earlier
            } else {
                found.push(unknown(kind, name, header.len()).at(heading.location.clone()));
                None
            };
            if earlier.is_some() {
                let twice = Diagnostic::new("duplicate-column", format!("column {} stands twice", quote(name)));
                found.push(twice.value(name).at(heading.location.clone()).hint("remove one, or rename it to `x-…`"));
            }
        }
        columns.languages.sort_by(|a, b| (&a.2, a.1).cmp(&(&b.2, b.1)));
        columns
    }

    /// The field of a column.
    pub fn field(&self, slot: usize) -> Option<usize> {
        self.fields[slot]
    }

    /// Tells which columns the table needs and does not have.
    pub fn missing(&self, kind: &Kind, file: &str) -> Vec<Diagnostic> {
        let has =
            |name: &str| kind.columns.iter().position(|c| *c == name).is_some_and(|slot| self.fields[slot].is_some());
        let mut missing = Vec::new();
        for alternatives in kind.needs {
            if !alternatives.iter().any(|all| all.iter().all(|name| has(name))) {
                let names: Vec<String> = alternatives
                    .iter()
                    .map(|all| all.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" and "))
                    .collect();
                let message = format!("the {} table has no column {}", kind.name, names.join(", or "));
                let hint = format!("the first record names the columns; {} needs {}", kind.name, names.join(", or "));
                missing.push(Diagnostic::new("missing-column", message).at(Location::file(file)).hint(hint));
            }
        }
        missing
    }
}

/// Refuses a header that would need unbounded memory.
pub(super) fn too_many(file: &str) -> Diagnostic {
    Diagnostic::new("too-large", format!("the table has more than {MOST_COLUMNS} columns"))
        .at(Location::file(file))
        .hint("is this a table with a header and commas?")
}

fn is_tag(tag: &str) -> bool {
    !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn unknown(kind: &Kind, name: &str, fields: usize) -> Diagnostic {
    let known = || kind.columns.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ");
    let (message, hint) = if name.is_empty() {
        ("a column has no name".to_owned(), "name it, `x-…` if it is your own, or remove it".to_owned())
    } else {
        let message = format!("the {} table has no column {}", kind.name, quote(name));
        let hint = match did_you_mean(name, kind.columns.iter().copied()) {
            _ if fields == 1 && name.contains(SEPARATORS) => {
                "fields are separated by commas: save the table again".into()
            }
            Some(near) => format!("{near} a column of your own starts with `x-`"),
            None => format!("known are {}; a column of your own starts with `x-`", known()),
        };
        (message, hint)
    };
    Diagnostic::new("unknown-column", message).value(name).hint(hint)
}
