//! The drawing as plain data: what every writer walks and what no writer needs to understand.
//!
//! A [`Scene`] is a page in pixels, y downwards, with a tree of [`Node`]s of five kinds. Colours are
//! resolved, texts are shaped, numbers are finite, ids are unique. It is frozen once built.

mod film;
mod font;
mod node;
mod paint;
mod partition;
mod path;
mod shape;
mod source;
mod story;
mod text;

pub use film::{Film, Frame};
pub use font::{FONTS, Font, FontIndex};
pub use node::{Group, Node, Scene, Use};
pub use paint::{Band, Color, Layer, Paint};
pub use partition::{Arc, ArcRef, ArcStroke, Face, Partition, Rings};
pub use path::{Path, Segment, Stroke};
pub use shape::Shaper;
pub use story::{Amount, Key, LOOK, Layered, Link, Row, Spot, Step, Story, Told};
pub use text::{Anchor, Direction, Glyph, Halo, Run, SLANT, ShapedText, Text};
