//! An archipelago across the antimeridian with a far region and a far part: boxes of their own, left out, or to scale.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use super::drawing::{Joined, each_node, group, joined, partition, texts};
use super::harness::{Folder, Test};
use super::layout::{extent, lines, meet, sized};
use super::scene::faults;
use controlmap::figure::{self, Film, Request};
use controlmap::project::{Every, FarParts, MapOptions, PageStyle, PolicyOptions, Theme, When};
use controlmap::scene::{Layer, Node, Paint, Scene};
use controlmap::timeline;
use std::fs;
use std::path::Path;

/// Regions by id: the lower left corner and the side of each of their islands.
const REGIONS: [(&str, &str, &[[f64; 3]]); 4] = [
    ("W", "Westland", &[[177.2, -18.2, 0.6], [177.8, -18.2, 0.6], [174.6, -21.8, 0.03]]),
    ("N", "Northland", &[[178.6, -17.0, 0.7], [179.3, -16.9, 0.3]]),
    ("E", "Eastland", &[[179.4, -18.4, 0.5], [-179.95, -17.3, 0.3]]),
    ("R", "Farland", &[[177.0, -12.6, 0.12]]),
];

/// Writes the country into a folder.
fn write(folder: &Path) {
    let mut features = Vec::new();
    for (id, name, islands) in REGIONS {
        let ring = |[w, s, side]: &[f64; 3]| {
            let (e, n) = (w + side, s + side);
            format!("[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]")
        };
        let all: Vec<String> = islands.iter().map(ring).collect();
        features.push(format!(
            r#"{{"type":"Feature","properties":{{"id":"{id}","name":"{name}"}},"geometry":{{"type":"MultiPolygon","coordinates":[{}]}}}}"#,
            all.join(",")
        ));
    }
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    put("b.geojson", &format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")));
    // what the far region is, nothing else is
    put(
        "events.csv",
        "date,place,actor,status,opponent,source\n2030-03-01,W,army,,,S\n2030-03-01,N,front,,,S\n\
         2030-03-01,E,army,,,S\n2030-03-01,R,army,lost,,S\n2030-03-02,t1,army,,,S\n2030-03-05,R,front,,,S\n",
    );
    put("actors.csv", "id,name\narmy,Army\nfront,Front\n");
    put("places.csv", "id,name,lat,lon,level,population,kind\nt1,Farport,-12.55,177.05,settlement,9000,city\n");
    put(
        "controlmap.toml",
        "title = \"Islands\"\nevents = \"events.csv\"\nactors = \"actors.csv\"\nplaces = \"places.csv\"\n\
         boundaries = { file = \"b.geojson\", level = \"adm1\", id = \"id\", name = \"name\" }\n[map]\ncontext = false\n",
    );
}

fn islands() -> (Folder, Joined) {
    let folder = Folder::new();
    write(folder.path());
    let joined = joined(folder.path(), "controlmap.toml");
    (folder, joined)
}

fn draw(joined: &mut Joined, options: MapOptions) -> Scene {
    joined.scene("2030-03-02", options, PolicyOptions::default())
}

fn with(far_parts: FarParts) -> MapOptions {
    MapOptions { far_parts: Some(far_parts), ..sized([1600, 1200]) }
}

/// The frames of the boxes.
fn boxes(scene: &Scene) -> Vec<[f64; 4]> {
    let mut all = Vec::new();
    each_node(&scene.nodes, &mut |node| {
        if let Node::Group(group) = node
            && group.id.starts_with("far-part-")
        {
            all.push(extent(group));
        }
    });
    all
}

fn is_in([x, y, w, h]: [f64; 4], [px, py]: [f64; 2]) -> bool {
    px >= x && px <= x + w && py >= y && py <= y + h
}

/// The box around the borders of a region that hold a condition.
fn around(scene: &Scene, id: &str, holds: impl Fn([f64; 2]) -> bool) -> [f64; 4] {
    let partition = partition(scene);
    let face = partition.faces.iter().position(|f| f.id == format!("region-{id}")).unwrap() as u32;
    let own = partition.arcs.iter().filter(|a| [a.left, a.right].contains(&Some(face)));
    let points = own.flat_map(|a| a.points.iter().copied()).filter(|p| holds(*p));
    let all = points.fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[a, b, c, d], [x, y]| {
        [a.min(x), b.min(y), c.max(x), d.max(y)]
    });
    [all[0], all[1], all[2] - all[0], all[3] - all[1]]
}

