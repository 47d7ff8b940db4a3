use super::*;
use crate::scene::{
    Arc, ArcStroke, Color, Face, FontIndex, Glyph, Group, Halo, Layer, Node, Paint, Partition, Path, Run, Segment,
    ShapedText, Stroke, Text, Use,
};

fn scene(nodes: Vec<Node>) -> Scene {
    Scene { width: 60.0, height: 40.0, scale: 1.0, background: Paint::solid(Color::WHITE), nodes, ..Scene::default() }
}

fn at(image: &Image, x: u32, y: u32) -> [u8; 3] {
    let [r, g, b, a] = image.pixels[(y * image.width + x) as usize];
    assert_eq!(a, 255);
    [r, g, b]
}

const RED: Color = Color::rgb(200, 0, 0);

fn text(halo: Option<Halo>) -> Text {
    // glyph 36 or so of a Latin font is a letter; any with an outline serves
    let glyphs = (36..40).map(|id| Glyph { id, x: (id - 36) as f32 * 12.0, y: 0.0 }).collect();
    Text {
        id: String::new(),
        text: "ABCD".into(),
        at: [5.0, 30.0],
        anchor: Default::default(),
        size: 20.0,
        weight: 400,
        slant: false,
        color: Color::BLACK,
        halo,
        lang: "en".into(),
        direction: Default::default(),
        shaped: ShapedText { runs: vec![Run { font: FontIndex(0), glyphs }], width: 48.0, ascent: 20.0, descent: 5.0 },
    }
}

fn count(image: &Image, color: [u8; 3]) -> usize {
    image.pixels.iter().filter(|p| p[..3] == color).count()
}

/// Two faces side by side, with a line between.
fn map() -> Partition {
    let (top, bottom) = ([30.0, 5.0], [30.0, 35.0]);
    let arcs = vec![
        Arc { points: vec![top, [5.0, 5.0], [5.0, 35.0], bottom], left: Some(0), right: None },
        Arc { points: vec![bottom, [55.0, 35.0], [55.0, 5.0], top], left: Some(1), right: None },
        Arc { points: vec![top, bottom], left: Some(1), right: Some(0) },
    ];
    let face = |c| Face { paint: Paint::solid(Color::hex(c)), ..Face::default() };
    let strokes = vec![ArcStroke { id: "line".into(), arcs: vec![2, 77], stroke: Stroke::solid(RED, 4.0) }];
    Partition { arcs: std::sync::Arc::new(arcs), faces: vec![face(0x0000ff), face(0x00ff00)], strokes }
}

#[test]
fn a_partition_is_filled_and_its_lines_lie_above() {
    let image = raster(&scene(vec![Node::Partition(map())])).unwrap();
    assert_eq!([at(&image, 10, 20), at(&image, 50, 20)], [[0, 0, 255], [0, 255, 0]]);
    assert_eq!([at(&image, 28, 20), at(&image, 31, 20)], [[200, 0, 0]; 2]);
    assert_eq!([at(&image, 2, 20), at(&image, 20, 2)], [[255; 3]; 2]);
}

#[test]
fn paths_fill_even_odd_with_any_paint() {
    let mut frame = Path::rect(10.0, 10.0, 20.0, 20.0);
    frame.segments.extend(Path::rect(15.0, 15.0, 10.0, 10.0).segments);
    let lines = Layer::Lines { angle: 90.0, spacing: 4.0, width: 2.0, color: RED };
    let image = raster(&scene(vec![Node::Path(frame.filled(Paint::default().over(lines)))])).unwrap();
    assert_eq!([at(&image, 12, 12), at(&image, 13, 12), at(&image, 15, 12)], [[255; 3], [200, 0, 0], [255; 3]]);
    assert_eq!(at(&image, 17, 20), [255; 3]);
}

#[test]
fn strokes_have_round_ends_and_dashes() {
    let line = |dash| {
        let stroke = Stroke { color: RED, width: 4.0, dash };
        raster(&scene(vec![Node::Path(Path::line(&[[10.0, 20.0], [50.0, 20.0]]).stroked(stroke))])).unwrap()
    };
    let image = line(vec![]);
    assert_eq!([at(&image, 9, 20), at(&image, 30, 19), at(&image, 6, 20)], [[200, 0, 0], [200, 0, 0], [255; 3]]);
    let image = line(vec![8.0, 8.0]);
    assert_eq!([at(&image, 14, 20), at(&image, 22, 20), at(&image, 30, 20)], [[200, 0, 0], [255; 3], [200, 0, 0]]);
}

