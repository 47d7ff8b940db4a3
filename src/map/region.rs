//! The regions of a map as a partition: shared borders once, a paint per region.

use super::coast;
use super::describe::Describer;
use super::front::{self, Front};
use super::label::Rect;
use super::look::{Hatch, Look};
use super::theme;
use crate::geometry::antimeridian::cut_topology;
use crate::geometry::contains::contains;
use crate::geometry::label_point::{clearance, roomiest, thinned};
use crate::geometry::simplify::{Lines, Metric};
use crate::geometry::topology::{Topology, TopologyArc, topology};
use crate::model::{ActorIndex, Control, Dataset, Level, OverlayKind, PlaceIndex};
use crate::projection::{Extent, Projection, View};
use crate::scene::{Arc, ArcRef, ArcStroke, Color, Face, Partition, Stroke};
use crate::timeline::Snapshot;
use geo::MultiPolygon;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc as Shared;

/// The regions drawn, and the borders between them in degrees.
#[derive(Debug)]
pub struct Regions {
    /// The place of each face.
    pub places: Vec<PlaceIndex>,
    /// Borders.
    pub topology: Topology,
}

/// Takes the regions of a level; without one, of the outermost level that events speak of.
pub fn regions(dataset: &Dataset, level: Option<Level>) -> Regions {
    let level = level.or_else(|| dataset.outermost_level());
    let drawn = dataset.places.iter().enumerate().filter(|(_, p)| p.region.is_some() && Some(p.level) == level);
    let places: Vec<PlaceIndex> = drawn.map(|(i, _)| PlaceIndex(i as u32)).collect();
    let faces: Vec<&MultiPolygon<f64>> = places.iter().map(|p| geometry(dataset, *p)).collect();
    let topology = topology(&faces);
    Regions { places, topology }
}

/// The boundary of a place that is a region.
pub fn geometry(dataset: &Dataset, place: PlaceIndex) -> &MultiPolygon<f64> {
    let region = dataset.place(place).region.expect("drawn places are regions");
    &dataset.regions.get(region).geometry
}

/// Borders on the plane of a projection: kilometres, y northwards, arc by arc.
pub type Plane = Vec<Vec<[f64; 2]>>;

impl Regions {
    /// Cuts the regions where a map is cut; most maps are not.
    pub fn cut(self, dataset: &Dataset, projection: &Projection) -> Self {
        let frame = projection.frame();
        let holds = self.topology.arcs.par_iter().map(|a| frame.holds(a.points.iter().copied()));
        let sides = self.topology.arcs.iter().flat_map(|a| &a.points).map(|p| p[0]);
        let split = || sides.fold((false, false), |(w, e), x| (w || x <= -180.0, e || x >= 180.0)) == (true, true);
        if holds.all(|h| h) && !split() {
            return self;
        }
        let faces: Vec<&MultiPolygon<f64>> = self.places.iter().map(|p| geometry(dataset, *p)).collect();
        Self { topology: cut_topology(&faces, frame), ..self }
    }
}

/// How far a line may be from where it should be, in pixels.
const STRAY: f64 = 0.25;

/// Projects every border once, for a page of some pixels; a view then only moves and scales them.
pub fn plane(regions: &Regions, projection: &Projection, pixels: f64) -> Plane {
    let arcs = &regions.topology.arcs;
    // some points tell the size well enough
    let some = arcs.iter().flat_map(|a| a.points.iter().step_by(8)).map(|p| projection.forward(*p));
    let all = Extent::of(some.filter(|p| p[0].is_finite() && p[1].is_finite()));
    let size = all.map_or(1.0, |e| (e.east - e.west).max(e.north - e.south)).max(1e-3);
    arcs.par_iter().map(|a| projection.line(&a.points, STRAY * size / pixels)).collect()
}

/// Points whose loss changes no more than this, in square pixels, are not missed.
const UNSEEN: f32 = 0.05;

/// Puts borders on the page, without the points that nobody could see.
pub fn arcs(regions: &Regions, plane: &Plane, view: &View, scale: f64) -> Shared<Vec<Arc>> {
    let placed = plane.par_iter().with_min_len(64).map(|l| l.iter().map(|p| view.place(*p)).collect()).collect();
    let unseen = UNSEEN / (scale * scale).max(1.0) as f32;
    let lines = Lines::up_to(placed, Metric::Plane, unseen).simplify(unseen);
    let arcs = regions.topology.arcs.iter().zip(lines);
    let arcs = arcs.map(|(arc, points)| Arc { points, left: arc.left, right: arc.right });
    Shared::new(arcs.collect())
}

