//! A small map of all regions with a box around what the large one shows.

use super::label::Rect;
use super::setup::Setup;
use super::theme;
use crate::project::Shown;
use crate::projection::{Extent, View};
use crate::scene::{Arc, ArcStroke, Color, Face, Group, Node, Paint, Partition, Path, Stroke};
use std::sync::Arc as Shared;

/// A map of less than this part of all regions is a close-up.
const CLOSE_UP: f64 = 0.3;

/// Length of the longer side, in units of the design.
const SIDE: f64 = 190.0;

/// An inset before it has a place.
#[derive(Debug, Clone, Copy)]
pub struct Inset {
    /// Width and height in pixels.
    pub size: [f64; 2],
    /// Drawn even where it covers regions.
    pub forced: bool,
    /// Pixels for a kilometre.
    scale: f64,
    /// What it shows, in kilometres of the plane.
    extent: Extent,
}

/// Finds the size of an inset; `None` where the map is no close-up and none is asked for.
pub fn inset(setup: &Setup, view: &View, shown: Shown) -> Option<Inset> {
    if shown == Shown::Never {
        return None;
    }
    let extent = Extent::of(setup.plane.iter().flatten().copied())?;
    let [west, north] = corner(view, [0.0, 0.0]);
    let [east, south] = corner(view, [1.0, 1.0]);
    let (width, height) = (extent.east - extent.west, extent.north - extent.south);
    let share = (east - west) * (north - south) / (width * height).max(1e-9);
    if shown == Shown::Auto && (share > CLOSE_UP || !setup.is_close_up) {
        return None;
    }
    // the box too is seen whole
    let extent = Extent {
        west: extent.west.min(west),
        south: extent.south.min(south),
        east: extent.east.max(east),
        north: extent.north.max(north),
    };
    let (width, height) = (extent.east - extent.west, extent.north - extent.south);
    let [_, _, w, h] = view.panel;
    let side = (SIDE * setup.unit).min(w.min(h) * 0.3);
    let margin = side * 0.06;
    let scale = (side - 2.0 * margin) / width.max(height).max(1e-9);
    let size = [width * scale + 2.0 * margin, height * scale + 2.0 * margin];
    Some(Inset { size, forced: shown == Shown::Always, scale, extent })
}

/// A corner of the panel on the plane.
fn corner(view: &View, [tx, ty]: [f64; 2]) -> [f64; 2] {
    let [x, y, w, h] = view.panel;
    [(x + w * tx - view.origin[0]) / view.scale, (view.origin[1] - y - h * ty) / view.scale]
}

impl Inset {
    /// Draws it into a rectangle of its size.
    pub fn draw(&self, setup: &Setup, view: &View, [x, y, width, height]: Rect) -> Node {
        let [mx, my] = self.extent.middle();
        let place =
            |[a, b]: [f64; 2]| [x + width / 2.0 + (a - mx) * self.scale, y + height / 2.0 - (b - my) * self.scale];
        let lines = setup.regions.topology.arcs.iter().zip(&setup.plane);
        let arcs: Vec<Arc> = lines
            .map(|(arc, points)| Arc { points: sparse(points, place), left: arc.left, right: arc.right })
            .collect();
        let pick = |sides: usize| {
            let count = |a: &Arc| [a.left, a.right].into_iter().flatten().count();
            let is_seam = |i: usize| setup.regions.topology.arcs[i].is_seam;
            let all = (0..arcs.len()).filter(|i| count(&arcs[*i]) == sides && !is_seam(*i));
            all.map(|i| i as u32).collect::<Vec<u32>>()
        };
        let unit = setup.unit;
        let strokes = vec![
            ArcStroke {
                id: "inset-within".into(),
                arcs: pick(2),
                stroke: Stroke::solid(theme::LAND_BORDER, (0.6 * unit).max(0.4)),
            },
            ArcStroke {
                id: "inset-outer".into(),
                arcs: pick(1),
                stroke: Stroke::solid(theme::MUTED, (0.9 * unit).max(0.6)),
            },
        ];
        let face = Face { paint: Paint::solid(theme::UNKNOWN), ..Face::default() };
        let faces = vec![face; setup.regions.places.len()];
        let ([west, north], [east, south]) = (place(corner(view, [0.0, 0.0])), place(corner(view, [1.0, 1.0])));
        // a box smaller than this would not be seen
        let least = (7.0 * unit).max(5.0);
        let (w, h) = ((east - west).max(least), (south - north).max(least));
        let (cx, cy) = (f64::midpoint(west, east), f64::midpoint(north, south));
        let shown = Path::rect(cx - w / 2.0, cy - h / 2.0, w, h);
        let paper = Path::rect(x, y, width, height).filled(Paint::solid(Color::WHITE));
        Node::Group(Group {
            id: "inset".into(),
            clip: Some([x, y, width, height]),
            nodes: vec![
                Node::Path(paper),
                Node::Partition(Partition { arcs: Shared::new(arcs), faces, strokes }),
                Node::Path(shown.clone().stroked(Stroke::solid(Color::WHITE, 3.6 * unit))),
                Node::Path(shown.stroked(Stroke::solid(theme::INK, 1.8 * unit))),
                Node::Path(Path::rect(x, y, width, height).stroked(Stroke::solid(theme::RULE, 2.0 * unit.max(0.6)))),
            ],
            ..Group::default()
        })
    }
}

/// The points of a border that are seen apart at this scale; its ends stay, so that borders still meet.
fn sparse(points: &[[f64; 2]], place: impl Fn([f64; 2]) -> [f64; 2]) -> Vec<[f64; 2]> {
    let mut kept: Vec<[f64; 2]> = Vec::new();
    for (i, point) in points.iter().enumerate() {
        let at = place(*point);
        let far = |[a, b]: &[f64; 2]| (at[0] - a) * (at[0] - a) + (at[1] - b) * (at[1] - b) > 0.5;
        if i + 1 == points.len() || kept.last().is_none_or(far) {
            kept.push(at);
        }
    }
    kept
}
