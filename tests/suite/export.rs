//! `export` as others read it: GDAL's `ogrinfo`, the `geojson` crate, and an XML reader.

use super::harness::{Folder, Test, tool};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The shipped example in a folder, with one export.
fn exported(args: &str, file: &str) -> Folder {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024");
    Test::new().copy(&data).args(&format!("export {args} -q -o {file}")).stdout("").stderr("").run()
}

fn info(folder: &Folder, file: &str, more: &[&str]) -> Option<String> {
    let path = folder.path().join(file);
    let args: Vec<&str> = ["-ro", "-al"].iter().chain(more).copied().chain([path.to_str().unwrap()]).collect();
    let output = tool("ogrinfo", &args)?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

fn features(folder: &Folder, file: &str) -> Vec<geojson::Feature> {
    let text = fs::read_to_string(folder.path().join(file)).unwrap();
    geojson::FeatureCollection::try_from(text.parse::<geojson::GeoJson>().unwrap()).unwrap().features
}

#[test]
fn gdal_reads_all_spells_with_their_count_types_and_dates() {
    let folder = exported("--spells", "spells.geojson");
    let count = features(&folder, "spells.geojson").len();
    assert!(count > 100, "{count}");
    let Some(said) = info(&folder, "spells.geojson", &["-so"]) else { return };
    assert!(said.contains(&format!("Feature Count: {count}\n")), "{said}");
    for column in [
        "place: String",
        "valid_from: Date ",
        "valid_to: Date ",
        "since: Date ",
        "km2: Real",
        "claimed: Integer(Boolean)",
    ] {
        assert!(said.contains(&format!("\n{column}")), "{column}: {said}");
    }
    let first = "place = 'hama' AND valid_from = '2024/12/05'";
    let hama = info(&folder, "spells.geojson", &["-geom=NO", "-where", first]).unwrap();
    for line in
        ["Feature Count: 1\n", "valid_from (Date) = 2024/12/05\n", "actor (String) = hts\n", "status (String) = held\n"]
    {
        assert!(hama.contains(line), "{line}: {hama}");
    }
}

#[test]
fn gdal_finds_the_same_spells_in_every_format() {
    let geojson = exported("--spells", "a.geojson");
    let count = features(&geojson, "a.geojson").len();
    for file in ["a.kml", "a.topojson"] {
        let folder = exported("--spells", file);
        let Some(said) = info(&folder, file, &["-so"]) else { return };
        assert!(said.contains(&format!("Feature Count: {count}\n")), "{file}: {said}");
    }
    let folder = exported("--spells", "a.kml");
    let said = info(&folder, "a.kml", &["-geom=NO", "-where", "place = 'hama' AND actor = 'hts'"]).unwrap();
    assert!(said.contains("begin (DateTime) = 2024/12/05 00:00:00"), "{said}");
}

#[test]
fn a_spell_ends_on_the_first_day_that_is_not_its_own() {
    let events = "date,place,actor\n2030-03-01,Alderay,republic\n2030-03-05,Alderay,front\n";
    let folder = Test::project().file("events.csv", events).args("export --spells -o a.geojson").run();
    let all = features(&folder, "a.geojson");
    let ends =
        |i: usize| ["valid_from", "valid_to"].map(|key| all[i].property(key).unwrap().as_str().map(str::to_owned));
    assert_eq!(all.len(), 2);
    assert_eq!(ends(0), [Some("2030-03-01".into()), Some("2030-03-05".into())]);
    assert_eq!(ends(1), [Some("2030-03-05".into()), None]);
    if let Some(said) = info(&folder, "a.geojson", &["-so"]) {
        assert!(said.contains("\nvalid_from: Date "), "{said}");
    }
    let window = |args: &str| {
        let test = Test::project().file("events.csv", events);
        features(&test.args(&format!("export --spells {args} -o b.geojson")).run(), "b.geojson").len()
    };
    assert_eq!([window("--to 2030-03-04"), window("--from 2030-03-05"), window("--to 2030-02-01")], [1, 1, 0]);
}

#[test]
fn the_spells_that_hold_at_a_date_are_the_state_of_that_date() {
    let spells = exported("--spells", "a.geojson");
    for date in ["2024-11-26", "2024-12-05", "2024-12-07", "2024-12-12"] {
        let folder = exported(&format!("--date {date}"), "b.geojson");
        let text =
            |feature: &geojson::Feature, key: &str| feature.property(key).unwrap().as_str().unwrap_or("").to_owned();
        let columns = ["status", "actor", "actors", "shares", "lost_by", "events", "basis"];
        let values = |feature: &geojson::Feature| columns.map(|column| text(feature, column));
        let holds = |feature: &&geojson::Feature| {
            let (from, to) = (text(feature, "valid_from"), text(feature, "valid_to"));
            (from.is_empty() || *from <= *date) && (to.is_empty() || *date < *to)
        };
        let all = features(&spells, "a.geojson");
        let of_spells: BTreeMap<String, _> =
            all.iter().filter(holds).map(|f| ((text(f, "place")), values(f))).collect();
        let state = features(&folder, "b.geojson");
        let spoken = state.iter().filter(|f| !text(f, "basis").is_empty());
        let of_state: BTreeMap<String, _> = spoken.map(|f| (text(f, "place"), values(f))).collect();
        assert!(of_state.len() > 30, "{}", of_state.len());
        assert_eq!(of_spells, of_state, "{date}");
    }
}

#[test]
fn kml_is_sound_xml_with_a_style_for_every_placemark() {
    let folder = exported("--date 2024-12-07", "a.kml");
    let text = fs::read_to_string(folder.path().join("a.kml")).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let named = |name: &'static str| {
        document.descendants().filter(move |node| node.has_tag_name(("http://www.opengis.net/kml/2.2", name)))
    };
    let styles: Vec<String> = named("Style").map(|style| format!("#{}", style.attribute("id").unwrap())).collect();
    let used: Vec<&str> = named("styleUrl").filter_map(|node| node.text()).collect();
    assert!(used.len() > 30 && styles.len() > 4);
    assert!(used.iter().all(|url| styles.iter().any(|style| style == url)));
}

#[test]
fn flags_that_do_not_go_together_are_wrong_usage() {
    Test::project().args("export --spells --date 2030-03-01 -o a.kml").status(2).run();
    Test::project().args("export --date 2030-03-05 --from 2030-03-01 -o a.kml").status(2).stderr_has("--spells").run();
    Test::project()
        .args("export --date 2030-03-05 -o a.gpkg")
        .status(2)
        .stderr_has("`geojson`, `kml`, `topojson`")
        .run();
    Test::project().args("export --spells --level adm3 -o a.kml").status(1).stderr_has("bad-level").run();
}
