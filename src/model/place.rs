//! Places: whatever an event may speak of, be it a region, a settlement, a site or a bare point.

use super::{Level, Names, RegionIndex};

/// Index of a place in [`crate::model::Dataset::places`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceIndex(pub u32);

/// Something that can be held.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Code of the region, id in the places table, or `lat,lon` of a bare point.
    pub id: String,
    /// Names by language.
    pub names: Names,
    /// Level; a bare point counts as a settlement.
    pub level: Level,
    /// The region that it is, where it has an area.
    pub region: Option<RegionIndex>,
    /// The innermost place that contains it.
    pub container: Option<PlaceIndex>,
    /// Longitude and latitude in degrees, where it is a point.
    pub at: Option<[f64; 2]>,
    /// Inhabitants.
    pub population: Option<u64>,
    /// `city`, `town`, `village`, `airport`, `airbase`, `crossing`, `dam` or another word; may be empty.
    pub kind: String,
}
