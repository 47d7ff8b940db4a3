//! Polygons on a globe → polygons on a map that is cut along one meridian: takes degrees, gives degrees within
//! 180 of the map's middle.
//!
//! A ring is first unrolled, so that its longitudes run on over ±180°; one that goes round a pole is closed over
//! it. Then it is cut where the map is. What a file split at ±180° lies edge to edge afterwards, so that the
//! topology finds both sides of the split to be one face.

use super::clip::clip;
use super::topology::{Topology, topology};
use geo::{Coord, LineString, MultiPolygon, Polygon};

/// Where a map is cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Central meridian in degrees; the map reaches 180 to either side.
    pub middle: f64,
    /// Both sides of the cut meet on the map, as where a pole is in its middle.
    pub joined: bool,
}

type Ring = Vec<[f64; 2]>;

impl Frame {
    /// Its western and eastern edge.
    pub fn edges(&self) -> [f64; 2] {
        [self.middle - 180.0, self.middle + 180.0]
    }

    /// Tells whether an edge runs along the border of the map, where there is nothing to draw.
    pub fn is_seam(&self, a: [f64; 2], b: [f64; 2]) -> bool {
        let [west, east] = self.edges();
        let along = |x: f64| a[0] == x && b[0] == x;
        along(west) || along(east) || (a[1] == b[1] && a[1].abs() == 90.0)
    }

    /// Tells whether polygons lie well within the map as they are.
    pub fn holds(&self, points: impl IntoIterator<Item = [f64; 2]>) -> bool {
        let [west, east] = self.edges();
        let (mut least, mut most, mut last) = (f64::INFINITY, f64::NEG_INFINITY, None);
        for [x, y] in points {
            least = least.min(x);
            most = most.max(x);
            let far = last.replace(x).is_some_and(|l: f64| (x - l).abs() > 180.0);
            if far || y.abs() >= 90.0 {
                return false;
            }
        }
        least > west && most < east && !(least <= -180.0 && most >= 180.0)
    }
}

/// Cuts faces where the map is, and finds the borders of what there is then.
///
/// Lines inside a face, such as those along which a file split it, are gone. Arcs along the border of the map
/// are marked as seams.
pub fn cut_topology(faces: &[&MultiPolygon<f64>], frame: Frame) -> Topology {
    cut_faces_topology(faces.iter().map(|f| cut(f, frame)).collect(), frame)
}

/// Finds the borders of faces that are cut already.
pub fn cut_faces_topology(mut cut: Vec<MultiPolygon<f64>>, frame: Frame) -> Topology {
    knit(&mut cut, frame);
    let rolled: Vec<MultiPolygon<f64>>;
    let faces: Vec<&MultiPolygon<f64>> = if frame.joined {
        rolled = cut.iter().map(|f| map_rings(f, |r| rolled_up(r, frame))).collect();
        rolled.iter().collect()
    } else {
        cut.iter().collect()
    };
    let mut found = topology(&faces);
    found.arcs.retain(|a| a.left != a.right);
    if !frame.joined {
        found.mark_seams(|a, b| frame.is_seam(a, b));
    }
    found
}

/// Cuts the polygons of one face to a map.
pub fn cut(face: &MultiPolygon<f64>, frame: Frame) -> MultiPolygon<f64> {
    MultiPolygon(face.0.iter().flat_map(|polygon| cut_polygon(polygon, frame)).collect())
}

