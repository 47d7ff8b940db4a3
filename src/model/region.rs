//! Regions: the areas that a boundary file names.

use super::{Level, Names};
use geo::MultiPolygon;

/// Index of a region in a [`RegionSet`], which is sorted by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionIndex(pub u32);

/// An area with a code and names.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Code, such as a P-code or ISO 3166-2.
    pub id: String,
    /// Names by language.
    pub names: Names,
    /// Admin level.
    pub level: Level,
    /// Code of the region that contains it, as written; may be empty.
    pub parent: String,
    /// Boundary in degrees, longitude first: rings closed and finite, at least three different points each.
    pub geometry: MultiPolygon<f64>,
    /// Geodesic area on WGS 84 in km², from the geometry as read.
    pub km2: f64,
    /// Area in km² that the boundary file states.
    pub official_km2: Option<f64>,
}

/// What the boundaries are, for credits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edition {
    /// Name, such as `Natural Earth 10 m admin-1`.
    pub name: String,
    /// Date or version as written.
    pub date: String,
    /// Licence.
    pub licence: String,
    /// Who to credit.
    pub source: String,
}

/// The regions of a project.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RegionSet {
    /// Sorted by level, then id; ids unique within a level.
    pub regions: Vec<Region>,
    /// What they are.
    pub edition: Edition,
}

impl RegionSet {
    /// The region at an index.
    pub fn get(&self, index: RegionIndex) -> &Region {
        &self.regions[index.0 as usize]
    }
}
