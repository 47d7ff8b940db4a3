//! Same inputs, same bytes: whatever the order of rows and the number of threads; and no seam on the shipped map.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use super::drawing::{joined, partition};
use super::harness::{Folder, output};
use controlmap::project::{MapOptions, PolicyOptions};
use controlmap::scene::{Color, Paint, Partition, Scene};
use controlmap::table;
use controlmap::write::raster::planar::{ToPixel, fill};
use controlmap::write::raster::raster;
use controlmap::write::raster::runs::{Cover, OUTSIDE};
use controlmap::write::{FORMATS, Options};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The day with the most that differs.
const DATE: &str = "2024-12-07";
const TABLES: &[&str] = &["events.csv", "actors.csv", "sources.csv", "places.csv", "names.csv"];
const BOUNDARIES: &str = "boundaries.topojson";

fn syria() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024")
}

/// A map large enough to write all names, as pixels small enough to be quick.
fn options() -> MapOptions {
    MapOptions { scale: Some(0.5), ..MapOptions::default() }
}

/// The map of a project's folder in every format, and its tables.
fn everything(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut project = joined(folder, "controlmap.toml");
    let scene = project.scene(DATE, options(), PolicyOptions::default());
    let mut all: Vec<(String, Vec<u8>)> =
        FORMATS.iter().map(|f| (f.name.to_owned(), (f.write)(&scene, &Options::default()).unwrap())).collect();
    let policy = project.project.policy.clone();
    let snapshot = project.snapshot(DATE, &policy);
    let timeline = controlmap::timeline::resolve(&project.dataset, &policy, None).value;
    let csv = table::format("csv").unwrap();
    all.push(("by place".into(), (csv.write)(&table::by_place(&project.dataset, std::slice::from_ref(&snapshot)))));
    let level = controlmap::model::Level::Adm1;
    all.push((
        "by actor".into(),
        (csv.write)(&table::by_actor(&project.dataset, &timeline, &[snapshot.moment], level, false)),
    ));
    all
}

#[test]
fn the_order_of_rows_and_features_changes_no_byte() {
    let folder = Folder::new();
    folder.copy(&syria());
    let wanted = everything(folder.path());
    let texts: Vec<(&str, String)> =
        TABLES.iter().map(|t| (*t, fs::read_to_string(syria().join(t)).unwrap())).collect();
    let rows: Vec<(&str, csv::StringRecord, Vec<csv::StringRecord>)> =
        texts.iter().map(|(name, text)| rows(name, text)).collect();
    let boundaries: serde_json::Value = serde_json::from_slice(&fs::read(syria().join(BOUNDARIES)).unwrap()).unwrap();
    let features = boundaries["objects"]["adm1"]["geometries"].as_array().unwrap().clone();

    let orders = (
        rows.iter()
            .map(|(_, _, rows)| Just((0..rows.len()).collect::<Vec<usize>>()).prop_shuffle())
            .collect::<Vec<_>>(),
        Just((0..features.len()).collect::<Vec<usize>>()).prop_shuffle(),
    );
    let mut runner =
        TestRunner::new(Config { cases: 24, max_shrink_iters: 20, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&orders, |(orders, feature_order)| {
        for ((name, header, rows), order) in rows.iter().zip(&orders) {
            let mut writer = csv::Writer::from_path(folder.path().join(name)).unwrap();
            writer.write_record(header).unwrap();
            order.iter().for_each(|i| writer.write_record(&rows[*i]).unwrap());
            writer.flush().unwrap();
        }
        let mut shuffled = boundaries.clone();
        shuffled["objects"]["adm1"]["geometries"] = feature_order.iter().map(|i| features[*i].clone()).collect();
        fs::write(folder.path().join(BOUNDARIES), shuffled.to_string()).unwrap();
        for ((what, wanted), (_, found)) in wanted.iter().zip(everything(folder.path())) {
            prop_assert!(*wanted == found, "{what} differs: {}", around(wanted, &found));
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// The records of a table after its header.
fn rows<'a>(name: &'a str, text: &str) -> (&'a str, csv::StringRecord, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() > 1, "{name} has rows to shuffle");
    (name, header, rows)
}

/// What stands where two files part.
fn around(wanted: &[u8], found: &[u8]) -> String {
    let same = wanted.iter().zip(found).take_while(|(a, b)| a == b).count();
    let part = |bytes: &[u8]| {
        let from = same.saturating_sub(40).min(bytes.len());
        String::from_utf8_lossy(&bytes[from..(same + 60).min(bytes.len())]).into_owned()
    };
    format!("at byte {same}: {:?} and {:?}", part(wanted), part(found))
}

#[test]
fn one_thread_and_eight_give_the_same_bytes() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| everything(&syria()))
    };
    let [one, eight] = [1, 8].map(with);
    for ((what, one), (_, eight)) in one.iter().zip(&eight) {
        assert!(one == eight, "{what} differs: {}", around(one, eight));
    }
}

#[test]
fn the_program_gives_the_same_bytes_with_one_thread_and_eight() {
    let folder = Folder::new();
    folder.copy(&syria());
    for format in ["svg", "png"] {
        let [one, eight] = [1, 8].map(|threads| {
            let args = format!("map --threads {threads} --date {DATE} --scale 0.5 --format {format} -o -");
            let out = output(folder.path(), &args.split(' ').collect::<Vec<_>>());
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
            assert!(out.stdout.len() > 10_000, "a map was written");
            out.stdout
        });
        assert!(one == eight, "{format} differs: {}", around(&one, &eight));
    }
}

#[test]
fn no_pixel_inside_the_shipped_map_shows_the_ground() {
    let mut project = joined(&syria(), "controlmap.toml");
    let scene = project.scene(DATE, MapOptions::default(), PolicyOptions::default());
    let faces = partition(&scene);
    for scale in [0.25, 1.0, 1.7] {
        let inside = solid_inside(faces, [scene.width, scene.height], scale);
        assert!(inside > (20_000.0 * scale * scale) as u64, "only {inside} pixels lie inside at scale {scale}");
    }
}

/// Draws all faces in one colour on a ground of another and checks every pixel that the faces fill; gives their count.
fn solid_inside(faces: &Partition, [width, height]: [f64; 2], scale: f64) -> u64 {
    let (ink, ground) = (Color::hex(0xE0_20_10), Color::hex(0x00_FF_FF));
    let mut one = Partition { arcs: Arc::clone(&faces.arcs), faces: faces.faces.clone(), strokes: Vec::new() };
    one.faces.iter_mut().for_each(|f| f.paint = Paint::solid(ink));
    let page = Scene {
        width,
        height,
        scale,
        background: Paint::solid(ground),
        nodes: vec![controlmap::scene::Node::Partition(one)],
        ..Scene::default()
    };
    let image = raster(&page).unwrap();
    let runs = fill(&faces.arcs, faces.faces.len(), ToPixel { scale, by: [0.0; 2] }, image.width, image.height);
    assert_eq!(runs.flaws, 0, "faces overlap or leave gaps at scale {scale}");
    let mut inside = 0;
    for y in 0..image.height {
        for (pixels, cover) in runs.row(y) {
            let full = match cover {
                Cover::Solid(face) => face != OUTSIDE,
                Cover::Mix(weights) => weights.iter().all(|w| w.face != OUTSIDE),
            };
            for x in pixels.filter(|_| full) {
                let pixel = image.pixels[y as usize * image.width as usize + x as usize];
                assert_eq!(pixel, [ink.r, ink.g, ink.b, 255], "the ground shows at {x}, {y} at scale {scale}");
                inside += 1;
            }
        }
    }
    inside
}
