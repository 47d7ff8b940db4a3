//! Goldens: an invented country, drawn with each status, compared to the byte with `tests/golden/*.svg`.
//!
//! `BLESS=1 cargo test` rewrites them; one that changed is kept beside as `NAME-changed.svg`, to look at.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use super::drawing::joined;
use super::scene;
use controlmap::diag::quote;
use controlmap::project::{Days, FontUse, MapOptions, PolicyOptions, Size, Uncertain};
use controlmap::scene::Scene;
use controlmap::write::{Fonts, svg};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A figure of the invented country.
pub struct Case {
    /// Name of its golden.
    pub name: &'static str,
    /// Its project file in `tests/fixtures/country`.
    project: &'static str,
    /// Its day.
    date: &'static str,
    /// Words that its file must have: what it is a golden of.
    words: &'static str,
    /// What else differs.
    change: fn(&mut MapOptions, &mut PolicyOptions),
}

impl Case {
    const fn of(name: &'static str, date: &'static str, words: &'static str) -> Self {
        Self { name, project: "controlmap.toml", date, words, change: |_, _| {} }
    }
}

/// Every golden. The first twelve are the statuses of the tables, `partial` in three forms.
pub const CASES: &[Case] = &[
    Case::of("held", "2031-05-01", "Held by"),
    Case::of("partial-share", "2031-05-02", "Parts held: width shows the share"),
    Case::of("partial-interval", "2031-05-03", "between the least and the most said"),
    Case::of("partial-unstated", "2031-05-04", "how much is not said"),
    Case::of("contested", "2031-05-05", "Contested: Crown and League"),
    Case::of("shared", "2031-05-06", "Held together: Crown and League"),
    Case::of("presence", "2031-05-07", "Presence of Guild"),
    Case::of("besieged", "2031-05-08", "Besieged by League"),
    Case::of("lost", "2031-05-09", "No longer held by Crown"),
    Case::of("vacant", "2031-05-10", "Held by nobody"),
    Case::of("unknown", "2031-05-11", "Not known"),
    Case::of("out-of-scope", "2031-05-12", "Not part of this map"),
    Case::of("claimed", "2031-05-13", "only claimed, by League"),
    Case {
        change: |_, policy| policy.stale_after = Some(Days(5)),
        ..Case::of("stale", "2031-05-07", "Faded: not confirmed since 2 May 2031")
    },
    Case {
        change: |_, policy| policy.uncertain = Some(Uncertain::Draw),
        ..Case::of("changing", "2031-05-16", "is changing, the day is not known")
    },
    Case {
        change: |map, _| map.lang = Some("ar".into()), ..Case::of("arabic", "2031-05-05", "متنازع عليها:")
    },
    Case {
        change: |map, _| map.extent = Some("Corvin".into()),
        ..Case::of("close-up", "2031-05-03", "between the least and the most said")
    },
    Case { project: "long.toml", ..Case::of("legend-below", "2031-05-01", "Contested: Crown and League") },
];

/// Draws a case; nothing in it may be warned of.
pub fn draw(case: &Case) -> Scene {
    draw_as(case, MapOptions { fonts: Some(FontUse::Name), ..MapOptions::default() })
}

/// Draws a case with other options.
pub fn draw_as(case: &Case, mut map: MapOptions) -> Scene {
    let mut policy = PolicyOptions::default();
    (case.change)(&mut map, &mut policy);
    let mut country = joined(&root().join("tests/fixtures/country"), case.project);
    let scene = country.scene(case.date, map, policy);
    assert!(country.found.is_empty(), "{}: a golden may not warn: {:#?}", case.name, country.found);
    scene
}

/// The file of a golden.
pub fn golden(name: &str) -> PathBuf {
    root().join("tests/golden").join(name)
}

