//! Films: every part of one equals the whole, and every format shows the same.

use super::harness::Test;
use controlmap::figure::{self, Film, Request};
use controlmap::model::Dataset;
use controlmap::project::{Every, MapOptions, PlaceChoice, Project, Size, When};
use controlmap::read::{self, Folder};
use controlmap::scene::{Frame, Node};
use controlmap::timeline::{self, Timeline};
use controlmap::write::raster::{Image, raster};
use controlmap::write::{ANIMATIONS, Options, Stills, Timing, Transition, pictures};
use controlmap::{join, map};
use std::path::Path;
use std::sync::Mutex;

const SYRIA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/syria-2024");

struct Stock {
    project: Project,
    dataset: Dataset,
}

fn stock() -> Stock {
    let project = read::project(Path::new(SYRIA)).unwrap().value;
    let tables = read::tables(&project.inputs, &Folder::disk(SYRIA), project.period.timezone);
    let dataset = join::join(tables.value, project.period.timezone).value.0;
    Stock { project, dataset }
}

fn small() -> MapOptions {
    MapOptions { size: Some(Size { width: 800, height: 600 }), palette: Some("syria".into()), ..MapOptions::default() }
}

impl Stock {
    fn timeline(&self) -> Timeline {
        timeline::resolve(&self.dataset, &self.project.policy, None).value
    }

    fn moments(&self, every: Every) -> Vec<controlmap::model::Moment> {
        let [from, to] = ["2024-11-28", "2024-12-08"].map(|day| day.parse::<When>().unwrap());
        figure::moments(from, to, every, self.dataset.offset, &self.timeline().breakpoints()).unwrap()
    }

    fn film(&self, moments: &[controlmap::model::Moment], options: &MapOptions) -> Film<'_> {
        let Stock { project, dataset } = self;
        Film::new(Request {
            dataset,
            timeline: self.timeline(),
            moments: moments.to_vec(),
            only_changes: false,
            options: options.clone(),
            policy: project.policy.clone(),
            title: project.title.get(None).to_owned(),
            neighbours: None,
            caption: false,
        })
        .value
        .unwrap()
    }
}

fn frames(film: &Film) -> Vec<Frame> {
    let count = film.moments().len();
    film.shots(0..count).into_iter().map(|shot| shot.frame).collect()
}

fn images(page: &controlmap::scene::Film, frames: &[Frame]) -> Vec<Image> {
    let mut images = Vec::new();
    pictures(page, 0..frames.len(), &|range| frames[range].to_vec(), |_, _, pictures| {
        images.extend(pictures.iter().map(|picture| picture.image()));
        Ok(())
    })
    .unwrap();
    images
}

/// How many pixels of two images are apart by more than 2 levels, and by how many at most.
fn apart(a: &Image, b: &Image) -> (usize, u8) {
    assert_eq!((a.width, a.height), (b.width, b.height));
    let off = |(a, b): (&[u8; 4], &[u8; 4])| a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
    let off: Vec<u8> = a.pixels.iter().zip(&b.pixels).map(off).filter(|off| *off > 2).collect();
    (off.len(), off.into_iter().max().unwrap_or(0))
}

#[test]
fn a_frame_drawn_after_others_equals_the_frame_drawn_alone() {
    let (stock, options) = (stock(), small());
    let moments = stock.moments(Every::Day);
    let film = stock.film(&moments, &options);
    let all = frames(&film);
    let page = film.page().clone();
    let together = images(&page, &all);
    for (i, image) in together.iter().enumerate() {
        assert_eq!(*image, images(&page, &all[i..=i])[0], "frame {i}");
        // the still is cut to other tiles, and tiny-skia rounds a curve otherwise where it cuts it at an edge of its
        // canvas: some letters and coasts that cross an edge have a pixel or two there that differ faintly
        let still = raster(&page.scene(&all[i])).unwrap();
        let (count, most) = apart(image, &still);
        assert!(count <= 24 && most <= 20, "frame {i}: {count} pixels are up to {most} off its still");
    }
    assert!(together.windows(2).all(|pair| pair[0] != pair[1]), "the date at least differs");
    // backwards as well: nothing depends on what was drawn before
    let reversed: Vec<Frame> = all.iter().rev().cloned().collect();
    assert_eq!(images(&page, &reversed), together.into_iter().rev().collect::<Vec<_>>());
}

