//! Films against their limits, as whole processes: 365 daily frames of 1280 × 720 pixels of 14 provinces with some
//! 20,000 vertices and 614 events, as numbered PNG, GIF, moving PNG and moving SVG; ten times as many frames in no
//! more memory; and one province in another colour.
//!
//! `cargo bench --bench film`. Other programs are measured in the same run, in turn with ours:
//! `PEERS="name=command;name=command"`, of the country in the folder `COUNTRY`; `ROUNDS` says how often.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

mod country;
mod wriggle;

use controlmap::diag::Severity;
use controlmap::figure::{self, Film};
use controlmap::join;
use controlmap::model::{Dataset, Offset};
use controlmap::project::{Every, MapOptions, PolicyOptions, Size, When};
use controlmap::read::{self, Folder};
use controlmap::scene::{Color, Frame, Node, Paint};
use controlmap::timeline;
use controlmap::write::raster::planar::{ToPixel, fill};
use controlmap::write::raster::runs::FaceIndex;
use controlmap::write::raster::{Ink, Reel, repaint};
use country::{own, run};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Something measured: its name, command, what it writes, and its limits in seconds, MB of memory and MB of files.
struct Job {
    name: String,
    command: Vec<String>,
    output: Option<String>,
    limits: [f64; 3],
}

/// Bytes of a file, or of the files in a folder.
fn size(path: &Path) -> u64 {
    let files: Vec<std::path::PathBuf> =
        fs::read_dir(path).map(|entries| entries.map(|e| e.unwrap().path()).collect()).unwrap_or_default();
    let of = |path: &Path| fs::metadata(path).map_or(0, |file| if file.is_file() { file.len() } else { 0 });
    of(path) + files.iter().map(|file| of(file)).sum::<u64>()
}

