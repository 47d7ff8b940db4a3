use super::*;
use geo::{LineString, Polygon};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn ring(points: &[(f64, f64)]) -> LineString<f64> {
    let mut points = points.to_vec();
    points.push(points[0]);
    LineString::from(points)
}

fn face(points: &[(f64, f64)]) -> MultiPolygon<f64> {
    MultiPolygon(vec![Polygon::new(ring(points), vec![])])
}

fn square(x: f64, y: f64, size: f64) -> Vec<(f64, f64)> {
    vec![(x, y), (x + size, y), (x + size, y + size), (x, y + size)]
}

fn of(faces: &[MultiPolygon<f64>]) -> Topology {
    topology(&faces.iter().collect::<Vec<_>>())
}

type Edge = [(i64, i64); 2];

fn node(p: [f64; 2]) -> (i64, i64) {
    ((p[0] * 1e7).round() as i64, (p[1] * 1e7).round() as i64)
}

/// Directed edges of the arcs with the face on their left, both ways.
fn half_edges(topology: &Topology) -> Vec<(Edge, u32)> {
    let mut all = Vec::new();
    for arc in &topology.arcs {
        for w in arc.points.windows(2) {
            let (a, b) = (node(w[0]), node(w[1]));
            all.extend(arc.left.map(|f| ([a, b], f)));
            all.extend(arc.right.map(|f| ([b, a], f)));
        }
    }
    all.sort();
    all
}

/// Directed edges of the input with the face on their left.
fn input_edges(faces: &[MultiPolygon<f64>]) -> Vec<(Edge, u32)> {
    let mut all = Vec::new();
    for (f, shape) in faces.iter().enumerate() {
        for polygon in &shape.0 {
            for (i, r) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
                let area: f64 = r.0.windows(2).map(|w| w[0].x * w[1].y - w[1].x * w[0].y).sum();
                let ccw = area > 0.0;
                for w in r.0.windows(2) {
                    let (a, b) = (node(w[0].into()), node(w[1].into()));
                    if a != b {
                        all.push((if ccw == (i == 0) { [a, b] } else { [b, a] }, f as u32));
                    }
                }
            }
        }
    }
    all.sort();
    all
}

fn assert_each_edge_once(topology: &Topology) {
    let mut seen = BTreeMap::new();
    for (i, arc) in topology.arcs.iter().enumerate() {
        for w in arc.points.windows(2) {
            let (a, b) = (node(w[0]), node(w[1]));
            assert_eq!(seen.insert([a.min(b), a.max(b)], i), None, "edge {a:?} {b:?} twice");
        }
    }
}

fn assert_faithful(faces: &[MultiPolygon<f64>]) -> Topology {
    let topology = of(faces);
    assert_each_edge_once(&topology);
    assert_eq!(half_edges(&topology), input_edges(faces));
    assert_eq!(topology.overlaps, []);
    topology
}

#[test]
fn two_squares_share_one_border() {
    let faces = [face(&square(0.0, 0.0, 1.0)), face(&square(1.0, 0.0, 1.0))];
    let topology = assert_faithful(&faces);
    assert_eq!(topology.arcs.len(), 3);
    let shared = topology.arcs.iter().filter(|a| a.left.is_some() && a.right.is_some()).count();
    assert_eq!(shared, 1);
}

#[test]
fn winding_of_the_input_does_not_matter() {
    let mut turned = square(1.0, 0.0, 1.0);
    turned.reverse();
    assert_faithful(&[face(&square(0.0, 0.0, 1.0)), face(&turned)]);
}

#[test]
fn an_enclave_that_fills_a_hole_is_one_closed_arc() {
    let hole = ring(&square(1.0, 1.0, 1.0));
    let outer = MultiPolygon(vec![Polygon::new(ring(&square(0.0, 0.0, 3.0)), vec![hole])]);
    // begins at another corner
    let inner = face(&[(2.0, 2.0), (1.0, 2.0), (1.0, 1.0), (2.0, 1.0)]);
    let topology = assert_faithful(&[outer, inner]);
    assert_eq!(topology.arcs.len(), 2);
    let arc = &topology.arcs[1];
    assert_eq!((arc.points.first(), arc.points.len()), (arc.points.last(), 5));
    assert_eq!([arc.left, arc.right], [Some(0), Some(1)]);
}

#[test]
fn a_lake_has_the_outside_within() {
    let hole = ring(&square(1.0, 1.0, 1.0));
    let topology = assert_faithful(&[MultiPolygon(vec![Polygon::new(ring(&square(0.0, 0.0, 3.0)), vec![hole])])]);
    assert!(topology.arcs.iter().all(|a| a.left == Some(0) && a.right.is_none()));
}

#[test]
fn points_a_hundred_millionth_of_a_degree_apart_are_one_and_ends_are_bit_equal() {
    let faces = [
        face(&square(0.0, 0.0, 1.0)),
        face(&[(1.000_000_01, 0.000_000_01), (2.0, 0.0), (2.0, 1.0), (1.000_000_01, 0.999_999_99)]),
    ];
    let topology = assert_faithful(&faces);
    assert_eq!(topology.arcs.len(), 3);
    let mut ends: Vec<_> = topology.arcs.iter().flat_map(|a| [a.points[0], a.points[a.points.len() - 1]]).collect();
    ends.sort_by(|a, b| a.partial_cmp(b).unwrap());
    ends.dedup();
    assert_eq!(ends.len(), 2);
}

