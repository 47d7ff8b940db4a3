//! Reports as a whole: what is told, by which command, how much of it, and what does not follow from something else.

use super::harness::{Test, output};
use std::fs;
use std::path::Path;

fn tidy() -> Test {
    Test::new().copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tidy"))
}

/// Boundaries of boxes: a code, and west, south, east, north.
fn boxes(regions: &[(&str, [f64; 4])]) -> String {
    let feature = |(code, [w, s, e, n]): &(&str, [f64; 4])| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{code}\",\"name\":\"{code}\"}},\"geometry\":\
             {{\"type\":\"Polygon\",\"coordinates\":[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]}}}}"
        )
    };
    let features: Vec<String> = regions.iter().map(feature).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

/// What a run says on both streams.
fn said(test: Test, args: &str) -> String {
    let out = output(test.folder.path(), &args.split_whitespace().collect::<Vec<_>>());
    let said = String::from_utf8([out.stdout, out.stderr].concat()).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    said
}

#[test]
fn overlaps_are_told_with_their_area_by_every_command_that_they_make_wrong() {
    // no vertex and no edge in common
    let map = boxes(&[
        ("SY05", [36.0, 35.0, 37.0, 36.0]),
        ("SY04", [36.0, 34.0, 37.0, 35.0]),
        ("SY12", [36.5, 35.5, 37.5, 36.5]),
    ]);
    let told = "regions \"SY05\" and \"SY12\" overlap by 2509 km²\n  --> boundaries.geojson\n";
    for args in ["check", "map -o m.svg", "table --by actor"] {
        let said = said(tidy().file("boundaries.geojson", &map), args);
        assert!(said.contains(told), "{args}: {said}");
    }
}

#[test]
fn a_thousand_faults_of_one_kind_hide_no_other_and_all_are_told_where_asked() {
    let rows = "2024-13-01,SY05,hts\n".repeat(1_500);
    let events = format!("date,place,actor\n{rows}2024-12-05,Hamah,hts\n2024-12-05,SY05,nobody\n");
    let short = said(tidy().file("events.csv", &events), "check");
    assert_eq!(short.matches("error[bad-date]").count(), 20);
    assert!(short.contains("… and 1480 more `bad-date`; `-v` shows them\n"), "{short}");
    assert!(short.contains("error[unknown-place]: place \"Hamah\""), "{short}");
    assert!(short.contains("error[unknown-actor]: the actors table has no actor \"nobody\""), "{short}");
    assert!(short.ends_with("1502 errors\n"), "{short}");
    let whole = said(tidy().file("events.csv", &events), "check -v");
    assert_eq!(whole.matches("error[bad-date]").count(), 1_500);
    let unknown = format!("date,place,actor\n{}", "2024-12-05,SY05,nobody\n".repeat(30));
    let whole = said(tidy().file("events.csv", &unknown), "check -v");
    assert_eq!(whole.matches("error[unknown-actor]").count(), 30);
}

#[test]
fn one_slip_gives_one_fault() {
    let twice = "date,place,actor,share\n2024-12-05,SY05,hts,80\n2024-12-05,SY05,hts,90\n";
    let report = said(tidy().file("events.csv", twice), "check");
    assert!(report.ends_with("2 errors\n") && !report.contains("duplicate-row"), "{report}");
    let unknown = "date,place,actor,status\n2024-12-05,SY05,nobody,held\n2024-12-05,SY04,hts;nobody,contested\n";
    let report = said(tidy().file("events.csv", unknown), "check");
    assert!(report.ends_with("2 errors\n") && !report.contains("missing-actor"), "{report}");
    let word = "date,place,actor,status\n2024-12-05,SY05,,vacnt\n";
    assert!(said(tidy().file("events.csv", word), "check").ends_with("1 error\n"));
    let level = "date,place,actor,level\n2024-12-05,Hama,hts,province\n";
    assert!(said(tidy().file("events.csv", level), "check").ends_with("1 error\n"));
    // true ones stand
    let same = "date,place,actor\n2024-12-05,SY05,hts\n2024-12-05,SY05,hts\n2024-12-05,SY04,\n";
    let report = said(tidy().file("events.csv", same), "check");
    assert!(report.contains("duplicate-row") && report.contains("missing-actor"), "{report}");
}