fn jobs(folder: &Path) -> Vec<Job> {
    let shown = folder.display().to_string();
    let year = ["--from", "2023-01-01", "--to", "2023-12-31", "--every", "day"];
    // as many frames as the year has days, and ten times as many, of one length of time each
    let hours = |to| ["--from", "2023-01-01", "--to", to, "--every", "2h"];
    let (month, months) = (hours("2023-01-31"), hours("2023-10-31"));
    let job = |name: &str, command: &str, when: &[&str], file: &str, limits| {
        let output = format!("{shown}/{file}");
        let words = [&[command, &shown], when, &["--size", "1280x720", "-q", "-o", &output]].concat();
        Job { name: name.into(), command: own(&words), output: Some(output.clone()), limits }
    };
    const NONE: f64 = f64::NAN;
    let mut all = vec![
        job("365 PNG frames", "frames", &year, "frames", [0.7, 120.0, NONE]),
        job("GIF", "animate", &year, "film.gif", [1.2, NONE, 1.5]),
        job("moving PNG", "animate", &year, "film.png", [0.8, NONE, 2.0]),
        job("moving SVG", "animate", &year, "film.svg", [NONE; 3]),
        job("still SVG", "map", &["--date", "2023-12-31"], "still.svg", [NONE; 3]),
        job("3,648 PNG frames of 2 hours", "frames", &months, "months", [NONE; 3]),
        job("372 PNG frames of 2 hours", "frames", &month, "month", [NONE; 3]),
    ];
    let peers = country::peers().into_iter();
    all.extend(peers.map(|(name, command)| Job { name, command, output: None, limits: [NONE; 3] }));
    all
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = values.collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

fn whole(folder: &Path) {
    let rounds = std::env::var("ROUNDS").ok().and_then(|n| n.parse::<usize>().ok()).unwrap_or(5);
    let jobs = jobs(folder);
    let mut measured: Vec<Vec<(f64, f64)>> = vec![Vec::new(); jobs.len()];
    let mut fails = vec![false; jobs.len()];
    // the first round does not count
    for round in 0..=rounds {
        for (i, job) in jobs.iter().enumerate().filter(|(i, _)| *i != 5 || round < 2) {
            if !fails[i] {
                match run(&job.command, folder) {
                    Some(one) if round > 0 => measured[i].push(one),
                    Some(_) => {}
                    None => fails[i] = true,
                }
            }
        }
    }
    let heads = ["median s", "least s", "of limit", "peak MB", "of limit", "MB out", "of limit", "times ours"];
    print!("{:<34}", "program");
    heads.iter().for_each(|head| print!(" {head:>10}"));
    println!();
    let ours = median(measured[0].iter().map(|m| m.0));
    let memory = |i: usize| measured[i].iter().map(|m| m.1).fold(f64::NAN, f64::max);
    for (i, job) in jobs.iter().enumerate() {
        if fails[i] {
            println!("{:<34} skipped: it is not here, or fails", job.name);
            continue;
        }
        let (middle, least) = (median(measured[i].iter().map(|m| m.0)), measured[i].iter().map(|m| m.0));
        let bytes = job.output.as_ref().map_or(f64::NAN, |path| size(Path::new(path)) as f64 / 1e6);
        let [seconds, most, largest] = job.limits;
        let least = least.fold(f64::NAN, f64::min);
        let cells =
            [middle, least, middle / seconds, memory(i), memory(i) / most, bytes, bytes / largest, middle / ours];
        print!("{:<34}", job.name);
        cells.iter().for_each(|cell| if cell.is_nan() { print!(" {:>10}", "") } else { print!(" {cell:>10.3}") });
        println!();
    }
    println!("\nmemory of 3,648 frames to that of 372: {:.2} (limit 1.10)", memory(5) / memory(6));
    let list = fs::read_to_string(folder.join("frames/frames.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(list.as_bytes());
    let changes = rows.records().map(|row| row.unwrap()[3].split("; ").filter(|c| !c.is_empty()).count());
    let (changes, still, moving) =
        (changes.sum::<usize>(), size(&folder.join("still.svg")), size(&folder.join("film.svg")));
    // the date changes in each frame but the first
    let changes = changes + 364;
    let limit = 1.3 * still as f64 + 200.0 * changes as f64;
    let receipt = receipt(&folder.join("film.svg")) - receipt(&folder.join("still.svg"));
    println!(
        "moving SVG {moving} bytes, still {still}, {changes} changes: {:.2} of 1.3 × still + 200 a change; {:.2} but for the {receipt} bytes that its receipt is longer",
        moving as f64 / limit,
        (moving as f64 - receipt as f64) / limit
    );
}

/// Bytes of the facts in a figure.
fn receipt(path: &Path) -> i64 {
    let facts = controlmap::write::receipt(&fs::read(path).unwrap()).unwrap();
    facts.iter().map(|(key, value)| (key.len() + value.len()) as i64).sum()
}

fn dataset(folder: &Path) -> Dataset {
    let project = read::project(folder).unwrap().value;
    let tables = read::tables(&project.inputs, &Folder::disk(folder.to_path_buf()), Offset(0));
    let mut found = tables.diagnostics;
    let (dataset, _) = join::join(tables.value, Offset(0)).take(&mut found);
    let errors: Vec<_> = found.iter().filter(|d| d.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    dataset
}

/// The same frame with one face in another colour.
fn recolored(frame: &Frame, face: usize, color: Color) -> Frame {
    let mut frame = frame.clone();
    for node in frame.groups.iter_mut().flat_map(|group| &mut group.nodes) {
        if let Node::Partition(map) = node {
            map.faces[face].paint = Paint::solid(color);
        }
    }
    frame
}

/// One province in another colour: its pixels alone, and the next frame with all that lies over it.
fn recolor(folder: &Path) {
    let dataset = dataset(folder);
    let [from, to] = ["2023-06-30", "2023-07-01"].map(|day| day.parse::<When>().unwrap());
    let moments = figure::moments(from, to, "day".parse::<Every>().unwrap(), Offset(0), &[]).unwrap();
    let policy = PolicyOptions::default();
    let film = Film::new(figure::Request {
        dataset: &dataset,
        timeline: timeline::resolve(&dataset, &policy, None).value,
        moments,
        only_changes: false,
        options: MapOptions { size: Some(Size { width: 1280, height: 720 }), ..MapOptions::default() },
        policy,
        title: "A year".into(),
        neighbours: None,
        caption: false,
    });
    let film = film.value.unwrap();
    let frame = film.shots(0..1).remove(0).frame;
    let maps = frame.groups.iter().flat_map(|group| &group.nodes);
    let map = maps.filter_map(|node| if let Node::Partition(map) = node { Some(map) } else { None }).next().unwrap();
    let colors = [Color::hex(0x4e79a7), Color::hex(0x59a14f)];
    let (mut alone, mut drawn) = (Vec::new(), Vec::new());
    let runs = fill(&map.arcs, map.faces.len(), ToPixel { scale: 1.0, by: [0.0; 2] }, 1280, 720);
    let index = FaceIndex::of(&runs, map.faces.len());
    let inks: Vec<Ink> = map.faces.iter().map(|face| Ink::new(&face.paint, 1.0, [0.0; 2])).collect();
    let ground = vec![[255; 4]; 1280 * 720];
    let mut image = ground.clone();
    let mut reel = Reel::new(film.page()).unwrap();
    reel.draw(std::slice::from_ref(&frame));
    for i in 0..20 * map.faces.len() {
        let (face, color) = (i % map.faces.len(), colors[i / map.faces.len() % 2]);
        let mut inks = inks.clone();
        inks[face] = Ink::new(&Paint::solid(color), 1.0, [0.0; 2]);
        let start = Instant::now();
        repaint(&runs, &index, face as u32, &inks, &ground, &mut image);
        alone.push(start.elapsed().as_secs_f64() * 1e3);
        let next = recolored(&frame, face, color);
        reel.draw(std::slice::from_ref(&frame));
        let start = Instant::now();
        reel.draw(std::slice::from_ref(&next));
        drawn.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let (alone, drawn) = (median(alone.into_iter()), median(drawn.into_iter()));
    println!("one province in another colour {alone:.3} ms: {:.2} of 0.2 ms", alone / 0.2);
    println!("  with its borders, names and symbols, as the next frame {drawn:.3} ms");
}

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("film");
    country::write(&folder);
    recolor(&folder);
    whole(&folder);
}
