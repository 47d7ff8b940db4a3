//! Overlaps: takes polygons of faces and their borders, gives the pairs of faces that claim the same ground.
//!
//! Two faces overlap where they claim one side of a border, where their borders cut through each other, where they
//! do not take turns around a vertex, or where one lies within the other. Each of these is looked for by itself, so
//! that polygons which tile the plane cost little; only what is found is then measured.

use super::area::area_km2;
use super::locate::Locator;
use super::simplify::crossing::{cross, crossing, meet};
use super::topology::Topology;
use geo::{BooleanOps, BoundingRect, MultiPolygon, Rect};
use rayon::prelude::*;

/// Two faces and the ground that both claim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shared {
    /// The lesser index.
    pub face: u32,
    /// The greater index.
    pub other: u32,
    /// Ground in both.
    ///
    /// # Units
    /// Square kilometres on WGS 84.
    pub km2: f64,
}

/// What [`overlaps`] finds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overlaps {
    /// Pairs that share at least [`LEAST_KM2`], and pairs that claim one side of a border; sorted.
    pub pairs: Vec<Shared>,
    /// How many pairs beyond these seem to overlap and were not measured, because there are too many.
    pub unmeasured: usize,
}

/// What borders drawn twice by hand or rounded to a metre differ by, in km²: not told.
pub const LEAST_KM2: f64 = 0.01;

/// The most vertices of all pairs that are measured, which takes a second or so.
const MOST_VERTICES: usize = 1_000_000;

/// Finds the faces that overlap; `topology` is that of the same polygons.
pub fn overlaps(faces: &[&MultiPolygon<f64>], topology: &Topology) -> Overlaps {
    let mut claims: Vec<(u32, u32)> =
        topology.overlaps.iter().filter(|o| o.face != o.other).map(|o| pair(o.face, o.other)).collect();
    sort(&mut claims);
    let mut sure = claims.clone();
    let mut perhaps = Vec::new();
    cutting(topology, &mut sure, &mut perhaps);
    turning(topology, &mut sure);
    let is_whole = sure.is_empty() && perhaps.is_empty();
    within(faces, topology, is_whole, &mut sure);
    sort(&mut sure);
    sort(&mut perhaps);
    perhaps.retain(|p| sure.binary_search(p).is_err());
    let boxes: Vec<Option<Rect<f64>>> = faces.iter().map(|f| f.bounding_rect()).collect();
    perhaps.retain(|(a, b)| boxes[*a as usize].zip(boxes[*b as usize]).is_some_and(|(a, b)| share_ground(a, b)));
    let mut left = MOST_VERTICES;
    let mut measurable = |pairs: &[(u32, u32)]| {
        let fits = |(a, b): &&(u32, u32)| {
            let cost = vertices(faces[*a as usize]) + vertices(faces[*b as usize]);
            let fits = cost <= left || left == MOST_VERTICES;
            left = left.saturating_sub(cost);
            fits
        };
        pairs.iter().take_while(fits).count()
    };
    let unmeasured = sure.len() - measurable(&sure);
    sure.truncate(sure.len() - unmeasured);
    perhaps.truncate(measurable(&perhaps));
    sure.extend(perhaps);
    sort(&mut sure);
    let measured = sure.par_iter().map(|(a, b)| Shared {
        face: *a,
        other: *b,
        km2: shared_km2(faces[*a as usize], faces[*b as usize]),
    });
    let mut pairs: Vec<Shared> = measured.collect();
    pairs.retain(|s| s.km2 >= LEAST_KM2 || claims.binary_search(&(s.face, s.other)).is_ok());
    Overlaps { pairs, unmeasured }
}

/// Tells whether two boxes have more than a line in common, roundings aside.
fn share_ground(a: Rect<f64>, b: Rect<f64>) -> bool {
    let width = a.max().x.min(b.max().x) - a.min().x.max(b.min().x);
    let height = a.max().y.min(b.max().y) - a.min().y.max(b.min().y);
    width > 1e-6 && height > 1e-6
}

