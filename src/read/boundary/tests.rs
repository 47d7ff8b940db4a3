use super::{combine, read, read_bytes};
use crate::diag::{Checked, Location, Spot};
use crate::model::{Level, Names, RegionSet};
use crate::project::BoundaryInput;
use crate::read::Folder;
use proptest::prelude::*;

const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[36,34],[37,34],[37,35],[36,35],[36,34]]]}"#;

fn input() -> BoundaryInput {
    BoundaryInput::new("regions.geojson")
}

fn of(text: &str) -> Checked<RegionSet> {
    read_bytes(&input(), text.as_bytes())
}

/// A collection of features, each of an id and a geometry.
fn collection(features: &[(&str, &str)]) -> String {
    let list: Vec<String> = features
        .iter()
        .map(|(id, g)| format!(r#"{{"type":"Feature","properties":{{"pcode":"{id}"}},"geometry":{g}}}"#))
        .collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, list.join(","))
}

fn codes(checked: &Checked<RegionSet>) -> Vec<&'static str> {
    checked.diagnostics.iter().map(|d| d.code.name).collect()
}

fn spot(checked: &Checked<RegionSet>, i: usize) -> String {
    checked.diagnostics[i].location.as_ref().map(Location::to_string).unwrap_or_default()
}

fn rings(set: &RegionSet) -> Vec<Vec<(f64, f64)>> {
    let polygons = set.regions.iter().flat_map(|r| r.geometry.iter());
    polygons
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
        .map(|r| r.0.iter().map(|c| (c.x, c.y)).collect())
        .collect()
}