#[test]
fn a_film_in_parts_equals_one_run_for_any_number_of_threads() {
    let run = |args: &str, to: &str| {
        Test::new().args(&format!("frames {SYRIA} --size 800x600 -q -o {to} {args}")).stdout("").run()
    };
    let whole = run("--threads 3", "all");
    let list = std::fs::read_to_string(whole.path().join("all/frames.csv")).unwrap();
    let mut rows = list.lines().next().unwrap().to_owned() + "\n";
    let parts = ["1..1", "2..4", "5..5", "6..9", "10..11", "12..12", "13..16", "17..17"];
    for (i, part) in parts.iter().enumerate() {
        let folder = run(&format!("--threads {} --frames {part}", i % 4 + 1), "part");
        for name in folder.files() {
            let bytes = std::fs::read(folder.path().join(&name)).unwrap();
            // each part has the receipt of all
            if name.ends_with(".csv") {
                assert_eq!(name, format!("part/frames-{}.csv", part.replace("..", "-")));
                rows += String::from_utf8(bytes).unwrap().split_once('\n').unwrap().1;
            } else {
                assert!(bytes == std::fs::read(whole.path().join(name.replace("part/", "all/"))).unwrap(), "{name}");
            }
        }
    }
    assert_eq!(rows, list);
    assert_eq!(whole.files().len(), 19);
    assert!(list.contains("2024-12-05,0010.png,") && list.contains("Hama: Army (no recent word) → HTS"), "{list}");
}

#[test]
fn every_format_shows_the_frames() {
    let (stock, options) = (stock(), small());
    let moments = stock.moments(Every::Day);
    let film = stock.film(&moments, &options);
    let all = frames(&film);
    let page = film.page().clone();
    let expected = images(&page, &all);
    let timing = Timing {
        count: all.len(),
        delay: 50,
        hold: 200,
        loops: 0,
        transition: Transition::None,
        options: Options::default(),
    };
    let steps = Mutex::new(0);
    let make = |name: &str| {
        let format = ANIMATIONS.iter().find(|a| a.name == name).unwrap();
        let mut bytes = Vec::new();
        let done = |n| *steps.lock().unwrap() += n;
        (format.write)(&page, &timing, &|range| all[range].to_vec(), &done, &mut bytes).unwrap();
        bytes
    };

    let mut stills = Stills::new();
    pictures(&page, 0..all.len(), &|range| all[range].to_vec(), |first, frames, pictures| {
        let words: Vec<_> = frames.iter().map(|frame| page.words(frame)).collect();
        for (i, bytes) in stills.encode(&pictures, &words).unwrap().into_iter().enumerate() {
            let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
            let mut data = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut data).unwrap();
            let rgb: Vec<u8> = expected[first + i].pixels.iter().flat_map(|p| [p[0], p[1], p[2]]).collect();
            assert!(data == rgb, "frame {} as a still", first + i);
            let texts = &reader.info().utf8_text;
            let told = texts.iter().find(|text| text.keyword == "Description").unwrap();
            assert_eq!(told.get_text().unwrap(), frames[i].description);
        }
        Ok(())
    })
    .unwrap();

    let bytes = make("gif");
    let mut settings = gif::DecodeOptions::new();
    settings.set_color_output(gif::ColorOutput::RGBA);
    let mut reader = settings.read_info(bytes.as_slice()).unwrap();
    let mut canvas = Image { width: 800, height: 600, pixels: vec![[0; 4]; 800 * 600] };
    let mut shown = 0;
    while let Some(frame) = reader.read_next_frame().unwrap() {
        let [left, top, width] = [frame.left, frame.top, frame.width].map(usize::from);
        lay(&mut canvas, [left, top, width], &frame.buffer);
        assert_near(&canvas, &expected[shown], &format!("frame {shown} of the GIF"));
        assert_eq!(frame.delay, if shown + 1 == all.len() { 200 } else { 50 });
        shown += 1;
    }
    assert_eq!(shown, all.len());

    let bytes = make("apng");
    assert_eq!(bytes, make("apng"));
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes));
    reader.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = reader.read_info().unwrap();
    assert_eq!(reader.info().animation_control.unwrap().num_frames as usize, all.len());
    for (i, expected) in expected.iter().enumerate() {
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut data).unwrap();
        let control = *reader.info().frame_control().unwrap();
        lay(
            &mut canvas,
            [control.x_offset, control.y_offset, info.width].map(|v| v as usize),
            &data[..info.buffer_size()],
        );
        assert_near(&canvas, expected, &format!("frame {i} of the moving PNG"));
    }
}

