//! The integration tests, one binary: the house's rules, its tables, and the program from outside.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod cli;
mod faults;
mod harness;
mod layers;
mod refusals;
mod simplify;
mod syria;
mod tables;
