//! The ledger against its limits: rows of CSV read, joined, and resolved to all spells under each policy.
//!
//! `cargo bench --bench ledger [-- changes|daily [ROWS]]`. Prints milliseconds, the ratio to the limit, and the most
//! memory that the process ever had. The changes are also counted for every day by the whole program, and in turn with
//! it by DuckDB and Polars, where the Python of `PEER_PYTHON` (else `python3`) has them.
#![allow(clippy::print_stdout, missing_docs)]

use controlmap::join::join;
use controlmap::model::{Dataset, Day, Offset, PlaceIndex};
use controlmap::project::{Inputs, PolicyOptions};
use controlmap::read::{Folder, tables};
use controlmap::timeline::{POLICIES, resolve};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const PLACES: usize = 33_000;

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }
}

fn places() -> String {
    let mut text = String::from("id,name,lat,lon\n");
    for i in 0..PLACES {
        let (lat, lon) = (44.0 + (i / 200) as f64 * 0.05, 22.0 + (i % 200) as f64 * 0.09);
        let _ = writeln!(text, "ua-settlement-{i:06},Town {i},{lat:.4},{lon:.4}");
    }
    text
}

fn day(number: usize) -> Day {
    Day::of(2022, 2, 24).expect("a day").plus(i32::try_from(number).expect("a few years"))
}

/// Rows in the order of time, each of which changes who holds a place.
fn changes(rows: usize) -> String {
    let mut random = Random(20_220_224);
    let mut text = String::with_capacity(rows * 56 + 32);
    text.push_str("date,place,actor\n");
    for i in 0..rows {
        // no place twice on a day: which word came last would be anybody's guess
        let (date, place) = (day(i * 1000 / rows), i * 7919 % PLACES);
        let actor = random.below(4);
        let _ = writeln!(text, "{date},ua-settlement-{place:06},armed-forces-of-country-{actor}");
    }
    text
}

/// A row for each place and day, whether anything changed or not.
fn daily(rows: usize) -> String {
    let mut random = Random(20_220_224);
    let mut text = String::with_capacity(rows * 48 + 48);
    text.push_str("date,place,actor,source\n");
    let mut holder = vec![0_u64; PLACES];
    for i in 0..rows {
        let place = i % PLACES;
        if random.below(200) == 0 {
            holder[place] = 1 - holder[place];
        }
        let who = ["ukraine", "russia"][usize::from(holder[place] == 1)];
        let _ = writeln!(text, "{},ua-settlement-{place:06},{who},viina", day(i / PLACES));
    }
    text
}

fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// A step, or a whole with its limit in milliseconds.
fn told(what: &str, since: Instant, limit: Option<f64>) {
    let ms = since.elapsed().as_secs_f64() * 1000.0;
    let part = limit.map_or_else(String::new, |limit| format!("{:.2} of the limit", ms / limit));
    println!("{what:<52} {ms:>9.1} ms   {:>5.0} MB at most   {part}", memory());
}

fn read(folder: &Path) -> Dataset {
    let inputs = Inputs { events: vec!["events.csv".into()], places: Some("places.csv".into()), ..Inputs::default() };
    let start = Instant::now();
    let read = tables(&inputs, &Folder::disk(folder), Offset(0));
    assert!(!read.has_errors(), "{:?}", read.diagnostics.first());
    told("  read", start, None);
    let start = Instant::now();
    let joined = join(read.value, Offset(0));
    assert!(!joined.has_errors(), "{:?}", joined.diagnostics.first());
    told("  join", start, None);
    joined.value.0
}

fn spells(dataset: &Dataset, policy: &str) -> usize {
    let options = PolicyOptions { name: Some(policy.to_owned()), ..PolicyOptions::default() };
    let timeline = resolve(dataset, &options, None).value;
    (0..dataset.places.len()).map(|i| timeline.spells(PlaceIndex(u32::try_from(i).expect("few"))).count()).sum()
}