/// Tells of pixels that the nearest of 255 colours is not near: those where two outlines meet, and nothing flat.
fn assert_near(image: &Image, expected: &Image, what: &str) {
    let off = |(a, b): (&[u8; 4], &[u8; 4])| a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
    let off: Vec<u8> = image.pixels.iter().zip(&expected.pixels).map(off).collect();
    let beyond = |limit: u8| off.iter().filter(|off| **off > limit).count();
    let found = [16, 32, 48].map(beyond);
    assert!(found[0] < 400 && found[1] < 50 && found[2] == 0, "{what}: {found:?} pixels are off by 16, 32, 48 levels");
}

/// Lays pixels over a canvas where they are not transparent.
fn lay(canvas: &mut Image, [left, top, width]: [usize; 3], data: &[u8]) {
    for (i, pixel) in data.chunks_exact(4).enumerate().filter(|(_, pixel)| pixel[3] == 255) {
        let at = (top + i / width) * canvas.width as usize + left + i % width;
        canvas.pixels[at].copy_from_slice(pixel);
    }
}

/// The texts of a group, in its order.
fn texts(nodes: &[Node], id: &str) -> Vec<(String, [f64; 2])> {
    let mut found = Vec::new();
    for node in nodes {
        match node {
            Node::Group(group) if group.id == id || id.is_empty() => found.extend(texts(&group.nodes, "")),
            Node::Group(group) => found.extend(texts(&group.nodes, id)),
            Node::Text(text) if id.is_empty() => found.push((text.text.clone(), text.at)),
            _ => {}
        }
    }
    found
}

