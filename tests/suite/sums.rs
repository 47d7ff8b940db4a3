//! Sums close: every table is added up, on the shipped example and on random projects.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use super::drawing::{Joined, joined};
use super::harness::Folder;
use controlmap::model::{ActorIndex, Level, Moment};
use controlmap::project::When;
use controlmap::table::{Cell, Table, by_actor, by_place, by_transition};
use controlmap::timeline::{self, Holder, Snapshot, Window, flows, ground, holdings, transitions};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// What a printed area may be off its number.
const ROUNDED: f64 = 0.0500001;

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(digits) => Some(digits.parse().unwrap()),
        _ => None,
    }
}

fn text(cell: &Cell) -> &str {
    match cell {
        Cell::Text(words) => words,
        _ => "",
    }
}

fn column(table: &Table, name: &str) -> usize {
    table.columns.iter().position(|c| *c == name).unwrap()
}

/// Adds up everything that is said of a project between two dates.
fn check(project: &Joined, from: &str, to: &str) {
    let [from, to] = [from, to].map(|d| d.parse::<When>().unwrap().moment(project.project.period.timezone));
    let window = timeline::window(&project.dataset, &project.project.policy, None, from, to).value;
    parts_sum_to_the_difference(project, &window);
    for snapshot in [&window.before, &window.after] {
        actors_sum_to_the_ground(project, snapshot);
        places_sum_to_actors(project, snapshot);
    }
    printed_transitions_are_those_of_the_flows(project, &window, to);
}

fn level_of(project: &Joined) -> Level {
    project.dataset.regions.regions.iter().map(|r| r.level).min().unwrap()
}

/// What each holder has, in km².
fn holds(project: &Joined, snapshot: &Snapshot) -> BTreeMap<Holder, f64> {
    holds_and_may(project, snapshot).into_iter().map(|(holder, (has, _))| (holder, has)).collect()
}

/// What each holder has, and has at most, in km².
fn holds_and_may(project: &Joined, snapshot: &Snapshot) -> BTreeMap<Holder, (f64, f64)> {
    let mut all: BTreeMap<Holder, (f64, f64)> = BTreeMap::new();
    for (place, state) in project.dataset.places.iter().zip(&snapshot.states) {
        let Some(region) = place.region else { continue };
        for holding in holdings(&state.control) {
            let km2 = project.dataset.regions.get(region).km2;
            let (has, most) = all.entry(holding.holder).or_default();
            *has += holding.share * km2;
            *most += (holding.share + holding.more) * km2;
        }
    }
    all
}

fn parts_sum_to_the_difference(project: &Joined, window: &Window) {
    let flows = flows(&project.dataset, &window.before, &window.after, level_of(project));
    let total: f64 = project.dataset.regions.regions.iter().map(|r| r.km2).sum();
    let all: f64 = flows.iter().map(|f| f.km2).sum();
    assert!((all / total - 1.0).abs() < 1e-9, "{all} of {total}");
    let mut difference: BTreeMap<Holder, f64> = BTreeMap::new();
    holds(project, &window.before).into_iter().for_each(|(h, km2)| *difference.entry(h).or_default() -= km2);
    holds(project, &window.after).into_iter().for_each(|(h, km2)| *difference.entry(h).or_default() += km2);
    for transition in transitions(&flows) {
        assert!(transition.low <= transition.km2 * (1.0 + 1e-9) && transition.km2 <= transition.high * (1.0 + 1e-9));
        *difference.get_mut(&transition.from).unwrap() += transition.km2;
        *difference.get_mut(&transition.to).unwrap() -= transition.km2;
    }
    for (holder, rest) in difference {
        assert!(rest.abs() < 1e-9 * total, "{holder:?} is {rest} km² off");
    }
}

