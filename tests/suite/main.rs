//! The integration tests, one binary: the house's rules, its tables, and the program from outside.

mod cli;
mod harness;
mod layers;
mod tables;
