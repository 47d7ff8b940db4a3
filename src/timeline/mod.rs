//! From events to who held what: takes a [`crate::model::Dataset`], gives a `Timeline` of spells, and
//! from that a [`Snapshot`] for any moment.

mod snapshot;

pub use snapshot::{Basis, Snapshot, State};
