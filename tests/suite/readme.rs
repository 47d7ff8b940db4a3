//! The documents are true: README's commands run, its files appear, its tables are read; ARCHITECTURE knows the arrows.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use super::harness::{Folder, Test, output};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut inside: Option<bool> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), inside) {
            (Some(tag), None) => {
                inside = Some(tag == language);
                if tag == language {
                    all.push(String::new());
                }
            }
            (Some(_), Some(_)) => inside = None,
            (None, Some(true)) => *all.last_mut().unwrap() += &format!("{line}\n"),
            (None, _) => {}
        }
    }
    assert!(inside.is_none(), "a fence is not closed");
    all
}

/// The arguments of the program in a line of a shell; nothing for lines that install or test.
fn arguments(line: &str) -> Option<Vec<String>> {
    let line = line.split(" #").next().unwrap_or("").trim();
    let rest = ["cargo run --release -- ", "controlmap "].iter().find_map(|start| line.strip_prefix(start));
    assert!(
        rest.is_some() || line.is_empty() || line.starts_with("cargo install ") || line == "tests/run",
        "README has a command that no test knows: {line}"
    );
    rest.map(|rest| rest.split_whitespace().map(str::to_owned).collect())
}

#[test]
fn every_command_of_the_readme_runs_and_its_files_appear() {
    let folder = Folder::new();
    let mut count = 0;
    for line in blocks(&document("README.md"), "sh").iter().flat_map(|block| block.lines()) {
        let Some(args) = arguments(line) else { continue };
        count += 1;
        let out = output(folder.path(), &args);
        assert!(out.status.success(), "{line}\n{}", String::from_utf8_lossy(&out.stderr));
        let file = args.iter().skip_while(|a| *a != "-o").nth(1);
        if let Some(file) = file {
            assert!(folder.path().join(file).is_file(), "{line} wrote no {file}");
        }
        match args[0].as_str() {
            "demo" => the_demo_is_what_the_readme_says(&folder),
            "new" => assert!(folder.path().join(&args[1]).join("controlmap.toml").is_file(), "{line} made no project"),
            _ => {}
        }
    }
    assert!(count >= 4, "README has {count} commands that can be run");
}

/// Syria on five days, Daraa on two, what changed, six dates, every policy and three charts, each as SVG, PNG and PDF, in `output/`.
fn the_demo_is_what_the_readme_says(folder: &Folder) {
    let files = folder.files();
    let of = |start: &str, ending: &str| {
        files.iter().filter(|f| f.starts_with(&format!("output/{start}")) && f.ends_with(ending)).count()
    };
    for ending in [".svg", ".png", ".pdf"] {
        assert_eq!([of("syria-", ending), of("daraa-", ending)], [5, 2], "{ending}");
        for name in ["change-2024-12-08", "six-dates", "policies-2024-12-07", "ground", "spells", "ground-2024-12-08"] {
            assert!(files.contains(&format!("output/{name}{ending}")), "{name} is not among {files:?}");
        }
    }
    for ending in [".gif", ".html", ".png", ".svg"] {
        assert_eq!(of("offensive", ending), 1, "{ending}");
    }
    assert_eq!(files.len(), 43, "{files:?}");
}

#[test]
fn the_pictures_of_the_readme_are_made_by_its_commands() {
    let folder = Test::new().args("demo").run();
    let text = document("README.md");
    let pictures: Vec<&str> =
        text.split("](").skip(1).filter_map(|t| t.split(')').next()).filter(|t| t.ends_with(".png")).collect();
    assert!(!pictures.is_empty(), "README shows a picture");
    for picture in pictures {
        // those that are kept in the repository lie in a folder of their own
        let made = folder.path().join(picture.replace("output/readme/", "output/"));
        assert!(made.is_file(), "no command makes {picture}");
    }
}

