//! Every table of the crate: names are kebab-case, unique and sorted, and each says in one line what it is.

use controlmap::diag::CODES;

#[test]
fn codes_are_named_sorted_and_explained() {
    walk("CODES", CODES.iter().map(|c| (c.name, c.doc)));
    for code in CODES {
        assert!(code.explain.ends_with('.'), "{}: the explanation is made of sentences", code.name);
    }
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
