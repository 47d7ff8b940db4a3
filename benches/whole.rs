//! The whole program, cold: a new process reads boundaries and events and writes one map of 1600 × 1200.
//!
//! Makes 14 provinces with about 20,000 vertices and 614 events, runs the program on them, and prints the
//! median wall time and the greatest memory as ratios to the limits. Other programs are measured in
//! the same run, in turn with ours: `PEERS="name=command;name=command" cargo bench --bench whole`.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

mod country;
mod wriggle;

use country::{own, run};
use std::path::Path;

/// Runs of each program that count; one before does not.
const RUNS: usize = 20;

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("whole");
    country::write(&folder);
    let map = |file: &str| {
        let file = folder.join(file).display().to_string();
        own(&["map", &folder.display().to_string(), "--date", "2023-07-01", "-o", &file])
    };
    // name, command, limits in ms and MB
    let mut all =
        vec![("map.png".to_owned(), map("map.png"), 33.0, 40.0), ("map.svg".to_owned(), map("map.svg"), 15.0, 40.0)];
    all.extend(country::peers().into_iter().map(|(name, command)| (name, command, f64::NAN, f64::NAN)));
    let mut measured: Vec<Vec<(f64, f64)>> = vec![Vec::new(); all.len()];
    for round in 0..=RUNS {
        for ((_, command, ..), runs) in all.iter().zip(&mut measured) {
            let one = run(command, &folder);
            assert!(one.is_some(), "{command:?} failed");
            let (seconds, mb) = one.unwrap();
            if round > 0 {
                runs.push((seconds * 1e3, mb));
            }
        }
    }
    println!(
        "{:<28} {:>9} {:>9} {:>9} {:>8} {:>8} {:>9}",
        "program", "median ms", "least ms", "peak MB", "of limit", "of MB", "times PNG"
    );
    let median = |runs: &[(f64, f64)]| {
        let mut ms: Vec<f64> = runs.iter().map(|r| r.0).collect();
        ms.sort_by(f64::total_cmp);
        (ms[ms.len() / 2], ms[0])
    };
    let ours = median(&measured[0]).0;
    for ((name, _, limit, most), runs) in all.iter().zip(&measured) {
        let (middle, least) = median(runs);
        let mb = runs.iter().map(|r| r.1).fold(f64::NAN, f64::max);
        println!(
            "{name:<28} {middle:>9.1} {least:>9.1} {mb:>9.1} {:>8.2} {:>8.2} {:>9.1}",
            middle / limit,
            mb / most,
            middle / ours
        );
    }
}