#[test]
fn the_command_without_a_project_file_runs() {
    let line = "`controlmap map --boundaries provinces.geojson --events events.csv --date 2024-12-07 -o map.png`";
    assert!(document("README.md").contains(line), "README no longer has {line}");
    let boundaries = include_str!("../../data/template/boundaries.geojson");
    let events = "date,place,actor\n2024-12-07,Alderay,north\n2024-12-07,Dunmoor,south\n";
    let test = Test::new().file("provinces.geojson", boundaries).file("events.csv", events);
    let folder = test.args(&line.trim_matches('`')["controlmap ".len()..]).stderr("").run();
    assert!(fs::read(folder.path().join("map.png")).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn every_table_of_the_readme_is_read_without_a_fault() {
    let tables = blocks(&document("README.md"), "csv");
    assert!(!tables.is_empty(), "README shows a table");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024");
    for table in tables {
        // its places, actors and sources are those of the example that ships
        let rows = table.lines().count() - 1;
        let test = Test::new().copy(&shipped).file("events.csv", table).args("check").status(0);
        test.stdout_has(format!("joined {rows} of {rows} rows")).run();
    }
}

#[test]
fn every_command_and_option_that_the_readme_names_exists() {
    let text = document("README.md");
    let outside_fences: String = text.split("```").step_by(2).collect();
    let mut help = String::new();
    let commands = "demo new check map animate frames diff grid policies chart table why build verify import export simplify completions man";
    for command in commands.split(' ').chain([""]) {
        let args: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let out = output(Path::new(env!("CARGO_TARGET_TMPDIR")), &args);
        assert!(out.status.success(), "there is no command {command:?}");
        help += &String::from_utf8(out.stdout).unwrap();
    }
    let is_flag = |c: char| c.is_ascii_lowercase() || c == '-';
    let flags: BTreeSet<String> = outside_fences
        .split(['`', ' ', '\n', '('])
        .filter(|w| w.strip_prefix("--").is_some_and(|w| w.starts_with(|c: char| c.is_ascii_lowercase())))
        .map(|w| w.chars().take_while(|c| is_flag(*c)).collect())
        .collect();
    assert!(flags.len() > 5, "{flags:?}");
    let unknown: Vec<&String> = flags.iter().filter(|flag| !help.contains(flag.as_str())).collect();
    assert!(unknown.is_empty(), "README names options that there are not: {unknown:?}");
}

#[test]
fn the_files_that_documents_point_to_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = document(name);
        for target in text.split("](").skip(1).filter_map(|t| t.split(')').next()) {
            let is_made = target.starts_with("output/") && !target.starts_with("output/readme/");
            if !target.contains("://") && !target.starts_with('#') && !is_made && !root.join(target).exists() {
                missing.push(format!("{name}: {target}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_module_table_of_architecture_is_that_of_the_test() {
    let text = document("ARCHITECTURE.md");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [module, _, imports] = cells[..] else { panic!("{row} has not three cells") };
        let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
        told.extend(words(module).into_iter().map(|module| (module, words(imports))));
    }
    // `cli` may import everything, and a module to come has no row yet
    assert!(told.remove("cli").is_some());
    let there = |module: &str| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        source.join(module).is_dir() || source.join(format!("{module}.rs")).is_file()
    };
    let known: BTreeMap<String, BTreeSet<String>> = arrows().into_iter().filter(|(module, _)| there(module)).collect();
    assert!(known.len() > 10, "the table of layers.rs was not found");
    for (module, imports) in &known {
        assert_eq!(told.get(module), Some(imports), "what `{module}` may import, in ARCHITECTURE.md and in layers.rs");
    }
    assert_eq!(told.keys().collect::<Vec<_>>(), known.keys().collect::<Vec<_>>());
}

/// The table of `layers.rs`, read from its text: a module, and what it may import.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let text = include_str!("layers.rs");
    let table = text.split_once("const ARROWS").expect("layers.rs has the table").1;
    let entries = table.split_once("\n];").expect("the table ends").0.split("\n    (").skip(1);
    let words = |entry: &str| entry.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    entries.map(words).map(|words| (words[0].clone(), words[1..].iter().cloned().collect())).collect()
}
