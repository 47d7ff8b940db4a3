//! A map as a planar partition: shared borders once, and a paint per face.

use super::{Paint, Stroke};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::sync::Arc as Shared;

/// A border on the page, with the face on either side as seen walking along it.
///
/// "Left" is the left hand of somebody who walks on the page as it is looked at: with y downwards,
/// walking east (+x), left is north (-y).
#[derive(Debug, Clone, PartialEq)]
pub struct Arc {
    /// At least two points, in pixels of the page; a closed arc repeats its first point at the end.
    pub points: Vec<[f64; 2]>,
    /// Index of the face on the left; `None` is outside.
    pub left: Option<u32>,
    /// Index of the face on the right; `None` is outside.
    pub right: Option<u32>,
}

/// A face of a partition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Face {
    /// Unique on the page; may be empty.
    pub id: String,
    /// What it is, for `<title>`; may be empty.
    pub title: String,
    /// More about it, for `<desc>`; may be empty.
    pub description: String,
    /// What it is filled with; an empty paint leaves the ground as it is.
    pub paint: Paint,
}

/// Arcs that are drawn as lines above the fills.
#[derive(Debug, Clone, PartialEq)]
pub struct ArcStroke {
    /// Unique on the page; may be empty.
    pub id: String,
    /// Indices of the arcs.
    pub arcs: Vec<u32>,
    /// How.
    pub stroke: Stroke,
}

/// Faces that tile an area without gap or overlap.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Partition {
    /// Every border once. Shared, so that frames of one film hold one copy.
    pub arcs: Shared<Vec<Arc>>,
    /// The faces that the arcs speak of.
    pub faces: Vec<Face>,
    /// Lines, in the order drawn.
    pub strokes: Vec<ArcStroke>,
}

/// An arc as a part of a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArcRef {
    /// Index of the arc.
    pub arc: u32,
    /// Walked from its end to its start.
    pub reversed: bool,
}

/// Closed chains of arcs with the inside on the left; no ring meets a node twice.
pub type Rings = Vec<Vec<ArcRef>>;

/// An arc walked with a group's inside on the left.
struct Half {
    group: u32,
    start: u32,
    end: u32,
    arc: ArcRef,
}

impl Partition {
    /// The rings of one face.
    pub fn rings(&self, face: u32) -> Rings {
        self.outline(|f| f == face)
    }

    /// The rings around a set of faces: borders within the set vanish.
    pub fn outline(&self, in_set: impl Fn(u32) -> bool) -> Rings {
        self.dissolve(|face| in_set(face).then_some(0)).pop().map(|(_, rings)| rings).unwrap_or_default()
    }

    /// The rings of every face that has any, by index: one pass over the arcs.
    pub fn all_rings(&self) -> Vec<(u32, Rings)> {
        self.dissolve(Some)
    }

    /// The rings around groups of faces, sorted by group: borders within a group vanish, a face of no
    /// group is outside. One pass over the arcs.
    pub fn dissolve(&self, group: impl Fn(u32) -> Option<u32>) -> Vec<(u32, Rings)> {
        let mut nodes: HashMap<[u64; 2], u32, FixedState> = HashMap::with_hasher(FixedState::default());
        let mut halves = Vec::new();
        for (i, arc) in self.arcs.iter().enumerate() {
            let (left, right) = (arc.left.and_then(&group), arc.right.and_then(&group));
            let (Some(first), Some(last), true) = (arc.points.first(), arc.points.last(), left != right) else {
                continue;
            };
            let [start, end] = [first, last].map(|p| {
                let next = nodes.len() as u32;
                // adding zero makes one of both zeros
                *nodes.entry(p.map(|v| (v + 0.0).to_bits())).or_insert(next)
            });
            let arc = i as u32;
            halves.extend(left.map(|group| Half { group, start, end, arc: ArcRef { arc, reversed: false } }));
            halves.extend(right.map(|group| Half {
                group,
                start: end,
                end: start,
                arc: ArcRef { arc, reversed: true },
            }));
        }
        halves.sort_unstable_by_key(|h| (h.group, h.start, h.arc));
        let mut chain = Chain { used: vec![false; halves.len()], reached: vec![NEVER; nodes.len()], path: Vec::new() };
        let mut first = 0;
        let mut groups = Vec::new();
        for of_group in halves.chunk_by(|a, b| a.group == b.group) {
            groups.push((of_group[0].group, chain.rings(of_group, first)));
            first += of_group.len();
        }
        groups
    }

    /// The points of a ring, the first not repeated at the end.
    pub fn points(&self, ring: &[ArcRef]) -> Vec<[f64; 2]> {
        let mut all = Vec::new();
        for part in ring {
            let points = &self.arcs[part.arc as usize].points;
            let but_last = points.len().saturating_sub(1);
            if part.reversed {
                all.extend(points.iter().rev().take(but_last));
            } else {
                all.extend(points.iter().take(but_last));
            }
        }
        all
    }
}

const NEVER: u32 = u32::MAX;

/// The state of a walk along arcs.
struct Chain {
    used: Vec<bool>,
    /// Node → how many arcs of the path come before it.
    reached: Vec<u32>,
    path: Vec<usize>,
}

