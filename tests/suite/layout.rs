//! Pages of many sizes with countries of many shapes: nothing leaves the page, nothing overlaps, no key is lost.

use super::drawing::{Joined, group, joined, partition, texts};
use super::harness::Folder;
use controlmap::project::{Digits, MapOptions, PageStyle, PolicyOptions, Shown, Size, Theme};
use controlmap::scene::{Group, Node, Scene, Segment, Text};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Name, and the lower left corners of its regions in steps of a degree and a half.
type Country = (&'static str, &'static [[i32; 2]]);

const COUNTRIES: [Country; 4] = [
    ("tall", &[[0, 0], [0, 1], [0, 2], [0, 3], [0, 4], [1, 5], [1, 6], [0, 6], [0, 7], [0, 8], [0, 9], [0, 10]]),
    ("wide", &[[0, 0], [1, 0], [2, 0], [3, 0], [3, 1], [4, 1], [5, 1], [6, 1], [7, 0], [8, 0], [9, 0], [10, 0]]),
    ("split", &[[0, 0], [2, 1], [4, 0], [5, 0], [7, 3], [9, 1], [9, 2], [12, 0]]),
    ("compact", &[[0, 0], [1, 0], [0, 1], [1, 1], [2, 1], [1, 2], [2, 2], [2, 3]]),
];

const SIZES: [[u32; 2]; 8] =
    [[400, 300], [300, 400], [1200, 1200], [1600, 900], [1600, 1200], [1080, 1920], [3840, 2160], [8000, 6000]];

/// What is said of each region in turn: many classes, so that the legend is long.
const WORDS: [&str; 8] = [
    "army,,,",
    "front,,,",
    "army;front,contested,,",
    "front,,65%,army",
    "coast;front,contested,,",
    "army,lost,,",
    "coast,,,",
    ",vacant,,",
];

/// The words of the keys of a page where there is room.
const KEYS: [&str; 8] =
    ["Army", "Front", "Coast", "Parts held", "Contested", "No longer held", "Held by nobody", "Town or city"];

/// Writes a country's project, reads and joins it.
fn country((name, squares): Country) -> (Folder, Joined) {
    let folder = Folder::new();
    let (mut features, mut events) = (String::new(), "date,place,actor,status,share,opponent,source\n".to_owned());
    let mut places = "id,name,lat,lon,level,population,kind\n".to_owned();
    for (i, [x, y]) in squares.iter().enumerate() {
        let (w, s) = (f64::from(*x) * 1.5 + 20.0, f64::from(*y) * 1.5 + 30.0);
        let (e, n) = (w + 1.5, s + 1.5);
        let comma = if i == 0 { "" } else { "," };
        write!(
            features,
            r#"{comma}{{"type":"Feature","properties":{{"id":"R{i}","name":"Region {i}"}},"geometry":{{"type":"Polygon","coordinates":[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]}}}}"#
        )
        .unwrap();
        writeln!(events, "2030-03-0{},R{i},{},Gazette {i}", i % 8 + 1, WORDS[i % 8]).unwrap();
        writeln!(places, "t{i},Town {i},{},{},settlement,{},city", s + 0.4, w + 1.2, 9000 * (i + 1)).unwrap();
        writeln!(events, "2030-03-09,t{i},army,,,,Herald").unwrap();
    }
    let toml = format!(
        "title = \"The {name} country in the third year of its long and undecided war\"\n\
         boundaries = {{ file = \"b.geojson\", level = \"adm1\", id = \"id\", name = \"name\", edition = \"invented\" }}\n\
         events = \"events.csv\"\nactors = \"actors.csv\"\nplaces = \"places.csv\"\n\
         [map]\ncontext = false\n"
    );
    let actors = "id,name,short\narmy,Army of the whole land,Army\nfront,Front for its liberation,Front\n\
                  coast,Coast council and its allies,Coast\n";
    let features = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
    for (file, text) in [
        ("controlmap.toml", toml.as_str()),
        ("b.geojson", &features),
        ("events.csv", &events),
        ("actors.csv", actors),
        ("places.csv", &places),
    ] {
        fs::write(folder.path().join(file), text).unwrap();
    }
    let joined = joined(folder.path(), "controlmap.toml");
    (folder, joined)
}

