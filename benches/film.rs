//! Films against their limits: 365 daily frames of 1280×720 pixels, 14 provinces of some 20,000 vertices,
//! 600 events, as numbered PNG, GIF and moving PNG; and ten times as many frames in no more memory.
//!
//! `cargo bench --bench film`; with `FILM_KEEP=DIR` the files are kept there.
#![allow(clippy::print_stdout, missing_docs)]

use controlmap::diag::Severity;
use controlmap::figure::{self, Film, MOST_FRAMES};
use controlmap::join;
use controlmap::model::{Dataset, Offset};
use controlmap::project::{BoundaryInput, Every, Inputs, MapOptions, PolicyOptions, Size, When};
use controlmap::read::{self, Folder};
use controlmap::timeline;
use controlmap::write::{self, ANIMATIONS, Options, Timing, Transition};
use rayon::prelude::*;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

struct Random(u64);

impl Random {
    /// In 0…1.
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() * end as f64) as usize
    }
}

/// Points of a line that wriggles between two points, without the last.
fn wriggle(random: &mut Random, a: [f64; 2], b: [f64; 2], height: f64, count: u32, points: &mut Vec<[f64; 2]>) {
    if count <= 1 {
        points.push(a);
        return;
    }
    let h = (random.next() * 2.0 - 1.0) * height;
    let middle = [(a[0] + b[0]) / 2.0 + (a[1] - b[1]) * h, (a[1] + b[1]) / 2.0 + (b[0] - a[0]) * h];
    wriggle(random, a, middle, height * 0.7, count / 2, points);
    wriggle(random, middle, b, height * 0.7, count - count / 2, points);
}

/// Seven by two provinces between 36 and 43 degrees east.
fn boundaries() -> String {
    let node = |x: u32, y: u32| [36.0 + f64::from(x), 33.0 + 2.0 * f64::from(y)];
    let side = |from: [u32; 2], to: [u32; 2]| {
        // the same points from whichever side the border is walked
        let (low, high) = if from <= to { (from, to) } else { (to, from) };
        let seed = u64::from(low[0] * 1000 + low[1] * 100 + high[0] * 10 + high[1] + 1);
        let mut points = Vec::new();
        wriggle(
            &mut Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            node(low[0], low[1]),
            node(high[0], high[1]),
            0.1,
            540,
            &mut points,
        );
        points.push(node(high[0], high[1]));
        if from > to {
            points.reverse();
        }
        points.pop();
        points
    };
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for i in 0..14u32 {
        let (x, y) = (i % 7, i / 7);
        let corners = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]];
        let ring: Vec<[f64; 2]> = (0..4).flat_map(|k| side(corners[k], corners[(k + 1) % 4])).collect();
        let comma = if i == 0 { "" } else { "," };
        let _ = write!(
            text,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"id\":\"P{i:02}\",\"name\":\"Province {i}\"}},"
        );
        text.push_str("\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[");
        for p in ring.iter().chain(&ring[..1]) {
            let _ = write!(text, "[{:.6},{:.6}],", p[0], p[1]);
        }
        text.pop();
        text.push_str("]]}}");
    }
    text.push_str("]}");
    text
}

fn events() -> String {
    let mut random = Random(20_241_208);
    let mut text = String::from("date,place,actor,share,stance\n");
    let actors = ["army", "rebels", "north", "league", "south"];
    for i in 0..600 {
        let day = if i < 14 { 0 } else { random.below(365) };
        let date =
            jiff::civil::Date::constant(2023, 1, 1).checked_add(jiff::Span::new().days(day as i64)).expect("a date");
        let place = if i < 14 { i } else { random.below(14) };
        let share = if random.next() < 0.25 { format!("{}%", 10 + 10 * random.below(9)) } else { String::new() };
        let _ = writeln!(text, "{date},P{place:02},{},{share},reported", actors[random.below(5)]);
    }
    text
}

