//! Maths on rings: takes polygons in degrees, gives shared borders. Knows nothing of control.

pub mod topology;