fn actors_sum_to_the_ground(project: &Joined, snapshot: &Snapshot) {
    let total: f64 = project.dataset.regions.regions.iter().map(|r| r.km2).sum();
    let all = ground(&project.dataset, snapshot, level_of(project));
    let low: f64 = all.iter().map(|g| g.low).sum();
    assert!(low <= total * (1.0 + 1e-9), "{low} of {total} at least");
    // what each certainly has, what is open between several and what is nobody's, is all
    let (held, may) = (holds(project, snapshot), holds_and_may(project, snapshot));
    assert!((held.values().sum::<f64>() / total - 1.0).abs() < 1e-9);
    for g in &all {
        let own: f64 = held.iter().filter(|(h, _)| h.actors == [g.actor] && !h.open).map(|(_, km2)| km2).sum();
        let may: f64 = may.iter().filter(|(h, _)| h.actors.contains(&g.actor)).map(|(_, (_, most))| most).sum();
        assert!(own - g.low > -1e-9 * total && own <= g.high + 1e-9 * total, "{own} and {} at least", g.low);
        assert!(g.high <= may * (1.0 + 1e-9) + 1e-9, "{} and {may} at most", g.high);
    }
}

fn places_sum_to_actors(project: &Joined, snapshot: &Snapshot) {
    let dataset = &project.dataset;
    let timeline = timeline::resolve(dataset, &project.project.policy, None).value;
    let actors = by_actor(dataset, &timeline, &[snapshot.moment], level_of(project), false);
    let all = ground(dataset, snapshot, level_of(project));
    let total: f64 = dataset.regions.regions.iter().map(|r| r.km2).sum();
    let [name, low, high] = ["actor", "km2_low", "km2_high"].map(|c| column(&actors, c));
    let [share_low, share_high] = ["share_low", "share_high"].map(|c| column(&actors, c));
    for row in &actors.rows {
        let actor = dataset.actors.iter().position(|a| a.id == text(&row[name])).unwrap();
        let g = all.iter().find(|g| g.actor == ActorIndex(actor as u32)).copied();
        // an actor whose parts make up a place has all of it, though each part alone may be less
        let [least, most] = [low, high].map(|cell| number(&row[cell]).unwrap());
        let (from, to) = g.map_or((0.0, 0.0), |g| (g.low, g.high));
        assert!(least + ROUNDED >= from && most <= to + ROUNDED && least <= most, "{row:?} and {g:?}");
        for (share, km2) in [(share_low, low), (share_high, high)] {
            // out of scope is not part of all
            let all = number(&row[share]).unwrap_or(0.0) * total;
            assert!(all + ROUNDED + 1e-6 * total >= number(&row[km2]).unwrap(), "{row:?}");
        }
    }
    // each place's rows, where every holder has a figure
    let places = by_place(dataset, std::slice::from_ref(snapshot));
    let [place, actor, low, high] = ["place", "actor", "km2_low", "km2_high"].map(|c| column(&places, c));
    let mut sums: BTreeMap<(&str, bool), f64> = BTreeMap::new();
    for row in places.rows.iter().filter(|row| !text(&row[actor]).is_empty()) {
        for (cell, is_low) in [(low, true), (high, false)] {
            if let Some(km2) = number(&row[cell]) {
                *sums.entry((text(&row[place]), is_low)).or_default() += km2;
            }
        }
    }
    for region in &dataset.regions.regions {
        let least = sums.get(&(region.id.as_str(), true)).copied().unwrap_or(0.0);
        assert!(least <= region.km2 + 10.0 * ROUNDED, "{}: {least} of {}", region.id, region.km2);
    }
}

fn printed_transitions_are_those_of_the_flows(project: &Joined, window: &Window, _: Moment) {
    let table = by_transition(&project.dataset, window, level_of(project));
    let flows = flows(&project.dataset, &window.before, &window.after, level_of(project));
    let [low, high] = ["km2_low", "km2_high"].map(|c| column(&table, c));
    let sum = |cell: usize| table.rows.iter().map(|row| number(&row[cell]).unwrap()).sum::<f64>();
    let wanted: f64 = transitions(&flows).iter().map(|t| t.low).sum();
    let off = table.rows.len() as f64 * ROUNDED;
    assert!((sum(low) - wanted).abs() <= off, "what may have changed besides adds nothing to the least");
    assert!(table.rows.iter().all(|row| number(&row[low]) <= number(&row[high])));
}

