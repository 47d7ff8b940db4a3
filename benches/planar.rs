//! The planar rasteriser against its limits, and against tiny-skia polygon by polygon.
//!
//! Makes fractal partitions with shared borders, fills them in one colour over a contrasting ground, and counts
//! the pixels within the map that are not of that colour. `cargo bench --bench planar`.
#![allow(clippy::print_stdout, missing_docs)]

mod wriggle;

use controlmap::geometry::topology::topology;
use controlmap::scene::{Arc, ArcStroke, Color, Face, Node, Paint, Partition, Scene, Stroke};
use controlmap::write::raster::planar::{ToPixel, fill};
use controlmap::write::raster::{Ink, Pixel, Tile, paint, raster};
use controlmap::write::{FORMATS, Options};
use geo::{LineString, MultiPolygon, Polygon};
use std::time::Instant;
use wriggle::{Random, wriggle};

/// A grid of `across` × `down` faces on a page, with `count` lines to a border.
fn partition(across: i64, down: i64, width: f64, height: f64, count: u32) -> Partition {
    let random = &mut Random(20_241_208);
    let face = |x: i64, y: i64| (x >= 0 && y >= 0 && x < across && y < down).then(|| (y * across + x) as u32);
    let node = |x: i64, y: i64| [x as f64 * width / across as f64, y as f64 * height / down as f64];
    let mut arcs = Vec::new();
    for y in 0..=down {
        for x in 0..=across {
            let ways = [(x + 1, y, face(x, y - 1), face(x, y)), (x, y + 1, face(x, y), face(x - 1, y))];
            for (tx, ty, left, right) in ways {
                if tx <= across && ty <= down {
                    let mut points = vec![node(x, y)];
                    wriggle(random, node(x, y), node(tx, ty), 0.1, count, &mut points);
                    arcs.push(Arc { points, left, right });
                }
            }
        }
    }
    let faces = (0..across * down).map(|i| Face {
        paint: Paint::solid(Color::hex((i as u32).wrapping_mul(0x9e37_79b1) >> 8)),
        ..Face::default()
    });
    let faces = faces.collect();
    Partition { arcs: std::sync::Arc::new(arcs), faces, strokes: Vec::new() }
}

/// The best of some runs, in milliseconds.
fn best<T>(runs: u32, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut found: Option<(f64, T)> = None;
    for _ in 0..runs {
        let start = Instant::now();
        let value = work();
        let ms = start.elapsed().as_secs_f64() * 1e3;
        if found.as_ref().is_none_or(|f| ms < f.0) {
            found = Some((ms, value));
        }
    }
    found.expect("runs is not zero")
}

fn line(what: &str, ms: f64, limit: f64) {
    println!("{what:<52} {ms:>9.2} ms   limit {limit:>6.0} ms   {:>5.2} of it", ms / limit);
}

const FILL: Pixel = [0, 114, 178, 255];
const GROUND: Pixel = [255, 255, 0, 255];

/// Pixels well within the map that show anything but the fill.
fn wrong(pixels: &[Pixel], width: u32, height: u32, rim: u32) -> usize {
    let rows = (rim..height - rim).map(|y| &pixels[(y * width + rim) as usize..(y * width + width - rim) as usize]);
    rows.flatten().filter(|p| **p != FILL).count()
}

fn compare(name: &str, map: &Partition, width: u32, height: u32, rim: u32, limit: f64) {
    let vertices: usize = map.arcs.iter().map(|a| a.points.len()).sum();
    println!("\n{name}: {} faces, {} arcs, {vertices} vertices, {width}×{height}", map.faces.len(), map.arcs.len());
    let as_is = ToPixel { scale: 1.0, by: [0.0; 2] };
    let (ms, runs) = best(5, || fill(&map.arcs, map.faces.len(), as_is, width, height));
    line("planar fill, binning included", ms, limit);
    let flat = Ink::new(&Paint::solid(Color::rgb(FILL[0], FILL[1], FILL[2])), 1.0, [0.0; 2]);
    let inks = vec![flat; map.faces.len()];
    let mut pixels = vec![GROUND; (width * height) as usize];
    let (ms, ()) = best(5, || paint(&runs, &inks, &mut Tile { x: 0, y: 0, width, pixels: &mut pixels }));
    println!("{:<52} {ms:>9.2} ms   (one thread)", "  runs to pixels");
    println!("  wrong pixels {}, flaws {}", wrong(&pixels, width, height, rim), runs.flaws);

    let rings: Vec<Vec<Vec<[f64; 2]>>> =
        map.all_rings().iter().map(|(_, rings)| rings.iter().map(|r| map.points(r)).collect()).collect();
    pixels.fill(GROUND);
    let mut canvas = tiny_skia::PixmapMut::from_bytes(pixels.as_flattened_mut(), width, height).expect("size");
    let mut color = tiny_skia::Paint::default();
    color.set_color_rgba8(FILL[0], FILL[1], FILL[2], 255);
    let (ms, ()) = best(1, || {
        for face in &rings {
            let mut path = tiny_skia::PathBuilder::new();
            for ring in face {
                path.move_to(ring[0][0] as f32, ring[0][1] as f32);
                ring[1..].iter().for_each(|p| path.line_to(p[0] as f32, p[1] as f32));
                path.close();
            }
            let path = path.finish().expect("a ring");
            canvas.fill_path(&path, &color, tiny_skia::FillRule::EvenOdd, tiny_skia::Transform::identity(), None);
        }
    });
    println!("{:<52} {ms:>9.2} ms   (one thread)", "peer: tiny-skia, polygon by polygon");
    println!("  wrong pixels {}", wrong(&pixels, width, height, rim));
}