/// The regions of which a panel shows a part.
pub fn visible(regions: &Regions, dataset: &Dataset, plane: &Plane, view: &View) -> Vec<PlaceIndex> {
    let [x, y, w, h] = view.panel;
    let mut seen = vec![false; regions.places.len()];
    let inside = |p: &[f64; 2]| {
        let [a, b] = view.place(*p);
        a >= x && a <= x + w && b >= y && b <= y + h
    };
    for (arc, points) in regions.topology.arcs.iter().zip(plane) {
        let faces = [arc.left, arc.right].map(|f| f.filter(|f| !seen[*f as usize]));
        if faces.iter().any(Option::is_some) && points.iter().any(inside) {
            faces.into_iter().flatten().for_each(|f| seen[f as usize] = true);
        }
    }
    let middle = view.inverse([x + w / 2.0, y + h / 2.0]);
    let middle = middle.map(|[x, y]| [(x + 180.0).rem_euclid(360.0) - 180.0, y]);
    for (slot, place) in seen.iter_mut().zip(&regions.places) {
        *slot = *slot || middle.is_some_and(|m| contains(geometry(dataset, *place), m));
    }
    regions.places.iter().zip(seen).filter(|(_, seen)| *seen).map(|(p, _)| *p).collect()
}

/// Where a region has most room, on the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pole {
    /// The point.
    pub at: [f64; 2],
    /// Distance to the nearest border in kilometres.
    pub clearance: f64,
}

/// Finds the pole of each region; a region without area has none.
pub fn poles(regions: &Regions, plane: &Plane) -> Vec<Option<Pole>> {
    let arc = |(arc, points): (&TopologyArc, &Vec<[f64; 2]>)| Arc {
        points: points.clone(),
        left: arc.left,
        right: arc.right,
    };
    let arcs = Shared::new(regions.topology.arcs.iter().zip(plane).map(arc).collect());
    let partition = Partition { arcs, ..Partition::default() };
    let all = partition.all_rings();
    let pole = |rings: &[Vec<ArcRef>]| {
        let rings: Vec<Vec<[f64; 2]>> = rings.iter().map(|r| partition.points(r)).collect();
        let points = || rings.iter().flatten();
        let side = |i: usize| {
            let (least, most) =
                points().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), p| (a.min(p[i]), b.max(p[i])));
            most - least
        };
        let rings = thinned(&rings, side(0).min(side(1)) / 40.0);
        let at = roomiest(&rings, 0.0).next()?;
        Some(Pole { at, clearance: clearance(&rings, at) })
    };
    let mut poles = vec![None; regions.places.len()];
    let found: Vec<(u32, Option<Pole>)> = all.par_iter().map(|(face, rings)| (*face, pole(rings))).collect();
    found.into_iter().for_each(|(face, pole)| poles[face as usize] = pole);
    poles
}

/// How broad each region is at the scale of a view, in pixels; one without area is as broad as any.
pub fn breadths(poles: &[Option<Pole>], view: &View) -> Vec<f64> {
    poles.iter().map(|pole| pole.map_or(f64::INFINITY, |p| 2.0 * p.clearance * view.scale)).collect()
}

/// The hatch for which each region has room.
pub fn hatches(regions: &Regions, breadths: &[f64], snapshot: &Snapshot, look: &Look) -> Vec<Hatch> {
    let hatch = |(place, breadth): (&PlaceIndex, &f64)| look.hatch(&snapshot.states[place.0 as usize], *breadth);
    regions.places.iter().zip(breadths).map(hatch).collect()
}

/// How heavy each outer border is drawn, by its arc; of no matter for the others.
pub fn weights(arcs: &[Arc], panel: Rect, unit: f64) -> Vec<usize> {
    let is_outer = |i: &u32| arcs[*i as usize].left.is_none() || arcs[*i as usize].right.is_none();
    let outer: Vec<u32> = (0..arcs.len() as u32).filter(is_outer).collect();
    let mut weights = vec![0; arcs.len()];
    for (arc, weight) in outer.iter().zip(coast::weights(arcs, &outer, panel, unit)) {
        weights[*arc as usize] = weight;
    }
    weights
}

/// How regions and lines are drawn on a page.
#[derive(Debug, Clone, Copy)]
pub struct Drawing<'a> {
    /// The hatch for which each region has room.
    pub hatches: &'a [Hatch],
    /// How heavy each outer border is drawn.
    pub weights: &'a [usize],
    /// Lines between holders, the undermost first.
    pub fronts: &'a [(Front, Vec<u32>)],
}