impl Chain {
    /// Chains the arcs of one group, sorted by start; `first` is where they stand among all.
    fn rings(&mut self, halves: &[Half], first: usize) -> Rings {
        let mut rings = Vec::new();
        for begin in 0..halves.len() {
            if self.used[first + begin] {
                continue;
            }
            let mut node = halves[begin].start;
            self.reached[node as usize] = 0;
            loop {
                let from = halves.partition_point(|h| h.start < node);
                let out = halves[from..].iter().take_while(|h| h.start == node);
                let next = out.enumerate().map(|(i, _)| from + i).find(|i| !self.used[first + i]);
                let Some(next) = next else {
                    // a loose end, of a broken partition only: what there is, closed by a straight line
                    self.reached[node as usize] = NEVER;
                    rings.extend(self.take(halves, 0));
                    break;
                };
                self.used[first + next] = true;
                self.path.push(next);
                node = halves[next].end;
                let seen = self.reached[node as usize];
                if seen == NEVER {
                    self.reached[node as usize] = self.path.len() as u32;
                    continue;
                }
                // back at a node of the path: what lies between is a ring of its own
                rings.extend(self.take(halves, seen as usize));
                if seen == 0 {
                    break;
                }
                self.reached[node as usize] = seen;
            }
        }
        rings
    }

    fn take(&mut self, halves: &[Half], from: usize) -> Option<Vec<ArcRef>> {
        let ring: Vec<ArcRef> = self
            .path
            .drain(from..)
            .map(|i| {
                self.reached[halves[i].start as usize] = NEVER;
                halves[i].arc
            })
            .collect();
        (!ring.is_empty()).then_some(ring)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cells of a grid, `width` to a row, each side an arc of its own.
    fn grid(width: u32, height: u32) -> Partition {
        let cell = |x: i64, y: i64| {
            let inside = x >= 0 && y >= 0 && x < i64::from(width) && y < i64::from(height);
            inside.then(|| y as u32 * width + x as u32)
        };
        let mut arcs = Vec::new();
        for y in 0..=i64::from(height) {
            for x in 0..=i64::from(width) {
                let p = [x as f64, y as f64];
                if x < i64::from(width) {
                    arcs.push(Arc { points: vec![p, [p[0] + 1.0, p[1]]], left: cell(x, y - 1), right: cell(x, y) });
                }
                if y < i64::from(height) {
                    arcs.push(Arc { points: vec![p, [p[0], p[1] + 1.0]], left: cell(x, y), right: cell(x - 1, y) });
                }
            }
        }
        Partition { arcs: Shared::new(arcs), faces: vec![Face::default(); (width * height) as usize], strokes: vec![] }
    }

    /// Twice the area; inside on the left is negative with y downwards.
    fn area(points: &[[f64; 2]]) -> f64 {
        let next = points.iter().cycle().skip(1);
        points.iter().zip(next).map(|(a, b)| b[0] * a[1] - a[0] * b[1]).sum()
    }

    fn areas(map: &Partition, rings: &Rings) -> Vec<f64> {
        let mut all: Vec<f64> = rings.iter().map(|r| area(&map.points(r)) / 2.0).collect();
        all.sort_by(f64::total_cmp);
        all
    }

    #[test]
    fn each_face_has_its_ring_with_itself_on_the_left() {
        let map = grid(4, 3);
        let all = map.all_rings();
        assert_eq!(all.len(), 12);
        for (face, rings) in all {
            assert_eq!(areas(&map, &rings), [1.0], "face {face}");
            assert_eq!(rings, map.rings(face));
        }
    }

    #[test]
    fn a_dissolved_set_loses_its_inner_borders_and_keeps_its_hole() {
        let map = grid(3, 3);
        let rings = map.outline(|f| f != 4);
        assert_eq!(areas(&map, &rings), [-1.0, 9.0]);
        assert_eq!(rings.iter().map(Vec::len).sum::<usize>(), 16);
        assert_eq!(areas(&map, &map.outline(|_| true)), [9.0]);
        assert!(map.outline(|_| false).is_empty());
    }

    #[test]
    fn faces_that_touch_in_a_corner_are_two_rings() {
        let map = grid(2, 2);
        assert_eq!(areas(&map, &map.outline(|f| f == 0 || f == 3)), [1.0, 1.0]);
    }

    #[test]
    fn holes_that_touch_in_a_corner_are_rings_of_their_own() {
        let map = grid(4, 4);
        let rings = map.outline(|f| f != 5 && f != 10);
        assert_eq!(areas(&map, &rings), [-1.0, -1.0, 16.0]);
    }

    #[test]
    fn a_closed_arc_is_a_ring_by_itself() {
        let points = vec![[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [-0.0, 0.0]];
        let map =
            Partition { arcs: Shared::new(vec![Arc { points, left: Some(0), right: None }]), ..Default::default() };
        assert_eq!(map.rings(0), [[ArcRef { arc: 0, reversed: false }]]);
        assert_eq!(map.points(&map.rings(0)[0]).len(), 3);
    }

    #[test]
    fn a_loose_end_is_borne() {
        let points = vec![[0.0, 0.0], [0.0, 1.0]];
        let map =
            Partition { arcs: Shared::new(vec![Arc { points, left: Some(0), right: None }]), ..Default::default() };
        assert_eq!(map.rings(0).len(), 1);
    }
}
