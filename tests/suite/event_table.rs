//! `table --by event`: every event as it was understood, with days that were worked out by hand.

use super::harness::{Test, output};
use std::path::Path;

/// The regions of the tidy project; towns and people of it too.
const EVENTS: &str = "\
id,date,until,place,actor,status,share,opponent,kind,source,stance,supersedes
one,2024-12-01,,SY05,army,,,,,sohr,,
two,2024-12-05,,SY05,hts,,,,capture,sohr,,
weak,2024-12-05,,SY05,army,,,,,sana,claimed,
share,[2024-12-06..2024-12-07],,SY04,hts,,>=80%,army,,sohr,,
open,[..2024-12-03],,SY04,army,,,,,sana,,
siege,2024-12-02,2024-12-04,nawa,south,,,,siege,sohr,,
fight,2024-12-03,,nawa,army;south,,,,clash,sohr,,
slip,2024-12-02,,SY12,hts,,,,,sohr,,
mended,2024-12-02,,SY12,south,,,,,sohr,,slip
denied,2024-12-04,,SY12,south,,,,,sana,denied,
never,[2024-12-20..],,SY12,hts,,,,,sohr,,
undone,2024-12-06,,SY12,army,,,,,sana,retracted,
";

const HEADER: &str = "id,date,earliest,latest,place,name,level,actor,status,share_low,share_high,opponent,kind,source,\
                      stance,decided,decided_first,decided_last";

fn test() -> Test {
    let tidy = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tidy");
    Test::new().copy(&tidy).file("events.csv", EVENTS)
}

#[test]
fn each_event_is_told_with_its_place_its_days_and_its_fate() {
    let rows = "\
share,[2024-12-06..2024-12-07],2024-12-06,2024-12-07,SY04,Homs,adm1,hts,partial,0.8,1,army,,sohr,reported,decided,2024-12-07,
open,[..2024-12-03],,2024-12-03,SY04,Homs,adm1,army,held,,,,,sana,reported,decided,2024-12-03,2024-12-06
one,2024-12-01,2024-12-01,2024-12-01,SY05,Hama,adm1,army,held,,,,,sohr,reported,decided,2024-12-01,2024-12-04
two,2024-12-05,2024-12-05,2024-12-05,SY05,Hama,adm1,hts,held,,,,capture,sohr,reported,decided,2024-12-05,
weak,2024-12-05,2024-12-05,2024-12-05,SY05,Hama,adm1,army,held,,,,,sana,claimed,lost,,
mended,2024-12-02,2024-12-02,2024-12-02,SY12,Deraa,adm1,south,held,,,,,sohr,reported,decided,2024-12-02,
slip,2024-12-02,2024-12-02,2024-12-02,SY12,Deraa,adm1,hts,held,,,,,sohr,reported,superseded,,
denied,2024-12-04,2024-12-04,2024-12-04,SY12,Deraa,adm1,south,held,,,,,sana,denied,denies,,
undone,2024-12-06,2024-12-06,2024-12-06,SY12,Deraa,adm1,army,held,,,,,sana,retracted,retracted,,
never,[2024-12-20..],2024-12-20,,SY12,Deraa,adm1,hts,held,,,,,sohr,reported,never-shows,,
siege,2024-12-02,2024-12-02,2024-12-02,nawa,Nawa,settlement,south,besieged,,,,siege,sohr,reported,lies-over,2024-12-02,2024-12-03
fight,2024-12-03,2024-12-03,2024-12-03,nawa,Nawa,settlement,army;south,,,,,clash,sohr,reported,annotates,,
";
    let mut expected: Vec<&str> = rows.lines().collect();
    let folder = test().args("table --by event -o events-told.csv").run();
    let table = std::fs::read_to_string(folder.path().join("events-told.csv")).unwrap();
    let (header, told) = table.split_once('\n').unwrap();
    assert_eq!(header, HEADER);
    let mut told: Vec<&str> = told.lines().collect();
    // places come in the dataset's order, and so do the events of each
    let places: Vec<&str> = told.iter().map(|row| row.rsplit(',').nth(13).unwrap()).collect();
    assert!(places.is_sorted_by_key(|place| ["SY04", "SY05", "SY12", "nawa"].iter().position(|p| p == place)));
    told.sort_unstable();
    expected.sort_unstable();
    assert_eq!(told, expected);
}