#[test]
fn a_blank_at_an_end_of_an_actor_is_no_spelling() {
    let events = "date,place,actor,status,opponent\n2024-12-05,SY05,hts ,held,\n2024-12-06,SY05,hts,contested, army\n";
    for actors in ["id,name\nhts,HTS\narmy,Army\n", ""] {
        let mut test = tidy().file("events.csv", events);
        if actors.is_empty() {
            let project = fs::read_to_string(test.folder.path().join("controlmap.toml")).unwrap();
            test = test.file("controlmap.toml", project.replace("actors = \"actors.csv\"\n", ""));
        }
        let report = said(test, "check");
        assert!(
            report
                .contains("a blank stands at the end of `actor` \"hts \"\n  --> events.csv:2:3\n  hint: write \"hts\""),
            "{report}"
        );
        assert!(
            report.contains("a blank stands at the start of `opponent` \" army\"\n  --> events.csv:3:5\n"),
            "{report}"
        );
        assert!(report.ends_with("2 errors\n"), "{report}");
    }
}

#[test]
fn what_is_asked_for_and_not_there_is_refused() {
    let refused = |args: &str, code: &str, hint: &str| {
        let test = tidy();
        let before = test.folder.files();
        let out = output(test.folder.path(), &args.split(' ').collect::<Vec<_>>());
        let said = String::from_utf8(out.stderr).unwrap();
        assert_eq!(out.status.code(), Some(1), "{args}: {said}");
        assert!(said.starts_with(&format!("error[{code}]")) && said.contains(hint), "{args}: {said}");
        assert_eq!(test.folder.files(), before);
    };
    refused("map -o m.svg --level adm2", "bad-level", "the boundaries have `adm1`");
    refused("table --by actor --level adm3", "bad-level", "the boundaries have `adm1`");
    refused("map -o m.svg --lang tlh", "bad-word", "known are `ar`, `en`");
    refused("map -o m.svg --lang en,xx", "bad-word", "known are `ar`, `en`");
    refused("map -o m.svg --extent 0,0,5,5", "no-regions", "the data lies within 36.0,33.0,37.0,36.0");
    refused("map -o m.svg --extent 34.5,36.2,35.5,36.8", "no-regions", "write \"36.2,34.5,36.8,35.5\"");
    refused("map -o m.svg --extent Hama", "ambiguous-place", "\"SY05\" (adm1) or \"hama-city\" (settlement)");
    tidy().args("map -o m.svg --extent SY05").stderr("").run();
    tidy().args("map -o m.svg --extent 36.2,35.2,36.4,35.4 --level adm1 --lang ar").stderr("").run();
}

#[test]
fn a_language_of_names_alone_is_drawn_and_noted() {
    let places = "id,name,lat,lon,level,region,name:uk\nhama-city,Hama,35.5,36.5,settlement,SY05,Хама\n";
    tidy()
        .file("places.csv", places)
        .args("map -o m.svg --lang uk")
        .stderr("note: names are in `uk`; of the map's own words there are none in it, they are in `en`\n")
        .run();
}

#[test]
fn a_project_says_which_warnings_it_stands_by() {
    let places = "id,name,lat,lon,level,region\nnawa,Nawa,33.5,37.5,settlement,SY12\n";
    let project = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tidy/controlmap.toml"));
    let with = |code: &str, about: &str| {
        let entry = format!("\n[[accepted]]\ncode = \"{code}\"\nabout = \"{about}\"\nwhy = \"it is so\"\n");
        tidy().file("places.csv", places).file("controlmap.toml", project.as_ref().unwrap().clone() + &entry)
    };
    with("point-outside-region", "nawa").args("map -o m.svg --strict").stderr("").run();
    let report = said(with("point-outside-region", "nawa"), "check --strict");
    assert!(
        report.ends_with("1 warning that the project stands by (`[[accepted]]`)\nno errors, no warnings\n"),
        "{report}"
    );
    let report = said(with("point-outside-region", "naw"), "check");
    assert!(report.contains("there is no `point-outside-region` about \"naw\" any more"), "{report}");
    assert!(report.ends_with("1 warning\n"), "{report}");
    let report = said(with("unknown-place", "nawa"), "check");
    assert!(report.contains("`code` \"unknown-place\" is no warning\n  --> controlmap.toml:10:8"), "{report}");
    let report = said(with("point-outside-regions", "nawa"), "check");
    assert!(report.contains("did you mean `point-outside-region`?"), "{report}");
}

#[test]
fn the_example_is_drawn_without_a_word_of_warning() {
    let out = output(
        Test::new().folder.path(),
        &["check", "--strict", concat!(env!("CARGO_MANIFEST_DIR"), "/data/syria-2024")],
    );
    let report = String::from_utf8(out.stdout).unwrap();
    assert!(report.ends_with("no errors, no warnings\n"), "{report}");
}

