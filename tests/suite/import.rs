//! `import`: invented rows under the true headers become events that check, draw and add up.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use super::harness::{Folder, Test, output};
use std::fs;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.copy(&fixtures().join("import"));
    fs::copy(fixtures().join("tidy/boundaries.geojson"), folder.path().join("land.geojson")).unwrap();
    folder
}

/// Runs the program: what it writes to stdout and to stderr.
#[track_caller]
fn run(folder: &Folder, status: i32, args: &str) -> [String; 2] {
    let out = output(folder.path(), &args.split_whitespace().collect::<Vec<_>>());
    let [stdout, stderr] = [out.stdout, out.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(out.status.code(), Some(status), "{args}\n{stdout}\n{stderr}");
    [stdout, stderr]
}

/// The cells of some columns, a line each row, `|` between.
fn cells(table: &str, columns: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let slots: Vec<usize> = columns.split(' ').map(|c| header.iter().position(|h| h == c).unwrap()).collect();
    let row = |row: csv::StringRecord| slots.iter().map(|s| row[*s].to_owned()).collect::<Vec<_>>().join("|");
    reader.records().map(|r| row(r.unwrap())).collect()
}

const LAND: &str = "--boundaries land.geojson";

#[test]
fn acled_tells_who_gained_a_place_only_where_one_side_is_of_the_state() {
    let folder = folder();
    let [events, report] = run(&folder, 0, "import acled acled.csv");
    let (league, army) = ("League of Varrland", "Military Forces of Varrland");
    let expected = [
        format!("VAR1|2024-12-01|35.5|36.25|{league}|held|{army}|capture"),
        // a week around the day, and a month
        format!("VAR2|[2024-12-02..2024-12-08]|35.5|36.25|{army}|held|{league}|capture"),
        format!("VAR3|2024-12|34.5|36.5|{league}|held||"),
        format!("VAR4|2024-12-06|34.25|36.5|{league};{army}|||clash"),
        // civilians do not strike
        format!("VAR5|2024-12-07|33.5|36.5|{army}|||strike"),
        // two rebels: that they fought is certain
        format!("VAR7|2024-12-08|33.25|36.5|Guild of Varrland;{league}|||clash"),
    ];
    assert_eq!(cells(&events, "id date lat lon actor status opponent kind"), expected);
    assert_eq!(
        cells(&events, "source stance x-sources note")[0],
        "acled|reported|Herald; Radio|The league took Ardal, after a day"
    );
    assert!(report.starts_with(
        "acled: 6 events of 11 rows\n  left out, saying nothing about who holds a place: Peaceful protest 1\n  \
         not understood, at least in part: 5 rows\n"
    ));
    for spot in ["acled.csv:8:10", "acled.csv:9:25", "acled.csv:10:2", "acled.csv:11:1", "acled.csv:12:8"] {
        assert!(report.contains(&format!("  --> {spot}\n")), "{spot} is not in {report}");
    }
    assert!(report.ends_with("5 warnings\n"), "{report}");
}

#[test]
fn what_acled_says_is_drawn_and_told_in_numbers() {
    let folder = folder();
    let tables = "--places places.csv --actors actors.csv --sources sources.csv";
    run(&folder, 0, &format!("import acled acled.csv -o events.csv {tables} -q"));
    let files = format!("{LAND} --events events.csv {tables}");
    let [report, _] = run(&folder, 0, &format!("check --strict {files}"));
    assert!(report.contains("joined 6 of 6 rows"), "{report}");
    let [told, _] = run(&folder, 0, &format!("table {files} --date 2024-12-07"));
    let told = cells(&told, "name status actor events");
    assert!(told.contains(&"Ardal|held|League of Varrland|VAR1".to_owned()), "{told:?}");
    assert!(told.contains(&"Belmere|unknown||".to_owned()), "by the end of the month, not yet: {told:?}");
    let [told, _] = run(&folder, 0, &format!("table {files} --date 2024-12-31"));
    let told = cells(&told, "name status actor events");
    assert!(told.contains(&"Ardal|held|Military Forces of Varrland|VAR2".to_owned()), "{told:?}");
    assert!(told.contains(&"Belmere|held|League of Varrland|VAR3".to_owned()), "{told:?}");
    assert!(told.contains(&"Ellund|unknown||".to_owned()), "a clash changes nothing: {told:?}");
    run(&folder, 0, &format!("map {files} --date 2024-12-31 -o map.svg"));
    let map = fs::read_to_string(folder.path().join("map.svg")).unwrap();
    assert!(map.contains("Ardal") && map.contains("League of Varrland"));
    // without tables the points stand for themselves
    run(&folder, 0, "import acled acled.csv -o bare.csv -q");
    let [told, _] = run(&folder, 0, &format!("table {LAND} --events bare.csv --date 2024-12-31"));
    assert!(cells(&told, "place status events").contains(&"35.5,36.25|held|VAR2".to_owned()), "{told}");
}

#[test]
fn ucdp_tells_fights_and_changes_nothing() {
    let folder = folder();
    let [events, report] = run(&folder, 0, "import ucdp-ged ged.csv");
    let expected = [
        "ged-1001|2024-12-01|35.5|36.25|Government of Varrland;League of Varrland||clash|3",
        "ged-1002|[2024-12-03..2024-12-09]|34.5|36.5|Guild of Varrland;League of Varrland||clash|2",
    ];
    assert_eq!(cells(&events, "id date lat lon actor status kind x-deaths"), expected);
    assert!(report.contains("one-sided violence 1") && report.contains("--> ged.csv:5:25"), "{report}");
    run(&folder, 0, "import ucdp-ged ged.csv -o events.csv --places places.csv -q");
    let files = format!("{LAND} --events events.csv --places places.csv");
    run(&folder, 0, &format!("check --strict {files}"));
    let [told, _] = run(&folder, 0, &format!("table --by event {files}"));
    assert_eq!(cells(&told, "id name decided"), ["ged-1002|near Belmere|annotates", "ged-1001|Ardal town|annotates"]);
    run(&folder, 0, &format!("map {files} --date 2024-12-31 -o map.svg"));
}

#[test]
fn viina_has_four_maps_and_says_a_thing_once() {
    let folder = folder();
    let [events, report] = run(&folder, 0, "import viina control.csv");
    let of = |map: &str| -> Vec<String> {
        let rows = cells(&events, "source place date actor status observed");
        rows.iter().filter_map(|row| row.strip_prefix(&format!("viina-{map}|"))).map(str::to_owned).collect()
    };
    let wiki = [
        "501|[..2024-12-01]|UA|held|2024-12-01",
        // the 4th and the 5th have no row
        "501|[2024-12-04..2024-12-06]|RU|held|2024-12-06",
        "502|[..2024-12-02]|UA|held|2024-12-02",
    ];
    assert_eq!(of("wiki"), wiki);
    assert_eq!(of("dsm")[1], "501|2024-12-03|RU;UA|contested|2024-12-03");
    assert_eq!(of("isw"), ["501|[..2024-12-02]|UA|held|2024-12-02", "502|[..2024-12-02]|UA|held|2024-12-02"]);
    assert!(
        report.contains("saying what was said before: 2 rows") && report.contains("--> control.csv:9:2"),
        "{report}"
    );
    assert!(report.contains("(`status_wiki` \"held\")\n  --> control.csv:10:3"), "{report}");

    let ground = fs::read_to_string(folder.path().join("land.geojson")).unwrap();
    let ground = ground.replace(r#""SY05","name""#, r#"501,"name""#).replace(r#""SY04","name""#, r#"502,"name""#);
    fs::write(folder.path().join("tess.geojson"), ground).unwrap();
    run(&folder, 0, "import viina control.csv -o events.csv --actors actors.csv --sources sources.csv -q");
    let toml = "boundaries = { file = \"tess.geojson\", level = \"adm4\", id = \"code\", name = \"name\" }\n\
                events = \"events.csv\"\nactors = \"actors.csv\"\nsources = \"sources.csv\"\n";
    fs::write(folder.path().join("controlmap.toml"), toml).unwrap();
    run(&folder, 0, "check --strict");
    let [told, _] = run(&folder, 0, "table --date 2024-12-06 --policy majority");
    assert_eq!(cells(&told, "place status actor")[..2], ["501|held|RU", "502|held|UA"]);
    run(&folder, 0, "map --date 2024-12-06 -o map.svg");
}

#[test]
fn the_order_of_columns_the_letters_of_the_header_and_the_cut_into_files_change_nothing() {
    let folder = folder();
    let [whole, _] = run(&folder, 0, "import acled acled.csv");
    let text = fs::read_to_string(folder.path().join("acled.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let lines: Vec<&str> = rows.lines().collect();
    let part = |name: &str, lines: &[&str]| {
        // a byte order mark, capital letters, and line ends of another system
        let text = format!("\u{feff}{}\r\n{}\r\n", header.to_uppercase(), lines.join("\r\n"));
        fs::write(folder.path().join(name), text).unwrap();
    };
    part("one.csv", &lines[..4]);
    part("two.csv", &lines[4..]);
    let [cut, _] = run(&folder, 0, "import acled one.csv two.csv");
    assert_eq!(cut, whole);
    let mut reader = csv::Reader::from_reader(fs::File::open(folder.path().join("ged.csv")).unwrap());
    let mut writer = csv::Writer::from_path(folder.path().join("turned.csv")).unwrap();
    writer.write_record(reader.headers().unwrap().iter().rev()).unwrap();
    reader.records().for_each(|row| writer.write_record(row.unwrap().iter().rev()).unwrap());
    writer.flush().unwrap();
    assert_eq!(run(&folder, 0, "import ucdp-ged turned.csv")[0], run(&folder, 0, "import ucdp-ged ged.csv")[0]);
}

#[test]
fn another_header_names_what_is_missing_and_nothing_is_written() {
    let folder = folder();
    let before = folder.files();
    let [_, report] = run(&folder, 1, "import acled ged.csv -o events.csv --places places.csv");
    assert!(report.starts_with("error[missing-column]: the header has no columns `event_id_cnty`, `event_date`, "));
    assert!(report.contains("  --> ged.csv:1:1\n  hint: its columns are those of `ucdp-ged`\n"), "{report}");
    let [_, report] = run(&folder, 1, "import viina ged.csv acled.csv none.csv -o events.csv");
    assert!(report.contains("`geonameid` or `kod`") && report.contains("none.csv") && report.ends_with("3 errors\n"));
    let [_, report] = run(&folder, 1, "import acled acled.csv -o events.csv --strict");
    assert!(report.contains("5 warnings"), "{report}");
    let [_, report] = run(&folder, 2, "import viina control.csv -o events.csv --places places.csv");
    assert!(report.contains("has no coordinates"), "{report}");
    assert_eq!(folder.files(), before);
    Test::new().args("import nothing a.csv").status(2).stderr_has("acled, ucdp-ged, viina").run();
    Test::new().file("a.csv", "").args("import acled a.csv").status(1).stderr_has("the file is empty").run();
    let open = format!(
        "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,date_start,date_end\n\"{}",
        "x\n".repeat(1 << 20)
    );
    Test::new().file("a.csv", open).args("import ucdp-ged a.csv").status(1).stderr_has("never closed").run();
    let bytes = b"geonameid,date,status_wiki,status_boost,status_dsm,status_isw\n1,20240101,UA,\xff,UA,UA\n";
    Test::new().file("a.csv", bytes).args("import viina a.csv").status(1).stderr_has("bad-bytes").run();
}