fn pair(a: u32, b: u32) -> (u32, u32) {
    (a.min(b), a.max(b))
}

fn sort(pairs: &mut Vec<(u32, u32)>) {
    pairs.sort_unstable();
    pairs.dedup();
}

fn vertices(face: &MultiPolygon<f64>) -> usize {
    face.iter().map(|p| p.exterior().0.len() + p.interiors().iter().map(|r| r.0.len()).sum::<usize>()).sum()
}

fn shared_km2(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> f64 {
    // parts that lie elsewhere need not be looked at
    let near = |of: &MultiPolygon<f64>, other: &MultiPolygon<f64>| {
        let other = other.bounding_rect();
        let meets = |p: &&geo::Polygon<f64>| {
            p.bounding_rect().zip(other).is_some_and(|(p, o)| {
                p.min().x <= o.max().x && o.min().x <= p.max().x && p.min().y <= o.max().y && o.min().y <= p.max().y
            })
        };
        MultiPolygon(of.iter().filter(meets).cloned().collect())
    };
    area_km2(&near(a, b).intersection(&near(b, a)))
}

/// Faces whose borders cut through each other are sure to overlap; those whose borders touch may.
fn cutting(topology: &Topology, sure: &mut Vec<(u32, u32)>, perhaps: &mut Vec<(u32, u32)>) {
    let lines: Vec<&[[f64; 2]]> = topology.arcs.iter().map(|a| a.points.as_slice()).collect();
    let touching = crossing(&lines, |_| true, meet);
    let mut concerned = vec![false; lines.len()];
    touching.iter().flat_map(|(a, b)| [a, b]).for_each(|i| concerned[*i as usize] = true);
    let few: Vec<&[[f64; 2]]> = lines.iter().zip(&concerned).map(|(line, is)| if *is { *line } else { &[] }).collect();
    let through = crossing(&few, |_| true, cross);
    for (a, b) in touching {
        let sides = |arc: u32| {
            let arc = &topology.arcs[arc as usize];
            [arc.left, arc.right].into_iter().flatten()
        };
        let pairs = if through.binary_search(&(a, b)).is_ok() { &mut *sure } else { &mut *perhaps };
        pairs.extend(sides(a).flat_map(|a| sides(b).filter(move |b| a != *b).map(move |b| pair(a, b))));
    }
}

/// An arc seen from one of its ends: where it goes, and who stands at either hand.
struct Spoke {
    node: [u64; 2],
    angle: f64,
    left: Option<u32>,
    right: Option<u32>,
}

/// Faces that do not take turns around a vertex.
fn turning(topology: &Topology, pairs: &mut Vec<(u32, u32)>) {
    let spoke = |from: [f64; 2], to: [f64; 2], left, right| {
        let angle = libm::atan2(to[1] - from[1], to[0] - from[0]);
        Spoke { node: from.map(f64::to_bits), angle, left, right }
    };
    let mut spokes: Vec<Spoke> = topology
        .arcs
        .par_iter()
        .flat_map_iter(|arc| {
            let last = arc.points.len() - 1;
            let (start, end) = (arc.points[0], arc.points[last]);
            let out = spoke(start, arc.points[1], arc.left, arc.right);
            [out, spoke(end, arc.points[last - 1], arc.right, arc.left)]
        })
        .collect();
    spokes.par_sort_unstable_by(|a, b| {
        (a.node, a.left, a.right).cmp(&(b.node, b.left, b.right)).then(a.angle.total_cmp(&b.angle))
    });
    for around in spokes.chunk_by_mut(|a, b| a.node == b.node) {
        around.sort_by(|a, b| a.angle.total_cmp(&b.angle));
        let next = |i: usize| &around[if i + 1 == around.len() { 0 } else { i + 1 }];
        if around.iter().enumerate().any(|(i, spoke)| spoke.left != next(i).right) {
            sectors(around, pairs);
        }
    }
}

/// Adds the faces that hold one sector between spokes together.
fn sectors(around: &[Spoke], pairs: &mut Vec<(u32, u32)>) {
    let mut faces: Vec<u32> = around.iter().flat_map(|s| [s.left, s.right]).flatten().collect();
    faces.sort_unstable();
    faces.dedup();
    // a face goes on from one spoke with it on the left to the next with it on the right
    let held: Vec<Vec<bool>> = faces
        .iter()
        .map(|face| {
            let step = |s: &Spoke| i32::from(s.left == Some(*face)) - i32::from(s.right == Some(*face));
            let counts: Vec<i32> = around
                .iter()
                .scan(0, |count, s| {
                    *count += step(s);
                    Some(*count)
                })
                .collect();
            let least = counts.iter().copied().min().unwrap_or(0);
            counts.into_iter().map(|count| count > least).collect()
        })
        .collect();
    for (i, a) in faces.iter().enumerate() {
        for (j, b) in faces.iter().enumerate().skip(i + 1) {
            if held[i].iter().zip(&held[j]).any(|(a, b)| *a && *b) {
                pairs.push(pair(*a, *b));
            }
        }
    }
}

/// Faces that lie within others, their borders being apart. Where nothing else was found, one point of all borders
/// that hang together tells; otherwise the borders may lead from one face into another, and each is asked.
fn within(faces: &[&MultiPolygon<f64>], topology: &Topology, is_whole: bool, pairs: &mut Vec<(u32, u32)>) {
    let mut locator = Locator::new(faces.iter().copied());
    let asked = if is_whole { parts(topology) } else { (0..topology.arcs.len() as u32).collect() };
    for arc in asked.into_iter().map(|i| &topology.arcs[i as usize]) {
        let (a, b) = (arc.points[0], arc.points[1]);
        let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
        for holder in locator.find(middle) {
            let holder = holder as u32;
            let sides = [arc.left, arc.right].into_iter().flatten();
            if arc.left != Some(holder) && arc.right != Some(holder) {
                pairs.extend(sides.map(|face| pair(face, holder)));
            }
        }
    }
}

/// One arc of all that hang together, for each such part.
fn parts(topology: &Topology) -> Vec<u32> {
    let mut ends: Vec<([u64; 2], u32)> = (0..)
        .zip(&topology.arcs)
        .flat_map(|(i, arc)| {
            [arc.points[0], arc.points[arc.points.len() - 1]].map(|p| (p.map(|v| (v + 0.0).to_bits()), i))
        })
        .collect();
    ends.par_sort_unstable();
    let mut root: Vec<u32> = (0..topology.arcs.len() as u32).collect();
    fn find(root: &mut [u32], mut i: u32) -> u32 {
        while root[i as usize] != i {
            root[i as usize] = root[root[i as usize] as usize];
            i = root[i as usize];
        }
        i
    }
    for meeting in ends.windows(2).filter(|w| w[0].0 == w[1].0) {
        let (a, b) = (find(&mut root, meeting[0].1), find(&mut root, meeting[1].1));
        root[a.max(b) as usize] = a.min(b);
    }
    (0..root.len() as u32).filter(|i| root[*i as usize] == *i).collect()
}

#[cfg(test)]
mod tests {
    use super::{LEAST_KM2, overlaps};
    use crate::geometry::topology::topology;
    use geo::{LineString, MultiPolygon, Polygon};
    use proptest::prelude::*;

    fn ring(points: &[(f64, f64)]) -> LineString<f64> {
        let mut ring = LineString::from(points.to_vec());
        ring.close();
        ring
    }

    fn face(points: &[(f64, f64)]) -> MultiPolygon<f64> {
        MultiPolygon(vec![Polygon::new(ring(points), vec![])])
    }

    fn square(x: f64, y: f64, side: f64) -> MultiPolygon<f64> {
        face(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
    }

    /// Pairs and whole km² of each.
    fn found(faces: &[MultiPolygon<f64>]) -> Vec<(u32, u32, i64)> {
        let faces: Vec<&MultiPolygon<f64>> = faces.iter().collect();
        let all = overlaps(&faces, &topology(&faces));
        assert_eq!(all.unmeasured, 0);
        all.pairs.iter().map(|s| (s.face, s.other, libm::round(s.km2) as i64)).collect()
    }

    #[test]
    fn faces_that_only_touch_do_not_overlap() {
        assert_eq!(found(&[square(0.0, 0.0, 1.0), square(1.0, 0.0, 1.0), square(1.0, 1.0, 1.0)]), []);
        // a vertex on a neighbour's edge
        assert_eq!(found(&[square(0.0, 0.0, 2.0), square(2.0, 0.0, 1.0), square(2.0, 1.0, 1.0)]), []);
        let hole = ring(&[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)]);
        let around =
            MultiPolygon(vec![Polygon::new(ring(&[(0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0)]), vec![hole])]);
        assert_eq!(found(&[around.clone(), square(1.0, 1.0, 1.0)]), []);
        assert_eq!(found(&[around, square(1.25, 1.25, 0.5)]), []);
    }

    #[test]
    fn faces_that_share_ground_are_found_with_its_area_however_they_meet() {
        // a quarter of a square degree at the equator
        let quarter = 3077;
        let cut = found(&[square(0.0, 0.0, 1.0), square(0.5, 0.5, 1.0)]);
        assert_eq!((cut[0].0, cut[0].1, cut.len()), (0, 1, 1));
        assert!((cut[0].2 - quarter).abs() < 10, "{cut:?}");
        let within = found(&[square(0.0, 0.0, 3.0), square(0.25, 0.25, 0.5)]);
        assert!((within[0].2 - quarter).abs() < 10 && within.len() == 1, "{within:?}");
        // through two vertices that both have
        let through = found(&[square(0.0, 0.0, 1.0), face(&[(0.0, 0.0), (0.5, 0.25), (1.0, 0.0), (0.5, -1.0)])]);
        assert!((through[0].2 - quarter / 2).abs() < 10 && through.len() == 1, "{through:?}");
        // along an edge
        let along = found(&[square(0.0, 0.0, 1.0), face(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)])]);
        assert!((along[0].2 - 2 * quarter).abs() < 20 && along.len() == 1, "{along:?}");
    }

    #[test]
    fn a_face_that_hangs_on_one_outside_is_found_within_another() {
        let faces =
            [face(&[(1.0, 2.0), (3.0, 2.0), (3.0, 4.0), (1.0, 4.0)]), square(3.0, 4.0, 1.0), square(2.0, 3.0, 3.0)];
        let pairs: Vec<_> = found(&faces).into_iter().map(|(a, b, _)| (a, b)).collect();
        assert_eq!(pairs, [(0, 2), (1, 2)]);
    }

    #[test]
    fn what_rounding_makes_is_not_told() {
        let off = 1e-6;
        let faces = [square(0.0, 0.0, 1.0), face(&[(1.0 - off, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0 + off, 1.0)])];
        assert_eq!(found(&faces), []);
    }

    proptest! {
        #[test]
        fn boxes_overlap_where_arithmetic_says(
            boxes in proptest::collection::vec((0u8..6, 0u8..6, 1u8..4, 1u8..4), 1..7)
        ) {
            let faces: Vec<_> = boxes.iter().map(|(x, y, w, h)| {
                let [x, y, w, h] = [x, y, w, h].map(|v| f64::from(*v));
                face(&[(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
            }).collect();
            let mut expected = Vec::new();
            for (i, a) in boxes.iter().enumerate() {
                for (j, b) in boxes.iter().enumerate().skip(i + 1) {
                    let apart = |a: u8, w: u8, b: u8, v: u8| a + w <= b || b + v <= a;
                    if !apart(a.0, a.2, b.0, b.2) && !apart(a.1, a.3, b.1, b.3) {
                        expected.push((i as u32, j as u32));
                    }
                }
            }
            let faces: Vec<&MultiPolygon<f64>> = faces.iter().collect();
            let all = overlaps(&faces, &topology(&faces)).pairs;
            prop_assert!(all.iter().all(|s| s.km2 >= LEAST_KM2));
            let told: Vec<_> = all.iter().map(|s| (s.face, s.other)).collect();
            prop_assert_eq!(told, expected);
        }
    }
}
