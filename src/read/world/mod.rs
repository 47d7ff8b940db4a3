//! The world that ships: takes a box, gives the countries, waters and seas that meet it.
//!
//! The formats are described in `data/world/README.md`. What is out of sight is not decoded, so that a map
//! pays only for what it shows.

mod bytes;
mod countries;
mod seas;
mod waters;

pub use countries::{Seat, countries, seats};
pub use seas::seas;
pub use waters::waters;

use crate::model::Surroundings;

/// Who is to be credited for them.
pub const CREDIT: &str = "Natural Earth";

/// Gives the countries, waters and seas that meet a box (west, south, east, north in degrees).
pub fn around(area: [f64; 4]) -> Surroundings {
    Surroundings { countries: countries(area), waters: waters(area), seas: seas(area) }
}
