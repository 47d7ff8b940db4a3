//! A map as a planar partition: shared borders once, and a paint per face.

use super::{Paint, Stroke};
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