#[test]
fn the_tables_of_the_example_add_up() {
    let syria = joined(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024"), "controlmap.toml");
    for (from, to) in [("2024-11-26", "2024-12-08"), ("2024-11-26", "2024-11-27"), ("2024-12-05", "2024-12-12")] {
        check(&syria, from, to);
    }
}

#[test]
fn the_transitions_of_the_example_are_what_the_events_say() {
    let syria = joined(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024"), "controlmap.toml");
    let [from, to] =
        ["2024-11-26", "2024-12-08"].map(|d| d.parse::<When>().unwrap().moment(syria.project.period.timezone));
    let window = timeline::window(&syria.dataset, &syria.project.policy, None, from, to).value;
    let table = by_transition(&syria.dataset, &window, Level::Adm1);
    let rows: Vec<String> = table.rows.iter().map(|row| [0, 1, 2, 3, 6].map(|i| text(&row[i])).join(" ")).collect();
    for expected in [
        "army hts held held SY-DI",
        "army south held partial SY-DR",
        "army  held lost SY-SU",
        "army army;hts held contested SY-HI",
        "hts;opp hts partial held SY-ID",
    ] {
        assert!(rows.contains(&expected.to_owned()), "{expected} is not among {rows:#?}");
    }
    let daraa = table.rows.iter().find(|row| text(&row[6]) == "SY-DR" && text(&row[1]) == "south").unwrap();
    let (low, high) = (number(&daraa[4]).unwrap(), number(&daraa[5]).unwrap());
    assert!((low / high - 0.8).abs() < 1e-4, "80 to 100 % of Daraa: {low} to {high}");
}

/// Four regions in a row and random events on them.
fn project(events: &[(u8, u8, usize, u8, u8)]) -> Folder {
    let folder = Folder::new();
    let square = |i: usize| {
        let (x, wide) = (i as f64 * 2.0, 1.0 + i as f64 * 0.2);
        format!(
            r#"{{"type":"Feature","properties":{{"code":"R{i}","name":"R{i}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},40],[{},40],[{},{}],[{x},{}],[{x},40]]]}}}}"#,
            x + 2.0,
            x + 2.0,
            40.0 + wide,
            40.0 + wide,
        )
    };
    let features = (0..4).map(square).collect::<Vec<_>>().join(",");
    let map = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
    fs::write(folder.path().join("land.geojson"), map).unwrap();
    let toml = "boundaries = { file = \"land.geojson\", level = \"adm1\", id = \"code\", name = \"name\" }\nevents = \"events.csv\"\n";
    fs::write(folder.path().join("controlmap.toml"), toml).unwrap();
    let mut table = String::from("date,place,actor,status,share,source\n");
    for (day, span, place, kind, who) in events {
        let day = 1 + day % 20;
        let date = if span % 3 == 0 {
            format!("[2030-01-{day:02}..2030-01-{:02}]", day + span % 7)
        } else {
            format!("2030-01-{day:02}")
        };
        let (one, two) =
            ([b'a', b'b', b'c'][usize::from(who % 3)] as char, [b'b', b'c', b'a'][usize::from(who % 3)] as char);
        let (actor, status, share) = match kind % 10 {
            0 | 1 => (one.to_string(), "held", String::new()),
            2 => (format!("{one};{two}"), "contested", String::new()),
            3 => (format!("{one};{two}"), "shared", String::new()),
            4 => (one.to_string(), "lost", String::new()),
            5 => (String::new(), "vacant", String::new()),
            6 => (one.to_string(), "partial", format!("{}%", 10 + who % 80)),
            7 => (one.to_string(), "partial", format!(">{}%", 10 + who % 80)),
            8 => (one.to_string(), "partial", format!("{}%..{}%", 5 + who % 40, 50 + who % 40)),
            _ => (format!("{one};{two}"), "partial", String::new()),
        };
        writeln!(table, "{date},R{},{actor},{status},{share},s{}", place % 4, who % 2).unwrap();
    }
    fs::write(folder.path().join("events.csv"), table).unwrap();
    folder
}

#[test]
fn the_tables_of_random_projects_add_up() {
    let event = (any::<u8>(), any::<u8>(), 0..4_usize, any::<u8>(), any::<u8>());
    let config = Config { cases: 100, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&prop::collection::vec(event, 1..14), |events| {
        let folder = project(&events);
        let project = joined(folder.path(), "controlmap.toml");
        for (from, to) in [("2030-01-03", "2030-01-12"), ("2029-12-01", "2030-02-01")] {
            check(&project, from, to);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|e| panic!("{e}"));
}
