//! The rules of the house, read from the sources: who may import whom, how long a file may be, what it may be called.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each module of the library may import besides itself.
const ARROWS: &[(&str, &[&str])] = &[
    ("diag", &[]),
    ("error", &[]),
    ("export", &["geometry", "model", "timeline"]),
    ("figure", &["diag", "error", "geometry", "map", "model", "palette", "project", "projection", "scene", "timeline"]),
    ("geometry", &[]),
    ("import", &["diag", "error", "geometry", "model", "read"]),
    ("join", &["diag", "geometry", "model"]),
    ("map", &["diag", "geometry", "model", "palette", "project", "projection", "scene", "timeline"]),
    ("model", &["diag"]),
    ("palette", &["diag", "model", "scene"]),
    ("project", &["diag", "model"]),
    ("projection", &["geometry"]),
    ("read", &["diag", "error", "geometry", "model", "project"]),
    ("receipt", &["model", "timeline"]),
    ("scene", &[]),
    ("table", &["diag", "model", "timeline"]),
    ("timeline", &["diag", "geometry", "model", "project"]),
    ("write", &["diag", "error", "scene"]),
];

/// Tables may be as long as they are.
const TABLES: &[&str] = &["src/diag/code.rs"];

/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &["common", "helper", "helpers", "misc", "prelude", "util", "utils"];

const LONGEST: usize = 500;

#[test]
fn no_module_imports_one_that_it_may_not_know() {
    let mut wrong = Vec::new();
    for file in sources() {
        let module = module_of(&file);
        if matches!(module.as_str(), "lib" | "main" | "cli") || file.ends_with("tests.rs") {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{}: module `{module}` has no row in ARROWS", file.display()));
            continue;
        };
        let text = fs::read_to_string(&file).unwrap();
        for (line, target) in imports(&without_tests(&text), depth(&file)) {
            if target != module && !allowed.contains(&target.as_str()) {
                wrong.push(format!("{}:{line}: `{module}` may not import `{target}`", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_imports_sees_every_form() {
    let text = "use crate::model::Day;\nuse crate::{diag::{self, Code}, map, read::x::y};\n/// [`crate::write`]\n\
                fn f() -> crate::scene::Node { // crate::cli\n}\npub(crate) fn g() {}\nuse super::timeline;\n\
                use super::{error, scene};\n";
    let found: Vec<_> = imports(text, 1).into_iter().map(|(line, name)| format!("{line} {name}")).collect();
    let expected =
        ["1 model", "2 diag", "2 map", "2 read", "4 scene", "7 timeline", "8 error", "8 scene"].map(str::to_owned);
    assert_eq!(found, expected);
    assert_eq!(imports("use super::x;\nuse super::super::join::y;", 2), [(2, "join".to_owned())]);
    assert_eq!(without_tests("a\n#[cfg(test)]\nmod tests {\n    use crate::x;\n}\nb"), "a\n\n\n\n\nb");
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|file| !TABLES.iter().any(|table| file.ends_with(table)))
        .map(|file| (fs::read_to_string(&file).unwrap().lines().count(), file))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, file)| format!("{}: {lines} lines, at most {LONGEST}", file.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_name_says_something() {
    let empty: Vec<PathBuf> = sources()
        .into_iter()
        .filter(|file| file.with_extension("").iter().any(|part| EMPTY_NAMES.iter().any(|name| part == *name)))
        .collect();
    assert!(empty.is_empty(), "{empty:?}");
}

#[test]
fn nothing_prints_but_the_command_line_and_that_not_by_macros_that_panic() {
    let mut wrong = Vec::new();
    for file in sources().into_iter().filter(|file| !file.ends_with("tests.rs")) {
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            if ["println!", "print!", "dbg!"].iter().any(|word| code.contains(word)) {
                wrong.push(format!("{}:{}: {}", file.display(), number + 1, line.trim()));
            }
        }
        let is_ours = matches!(module_of(&file).as_str(), "cli" | "main");
        if !is_ours && (text.contains("io::stdout") || text.contains("io::stderr") || text.contains("process::exit")) {
            wrong.push(format!("{}: only `cli` prints or exits", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every Rust file under `src`, sorted.
fn sources() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_owned());
            }
        }
    }
    files.sort();
    assert!(files.len() > 20, "the sources were not found");
    files
}

/// The module of the crate that a file belongs to.
fn module_of(file: &Path) -> String {
    let first = file.iter().nth(1).expect("it lies under src");
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// How many `super` lead from a file's module to the crate.
fn depth(file: &Path) -> usize {
    file.iter().count() - 1 - usize::from(file.ends_with("mod.rs"))
}

/// The text with its test modules made empty, line for line.
fn without_tests(text: &str) -> String {
    let mut inside = false;
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        // a test module starts at the margin and ends there; `mod tests;` is a file of its own
        inside |= line == "#[cfg(test)]";
        lines.push(if inside { "" } else { line });
        inside &= line != "}" && !(line.starts_with("mod ") && line.ends_with(';'));
    }
    lines.join("\n")
}

/// The modules of the crate that a text names, with their lines.
fn imports(text: &str, depth: usize) -> Vec<(usize, String)> {
    let mut code = String::new();
    for line in text.lines() {
        code.push_str(line.split("//").next().unwrap_or(""));
        code.push('\n');
    }
    let mut found = BTreeSet::new();
    for root in ["crate::".to_owned(), "super::".repeat(depth)] {
        for (at, _) in code.match_indices(&root) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let line = code[..at].matches('\n').count() + 1;
            found.extend(names(&code[at + root.len()..]).into_iter().map(|name| (line, name)));
        }
    }
    found.into_iter().collect()
}

/// The first names of a path: one, or those at the outermost level of a group in braces.
fn names(path: &str) -> Vec<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let Some(group) = path.strip_prefix('{') else {
        let name: String = path.chars().take_while(|c| is_name(*c)).collect();
        return if name.is_empty() { Vec::new() } else { vec![name] };
    };
    let (mut depth, mut entry, mut all) = (0_i32, String::new(), Vec::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => all.push(std::mem::take(&mut entry)),
            _ if depth == 0 => entry.push(c),
            _ => {}
        }
    }
    all.push(entry);
    all.iter()
        .map(|e| e.trim().chars().take_while(|c| is_name(*c)).collect())
        .filter(|e: &String| !e.is_empty())
        .collect()
}
