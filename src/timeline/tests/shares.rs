//! Shares: what is stated, what is left, and who has it.

use super::ledger::{check, control, dataset, place, snapshot};
use crate::model::{ActorIndex, Dataset, Level, Names, Region, RegionIndex};
use crate::project::PolicyOptions;
use crate::timeline::{ground, resolve, share_of};

#[test]
fn words_of_equal_standing_combine_as_the_interval_that_holds_them_all() {
    check(&[
        (
            "80 %, over 90 % and all of it",
            &["5 P partial A share=80% by=s", "5 P partial A share=>90% by=t", "5 P held A by=u"],
            &[("P", "5", "A 80..100")],
        ),
        (
            "a word without a figure widens nothing",
            &["5 P partial A share=80% by=s", "5 P partial A by=t"],
            &[("P", "5", "A 80")],
        ),
        ("approximate figures stay so", &["5 P partial A share=~52% by=s"], &[("P", "5", "A ~52")]),
        ("100 % alone is held", &["5 P partial A share=100% by=s"], &[("P", "5", "held A")]),
        (
            "no high exceeds 1 less the others' lows",
            &["5 P partial A share=>50% by=s", "5 P partial B share=30%..60% by=t"],
            &[("P", "5", "A 50..70 + B 30..50")],
        ),
        ("a share of several is theirs together", &["5 P partial A;B share=20% by=s"], &[("P", "5", "A,B 20")]),
    ]);
}

#[test]
fn the_rest_goes_to_previous_holders() {
    check(&[
        (
            "a single other holder has it",
            &["3 P held B by=r", "5 P partial A share=80% by=s"],
            &[("P", "5", "A 80 + B 20 rest")],
        ),
        (
            "low to high",
            &["3 P held B by=r", "5 P partial A share=>90% by=s"],
            &[("P", "5", "A 90..100 + B 0..10 rest")],
        ),
        (
            "several divide it by their previous shares",
            &["3 P partial B share=60% by=r", "3 P partial C share=40% by=r", "5 P partial A share=50% by=s"],
            &[("P", "5", "A 50 + B 30 rest + C 20 rest")],
        ),
        (
            "a share grows out of the rest",
            &["3 P held B by=r", "5 P partial A share=80% by=s", "6 P partial A share=90% by=s"],
            &[("P", "6", "A 90 + B 10 rest")],
        ),
        ("nobody held it before", &["5 P partial A share=80% by=s"], &[("P", "5", "A 80")]),
        (
            "of two who contested",
            &["3 P contested A;B by=r", "5 P partial A share=>50% by=s"],
            &[("P", "5", "A 50..100 + B 0..50 rest")],
        ),
        (
            "of three who contested nobody knows",
            &["3 P contested A;B;C by=r", "5 P partial A share=60% by=s"],
            &[("P", "5", "A 60 + B ? rest + C ? rest")],
        ),
        (
            "a part of several who hold together is one part",
            &["3 P partial B;C share=100% by=r", "5 P partial A share=60% by=s"],
            &[("P", "5", "A 60 + B,C 40 rest")],
        ),
        (
            "previous is the end of the day before the first deciding word shows",
            &["3 P held B by=r", "5T06:00 P held C by=q obs=5T06:00", "5T18:00 P partial A share=70% by=s"],
            &[("P", "5T12:00", "held C"), ("P", "5", "A 70 + B 30 rest")],
        ),
        (
            "the first of several",
            &[
                "3 P held B by=r",
                "4 P partial A share=70% by=s obs=6",
                "5 P held C by=t",
                "6 P partial A share=80% by=u",
            ],
            &[("P", "5", "A 70 + B 30 rest"), ("P", "6", "A 70..80 + B 20..30 rest")],
        ),
        (
            "where a unit carried it, that",
            &["3 P held B", "5 U partial A share=70%"],
            &[("U", "5", "A 70 + B 30 rest")],
        ),
    ]);
}

