//! Every table of the crate: names are kebab-case, unique and sorted, and each says in one line what it is.

use controlmap::diag::CODES;
use controlmap::import::IMPORTERS;
use controlmap::palette::PALETTES;
use controlmap::projection::PROJECTIONS;
use controlmap::read::READERS;
use controlmap::read::boundary::BOUNDARY_FORMATS;
use controlmap::timeline::POLICIES;
use controlmap::{table, write};

#[test]
fn codes_are_named_sorted_and_explained() {
    walk("CODES", CODES.iter().map(|c| (c.name, c.doc)));
    for code in CODES {
        assert!(code.explain.ends_with('.'), "{}: the explanation is made of sentences", code.name);
    }
}

#[test]
fn every_table_is_named_sorted_and_documented() {
    walk("IMPORTERS", IMPORTERS.iter().map(|i| (i.name, i.doc)));
    walk("PALETTES", PALETTES.iter().map(|p| (p.name, p.doc)));
    walk("POLICIES", POLICIES.iter().map(|p| (p.name, p.doc)));
    walk("PROJECTIONS", PROJECTIONS.iter().map(|p| (p.name, p.doc)));
    walk("READERS", READERS.iter().map(|r| (r.name, r.doc)));
    walk("BOUNDARY_FORMATS", BOUNDARY_FORMATS.iter().map(|f| (f.name, f.doc)));
    walk("table::FORMATS", table::FORMATS.iter().map(|f| (f.name, f.doc)));
    walk("write::FORMATS", write::FORMATS.iter().map(|f| (f.name, f.doc)));
}

/// Checks the names and lines of a table.
fn walk<'a>(table: &str, entries: impl Iterator<Item = (&'a str, &'a str)>) {
    let entries: Vec<_> = entries.collect();
    assert!(!entries.is_empty(), "{table} is empty");
    for (name, doc) in &entries {
        let is_kebab = name
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
        assert!(is_kebab, "{table}: {name:?} is not kebab-case");
        assert!(!doc.trim().is_empty() && !doc.contains('\n'), "{table}: {name} needs one line that says what it is");
        assert!(!doc.ends_with('.'), "{table}: the line of {name} ends with a period");
    }
    for pair in entries.windows(2) {
        assert!(pair[0].0 < pair[1].0, "{table}: {} does not come before {}", pair[0].0, pair[1].0);
    }
}
