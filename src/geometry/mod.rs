//! Maths on rings: areas, shared borders, points in polygons, room for labels. Knows nothing of control.

pub mod antimeridian;
pub mod area;
pub mod clip;
pub mod contains;
pub mod ellipsoid;
pub mod label_point;
pub mod length;
pub mod locate;
pub mod overlap;
pub mod placement;
pub mod resample;
pub mod simplify;
pub mod topology;
