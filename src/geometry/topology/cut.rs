//! Rings to arcs: takes numbered vertices, finds the junctions, cuts there and pairs the pieces.

use super::vertex::{VertexTable, key};
use super::{Overlap, TopologyArc};
use foldhash::fast::FixedState;
use geo::{Coord, LineString, MultiPolygon};
use std::collections::HashMap;

const NONE: u32 = u32::MAX;

/// A ring of the input.
struct Ring<'a> {
    face: u32,
    coords: &'a [Coord<f64>],
    /// Where its vertices begin in the numbers.
    first: usize,
    /// Walk it backwards to have the face on the left.
    backwards: bool,
}

/// All rings with the numbers of their vertices.
pub(super) struct Walks<'a> {
    rings: Vec<Ring<'a>>,
    numbers: Vec<u32>,
    vertex_count: usize,
    /// The ring under hand: number and index in its coordinates, without repeats.
    walk: Vec<(u32, u32)>,
}

/// Twice the signed area; positive is counter-clockwise.
fn winding(coords: &[Coord<f64>]) -> f64 {
    let Some(o) = coords.first() else { return 0.0 };
    coords.windows(2).map(|w| (w[0].x - o.x) * (w[1].y - o.y) - (w[1].x - o.x) * (w[0].y - o.y)).sum()
}

/// The coordinates without the last one that closes the ring.
fn open(ring: &LineString<f64>) -> &[Coord<f64>] {
    match ring.0.as_slice() {
        [first, rest @ .., last] if first == last => &ring.0[..=rest.len()],
        all => all,
    }
}

/// Mean step along the rings in 1e-7 degrees, from a sample.
fn spacing(rings: &[Ring]) -> f64 {
    let stride = (rings.len() / 1000).max(1);
    let (mut sum, mut count) = (0.0, 0usize);
    for ring in rings.iter().step_by(stride) {
        for w in ring.coords.windows(2).take(100) {
            sum += (w[1].x - w[0].x).abs() + (w[1].y - w[0].y).abs();
            count += 1;
        }
    }
    sum * 1e7 / count.max(1) as f64
}

