//! Countries of squares: what is left out, where the scale bar stands, how narrow regions and fronts are drawn.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use super::drawing::{Joined, each_node, group, joined, partition};
use super::harness::Folder;
use super::layout::{draw, extent, lines, meet, sized};
use controlmap::project::{FarParts, MapOptions, PolicyOptions};
use controlmap::scene::{Layer, Node};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Writes a country whose regions are squares: the lower left corner, side, and further squares of each.
fn squares(regions: &[(&[[f64; 3]], &str)]) -> (Folder, Joined) {
    let folder = Folder::new();
    let mut features = Vec::new();
    let mut events = "date,place,actor,status,opponent,source\n".to_owned();
    for (i, (parts, said)) in regions.iter().enumerate() {
        let ring = |[w, s, side]: &[f64; 3]| {
            let (e, n) = (w + side, s + side);
            format!("[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]")
        };
        let parts: Vec<String> = parts.iter().map(ring).collect();
        features.push(format!(
            r#"{{"type":"Feature","properties":{{"id":"R{i}","name":"Region {i}"}},"geometry":{{"type":"MultiPolygon","coordinates":[{}]}}}}"#,
            parts.join(",")
        ));
        writeln!(events, "2030-03-01,R{i},{said},Gazette").unwrap();
    }
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put("b.geojson", &format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")));
    put("events.csv", &events);
    put(
        "controlmap.toml",
        "title = \"Squares\"\nevents = \"events.csv\"\n\
         boundaries = { file = \"b.geojson\", level = \"adm1\", id = \"id\", name = \"name\" }\n[map]\ncontext = false\n",
    );
    let joined = joined(folder.path(), "controlmap.toml");
    (folder, joined)
}

#[test]
fn a_far_islet_is_left_out_and_that_is_said() {
    let main = [[0.0, 0.0, 4.0]];
    let with_islet = [[0.0, 0.0, 4.0], [-30.0, 1.0, 0.1]];
    let width = |parts: &[[f64; 3]]| {
        let (_folder, mut joined) = squares(&[(parts, "a,,"), (&[[4.0, 0.0, 4.0]], "b,,")]);
        let scene = draw(&mut joined, MapOptions { far_parts: Some(FarParts::LeaveOut), ..sized([1000, 700]) });
        let points = partition(&scene).arcs.iter().flat_map(|a| a.points.clone());
        let inside: Vec<f64> = points.map(|p| p[0]).filter(|x| *x > 0.0).collect();
        let span = inside.iter().copied().fold(f64::NEG_INFINITY, f64::max)
            - inside.iter().copied().fold(f64::INFINITY, f64::min);
        (span, lines(group(&scene, "credits")))
    };
    let ((alone, quiet), (left_out, said)) = (width(&main), width(&with_islet));
    assert!((alone - left_out).abs() < 2.0, "{alone} and {left_out}");
    assert!(said.contains("Not shown: far islands of Region 0.") && !quiet.contains("far islands"), "{said}");
    // an islet that is a region is not left out
    let (_folder, mut joined) = squares(&[(&main, "a,,"), (&[[-30.0, 1.0, 0.1]], "b,,")]);
    let scene = draw(&mut joined, sized([1000, 700]));
    assert!(!lines(group(&scene, "credits")).contains("far islands"));
}

#[test]
fn the_scale_bar_stands_beside_the_data_and_not_where_it_would_lie() {
    // a country that fills every corner of its panel
    let (_folder, mut joined) = squares(&[
        (&[[0.0, 0.0, 2.0]], "a,,"),
        (&[[2.0, 0.0, 2.0]], "b,,"),
        (&[[0.0, 2.0, 2.0]], "b,,"),
        (&[[2.0, 2.0, 2.0]], "a,,"),
    ]);
    for size in [[900, 600], [600, 900], [480, 360]] {
        let scene = draw(&mut joined, sized(size));
        let bar = extent(group(&scene, "scale-bar"));
        let around = partition(&scene)
            .arcs
            .iter()
            .flat_map(|a| &a.points)
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], p| [a.min(p[1]), b.max(p[1])]);
        let sides = partition(&scene)
            .arcs
            .iter()
            .flat_map(|a| &a.points)
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], p| [a.min(p[0]), b.max(p[0])]);
        let data = [sides[0], around[0], sides[1] - sides[0], around[1] - around[0]];
        assert!(!meet(bar, data), "{bar:?} on {data:?} at {size:?}");
    }
    // true along parallels, not along meridians
    let stretched = MapOptions { projection: Some("+proj=eqc +lat_ts=60".into()), ..sized([900, 600]) };
    let scene = draw(&mut joined, stretched);
    let mut bars = 0;
    each_node(&scene.nodes, &mut |node| {
        bars += u32::from(matches!(node, Node::Group(g) if g.id == "scale-bar"));
    });
    assert_eq!(bars, 0);
}

#[test]
fn a_narrow_region_has_its_hatch_closer_rather_than_none() {
    let (_folder, mut joined) = squares(&[
        (&[[0.0, 0.0, 8.0]], "a;b,contested,"),
        (&[[8.0, 0.0, 0.2]], "a;b,contested,"),
        (&[[8.5, 4.0, 0.1]], "a;b,contested,"),
        (&[[8.0, 1.0, 3.0]], "a,,"),
    ]);
    let scene = draw(&mut joined, sized([1600, 1200]));
    let period = |id: &str| {
        let face = partition(&scene).faces.iter().find(|f| f.id == id).unwrap();
        let [Layer::Stripes { bands, .. }] = face.paint.layers.as_slice() else { panic!("{:?}", face.paint) };
        bands.iter().map(|b| b.width).sum::<f64>()
    };
    let [wide, narrow, tiny] = ["region-R0", "region-R1", "region-R2"].map(period);
    assert!(narrow < wide && narrow >= 8.0 && tiny <= narrow, "{wide} {narrow} {tiny}");
    assert!(!group(&scene, "narrow").nodes.is_empty());
}

#[test]
fn the_front_line_and_that_of_an_earlier_day_have_their_keys() {
    let mut joined = joined(Path::new("tests/fixtures/country"), "controlmap.toml");
    let options =
        MapOptions { front_line: Some(true), baseline: Some("2031-05-01".parse().unwrap()), ..sized([960, 600]) };
    // on the first every region is held; on the fifth one is contested, so that no line is sure around it
    let scene = joined.scene("2031-05-05", options, PolicyOptions::default());
    let arcs = |id: &str| partition(&scene).strokes.iter().find(|s| s.id == id).map_or(0, |s| s.arcs.len());
    assert!(arcs("baseline") > arcs("front-line") && arcs("front-line") > 0);
    let legend = lines(group(&scene, "legend"));
    assert!(legend.contains("Front line of 1 May 2031") && legend.contains("Front line between"), "{legend}");
    let plain = joined.scene("2031-05-05", sized([960, 600]), PolicyOptions::default());
    assert!(!lines(group(&plain, "legend")).contains("Front line"));
}
