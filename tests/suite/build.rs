//! `build` and `verify`: what is drawn again, and what is told of a figure whose inputs changed.

use super::harness::{Folder, Test, output};
use std::fs;
use std::path::Path;

const FIGURES: &str = "\n[[figure]]\nkind = \"map\"\ndate = 2030-03-12\nfile = \"out/a.svg\"\n\
    [[figure]]\ndate = 2030-03-06\nfile = \"out/b.pdf\"\npolicy = { name = \"majority\" }\nlang = \"ar\"\n\
    [[figure]]\ndate = 2030-03-06\nfile = \"out/c.png\"\nsize = [500, 400]\n";

/// The template with three figures more, built.
fn built() -> Folder {
    let toml = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/template/controlmap.toml")).unwrap();
    let test = Test::project().file("controlmap.toml", toml + FIGURES).args("build");
    test.stdout("").stderr_has("wrote out/a.svg\nwrote out/b.pdf\nwrote out/c.png\n").run()
}

fn said(folder: &Folder, args: &[&str]) -> (i32, String, String) {
    let output = output(folder.path(), args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn change(folder: &Folder, file: &str, from: &str, to: &str) {
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_second_build_draws_nothing_and_a_changed_figure_alone_is_drawn_again() {
    let folder = built();
    let (_, _, stderr) = said(&folder, &["build"]);
    assert!(!stderr.contains("wrote") && stderr.contains("out/b.pdf is as its inputs have it"), "{stderr}");
    fs::remove_file(folder.path().join("out/c.png")).unwrap();
    let (_, _, stderr) = said(&folder, &["build"]);
    assert_eq!(stderr.matches("wrote").count(), 1, "{stderr}");
    change(&folder, "events.csv", "gazette", "gazette ");
    let (_, _, stderr) = said(&folder, &["build"]);
    assert_eq!(stderr.matches("wrote").count(), 5, "{stderr}");
    let (_, _, stderr) = said(&folder, &["build", "--force"]);
    assert_eq!(stderr.matches("wrote").count(), 5, "{stderr}");
}

#[test]
fn of_the_project_file_a_figure_has_its_own_options_and_the_common_ones() {
    let folder = built();
    let wrote = |folder: &Folder| {
        let (_, _, stderr) = said(folder, &["build"]);
        stderr.lines().filter(|line| line.starts_with("wrote")).map(str::to_owned).collect::<Vec<_>>()
    };
    change(&folder, "controlmap.toml", "size = [500, 400]", "size = [520, 400]");
    assert_eq!(wrote(&folder), ["wrote out/c.png"]);
    change(&folder, "controlmap.toml", "# A project", "# The project");
    assert_eq!(wrote(&folder), [""; 0]);
    change(&folder, "controlmap.toml", "Merrow, March 2030", "Merrow in March 2030");
    assert_eq!(wrote(&folder).len(), 5);
}

#[test]
fn of_figures_of_which_one_is_wrong_none_is_written_and_that_one_is_named() {
    let folder = built();
    fs::remove_file(folder.path().join("out/a.svg")).unwrap();
    change(&folder, "controlmap.toml", "size = [500, 400]", "extent = \"Nowhere\"");
    let (code, _, stderr) = said(&folder, &["build"]);
    assert_eq!((code, stderr.contains("wrote")), (1, false), "{stderr}");
    assert!(stderr.contains("error[unknown-place]: `out/c.png`: the extent \"Nowhere\" is neither"), "{stderr}");
    assert!(!folder.path().join("out/a.svg").exists(), "nothing is written while there is an error");
}

#[test]
fn every_figure_is_the_same_when_drawn_again_from_its_receipt() {
    let folder = built();
    let (code, stdout, stderr) = said(&folder, &["verify", "out/a.svg", "out/b.pdf", "out/c.png"]);
    assert_eq!(
        (code, stdout.as_str(), stderr.as_str()),
        (0, "same     out/a.svg\nsame     out/b.pdf\nsame     out/c.png\n", "")
    );
}

#[test]
fn one_changed_byte_of_an_input_is_found_and_named() {
    let folder = built();
    change(&folder, "events.csv", "Alderay,,republic", "Alderay,,front");
    let (code, stdout, _) = said(&folder, &["verify", "out/a.svg"]);
    assert_eq!(code, 1);
    assert!(stdout.starts_with("differs  out/a.svg\n"), "{stdout}");
    assert!(stdout.contains("input `events.csv` is not what it was: sha256 "), "{stdout}");

    let folder = built();
    change(&folder, "events.csv", "a town has the same name", "a Town has the same name");
    let (code, stdout, _) = said(&folder, &["verify", "out/b.pdf"]);
    assert_eq!(code, 1);
    assert!(stdout.contains(": `note` is not what it was; it is \"a Town has the same name"), "{stdout}");
    assert!(stdout.contains("the drawing is the same"), "{stdout}");

    let folder = built();
    change(&folder, "boundaries.geojson", "[-34.69,43.47]", "[-34.69,43.48]");
    let (code, stdout, _) = said(&folder, &["verify", "out/c.png"]);
    assert_eq!(code, 1);
    assert!(stdout.contains("input `boundaries.geojson` is not what it was"), "{stdout}");
}

#[test]
fn an_event_with_an_id_is_named_by_it_and_its_field() {
    let events = "id,date,place,level,actor,status,source\n\
        e1,2030-03-01,Alderay,adm1,republic,held,gazette\ne2,2030-03-02,Cedarholm,adm1,front,held,gazette\n";
    let folder = Test::project().file("events.csv", events).args("map --date 2030-03-12 -o m.svg").run();
    change(&folder, "events.csv", "Cedarholm,adm1,front", "Cedarholm,adm1,republic");
    let (code, stdout, _) = said(&folder, &["verify", "m.svg"]);
    assert_eq!(code, 1);
    assert!(
        stdout.contains("event `e2`: `actor` is not what it was; it is \"republic\" now (decides `MR03`)"),
        "{stdout}"
    );
    assert!(stdout.contains("the drawing is not the same"), "{stdout}");
    change(&folder, "events.csv", "e2,", "e3,");
    let (_, stdout, _) = said(&folder, &["verify", "m.svg"]);
    assert!(stdout.contains("rested on `e2` and rests on `e3` now"), "{stdout}");
}

#[test]
fn of_the_many_events_of_a_film_the_changed_one_is_named() {
    // a day an event, for most of a year
    let day = |i: usize| format!("2030-{:02}-{:02}", i / 25 + 1, i % 25 + 1);
    let actor = |i: usize| ["republic", "front"][i % 2];
    let rows: String = (0..225).map(|i| format!("e{i},{},Alderay,adm1,{},held,gazette\n", day(i), actor(i))).collect();
    let events = format!("id,date,place,level,actor,status,source\n{rows}");
    let film = "animate --from 2030-01-01 --to 2030-12-31 --every change --size 400x300 -o m.svg";
    let folder = Test::project().file("events.csv", events).args(film).run();
    assert_eq!(said(&folder, &["verify", "m.svg"]).1, "same     m.svg\n");
    change(&folder, "events.csv", "e17,2030-01-18,Alderay,adm1,front", "e17,2030-01-18,Alderay,adm1,republic");
    let (code, stdout, _) = said(&folder, &["verify", "m.svg"]);
    assert_eq!(code, 1);
    assert!(stdout.contains("event `e17` is not what it was (decides `MR01`)"), "{stdout}");
}

#[test]
fn a_changed_drawing_and_a_strange_file_are_told() {
    let folder = built();
    change(&folder, "out/a.svg", "Situation", "Situazion");
    let (code, stdout, _) = said(&folder, &["verify", "out/a.svg"]);
    assert_eq!((code, stdout.contains("the drawing was changed after it was written")), (1, true), "{stdout}");
    let (code, _, stderr) = said(&folder, &["verify", "events.csv"]);
    assert_eq!((code, stderr.contains("`events.csv` has no receipt")), (1, true), "{stderr}");
}

#[test]
fn a_receipt_says_nothing_of_the_machine() {
    let folder =
        Test::project().file("events.csv", "date,place,actor\n2030-03-01,Alderay,republic\n").args("build").run();
    let here = folder.path().display().to_string();
    let boundaries = format!("{here}/boundaries.geojson");
    let events = format!("{here}/events.csv");
    let args = ["map", "--boundaries", &boundaries, "--events", &events, "--date", "2030-03-12", "-o", "flags.svg"];
    assert_eq!(said(&folder, &args).0, 0);
    let svg = fs::read_to_string(folder.path().join("flags.svg")).unwrap();
    assert!(svg.contains("  boundaries.geojson") && !svg.contains(&here));
    let (code, stdout, _) = said(&folder, &["verify", "--boundaries", &boundaries, "--events", &events, "flags.svg"]);
    assert_eq!((code, stdout.as_str()), (0, "same     flags.svg\n"));
}

#[test]
fn everything_that_demo_writes_is_the_same_again() {
    let folder = Test::new().args("demo out -q").stdout("").run();
    let mut args = vec!["verify".to_owned()];
    args.extend(folder.files());
    assert!(args.len() > 10);
    let output = output(folder.path(), &args);
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{stdout}");
    assert_eq!(stdout.matches("same     out/").count(), args.len() - 1, "{stdout}");
}

#[test]
fn films_are_the_same_again_and_name_what_changed() {
    let folder = built();
    for file in ["a.gif", "a.pdf", "a.png", "a.svg", "a.webp"] {
        let args = format!("animate --from 2030-03-10 --size 400x300 -q -o {file}");
        assert_eq!(said(&folder, &args.split(' ').collect::<Vec<_>>()).0, 0, "{file}");
    }
    let all = ["verify", "a.gif", "a.pdf", "a.png", "a.svg", "a.webp"];
    let (code, stdout, _) = said(&folder, &all);
    assert_eq!((code, stdout.matches("same ").count()), (0, 5), "{stdout}");
    change(&folder, "events.csv", "a town has the same name", "a Town has the same name");
    let (code, stdout, _) = said(&folder, &all);
    assert_eq!((code, stdout.matches("input `events.csv` is not what it was").count()), (1, 5), "{stdout}");
    assert_eq!(stdout.matches("the drawing is the same").count(), 5, "{stdout}");
}

/// The template with two figures of frames, built.
fn with_frames() -> Folder {
    let toml = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/template/controlmap.toml")).unwrap();
    let figures = "\n[[figure]]\nkind = \"frames\"\nfrom = 2030-03-08\nsize = [400, 300]\nfile = \"out/days\"\n\
        [[figure]]\nkind = \"frames\"\nevery = \"change\"\nformat = \"svg\"\nsize = [400, 300]\nfile = \"out/changes\"\n";
    let test = Test::project().file("controlmap.toml", toml + figures).args("build");
    test.stdout("").stderr_has("wrote out/days\nwrote out/changes\n").run()
}

#[test]
fn frames_are_built_into_a_folder_and_again_where_one_is_missing() {
    let folder = with_frames();
    let files = folder.files();
    for name in ["out/days/0001.png", "out/days/frames.csv", "out/days/frames.json", "out/changes/0002.svg"] {
        assert!(files.iter().any(|file| file == name), "{name}: {files:?}");
    }
    let (_, _, stderr) = said(&folder, &["build"]);
    assert!(!stderr.contains("wrote") && stderr.contains("out/days is as its inputs have it"), "{stderr}");
    fs::remove_file(folder.path().join("out/days/0002.png")).unwrap();
    let (_, _, stderr) = said(&folder, &["build"]);
    assert_eq!((stderr.matches("wrote").count(), stderr.contains("wrote out/days")), (1, true), "{stderr}");
    assert_eq!(folder.files(), files);
    // a shorter film leaves none of the longer one's frames, and nothing else of the reader's is touched
    fs::write(folder.path().join("out/days/0009.txt"), "mine").unwrap();
    change(&folder, "controlmap.toml", "from = 2030-03-08", "from = 2030-03-11");
    said(&folder, &["build"]);
    let left: Vec<String> = folder.files().into_iter().filter(|file| file.starts_with("out/days/")).collect();
    let expected = ["0001.png", "0002.png", "0009.txt", "frames.csv", "frames.json"];
    assert_eq!(left, expected.map(|name| format!("out/days/{name}")));
    let wrong = "\n[[figure]]\nkind = \"frames\"\nformat = \"gif\"\nfile = \"f\"\n";
    let toml = fs::read_to_string(folder.path().join("controlmap.toml")).unwrap();
    let test = Test::project().file("controlmap.toml", toml + wrong).args("build").status(1);
    test.stderr_has("bad-toml").run();
}

#[test]
fn frames_are_the_same_again_one_by_one_and_as_a_folder() {
    let folder = with_frames();
    let all = ["verify", "out/days", "out/changes", "out/days/0002.png", "out/changes/0001.svg"];
    let (code, stdout, stderr) = said(&folder, &all);
    assert_eq!((code, stdout.matches("same ").count()), (0, 4), "{stdout}{stderr}");
    fs::copy(folder.path().join("out/days/0001.png"), folder.path().join("out/days/0003.png")).unwrap();
    let (code, stdout, _) = said(&folder, &["verify", "out/days", "out/days/0003.png"]);
    assert!(stdout.contains("not the same, or not there: `0003.png`\n"), "{stdout}");
    // it is a sound frame, only not the third
    assert_eq!((code, stdout.contains("same     out/days/0003.png")), (1, true), "{stdout}");
    change(&folder, "events.csv", "a town has the same name", "a Town has the same name");
    let (code, stdout, _) = said(&folder, &all);
    assert_eq!((code, stdout.matches("input `events.csv` is not what it was").count()), (1, 4), "{stdout}");
    assert!(stdout.contains(": `note` is not what it was"), "{stdout}");
    let (code, _, stderr) = said(&folder, &["verify", "out"]);
    assert_eq!((code, stderr.contains("`out` is no folder of frames")), (1, true), "{stderr}");
}

#[test]
fn a_build_needs_figures_and_endings_that_they_have() {
    Test::project().file("controlmap.toml", "boundaries = \"b\"\n").args("build").status(1).run();
    let toml = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/template/controlmap.toml")).unwrap();
    let test =
        Test::project().file("controlmap.toml", toml.clone() + "\n[[figure]]\ndate = 2030-03-12\nfile = \"a.docx\"\n");
    test.args("build").status(2).stderr_has("the ending of `a.docx` is none that a figure of kind `map` has").run();
    let test = Test::project().file("controlmap.toml", toml + "\n[[figure]]\nkind = \"frames\"\nfile = \"\"\n");
    test.args("build").status(2).stderr_has("a figure of kind `frames` needs a `file`").run();
}