pub fn draw(joined: &mut Joined, options: MapOptions) -> Scene {
    joined.scene("2030-03-12", options, PolicyOptions::default())
}

pub fn sized([width, height]: [u32; 2]) -> MapOptions {
    MapOptions { size: Some(Size { width, height }), ..MapOptions::default() }
}

/// The box around what a group draws, but for what it clips.
pub fn extent(group: &Group) -> [f64; 4] {
    if let Some(clip) = group.clip {
        return clip;
    }
    let mut all = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let mut take = |[x, y]: [f64; 2]| {
        all = [all[0].min(x), all[1].min(y), all[2].max(x), all[3].max(y)];
    };
    super::drawing::each_node(&group.nodes, &mut |node| match node {
        Node::Text(text) => {
            let [x, y, w, h] = letters(text);
            take([x, y]);
            take([x + w, y + h]);
        }
        Node::Path(path) => path.segments.iter().for_each(|s| match s {
            Segment::Move(p) | Segment::Line(p) | Segment::Cubic(_, _, p) => take(*p),
            Segment::Close => {}
        }),
        _ => {}
    });
    [all[0], all[1], all[2] - all[0], all[3] - all[1]]
}

/// The box that letters fill, less than the font's line.
fn letters(text: &Text) -> [f64; 4] {
    [text.left(), text.at[1] - 0.8 * text.size, text.shaped.width, 1.05 * text.size]
}

pub fn meet(a: [f64; 4], b: [f64; 4]) -> bool {
    let slack = 0.5;
    a[0] + slack < b[0] + b[2] && b[0] + slack < a[0] + a[2] && a[1] + slack < b[1] + b[3] && b[1] + slack < a[1] + a[3]
}

/// Everything wrong with a page, in words.
fn faults(scene: &Scene) -> Vec<String> {
    let mut all = Vec::new();
    for text in texts(&scene.nodes) {
        let [x, y, w, h] = letters(text);
        if x < 0.0 || y < 0.0 || x + w > scene.width || y + h > scene.height {
            all.push(format!("{:?} leaves the page", text.text));
        }
        if text.size < 11.0 {
            all.push(format!("{:?} is set in {} px", text.text, text.size));
        }
    }
    let [heading, map, legend, credits] = ["heading", "map", "legend", "credits"].map(|id| group(scene, id));
    let boxes = [heading, map, legend, credits].map(extent);
    for (i, a) in boxes.iter().enumerate() {
        for (j, b) in boxes.iter().enumerate().skip(i + 1) {
            // the legend may stand on the panel, though not on data
            if (i, j) != (1, 2) && meet(*a, *b) {
                all.push(format!("parts {i} and {j} meet: {a:?} {b:?}"));
            }
        }
    }
    let on_data = partition(scene).arcs.iter().flat_map(|a| a.points.windows(2)).any(|ends| {
        // regions here are large: their borders are sampled often enough to hit a box that covers any
        (0..=64).any(|i| {
            let t = f64::from(i) / 64.0;
            let p = [0, 1].map(|k| ends[0][k] + (ends[1][k] - ends[0][k]) * t);
            meet(boxes[2], [p[0] - 1.0, p[1] - 1.0, 2.0, 2.0])
        })
    });
    if on_data {
        all.push(format!("the legend {:?} stands on data", boxes[2]));
    }
    let [_, _, w, h] = boxes[1];
    if w * h < 0.2 * scene.width * scene.height {
        all.push(format!("the map has only {w} x {h}"));
    }
    all
}

