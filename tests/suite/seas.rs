//! The names of seas on the built-in example: where they stand and how they look.

use super::drawing::{each_node, group, joined, partition, texts};
use controlmap::project::{MapOptions, PolicyOptions, Size, Theme};
use controlmap::scene::{Node, Partition, Scene};
use std::path::Path;

fn drawn(options: MapOptions) -> Scene {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024");
    joined(&folder, "controlmap.toml").scene("2024-12-05", options, PolicyOptions::default())
}

/// Tells whether a point lies in any face.
fn covers(partition: &Partition, [x, y]: [f64; 2]) -> bool {
    let is_in = |ring: Vec<[f64; 2]>| {
        let ends = ring.iter().zip(ring.iter().cycle().skip(1));
        ends.filter(|(a, b)| (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])).count()
    };
    let rings = partition.all_rings().into_iter();
    rings.map(|(_, rings)| rings.iter().map(|r| is_in(partition.points(r))).sum::<usize>()).any(|n| n % 2 == 1)
}

#[test]
fn a_sea_is_named_leaning_on_water_in_either_script() {
    for (lang, name) in [("en", "Mediterranean Sea"), ("ar", "البحر الأبيض المتوسط")] {
        for theme in [Theme::Light, Theme::Dark] {
            let options = MapOptions {
                sea_names: Some(true),
                lang: Some(lang.to_owned()),
                theme: Some(theme),
                // of a higher page the coast leaves too little water
                size: Some(Size { width: 1600, height: 900 }),
                ..MapOptions::default()
            };
            let scene = drawn(options);
            let found = texts(&group(&scene, "sea-names").nodes);
            let words: Vec<&str> = found.iter().map(|t| t.text.as_str()).collect();
            assert_eq!(words.join(" "), name);
            let mut land = vec![partition(&scene)];
            each_node(&group(&scene, "context").nodes, &mut |node| {
                if let Node::Partition(partition) = node {
                    land.push(partition);
                }
            });
            assert!(land.len() == 2, "the neighbours are drawn");
            let [x, y, w, h] = group(&scene, "map").clip.expect("the map is cut to its panel");
            for text in found {
                assert!(text.slant && text.halo.is_some(), "{text:?}");
                for step in 0..=20 {
                    let along = text.left() + text.shaped.width * f64::from(step) / 20.0;
                    for at in [[along, text.at[1]], [along, text.at[1] - 0.7 * text.size]] {
                        assert!(at[0] > x && at[0] < x + w && at[1] > y && at[1] < y + h, "{name} leaves the map");
                        assert!(!land.iter().any(|l| covers(l, at)), "{name} stands on land at {at:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn seas_are_named_only_where_that_is_asked_for() {
    let mut ids = Vec::new();
    let scene = drawn(MapOptions::default());
    each_node(&scene.nodes, &mut |node| {
        if let Node::Group(group) = node {
            ids.push(group.id.clone());
        }
    });
    assert!(ids.iter().any(|id| id == "context") && !ids.iter().any(|id| id == "sea-names"), "{ids:?}");
}
