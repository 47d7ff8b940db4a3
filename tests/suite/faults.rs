//! Faulty inputs: one folder for every diagnostic code, with the report that it must give.
//!
//! A folder of `tests/fixtures/faults` holds what differs from `tests/fixtures/tidy`, which has no fault,
//! the arguments in `args` where they are not `check`, and the whole report in `expected.txt`.

use super::harness::{Folder, Test, output};
use controlmap::diag::{CODES, Code, Severity};
use std::fs;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

#[test]
fn the_tidy_project_and_the_template_have_no_fault() {
    Test::new().copy(&fixtures().join("tidy")).args("check --strict").stdout_has("no errors, no warnings\n").run();
    Test::project().args("check --strict").stdout_has("no errors, no warnings\n").run();
}

#[test]
fn every_code_has_an_input_that_gives_it_and_its_report() {
    let mut wrong: Vec<String> = CODES.iter().filter_map(|code| fault(code).err()).collect();
    for entry in fs::read_dir(fixtures().join("faults")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if !CODES.iter().any(|code| code.name == name) {
            wrong.push(format!("{name}: there is no such code"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Runs the input of a code and compares its report.
fn fault(code: &Code) -> Result<(), String> {
    let name = code.name;
    let source = fixtures().join("faults").join(name);
    if !source.is_dir() {
        return Err(format!("{name}: tests/fixtures/faults/{name} is missing"));
    }
    let folder = Folder::new();
    folder.copy(&fixtures().join("tidy"));
    folder.copy(&source);
    let args = fs::read_to_string(source.join("args")).unwrap_or_else(|_| "check".to_owned());
    let before = folder.files();
    let out = output(folder.path(), &args.split_whitespace().collect::<Vec<_>>());
    let report = String::from_utf8([out.stdout, out.stderr].concat()).map_err(|e| format!("{name}: {e}"))?;

    let expected = source.join("expected.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&expected, &report).map_err(|e| format!("{name}: {e}"))?;
    }
    let wanted = fs::read_to_string(&expected).unwrap_or_default();
    if report != wanted {
        return Err(format!("{name}: expected\n{wanted}\nbut it is\n{report}\n(BLESS=1 rewrites)"));
    }
    if !report.contains(&format!("{}[{name}]: ", code.severity.word())) {
        return Err(format!("{name}: the report does not have that code:\n{report}"));
    }
    let status = i32::from(code.severity == Severity::Error);
    if out.status.code() != Some(status) {
        return Err(format!("{name}: it exits with {:?}, not {status}", out.status.code()));
    }
    if folder.files() != before {
        return Err(format!("{name}: it wrote a file: {:?}", folder.files()));
    }
    Ok(())
}