fn cut_polygon(polygon: &Polygon<f64>, frame: Frame) -> Vec<Polygon<f64>> {
    let mut rings: Vec<Ring> = Vec::with_capacity(1 + polygon.interiors().len());
    for (i, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
        let mut ring = unrolled(ring);
        if ring.len() < 3 {
            continue;
        }
        if (winding(&ring) < 0.0) == (i == 0) {
            ring.reverse();
        }
        if let Some(outer) = rings.first() {
            // a hole is unrolled from wherever it begins
            let ([low, high], [least, most]) = (span(outer), span(&ring));
            let turns = if least < low - 1e-9 {
                ((low - least) / 360.0).ceil()
            } else if most > high + 1e-9 {
                -((most - high) / 360.0).ceil()
            } else {
                0.0
            };
            shift(&mut ring, 360.0 * turns, frame);
        }
        rings.push(ring);
    }
    let Some(outer) = rings.first() else { return Vec::new() };
    let [least, most] = span(outer);
    let [west, _] = frame.edges();
    let window = |x: f64| ((x - west) / 360.0).floor();
    // what only touches the cut from the west does not lie beyond it
    let (first, last) = (window(least), (((most - west) / 360.0).ceil() - 1.0).max(window(least)));
    let mut out = Vec::new();
    let mut at = first;
    while at <= last {
        let rest = if at < last {
            let line = west + 360.0 * (at + 1.0);
            let [here, rest] = split(&rings, line);
            rings = here;
            rest
        } else {
            Vec::new()
        };
        rings.iter_mut().for_each(|r| shift(r, -360.0 * at, frame));
        out.extend(grouped(rings));
        rings = rest;
        at += 1.0;
    }
    out
}

/// Rings to polygons: outer ones run counter-clockwise; which hole is whose does not matter to arcs.
fn grouped(rings: Vec<Ring>) -> Vec<Polygon<f64>> {
    let close = |mut r: Ring| {
        r.push(r[0]);
        r.into_iter().map(|[x, y]| Coord { x, y }).collect::<LineString<f64>>()
    };
    let flat = |r: &Ring| r.len() < 3 || span(r)[0] == span(r)[1];
    let (outer, holes): (Vec<Ring>, Vec<Ring>) = rings.into_iter().filter(|r| !flat(r)).partition(|r| winding(r) > 0.0);
    let mut polygons: Vec<Polygon<f64>> = outer.into_iter().map(|r| Polygon::new(close(r), vec![])).collect();
    if let Some(first) = polygons.first_mut() {
        holes.into_iter().for_each(|hole| first.interiors_push(close(hole)));
    }
    polygons
}

/// A ring whose longitudes run on, without its last point.
fn unrolled(ring: &LineString<f64>) -> Ring {
    let mut out: Ring = Vec::with_capacity(ring.0.len() + 2);
    let mut turns = 0.0;
    let mut before: Option<Coord<f64>> = None;
    for c in &ring.0 {
        if let Some(b) = before {
            let dx = c.x - b.x;
            // from side to side at a pole is the edge of a flat map, and no step over the antimeridian
            let flat = dx.abs() == 360.0 && c.y == b.y && c.y.abs() == 90.0;
            if dx.abs() > 180.0 && !flat {
                turns -= dx.signum();
            }
        }
        let next = [c.x + 360.0 * turns, c.y];
        if out.last() != Some(&next) {
            out.push(next);
        }
        before = Some(*c);
    }
    if turns == 0.0 {
        let [west, east] = span(&out);
        let level = |w: &[Coord<f64>]| (w[1].x - w[0].x).abs() != 360.0 || w[0].y == w[1].y;
        if west == east && ring.0.windows(2).all(level) {
            // a band right round a flat map
            out = ring.0.iter().map(|c| [c.x, c.y]).collect();
        }
        if out.len() > 1 && out.first() == out.last() {
            out.pop();
        }
    } else if let (Some(first), Some(last)) = (out.first().copied(), out.last().copied()) {
        // right round the globe: closed over the pole that it goes round
        let north = out.iter().map(|p| p[1]).sum::<f64>() > 0.0;
        let pole = if north { 90.0 } else { -90.0 };
        out.extend([[last[0], pole], [first[0], pole]]);
    }
    out
}

fn winding(ring: &[[f64; 2]]) -> f64 {
    let o = ring[0];
    ring.windows(2).map(|w| (w[0][0] - o[0]) * (w[1][1] - o[1]) - (w[1][0] - o[0]) * (w[0][1] - o[1])).sum()
}

fn span(ring: &[[f64; 2]]) -> [f64; 2] {
    ring.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |s, p| [s[0].min(p[0]), s[1].max(p[0])])
}

