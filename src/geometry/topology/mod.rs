//! Shared borders: takes the polygons of faces in degrees, gives every border once, as an arc that
//! knows the face on either side.
//!
//! Points that are equal after rounding to 1e-7 degrees are one vertex. A vertex where rings have
//! different neighbours is a junction; rings are cut there, and the pieces of two rings between the
//! same junctions are one arc. A vertex of one ring that lies on an edge of another is not snapped:
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
}

/// A border that more faces claim than it has sides: polygons overlap, or repeat an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Overlap {
    /// Index of the arc.
    pub arc: u32,
    /// The face that came later and has no place on the arc.
    pub face: u32,
    /// The face that stands there; the same one where a face repeats an edge.
    pub other: u32,
}

/// Every border once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Topology {
    /// The borders, in the order in which the faces' rings meet them.
    pub arcs: Vec<TopologyArc>,
    /// How many faces the arcs may speak of.
    pub face_count: u32,
    /// Claims that could not be met, in the order found; empty for polygons that do not overlap along
    /// an edge. (Polygons that overlap without sharing an edge are not found here.)
    pub overlaps: Vec<Overlap>,
}

/// Finds the borders that faces share. Rings may be wound either way; rings of fewer than three
/// different vertices bound nothing and are left out.
///
/// # Source
/// The approach of mapshaper (Matthew Bloch, MPL-2.0): hash vertices, cut where neighbours differ.
pub fn topology(faces: &[&MultiPolygon<f64>]) -> Topology {
    let mut walks = cut::Walks::of(faces);
    let junctions = walks.junctions();
    let (arcs, overlaps) = cut::cut(&mut walks, &junctions);
    Topology { arcs, face_count: faces.len() as u32, overlaps }
}