#[test]
fn the_main_islands_fill_the_panel_and_each_far_group_has_a_box_with_its_title() {
    let (_folder, mut joined) = islands();
    let scene = draw(&mut joined, sized([1600, 1200]));
    assert_eq!(faults(&scene), [""; 0]);
    let found = boxes(&scene);
    assert_eq!(found.len(), 2, "{found:?}");
    let panel = group(&scene, "map").clip.unwrap();
    let in_box = |p: [f64; 2]| found.iter().any(|b| is_in(*b, p));
    let (west, east) = (around(&scene, "W", |p| !in_box(p)), around(&scene, "E", |p| !in_box(p)));
    let part = (east[0] + east[2] - west[0]) / panel[2];
    assert!(part > 0.75, "the main islands have {part} of the panel's width");
    // the whole far region lies in a box, with its name there and nowhere else
    let far = around(&scene, "R", |_| true);
    let own = found.iter().find(|b| is_in(**b, [far[0], far[1]])).unwrap();
    assert!(is_in(*own, [far[0] + far[2], far[1] + far[3]]), "{far:?} in {own:?}");
    for name in ["FARLAND", "Farport"] {
        let named: Vec<_> = texts(&group(&scene, "map").nodes).into_iter().filter(|t| t.text == name).collect();
        assert!(named.len() == 1 && is_in(*own, named[0].at), "{name}: {named:?}");
    }
    // its state is that of no other region
    assert!(lines(group(&scene, "legend")).contains("No longer held by Army"));
    // of a region with a part in a box, the name stands at both
    let titles = texts(&group(&scene, "map").nodes).into_iter().filter(|t| t.text == "WESTLAND").count();
    assert_eq!(titles, 2);
    assert!(
        scene.description.contains("in boxes of their own: Farland and a part of Westland"),
        "{}",
        scene.description
    );
    assert!(!lines(group(&scene, "credits")).contains("Not shown"));
}

#[test]
fn far_parts_are_left_out_or_drawn_to_scale_where_that_is_asked_for() {
    let (_folder, mut joined) = islands();
    let size = |scene: &Scene| around(scene, "N", |_| true)[2];
    let boxed = draw(&mut joined, with(FarParts::Inset));
    let fit = draw(&mut joined, with(FarParts::Fit));
    let left_out = draw(&mut joined, with(FarParts::LeaveOut));
    assert!(boxes(&fit).is_empty() && boxes(&left_out).is_empty());
    assert!(size(&boxed) > 1.8 * size(&fit), "{} and {}", size(&boxed), size(&fit));
    let panel = group(&fit, "map").clip.unwrap();
    let all_seen = |scene: &Scene, id: &str| {
        let [x, y, w, h] = around(scene, id, |_| true);
        is_in(panel, [x, y]) && is_in(panel, [x + w, y + h])
    };
    assert!(all_seen(&fit, "R") && all_seen(&fit, "W"));
    // a whole region stays on the map
    assert!(all_seen(&left_out, "R"));
}

