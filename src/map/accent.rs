//! What a figure of several dates draws on a map besides its snapshot: other paints, rims, lines, keys.

use super::region::Pole;
use super::swatch::Swatch;
use crate::model::PlaceIndex;
use crate::projection::View;
use crate::scene::{ArcStroke, Color, Face, Group, Layer, Node, Paint, Partition, Path};
use crate::timeline::State;
use geo::algorithm::buffer::{Buffer, BufferStyle, LineJoin};
use geo::{LineString, MultiPolygon, Polygon};
use std::collections::BTreeMap;

/// Additions to a map.
#[derive(Debug, Clone)]
pub struct Accent {
    /// Whether each region has little of its colours left; empty where none has.
    pub faded: Vec<bool>,
    /// What they fade to.
    pub paper: Color,
    /// What each region is drawn as in place of its state, with what is said of it; empty where nothing is.
    pub covers: Vec<(Paint, String)>,
    /// Rims inside regions, by face.
    pub rims: BTreeMap<u32, Paint>,
    /// Their width in pixels, where regions are broad enough.
    pub rim_width: f64,
    /// Lines along borders, above those.
    pub lines: Vec<ArcStroke>,
    /// Keys above the others; a text without a key is a heading.
    pub keys: Vec<(Option<Swatch>, String)>,
    /// The settlements and sites drawn and what they were before; all, as they are, where nothing is said.
    pub points: Option<BTreeMap<PlaceIndex, State>>,
    /// The line below the title, in place of the date.
    pub situation: Option<String>,
    /// Room kept between map and credits, in pixels.
    pub foot: f64,
    /// No scale bar: another panel of the figure has it.
    pub bare: bool,
}

/// Width of a rim in units of the design.
pub const RIM: f64 = 9.0;

/// How much of a colour gives way to the paper where nothing changed.
const FADED: f64 = 0.66;

/// Leaves little of the colours of a paint.
pub fn fade(paint: &mut Paint, paper: Color) {
    let fade = |color: &mut Color| *color = color.mix(paper, FADED).with_alpha(color.a);
    for layer in &mut paint.layers {
        match layer {
            Layer::Solid(color) | Layer::Lines { color, .. } | Layer::Dots { color, .. } => fade(color),
            Layer::Stripes { bands, .. } => bands.iter_mut().for_each(|b| fade(&mut b.color)),
        }
    }
}

impl Default for Accent {
    fn default() -> Self {
        Self {
            faded: Vec::new(),
            paper: Color::WHITE,
            covers: Vec::new(),
            rims: BTreeMap::new(),
            rim_width: 0.0,
            lines: Vec::new(),
            keys: Vec::new(),
            points: None,
            situation: None,
            foot: 0.0,
            bare: false,
        }
    }
}

/// The most of a region's half breadth that its rim takes.
const PART: f64 = 0.45;

/// Draws lines below the front lines, which run along what changed.
pub fn under_fronts(partition: &mut Partition, lines: impl IntoIterator<Item = ArcStroke>) {
    let strokes = &mut partition.strokes;
    let is_front = |s: &ArcStroke| s.id.starts_with("front-line") || s.id.starts_with("baseline");
    let front = strokes.iter().position(is_front).unwrap_or(strokes.len());
    strokes.splice(front..front, lines);
}

impl Accent {
    /// Covers and fades what is to be, and draws the lines.
    pub fn paint(&self, partition: &mut Partition) {
        for (face, (paint, words)) in partition.faces.iter_mut().zip(&self.covers) {
            face.paint.clone_from(paint);
            face.description.clone_from(words);
        }
        for (face, _) in partition.faces.iter_mut().zip(&self.faded).filter(|(_, faded)| **faded) {
            fade(&mut face.paint, self.paper);
        }
        under_fronts(partition, self.lines.iter().cloned());
    }

    /// The map as nodes: fills, rims above them, borders above those.
    pub fn nodes(&self, mut partition: Partition, poles: &[Option<Pole>], view: &View) -> Vec<Node> {
        if self.rims.is_empty() {
            return vec![Node::Partition(partition)];
        }
        let strokes = std::mem::take(&mut partition.strokes);
        let bare = vec![Face::default(); partition.faces.len()];
        let borders = Partition { arcs: partition.arcs.clone(), faces: bare, strokes };
        let mut rims = Vec::new();
        for (face, paint) in &self.rims {
            let half = poles.get(*face as usize).copied().flatten().map_or(0.0, |p| p.clearance * view.scale);
            rims.extend(rim(&partition, *face, self.rim_width.min(half * PART)).map(|path| {
                let id = format!("rim-{}", partition.faces[*face as usize].id);
                Node::Path(Path { id, ..path }.filled(paint.clone()))
            }));
        }
        let rims = Group { id: "rims".into(), nodes: rims, ..Group::default() };
        vec![Node::Partition(partition), Node::Group(rims), Node::Partition(borders)]
    }
}