/// Paints each region by its state and draws the borders by what they part.
pub fn partition(
    regions: &Regions,
    arcs: Shared<Vec<Arc>>,
    &Drawing { hatches, weights, fronts }: &Drawing,
    snapshot: &Snapshot,
    look: &Look,
    describer: &Describer,
) -> Partition {
    let state = |face: u32| &snapshot.states[regions.places[face as usize].0 as usize];
    let faces = regions.places.iter().zip(hatches).map(|(place, hatch)| {
        let state = &snapshot.states[place.0 as usize];
        Face {
            id: format!("region-{}", describer.dataset.place(*place).id),
            title: describer.place(*place),
            description: describer.state(*place, state),
            paint: look.hatched(state, *hatch),
        }
    });
    let mut lines: [Vec<u32>; 8] = Default::default();
    let mut sieges: BTreeMap<(ActorIndex, bool), Vec<u32>> = BTreeMap::new();
    for (i, arc) in arcs.iter().enumerate() {
        if regions.topology.arcs[i].is_seam {
            continue;
        }
        let kind = match (arc.left, arc.right) {
            (Some(a), Some(b)) => {
                let loose = |face: u32| matches!(state(face).control, Control::Partial(_)) || state(face).claimed;
                if loose(a) || loose(b) {
                    1
                } else if state(a).control == state(b).control {
                    0
                } else {
                    2
                }
            }
            _ => 3 + weights[i],
        };
        lines[kind].push(i as u32);
        let sides = || [arc.left, arc.right].into_iter().flatten();
        if sides().any(|face| look.is_changed(state(face))) {
            lines[if kind == 1 { 6 } else { 7 }].push(i as u32);
        }
        let rings = sides().flat_map(|face| &state(face).overlays).filter(|o| o.kind == OverlayKind::Besieged);
        for ring in rings {
            let arcs = sieges.entry((ring.actor, ring.claimed)).or_default();
            if arcs.last() != Some(&(i as u32)) {
                arcs.push(i as u32);
            }
        }
    }
    let unit = look.unit;
    let coast = coast::WEIGHTS.map(|(width, least)| Stroke::solid(theme::BORDER, (width * unit).max(least)));
    let [outer, inlets, islets] = coast;
    let looks = [
        ("borders-within", Stroke::solid(theme::BORDER.with_alpha(150), 0.8 * unit)),
        ("borders-dashed", Stroke { dash: vec![6.0 * unit, 3.4 * unit], ..Stroke::solid(theme::BORDER, 1.2 * unit) }),
        ("borders-between", Stroke::solid(theme::BORDER, 1.2 * unit)),
        ("borders-outer", outer),
        ("borders-outer-fine", inlets),
        ("borders-outer-finest", islets),
        ("changed-dashed", Stroke { dash: vec![9.0 * unit, 5.0 * unit], ..Stroke::solid(theme::INK, 3.2 * unit) }),
        ("changed", Stroke::solid(theme::INK, 3.2 * unit)),
    ];
    let ring = |((actor, claimed), arcs): ((ActorIndex, bool), Vec<u32>)| ArcStroke {
        id: format!("siege-{}{}", describer.dataset.actor(actor).id, if claimed { "-claimed" } else { "" }),
        arcs,
        stroke: Stroke {
            dash: if claimed { vec![8.0 * unit, 6.0 * unit] } else { Vec::new() },
            ..Stroke::solid(look.colors.of(actor), 6.4 * unit)
        },
    };
    let strokes = lines.into_iter().zip(looks).filter(|(arcs, _)| !arcs.is_empty());
    let borders = strokes.map(|(arcs, (id, stroke))| ArcStroke { id: id.into(), arcs, stroke });
    let fronts = fronts.iter().filter(|(_, arcs)| !arcs.is_empty()).flat_map(|(front, arcs)| {
        let name = if *front == Front::Now { "front-line" } else { "baseline" };
        let [rim, line] = front::widths(*front).map(|w| w * unit);
        [
            (format!("{name}-rim"), Stroke::solid(Color::WHITE.with_alpha(170), rim)),
            (name.to_owned(), Stroke::solid(theme::INK, line)),
        ]
        .map(|(id, stroke)| ArcStroke { id, arcs: arcs.clone(), stroke })
    });
    let strokes = sieges.into_iter().map(ring).chain(borders).chain(fronts).collect();
    let faces = faces.collect();
    Partition { arcs, faces, strokes }
}