#[test]
fn a_quiet_check_of_a_sound_project_says_nothing() {
    tidy().args("check -q").stdout("").stderr("").run();
    let events = "date,place,actor\n2024-12-32,SY05,hts\n";
    let report = said(tidy().file("events.csv", events), "check -q");
    assert!(report.starts_with("error[bad-date]") && !report.contains("1 error\n"), "{report}");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_table_does_not_stand_still() {
    let test = tidy();
    let pipe = test.folder.path().join("events.csv");
    fs::remove_file(&pipe).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(said(test, "check").contains("cannot read \"events.csv\": it is a pipe or a device"));
}

#[test]
fn a_names_table_with_carriage_returns_keeps_them() {
    let events = "date,place,actor\r\n2024-12-05,Sueida,hts\r\n2024-12-05,Derra,hts\r\n";
    let test = tidy().file("events.csv", events).file("names.csv", "id,name,lang\r\nSY05,Hamat,en");
    let folder = test.args("check --fix").status(1).run();
    let names = fs::read_to_string(folder.path().join("names.csv")).unwrap();
    assert!(names.starts_with("id,name,lang\r\nSY05,Hamat,en\r\nSY12,Derra,"), "{names:?}");
    assert_eq!(names.matches('\n').count(), names.matches("\r\n").count());
}

#[test]
fn credits_are_wrapped_and_never_cut() {
    let publisher = "Observatory for the Documentation of Everything, copy kept by a friend of the house, second floor";
    let sources = format!("id,title,publisher\nobs,Daily,\"{publisher}\"\n");
    let test = tidy()
        .file("sources.csv", sources)
        .file("events.csv", "date,place,actor,source\n2024-12-05,SY05,hts,obs\n")
        .args("map -o m.svg --size 500x500");
    let svg = fs::read_to_string(test.run().path().join("m.svg")).unwrap();
    let start = svg.find("id=\"credits\"").unwrap();
    let text: String = svg[start..]
        .split('<')
        .filter_map(|part| part.split_once('>').map(|(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let wanted: Vec<&str> = publisher.split(' ').collect();
    let cleaned: Vec<String> =
        words.iter().map(|w| w.chars().filter(|c| !('\u{2066}'..='\u{2069}').contains(c)).collect()).collect();
    let found =
        cleaned.windows(wanted.len()).any(|w| w.iter().zip(&wanted).all(|(a, b)| a.trim_end_matches('.') == *b));
    assert!(found, "{text}");
}

#[test]
fn changes_that_may_lie_outside_the_window_are_marked_and_not_dropped() {
    let events = "date,place,actor\n2024-12-01,SY05,army\n2024-12-01,SY04,army\n2024-12-01,SY12,army\n\
        [2024-12-04..2024-12-07],SY05,hts\n[2024-12-07..2024-12-20],SY04,hts\n2024-12-07,SY12,hts\n";
    let test = tidy().file("events.csv", events);
    let folder = test.args("diff --from 2024-12-05 --to 2024-12-08 -q -o d.svg").run();
    let svg = fs::read_to_string(folder.path().join("d.svg")).unwrap();
    for (id, key) in [("outline", "Outline: changed"), ("loose", "Broken outline"), ("possible", "Dotted outline")] {
        assert!(svg.contains(&format!("id=\"{id}\"")) && svg.contains(key), "{id}");
    }
    for words in [
        "Hama: Army → Hay'at Tahrir al-Sham (date not certain).",
        "Deraa: Army → Hay'at Tahrir al-Sham.",
        "May have changed besides: Homs.",
    ] {
        assert!(svg.contains(words), "{words}: {svg}");
    }
    let table = output(
        folder.path(),
        &"table --by transition --from 2024-12-05 --to 2024-12-08 -q --format csv".split(' ').collect::<Vec<_>>(),
    );
    let table = String::from_utf8(table.stdout).unwrap();
    // what changed on an uncertain date has a mark, and what may have changed besides is a most without a least
    let row: Vec<&str> = table.lines().nth(1).unwrap().split(',').collect();
    let [low, high] = [row[4], row[5]].map(|cell| cell.parse::<f64>().unwrap());
    assert_eq!((row[0], row[1], row[6]), ("army", "hts", "SY05?;SY12;SY04?"), "{table}");
    assert!((low - 20_372.5).abs() < 1.0 && (high - 30_560.3).abs() < 1.0, "{table}");
}

#[test]
fn official_areas_stand_beside_those_that_differ_and_the_edition_is_named() {
    let folder = tidy();
    let path = folder.folder.path();
    let toml = fs::read_to_string(path.join("controlmap.toml")).unwrap();
    let toml = toml.replace("name = \"name\" }", "name = \"name\", area = \"area\", edition = \"Survey of 1931\" }");
    let map = fs::read_to_string(path.join("boundaries.geojson")).unwrap();
    let map = map.replace("\"name\":\"Hama\"", "\"name\":\"Hama\",\"area\":12000").replace(
        "\"name\":\"Homs\"",
        // less than 5 % off
        "\"name\":\"Homs\",\"area\":10300",
    );
    let test = folder.file("controlmap.toml", toml).file("boundaries.geojson", map);
    let folder = test.args("map --date 2024-12-06 -q -o m.svg").run();
    let told = "Hama: 10\u{202f}066\u{a0}km² measured, 12\u{202f}000\u{a0}km² by the boundary file";
    for figure in ["m.svg", "d.svg", "g.svg", "c.svg"] {
        let args = match figure {
            "d.svg" => "diff --from 2024-12-04 --to 2024-12-06 -q -o d.svg",
            "g.svg" => "grid --dates 2024-12-04,2024-12-06 -q -o g.svg",
            "c.svg" => "chart --kind bars --date 2024-12-06 -q -o c.svg",
            _ => "map --date 2024-12-06 -q -o m.svg",
        };
        assert_eq!(output(folder.path(), &args.split(' ').collect::<Vec<_>>()).status.code(), Some(0), "{args}");
        let svg = fs::read_to_string(folder.path().join(figure)).unwrap();
        // lines are wrapped
        let words =
            svg.replace("</text>", " ").split('<').map(|part| part.split('>').next_back().unwrap()).collect::<String>();
        let tight = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert!(tight(&words).contains(&tight(told)), "{figure}: {words}");
        assert!(tight(&words).contains(&tight("Survey of 1931")) && !words.contains("Homs: 10"), "{figure}: {words}");
    }
    let table = output(folder.path(), &["table", "--by", "place", "--date", "2024-12-06", "--format", "csv"]);
    let rows = String::from_utf8(table.stdout).unwrap();
    let mut lines = rows.lines();
    let column = lines.next().unwrap().split(',').position(|name| name == "km2_official").unwrap();
    let official: Vec<&str> = lines.map(|row| row.split(',').nth(column).unwrap()).collect();
    assert_eq!(official.iter().filter(|cell| **cell == "12000.0").count(), 1, "{rows}");
    assert!(official.iter().all(|cell| ["", "12000.0"].contains(cell)), "{rows}");
    let said = String::from_utf8(table.stderr).unwrap();
    assert!(said.contains("within the boundaries of Survey of 1931"), "{said}");
}

/// Each figure of one page, with its dates.
const PAGES: [&str; 7] = [
    "map --date 2024-12-06",
    "diff --from 2024-12-04 --to 2024-12-06",
    "grid --dates 2024-12-04,2024-12-06",
    "policies --date 2024-12-06",
    "chart --kind area --from 2024-12-04 --to 2024-12-06",
    "chart --kind spells --from 2024-12-04 --to 2024-12-06",
    "chart --kind bars --date 2024-12-06",
];

#[test]
fn every_figure_of_one_page_has_its_caption_in_a_file() {
    let folder = Test::project().args("check -q").run();
    for page in PAGES {
        let args = format!("{page} -q -o f.svg --caption f.json");
        let out = output(folder.path(), &args.split(' ').collect::<Vec<_>>());
        assert_eq!(out.status.code(), Some(0), "{args}: {}", String::from_utf8_lossy(&out.stderr));
        let caption: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.path().join("f.json")).unwrap()).unwrap();
        let text = |key: &str| caption[key].as_str().unwrap();
        assert!(!text("alt").is_empty() && text("description").contains(text("credits")), "{args}: {caption}");
        fs::remove_file(folder.path().join("f.json")).unwrap();
    }
}

#[test]
fn a_country_of_towns_without_regions_has_every_figure() {
    let places = "id,name,lat,lon\nhama,Hama,35.13,36.75\nhoms,Homs,34.73,36.71\n";
    let events = "date,place,actor\n2024-12-03,hama,north\n2024-12-05,hama,south\n2024-12-05,homs,south\n";
    let project = "events = \"events.csv\"\nplaces = \"places.csv\"\n[map]\ncontext = false\n";
    let test = Test::new().file("controlmap.toml", project).file("places.csv", places).file("events.csv", events);
    let folder = test.args("check -q").run();
    for page in PAGES {
        let args = format!("{page} -q -o f.svg");
        let out = output(folder.path(), &args.split(' ').collect::<Vec<_>>());
        assert_eq!(out.status.code(), Some(0), "{args}: {}", String::from_utf8_lossy(&out.stderr));
        fs::remove_file(folder.path().join("f.svg")).unwrap();
    }
}
