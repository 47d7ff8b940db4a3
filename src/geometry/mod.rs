//! Maths on rings in degrees; knows nothing of control.

pub mod area;
pub mod contains;
pub mod locate;