#[test]
fn what_was_not_known_yet_or_is_excluded_says_so_and_others_decide_for_longer() {
    let row = |args: &str, id: &str| {
        let folder = test().folder;
        let out = output(folder.path(), &args.split_whitespace().collect::<Vec<_>>());
        let table = String::from_utf8(out.stdout).unwrap();
        let found = table.lines().find(|line| line.starts_with(&format!("{id},")));
        found.unwrap_or_else(|| panic!("{id} is not in {table}")).rsplitn(4, ',').collect::<Vec<_>>()[..3].join(" ")
    };
    assert_eq!(row("table --by event --as-of 2024-12-06", "share"), "  not-known");
    assert_eq!(row("table --by event --as-of 2024-12-06", "open"), " 2024-12-03 decided");
    assert_eq!(row("table --by event --exclude claimed", "weak"), "  excluded");
    assert_eq!(row("table --by event --exclude source:sohr", "two"), "  excluded");
    assert_eq!(row("table --by event --exclude source:sohr", "weak"), " 2024-12-05 decided");
    assert_eq!(row("table --by event --uncertain earliest", "open"), "2024-12-05  decided");
}

#[test]
fn it_is_json_and_parquet_too_and_takes_no_dates() {
    let folder = test().args("table --by event -o events-told.json").run();
    let json = std::fs::read(folder.path().join("events-told.json")).unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&json).unwrap();
    let two = rows.iter().find(|row| row["id"] == "two").unwrap();
    assert_eq!((&two["decided_first"], &two["decided_last"]), (&"2024-12-05".into(), &serde_json::Value::Null));
    let share = rows.iter().find(|row| row["id"] == "share").unwrap();
    assert_eq!((share["share_low"].as_f64(), share["share_high"].as_f64()), (Some(0.8), Some(1.0)));

    let folder = test().args("table --by event -o events-told.parquet").run();
    let bytes = bytes::Bytes::from(std::fs::read(folder.path().join("events-told.parquet")).unwrap());
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let reader = SerializedFileReader::new(bytes).unwrap();
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().into_columns()).collect();
    let one = rows.iter().find(|row| row[0].1 == Field::Str("one".into())).unwrap();
    let value = |name: &str| one.iter().find(|(column, _)| column == name).unwrap().1.clone();
    // 20,058 days after 1970-01-01 is 1 December 2024
    assert_eq!(
        [value("earliest"), value("decided_first"), value("decided_last")],
        [20_058, 20_058, 20_061].map(Field::Date)
    );

    test().args("table --by event --date 2024-12-05").status(2).stderr_has("`--by event` takes no dates").run();
}

#[test]
fn the_example_tells_each_of_its_events_once_whatever_the_order_of_rows() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024");
    let table = |test: Test| {
        let folder = test.args("table --by event -o told.csv").run();
        std::fs::read_to_string(folder.path().join("told.csv")).unwrap()
    };
    let told = table(Test::new().copy(&shipped));
    let events = std::fs::read_to_string(shipped.join("events.csv")).unwrap();
    let (header, rows) = events.split_once('\n').unwrap();
    let ids = |table: &str| {
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let mut ids: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids(&told), ids(&events));
    // the ledger's own rows by line: none has a line break inside
    let mut back: Vec<&str> = rows.lines().collect();
    back.reverse();
    assert_eq!(told, table(Test::new().copy(&shipped).file("events.csv", format!("{header}\n{}\n", back.join("\n")))));

    let row = |id: &str| told.lines().find(|line| line.starts_with(&format!("{id},"))).unwrap().to_owned();
    // who decides a place by this table is who decides it by `--by place`
    let folder = Test::new().copy(&shipped).args("table --date 2024-12-07 -o places.csv").run();
    let places = std::fs::read_to_string(folder.path().join("places.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(places.as_bytes());
    let mut count = 0;
    for place in reader.records().map(Result::unwrap) {
        if &place[11] != "direct" {
            continue;
        }
        for id in place[10].split(';').filter(|id| !id.is_empty()) {
            let told = row(id);
            let ends: Vec<&str> = told.rsplitn(4, ',').collect();
            assert!(["decided", "lies-over"].contains(&ends[2]), "{told}");
            assert!(ends[1] <= "2024-12-07" && (ends[0].is_empty() || ends[0] >= "2024-12-07"), "{told}");
            count += 1;
        }
    }
    assert!(count > 50, "{count} events decide on that day");
}
