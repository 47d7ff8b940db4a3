//! Waters as context: lakes and rivers around and within what is mapped.

use super::{Country, Names};

/// What a water is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaterKind {
    /// A line.
    River,
    /// An area: its lines are rings, filled even-odd.
    Lake,
}

/// A lake or a river.
#[derive(Debug, Clone, PartialEq)]
pub struct Water {
    /// What it is.
    pub kind: WaterKind,
    /// Lines in degrees, longitude first.
    pub lines: Vec<Vec<[f64; 2]>>,
}

/// The name of a sea, and where it may stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Sea {
    /// Names by language.
    pub names: Names,
    /// Points well inside, the best first, in degrees, longitude first.
    pub at: Vec<[f64; 2]>,
    /// How far around those points the water is still that sea's.
    ///
    /// # Units
    /// Kilometres.
    pub reach: f64,
}

/// What lies around a map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Surroundings {
    /// Neighbouring countries, and the country itself.
    pub countries: Vec<Country>,
    /// Lakes and rivers.
    pub waters: Vec<Water>,
    /// Seas near it.
    pub seas: Vec<Sea>,
}
