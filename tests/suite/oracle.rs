//! A second opinion on boundaries: the crates `geojson` and `geo` read the same polygons from a file as we do.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use controlmap::geometry::area::winding;
use controlmap::model::Region;
use controlmap::project::BoundaryInput;
use controlmap::read::boundary::read_bytes;
use geo::algorithm::orient::{Direction, Orient};
use geo::{Area, LineString, MultiPolygon, Polygon};
use geojson::GeoJson;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::f64::consts::TAU;

/// Regions as we read them, by id.
fn ours(bytes: &[u8], id: &str) -> BTreeMap<String, Region> {
    let input = BoundaryInput { id: Some(id.into()), ..BoundaryInput::new("boundaries.geojson") };
    let read = read_bytes(&input, bytes);
    assert_eq!(read.diagnostics, []);
    read.value.regions.into_iter().map(|region| (region.id.clone(), region)).collect()
}

/// The same as the other reader has them: closed and without repeats, outer rings counter-clockwise.
fn theirs(bytes: &[u8], id: &str) -> BTreeMap<String, MultiPolygon<f64>> {
    let text = std::str::from_utf8(bytes).unwrap();
    let GeoJson::FeatureCollection(all) = text.parse::<GeoJson>().unwrap() else { panic!("a collection") };
    let polygons = |feature: geojson::Feature| {
        let id = feature.property(id).and_then(|v| v.as_str()).unwrap().to_owned();
        let shape = geo::Geometry::<f64>::try_from(feature.geometry.unwrap()).unwrap();
        let shape = match shape {
            geo::Geometry::Polygon(one) => MultiPolygon::new(vec![one]),
            geo::Geometry::MultiPolygon(all) => all,
            other => panic!("{other:?} is no area"),
        };
        let tidy = |ring: &LineString<f64>| {
            let mut points = ring.0.clone();
            points.dedup();
            LineString::new(points)
        };
        let tidied = shape.iter().map(|p| Polygon::new(tidy(p.exterior()), p.interiors().iter().map(tidy).collect()));
        (id, MultiPolygon::new(tidied.collect()).orient(Direction::Default))
    };
    all.features.into_iter().map(polygons).collect()
}

/// Planar area in square degrees, of rings wound as ours are: holes count less than nothing.
fn area(polygons: &MultiPolygon<f64>) -> f64 {
    let rings = polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    rings.map(winding).sum::<f64>() / 2.0
}

/// Compares both readings of a text; gives the number of regions.
fn agree(bytes: &[u8], id: &str) -> Result<usize, TestCaseError> {
    let (ours, theirs) = (ours(bytes, id), theirs(bytes, id));
    prop_assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (id, region) in &ours {
        let other = &theirs[id];
        prop_assert_eq!(&region.geometry, other, "{}", id);
        let (a, b) = (area(&region.geometry), other.unsigned_area());
        prop_assert!(b > 0.0 && (a - b).abs() <= 1e-9 * b, "{}: {} and {}", id, a, b);
    }
    Ok(ours.len())
}

#[test]
fn both_readers_agree_on_the_files_at_hand() {
    for (bytes, id, count) in [
        (include_bytes!("../fixtures/boundaries/tidy.geojson").as_slice(), "pcode", 2),
        (include_bytes!("../../data/template/boundaries.geojson"), "code", 5),
        (include_bytes!("../fixtures/country/boundaries.geojson"), "code", 6),
        (include_bytes!("../fixtures/country/long.geojson"), "code", 5),
    ] {
        assert_eq!(agree(bytes, id).unwrap(), count);
    }
}

/// A star around a centre: its radius by direction, so that it never crosses itself.
#[derive(Debug, Clone)]
struct Star {
    radii: Vec<f64>,
    /// Size of a hole of the same form, if there is one.
    hole: Option<f64>,
    /// Outer ring and hole clockwise.
    clockwise: [bool; 2],
    /// The first point is repeated at the end.
    closed: bool,
    /// A point is written twice.
    twice: Option<usize>,
}

impl Star {
    /// Its rings as positions in degrees.
    fn rings(&self, [x, y]: [f64; 2]) -> Vec<Vec<[f64; 2]>> {
        let ring = |size: f64, clockwise: bool| {
            let count = self.radii.len();
            let point = |(i, r): (usize, &f64)| {
                let angle = TAU * i as f64 / count as f64;
                // seven decimals, as files have them: of longer numbers `geojson` may miss the last bit
                [x + size * r * libm::cos(angle), y + size * r * libm::sin(angle)].map(|v| (v * 1e7).round() / 1e7)
            };
            let mut points: Vec<[f64; 2]> = self.radii.iter().enumerate().map(point).collect();
            if clockwise {
                points.reverse();
            }
            if let Some(i) = self.twice {
                points.insert(i % count, points[i % count]);
            }
            if self.closed {
                points.push(points[0]);
            }
            points
        };
        let mut rings = vec![ring(1.0, self.clockwise[0])];
        rings.extend(self.hole.map(|size| ring(size, self.clockwise[1])));
        rings
    }
}

fn star() -> impl Strategy<Value = Star> {
    let radii = prop::collection::vec(0.2..0.95_f64, 3..40);
    let choice = (prop::option::of(0.05..0.9_f64), any::<[bool; 2]>(), any::<bool>(), prop::option::of(0..40_usize));
    (radii, choice).prop_map(|(radii, (hole, clockwise, closed, twice))| Star { radii, hole, clockwise, closed, twice })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_readers_agree_on_any_polygon(
        regions in prop::collection::vec(prop::collection::vec(star(), 1..4), 1..5),
        [west, south] in [-170.0..150.0_f64, -80.0..70.0_f64],
        single in any::<bool>(),
    ) {
        let features: Vec<serde_json::Value> = regions.iter().enumerate().map(|(i, stars)| {
            // each star in a cell of its own
            let rings = |(j, star): (usize, &Star)| star.rings([west + 2.0 * j as f64, south + 2.0 * i as f64]);
            let polygons: Vec<_> = stars.iter().enumerate().map(rings).collect();
            let geometry = if single && polygons.len() == 1 {
                serde_json::json!({ "type": "Polygon", "coordinates": polygons[0] })
            } else {
                serde_json::json!({ "type": "MultiPolygon", "coordinates": polygons })
            };
            serde_json::json!({ "type": "Feature", "properties": { "code": format!("R{i}") }, "geometry": geometry })
        }).collect();
        let text = serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string();
        prop_assert_eq!(agree(text.as_bytes(), "code")?, regions.len());
    }
}