#[test]
fn a_share_takes_ground_from_the_opponent() {
    let split = ["3 P partial B share=60% by=r", "3 P partial C share=40% by=r"];
    let with = |line: &str| control(&[split[0], split[1], line], "P", "5");
    assert_eq!(with("5 P partial A share=50% opp=B by=s"), "A 50 + B 10 rest + C 40 rest");
    assert_eq!(with("5 P partial A share=60% opp=B by=s"), "A 60 + C 40 rest", "the opponent has nothing left");
    assert_eq!(
        with("5 P partial A share=80% opp=B by=s"),
        "A 80 + C 20 rest",
        "what it lacks is taken from the others"
    );
    assert_eq!(
        with("5 P partial A share=80% opp=D by=s"),
        "A 80 + D 20 rest",
        "an opponent who held nothing has the rest"
    );
    assert_eq!(with("5 P partial A share=50%..60% opp=B by=s"), "A 50..60 + B 0..10 rest + C 40 rest");
    assert_eq!(with("5 P partial A share=50%..70% opp=B by=s"), "A 50..70 + B 0..10 rest + C 30..40 rest");
    let three = ["3 P partial B share=50% by=r", "3 P partial C share=30% by=r", "3 P partial D share=20% by=r"];
    let lines = [three[0], three[1], three[2], "5 P partial A share=75% opp=B by=s"];
    assert_eq!(control(&lines, "P", "5"), "A 75 + C 15 rest + D 10 rest", "from the others in proportion");
    let grown = ["3 P held B by=r", "4 P partial A share=30% by=s", "5 P partial A share=20% opp=B by=s"];
    assert_eq!(control(&grown, "P", "5"), "A 20 + B 80 rest", "a share that shrinks gives ground back");
}

#[test]
fn a_word_without_a_figure_leaves_its_share_and_the_rest_empty() {
    check(&[
        ("alone", &["3 P held B by=r", "5 P partial A by=s"], &[("P", "5", "A ? + B ? rest")]),
        ("with an opponent", &["3 P held B by=r", "5 P partial A opp=C by=s"], &[("P", "5", "A ? + C ? rest")]),
        ("beside a figure", &["5 P partial A by=s", "5 P partial B;C share=~1% by=s"], &[("P", "5", "A ? + B,C ~1")]),
    ]);
}

#[test]
fn a_loss_leaves_what_others_had_for_certain() {
    check(&[
        (
            "of a part of two, each may have had nothing",
            &["3 P partial A;B share=20%", "5 P lost A"],
            &[("P", "5", "B 0..20")],
        ),
        (
            "the others keep theirs",
            &["3 P partial A share=20% by=r", "3 P partial B share=30% by=r", "5 P lost A by=s"],
            &[("P", "5", "B 30")],
        ),
    ]);
}

#[test]
fn ground_adds_up_low_and_high_by_actor() {
    let mut dataset = dataset(&["3 P partial A share=80..90% by=s", "2 P held B by=r", "3 Q contested A;B"]);
    give_area(&mut dataset, &[("P", 1000.0), ("Q", 50.0)]);
    let snapshot = snapshot(&dataset, &PolicyOptions::default(), "5");
    let all: Vec<_> = ground(&dataset, &snapshot, Level::Adm1)
        .into_iter()
        .map(|g| (g.actor.0, g.low.round(), g.high.round(), g.held, g.partly))
        .collect();
    assert_eq!(all, [(0, 800.0, 950.0, 0, 2), (1, 100.0, 250.0, 0, 2)]);
    assert!(ground(&dataset, &snapshot, Level::Adm2).is_empty());
    assert_eq!(share_of(&snapshot.states[2].control, ActorIndex(0)), None, "of a contested place there is no figure");
}

/// Makes regions of places, outer levels first.
fn give_area(dataset: &mut Dataset, areas: &[(&str, f64)]) {
    for (index, (name, km2)) in areas.iter().enumerate() {
        let at = place(name).0 as usize;
        dataset.places[at].region = Some(RegionIndex(index as u32));
        dataset.regions.regions.push(Region {
            id: dataset.places[at].id.clone(),
            names: Names::default(),
            level: dataset.places[at].level,
            parent: String::new(),
            geometry: geo::MultiPolygon::new(Vec::new()),
            km2: *km2,
            official_km2: None,
        });
    }
}

#[test]
fn finer_units_that_exceed_a_stated_share_are_a_reported_contradiction() {
    let found = |lines: &[&str]| -> Vec<String> {
        let mut dataset = dataset(lines);
        give_area(&mut dataset, &[("P", 1000.0), ("D", 400.0)]);
        let checked = resolve(&dataset, &PolicyOptions::default(), None);
        assert!(!checked.has_errors(), "it is a warning");
        checked.diagnostics.into_iter().map(|d| format!("{} {}", d.code.name, d.message)).collect()
    };
    let wanted = "share-contradicted `A` has 40 % of `P` in finer units on 2024-12-05, more than the stated 30 %";
    assert_eq!(found(&["3 P partial A share=30%", "5 D held A"]), [wanted]);
    assert_eq!(found(&["3 D held A by=s", "5 P partial A share=30% by=t", "6 P partial A share=20% by=t"]).len(), 2);
    assert!(found(&["3 P partial A share=40%", "5 D held A"]).is_empty(), "it does not exceed it");
    assert!(found(&["3 P partial A share=>30%", "5 D held A"]).is_empty());
    assert!(found(&["3 P partial A share=30% until=4", "5 D held A"]).is_empty(), "not at the same time");
    assert!(found(&["3 P partial A share=30%", "5 D held B"]).is_empty());
}
