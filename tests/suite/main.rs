//! The integration tests, one binary: the house's rules, its tables, and the program from outside.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod build;
mod cli;
mod decoders;
mod drawing;
mod event_table;
mod export;
mod far;
mod faults;
mod figures;
mod film;
mod gallery;
mod golden;
mod golden_png;
mod harness;
mod import;
mod layers;
mod layout;
mod ledger;
mod oracle;
mod page;
mod pdf;
mod preview;
mod properties;
mod readme;
mod refusals;
mod reports;
mod scene;
mod seas;
mod simplify;
mod squares;
mod sums;
mod syria;
mod tables;
mod typeset;
mod why;