#[test]
fn the_legend_of_a_film_is_the_union_of_its_stills() {
    let stock = stock();
    let size = Some(Size { width: 1600, height: 1200 });
    let options = MapOptions { places: Some(PlaceChoice::None), size, ..small() };
    let moments = stock.moments(Every::Day);
    let film = stock.film(&moments, &options);
    // a film has lengths of time where a still has dates, and no areas, which are those of a day
    let is_of_a_day = |line: &str| {
        ["Faded", "Strike", "Clash", "since", "(South", "November", "December", "October"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    // word by word, as legends of other widths break their lines elsewhere
    let words = |nodes: &[Node]| {
        let lines = texts(nodes, "legend").into_iter().map(|(line, _)| line).filter(|line| !is_of_a_day(line));
        let lines = lines.map(|line| line.split_once(" (South").map_or(line.clone(), |(before, _)| before.to_owned()));
        let words = lines.flat_map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        words.filter(|word| !word.contains(|c: char| c.is_ascii_digit())).collect::<std::collections::BTreeSet<_>>()
    };
    let mut union = std::collections::BTreeSet::new();
    for moment in &moments {
        let drawn = map::draw(&map::Request {
            dataset: &stock.dataset,
            snapshot: &stock.timeline().snapshot(&stock.dataset, *moment),
            options: &options,
            policy: &stock.project.policy,
            title: "",
            neighbours: None,
        });
        union.extend(words(&drawn.value.unwrap().scene.nodes));
    }
    assert_eq!(words(&film.page().page.nodes), union);
}

#[test]
fn the_front_of_a_film_moves_and_has_its_band_and_keys() {
    let stock = stock();
    let options = MapOptions { front_line: Some(true), ..small() };
    let film = stock.film(&stock.moments(Every::Day), &options);
    let keys: Vec<String> = texts(&film.page().page.nodes, "legend").into_iter().map(|(words, _)| words).collect();
    let keys = keys.join(" ");
    assert!(keys.contains("Band: border of ground") && !keys.contains("{km}") && !keys.contains("certain:"), "{keys}");
    let borders = |frame: &Frame, id: &str| -> Vec<u32> {
        let maps = frame.groups.iter().flat_map(|group| &group.nodes);
        let maps = maps.filter_map(|node| if let Node::Partition(map) = node { Some(map) } else { None });
        maps.flat_map(|map| &map.strokes).filter(|s| s.id == id).flat_map(|s| s.arcs.clone()).collect()
    };
    let all = frames(&film);
    for id in ["front-line", "front-band"] {
        let lines: std::collections::BTreeSet<Vec<u32>> = all.iter().map(|frame| borders(frame, id)).collect();
        assert!(lines.len() > 1 && lines.iter().any(|arcs| !arcs.is_empty()), "{id}: {lines:?}");
    }
    let maps = all.iter().flat_map(|frame| &frame.groups).flat_map(|group| &group.nodes);
    let order = maps.filter_map(|node| {
        let Node::Partition(map) = node else { return None };
        let of = |id: &str| map.strokes.iter().position(|s| s.id == id);
        of("front-band").zip(of("front-line"))
    });
    let order: Vec<(usize, usize)> = order.collect();
    assert!(!order.is_empty() && order.iter().all(|(band, line)| band < line), "the line lies above: {order:?}");
}

#[test]
fn names_and_symbols_keep_their_places() {
    let (stock, options) = (stock(), small());
    let moments = stock.moments(Every::Day);
    let film = stock.film(&moments, &options);
    let mut known: std::collections::BTreeMap<(usize, String), [f64; 2]> = std::collections::BTreeMap::new();
    for frame in frames(&film) {
        for (group, id) in ["region-names", "place-names"].iter().enumerate() {
            let found = frame.groups.iter().find(|g| g.id == *id).unwrap();
            assert!(!found.nodes.is_empty());
            // a share may stand in two regions
            for (words, at) in texts(&found.nodes, "").into_iter().filter(|(words, _)| !words.ends_with('%')) {
                assert_eq!(*known.entry((group, words.clone())).or_insert(at), at, "{words}");
            }
        }
    }
}

#[test]
fn with_every_change_each_frame_changes_something() {
    let folder = Test::new().args(&format!("frames {SYRIA} --every change --size 800x600 -q -o f")).run();
    let list = std::fs::read_to_string(folder.path().join("f/frames.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(list.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.unwrap()).collect();
    assert!(rows.len() > 5 && rows.len() < 17, "{}", rows.len());
    assert!(rows[1..].iter().all(|row| !row[3].is_empty()), "{list}");
    assert_eq!(&rows[0][3], "");
}

#[test]
fn a_film_that_cannot_be_is_refused_and_leaves_what_was_there() {
    let run = |args: &str, status: i32, says: &str| {
        let folder = Test::new().file("film.gif", "old").args(args).status(status).stderr_has(says).run();
        assert_eq!(folder.files(), ["film.gif"]);
        assert_eq!(std::fs::read(folder.path().join("film.gif")).unwrap(), b"old");
    };
    run(&format!("animate {SYRIA} --every fortnight -o film.gif"), 2, "is no step; write `day`");
    run(&format!("animate {SYRIA} --from 2024-12-08 --to 2024-12-01 -o film.gif"), 2, "is before");
    run(&format!("animate {SYRIA} --palette none -o film.gif"), 1, "none");
    run(&format!("animate {SYRIA} -o film.mov"), 2, "names no format");
    run(&format!("animate {SYRIA} --fps 0 -o film.gif"), 2, "is no rate");
    run(&format!("frames {SYRIA} --frames 3..90 -o f"), 2, "the film has 17");
}