#[test]
fn repeated_points_and_rings_that_bound_nothing_are_left_out() {
    let odd = face(&[(0.0, 0.0), (0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (1.0, 1.0), (0.0, 0.0)]);
    let topology = assert_faithful(&[odd]);
    assert_eq!(topology.arcs[0].points.len(), 4);
    assert_eq!(of(&[face(&[(0.0, 0.0), (1.0, 0.0)])]).arcs, []);
    assert_eq!(of(&[MultiPolygon(vec![Polygon::new(LineString(vec![]), vec![])])]).arcs, []);
}

#[test]
fn a_spike_has_its_face_on_both_sides() {
    let topology = assert_faithful(&[face(&[(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (3.0, 2.0), (2.0, 1.0), (0.0, 1.0)])]);
    assert!(topology.arcs.iter().any(|a| a.left == Some(0) && a.right == Some(0)));
}

#[test]
fn a_border_claimed_three_times_is_reported_and_every_face_keeps_its_outline() {
    let faces =
        [face(&square(0.0, 0.0, 1.0)), face(&square(1.0, 0.0, 1.0)), face(&[(1.0, 0.0), (1.5, 0.5), (1.0, 1.0)])];
    let topology = of(&faces);
    assert_eq!(half_edges(&topology), input_edges(&faces));
    let claim = topology.overlaps[0];
    assert_eq!((topology.overlaps.len(), claim.face, claim.other), (1, 2, 1));
    let own = topology.arcs.iter().find(|a| a.is_seam).unwrap();
    assert_eq!(own.points, topology.arcs[claim.arc as usize].points);
    assert_eq!((own.left.or(own.right), own.left.and(own.right)), (Some(2), None));
    let twice = of(&[face(&square(0.0, 0.0, 1.0)), face(&square(0.0, 0.0, 1.0))]);
    assert_eq!((twice.arcs.len(), twice.overlaps.len()), (2, 1));
}

#[test]
fn a_vertex_on_a_neighbours_edge_is_not_snapped() {
    let faces = [face(&square(0.0, 0.0, 2.0)), face(&square(2.0, 0.0, 1.0)), face(&square(2.0, 1.0, 1.0))];
    assert_faithful(&faces);
}

/// Cells of a grid as faces: each cell goes to a face by `owner`, so that faces have several parts,
/// holes and touching corners; vertices shared by all.
fn dissolved(owner: &[Vec<u8>]) -> Vec<MultiPolygon<f64>> {
    let count = owner.iter().flatten().max().map_or(0, |m| *m as usize + 1);
    let mut faces = vec![MultiPolygon(vec![]); count];
    for (y, row) in owner.iter().enumerate() {
        for (x, &f) in row.iter().enumerate() {
            faces[f as usize].0.push(Polygon::new(ring(&square(x as f64, y as f64, 1.0)), vec![]));
        }
    }
    faces
}

proptest! {
    #[test]
    fn faces_of_any_grid_come_back_edge_by_edge(
        owner in proptest::collection::vec(proptest::collection::vec(0u8..5, 6), 6)
    ) {
        let topology = assert_faithful(&dissolved(&owner));
        // faces tile the square: only its rim has the outside beside it
        let rim: usize = topology.arcs.iter()
            .filter(|a| a.left.is_none() || a.right.is_none())
            .map(|a| a.points.len() - 1)
            .sum();
        prop_assert_eq!(rim, 24);
    }

    #[test]
    fn any_polygons_are_borne(
        rings in proptest::collection::vec(proptest::collection::vec((0u8..5, 0u8..5), 0..9), 0..8)
    ) {
        let faces: Vec<_> = rings.iter().map(|r| {
            let points: Vec<_> = r.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).collect();
            MultiPolygon(vec![Polygon::new(LineString::from(points), vec![])])
        }).collect();
        let topology = of(&faces);
        let mut claims = 0;
        for (i, arc) in topology.arcs.iter().enumerate() {
            prop_assert!(arc.points.len() >= 2 && (arc.left.is_some() || arc.right.is_some()));
            prop_assert!(topology.overlaps.iter().all(|o| o.arc as usize != i || !arc.is_seam));
            let sides = usize::from(arc.left.is_some()) + usize::from(arc.right.is_some());
            claims += sides * (arc.points.len() - 1);
        }
        // nothing is lost: every edge of the rings is on a side
        let edges: usize = faces.iter().map(|f| {
            let mut walk: Vec<_> = f.0[0].exterior().0.clone();
            walk.dedup();
            if walk.len() > 1 && walk.first() == walk.last() { walk.pop(); }
            if walk.len() < 3 { 0 } else { walk.len() }
        }).sum();
        prop_assert_eq!(claims, edges);
    }
}
