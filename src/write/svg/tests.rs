//! The document as a whole.

use super::write;
use crate::scene::{
    Anchor, Arc, ArcStroke, Band, Color, Direction, Face, Group, Halo, Layer, Node, Paint, Partition, Path, Scene,
    Segment, Shaper, Stroke, Text, Use,
};
use crate::write::Fonts;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc as Shared;

const RED: Color = Color::hex(0xd5_5e00);
const BLUE: Color = Color::hex(0x00_72b2);
const GREEN: Color = Color::hex(0x00_9e73);

fn stripes(angle: f64, widths: [f64; 2]) -> Layer {
    let [a, b] = widths;
    Layer::Stripes { angle, bands: vec![Band { color: RED, width: a }, Band { color: BLUE, width: b }] }
}

/// A grid of faces whose borders wiggle; `width` × `height` cells of `cell` pixels, `steps` points a side.
fn grid(width: u32, height: u32, cell: f64, steps: u32, paint: impl Fn(u32) -> Paint) -> Partition {
    let face = |x: i64, y: i64| {
        let inside = x >= 0 && y >= 0 && x < i64::from(width) && y < i64::from(height);
        inside.then(|| y as u32 * width + x as u32)
    };
    let bend = |p: [f64; 2]| {
        let [x, y] = p.map(|v| v / cell);
        [20.0 + p[0] + cell / 9.0 * libm::sin(5.0 * y + x), 20.0 + p[1] + cell / 9.0 * libm::sin(4.0 * x + 2.0 * y)]
    };
    let line = |from: [f64; 2], to: [f64; 2]| {
        let part = |i: u32| f64::from(i) / f64::from(steps);
        let at = |t: f64| bend([from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t]);
        (0..=steps).map(|i| at(part(i))).collect::<Vec<_>>()
    };
    let mut arcs = Vec::new();
    for y in 0..=i64::from(height) {
        for x in 0..=i64::from(width) {
            let p = [x as f64 * cell, y as f64 * cell];
            if x < i64::from(width) {
                arcs.push(Arc { points: line(p, [p[0] + cell, p[1]]), left: face(x, y - 1), right: face(x, y) });
            }
            if y < i64::from(height) {
                arcs.push(Arc { points: line(p, [p[0], p[1] + cell]), left: face(x, y), right: face(x - 1, y) });
            }
        }
    }
    let faces = (0..width * height)
        .map(|i| Face {
            id: format!("R{i}"),
            title: format!("Region {i} & <more>"),
            description: String::new(),
            paint: paint(i),
        })
        .collect();
    Partition { arcs: Shared::new(arcs), faces, strokes: Vec::new() }
}

fn label(shaper: &mut Shaper, words: &str, at: [f64; 2], anchor: Anchor, weight: u16, lang: &str) -> Node {
    let mut text = shaper.text(words, at, anchor, 14.0, weight, Color::hex(0x22_2222), lang);
    text.halo = Some(Halo { color: Color::WHITE, width: 1.5 });
    Node::Text(text)
}