/// A band of a width inside a face, along its edge.
fn rim(partition: &Partition, face: u32, width: f64) -> Option<Path> {
    let rings: Vec<Vec<[f64; 2]>> = partition.rings(face).iter().map(|r| partition.points(r)).collect();
    let line = |ring: &Vec<[f64; 2]>| LineString::from(ring.iter().map(|p| (p[0], p[1])).collect::<Vec<_>>());
    let polygons = nested(&rings)
        .into_iter()
        .map(|(outer, holes)| Polygon::new(line(&rings[outer]), holes.into_iter().map(|h| line(&rings[h])).collect()));
    let polygons: MultiPolygon<f64> = MultiPolygon(polygons.collect());
    if polygons.0.is_empty() || width.is_nan() || width <= 0.0 {
        return None;
    }
    // mitred corners need no trigonometry, so that they are the same everywhere
    let inside: MultiPolygon<f64> =
        polygons.buffer_with_style(BufferStyle::new(-width).line_join(LineJoin::Miter(1.0)));
    let mut path = Path::default();
    let inner = inside.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    let inner = inner.map(|ring| ring.0.iter().skip(1).map(|c| [c.x, c.y]).collect::<Vec<_>>());
    for ring in rings.into_iter().chain(inner) {
        path.segments.extend(Path::polygon(&ring).segments);
    }
    Some(path)
}

/// Outer rings with the holes that lie in each: a hole runs the other way round.
fn nested(rings: &[Vec<[f64; 2]>]) -> Vec<(usize, Vec<usize>)> {
    let signed = |ring: &[[f64; 2]]| -> f64 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
    };
    let areas: Vec<f64> = rings.iter().map(|r| signed(r)).collect();
    let largest = areas.iter().copied().fold(0.0, |most: f64, a| if a.abs() > most.abs() { a } else { most });
    let mut all: Vec<(usize, Vec<usize>)> =
        (0..rings.len()).filter(|i| areas[*i] * largest > 0.0).map(|i| (i, Vec::new())).collect();
    for hole in (0..rings.len()).filter(|i| areas[*i] * largest < 0.0) {
        let holds =
            |(outer, _): &&mut (usize, Vec<usize>)| rings[hole].first().is_some_and(|p| inside(&rings[*outer], *p));
        let home = all.iter_mut().filter(holds).min_by(|a, b| areas[a.0].abs().total_cmp(&areas[b.0].abs()));
        home.into_iter().for_each(|(_, holes)| holes.push(hole));
    }
    all
}

/// Tells whether a point lies inside a ring, by crossings.
fn inside(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let next = ring.iter().cycle().skip(1);
    let crosses = |(a, b): (&[f64; 2], &[f64; 2])| {
        (a[1] > y) != (b[1] > y) && x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])
    };
    ring.iter().zip(next).filter(|pair| crosses(*pair)).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::{nested, rim};
    use crate::scene::{Arc, Face, Partition, Segment};
    use std::sync::Arc as Shared;

    fn square(x: f64, y: f64, side: f64) -> Vec<[f64; 2]> {
        vec![[x, y], [x, y + side], [x + side, y + side], [x + side, y], [x, y]]
    }

    fn partition(rings: Vec<Vec<[f64; 2]>>) -> Partition {
        let arcs = rings.into_iter().map(|points| Arc { points, left: Some(0), right: None }).collect();
        Partition { arcs: Shared::new(arcs), faces: vec![Face::default()], strokes: Vec::new() }
    }

    #[test]
    fn a_rim_runs_inside_along_the_edge() {
        let path = rim(&partition(vec![square(10.0, 10.0, 100.0)]), 0, 8.0).expect("there is room");
        let points: Vec<[f64; 2]> = path
            .segments
            .iter()
            .filter_map(|s| match s {
                Segment::Move(p) | Segment::Line(p) => Some(*p),
                _ => None,
            })
            .collect();
        let near = |p: [f64; 2]| points.iter().any(|q| (q[0] - p[0]).abs() < 0.01 && (q[1] - p[1]).abs() < 0.01);
        assert!(near([10.0, 10.0]) && near([110.0, 110.0]) && near([18.0, 18.0]) && near([102.0, 102.0]), "{points:?}");
        assert_eq!(points.len(), 8);
    }

    #[test]
    fn a_hole_belongs_to_the_ring_around_it() {
        let mut hole = square(20.0, 20.0, 10.0);
        hole.reverse();
        let rings = [square(0.0, 0.0, 50.0), square(100.0, 0.0, 50.0), hole];
        assert_eq!(nested(&rings), [(0, vec![2]), (1, vec![])]);
    }
}
