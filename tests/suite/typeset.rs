//! The reports that ship, set by the programs that set reports.

use super::harness::{Folder, output, tool};
use std::fs;
use std::path::Path;

/// The folder of the reports beside the example's data, with its figures built.
fn built() -> Folder {
    let folder = Folder::new();
    for name in ["reports", "syria-2024"] {
        let target = folder.path().join(name);
        fs::create_dir_all(&target).unwrap();
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, target.join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    let built = output(folder.path(), &["build", "reports"]);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    folder
}

/// Runs a shell's line in the folder of the reports; tells whether its program is there.
fn set(folder: &Folder, program: &str, line: &str) -> bool {
    let there = tool("sh", &["-c", &format!("command -v {program}")]).unwrap().status.success();
    assert!(there || std::env::var("CI").is_err(), "`{program}` is needed; `tests/run` installs it");
    if there {
        let reports = folder.path().join("reports");
        let ran = tool("sh", &["-c", &format!("cd '{}' && {line}", reports.display())]).unwrap();
        let said = [ran.stdout, ran.stderr].concat();
        assert!(ran.status.success(), "{line}: {}", String::from_utf8_lossy(&said));
    }
    there
}

fn words(folder: &Folder, file: &str) -> Option<String> {
    let path = folder.path().join("reports").join(file);
    let words = tool("pdftotext", &[path.to_str().unwrap(), "-"])?;
    Some(String::from_utf8(words.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn captions_are_written_beside_the_figures() {
    let folder = built();
    let out = folder.path().join("reports/out");
    let caption: serde_json::Value = serde_json::from_slice(&fs::read(out.join("daraa.json")).unwrap()).unwrap();
    assert_eq!((&caption["file"], &caption["lang"]), (&"daraa.pdf".into(), &"en".into()));
    let alt = caption["alt"].as_str().unwrap();
    assert!(
        alt.contains("Daraa governorate") && alt.contains("Share of the ground shown: South ") && alt.len() < 400,
        "{alt}"
    );
    assert!(caption["description"].as_str().unwrap().len() > alt.len());
    assert!(caption["credits"].as_str().unwrap().contains("Natural Earth"));
    let markdown = fs::read_to_string(out.join("syria.md")).unwrap();
    assert!(markdown.starts_with("![Syria, late 2024") && markdown.contains("](syria.svg){fig-alt=\""), "{markdown}");
    fs::remove_file(out.join("syria.md")).unwrap();
    let again = output(folder.path(), &["build", "reports"]);
    let said = String::from_utf8(again.stderr).unwrap();
    assert_eq!(said.matches("wrote").count(), 2, "{said}");
    assert!(out.join("syria.md").is_file());
}

#[test]
fn latex_sets_the_figure_with_its_caption() {
    let folder = built();
    if set(&folder, "pdflatex", "pdflatex -interaction=nonstopmode -halt-on-error report.tex")
        && let Some(words) = words(&folder, "report.pdf")
    {
        assert!(words.contains("Figure 1: Syria, late 2024: Situation at the end of 7 December 2024."), "{words}");
        assert!(words.contains("DEIR EZ-ZOR"), "the map's own labels are text: {words}");
    }
}

#[test]
fn pandoc_sets_the_figure_with_its_alt_text() {
    let folder = built();
    let line = "pandoc report.md out/syria.md --resource-path out --standalone -o report.html";
    if set(&folder, "pandoc", line) {
        let html = fs::read_to_string(folder.path().join("reports/report.html")).unwrap();
        assert!(html.contains("<figcaption") && html.contains("Share of the ground shown: "), "{html}");
    }
}

#[test]
fn typst_sets_the_figure_with_its_caption() {
    let folder = built();
    // the program as a Python package, which `tests/run` puts there
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/reports/bin/python");
    let line =
        format!("{} -c 'import typst; typst.compile(\"report.typ\", output=\"report-typst.pdf\")'", python.display());
    if set(&folder, python.to_str().unwrap(), &line)
        && let Some(words) = words(&folder, "report-typst.pdf")
    {
        assert!(words.contains("Daraa governorate and its towns: Situation at the end of 7 December 2024"), "{words}");
        assert!(words.contains("Nawa"), "the map's own labels are text: {words}");
    }
}

#[test]
fn the_words_of_a_figure_have_the_numbers_of_the_table_in_either_language() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024");
    let folder = super::harness::Test::new().copy(&data).args("table --by actor --date 2024-12-07 -q -o t.csv").run();
    let table = fs::read_to_string(folder.path().join("t.csv")).unwrap();
    let row = table.lines().find(|line| line.starts_with("2024-12-07,army,")).unwrap();
    let cells: Vec<&str> = row.split(',').collect();
    let percent = |cell: &str| format!("{:.0}", cell.parse::<f64>().unwrap() * 100.0);
    let share = format!("{}–{}\u{a0}%", percent(cells[4]), percent(cells[5]));
    let words = |lang: &str| -> serde_json::Value {
        let args = format!("map --date 2024-12-07 --lang {lang} -q -o m.svg --caption m.json");
        let args: Vec<&str> = args.split(' ').collect();
        assert_eq!(output(folder.path(), &args).status.code(), Some(0));
        let svg = fs::read_to_string(folder.path().join("m.svg")).unwrap();
        let words: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.path().join("m.json")).unwrap()).unwrap();
        let description = words["description"].as_str().unwrap();
        assert!(
            svg.contains(&format!("<desc id=\"desc\">{}</desc>", description.replace('&', "&amp;"))),
            "{description}"
        );
        words
    };
    let english = words("en");
    let has = |words: &serde_json::Value, key: &str, part: &str| {
        assert!(words[key].as_str().unwrap().contains(part), "{key} lacks {part}: {}", words[key]);
    };
    has(&english, "alt", &format!("Share of the ground shown: Army {share}"));
    has(&english, "description", "Changed since 1 December 2024: ");
    has(&english, "description", "Homs and Hama (contested)");
    has(&english, "description", "As-Suwayda (holder not said)");
    has(&english, "description", "Said by: Wikipedia");
    let arabic = words("ar");
    has(&arabic, "alt", "الحصة من الأرض المعروضة: \u{2068}الجيش\u{2069} ");
    has(&arabic, "alt", &share);
    has(&arabic, "description", "(متنازع عليه)");
    has(&arabic, "description", "المصادر: ");
}
