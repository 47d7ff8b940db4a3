//! Figures of more than one date, and charts: goldens of an invented country, and the rules of figures on any page.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use super::drawing::{Joined, joined};
use super::golden::{compare_with, golden};
use super::scene;
use controlmap::figure::{ChartRequest, DiffRequest, GridRequest, PoliciesRequest, WithChart};
use controlmap::figure::{chart, diff, grid, policies, with_chart};
use controlmap::map::{Drawn, Request};
use controlmap::model::{Moment, PlaceIndex};
use controlmap::project::{ChartKind, MapOptions, PolicyOptions, Size, When};
use controlmap::scene::Scene;
use controlmap::timeline::{self, POLICIES, Policy, Snapshot, answers, ground_of_all};
use std::path::Path;

/// A figure of the invented country.
struct Case {
    /// Name of its golden, without `figure-`.
    name: &'static str,
    /// Words that it must have.
    words: &'static str,
    /// Draws it, with options that count before its own.
    draw: fn(&Joined, &MapOptions) -> Option<Drawn>,
}

const CASES: &[Case] = &[
    Case { name: "chart-area", words: "Share of the ground held", draw: |c, o| charted(c, ChartKind::Area, o) },
    Case { name: "chart-bars", words: "Ground held at the end of", draw: |c, o| charted(c, ChartKind::Bars, o) },
    Case { name: "chart-spells", words: "Who held what", draw: |c, o| charted(c, ChartKind::Spells, o) },
    Case {
        name: "diff",
        words: "Crown → League (only claimed)",
        draw: |c, o| changed(c, "2031-05-01", "2031-05-13", o),
    },
    Case {
        name: "diff-arabic",
        words: "ما انتقلت السيطرة عليه",
        draw: |c, o| {
            let arabic = MapOptions { lang: Some("ar".into()), ..MapOptions::default() };
            changed(c, "2031-05-01", "2031-05-09", &o.clone().or(&arabic))
        },
    },
    Case {
        name: "diff-parts",
        words: "Rim: who held it before",
        draw: |c, o| changed(c, "2031-05-02", "2031-05-05", o),
    },
    Case {
        name: "front-line",
        words: "Front line of 1 May 2031",
        draw: |c, o| {
            let line = MapOptions { front_line: Some(true), ..MapOptions::default() };
            changed(c, "2031-05-01", "2031-05-13", &o.clone().or(&line))
        },
    },
    Case {
        name: "grid",
        words: "Outline: changed since the map before",
        draw: |c, o| small_multiples(c, &["2031-05-01", "2031-05-03", "2031-05-05", "2031-05-09", "2031-05-13"], o),
    },
    Case { name: "policies", words: "Outline: the policies disagree inside", draw: |_, o| weighed(o) },
    Case {
        name: "policies-arabic",
        words: "حيث تختلف القواعد",
        draw: |_, o| weighed(&o.clone().or(&MapOptions { lang: Some("ar".into()), ..MapOptions::default() })),
    },
    Case { name: "with-chart", words: "Share of the ground held", draw: mapped },
];

