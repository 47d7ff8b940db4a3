//! Policies: for each rule the smallest set of events that shows it, and its outcome under each policy.

use super::ledger::{control_of, dataset, options, place, snapshot};
use crate::model::{Dataset, Day};
use crate::project::PolicyOptions;
use crate::timeline::{POLICIES, resolve};

/// A rule, the events that show it, and what is expected of `P` on the 9th under each policy, in the order of
/// [`POLICIES`]: against-interest, consensus, latest, majority, priority.
type Case<'a> = (&'a str, &'a [&'a str], [&'a str; 5]);

/// Sources `g` and `h` serve the side `east`, on which the actors `A` and `B` are. `priority` trusts `p`, then `q`.
fn world(lines: &[&str]) -> Dataset {
    let mut dataset = dataset(lines);
    for source in dataset.sources.iter_mut().filter(|s| ["g", "h"].contains(&s.id.as_str())) {
        source.side = "east".into();
    }
    dataset.actors[..2].iter_mut().for_each(|actor| actor.periods[0].side = "east".into());
    dataset
}

fn under(policy: &str, dataset: &Dataset) -> PolicyOptions {
    let known = |id: &&str| dataset.sources.iter().any(|s| s.id == **id);
    options(|o| {
        o.name = Some(policy.into());
        o.priority = Some(["p", "q"].into_iter().filter(known).map(str::to_owned).collect());
    })
}

fn check(cases: &[Case<'_>]) {
    let mut wrong = String::new();
    for (rule, lines, expected) in cases {
        let dataset = world(lines);
        let told: Vec<String> = POLICIES
            .iter()
            .map(|p| control_of(&dataset, &snapshot(&dataset, &under(p.name, &dataset), "9"), "P"))
            .collect();
        if told != expected {
            wrong += &format!("{rule}: {lines:#?}\n  is      {told:?}\n  was due {expected:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const SAME: fn(&str) -> [&str; 5] = |word| [word; 5];

#[test]
fn where_one_source_speaks_every_policy_says_the_same() {
    check(&[
        ("nobody speaks", &[], SAME("unknown")),
        ("one word", &["5 P held C by=s"], SAME("held C")),
        ("its last word", &["3 P held C by=s", "5 P held D by=s"], SAME("held D")),
        ("both words of a day", &["5 P held C by=s", "5 P held D by=s"], SAME("contested C,D")),
        ("until", &["3 P held C by=s until=5"], SAME("unknown")),
        ("superseded", &["3 P held C by=s id=x", "3 P held D by=s sup=x"], SAME("held D")),
        ("retracted", &["3 P held C by=s", "4 P held D by=s stance=retracted"], SAME("held C")),
        ("denied by itself", &["3 P held C by=s", "4 P held C by=s stance=denied"], SAME("unknown")),
        ("an uncertain date shows at its end", &["3 P held C by=s", "[5..10] P held D by=s"], SAME("held C")),
        ("a share", &["3 P held D by=s", "5 P partial C share=80% by=s"], SAME("C 80 + D 20 rest")),
        ("a loss", &["3 P held C by=s", "5 P lost C by=s"], SAME("lost C")),
        ("a loss of nobody named before", &["5 P lost C by=s"], SAME("lost C")),
        ("a loss where the actor had no ground", &["3 P held D by=s", "5 P lost C by=s"], SAME("held D")),
        ("a loss of one who contested", &["3 P contested C;D by=s", "5 P lost C by=s"], SAME("D ?")),
        ("what lies over the control", &["3 P held C by=s", "5 P besieged D by=s"], SAME("held C")),
        ("annotations", &["3 P held C by=s", "5 P held D kind=strike by=s"], SAME("held C")),
        ("vacant", &["5 P vacant - by=s"], SAME("vacant")),
    ]);
}

#[test]
fn sources_that_differ_are_weighed_by_the_policy() {
    check(&[
        (
            "the most recently observed word",
            &["3 P held C by=p", "5 P held D by=s"],
            ["held D", "contested C,D", "held D", "contested C,D", "held C"],
        ),
        (
            "observed, never reported",
            &["3 P held C by=s obs=6 rep=6", "5 P held D by=t rep=8"],
            ["held C", "contested C,D", "held C", "contested C,D", "held C"],
        ),
        (
            "then the stronger stance",
            &["5 P held C by=s stance=assessed", "5 P held D by=t"],
            ["held C", "contested C,D", "held C", "contested C,D", "held C"],
        ),
        ("then both", &["5 P held C by=s", "5 P held D by=t"], SAME("contested C,D")),
        (
            "one vote a source, whatever its age",
            &["1 P held C by=s", "2 P held C by=t", "8 P held D by=u"],
            ["held D", "contested C,D", "held D", "held C", "held D"],
        ),
        (
            "an event of two sources gives two votes",
            &["1 P held C by=s;t", "8 P held D by=u"],
            ["held D", "contested C,D", "held D", "held C", "held D"],
        ),
        (
            "a source has one vote by all its words together",
            &["5 P partial C share=30% by=s", "5 P partial D share=60% by=s", "6 P held C by=t", "7 P held C by=u"],
            ["held C", "contested C,D", "held C", "held C", "held C"],
        ),
        (
            "a tie of three",
            &["5 P held C by=s", "6 P held D by=t", "7 P held E by=u"],
            ["held E", "contested C,D,E", "held E", "contested C,D,E", "held E"],
        ),
        (
            "only the tied votes contest",
            &["4 P held C by=s;t", "5 P held D by=u;v", "6 P held E by=w"],
            ["held E", "contested C,D,E", "held E", "contested C,D", "held E"],
        ),
        (
            "equal votes' shares combine",
            &["5 P partial C share=80% by=s", "6 P partial C share=>90% by=t", "7 P held C by=u"],
            ["held C", "C 80..100", "held C", "C 80..100", "held C"],
        ),
        (
            "the first rank that speaks",
            &["3 P held C by=q", "5 P held D by=s", "7 P held E by=p until=8"],
            ["held D", "contested C,D", "held D", "contested C,D", "held C"],
        ),
        (
            "a word ranks with the best of its sources",
            &["3 P held C by=q;s", "4 P held D by=p;t", "5 P held E by=u"],
            ["held E", "contested C,D,E", "held E", "contested C,D", "held D"],
        ),
        (
            "unlisted sources together, as the latest",
            &["3 P held C by=s", "5 P held D by=t"],
            ["held D", "contested C,D", "held D", "contested C,D", "held D"],
        ),
        ("an equal unknown beside a holder", &["5 P held C by=s", "5 P unknown - by=t"], SAME("held C")),
        (
            "more votes for unknown",
            &["4 P held C by=s", "5 P unknown - by=t;u"],
            ["unknown", "held C", "unknown", "unknown", "unknown"],
        ),
        ("vacant against a holder", &["5 P held C by=s", "5 P vacant - by=t"], SAME("unknown")),
    ]);
}

#[test]
fn a_source_tied_to_a_side_counts_only_where_it_speaks_against_it() {
    check(&[
        (
            "gives its side ground",
            &["3 P held C by=s", "5 P held A by=g"],
            ["held C", "contested A,C", "held A", "contested A,C", "held A"],
        ),
        (
            "an actor of its side, not its own claim",
            &["3 P held C by=s", "5 P held B by=g"],
            ["held C", "contested B,C", "held B", "contested B,C", "held B"],
        ),
        (
            "speaks against it",
            &["3 P held A by=s obs=2", "5 P held C by=g"],
            ["held C", "contested A,C", "held C", "contested A,C", "held C"],
        ),
        (
            "a part for its side",
            &["3 P held C by=s", "5 P partial A;C share=50% by=g"],
            ["held C", "contested A,C", "A,C 50", "contested A,C", "A,C 50"],
        ),
        (
            "a share taken from its side",
            &["3 P held A by=s", "5 P partial C share=70% opp=A by=g"],
            ["A 30 rest + C 70", "contested A,C", "A 30 rest + C 70", "contested A,C", "A 30 rest + C 70"],
        ),
        (
            "a contest gives both ground",
            &["3 P held C by=s", "5 P contested C opp=A by=g"],
            ["held C", "contested A,C", "contested A,C", "contested A,C", "contested A,C"],
        ),
        (
            "says that its side lost it",
            &["3 P held A by=s", "5 P lost A by=g"],
            ["lost A", "unknown", "lost A", "unknown", "lost A"],
        ),
        (
            "what a silenced source said before does not return",
            &["2 P held C by=g", "3 P held A by=g"],
            ["unknown", "held A", "held A", "held A", "held A"],
        ),
        (
            "two of one side",
            &["3 P held A by=g", "5 P held A by=h", "4 P held D by=s"],
            ["held D", "contested A,D", "held A", "held A", "held A"],
        ),
    ]);
}

#[test]
fn losses_are_weighed_as_the_words_that_they_speak_against() {
    check(&[
        (
            "told with a hold of the same day it votes for that hold",
            &["3 P held C by=s", "5 P lost C by=t", "5 P held D by=u"],
            ["held D", "contested C,D", "held D", "held D", "held D"],
        ),
        (
            "of another day it changes nothing for whom it does not name",
            &["3 P held D by=s", "5 P lost C by=t"],
            SAME("held D"),
        ),
        (
            "as many say that it is lost",
            &["3 P held C by=s", "5 P lost C by=t"],
            ["lost C", "unknown", "lost C", "unknown", "lost C"],
        ),
        (
            "more say that it is lost",
            &["3 P held C by=s", "4 P lost C by=t", "5 P lost C by=u"],
            ["lost C", "unknown", "lost C", "lost C", "lost C"],
        ),
        (
            "fewer say that it is lost",
            &["3 P held C by=s", "3 P held C by=t", "5 P lost C by=u"],
            ["lost C", "unknown", "lost C", "held C", "lost C"],
        ),
        (
            "every source says that it is lost",
            &["3 P held C by=s", "4 P lost C by=s", "5 P lost C by=t"],
            SAME("lost C"),
        ),
        (
            "of two who contest one is out",
            &["3 P contested C;D by=s", "5 P lost C by=t;u"],
            ["D ?", "contested C,D", "D ?", "D ?", "D ?"],
        ),
        (
            "the stronger stance decides first",
            &["3 P held C by=s", "5 P lost C by=t stance=claimed", "5 P held C by=u"],
            ["held C", "unknown", "held C", "held C", "held C"],
        ),
        (
            "a listed source's loss",
            &["3 P held C by=s", "4 P lost C by=p", "5 P held C by=t"],
            ["held C", "unknown", "held C", "held C", "lost C"],
        ),
    ]);
}

#[test]
fn denials_lower_stances_and_never_vote() {
    check(&[
        (
            "lowered below another's",
            &["5 P held C by=s", "5 P held D by=t stance=claimed", "5 P held C by=u;v stance=denied"],
            ["held D", "contested C,D", "held D", "contested C,D", "held D"],
        ),
        ("alone it holds all the same", &["4 P held C by=s", "5 P held C by=u;v stance=denied"], SAME("held C")),
    ]);
}

/// `A` is the southern factions, `B` the army, `C` Hay'at Tahrir al-Sham, each on a side of its own.
const SEED: &[&str] = &[
    "7 P partial A share=>90% obs=7T06:00 rep=7T09:00 by=sohr id=d1",
    "[6..7] P partial A share=80% rep=7T10:00 by=sohr id=d2",
    "7 P held A rep=7T12:00 by=southern-ops stance=claimed id=d3",
    "7 P lost B rep=7T09:30 by=sana stance=claimed id=d4",
    "[6..7] T held A rep=7T10:00 by=sohr id=d5",
    "7 Q lost B rep=7T10:00 by=sohr id=d6",
    "6 U held - kind=closure rep=6T18:00 by=jordan stance=assessed id=d7",
    "6 U besieged C rep=6T21:00 by=hts-media stance=claimed id=d8",
    "5 D held C rep=5T14:00 by=wire stance=assessed id=d9",
];

#[test]
fn the_nine_rows_of_the_seed_give_what_the_contract_says_under_each_policy() {
    // The army holds all of it before, by a word that nobody of the nine has said.
    let lines: Vec<&str> = SEED.iter().copied().chain(["1 P held B by=sohr", "1 Q held B by=sohr"]).collect();
    let mut dataset = dataset(&lines);
    for (source, side) in [("southern-ops", "south"), ("sana", "army"), ("hts-media", "hts")] {
        dataset.sources.iter_mut().filter(|s| s.id == source).for_each(|s| s.side = side.into());
    }
    for (actor, side) in ["south", "army", "hts"].iter().enumerate() {
        dataset.actors[actor].periods[0].side = (*side).into();
    }
    let told = |policy: &str, priority: &[&str], place: &str| {
        let options = options(|o| {
            o.name = Some(policy.into());
            o.priority = Some(priority.iter().map(|s| (*s).to_owned()).collect());
        });
        control_of(&dataset, &snapshot(&dataset, &options, "7"), place)
    };
    let combined = "A 80..100 + B 0..20 rest";
    // The observatory's two figures combine; the claims of the parties are weaker words of the same day.
    assert_eq!(told("latest", &[], "P"), combined);
    assert_eq!(told("priority", &["sohr"], "P"), combined);
    assert_eq!(told("priority", &["southern-ops"], "P"), "held A");
    // The army's own word that it is out leaves what was before; its side's word counts, the south's does not.
    assert_eq!(told("priority", &["sana"], "P"), "A 80..100");
    assert_eq!(told("against-interest", &[], "P"), combined);
    // Everybody agrees that it is the south; the army, which has left, keeps no rest.
    assert_eq!(told("majority", &[], "P"), "A 80..100");
    assert_eq!(told("consensus", &[], "P"), "A 80..100");
    for policy in POLICIES {
        let name = policy.name;
        assert_eq!(told(name, &[], "T"), "held A", "a town is taken: {name}");
        assert_eq!(told(name, &[], "Q"), "lost B", "out of control of the army: {name}");
        assert_eq!(told(name, &[], "U"), "unknown", "neither a siege nor a closure says who holds it: {name}");
        let closed = snapshot(&dataset, &under(name, &dataset), "6").states[place("U").0 as usize].clone();
        assert_eq!((closed.closed.is_some(), closed.overlays.len()), (true, 1), "{name}");
    }
    check(&[("the city is taken", &[&SEED[8].replace(" D ", " P ")], SAME("held C"))]);
}

#[test]
fn an_actors_side_goes_by_the_day_that_the_word_shows() {
    let mut dataset = world(&["3 P held A by=g", "5 Q held A by=g"]);
    let mut before = dataset.actors[0].periods[0].clone();
    before.side = "west".into();
    before.until = Day::of(2024, 12, 4);
    dataset.actors[0].periods[0].from = Day::of(2024, 12, 4);
    dataset.actors[0].periods.insert(0, before);
    let snapshot = snapshot(&dataset, &under("against-interest", &dataset), "6");
    assert_eq!(control_of(&dataset, &snapshot, "P"), "held A");
    assert_eq!(control_of(&dataset, &snapshot, "Q"), "unknown");
}

#[test]
fn a_tie_is_told_and_names_all_that_it_rests_on() {
    let dataset = world(&["3 P held C by=s id=x", "5 P lost C by=t id=y", "5 Q held C by=s", "6 U contested C;D by=s"]);
    let timeline = resolve(&dataset, &under("majority", &dataset), None).value;
    let ties: Vec<_> = (0..dataset.places.len())
        .flat_map(|place| timeline.spells(crate::model::PlaceIndex(place as u32)).collect::<Vec<_>>())
        .filter(|spell| spell.tied)
        .map(|spell| spell.evidence.iter().map(|e| dataset.event(*e).id.text()).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(ties, ["x y"]);
}

#[test]
fn a_source_of_priority_that_says_nothing_is_an_error_that_names_the_nearest() {
    let dataset = world(&["3 P held C by=sohr"]);
    let wrong = options(|o| o.priority = Some(vec!["sohrr".into(), "sohr".into()]));
    let found = resolve(&dataset, &wrong, None).diagnostics;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code.name, found[0].value.as_deref()), ("bad-word", Some("sohrr")));
    assert_eq!(found[0].hints, ["did you mean \"sohr\"?"]);
}