fn run(name: &str, text: String, limit: Option<f64>) {
    let folder = std::env::temp_dir().join(format!("controlmap-ledger-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
    std::fs::write(folder.join("places.csv"), places()).expect("it can be written");
    std::fs::write(folder.join("events.csv"), &text).expect("it can be written");
    let period = format!("[period]\nfrom = {}\nto = {}\n", day(0), day(999));
    let project = format!("events = \"events.csv\"\nplaces = \"places.csv\"\n\n{period}");
    std::fs::write(folder.join("controlmap.toml"), project).expect("it can be written");
    println!("{name}: {} rows, {:.0} MB", text.lines().count() - 1, text.len() as f64 / 1e6);
    drop(text);
    let begun = Instant::now();
    let dataset = read(&folder);
    for policy in POLICIES {
        let start = Instant::now();
        let count = spells(&dataset, policy.name);
        told(&format!("  resolve `{}`, {count} spells", policy.name), start, None);
    }
    told(&format!("{name}, read and every policy"), begun, limit);
    if name == "changes" {
        compare(&folder);
    }
    let _ = std::fs::remove_dir_all(folder);
}

/// A program that counts, and how its arguments are made of the folder.
struct Counter {
    name: &'static str,
    command: fn(&Path) -> Command,
}

const COUNTERS: [Counter; 3] = [
    Counter { name: "controlmap", command: own },
    Counter { name: "duckdb", command: |folder| peer("duckdb", folder) },
    Counter { name: "polars", command: |folder| peer("polars", folder) },
];

fn own(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_controlmap"));
    command.args(["table", "--by", "actor", "--every", "day", "-q", "-o"]);
    command.arg(folder.join("controlmap.csv")).arg(folder);
    command
}

fn peer(tool: &str, folder: &Path) -> Command {
    let python = std::env::var("PEER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/ledger/peers.py")).arg(tool);
    command.arg(folder.join("events.csv")).arg(folder.join(format!("{tool}.csv")));
    command
}

/// Day, actor and number of places, whichever columns they stand in.
fn counts(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("it was written");
    let header: Vec<&str> = text.lines().next().unwrap_or_default().split(',').collect();
    let column = |names: [&str; 2]| header.iter().position(|h| names.contains(h)).expect("it has the column");
    let [date, actor, count] = [["date"; 2], ["actor"; 2], ["settlements", "count"]].map(column);
    let of = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        format!("{} {} {}", cells[date], cells[actor], cells[count])
    };
    text.lines().skip(1).map(of).filter(|line| !line.ends_with(" 0")).collect()
}

/// The whole program and others, in turn, each a process of its own.
fn compare(folder: &Path) {
    const RUNS: usize = 5;
    /// Of two million changes, in milliseconds.
    const LIMIT: f64 = 400.0;
    let mut all: Vec<(&Counter, Vec<f64>)> = COUNTERS.iter().map(|counter| (counter, Vec::new())).collect();
    for run in 0..=RUNS {
        all.retain_mut(|(counter, times)| {
            let start = Instant::now();
            let done = (counter.command)(folder).stdout(Stdio::null()).stderr(Stdio::null()).status();
            let code = done.ok().and_then(|status| status.code());
            if code != Some(0) {
                let why = if code == Some(3) || code.is_none() { "is not there" } else { "failed" };
                println!("  {} {why}, and is left out", counter.name);
            } else if run > 0 {
                times.push(start.elapsed().as_secs_f64() * 1000.0);
            }
            code == Some(0)
        });
    }
    let mut own = None;
    for (counter, mut times) in all {
        times.sort_by(f64::total_cmp);
        let median = times[times.len() / 2];
        let ours = *own.get_or_insert(median);
        let part = median / if counter.name == COUNTERS[0].name { LIMIT } else { ours };
        let whose = if counter.name == COUNTERS[0].name { "the limit" } else { "ours" };
        println!("  counts for every day: {:<28} {median:>9.1} ms   {part:>5.2} of {whose}", counter.name);
        let same = counts(&folder.join(format!("{}.csv", counter.name))) == counts(&folder.join("controlmap.csv"));
        assert!(same, "{} counts otherwise", counter.name);
    }
}

fn main() {
    let mut args = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let (which, rows) = (args.next(), args.next().and_then(|n| n.parse::<usize>().ok()));
    if which.as_deref() != Some("daily") {
        run("changes", changes(rows.unwrap_or(2_000_000)), None);
    }
    if which.as_deref() != Some("changes") {
        run("daily", daily(rows.unwrap_or(12_000_000)), Some(10_000.0));
    }
}
