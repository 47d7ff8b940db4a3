//! The program from outside: commands, flags, exit codes, and what goes where.

use super::harness::{Test, output};
use std::fs;

#[test]
fn help_names_every_command_and_ends_with_examples() {
    let commands = ["demo", "new", "check", "map", "table", "why", "completions", "man"];
    let mut test = Test::new().args("--help").stdout_has("Examples:\n").stdout_has("Exit codes: 0 done").stderr("");
    for command in commands {
        test = test.stdout_has(format!("\n  {command} "));
    }
    test.run();
}

#[test]
fn without_a_command_the_help_is_an_error_of_usage() {
    Test::new().status(2).stdout("").stderr_has("Usage: controlmap").run();
}

#[test]
fn the_version_is_that_of_the_crate() {
    Test::new().args("--version").stdout(format!("controlmap {}\n", env!("CARGO_PKG_VERSION"))).stderr("").run();
}

#[test]
fn an_unknown_command_or_flag_is_wrong_usage() {
    Test::new().args("mpa").status(2).stdout("").stderr_has("unrecognized subcommand 'mpa'").run();
    Test::new().args("check --strcit").status(2).stdout("").stderr_has("--strict").run();
    Test::new().args("check --threads 0").status(2).stdout("").stderr_has("--threads").run();
}

#[test]
fn completions_and_the_manual_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        Test::new().args(&format!("completions {shell}")).stdout_has("check").stderr("").run();
    }
    Test::new().args("completions tcsh").status(2).stdout("").run();
    Test::new().args("man").stdout_has(".TH controlmap 1").stdout_has("COMMAND CHECK").stderr("").run();
}

#[test]
fn a_new_project_says_what_comes_next_and_overwrites_nothing() {
    let folder = Test::new().args("new land").stdout("").stderr_has("next: controlmap check land\n").run();
    let files = ["actors.csv", "boundaries.geojson", "controlmap.toml", "events.csv", "names.csv", "places.csv"];
    let written = folder.files();
    for file in files {
        assert!(written.contains(&format!("land/{file}")), "{file} was not written");
    }
    assert_eq!(written.len(), 7);

    let folder = Test::new().file("mine.txt", "mine").args("new .").status(2).stderr_has("is not empty").run();
    assert_eq!(folder.files(), ["mine.txt"]);
    assert_eq!(fs::read_to_string(folder.path().join("mine.txt")).unwrap(), "mine");
    Test::new().file("land", "").args("new land").status(2).stderr_has("is a file").run();
}

#[test]
fn a_table_of_places_says_who_holds_each_and_leaves_the_unknown_empty() {
    let folder = Test::project().args("table --date 2030-03-06 -o held.csv").stdout("").stderr("").run();
    let table = fs::read_to_string(folder.path().join("held.csv")).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(
        lines[0],
        "date,place,name,level,status,actor,share_low,share_high,km2_low,km2_high,events,basis,since,stale"
    );
    let starts = [
        "2030-03-06,MR01,Alderay,adm1,partial,front,0.4,0.4,",
        "2030-03-06,MR01,Alderay,adm1,partial,republic,0.6,0.6,",
        "2030-03-06,MR02,Brackwater,adm1,contested,front,,,,,",
        "2030-03-06,MR02,Brackwater,adm1,contested,republic,,,,,",
        "2030-03-06,MR03,Cedarholm,adm1,held,republic,1,1,",
    ];
    for (line, start) in lines[1..].iter().zip(starts) {
        assert!(line.starts_with(start), "{line} does not start with {start}");
    }
}

