//! A country of 14 provinces with about 20,000 vertices and 614 events in a year, as a project's files; and
//! programs that are measured on it.

use crate::wriggle::{Random, wriggle};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Writes the project: of the country in the folder that `COUNTRY` names (`regions.geojson` and `events.csv`
/// with the columns date, place and actor), so that others draw the same, else of one of our own.
pub fn write(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let own = std::env::var_os("COUNTRY").map(std::path::PathBuf::from);
    let (boundaries, events) = match own {
        Some(own) => {
            let events = fs::read_to_string(own.join("events.csv")).unwrap();
            let (_, rows) = events.split_once('\n').unwrap();
            let boundaries = fs::read_to_string(own.join("regions.geojson")).unwrap();
            (boundaries, format!("date,place,actor,source\n{rows}"))
        }
        None => (boundaries(), events()),
    };
    fs::write(folder.join("boundaries.geojson"), boundaries).unwrap();
    fs::write(folder.join("events.csv"), events).unwrap();
    let project = "title = \"Territorial control\"\nboundaries = { file = \"boundaries.geojson\", id = \"id\", name = \"name\" }\nevents = \"events.csv\"\n[map]\ncontext = false\n";
    fs::write(folder.join("controlmap.toml"), project).unwrap();
}

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

/// A command of the program that is measured, as words.
pub fn own(words: &[&str]) -> Vec<String> {
    std::iter::once(env!("CARGO_BIN_EXE_controlmap")).chain(words.iter().copied()).map(str::to_owned).collect()
}

/// Other programs: `PEERS="name=command;name=command"`.
pub fn peers() -> Vec<(String, Vec<String>)> {
    let all = std::env::var("PEERS").unwrap_or_default();
    let peer = |peer: &str| {
        let (name, command) = peer.split_once('=').expect("name=command");
        (name.trim().to_owned(), ["bash", "-c", command].map(str::to_owned).to_vec())
    };
    all.split(';').filter(|text| !text.trim().is_empty()).map(peer).collect()
}

/// Wall time in seconds and peak memory in MB of one run, nothing where it fails; memory needs GNU time.
pub fn run(command: &[String], folder: &Path) -> Option<(f64, f64)> {
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
    let seconds = start.elapsed().as_secs_f64();
    let kb = fs::read_to_string(report).ok().and_then(|t| t.trim().parse::<f64>().ok()).unwrap_or(f64::NAN);
    status.success().then_some((seconds, kb / 1024.0))
}
