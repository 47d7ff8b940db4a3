//! Countries as context: where the map's neighbours lie.

use super::Names;
use geo::MultiPolygon;

/// A country beneath the map; nobody's control is derived from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// ISO 3166-1 code; may be empty.
    pub id: String,
    /// Names by language.
    pub names: Names,
    /// Outline in degrees, longitude first.
    pub geometry: MultiPolygon<f64>,
    /// A point in the middle of its largest part, in degrees.
    pub label: [f64; 2],
}