/// Its texts as one.
pub fn lines(group: &Group) -> String {
    texts(&group.nodes).iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_page_holds_its_parts_apart() {
    for shape in COUNTRIES {
        let (_folder, mut joined) = country(shape);
        for size in SIZES {
            let scene = draw(&mut joined, sized(size));
            assert_eq!(faults(&scene), [""; 0], "{} at {size:?}", shape.0);
        }
    }
}

#[test]
fn every_class_drawn_has_its_key_at_every_size() {
    let (_folder, mut joined) = country(COUNTRIES[3]);
    for size in SIZES {
        let scene = draw(&mut joined, sized(size));
        let legend = lines(group(&scene, "legend"));
        let is_small = size[0] * size[1] < 200_000;
        for key in KEYS {
            // the smallest pages draw no towns, and say the same in fewer words
            let drawn = key != "Town or city" || group(&scene, "places").nodes.len() > 3;
            let short = [("No longer held", "Lost"), ("Held by nobody", "Nobody")];
            let in_short = short.iter().any(|(long, short)| key == *long && legend.contains(short));
            let found = legend.contains(key) || (is_small && in_short);
            assert!(found || !drawn, "{key} at {size:?}: {legend}");
        }
    }
}

#[test]
fn styles_themes_and_elements_keep_the_page_in_order() {
    let (_folder, mut joined) = country(COUNTRIES[2]);
    for style in [PageStyle::Web, PageStyle::Print, PageStyle::Slide, PageStyle::Social] {
        for theme in [Theme::Light, Theme::Dark, Theme::Grey] {
            let options = MapOptions {
                style: Some(style),
                theme: Some(theme),
                graticule: Some(Shown::Always),
                north: Some(Shown::Always),
                inset: Some(Shown::Always),
                disclaimer: Some("who".into()),
                ..MapOptions::default()
            };
            let scene = draw(&mut joined, options);
            assert_eq!(faults(&scene), [""; 0], "{style:?} {theme:?}");
            let credits = lines(group(&scene, "credits"));
            assert!(credits.contains("World Health Organization"), "{credits}");
            assert!(texts(&group(&scene, "degrees").nodes).len() > 3);
            assert!(!group(&scene, "inset").nodes.is_empty());
        }
    }
}

#[test]
fn an_arabic_page_is_mirrored_and_takes_its_digits() {
    let (_folder, mut joined) = country(COUNTRIES[0]);
    let options = MapOptions { lang: Some("ar".into()), digits: Some(Digits::Arabic), ..sized([1600, 1200]) };
    let scene = draw(&mut joined, options);
    assert_eq!(faults(&scene), [""; 0]);
    let [map, legend] = ["map", "legend"].map(|id| extent(group(&scene, id)));
    // beside the map or on it
    let middle = |[x, _, w, _]: [f64; 4]| x + w / 2.0;
    assert!(middle(legend) < middle(map), "{legend:?} {map:?}");
    let heading = texts(&group(&scene, "heading").nodes);
    assert!(heading.iter().any(|t| t.text.contains("١٢") && t.text.contains("٢٠٣٠")));
}

#[test]
fn a_close_up_says_where_it_is_and_a_whole_country_does_not() {
    let (_folder, mut joined) = country(COUNTRIES[2]);
    let near = MapOptions { extent: Some("19,29,23.5,32.5".into()), ..sized([1600, 1200]) };
    assert!(!group(&draw(&mut joined, near), "inset").nodes.is_empty());
    let scene = draw(&mut joined, sized([1600, 1200]));
    let mut insets = 0;
    super::drawing::each_node(&scene.nodes, &mut |node| {
        insets += u32::from(matches!(node, Node::Group(g) if g.id == "inset"));
    });
    assert_eq!(insets, 0);
}

#[test]
fn the_smallest_page_still_has_a_key_for_each_of_many_classes() {
    let mut joined = joined(Path::new("data/syria-2024"), "controlmap.toml");
    for size in [[400, 300], [300, 400]] {
        let scene = joined.scene("2024-12-07", sized(size), PolicyOptions::default());
        let legend = lines(group(&scene, "legend"));
        for key in ["Army", "HTS", "SDF", "Contested", "Parts held", "Lost", "Not known", "Strike"] {
            assert!(legend.contains(key), "{key} at {size:?}: {legend}");
        }
        assert!(texts(&group(&scene, "legend").nodes).iter().all(|t| t.size >= 11.0));
        let [_, _, w, h] = extent(group(&scene, "map"));
        assert!(w.min(h) >= 90.0, "{w} x {h} at {size:?}");
    }
}