#[test]
fn a_lost_place_has_one_row_without_an_actor_and_an_overlay_a_row_of_its_own() {
    let out = output(Test::project().folder.path(), &["table", "--date", "2030-03-12", "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&out.stdout).unwrap();
    let of = |place: &str| -> Vec<_> {
        let rows = rows.iter().filter(|row| row["place"] == place);
        rows.map(|row| (row["status"].as_str().unwrap(), row["actor"].as_str(), row["share_low"].as_f64())).collect()
    };
    assert_eq!(of("MR03"), [("lost", None, None)]);
    assert_eq!(of("MR05"), [("held", Some("republic"), Some(1.0)), ("presence", Some("council"), None)]);
}

#[test]
fn what_actors_hold_adds_up_to_the_whole() {
    let args =
        ["table", "--by", "actor", "--from", "2030-03-01", "--to", "2030-03-05", "--every", "day", "--format", "json"];
    let out = output(Test::project().folder.path(), &args);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&out.stdout).unwrap();
    for day in 1..=5 {
        let today = rows.iter().filter(|row| row["date"] == format!("2030-03-0{day}"));
        let share: f64 = today.map(|row| row["share_low"].as_f64().unwrap()).sum();
        assert!((share - 1.0).abs() < 2e-6, "day {day}: {share}");
    }
    assert_eq!(rows.iter().filter(|row| row["actor"] == "front").count(), 2);
}

#[test]
fn where_and_when_are_checked_before_the_work() {
    for (args, stderr) in [
        ("table --date 31-12-2024", "31-12-2024"),
        ("table --date 2030-03-01 -o table.xlsx", "`table.xlsx` names no format"),
        ("table --date 2030-03-01 -o none/table.csv", "there is no folder `none`"),
        ("table --date 2030-03-01 --format cvs", "did you mean `csv`?"),
        ("table --date 2030-03-01 --side", "`--side` goes with `--by actor`"),
        ("table --from 2030-03-02 --to 2030-03-01 --every day", "is before"),
        ("map --date 2030-02-31 -o map.svg", "2030-02-31"),
        ("map -o map.bmp", "`map.bmp` names no format"),
        ("map -o -", "stdout needs `--format`"),
        ("map", "-o FILE"),
        ("map . --events events.csv --boundaries boundaries.geojson -o map.svg", "cannot be used with"),
    ] {
        let folder = Test::project().args(args).status(2).stdout("").stderr_has(stderr).run();
        assert_eq!(folder.files().len(), 7, "{args} left a file");
    }
}

#[test]
fn three_columns_and_a_boundary_file_make_a_map() {
    let files = "--boundaries boundaries.geojson --events three.csv";
    let events = "date,place,actor\n2030-03-01,Alderay,north\n2030-03-02,Dunmoor,south\n";
    let test = Test::project().file("three.csv", events).args(&format!("map {files} --context false -o map.svg"));
    let folder = test.stdout("").stderr("").run();
    let svg = fs::read_to_string(folder.path().join("map.svg")).unwrap();
    assert!(svg.contains("north") && svg.contains("south"));
    let args = format!("map {files} --context false -o - --format svg");
    let out = output(folder.path(), &args.split(' ').collect::<Vec<_>>());
    assert_eq!(String::from_utf8(out.stdout).unwrap(), svg, "stdout has what the file has");
}

#[test]
fn one_thread_and_two_and_shuffled_rows_give_the_same_bytes() {
    let draw = |threads: &str, test: Test| {
        let args = format!("map --threads {threads} --date 2030-03-12 --context false -o map.svg");
        fs::read(test.args(&args).run().path().join("map.svg")).unwrap()
    };
    let one = draw("1", Test::project());
    assert_eq!(one, draw("2", Test::project()));
    let events = include_str!("../../data/template/events.csv");
    let (header, rows) = events.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    let shuffled = format!("{header}\n{}\n", rows.join("\n"));
    assert_eq!(one, draw("2", Test::project().file("events.csv", shuffled)));
}

#[test]
fn strict_makes_warnings_errors_and_quiet_hides_them() {
    let twice = "date,place,actor\n2030-03-01,Dunmoor,front\n2030-03-01,Dunmoor,front\n";
    let table = "table --date 2030-03-02 -o out.csv";
    let test = || Test::project().file("events.csv", twice);
    let folder = test().args(table).stderr_has("warning[duplicate-row]").stderr_has("1 warning\n").run();
    assert!(folder.path().join("out.csv").exists());
    test().args(&format!("{table} --quiet")).stderr("").run();
    let folder = test().args(&format!("{table} --strict")).status(1).stderr_has("warning[duplicate-row]").run();
    assert!(!folder.path().join("out.csv").exists());
}

#[test]
fn fix_adds_suggestions_to_the_names_and_nothing_else() {
    let events = "date,place,actor\n2030-03-01,Dunmor,front\n2030-03-01,Alderay,front\n";
    let test = Test::project().file("events.csv", events).args("check --fix").status(1);
    let folder = test.stdout_has("error[unknown-place]").stderr_has("\"Dunmor\" is MR04").run();
    let names = fs::read_to_string(folder.path().join("names.csv")).unwrap();
    assert!(names.starts_with(include_str!("../../data/template/names.csv")), "{names}");
    assert!(names.lines().last().unwrap().starts_with("MR04,Dunmor,"), "{names}");
    assert_eq!(output(folder.path(), &["check"]).status.code(), Some(0), "the suggestion joins");
}

#[test]
fn every_code_is_explained_and_an_unknown_one_gets_the_nearest() {
    for code in controlmap::diag::CODES {
        Test::new().args(&format!("check --explain {}", code.name)).stdout_has(code.explain).stderr("").run();
    }
    Test::new().args("check --explain bad-dat").status(2).stdout("").stderr_has("did you mean `bad-date`?").run();
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    use std::process::{Command, Stdio};
    let test = Test::project();
    let mut child = Command::new(env!("CARGO_BIN_EXE_controlmap"))
        .args(["table", "--from", "2030-03-01", "--to", "2031-03-01", "--every", "day"])
        .current_dir(test.folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    assert_eq!((out.status.code(), String::from_utf8(out.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn the_demo_writes_every_figure_in_every_format() {
    let folder = Test::new().args("demo pictures").stdout("").stderr_has("wrote pictures/").run();
    let files = folder.files();
    let svg = files.iter().filter(|name| name.ends_with(".svg")).count();
    // and the film as a page
    assert!(svg > 0 && files.len() == 3 * svg + 1, "{files:?}");
}

#[test]
fn check_draws_the_figures_and_tells_their_faults_once() {
    let figure = "\n[[figure]]\nkind = \"map\"\ndate = 2030-03-12\nextent = \"Atlantis\"\nfile = \"a.svg\"\n";
    let project = include_str!("../../data/template/controlmap.toml").to_owned() + figure + figure;
    let test = Test::project().file("controlmap.toml", project).args("check").status(1);
    let folder = test.stdout_has("error[unknown-place]").stdout_has("\n1 error\n").run();
    assert_eq!(folder.files().len(), 7, "check writes nothing");
}