fn country() -> Joined {
    joined(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/country"), "controlmap.toml")
}

fn moment(country: &Joined, date: &str) -> Moment {
    date.parse::<When>().unwrap().moment(country.project.period.timezone)
}

fn charted(country: &Joined, kind: ChartKind, options: &MapOptions) -> Option<Drawn> {
    let policy = &country.project.policy;
    let timeline = timeline::resolve(&country.dataset, policy, None).value;
    let bars = kind == ChartKind::Bars;
    let [from, to] = if bars { ["2031-05-03"; 2] } else { ["2031-05-01", "2031-05-13"] };
    let drawn = chart(&ChartRequest {
        dataset: &country.dataset,
        timeline: &timeline,
        kind,
        from: moment(country, from),
        to: moment(country, to),
        options: &options.clone().or(&country.project.map),
        has_size: options.size.is_some(),
        policy,
        title: country.project.title.get(None),
    });
    assert_eq!(drawn.diagnostics, []);
    drawn.value
}

fn changed(country: &Joined, from: &str, to: &str, options: &MapOptions) -> Option<Drawn> {
    let policy = &country.project.policy;
    let [from, to] = [from, to].map(|date| moment(country, date));
    let window = timeline::window(&country.dataset, policy, None, from, to).value;
    let drawn = diff(&DiffRequest {
        dataset: &country.dataset,
        window: &window,
        options: &options.clone().or(&country.project.map),
        policy,
        title: country.project.title.get(None),
        neighbours: None,
    });
    drawn.value
}

fn small_multiples(country: &Joined, dates: &[&str], options: &MapOptions) -> Option<Drawn> {
    let policy = &country.project.policy;
    let timeline = timeline::resolve(&country.dataset, policy, None).value;
    let moments: Vec<Moment> = dates.iter().map(|date| moment(country, date)).collect();
    let drawn = grid(&GridRequest {
        dataset: &country.dataset,
        timeline: &timeline,
        moments: &moments,
        options: &options.clone().or(&country.project.map),
        policy,
        title: country.project.title.get(None),
        neighbours: None,
    });
    drawn.value
}

/// The country of which five sources say different things.
fn disputed() -> Joined {
    joined(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/country"), "disputed.toml")
}

/// The last day under every policy, in their order.
fn under_all(country: &Joined) -> Vec<Snapshot> {
    let snapshot = |policy: &Policy| {
        let own = PolicyOptions { name: Some(policy.name.to_owned()), ..country.project.policy.clone() };
        timeline::resolve(&country.dataset, &own, None).value.snapshot(&country.dataset, moment(country, "2031-05-20"))
    };
    POLICIES.iter().map(snapshot).collect()
}

fn weighed(options: &MapOptions) -> Option<Drawn> {
    let country = disputed();
    let drawn = policies(&PoliciesRequest {
        dataset: &country.dataset,
        snapshots: &under_all(&country),
        options: &options.clone().or(&country.project.map),
        policy: &country.project.policy,
        title: country.project.title.get(None),
        neighbours: None,
    });
    drawn.value
}

fn mapped(country: &Joined, options: &MapOptions) -> Option<Drawn> {
    let policy = &country.project.policy;
    let timeline = timeline::resolve(&country.dataset, policy, None).value;
    let [from, to] = ["2031-05-01", "2031-05-06"].map(|date| moment(country, date));
    let request = Request {
        dataset: &country.dataset,
        snapshot: &timeline.snapshot(&country.dataset, to),
        options: &options.clone().or(&country.project.map),
        policy,
        title: country.project.title.get(None),
        neighbours: None,
    };
    with_chart(&request, &WithChart { timeline: &timeline, kind: ChartKind::Area, from, to }).value
}

/// The files of the goldens.
pub fn names() -> impl Iterator<Item = String> {
    CASES.iter().map(|case| format!("figure-{}.svg", case.name))
}

fn scene_of(case: &Case, options: &MapOptions) -> Option<Scene> {
    (case.draw)(&country(), options).map(|drawn| drawn.scene)
}

#[test]
fn every_golden_of_a_figure_is_as_it_was() {
    let compare = |case: &Case| {
        let scene = scene_of(case, &MapOptions::default()).expect("it has room");
        compare_with(&golden(&format!("figure-{}", case.name)), &scene, case.words).err()
    };
    let wrong: Vec<String> = CASES.iter().filter_map(compare).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn figures_of_any_form_keep_the_rules() {
    let mut wrong = Vec::new();
    let sizes = [None, Some((640, 480)), Some((560, 1200)), Some((1600, 600)), Some((2400, 1800))];
    for size in sizes.map(|s| s.map(|(width, height)| Size { width, height })) {
        for case in CASES {
            // a page that has no room is refused
            let Some(scene) = scene_of(case, &MapOptions { size, ..MapOptions::default() }) else { continue };
            let faults = scene::page_faults(&scene).into_iter();
            wrong.extend(faults.map(|fault| format!("{} at {size:?}: {fault}", case.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_figure_says_what_it_shows() {
    let text = |name: &str| {
        let case = CASES.iter().find(|case| case.name == name).unwrap();
        scene_of(case, &MapOptions::default()).unwrap().description
    };
    assert!(text("diff").contains("Corvin: Crown → "), "{}", text("diff"));
    assert!(text("diff-arabic").contains("من "), "{}", text("diff-arabic"));
    assert!(text("front-line").contains("The front line is "), "{}", text("front-line"));
    assert!(text("grid").contains("Changed by 3 May 2031: Corvin: "), "{}", text("grid"));
    assert!(text("chart-area").contains("Crown: 53.6"), "{}", text("chart-area"));
    assert!(text("chart-spells").contains("Corvin: Crown; "), "{}", text("chart-spells"));
    for case in CASES {
        let scene = scene_of(case, &MapOptions::default()).unwrap();
        assert!(scene.title.chars().count() <= 250 && !scene.description.contains('{'), "{}", scene.description);
    }
}

#[test]
fn the_least_and_the_most_of_each_actor_are_those_of_any_policy() {
    let country = disputed();
    let dataset = &country.dataset;
    let snapshots = under_all(&country);
    let regions: Vec<PlaceIndex> = (0..6).map(PlaceIndex).collect();
    let all = ground_of_all(dataset, &snapshots, &regions);
    let km2 = |i: u32| dataset.regions.get(dataset.place(PlaceIndex(i)).region.unwrap()).km2;
    let [ardal, belmere, corvin, deshta, ellund, farrow] = [0, 1, 2, 3, 4, 5].map(km2);
    // Crown: Ardal under all; Corvin 60 % by the wire, 40 % by the herald; all else under one policy or another.
    let crown = [ardal + 0.4 * corvin, ardal + belmere + 0.6 * corvin + deshta + ellund];
    // Guild: Ellund under `priority`, contested under `consensus`, nothing elsewhere.
    let guild = [0.0, ellund];
    let league = [farrow + 0.4 * corvin, farrow + belmere + 0.6 * corvin + deshta + ellund];
    for (ground, [low, high]) in all.iter().zip([crown, guild, league]) {
        assert!((ground.low - low).abs() < 1e-6 && (ground.high - high).abs() < 1e-6, "{ground:?}: {low} to {high}");
    }
    assert_eq!(all.len(), 3);
    // in the order of their names: against-interest 0, consensus 1, latest 2, majority 3, priority 4
    let groups = |place: u32| answers(&snapshots, PlaceIndex(place));
    assert_eq!(groups(0), [vec![0, 1, 2, 3, 4]], "Ardal");
    assert_eq!(groups(1), [vec![0, 3, 4], vec![1], vec![2]], "Belmere: the League's radio, for its own side, was last");
    assert_eq!(groups(2), [vec![0, 2, 4], vec![1, 3]], "Corvin");
    assert_eq!(groups(3), [vec![0, 4], vec![1, 3], vec![2]], "Deshta");
    assert_eq!(groups(4), [vec![0, 3], vec![1], vec![2], vec![4]], "Ellund");
}

#[test]
fn a_figure_of_policies_says_where_they_disagree_and_how_much_each_may_hold() {
    let drawn = weighed(&MapOptions::default()).unwrap();
    let told = &drawn.scene.description;
    let all = [
        "Where the policies disagree: 4 of 6 regions, 98\u{202f}960\u{a0}km².",
        "Belmere: Crown (against-interest, majority, priority); Contested: Crown and League (consensus); League (latest).",
        "Guild: 0\u{a0}– 22\u{202f}564\u{a0}km², from least to most under any policy.",
        "All policies agree: Ardal: Crown. Farrow: League.",
    ];
    for part in all {
        assert!(told.contains(part), "{part}\n{told}");
    }
    assert!(drawn.alt.contains("4 of 6 regions"), "{}", drawn.alt);
    // where nobody differs there is nothing to outline
    let country = country();
    let drawn = policies(&PoliciesRequest {
        dataset: &country.dataset,
        snapshots: &under_all(&country)[2..3],
        options: &country.project.map,
        policy: &country.project.policy,
        title: "",
        neighbours: None,
    });
    let told = drawn.value.unwrap().scene.description;
    assert!(told.contains("The policies agree on every region."), "{told}");
}
