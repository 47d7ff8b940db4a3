//! `simplify` on a large file, against its limit: 50,000 polygons, 10 million vertices, file to file.
//!
//! Makes the file, runs the whole program, and prints the ratio to the limit. `cargo bench --bench simplify`; another
//! file is measured with `BOUNDARIES=FILE`.
#![allow(clippy::print_stdout, missing_docs)]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Seconds on two cores.
const LIMIT: f64 = 4.0;
const ACROSS: usize = 250;
const DOWN: usize = 200;
/// Lines to a border.
const STEPS: usize = 50;

/// A crooked offset that depends on nothing but where it is.
fn offset(seed: usize) -> f64 {
    let v = (seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let v = (v ^ (v >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((v >> 11) as f64 / (1u64 << 53) as f64 - 0.5) * 0.004
}

/// The points of a border, both ends included.
fn border(x: usize, y: usize, upright: bool) -> Vec<[f64; 2]> {
    let (dx, dy) = if upright { (0.0, 0.1) } else { (0.1, 0.0) };
    let point = |i: usize| {
        let (t, seed) = (i as f64 / STEPS as f64, ((y * 1000 + x) * 2 + usize::from(upright)) * 1000 + i);
        let off = if i == 0 || i == STEPS { 0.0 } else { offset(seed) };
        let (sx, sy) = if upright { (off, 0.0) } else { (0.0, off) };
        [x as f64 * 0.1 + dx * t + sx, y as f64 * 0.1 + dy * t + sy + 30.0]
    };
    (0..=STEPS).map(point).collect()
}

fn make(path: &Path) {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for y in 0..DOWN {
        for x in 0..ACROSS {
            let mut ring = border(x, y, false);
            ring.extend(&border(x + 1, y, true)[1..]);
            ring.extend(border(x, y + 1, false).iter().rev().skip(1));
            ring.extend(border(x, y, true).iter().rev().skip(1));
            let comma = if x + y > 0 { ",\n" } else { "\n" };
            write!(text, "{comma}{{\"type\":\"Feature\",\"properties\":{{\"id\":\"A{y:03}{x:03}\",\"name\":\"Area {x} {y}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[").expect("a string takes all");
            for (i, p) in ring.iter().enumerate() {
                let comma = if i > 0 { "," } else { "" };
                write!(text, "{comma}[{:.7},{:.7}]", p[0], p[1]).expect("a string takes all");
            }
            text.push_str("]]}}");
        }
    }
    text.push_str("\n]}\n");
    std::fs::write(path, text).expect("the target folder can be written");
}

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let made = folder.join("simplify.geojson");
    let input = std::env::var_os("BOUNDARIES").map_or_else(
        || {
            make(&made);
            made.clone()
        },
        PathBuf::from,
    );
    let size = std::fs::metadata(&input).map_or(0, |m| m.len());
    println!("{:.0} MB of GeoJSON to 10 %", size as f64 / 1e6);
    let output = folder.join("simplified.geojson");
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let start = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_controlmap"));
        let status = command.arg("simplify").arg(&input).args(["--keep", "10%", "-o"]).arg(&output).status();
        assert!(status.is_ok_and(|s| s.success()), "the program ends well");
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("file to file {best:>6.2} s   limit {LIMIT} s   {:>5.2} of it", best / LIMIT);
    let _ = std::fs::remove_file(made);
    let _ = std::fs::remove_file(output);
}