fn scene(map: &Partition, width: u32, height: u32) -> Scene {
    Scene {
        width: f64::from(width),
        height: f64::from(height),
        scale: 1.0,
        nodes: vec![Node::Partition(map.clone())],
        ..Scene::default()
    }
}

fn shared(map: &Partition) {
    let faces: Vec<MultiPolygon<f64>> = map
        .all_rings()
        .iter()
        .map(|(_, rings)| {
            let ring = |r| map.points(r).iter().map(|p| (p[0] / 100.0, -p[1] / 100.0)).collect::<LineString<f64>>();
            MultiPolygon(rings.iter().map(|r| Polygon::new(ring(r), vec![])).collect())
        })
        .collect();
    let count: usize = faces.iter().flat_map(|f| &f.0).map(|p| p.exterior().0.len()).sum();
    let faces: Vec<&MultiPolygon<f64>> = faces.iter().collect();
    let (ms, found) = best(2, || topology(&faces));
    assert_eq!((found.arcs.len() >= map.arcs.len() - 4, found.overlaps.len()), (true, 0));
    line(&format!("topology of {count} ring vertices"), ms, 900.0 * count as f64 / 1e7);
    let (ms, _) = best(2, || map.all_rings());
    println!("{:<52} {ms:>9.2} ms", "arcs chained to the rings of all faces");
}

fn main() {
    let small = partition(6, 3, 1600.0, 1200.0, 444);
    compare("small", &small, 1600, 1200, 210, 4.0);
    let mut page = scene(&small, 1600, 1200);
    let (plain, _) = best(9, || raster(&page).expect("fits"));
    println!("{:<52} {plain:>9.2} ms", "whole page, fills only");
    let png = FORMATS.iter().find(|format| format.name == "png").expect("there is PNG");
    let (ms, bytes) = best(9, || (png.write)(&page, &Options::default()).expect("fits"));
    line(&format!("drawn and packed as PNG, {} kB", bytes.len() / 1000), ms, plain + 5.0);
    for width in [0.8, 1.2, 3.0] {
        let mut lined = small.clone();
        let arcs = (0..lined.arcs.len() as u32).collect();
        lined.strokes = vec![ArcStroke { id: String::new(), arcs, stroke: Stroke::solid(Color::BLACK, width) }];
        page = scene(&lined, 1600, 1200);
        let (drawn, _) = best(9, || raster(&page).expect("fits"));
        line(&format!("strokes of {width} px, as what they add"), drawn - plain, 4.0);
        let (ms, bytes) = best(5, || (png.write)(&page, &Options::default()).expect("fits"));
        line(&format!("drawn and packed with them, {} kB", bytes.len() / 1000), ms, drawn + 5.0);
    }
    let big = partition(250, 200, 3840.0, 2160.0, 100);
    compare("big", &big, 3840, 2160, 12, 300.0);
    shared(&big);
    let mut lined = big.clone();
    let arcs = (0..lined.arcs.len() as u32).collect();
    lined.strokes = vec![ArcStroke { id: String::new(), arcs, stroke: Stroke::solid(Color::BLACK, 0.6) }];
    let page = scene(&lined, 3840, 2160);
    let (ms, _) = best(2, || raster(&page).expect("fits"));
    println!("{:<52} {ms:>9.2} ms", "whole page with strokes of 0.6 px");
}
