//! From events to who held what: takes a [`crate::model::Dataset`], gives a [`Timeline`] of spells, and
//! from that a [`Snapshot`] for any moment.
//!
//! ```text
//! count  →  word  →  standing  →  policy  →  combine, rest  →  settle  →  sweep  →  spell
//! which     when     what still    what       what that        who        through    the
//! events    it shows stands        decides    adds up to       holds it   time       timeline
//! ```

mod answers;
mod area;
mod change;
mod combine;
mod contradiction;
mod count;
mod decision;
mod layer;
mod lean;
mod lint;
mod policy;
mod ranks;
mod resolve;
mod rest;
mod settle;
mod snapshot;
mod spell;
mod standing;
mod sweep;
#[cfg(test)]
mod tests;
mod track;
mod verdict;
mod why;
mod window;
mod word;

pub use answers::{answers, ground_of_all};
pub use area::{Ground, ground, ground_of, ground_under, share_of};
pub use change::{Flow, Holder, Holding, Transition, flows, holdings, passages, transitions};
pub use decision::{Decision, Fate, decisions};
pub use lint::lints;
pub use policy::{POLICIES, Policy};
pub use resolve::resolve;
pub use snapshot::{Basis, Snapshot, State};
pub use spell::{Spell, Timeline};
pub use verdict::{Told, Unit, Verdict, Why};
pub use why::why;
pub use window::{Dating, Window, window};
pub use word::{EVER, NEVER};