/// Moves a ring east, and what then lies at the map's border onto it to the bit.
fn shift(ring: &mut Ring, by: f64, frame: Frame) {
    let edges = frame.edges();
    for p in ring {
        p[0] += by;
        for edge in edges {
            if (p[0] - edge).abs() < 1e-9 {
                p[0] = edge;
            }
        }
    }
}

/// A piece of a ring on one side of a line, from one crossing to another.
struct Chain {
    from: usize,
    to: usize,
    points: Ring,
}

/// Cuts the rings of a polygon along a meridian into what lies west and east of it.
///
/// Crossings are joined in pairs from south to north, as the polygon's inside lies between them.
fn split(rings: &[Ring], line: f64) -> [Vec<Ring>; 2] {
    let mut sides: [Vec<Ring>; 2] = Default::default();
    let mut chains: [Vec<Chain>; 2] = Default::default();
    let mut crossings: Vec<f64> = Vec::new();
    let side = |p: [f64; 2]| usize::from(p[0] >= line);
    for ring in rings {
        let n = ring.len();
        let Some(start) = (0..n).find(|i| side(ring[*i]) != side(ring[(i + 1) % n])) else {
            sides[side(ring[0])].push(ring.clone());
            continue;
        };
        let first = crossings.len();
        let mut open: Option<Chain> = None;
        for step in 0..=n {
            let (a, b) = (ring[(start + step) % n], ring[(start + step + 1) % n]);
            if let Some(chain) = &mut open
                && chain.points.last() != Some(&a)
            {
                chain.points.push(a);
            }
            if side(a) == side(b) {
                continue;
            }
            let at = if step == n { first } else { crossings.len() };
            if step < n {
                crossings.push(crossing(a, b, line));
            }
            let point = [line, crossings[at]];
            if let Some(mut chain) = open.take() {
                chain.to = at;
                if chain.points.last() != Some(&point) {
                    chain.points.push(point);
                }
                chains[side(a)].push(chain);
            }
            open = Some(Chain { from: at, to: at, points: vec![point] });
        }
    }
    let mut order: Vec<usize> = (0..crossings.len()).collect();
    order.sort_by(|a, b| crossings[*a].total_cmp(&crossings[*b]).then(a.cmp(b)));
    let mut partner = vec![0; order.len()];
    for pair in order.chunks_exact(2) {
        partner[pair[0]] = pair[1];
        partner[pair[1]] = pair[0];
    }
    for (side, chains) in sides.iter_mut().zip(&chains) {
        match linked(chains, &partner) {
            Some(rings) => side.extend(rings),
            // rings that cross each other on the line: each by itself, along the line and back
            None => return [0, 1].map(|east| halves(rings, line, east == 1)),
        }
    }
    sides
}

/// Follows chains from partner to partner; `None` where they do not form rings.
fn linked(chains: &[Chain], partner: &[usize]) -> Option<Vec<Ring>> {
    let mut starting = vec![usize::MAX; partner.len()];
    for (i, chain) in chains.iter().enumerate() {
        starting[chain.from] = i;
    }
    let mut used = vec![false; chains.len()];
    let mut rings = Vec::new();
    for first in 0..chains.len() {
        if used[first] {
            continue;
        }
        let mut ring = Ring::new();
        let mut at = first;
        loop {
            if std::mem::replace(&mut used[at], true) {
                return None;
            }
            ring.extend(chains[at].points.iter().filter(|p| ring.last() != Some(p)).collect::<Vec<_>>());
            at = starting[partner[chains[at].to]];
            if at == first {
                break;
            }
            if at == usize::MAX {
                return None;
            }
        }
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if ring.len() > 2 {
            rings.push(ring);
        }
    }
    Some(rings)
}

fn halves(rings: &[Ring], line: f64, east: bool) -> Vec<Ring> {
    let area = if east { [line, -90.0, f64::MAX, 90.0] } else { [f64::MIN, -90.0, line, 90.0] };
    let half = |r: &Ring| {
        let closed = r.iter().chain(r.first()).map(|p| Coord { x: p[0], y: p[1] }).collect();
        let cut = clip(&MultiPolygon(vec![Polygon::new(closed, vec![])]), area);
        let ring = cut.0.into_iter().next()?.exterior().0.iter().map(|c| [c.x, c.y]).collect::<Ring>();
        Some(ring[..ring.len() - 1].to_vec())
    };
    rings.iter().filter_map(half).filter(|r| r.len() > 2).collect()
}