/// One of everything.
fn example() -> Scene {
    let mut shaper = Shaper::new();
    let paints = [
        Paint::solid(BLUE),
        Paint { layers: vec![stripes(45.0, [6.0, 6.0])] },
        Paint::solid(RED),
        Paint { layers: vec![stripes(90.0, [4.0, 4.0])] },
        Paint::solid(Color::WHITE).over(Layer::Lines { angle: 45.0, spacing: 6.0, width: 1.2, color: GREEN }),
        Paint::solid(BLUE).over(Layer::Dots { spacing: 8.0, radius: 1.5, color: Color::WHITE }),
        Paint { layers: vec![stripes(45.0, [8.0, 2.0])] },
        Paint::solid(GREEN),
        Paint::solid(Color::hex(0xcc_cccc))
            .over(Layer::Lines { angle: 45.0, spacing: 7.0, width: 1.0, color: RED })
            .over(Layer::Lines { angle: -45.0, spacing: 7.0, width: 1.0, color: RED }),
    ];
    let mut map = grid(4, 3, 110.0, 12, |i| paints[i as usize % paints.len()].clone());
    map.strokes = vec![
        ArcStroke { id: "borders".into(), arcs: (0..18).collect(), stroke: Stroke::solid(Color::hex(0x44_4444), 1.0) },
        ArcStroke {
            id: "front".into(),
            arcs: vec![7, 9],
            stroke: Stroke { color: Color::BLACK, width: 3.0, dash: vec![6.0, 5.0] },
        },
    ];
    let mut labels = vec![
        label(&mut shaper, "Dayr az-Zawr", [80.0, 80.0], Anchor::Middle, 400, "en"),
        label(&mut shaper, "دير الزور", [190.0, 80.0], Anchor::Middle, 400, "ar"),
        label(&mut shaper, "إدلب \u{2068}2024-12-07\u{2069} 80 %", [460.0, 130.0], Anchor::Right, 700, "ar"),
        label(&mut shaper, "اللاذقية", [20.0, 200.0], Anchor::Left, 700, "ar"),
        label(&mut shaper, "AVATAR Київ Αθήνα", [460.0, 210.0], Anchor::Right, 700, "en"),
        label(&mut shaper, "left <&> 5 km²", [20.0, 300.0], Anchor::Left, 400, "en"),
    ];
    if let Node::Text(text) = &mut labels[0] {
        text.id = "label-0".to_owned();
    }
    let mut legend = Vec::new();
    for (i, paint) in paints.iter().enumerate() {
        let y = 20.0 + 24.0 * i as f64;
        let swatch = Path::rect(490.0, y, 28.0, 16.0).filled(paint.clone());
        legend.push(Node::Path(swatch.stroked(Stroke::solid(Color::hex(0x44_4444), 0.75))));
        let key = format!("key {i}");
        legend.push(Node::Text(shaper.text(&key, [526.0, y + 13.0], Anchor::Left, 12.0, 400, Color::BLACK, "en")));
    }
    let mut ring = Path::circle(520.0, 290.0, 10.0).filled(Paint::solid(RED));
    ring.segments.extend(Path::circle(520.0, 290.0, 6.0).segments);
    let symbol = Group { id: "town".into(), title: "a town".into(), nodes: vec![Node::Path(ring)], clip: None };
    let clipped = Group {
        id: "map".into(),
        title: "Map".into(),
        clip: Some([10.0, 10.0, 460.0, 360.0]),
        nodes: vec![Node::Partition(map)],
    };
    Scene {
        width: 640.0,
        height: 380.0,
        scale: 1.0,
        title: "A map & its \"key\"".into(),
        description: "Two hold it.\nNobody holds the rest.".into(),
        lang: "en".into(),
        direction: Direction::Ltr,
        background: Paint::solid(Color::hex(0xff_ff00)),
        metadata: vec![("date".into(), "2024-12-07".into()), ("licence".into(), "a<b>&\u{1}".into())],
        nodes: vec![
            Node::Group(clipped),
            Node::Group(Group { id: "labels".into(), nodes: labels, ..Group::default() }),
            Node::Group(Group { id: "legend".into(), nodes: legend, ..Group::default() }),
            Node::Group(symbol),
            Node::Use(Use { group: "town".into(), by: [40.0, 12.5] }),
        ],
    }
}