impl<'a> Walks<'a> {
    pub(super) fn of(faces: &[&'a MultiPolygon<f64>], as_wound: bool) -> Self {
        let mut rings = Vec::new();
        let mut total = 0;
        for (face, shape) in faces.iter().enumerate() {
            for polygon in &shape.0 {
                let all = std::iter::once(polygon.exterior()).chain(polygon.interiors());
                for (i, ring) in all.enumerate() {
                    let coords = open(ring);
                    let turned =
                        |ring: &LineString<f64>| if i == 0 { winding(&ring.0) < 0.0 } else { winding(&ring.0) > 0.0 };
                    let backwards = !as_wound && turned(ring);
                    rings.push(Ring { face: face as u32, coords, first: total, backwards });
                    total += coords.len();
                }
            }
        }
        let mut table = VertexTable::new(total, spacing(&rings));
        let mut numbers = Vec::with_capacity(total);
        for ring in &rings {
            let mut last = NONE;
            numbers.extend(ring.coords.iter().map(|c| {
                last = table.after(last, key(c.x, c.y));
                last
            }));
        }
        Self { rings, numbers, vertex_count: table.len(), walk: Vec::new() }
    }

    /// Lays out a ring with its face on the left; false where it bounds nothing.
    fn lay_out(&mut self, ring: usize) -> bool {
        let Ring { coords, first, backwards, .. } = self.rings[ring];
        let numbers = &self.numbers[first..first + coords.len()];
        let walk = &mut self.walk;
        walk.clear();
        for (i, &number) in numbers.iter().enumerate() {
            if walk.last().is_none_or(|l| l.0 != number) {
                walk.push((number, i as u32));
            }
        }
        while walk.len() > 1 && walk[0].0 == walk[walk.len() - 1].0 {
            walk.pop();
        }
        if backwards {
            walk.reverse();
        }
        walk.len() >= 3
    }

    /// Marks the vertices where rings have different neighbours.
    pub(super) fn junctions(&mut self) -> Vec<bool> {
        let mut junction = vec![false; self.vertex_count];
        let mut neighbours = vec![[NONE; 2]; self.vertex_count];
        for ring in 0..self.rings.len() {
            if !self.lay_out(ring) {
                continue;
            }
            let walk = &self.walk;
            let mut before = walk[walk.len() - 1].0;
            for (i, &(here, _)) in walk.iter().enumerate() {
                let after = walk[if i + 1 == walk.len() { 0 } else { i + 1 }].0;
                let pair = [before.min(after), before.max(after)];
                let known = &mut neighbours[here as usize];
                if known[0] == NONE {
                    *known = pair;
                }
                // the tip of a spike is one too, or both its edges would be one arc there and back
                junction[here as usize] |= *known != pair || before == after;
                before = here;
            }
        }
        junction
    }
}

/// Cuts the rings at the junctions and pairs the pieces.
pub(super) fn cut(walks: &mut Walks, junctions: &[bool]) -> Cut {
    let mut rings = Vec::with_capacity(walks.rings.len());
    let mut cutter = Cutter {
        arcs: Vec::new(),
        overlaps: Vec::new(),
        by_start: HashMap::with_hasher(FixedState::default()),
        ends: HashMap::with_hasher(FixedState::default()),
    };
    for ring in 0..walks.rings.len() {
        let mut parts = Vec::new();
        if !walks.lay_out(ring) {
            rings.push(parts);
            continue;
        }
        let walk = &mut walks.walk;
        let is_junction = |v: &(u32, u32)| junctions[v.0 as usize];
        // a ring without a junction is one closed arc; whoever else runs along it begins at the same vertex
        let start = walk.iter().position(is_junction).unwrap_or_else(|| {
            let least = walk.iter().map(|v| v.0).min().unwrap_or(0);
            walk.iter().position(|v| v.0 == least).unwrap_or(0)
        });
        walk.rotate_left(start);
        walk.push(walk[0]);
        let mut from = 0;
        for to in 1..walk.len() {
            if to + 1 == walk.len() || is_junction(&walk[to]) {
                parts.push(cutter.piece(&walks.rings[ring], &walk[from..=to]));
                from = to;
            }
        }
        rings.push(parts);
    }
    Cut { arcs: cutter.arcs, overlaps: cutter.overlaps, rings }
}

/// What cutting gives.
pub(super) struct Cut {
    pub(super) arcs: Vec<TopologyArc>,
    pub(super) overlaps: Vec<Overlap>,
    /// Of each ring its arcs; `!i` is arc `i` backwards.
    pub(super) rings: Vec<Vec<i32>>,
}

struct Cutter {
    arcs: Vec<TopologyArc>,
    overlaps: Vec<Overlap>,
    /// First and second vertex of a piece → its arc, and whether it runs against it. Looked up only.
    by_start: HashMap<(u32, u32), (u32, bool), FixedState>,
    /// The position of a vertex at which arcs end, as first met, so that all arcs agree on it.
    ends: HashMap<u32, [f64; 2], FixedState>,
}

impl Cutter {
    fn piece(&mut self, ring: &Ring, walk: &[(u32, u32)]) -> i32 {
        let n = walk.len();
        let (arc, against) = match self.by_start.get(&(walk[0].0, walk[1].0)) {
            Some(&known) => known,
            None => {
                let new = self.arcs.len() as u32;
                self.by_start.insert((walk[0].0, walk[1].0), (new, false));
                self.by_start.entry((walk[n - 1].0, walk[n - 2].0)).or_insert((new, true));
                let points = self.points(ring, walk);
                self.arcs.push(TopologyArc { points, left: None, right: None, is_seam: false });
                (new, false)
            }
        };
        let sides = &mut self.arcs[arc as usize];
        let side = if against { &mut sides.right } else { &mut sides.left };
        match *side {
            None => *side = Some(ring.face),
            Some(other) => {
                self.overlaps.push(Overlap { arc, face: ring.face, other });
                return self.own(ring.face, arc, against);
            }
        }
        if against { !(arc as i32) } else { arc as i32 }
    }

    /// Gives a face an arc of its own beside one whose side is taken, so that its fill stays whole.
    fn own(&mut self, face: u32, beside: u32, against: bool) -> i32 {
        let own = self.arcs.len() as i32;
        let mut arc = TopologyArc { left: None, right: None, is_seam: true, ..self.arcs[beside as usize].clone() };
        *(if against { &mut arc.right } else { &mut arc.left }) = Some(face);
        self.arcs.push(arc);
        if against { !own } else { own }
    }

    fn points(&mut self, ring: &Ring, walk: &[(u32, u32)]) -> Vec<[f64; 2]> {
        let mut points: Vec<[f64; 2]> = walk.iter().map(|&(_, i)| ring.coords[i as usize].into()).collect();
        let last = walk.len() - 1;
        for end in [0, last] {
            points[end] = *self.ends.entry(walk[end].0).or_insert(points[end]);
        }
        points
    }
}
