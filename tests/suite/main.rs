//! The integration tests, one binary: the house's rules, its tables, and the program from outside.

mod cli;
mod faults;
mod harness;
mod layers;
mod refusals;
mod syria;
mod tables;
