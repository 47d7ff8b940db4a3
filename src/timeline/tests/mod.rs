//! Tests of the timeline as a whole: every ruling, and what must hold of any ledger.

mod lean;
mod ledger;
mod levels;
mod naive;
mod options;
mod policies;
mod properties;
mod rules;
mod rulings;
mod shares;
mod why;
mod window;