fn fixture(name: &str) -> Checked<RegionSet> {
    let folder = Folder::disk(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/boundaries"));
    read(&BoundaryInput::new(name), &folder)
}

#[test]
fn a_collection_a_feature_and_a_bare_geometry_are_read() {
    let checked = of(&collection(&[("B", SQUARE), ("A", SQUARE)]));
    assert_eq!(codes(&checked), [""; 0]);
    assert_eq!(checked.value.regions.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    assert!((checked.value.regions[0].km2 - 10_184.0).abs() < 60.0, "{}", checked.value.regions[0].km2);
    let one = of(&format!(r#"{{"type":"Feature","id":7,"properties":null,"geometry":{SQUARE}}}"#));
    assert_eq!((one.value.regions[0].id.as_str(), one.value.regions[0].names.default.as_str()), ("7", "7"));
    let bare = of(SQUARE);
    assert_eq!(codes(&bare), ["missing-id"]);
    assert_eq!(bare.diagnostics[0].hints, ["the features have no properties; give each an `id`"]);
}

#[test]
fn unclosed_rings_either_winding_heights_repeats_and_a_byte_order_mark_change_nothing() {
    let tidy = of(&collection(&[("A", SQUARE)]));
    let faulty = r#"{"type":"Polygon","coordinates":[[[36,34,250.5],[36,35,null],[36,35],[37,35],[37,35],[37,34]]]}"#;
    let untidy = of(&format!("\u{feff}{}\n", collection(&[("A", faulty)])));
    assert_eq!(codes(&untidy), [""; 0]);
    assert_eq!(rings(&tidy.value), rings(&untidy.value));
    assert_eq!(tidy.value.regions[0].km2, untidy.value.regions[0].km2);
}

#[test]
fn a_hole_is_a_hole_by_position_whatever_its_winding() {
    let outer = "[[0,0],[9,0],[9,9],[0,9],[0,0]]";
    let with =
        |hole: &str| of(&collection(&[("A", &format!(r#"{{"type":"Polygon","coordinates":[{outer},{hole}]}}"#))]));
    let (left, right) = (with("[[1,1],[2,1],[2,2],[1,1]]"), with("[[1,1],[2,2],[2,1],[1,1]]"));
    assert_eq!(rings(&left.value), rings(&right.value));
    assert_eq!(left.value.regions[0].geometry.0[0].interiors().len(), 1);
}

#[test]
fn polygons_are_taken_from_multipolygons_and_collections() {
    let multi = r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1]]],[[[2,0],[3,0],[3,1]]]]}"#;
    let line = r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#;
    let mixed = format!(r#"{{"type":"GeometryCollection","geometries":[{line},{multi},{SQUARE}]}}"#);
    let checked = of(&collection(&[("A", &mixed)]));
    assert_eq!((codes(&checked), checked.value.regions[0].geometry.0.len()), (vec![], 3));
}

#[test]
fn a_feature_without_an_area_is_kept_with_a_warning() {
    for empty in ["null", r#"{"type":"Point","coordinates":[1,2]}"#, r#"{"type":"Polygon","coordinates":[]}"#] {
        let checked = of(&collection(&[("A", SQUARE), ("B", empty)]));
        assert_eq!((codes(&checked), checked.value.regions.len()), (vec!["empty-geometry"], 2), "{empty}");
        assert_eq!(spot(&checked, 0), "regions.geojson: feature 1 (B)");
        assert_eq!(codes(&of(&collection(&[("A", empty)]))), ["empty-geometry", "no-regions"]);
    }
    assert_eq!(codes(&of(r#"{"type":"FeatureCollection","features":[]}"#)), ["no-regions"]);
}

#[test]
fn faulty_geometries_say_where_and_the_others_are_still_read() {
    let short = r#"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9]],[[1,1],[2,2],[1,1]]]}"#;
    let text = r#"{"type":"Polygon","coordinates":[[[0,0],["9",0],[9,9]]]}"#;
    let infinite = r#"{"type":"Polygon","coordinates":[[[0,0],[9,0],[1e999,9]]]}"#;
    let single = r#"{"type":"Polygon","coordinates":[[[0,0],[9],[9,9]]]}"#;
    let circle = r#"{"type":"Circle","coordinates":[0,0]}"#;
    let all = [("A", short), ("B", text), ("C", infinite), ("D", single), ("E", circle), ("F", "7"), ("G", SQUARE)];
    let checked = of(&collection(&all));
    let found: Vec<_> = (0..checked.diagnostics.len()).map(|i| (codes(&checked)[i], spot(&checked, i))).collect();
    let expected = [
        ("ring-too-short", "regions.geojson: feature 0 (A), ring 1"),
        ("bad-geometry", "regions.geojson: feature 1 (B), ring 0, vertex 1"),
        ("bad-geometry", "regions.geojson: feature 2 (C), ring 0, vertex 2"),
        ("bad-geometry", "regions.geojson: feature 3 (D), ring 0, vertex 1"),
        ("bad-geometry", "regions.geojson: feature 4 (E)"),
        ("bad-geometry", "regions.geojson: feature 5 (F)"),
    ];
    assert_eq!(found, expected.map(|(code, at)| (code, at.to_owned())));
    assert!(checked.value.regions[6].km2 > 0.0);
}

#[test]
fn projected_coordinates_are_an_error_and_a_hair_off_the_globe_a_warning() {
    let metres = r#"{"type":"Polygon","coordinates":[[[500000,3700000],[600000,3700000],[600000,3800000]]]}"#;
    let checked = of(&collection(&[("A", metres)]));
    assert_eq!(codes(&checked), ["bad-geometry"]);
    assert!(checked.diagnostics[0].hints[0].starts_with("coordinates must be longitude and latitude"));
    let hair = r#"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,90.0000001]]]}"#;
    let checked = of(&collection(&[("A", hair)]));
    assert_eq!(codes(&checked), ["off-coordinates"]);
    assert_eq!(spot(&checked, 0), "regions.geojson: feature 0 (A), ring 0, vertex 2");
    assert_eq!(rings(&checked.value)[0][2], (9.0, 90.0));
    let pacific = r#"{"type":"Polygon","coordinates":[[[170,0],[200,0],[359,9]]]}"#;
    assert_eq!(codes(&of(&collection(&[("A", pacific)]))), [""; 0]);
}

#[test]
fn ids_names_parents_and_areas_come_from_the_properties_named() {
    let text = format!(
        r#"{{"type":"FeatureCollection","edition":{{"name":"Own 2024","date":"2024-06","license":"CC0","source":"us"}},
        "features":[{{"type":"Feature","id":"x","properties":{{"c":12.0,"n":" Ḩamāh ","ar":"حماة","up":"SY","km":"10,164"}},"geometry":{SQUARE}}}]}}"#
    );
    let input = BoundaryInput {
        id: Some("c".into()),
        name: Some("n".into()),
        names: vec![("ar".into(), "ar".into()), ("uk".into(), "none".into())],
        parent: Some("up".into()),
        area: Some("km".into()),
        edition: Some("Ours".into()),
        level: Level::Adm2,
        ..input()
    };
    let checked = read_bytes(&input, text.as_bytes());
    let region = &checked.value.regions[0];
    assert_eq!((region.id.as_str(), region.parent.as_str(), region.official_km2), ("12", "SY", Some(10164.0)));
    let names = Names { default: "Ḩamāh".into(), by_language: vec![("ar".into(), "حماة".into())] };
    assert_eq!((&region.names, region.level), (&names, Level::Adm2));
    let edition = &checked.value.edition;
    assert_eq!([&edition.name, &edition.date, &edition.licence, &edition.source], ["Ours", "2024-06", "CC0", "us"]);
}

#[test]
fn usual_properties_go_by_the_level() {
    let properties = r#"{"ADM0_PCODE":"SY","ADM1_PCODE":"SY05","ADM2_PCODE":"SY0501","ADM2_EN":"Hama","ADM1_EN":"no"}"#;
    let text = format!(r#"{{"type":"Feature","properties":{properties},"geometry":{SQUARE}}}"#);
    let checked = read_bytes(&BoundaryInput { level: Level::Adm2, ..input() }, text.as_bytes());
    let region = &checked.value.regions[0];
    assert_eq!([&region.id, &region.parent, &region.names.default], ["SY0501", "SY05", "Hama"]);
}

#[test]
fn a_wrong_id_property_lists_those_there_are() {
    let checked =
        read_bytes(&BoundaryInput { id: Some("pcod".into()), ..input() }, collection(&[("A", SQUARE)]).as_bytes());
    assert_eq!(codes(&checked), ["missing-id"]);
    assert_eq!(checked.diagnostics[0].hints, ["did you mean \"pcode\"?", "the properties are \"pcode\""]);
    assert_eq!(checked.diagnostics[0].value.as_deref(), Some("pcod"));
}

#[test]
fn missing_and_repeated_ids_are_told() {
    let checked = of(&collection(&[("A", SQUARE), ("", SQUARE), ("A", SQUARE)]));
    assert_eq!(codes(&checked), ["missing-id", "duplicate-id"]);
    assert_eq!(spot(&checked, 0), "regions.geojson: feature 1");
    assert_eq!(spot(&checked, 1), "regions.geojson: feature 2 (A)");
}

#[test]
fn what_is_not_json_or_not_text_says_where() {
    let checked = of("{\"type\":\"FeatureCollection\",\n\"features\":[}");
    assert_eq!((codes(&checked), spot(&checked, 0)), (vec!["bad-json"], "regions.geojson:2:13".to_owned()));
    assert_eq!(codes(&of("[]")), ["bad-json"]);
    assert_eq!(codes(&of("{}")), ["bad-json"]);
    assert_eq!(codes(&of("")), ["bad-json"]);
    let checked = read_bytes(&input(), b"{\n  \"\xe9\"}");
    assert_eq!((codes(&checked), spot(&checked, 0)), (vec!["bad-bytes"], "regions.geojson:2:4".to_owned()));
    assert_eq!(codes(&of(&"[".repeat(1_000_000))), ["bad-json"]);
    let deep = format!("{}{}", r#"{"type":"GeometryCollection","geometries":["#.repeat(5000), "]}".repeat(5000));
    assert!(of(&collection(&[("A", &deep)])).has_errors());
}

#[test]
fn topologies_quantised_and_plain_share_their_arcs_to_the_bit() {
    for name in ["quantised.topojson", "plain.topojson"] {
        let checked = fixture(name);
        assert_eq!(codes(&checked), [""; 0], "{name}");
        let [west, east] = &checked.value.regions[..] else { panic!("two regions of {name}") };
        assert_eq!((west.names.default.as_str(), east.id.as_str()), ("West", "E"));
        let border = |r: &crate::model::Region| {
            let mut on: Vec<_> = r.geometry.0[0].exterior().0.iter().map(|c| (c.x.to_bits(), c.y.to_bits())).collect();
            on.sort_unstable();
            on.dedup();
            on
        };
        let shared = border(west).into_iter().filter(|v| border(east).contains(v)).count();
        assert_eq!(shared, 3, "{name}");
        assert!(crate::geometry::area::winding(west.geometry.0[0].exterior()) > 0.0);
        assert_eq!(checked.value.edition.name, "Invented 1");
    }
    let quantised = rings(&fixture("quantised.topojson").value);
    assert_eq!(quantised, rings(&fixture("plain.topojson").value));
}

#[test]
fn hostile_topologies_are_faults_and_no_panics() {
    let with = |arcs: &str, ring: &str, more: &str| {
        of(&format!(
            r#"{{"type":"Topology","arcs":{arcs},{more}"objects":{{"a":{{"type":"GeometryCollection","geometries":[{{"type":"Polygon","id":"A","arcs":[{ring}]}}]}}}}}}"#
        ))
    };
    let arcs = "[[[0,0],[9,0],[9,9],[0,0]]]";
    assert_eq!(codes(&with(arcs, "[0]", "")), [""; 0]);
    let bad = with(arcs, "[1]", "");
    assert_eq!(
        (codes(&bad), spot(&bad, 0)),
        (vec!["bad-geometry"], "regions.geojson: feature 0 (A), ring 0".to_owned())
    );
    assert_eq!(codes(&with(arcs, "[-9223372036854775808]", "")), ["bad-geometry"]);
    assert_eq!(codes(&with(arcs, "[0.5]", "")), ["bad-geometry"]);
    assert_eq!(codes(&with(arcs, "0", "")), ["bad-geometry"]);
    assert_eq!(codes(&with(arcs, &format!("[{}]", ["0"; 100].join(",")), "")), ["bad-geometry"]);
    assert_eq!(codes(&with("[[[0]]]", "[0]", "")), ["bad-json"]);
    assert_eq!(codes(&with(arcs, "[0]", r#""transform":{"scale":[1],"translate":[0,0]},"#)), ["bad-json"]);
    assert_eq!(
        codes(&with(arcs, "[0]", r#""transform":{"scale":[1e308,1e308],"translate":[0,0]},"#)),
        ["bad-geometry"]
    );
    assert_eq!(codes(&of(r#"{"type":"Topology"}"#)), ["no-regions"]);
    let deep = format!("{}{}", r#"{"type":"GeometryCollection","geometries":["#.repeat(300), "]}".repeat(300));
    assert!(of(&format!(r#"{{"type":"Topology","arcs":[],"objects":{{"a":{deep}}}}}"#)).has_errors());
}

#[test]
fn several_files_become_one_set() {
    let one =
        read_bytes(&BoundaryInput { edition: Some("X".into()), ..input() }, collection(&[("B", SQUARE)]).as_bytes());
    let outer = BoundaryInput { level: Level::Adm0, edition: Some("Y".into()), ..input() };
    let two = read_bytes(&outer, collection(&[("C", SQUARE)]).as_bytes());
    let both = combine(vec![one.value.clone(), two.value]);
    assert_eq!(codes(&both), [""; 0]);
    assert_eq!(both.value.regions.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["C", "B"]);
    assert_eq!(both.value.edition.name, "X; Y");
    let twice = combine(vec![one.value.clone(), one.value]);
    assert_eq!((codes(&twice), twice.value.regions.len()), (vec!["duplicate-id"], 1));
}

#[test]
fn a_missing_file_cannot_be_read() {
    assert_eq!(codes(&fixture("none.geojson")), ["cannot-read"]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_bytes(&input(), &bytes);
    }

    #[test]
    fn mutated_files_are_read_without_panic_and_finite(at in 0..2000_usize, with in any::<u8>(), cut in 0..2000_usize, which in 0..3_usize) {
        let name = ["quantised.topojson", "plain.topojson", "tidy.geojson"][which];
        let path = format!("{}/tests/fixtures/boundaries/{name}", env!("CARGO_MANIFEST_DIR"));
        let mut bytes = std::fs::read(path).unwrap();
        let at = at % bytes.len();
        bytes[at] = with;
        if cut % 3 == 0 {
            bytes.truncate(cut % (bytes.len() + 1));
        }
        let checked = read_bytes(&input(), &bytes);
        for region in &checked.value.regions {
            prop_assert!(region.km2.is_finite() || checked.has_errors());
            for ring in region.geometry.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())) {
                prop_assert!(ring.is_closed() && ring.0.len() >= 4);
                prop_assert!(ring.0.iter().all(|c| c.x.is_finite() && c.y.is_finite()) || checked.has_errors());
            }
        }
        for d in &checked.diagnostics {
            let in_a_table = matches!(&d.location, Some(Location { spot: Spot::Cell { .. }, .. }));
            prop_assert!(!in_a_table && d.location.is_some());
        }
    }
}
