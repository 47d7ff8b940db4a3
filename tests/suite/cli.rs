//! The program from outside: commands, flags, exit codes, and what goes where.

use super::harness::Test;
use std::fs;

#[test]
fn help_names_every_command_and_ends_with_examples() {
    let commands = ["demo", "new", "check", "map", "table", "completions", "man"];
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
