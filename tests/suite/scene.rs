//! The rules that every figure keeps, read from its scene.

use super::drawing::{each_node, group, partition, texts};
use controlmap::scene::{Color, Layer, Node, Paint, Scene, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Everything in a scene that breaks a rule, in words.
pub fn faults(scene: &Scene) -> Vec<String> {
    let mut all = ids(scene);
    all.extend(outside(scene));
    all.extend(cut(scene));
    all.extend(overlaps(scene));
    all.extend(keys(scene));
    all
}

/// Everything in a scene of any kind that breaks a rule of all pages.
pub fn page_faults(scene: &Scene) -> Vec<String> {
    let mut all = ids(scene);
    all.extend(outside(scene));
    let names = texts(&scene.nodes);
    for (i, a) in names.iter().enumerate() {
        let over = names[..i].iter().filter(|b| meet(letters(a), letters(b)));
        all.extend(over.map(|b| format!("{:?} and {:?} overlap", a.text, b.text)));
    }
    all
}

/// Ids that occur twice.
fn ids(scene: &Scene) -> Vec<String> {
    let mut count: BTreeMap<&str, u32> = BTreeMap::new();
    each_node(&scene.nodes, &mut |node| {
        let own: Vec<&str> = match node {
            Node::Group(group) => vec![&group.id],
            Node::Path(path) => vec![&path.id],
            Node::Text(text) => vec![&text.id],
            Node::Partition(p) => {
                p.faces.iter().map(|f| f.id.as_str()).chain(p.strokes.iter().map(|s| s.id.as_str())).collect()
            }
            Node::Use(_) => Vec::new(),
        };
        own.into_iter().filter(|id| !id.is_empty()).for_each(|id| *count.entry(id).or_default() += 1);
    });
    assert!(count.len() > 3, "a figure has ids");
    count.into_iter().filter(|(_, n)| *n > 1).map(|(id, n)| format!("the id {id} stands {n} times")).collect()
}

/// Texts that leave the page.
fn outside(scene: &Scene) -> Vec<String> {
    let leaves = |t: &&Text| {
        let [x, y, w, h] = t.bounds();
        !(x >= 0.0 && y >= 0.0 && x + w <= scene.width && y + h <= scene.height)
    };
    let all = texts(&scene.nodes);
    assert!(all.len() > 5, "a map has texts");
    all.into_iter().filter(leaves).map(|t| format!("{:?} leaves the page: {:?}", t.text, t.bounds())).collect()
}

/// Texts of the map that its frame cuts.
fn cut(scene: &Scene) -> Vec<String> {
    let map = group(scene, "map");
    let [left, top, width, height] = map.clip.expect("the map ends at its frame");
    let leaves = |t: &&Text| {
        let [x, y, w, h] = letters(t);
        !(x >= left && y >= top && x + w <= left + width && y + h <= top + height)
    };
    texts(&map.nodes).into_iter().filter(leaves).map(|t| format!("the frame cuts {:?}", t.text)).collect()
}

/// Texts on the map that overlap, by the box that their letters fill.
fn overlaps(scene: &Scene) -> Vec<String> {
    let names = texts(&group(scene, "map").nodes);
    let mut all = Vec::new();
    for (i, a) in names.iter().enumerate() {
        for b in &names[..i] {
            if meet(letters(a), letters(b)) {
                all.push(format!("{:?} and {:?} overlap", a.text, b.text));
            }
        }
    }
    all
}

/// The box of a text's letters, less than the font's full height.
fn letters(text: &Text) -> [f64; 4] {
    let [x, _, width, _] = text.bounds();
    [x, text.at[1] - 0.75 * text.size, width, 0.95 * text.size]
}

fn meet(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3]
}

/// What is drawn without a key, and keys of what is not drawn.
fn keys(scene: &Scene) -> Vec<String> {
    let legend = looks(&group(scene, "legend").nodes);
    let mut map = looks(&group(scene, "places").nodes);
    partition(scene).faces.iter().for_each(|f| add(&mut map, &f.paint));
    let mut all = Vec::new();
    // what shines through is a halo, not data
    for color in map.colors.difference(&legend.colors).filter(|c| c.a == 255) {
        all.push(format!("the colour {color:?} of the map has no key"));
    }
    for pattern in map.patterns.difference(&legend.patterns) {
        all.push(format!("the pattern {pattern} of the map has no key"));
    }
    for pattern in legend.patterns.difference(&map.patterns) {
        all.push(format!("the pattern {pattern} of the legend is not on the map"));
    }
    all
}

/// Colours and patterns, whatever the size of what has them.
#[derive(Default)]
struct Looks {
    colors: BTreeSet<Color>,
    patterns: BTreeSet<String>,
}

/// The looks of all shapes of a tree.
fn looks(nodes: &[Node]) -> Looks {
    let mut all = Looks::default();
    each_node(nodes, &mut |node| {
        if let Node::Path(path) = node {
            path.fill.iter().for_each(|paint| add(&mut all, paint));
            // edges are not data, but rings and crosses are: they have no fill
            if let (None, Some(stroke)) = (&path.fill, &path.stroke) {
                all.colors.insert(stroke.color);
            }
        }
    });
    all
}

fn add(looks: &mut Looks, paint: &Paint) {
    for layer in &paint.layers {
        match layer {
            Layer::Solid(color) => {
                looks.colors.insert(*color);
            }
            Layer::Stripes { angle, bands } => {
                looks.colors.extend(bands.iter().map(|b| b.color));
                let even = bands.iter().all(|b| (b.width - bands[0].width).abs() < 1e-9);
                let name = if even {
                    format!("even {:?}", bands.iter().map(|b| b.color).collect::<Vec<_>>())
                } else {
                    "uneven".into()
                };
                looks.patterns.insert(format!("stripes at {angle}, {name}"));
            }
            Layer::Lines { color, .. } | Layer::Dots { color, .. } => {
                looks.colors.insert(*color);
                looks.patterns.insert(format!("{layer:?}"));
            }
        }
    }
}
