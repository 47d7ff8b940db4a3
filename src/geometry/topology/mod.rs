//! Shared borders: takes the polygons of faces in degrees, gives every border once, as an arc that
//! knows the face on either side.
//!
//! Points that are equal after rounding to 1e-7 degrees are one vertex. A vertex where rings have
//! different neighbours is a junction; rings are cut there, and the pieces of two rings between the
//! same junctions are one arc. Where two faces claim one side of it, the second gets an arc of its own in
//! the same place, so that the outline of every face stays whole. A vertex of one ring that lies on an edge of another is not snapped:
//! that is a gap or an overlap of the data, and stays one.

mod cut;
#[cfg(test)]
mod tests;
mod vertex;

use geo::MultiPolygon;

/// A border between two faces.
#[derive(Debug, Clone, PartialEq)]
pub struct TopologyArc {
    /// At least two points, longitude and latitude; a closed arc repeats its first point at the end.
    /// Arcs that meet have bit-equal ends.
    ///
    /// # Units
    /// Degrees, as in the input.
    pub points: Vec<[f64; 2]>,
    /// Face at the left hand of somebody who walks along the arc, north being up; `None` is outside.
    pub left: Option<u32>,
    /// Face at the right hand; `None` is outside. Equal to `left` where the arc runs inside a face.
    pub right: Option<u32>,
    /// It runs along the border of the map rather than that of a face, or along another arc: to be filled up to,
    /// not drawn.
    pub is_seam: bool,
}

/// A border that more faces claim than it has sides: polygons overlap, or repeat an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Overlap {
    /// Index of the arc.
    pub arc: u32,
    /// The face that came later and has an arc of its own there.
    pub face: u32,
    /// The face that stands there; the same one where a face repeats an edge.
    pub other: u32,
}

/// Every border once, but for those that overlaps repeat.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Topology {
    /// The borders, in the order in which the faces' rings meet them.
    pub arcs: Vec<TopologyArc>,
    /// How many faces the arcs may speak of.
    pub face_count: u32,
    /// Claims that could not be met, in the order found; empty for polygons that do not overlap along
    /// an edge. (Polygons that overlap without sharing an edge are found by [`super::overlap`].)
    pub overlaps: Vec<Overlap>,
}

/// Finds the borders that faces share. Rings may be wound either way; rings of fewer than three
/// different vertices bound nothing and are left out.
///
/// # Source
/// The approach of mapshaper (Matthew Bloch, MPL-2.0): hash vertices, cut where neighbours differ.
pub fn topology(faces: &[&MultiPolygon<f64>]) -> Topology {
    topology_and_rings(faces).0
}

/// Finds the borders of faces whose rings are known to run the right way round, where their longitudes cannot
/// tell: outer rings have their face on the left, holes on the left too.
pub fn topology_as_wound(faces: &[&MultiPolygon<f64>]) -> Topology {
    found(faces, true).0
}

/// Finds the borders that faces share, and of which every ring is made: ring by ring in the order of the
/// faces, an arc's index, or its complement (`!index`) where it is walked backwards. Outer rings run
/// counter-clockwise, holes clockwise; a ring that bounds nothing has no arcs.
pub fn topology_and_rings(faces: &[&MultiPolygon<f64>]) -> (Topology, Vec<Vec<i32>>) {
    found(faces, false)
}

fn found(faces: &[&MultiPolygon<f64>], as_wound: bool) -> (Topology, Vec<Vec<i32>>) {
    let mut walks = cut::Walks::of(faces, as_wound);
    let junctions = walks.junctions();
    let cut::Cut { arcs, overlaps, rings } = cut::cut(&mut walks, &junctions);
    (Topology { arcs, face_count: faces.len() as u32, overlaps }, rings)
}

impl Topology {
    /// Marks edges as seams; an arc that has such edges and others is parted.
    pub fn mark_seams(&mut self, is_seam: impl Fn([f64; 2], [f64; 2]) -> bool) {
        let arcs = std::mem::take(&mut self.arcs);
        for mut arc in arcs {
            let kind = |w: &[[f64; 2]]| is_seam(w[0], w[1]);
            let first = arc.points.windows(2).next().is_some_and(kind);
            if arc.points.windows(2).all(|w| kind(w) == first) {
                arc.is_seam |= first;
                self.arcs.push(arc);
                continue;
            }
            let edges: Vec<usize> = (0..arc.points.len() - 1).collect();
            for run in edges.chunk_by(|a, b| kind(&arc.points[*a..]) == kind(&arc.points[*b..])) {
                let points = arc.points[run[0]..=run[run.len() - 1] + 1].to_vec();
                let is_seam = arc.is_seam || kind(&arc.points[run[0]..]);
                self.arcs.push(TopologyArc { points, is_seam, ..arc });
            }
        }
    }
}
