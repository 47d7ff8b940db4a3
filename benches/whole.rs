//! The whole program, cold: a new process reads boundaries and events and writes one map of 1600 × 1200.
//!
//! Makes 14 provinces with about 20,000 vertices and 614 events, runs the program on them, and prints the
//! median wall time and the greatest memory as ratios to the limits. Other programs are measured in
//! the same run, in turn with ours: `PEERS="name=command;name=command" cargo bench --bench whole`.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

mod wriggle;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use wriggle::{Random, wriggle};

/// Runs of each program that count; one before does not.
const RUNS: usize = 20;

/// Provinces on a grid of 7 × 2, their borders shared to the bit.
fn boundaries() -> String {
    const ACROSS: usize = 7;
    const DOWN: usize = 2;
    const LINES: u32 = 358;
    let random = &mut Random(20_241_208);
    let node = |x: usize, y: usize| [24.0 + 2.0 * x as f64, 44.0 + 3.5 * y as f64];
    let mut line = |a: [f64; 2], b: [f64; 2]| {
        let mut points = vec![a];
        wriggle(random, a, b, 0.12, LINES, &mut points);
        points
    };
    let east: Vec<Vec<Vec<[f64; 2]>>> =
        (0..=DOWN).map(|y| (0..ACROSS).map(|x| line(node(x, y), node(x + 1, y))).collect()).collect();
    let north: Vec<Vec<Vec<[f64; 2]>>> =
        (0..DOWN).map(|y| (0..=ACROSS).map(|x| line(node(x, y), node(x, y + 1))).collect()).collect();
    let mut features = Vec::new();
    for y in 0..DOWN {
        for x in 0..ACROSS {
            let back = |line: &[[f64; 2]]| line.iter().rev().copied().collect::<Vec<_>>();
            let sides = [east[y][x].clone(), north[y][x + 1].clone(), back(&east[y + 1][x]), back(&north[y][x])];
            let ring: Vec<String> = sides.iter().flatten().map(|[x, y]| format!("[{x:.6},{y:.6}]")).collect();
            let id = y * ACROSS + x + 1;
            features.push(format!(
                r#"{{"type":"Feature","properties":{{"id":"P{id:02}","name":"Province {id}"}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
                ring.join(",")
            ));
        }
    }
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n"))
}

fn events() -> String {
    let random = &mut Random(7);
    let mut text = "date,place,actor,source\n".to_owned();
    let actors = ["gov", "opp", "sep", "for", "mil", "loc"];
    let mut pick = |n: usize| ((random.next() + 1.0) / 2.0 * n as f64) as usize % n;
    for i in 0..614 {
        let (month, day) = if i < 14 { (1, 1) } else { (1 + pick(12), 1 + pick(28)) };
        let place = if i < 14 { i + 1 } else { 1 + pick(14) };
        let _ = writeln!(text, "2023-{month:02}-{day:02},P{place:02},{},report-{:02}", actors[pick(6)], pick(40));
    }
    text
}

/// Wall time in ms and peak memory in MB of one run; memory needs GNU time.
fn run(command: &[String], folder: &Path) -> (f64, f64) {
    let has_time = Path::new("/usr/bin/time").exists();
    let report = folder.join("memory.txt");
    let mut process = if has_time {
        let mut process = Command::new("/usr/bin/time");
        process.args(["-q", "-f", "%M", "-o"]).arg(&report).args(command);
        process
    } else {
        let mut process = Command::new(&command[0]);
        process.args(&command[1..]);
        process
    };
    process.stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = process.status().unwrap();
    let ms = start.elapsed().as_secs_f64() * 1e3;
    assert!(status.success(), "{command:?} failed");
    let kb = fs::read_to_string(report).ok().and_then(|t| t.trim().parse::<f64>().ok()).unwrap_or(f64::NAN);
    (ms, kb / 1024.0)
}

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("whole");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("boundaries.geojson"), boundaries()).unwrap();
    fs::write(folder.join("events.csv"), events()).unwrap();
    let project = "title = \"Territorial control\"\nboundaries = { file = \"boundaries.geojson\", id = \"id\", name = \"name\" }\nevents = \"events.csv\"\n[map]\ncontext = false\n";
    fs::write(folder.join("controlmap.toml"), project).unwrap();
    let own = |file: &str| {
        let file = folder.join(file).display().to_string();
        let folder = folder.display().to_string();
        ["map", &folder, "--date", "2023-07-01", "-o", &file].map(str::to_owned).to_vec()
    };
    let with_binary = |args: Vec<String>| [vec![env!("CARGO_BIN_EXE_controlmap").to_owned()], args].concat();
    // name, command, limits in ms and MB
    let mut all = vec![
        ("map.png".to_owned(), with_binary(own("map.png")), 33.0, 40.0),
        ("map.svg".to_owned(), with_binary(own("map.svg")), 15.0, 40.0),
    ];
    for peer in std::env::var("PEERS").unwrap_or_default().split(';').filter(|p| !p.trim().is_empty()) {
        let (name, command) = peer.split_once('=').expect("name=command");
        let command = ["bash", "-c", command].map(str::to_owned).to_vec();
        all.push((name.trim().to_owned(), command, f64::NAN, f64::NAN));
    }
    let mut measured: Vec<Vec<(f64, f64)>> = vec![Vec::new(); all.len()];
    for round in 0..=RUNS {
        for ((_, command, ..), runs) in all.iter().zip(&mut measured) {
            let one = run(command, &folder);
            if round > 0 {
                runs.push(one);
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
