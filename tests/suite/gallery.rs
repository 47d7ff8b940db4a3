//! Countries that nobody drew by hand: borders, holders and towns from a seed, and the rules that each map keeps.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use super::drawing::{joined, partition, texts};
use super::harness::Folder;
use super::scene::faults;
use controlmap::palette::{contrast, luminance};
use controlmap::project::{MapOptions, PolicyOptions, Size};
use controlmap::scene::{Color, Scene, Text};
use controlmap::write::raster::raster;
use controlmap::write::{FORMATS, Fonts, Options};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Numbers from a seed, the same on every machine.
struct Dice(u64);

impl Dice {
    /// A number from 0 to 1.
    fn part(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1_u32 << 31)
    }

    /// A whole number below a limit.
    fn below(&mut self, limit: usize) -> usize {
        (self.part() * limit as f64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// A name of two to four syllables.
fn name(dice: &mut Dice) -> String {
    let parts = 2 + dice.below(3);
    let word: String = (0..parts)
        .map(|_| dice.one(&["ba", "dor", "el", "gra", "him", "ko", "lu", "mar", "ne", "sta", "ti", "vo"]))
        .collect();
    word[..1].to_uppercase() + &word[1..]
}

/// Writes a country on a crooked grid, with towns and a word about nearly every place.
fn country(seed: u64) -> Folder {
    let mut dice = Dice(seed);
    let (columns, rows) = (2 + dice.below(4), 2 + dice.below(3));
    let (west, south, side) = (-100.0 + 200.0 * dice.part(), -45.0 + 90.0 * dice.part(), 0.3 + 1.4 * dice.part());
    let corners: Vec<[f64; 2]> = (0..=rows)
        .flat_map(|row| (0..=columns).map(move |column| (row, column)))
        .map(|(row, column)| {
            let mut at = |start: f64, step: usize| start + side * (step as f64 + 0.6 * dice.part() - 0.3);
            [at(west, column), at(south, row)]
        })
        .collect();
    let mut features = Vec::new();
    let mut events = String::from("date,place,level,actor,status,share,opponent,source\n");
    let mut places = String::from("id,name,lat,lon,level,region,population,kind\n");
    let actors = ["north", "south", "east", "west"];
    for row in 0..rows {
        for column in 0..columns {
            let id = format!("R{row}{column}");
            let ring = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)];
            let ring: Vec<String> = ring
                .iter()
                .map(|(up, along)| {
                    let [x, y] = corners[(row + up) * (columns + 1) + column + along];
                    format!("[{x:.5},{y:.5}]")
                })
                .collect();
            let called = name(&mut dice);
            features.push(format!(
                r#"{{"type":"Feature","properties":{{"code":"{id}","name":"{called} {id}"}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
                ring.join(",")
            ));
            let (a, b) = (dice.one(&actors), dice.one(&["guild", "league"]));
            let word = match dice.below(10) {
                0 => format!("{a};{b},contested,,"),
                1 => format!("{a};{b},shared,,"),
                2 => format!("{a},lost,,"),
                3 => ",vacant,,".to_owned(),
                // an even share is drawn as evenly as a contest; its label tells them apart
                4 => format!("{a},,{}%,{b}", dice.one(&["20", "35", "45", "60", "~70", ">80"])),
                5 => continue,
                _ => format!("{a},,,"),
            };
            writeln!(events, "2030-01-0{},{id},,{word},S", 1 + dice.below(9)).unwrap();
            for town in 0..dice.below(4) {
                let inside = |dice: &mut Dice, low: usize| low as f64 + 0.35 + 0.3 * dice.part();
                let (lon, lat) = (west + side * inside(&mut dice, column), south + side * inside(&mut dice, row));
                let (called, people) = (name(&mut dice), 2_000 + dice.below(900_000));
                writeln!(places, "{id}-{town},{called} {id}{town},{lat:.4},{lon:.4},settlement,{id},{people},town")
                    .unwrap();
                writeln!(events, "2030-01-05,{id}-{town},settlement,{},,,,S", dice.one(&actors)).unwrap();
            }
        }
    }
    let folder = Folder::new();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let boundaries = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    put("boundaries.geojson", &boundaries);
    put("events.csv", &events);
    put("places.csv", &places);
    put(
        "controlmap.toml",
        "title = \"A country from a seed\"\nevents = \"events.csv\"\nplaces = \"places.csv\"\n\
         boundaries = { file = \"boundaries.geojson\", level = \"adm1\", id = \"code\", name = \"name\" }\n",
    );
    folder
}

/// The map of a seed's country, of a form that the seed chooses too.
fn draw(seed: u64) -> Scene {
    let folder = country(seed);
    let (width, height) = [(800, 600), (1000, 500), (600, 900), (1200, 900)][(seed % 4) as usize];
    let options = MapOptions { size: Some(Size { width, height }), ..MapOptions::default() };
    joined(folder.path(), "controlmap.toml").scene("2030-01-20", options, PolicyOptions::default())
}