/// Where an edge crosses a meridian: the same bits from either end.
fn crossing(a: [f64; 2], b: [f64; 2], line: f64) -> f64 {
    let (a, b) = if (a[0], a[1]) < (b[0], b[1]) { (a, b) } else { (b, a) };
    if b[0] == line { b[1] } else { a[1] + (b[1] - a[1]) * ((line - a[0]) / (b[0] - a[0])) }
}

fn map_rings(face: &MultiPolygon<f64>, change: impl Fn(&LineString<f64>) -> LineString<f64>) -> MultiPolygon<f64> {
    let polygon = |p: &Polygon<f64>| Polygon::new(change(p.exterior()), p.interiors().iter().map(&change).collect());
    MultiPolygon(face.0.iter().map(polygon).collect())
}

/// Gives edges along ±180° and along the cut the vertices that others have there, so that both sides of a
/// split match.
fn knit(faces: &mut [MultiPolygon<f64>], frame: Frame) {
    let on_line = |c: &Coord<f64>| (c.x - 180.0) % 360.0 == 0.0 || frame.edges().contains(&c.x);
    let rings = faces.iter().flat_map(|f| &f.0).flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    let mut heights: Vec<f64> = rings.flat_map(|r| r.0.iter().filter(|c| on_line(c)).map(|c| c.y)).collect();
    heights.sort_by(f64::total_cmp);
    heights.dedup();
    if heights.is_empty() {
        return;
    }
    let knitted = |ring: &LineString<f64>| {
        let mut out: Vec<Coord<f64>> = Vec::with_capacity(ring.0.len());
        for c in &ring.0 {
            if let Some(b) = out.last().copied().filter(|b| b.x == c.x && on_line(c)) {
                let (low, high) = (b.y.min(c.y), b.y.max(c.y));
                let from = heights.partition_point(|h| *h <= low);
                let to = heights.partition_point(|h| *h < high).max(from);
                let between = heights[from..to].iter().map(|y| Coord { x: c.x, y: *y });
                if b.y < c.y {
                    between.for_each(|c| step(&mut out, c));
                } else {
                    between.rev().for_each(|c| step(&mut out, c));
                }
            }
            step(&mut out, *c);
        }
        // the same where it closes
        let (mut from, mut to) = (0, out.len());
        while to - from > 3 && out[from + 1] == out[to - 2] {
            from += 1;
            to -= 1;
        }
        LineString(out[from..to].to_vec())
    };
    for face in faces {
        *face = map_rings(face, knitted);
    }
}

/// Adds a vertex; a step back along the way it came takes the spike away instead.
fn step(ring: &mut Vec<Coord<f64>>, c: Coord<f64>) {
    if ring.len() > 1 && ring[ring.len() - 2] == c {
        ring.pop();
    } else if ring.last() != Some(&c) {
        ring.push(c);
    }
}

/// The widest that an edge may be in degrees where the map's sides meet.
const WIDEST: f64 = 60.0;

/// Makes one of both sides of the cut, and a point of a pole.
fn rolled_up(ring: &LineString<f64>, frame: Frame) -> LineString<f64> {
    let [west, east] = frame.edges();
    let mut out: Vec<Coord<f64>> = Vec::with_capacity(ring.0.len());
    let mut before: Option<Coord<f64>> = None;
    for c in &ring.0 {
        if let Some(b) = before {
            let pieces = ((c.x - b.x).abs() / WIDEST).ceil();
            let mut i = 1.0;
            while i < pieces {
                let t = i / pieces;
                out.push(Coord { x: b.x + (c.x - b.x) * t, y: b.y + (c.y - b.y) * t });
                i += 1.0;
            }
        }
        out.push(*c);
        before = Some(*c);
    }
    for c in &mut out {
        if c.y.abs() == 90.0 {
            c.x = frame.middle;
        } else if c.x == west {
            c.x = east;
        }
    }
    LineString(out)
}

#[cfg(test)]
mod tests;