#[test]
fn nothing_shows_outside_a_clip_and_copies_move_with_it() {
    let nodes = vec![Node::Path(Path::circle(20.0, 20.0, 30.0).filled(Paint::solid(RED)))];
    let group = Group { id: "g".into(), clip: Some([10.0, 10.0, 8.0, 8.0]), nodes, ..Group::default() };
    let copy = Use { group: "g".into(), by: [20.0, 5.0] };
    let unknown = Use { group: "nowhere".into(), by: [0.0; 2] };
    let image = raster(&scene(vec![Node::Group(group), Node::Use(copy), Node::Use(unknown)])).unwrap();
    assert_eq!(count(&image, [200, 0, 0]), 128);
    assert_eq!([at(&image, 10, 10), at(&image, 17, 17), at(&image, 18, 17)], [[200, 0, 0], [200, 0, 0], [255; 3]]);
    assert_eq!([at(&image, 30, 15), at(&image, 37, 22), at(&image, 29, 15)], [[200, 0, 0], [200, 0, 0], [255; 3]]);
}

#[test]
fn letters_are_dark_and_their_halo_lies_below() {
    let plain = raster(&scene(vec![Node::Text(text(None))])).unwrap();
    let ink = count(&plain, [0; 3]);
    assert!(ink > 100, "{ink}");
    let halo = Halo { color: RED, width: 3.0 };
    let rimmed = raster(&scene(vec![Node::Text(text(Some(halo)))])).unwrap();
    assert_eq!(count(&rimmed, [0; 3]), ink);
    assert!(count(&rimmed, [200, 0, 0]) > 300);
    for (a, b) in plain.pixels.iter().zip(&rimmed.pixels) {
        assert!(*a != [0, 0, 0, 255] || a == b);
    }
}

#[test]
fn scale_multiplies_everything() {
    let mut scene = scene(vec![Node::Partition(map()), Node::Text(text(None))]);
    let once = raster(&scene).unwrap();
    scene.scale = 2.0;
    let twice = raster(&scene).unwrap();
    assert_eq!([twice.width, twice.height], [120, 80]);
    assert_eq!(at(&twice, 100, 40), at(&once, 50, 20));
    let ratio = count(&twice, [0; 3]) as f64 / count(&once, [0; 3]) as f64;
    assert!(ratio > 3.5 && ratio < 6.0, "{ratio}");
}

#[test]
fn threads_change_no_byte() {
    let mut scene = scene(vec![Node::Partition(map()), Node::Text(text(Some(Halo { color: RED, width: 2.0 })))]);
    scene.scale = 9.3;
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| raster(&scene).unwrap())
    };
    assert!(with(1) == with(3));
}

#[test]
fn too_large_or_without_extent_is_refused() {
    let of = |width, height, scale| raster(&Scene { width, height, scale, ..Scene::default() });
    assert!(of(20_000.0, 20_001.0, 1.0).unwrap_err().to_string().contains("400 megapixels"));
    assert!(of(1e300, 10.0, 1.0).is_err() && of(2e6, 1.0, 1.0).is_err());
    for (width, height, scale) in [(0.0, 5.0, 1.0), (f64::NAN, 5.0, 1.0), (5.0, 5.0, -1.0), (5.0, 5.0, f64::NAN)] {
        assert!(of(width, height, scale).is_err(), "{width} {height} {scale}");
    }
    assert_eq!(of(3.0, 2.0, 0.0).unwrap().pixels, vec![[255; 4]; 6]);
}

#[test]
fn odd_outlines_are_borne() {
    let odd = [1e30, -1e30, 0.0, 3.0, 1e7, -5e5];
    for i in 0..36 {
        let p = |k: usize| [odd[(i + k) % 6], odd[(i / 6 + 2 * k) % 6]];
        let mut path = Path {
            segments: vec![Segment::Line(p(0)), Segment::Close, Segment::Cubic(p(1), p(2), p(3)), Segment::Line(p(4))],
            ..Path::default()
        };
        path = path.filled(Paint::solid(RED)).stroked(Stroke { color: RED, width: 3.0, dash: vec![1.0] });
        let line = Path::line(&[p(0), p(1), p(2)]).stroked(Stroke { color: RED, width: 0.5, dash: vec![0.0, 0.0] });
        raster(&scene(vec![Node::Path(path), Node::Path(line)])).unwrap();
    }
}