#[test]
fn countries_from_a_seed_keep_the_rules_of_figures() {
    let of = |seed| faults(&draw(seed)).into_iter().map(move |fault| format!("seed {seed}: {fault}"));
    let wrong: Vec<String> = (1..=24).flat_map(of).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The darkest flat fill behind a text's start, middle and end; white beside all regions.
fn ground(scene: &Scene, text: &Text) -> Color {
    let partition = partition(scene);
    let [x, y, w, h] = text.bounds();
    let spots = [0.0, 0.5, 1.0].map(|along| [x + along * w, y + h / 2.0]);
    let crosses = |[a, b]: [[f64; 2]; 2], [x, y]: [f64; 2]| {
        (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    };
    let mut darkest = Color::WHITE;
    for (face, rings) in partition.all_rings() {
        let Some(fill) = partition.faces[face as usize].paint.as_solid() else { continue };
        let rings: Vec<Vec<[f64; 2]>> = rings.iter().map(|ring| partition.points(ring)).collect();
        let is_in = |spot: [f64; 2]| {
            let edges = rings.iter().flat_map(|r| (0..r.len()).map(|i| [r[i], r[(i + 1) % r.len()]]));
            edges.filter(|edge| crosses(*edge, spot)).count() % 2 == 1
        };
        if luminance(fill) < luminance(darkest) && spots.into_iter().any(is_in) {
            darkest = fill;
        }
    }
    darkest
}

#[test]
fn every_text_shows_on_what_lies_behind_it() {
    for seed in 1..=24 {
        let scene = draw(seed);
        for text in texts(&scene.nodes) {
            // what is behind shines through the rim
            let behind = text.halo.map_or(Color::WHITE, |halo| {
                let rim = Color { a: 255, ..halo.color };
                ground(&scene, text).mix(rim, f64::from(halo.color.a) / 255.0)
            });
            let contrast = contrast(text.color, behind);
            // names of neighbours are part of the ground, not of the data
            let least = if text.color == Color::hex(0x7A_73_68) { 3.0 } else { 4.5 };
            assert!(
                contrast >= least,
                "seed {seed}: {:?} has a contrast of {contrast:.2}: {:?} on {behind:?}, {:?}",
                text.text,
                text.color,
                text.halo
            );
        }
    }
}

/// A program that draws an SVG file as a PNG file of a size.
struct Viewer {
    program: &'static str,
    arguments: fn(source: &Path, target: &Path, size: [u32; 2]) -> Vec<OsString>,
}

const RSVG: Viewer =
    Viewer { program: "rsvg-convert", arguments: |source, target, _| vec!["-o".into(), target.into(), source.into()] };

const CHROMIUM: Viewer = Viewer {
    program: "chromium",
    arguments: |source, target, [width, height]| {
        let mut screenshot = OsString::from("--screenshot=");
        screenshot.push(target);
        let mut profile = OsString::from("--user-data-dir=");
        profile.push(target.with_extension("profile"));
        let mut all: Vec<OsString> =
            ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"]
                .map(Into::into)
                .into();
        all.extend([profile, screenshot, format!("--window-size={width},{height}").into(), source.into()]);
        all
    },
};

impl Viewer {
    /// Draws the maps of some seeds and tells where the pixels are not ours.
    ///
    /// Where the program is missing nothing is compared, but on a build machine that is a fault.
    fn compare(&self, seeds: &[u64]) {
        if Command::new(self.program).arg("--version").output().is_err() {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is missing", self.program);
            return;
        }
        let svg = FORMATS.iter().find(|f| f.name == "svg").unwrap();
        for seed in seeds {
            let scene = draw(*seed);
            let folder = Folder::new();
            let [source, target] = ["map.svg", "map.png"].map(|name| folder.path().join(name));
            fs::write(&source, (svg.write)(&scene, &Options { fonts: Fonts::Outline }).unwrap()).unwrap();
            let ours = raster(&scene).unwrap();
            let arguments = (self.arguments)(&source, &target, [ours.width, ours.height]);
            let done = Command::new(self.program).args(arguments).output().unwrap();
            assert!(done.status.success(), "{}: {}", self.program, String::from_utf8_lossy(&done.stderr));
            let mut reader =
                png::Decoder::new(std::io::BufReader::new(fs::File::open(&target).unwrap())).read_info().unwrap();
            let mut theirs = vec![0; reader.output_buffer_size().unwrap()];
            let info = reader.next_frame(&mut theirs).unwrap();
            assert_eq!((info.width, info.height), (ours.width, ours.height), "{}, seed {seed}", self.program);
            let channels = info.color_type.samples();
            let (mut sum, mut far) = (0.0, 0);
            for (a, b) in ours.pixels.iter().zip(theirs.chunks(channels)) {
                let off = (0..3).map(|i| a[i].abs_diff(b[i])).max().unwrap();
                sum += f64::from(off);
                far += usize::from(off > 64);
            }
            let pixels = ours.pixels.len() as f64;
            let told = format!("{}, seed {seed}", self.program);
            // every edge is weighed a little differently; a fill in another colour or place is far more than that
            assert!(sum / pixels < 2.5, "{told}: pixels are off by {:.3} on average", sum / pixels);
            assert!((far as f64) < 0.005 * pixels, "{told}: {far} of {pixels} pixels differ");
        }
    }
}

#[test]
fn librsvg_draws_our_svg_as_we_draw_our_png() {
    RSVG.compare(&[8, 13, 3]);
}

#[test]
fn chromium_draws_our_svg_as_we_draw_our_png() {
    CHROMIUM.compare(&[8, 13]);
}
