//! `simplify`: fewer points, the same features, no gap.

use crate::harness::Test;
use std::fs;

/// Two neighbours with a crooked border between them, an island, and a town.
fn boundaries() -> String {
    let border: Vec<String> = (0..=40).map(|i| format!("[{}.5,{}]", 10, f64::from(i) / 10.0 + 30.0)).collect();
    let crooked: Vec<String> =
        border.iter().enumerate().map(|(i, p)| if i % 2 == 1 { p.replace(".5", ".51") } else { p.clone() }).collect();
    let back: Vec<String> = crooked.iter().rev().cloned().collect();
    format!(
        r#"{{"type":"FeatureCollection","name":"two","features":[
{{"type":"Feature","id":"W","properties":{{"name":"West","n":1.50}},"geometry":{{"type":"Polygon","coordinates":[[[8,30],{},[8,34],[8,30]]]}}}},
{{"type":"Feature","id":"E","properties":{{"name":"East"}},"geometry":{{"type":"MultiPolygon","coordinates":[[[[12,34],{},[12,30],[12,34]]],[[[20,30],[20.1,30],[20.05,30.1],[20,30]]]]}}}},
{{"type":"Feature","properties":{{"name":"Town"}},"geometry":{{"type":"Point","coordinates":[9,31]}}}}]}}"#,
        crooked.join(","),
        back.join(",")
    )
}

#[test]
fn features_keep_what_they_say_and_neighbours_their_border() {
    let test = Test::new().file("in.geojson", boundaries()).args("simplify in.geojson --keep 10% -o out.geojson");
    let folder = test.stderr_has("points of borders").run();
    let text = fs::read_to_string(folder.path().join("out.geojson")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["name"], "two");
    let features = value["features"].as_array().unwrap();
    assert_eq!(features.len(), 3);
    assert!(text.contains(r#"{"name":"West","n":1.50}"#), "{text}");
    assert_eq!(features[2]["geometry"]["type"], "Point");
    let points =
        |ring: &serde_json::Value| ring.as_array().unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
    let west = points(&features[0]["geometry"]["coordinates"][0]);
    let east = points(&features[1]["geometry"]["coordinates"][0][0]);
    let shared = |p: &&String| p.starts_with("[10.5");
    let mut both: [Vec<&String>; 2] = [west.iter().filter(shared).collect(), east.iter().filter(shared).collect()];
    both.iter_mut().for_each(|b| {
        b.sort();
        b.dedup();
    });
    assert_eq!(both[0], both[1]);
    assert!((2..20).contains(&both[0].len()), "{both:?}");
    assert_eq!(west[0], west[west.len() - 1]);
    assert_eq!(points(&features[1]["geometry"]["coordinates"][1][0]).len(), 4, "the island stays");
}

#[test]
fn topojson_comes_out_and_goes_in_again() {
    let areas = boundaries()
        .replace(r#""Point","coordinates":[9,31]"#, r#""Polygon","coordinates":[[[9,41],[9.5,41],[9,42],[9,41]]]"#);
    let folder = Test::new().file("in.geojson", areas).args("simplify in.geojson --keep 0.5 -o half.topojson").run();
    let half = fs::read(folder.path().join("half.topojson")).unwrap();
    let again =
        Test::new().file("half.topojson", half).args("simplify half.topojson --keep 100% -o back.geojson").run();
    let back = fs::read_to_string(again.path().join("back.geojson")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&back).unwrap();
    assert_eq!(value["features"].as_array().unwrap().len(), 3);
    assert_eq!(value["features"][0]["id"], "W");
    assert_eq!(value["features"][1]["geometry"]["type"], "MultiPolygon");
}

#[test]
fn what_cannot_be_simplified_is_refused() {
    let run = |file: &str, args: &str| Test::new().file("in.geojson", file).args(args);
    run(&boundaries(), "simplify in.geojson --keep 10% -o out.topojson").status(2).stderr_has("GeoJSON only").run();
    run(&boundaries(), "simplify in.geojson --keep 200% -o out.geojson").status(2).stderr_has("is no share").run();
    run(&boundaries(), "simplify none.geojson --keep 10% -o out.geojson").status(1).stderr_has("cannot-read").run();
    run("{", "simplify in.geojson --keep 10% -o out.geojson").status(1).stderr_has("bad-json").run();
    run(&boundaries().replace("[8,34]", "[800000,34]"), "simplify in.geojson --keep 10% -o out.geojson")
        .status(1)
        .stderr_has("off the globe")
        .run();
}
