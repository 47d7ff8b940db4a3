//! Interactive pages: their numbers are those of the tables, nothing in them comes from elsewhere, and what is
//! written into them stays text.

use super::harness::Test;
use serde_json::Value;
use std::collections::BTreeMap;

const SYRIA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/syria-2024");
const PERIOD: &str = "--from 2024-11-28 --to 2024-12-08";

fn page(args: &str) -> String {
    let folder = Test::new().args(&format!("animate {args} -q -o page.html")).stdout("").run();
    assert_eq!(folder.files(), ["page.html"]);
    std::fs::read_to_string(folder.path().join("page.html")).unwrap()
}

/// What stands between two texts.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    text.split_once(start).unwrap_or_else(|| panic!("no {start:?}")).1.split_once(end).unwrap().0
}

fn data(page: &str) -> Value {
    serde_json::from_str(between(page, "id=\"ui-data\">", "</script>")).unwrap()
}

fn table(args: &str) -> Vec<BTreeMap<String, Value>> {
    let folder = Test::new().args(&format!("table {SYRIA} {args} -q -o t.json")).run();
    serde_json::from_slice(&std::fs::read(folder.path().join("t.json")).unwrap()).unwrap()
}

/// The entry that holds at a step, of those that hold each from a step on.
fn at(list: &Value, step: usize) -> &Value {
    list.as_array().unwrap().iter().rfind(|entry| entry[0].as_u64().unwrap() <= step as u64).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn the_numbers_are_those_of_the_table() {
    let page = data(&page(&format!("{SYRIA} {PERIOD}")));
    let days: Vec<&str> = page["steps"].as_array().unwrap().iter().map(|step| step[0].as_str().unwrap()).collect();
    assert_eq!((days.len(), days[0], days[10]), (11, "2024-11-28", "2024-12-08"));
    let mut compared = 0;
    let rows = table(&format!("--by actor {PERIOD} --every day"));
    for row in &rows {
        let step = days.iter().position(|day| *day == row["date"]).unwrap();
        let high = number(&row["km2_high"]);
        let layer = page["layers"].as_array().unwrap().iter().find(|layer| layer["id"] == row["actor"]);
        let Some(layer) = layer else {
            assert_eq!(high, 0.0, "{row:?} is not in the chart");
            continue;
        };
        let amounts = at(&layer["at"], step);
        for (i, column) in ["share_low", "share_high", "km2_low", "km2_high"].into_iter().enumerate() {
            assert_eq!(number(&amounts[i + 1]), number(&row[column]), "{column} of {row:?}");
        }
        compared += 1;
    }
    assert!(compared > 40, "{compared}");
    // whoever is not in the table of a day has nothing that day
    for layer in page["layers"].as_array().unwrap() {
        for (step, day) in days.iter().enumerate() {
            if number(&at(&layer["at"], step)[4]) > 0.0 {
                assert!(rows.iter().any(|row| row["actor"] == layer["id"] && row["date"] == *day), "{layer} {day}");
            }
        }
    }
}

#[test]
fn every_place_has_held_its_state_as_long_as_the_table_says() {
    let page = data(&page(&format!("{SYRIA} {PERIOD}")));
    let rows = table("--by place --dates 2024-12-02,2024-12-07");
    let mut compared = 0;
    for (day, step) in [("2024-12-02", 4), ("2024-12-07", 9)] {
        for place in page["rows"].as_array().unwrap() {
            let told = at(&place["told"], step);
            let row = rows.iter().find(|row| row["date"] == day && row["place"] == place["id"]).unwrap();
            assert_eq!(told[4].as_str().unwrap(), row["since"].as_str().unwrap_or_default(), "{row:?}");
            let is_nobodys = row["events"].is_null();
            assert_eq!(told[5].as_array().unwrap().is_empty() && told[5] != Value::Null, is_nobodys, "{row:?} {told}");
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn a_page_is_one_file_that_asks_for_nothing() {
    let page = page(&format!("{SYRIA} {PERIOD}"));
    let data = between(&page, "id=\"ui-data\">", "</script>");
    let rest = page.replace(data, "").replace("http://www.w3.org/2000/svg", "");
    for forbidden in ["http:", "https:", "//cdn", "@import", "<link rel=\"stylesheet", "<img", "<iframe", "eval("] {
        assert!(!rest.contains(forbidden), "{forbidden}");
    }
    // no handler within an element
    for (at, _) in rest.match_indices(" on") {
        let word: String = rest[at + 1..].chars().take_while(char::is_ascii_alphabetic).collect();
        let inside = rest[..at].rfind('<') > rest[..at].rfind('>');
        assert!(!inside || !rest[at + 1 + word.len()..].starts_with("=\""), "{word}");
    }
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"), "{policy}");
    assert!(!policy.contains("'unsafe-eval'") && policy.contains("img-src data:; font-src data:"), "{policy}");
}

#[test]
fn geometry_stands_once_and_each_day_adds_only_what_changed() {
    let size = |args: &str| page(&format!("{SYRIA} --fonts name {args}")).len();
    let one = size("--from 2024-11-28 --to 2024-11-28");
    let eleven = size(PERIOD);
    assert!(eleven < one * 2, "{one} {eleven}");
    // a day on which nothing is said is a label and little else
    let [short, long] = ["2025-03-01", "2025-12-31"].map(|to| size(&format!("--from 2025-03-01 --to {to}")));
    assert!(long - short < 305 * 48, "{}", long - short);
}

#[test]
fn what_people_write_stays_text_and_only_the_web_is_linked() {
    let test = Test::project();
    let path = test.folder.path().to_owned();
    std::fs::write(
        path.join("actors.csv"),
        "id,name\nnorth,</script><script>alert(1)</script>\nsouth,\"S \"\"&\"\" <b>\"\n",
    )
    .unwrap();
    std::fs::write(
        path.join("sources.csv"),
        "id,title,url\na,</title><img src=x onerror=alert(1)>,javascript:alert(1)\nb,B,https://b.example/?x=1&y=2\n",
    )
    .unwrap();
    let place = std::fs::read_to_string(path.join("boundaries.geojson")).unwrap();
    let place: Value = serde_json::from_str(&place).unwrap();
    let names: Vec<String> = (0..2).map(|i| name_of(&place["features"][i])).collect();
    std::fs::write(
        path.join("events.csv"),
        format!(
            "date,place,level,actor,source,note\n2030-03-01,{},adm1,north,a,<svg onload=alert(1)>\n2030-03-02,{},adm1,south,b,{{{{js}}}}\n",
            names[0], names[1]
        ),
    )
    .unwrap();
    let folder = test
        .args("animate --title <i>T</i> --from 2030-03-01 --to 2030-03-03 --draw-places none -q -o page.html")
        .run();
    let page = std::fs::read_to_string(folder.path().join("page.html")).unwrap();
    for raw in ["<script>alert", "<img", "<b>", "<i>", "<svg onload"] {
        assert!(!page.contains(raw), "{raw}");
    }
    assert!(page.contains("<h1>&lt;i&gt;T&lt;/i&gt;</h1>"));
    let data = data(&page);
    let sources = data["sources"].as_array().unwrap();
    let source = |start: &str| sources.iter().find(|s| s[0].as_str().unwrap().starts_with(start)).unwrap();
    assert_eq!(source("</title>")[1], "");
    assert!(source("</title>")[0].as_str().unwrap().contains("javascript:alert(1)"));
    assert_eq!(source("B")[1], "https://b.example/?x=1&y=2");
    assert_eq!(source("B")[3], "{{js}}");
}

fn name_of(feature: &Value) -> String {
    feature["properties"]["name"].as_str().unwrap().to_owned()
}

#[test]
fn the_same_inputs_give_the_same_page_for_any_number_of_threads() {
    let run = |args: &str| page(&format!("{SYRIA} {PERIOD} {args}"));
    assert!(run("--threads 1") == run("--threads 3"));
}

#[test]
fn an_arabic_page_reads_from_the_right() {
    let page = page(&format!("{SYRIA} {PERIOD} --lang ar"));
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    let data = data(&page);
    assert_eq!(data["locale"], "ar-u-nu-latn");
    assert_eq!(data["words"]["play"], "تشغيل");
    assert!(!page.contains(">Play<") && page.contains("كيف تُقرأ الخريطة"));
}

#[test]
fn the_project_file_can_ask_for_a_page() {
    let folder = Test::new().args("demo pictures").run();
    assert!(folder.files().iter().any(|file| file == "pictures/offensive.html"), "{:?}", folder.files());
    let page = std::fs::read_to_string(folder.path().join("pictures/offensive.html")).unwrap();
    assert_eq!(data(&page)["steps"].as_array().unwrap().len(), 12);
}
