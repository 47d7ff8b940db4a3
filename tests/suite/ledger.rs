//! The ledger from outside: policies compared, uncertain dates, what was known by then, age, and sides in tables.

use super::harness::{Test, output};
use std::path::Path;

/// The tidy project with other events.
fn project(events: &str) -> Test {
    let tidy = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tidy");
    Test::new().copy(&tidy).file("events.csv", events)
}

/// Rows of a table as `place status actor`, or the columns named.
fn rows(test: &Test, args: &str, columns: &[&str]) -> Vec<String> {
    let args: Vec<&str> = args.split_whitespace().chain(["--format", "json"]).collect();
    let out = output(test.folder.path(), &args);
    let rows: Vec<serde_json::Value> =
        serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&out.stderr)));
    let cell = |row: &serde_json::Value, column: &str| match &row[column] {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => "-".to_owned(),
        other => other.to_string(),
    };
    rows.iter().map(|row| columns.iter().map(|c| cell(row, c)).collect::<Vec<_>>().join(" ")).collect()
}

fn hama(test: &Test, more: &str) -> String {
    let rows = rows(test, &format!("table {more}"), &["place", "status", "actor", "stale"]);
    rows.into_iter().find(|row| row.starts_with("SY05 ")).unwrap()
}

#[test]
fn an_uncertain_date_shows_by_the_mode_and_draw_is_latest_in_tables() {
    let test = project("date,place,actor,source\n2024-12-01,SY05,army,sana\n[2024-12-03..2024-12-06],SY05,hts,sohr\n");
    for (mode, changes) in [("latest", 6), ("earliest", 3), ("midpoint", 4), ("draw", 6)] {
        for day in 2..8 {
            let holder = if day < changes { "army" } else { "hts" };
            let told = hama(&test, &format!("--date 2024-12-0{day} --uncertain {mode}"));
            assert_eq!(told, format!("SY05 held {holder} false"), "{mode} on {day}");
        }
    }
}

#[test]
fn a_table_as_known_on_a_day_has_only_what_was_reported_by_then() {
    let test = project(
        "date,place,actor,source,reported,id,supersedes\n\
         2024-12-01,SY05,army,sohr,2024-12-01,a,\n\
         2024-12-03,SY05,hts,sohr,2024-12-05,b,\n\
         2024-12-03,SY05,south,sohr,2024-12-07,c,b\n",
    );
    for (known, holder) in [("2024-12-04", "army"), ("2024-12-05", "hts"), ("2024-12-07", "south")] {
        assert_eq!(hama(&test, &format!("--date 2024-12-04 --as-of {known}")), format!("SY05 held {holder} false"));
    }
    let unknown = hama(&test, "--date 2024-12-04 --as-of 2024-11-30");
    assert_eq!(unknown, "SY05 unknown - false");
}

#[test]
fn a_word_older_than_asked_is_stale_in_tables() {
    let test = project("date,place,actor,source,observed\n2024-12-01,SY05,army,sana,2024-12-03\n");
    assert_eq!(hama(&test, "--date 2024-12-08 --stale-after 5d"), "SY05 held army false");
    assert_eq!(hama(&test, "--date 2024-12-09 --stale-after 5d"), "SY05 held army true");
    assert_eq!(hama(&test, "--date 2025-12-09"), "SY05 held army false", "unless asked, no word is stale");
}

#[test]
fn sides_are_rolled_up_by_the_side_of_the_date() {
    let test = project("date,place,actor,source\n2024-12-01,SY05,hts,sohr\n2024-12-01,SY12,south,sohr\n").file(
        "actors.csv",
        "id,name,side,from,until\narmy,Army,government,,\nhts,HTS,opposition,,2024-12-05\n\
         hts,HTS,government,2024-12-05,\nsouth,South,opposition,,\n",
    );
    let sides = |date: &str| rows(&test, &format!("table --by actor --side --date {date}"), &["actor", "regions"]);
    assert_eq!(sides("2024-12-04"), ["opposition 2"]);
    assert_eq!(sides("2024-12-05"), ["government 1", "opposition 1"]);
}

#[test]
fn policies_are_compared_and_the_places_on_which_they_differ_are_named() {
    let events =
        "date,place,actor,source\n2024-12-01,SY05,army,sana\n2024-12-03,SY05,hts,sohr\n2024-12-01,SY12,south,sohr\n";
    let test = project(events).args("check --policies --date 2024-12-04");
    test.stdout_has("under every policy, 2024-12-04: km² of the regions of adm1, least…greatest\n")
        .stdout_has("  actor  against-interest  consensus  latest  majority  priority   of all\n")
        .stdout_has("  army                  0    0…10066       0   0…10066         0  0…10066\n")
        .stdout_has("the policies disagree on 2 places:\n  Hama (SY05, adm1)\n")
        .stdout_has("    held by Hay'at Tahrir al-Sham: `against-interest`, `latest` and `priority`\n")
        .stdout_has("    contested by Army and Hay'at Tahrir al-Sham: `consensus` and `majority`\n")
        .run();
    let test = project(events);
    let out = output(test.folder.path(), &["check", "--policies", "--date", "2024-12-02", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    // The state agency's word for its own side is all that there is of Hama: against its interest, that is nothing.
    let hama = &told["policies"]["disagree"][0];
    assert_eq!(hama["place"], "SY05");
    assert_eq!(hama["states"][0]["policies"], serde_json::json!(["against-interest"]));
    assert_eq!(hama["states"][1]["words"], "held by Army");
    assert_eq!(told["policies"]["ground"].as_array().unwrap().len(), 10);
    // All of Hama is the army's under every other policy; As-Suwayda is the south's under each.
    let of_all = &told["policies"]["of_all"];
    let km2 = |row: usize, key: &str| of_all[row][key].as_f64().unwrap().round();
    assert_eq!([&of_all[0]["actor"], &of_all[1]["actor"]], ["army", "south"]);
    assert_eq!([km2(0, "km2_low"), km2(0, "km2_high")], [0.0, 10_066.0]);
    assert!(km2(1, "km2_low") > 5_000.0 && of_all[1]["km2_low"] == of_all[1]["km2_high"], "{of_all}");
    project(events).args("check --date 2024-12-02").status(2).stdout("").run();
}

#[test]
fn ties_are_counted_by_check() {
    let events = "date,place,actor,source\n2024-12-01,SY05,army,sana\n2024-12-01,SY05,hts,sohr\n";
    project(events)
        .args("check")
        .stdout_has("1 tie between words of equal standing on 1 place under policy `latest`; `why` explains a place\n")
        .run();
}