#[test]
fn boxes_keep_every_page_in_order() {
    let (_folder, mut joined) = islands();
    let mut options: Vec<MapOptions> = Vec::new();
    for size in [[480, 400], [600, 900], [900, 600], [1600, 480], [1600, 1200], [3840, 2160]] {
        options.push(sized(size));
        options.push(MapOptions { lang: Some("ar".into()), context: Some(true), ..sized(size) });
    }
    for style in [PageStyle::Web, PageStyle::Print, PageStyle::Slide, PageStyle::Social] {
        for theme in [Theme::Light, Theme::Dark, Theme::Grey] {
            options.push(MapOptions { style: Some(style), theme: Some(theme), ..MapOptions::default() });
        }
    }
    for options in options {
        let scene = draw(&mut joined, options.clone());
        assert_eq!(faults(&scene), [""; 0], "{options:?}");
        let found = boxes(&scene);
        assert_eq!(found.len(), 2, "{options:?}");
        let panel = group(&scene, "map").clip.unwrap();
        let legend = extent(group(&scene, "legend"));
        let is_data = |p: [f64; 2]| !found.iter().any(|b| is_in(*b, p));
        for (i, own) in found.iter().enumerate() {
            let [x, y, w, h] = *own;
            assert!(is_in(panel, [x, y]) && is_in(panel, [x + w, y + h]), "{own:?} in {panel:?}: {options:?}");
            assert!(!meet(*own, legend) && !found[..i].iter().any(|b| meet(*own, *b)), "{options:?}");
            for id in ["W", "N", "E"] {
                // islands are squares, their middles are not in boxes where the corners are not
                let corners = partition(&scene).arcs.iter().flat_map(|a| &a.points);
                assert!(corners.clone().count() > 20);
                assert!(!meet(*own, around(&scene, id, is_data)) || id == "W", "{id}: {options:?}");
            }
        }
    }
    // the smallest page has no room for them
    assert!(boxes(&draw(&mut joined, sized([400, 300]))).is_empty());
}

#[test]
fn what_is_in_a_box_is_painted_anew_in_every_frame_of_a_film() {
    let (_folder, joined) = islands();
    let Joined { project, dataset, .. } = &joined;
    let resolved = timeline::resolve(dataset, &project.policy, None).value;
    let [from, to] = ["2030-03-02", "2030-03-06"].map(|day| day.parse::<When>().unwrap());
    let every = "day".parse::<Every>().unwrap();
    let moments = figure::moments(from, to, every, dataset.offset, &resolved.breakpoints()).unwrap();
    let film = Film::new(Request {
        dataset,
        timeline: resolved,
        moments,
        only_changes: false,
        options: sized([1600, 1200]).or(&project.map),
        policy: project.policy.clone(),
        title: "Islands".into(),
        neighbours: None,
        caption: false,
    })
    .value
    .unwrap();
    let count = film.moments().len();
    let frames: Vec<_> = film.shots(0..count).into_iter().map(|shot| shot.frame).collect();
    let scenes: Vec<Scene> = frames.iter().map(|frame| film.page().scene(frame)).collect();
    let paint =
        |scene: &Scene| -> Paint { partition(scene).faces.iter().find(|f| f.id == "region-R").unwrap().paint.clone() };
    let [first, last] = [&scenes[0], &scenes[count - 1]];
    assert_ne!(paint(first), paint(last));
    assert!(matches!(paint(last).layers[..], [Layer::Solid(_)]));
    for scene in &scenes {
        let found = boxes(scene);
        assert_eq!(found.len(), 2);
        let [x, y, ..] = around(scene, "R", |_| true);
        assert!(found.iter().any(|b| is_in(*b, [x, y])));
        let title = texts(&group(scene, "region-names").nodes).into_iter().find(|t| t.text == "FARLAND").unwrap();
        assert!(found.iter().any(|b| is_in(*b, title.at)));
    }
}

#[test]
fn details_say_what_has_a_box_and_why() {
    let test = Test::new();
    write(test.folder.path());
    let said = "far from the rest, in boxes of their own: Farland (R), Westland (W): the map is";
    test.args("map --date 2030-03-02 -v -o map.svg").stderr_has(said).run();
}