/// Whether what is expected is to be rewritten.
pub fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_golden_is_as_it_was() {
    let wrong: Vec<String> = CASES.iter().filter_map(|case| compare(case).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_golden_keeps_the_rules_of_figures() {
    let wrong: Vec<String> = CASES
        .iter()
        .flat_map(|case| scene::faults(&draw(case)).into_iter().map(move |fault| format!("{}: {fault}", case.name)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_of_any_form_keep_the_rules_of_figures() {
    let mut wrong = Vec::new();
    for (width, height) in [(560, 350), (480, 1200), (1600, 480), (2400, 1800)] {
        for case in CASES {
            let scene = draw_as(case, MapOptions { size: Some(Size { width, height }), ..MapOptions::default() });
            let faults = scene::faults(&scene).into_iter();
            wrong.extend(faults.map(|fault| format!("{} at {width}x{height}: {fault}", case.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_golden_file_has_a_case() {
    let known: BTreeSet<String> = CASES
        .iter()
        .map(|c| format!("{}.svg", c.name))
        .chain(super::golden_png::names())
        .chain(super::figures::names())
        .collect();
    let there = fs::read_dir(golden("")).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    let strange: Vec<String> = there.filter(|name| !known.contains(name) && !name.contains("-changed.")).collect();
    assert!(strange.is_empty(), "{strange:?} are no goldens");
}

/// Compares a case with its file.
fn compare(case: &Case) -> Result<(), String> {
    compare_with(&golden(case.name), &draw(case), case.words)
}

/// Compares a scene with a golden, whose path is given without its ending.
pub fn compare_with(file: &Path, scene: &Scene, expected: &str) -> Result<(), String> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let version = format!("controlmap {}", env!("CARGO_PKG_VERSION"));
    let drawn = String::from_utf8(svg::write(scene, Fonts::Name)).unwrap();
    assert!(drawn.contains(&version), "the program says which version it is");
    // a release does not change a picture
    let drawn = drawn.replace(&version, "controlmap VERSION");
    let (file, changed) = (golden(&format!("{name}.svg")), golden(&format!("{name}-changed.svg")));
    let _ = fs::remove_file(&changed);
    if blessing() {
        fs::write(&file, &drawn).unwrap();
    }
    let text = words(&drawn);
    if !text.contains(expected) {
        return Err(format!("{name}: the figure does not say {expected:?}, but {text}"));
    }
    let wanted = fs::read_to_string(&file).unwrap_or_default();
    match first_difference(&wanted, &drawn) {
        None => Ok(()),
        Some(difference) => {
            fs::write(&changed, &drawn).unwrap();
            Err(format!("{}\nsee {}; BLESS=1 rewrites", format_args!("{name}: {difference}"), changed.display()))
        }
    }
}

/// The words of a document with single blanks, lines of a key joined.
fn words(document: &str) -> String {
    let document = roxmltree::Document::parse(document).unwrap_or_else(|e| panic!("{e}\n{document}"));
    let texts = document.descendants().filter(|n| {
        n.is_text() && n.parent_element().is_some_and(|p| p.has_tag_name("text") || p.has_tag_name("tspan"))
    });
    texts.filter_map(|n| n.text()).map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Where two texts part, in words for people.
fn first_difference(wanted: &str, drawn: &str) -> Option<String> {
    if wanted == drawn {
        return None;
    }
    if wanted.is_empty() {
        return Some("there is no golden yet".into());
    }
    let (mut old, mut new) = (wanted.lines(), drawn.lines());
    let mut line = 0;
    loop {
        line += 1;
        let (a, b) = (old.next(), new.next());
        if a == b && a.is_some() {
            continue;
        }
        let [a, b] = [a.unwrap_or(""), b.unwrap_or("")];
        let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        let around = |text: &str| quote(&text.chars().skip(same.saturating_sub(30)).take(90).collect::<String>());
        let more = drawn.lines().zip(wanted.lines()).filter(|(a, b)| a != b).count();
        let (a, b) = (around(a), around(b));
        return Some(format!(
            "line {line}, character {}: expected\n  {a}\nbut it is\n  {b}\n{more} lines differ",
            same + 1
        ));
    }
}

#[test]
fn the_first_difference_is_told_with_its_line_and_what_stands_there() {
    assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
    let told = first_difference("one\ntwo x=\"1\"\n", "one\ntwo x=\"2\"\n").unwrap();
    assert!(told.starts_with("line 2, character 8: expected\n  \"two x=\\\"1"), "{told}");
    assert!(first_difference("a\n", "a\nb\n").unwrap().starts_with("line 2, character 1"));
}