/// Checks what every file must keep to.
fn check(svg: &[u8]) {
    let text = std::str::from_utf8(svg).expect("UTF-8");
    let document = roxmltree::Document::parse(text).expect("well-formed");
    let mut ids = BTreeSet::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id") {
            assert!(ids.insert(id.to_owned()), "{id} twice");
        }
    }
    for node in document.descendants() {
        for attribute in node.attributes() {
            let value = attribute.value();
            if attribute.name() == "href" {
                assert!(ids.contains(&value[1..]), "{value} points nowhere");
            }
            if let Some(id) = value.strip_prefix("url(#") {
                assert!(ids.contains(id.trim_end_matches(')')), "{value} points nowhere");
            }
            if matches!(attribute.name(), "x" | "y" | "d" | "width" | "height" | "points" | "stroke-width") {
                assert!(!value.contains("NaN") && !value.contains("inf") && !value.contains("-0 "), "{value}");
                for number in value.split(|c: char| !c.is_ascii_digit() && c != '.') {
                    for decimals in number.split('.').skip(1) {
                        assert!(decimals.len() <= 2, "{value}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_example_is_well_formed_in_each_manner_and_twice_the_same() {
    let scene = example();
    for fonts in [Fonts::Embed, Fonts::Outline, Fonts::Name] {
        let svg = write(&scene, fonts);
        check(&svg);
        assert_eq!(svg, write(&scene, fonts));
    }
}

#[test]
fn the_document_says_what_it_is() {
    let svg = String::from_utf8(write(&example(), Fonts::Name)).expect("UTF-8");
    let document = roxmltree::Document::parse(&svg).expect("well-formed");
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    assert_eq!(root.attribute("aria-labelledby"), Some("title desc"));
    let content = |id: &str| {
        let node = document.descendants().find(|n| n.attribute("id") == Some(id));
        node.and_then(|n| n.text()).map(str::to_owned)
    };
    assert_eq!(content("title").as_deref(), Some("A map & its \"key\""));
    assert_eq!(content("desc").as_deref(), Some("Two hold it.\nNobody holds the rest."));
    let facts: Vec<_> = document
        .descendants()
        .filter(|n| n.has_tag_name(("urn:controlmap:receipt", "fact")))
        .map(|n| (n.attribute("key"), n.text()))
        .collect();
    assert_eq!(facts, [(Some("date"), Some("2024-12-07")), (Some("licence"), Some("a<b>&\u{fffd}"))]);
    for i in 0..12 {
        let id = format!("R{i}");
        let region = document.descendants().find(|n| n.attribute("id") == Some(&*id)).expect("each region");
        assert_eq!(region.tag_name().name(), "path");
        assert!(region.children().any(|c| c.has_tag_name(("http://www.w3.org/2000/svg", "title"))));
    }
}

#[test]
fn an_embedded_file_is_small() {
    let (embed, name) = (write(&example(), Fonts::Embed).len(), write(&example(), Fonts::Name).len());
    assert!(embed - name < 40_000, "{}", embed - name);
    assert!(embed > name);
}

#[test]
fn a_pattern_is_defined_once() {
    let svg = String::from_utf8(write(&example(), Fonts::Name)).expect("UTF-8");
    assert_eq!(svg.matches("<pattern").count(), 7);
    // stripes, lines and dots of the map are those of the legend
    assert!(svg.matches("url(#pattern1)").count() >= 2);
}

#[test]
fn an_empty_scene_is_a_document() {
    check(&write(&Scene::default(), Fonts::Embed));
}

#[test]
fn ids_that_clash_with_our_own_are_told_apart() {
    let path = |id: &str| Node::Path(Path { id: id.into(), ..Path::rect(0.0, 0.0, 1.0, 1.0) });
    let group = Group { clip: Some([0.0; 4]), nodes: vec![path("clip1")], ..Group::default() };
    let nodes = vec![Node::Group(group), path("title"), path("desc"), path("a"), path("a"), path("pattern1")];
    let scene = Scene { title: "t".into(), description: "d".into(), nodes, ..Scene::default() };
    check(&write(&scene, Fonts::Embed));
}

proptest! {
    #[test]
    fn any_words_and_numbers_give_a_well_formed_file(
        words in ".{0,20}",
        id in ".{0,6}",
        numbers in prop::collection::vec(prop::num::f64::ANY, 12),
    ) {
        let n = |i: usize| numbers[i];
        let text = Text { at: [n(0), n(1)], size: n(2), id: id.clone(),
            ..Shaper::new().text(&words, [n(0), n(1)], Anchor::Middle, n(2), 400, RED, &id) };
        let segments = vec![
            Segment::Move([n(3), n(4)]), Segment::Line([n(5), n(6)]), Segment::Cubic([n(7), n(8)], [n(9), n(10)], [n(0), n(11)]),
            Segment::Close, Segment::Line([n(4), n(2)]),
        ];
        let layers = vec![
            Layer::Solid(RED.with_alpha(7)),
            Layer::Lines { angle: n(5), spacing: n(6), width: n(7), color: RED },
            Layer::Dots { spacing: n(7), radius: n(8), color: RED },
            stripes(n(9), [n(10), n(11)]),
        ];
        let path = Path { id, title: words.clone(), segments, fill: Some(Paint { layers }),
            stroke: Some(Stroke { color: BLUE, width: n(1), dash: vec![n(2), n(3)] }) };
        let scene = Scene { width: n(0), height: n(1), title: words.clone(), description: words.clone(), lang: words.clone(),
            metadata: vec![(words.clone(), words)], nodes: vec![Node::Path(path), Node::Text(text)], ..Scene::default() };
        for fonts in [Fonts::Embed, Fonts::Outline, Fonts::Name] {
            check(&write(&scene, fonts));
        }
    }
}