fn dataset() -> Dataset {
    let folder = std::env::temp_dir().join(format!("controlmap-bench-film-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("b.geojson"), boundaries()).expect("a file");
    std::fs::write(folder.join("e.csv"), events()).expect("a file");
    let inputs =
        Inputs { boundaries: vec![BoundaryInput::new("b.geojson")], events: vec!["e.csv".into()], ..Inputs::default() };
    let tables = read::tables(&inputs, &Folder::disk(folder.clone()), Offset(0));
    let mut found = tables.diagnostics;
    let (dataset, _) = join::join(tables.value, Offset(0)).take(&mut found);
    std::fs::remove_dir_all(folder).expect("the folder");
    let errors: Vec<_> = found.iter().filter(|d| d.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    dataset
}

/// The most memory that the process ever had, in MB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<f64>().ok()).map_or(0.0, |kb| kb / 1024.0)
}

fn ratio(what: &str, value: f64, unit: &str, limit: f64) {
    println!("{what:<44} {value:>9.2} {unit:<3} limit {limit:>7.2}   {:>5.2} of it", value / limit);
}

fn film<'a>(
    dataset: &'a Dataset,
    moments: &[controlmap::model::Moment],
    options: &MapOptions,
    policy: &PolicyOptions,
) -> Film<'a> {
    let request = figure::Request {
        dataset,
        timeline: timeline::resolve(dataset, policy, None).value,
        moments: moments.to_vec(),
        only_changes: false,
        options: options.clone(),
        policy: policy.clone(),
        title: "A year".into(),
        neighbours: None,
        caption: false,
    };
    Film::new(request).value.expect("a film")
}

fn main() {
    let dataset = dataset();
    let policy = PolicyOptions::default();
    let options = MapOptions { size: Some(Size { width: 1280, height: 720 }), ..MapOptions::default() };
    let when = |text: &str| text.parse::<When>().expect("a date");
    let moments = |to: &str, every: &str| {
        let every: Every = every.parse().expect("a step");
        figure::moments(when("2023-01-01"), when(to), every, Offset(0), &[]).expect("moments")
    };
    let year = moments("2023-12-31", "day");
    let vertices: usize =
        dataset.regions.regions.iter().flat_map(|r| &r.geometry.0).map(|p| p.exterior().0.len()).sum();
    println!(
        "{} frames of 1280×720, {} regions, {vertices} ring vertices, {} events\n",
        year.len(),
        dataset.regions.regions.len(),
        dataset.events.len()
    );
    assert!(year.len() < MOST_FRAMES);
    let keep = std::env::var_os("FILM_KEEP").map(PathBuf::from);

    let frames = |moments: &[controlmap::model::Moment]| {
        let start = Instant::now();
        let film = film(&dataset, moments, &options, &policy);
        let laid_out = start.elapsed().as_secs_f64();
        let page = film.page();
        let sum = AtomicU64::new(0);
        let shots = |range| film.shots(range).into_iter().map(|shot| shot.frame).collect();
        let mut stills = write::Stills::new();
        write::pictures(page, 0..moments.len(), &shots, |first, frames, pictures| {
            let words: Vec<_> = frames.iter().map(|frame| page.words(frame)).collect();
            let files = stills.encode(&pictures, &words)?;
            files.par_iter().enumerate().try_for_each(|(i, bytes)| {
                sum.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                keep.as_ref().map_or(Ok(()), |dir| write::save(&dir.join(format!("{:04}.png", first + i)), bytes))
            })
        })
        .expect("frames");
        (start.elapsed().as_secs_f64(), laid_out, sum.load(Ordering::Relaxed) as f64 / 1e6)
    };
    let (mut seconds, mut laid_out, mut size) = frames(&year);
    let memory = peak();
    for _ in 0..2 {
        let again = frames(&year);
        if again.0 < seconds {
            (seconds, laid_out, size) = again;
        }
    }
    ratio("PNG frames", seconds, "s", 0.7);
    println!("  of which {laid_out:.3} s for the layout; {size:.1} MB of files");
    ratio("PNG frames, memory", memory, "MB", 120.0);
    for (name, time, most) in [("gif", 1.2, 1.5), ("apng", 0.8, 2.0)] {
        let format = ANIMATIONS.iter().find(|a| a.name == name).expect("a format");
        let mut best = f64::MAX;
        let mut bytes = Vec::new();
        for _ in 0..3 {
            let start = Instant::now();
            let film = film(&dataset, &year, &options, &policy);
            let (transition, options) = (Transition::None, Options::default());
            let timing = Timing { count: year.len(), delay: 4, hold: 200, loops: 0, transition, options };
            let shots = |range| film.shots(range).into_iter().map(|shot| shot.frame).collect();
            bytes.clear();
            (format.write)(film.page(), &timing, &shots, &|_| {}, &mut bytes).expect("a film");
            best = best.min(start.elapsed().as_secs_f64());
        }
        ratio(name, best, "s", time);
        ratio(&format!("{name}, size"), bytes.len() as f64 / 1e6, "MB", most);
        if let Some(dir) = &keep {
            write::save(&dir.join(format!("film.{}", format.extension)), &bytes).expect("a file");
        }
    }
    let before = peak();
    let many = moments("2025-07-01", "6h");
    let (seconds, _, _) = frames(&many);
    println!("{} frames in {seconds:.2} s", many.len());
    ratio("their memory, to that of all before", peak(), "MB", before);
}
