//! Why: what became of every word, by the rule that decided it.

use super::ledger::{dataset, moment, options, place};
use super::properties::{any_options, ledger, moments, of, ranked};
use crate::model::{Dataset, PlaceIndex};
use crate::project::PolicyOptions;
use crate::timeline::{Basis, Verdict, Why, resolve, why};
use proptest::prelude::*;

fn asked(dataset: &Dataset, options: &PolicyOptions, as_of: Option<&str>, at: &str) -> Why {
    let by = as_of.map(|by| moment(dataset, by));
    let checked = why(dataset, options, by, place(at), moment(dataset, "9"));
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    checked.value
}

/// Verdicts in words, `id verdict` or `id verdict by-id`, by the day that the events show.
fn verdicts(dataset: &Dataset, why: &Why) -> Vec<String> {
    let id = |e| dataset.event(e).id.to_string();
    let one = |verdict: Verdict| {
        let text = format!("{verdict:?}");
        let name = text.split('(').next().unwrap().to_owned();
        match verdict {
            Verdict::Superseded(e) | Verdict::Replaced(e) | Verdict::Silenced(e) | Verdict::Swept(e) => {
                format!("{name} {}", id(e))
            }
            Verdict::Beneath(e) | Verdict::Out(e) | Verdict::Older(e) | Verdict::Weaker(e) | Verdict::Outranked(e) => {
                format!("{name} {}", id(e))
            }
            _ => name,
        }
    };
    let told = why.units.iter().flat_map(|u| &u.told);
    told.map(|t| {
        let mut all: Vec<String> = t.verdicts.iter().map(|(_, v)| one(*v)).collect();
        all.dedup();
        format!("{} {}", id(t.event), all.join(", "))
    })
    .collect()
}

#[test]
fn each_rule_has_its_verdict() {
    let usual = PolicyOptions::default();
    let named = |name: &str| options(|o| o.name = Some(name.into()));
    let without = |word: &str| options(|o| o.exclude = Some(vec![word.into()]));
    let trusted = options(|o| {
        o.name = Some("priority".into());
        o.priority = Some(vec!["p".into()]);
    });
    let cases: &[(&str, &PolicyOptions, &[&str], &[&str])] = &[
        ("replaced", &usual, &["3 P held A by=s id=x", "5 P held B by=s id=y"], &["x Replaced y", "y Decides"]),
        ("older", &usual, &["3 P held A by=s id=x", "5 P held B by=t id=y"], &["x Older y", "y Decides"]),
        (
            "weaker",
            &usual,
            &["5 P held A by=s id=x stance=claimed", "5 P held B by=t id=y"],
            &["x Weaker y", "y Decides"],
        ),
        ("superseded", &usual, &["3 P held A id=x", "3 P held B id=y sup=x"], &["x Superseded y", "y Decides"]),
        ("retracted", &usual, &["3 P held A id=x", "4 P held B id=y stance=retracted"], &["x Decides", "y Retracted"]),
        ("ended", &usual, &["3 P held A id=x until=5"], &["x Ended"]),
        ("silenced", &usual, &["2 P held A by=s id=x", "3 P lost A by=s id=y until=5"], &["x Silenced y", "y Ended"]),
        ("not yet", &usual, &["3 P held A id=x", "[5..12] P held B id=y"], &["x Decides", "y NotYet"]),
        ("never", &usual, &["3 P held A id=x", "[5..] P held B id=y"], &["x Decides", "y NotYet"]),
        ("annotation", &usual, &["3 P held A id=x", "5 P held B kind=strike id=y"], &["x Decides", "y Annotates"]),
        ("nobody", &usual, &["3 P held A id=x by=s", "5 P held - id=y by=t"], &["x Decides", "y NamesNobody"]),
        ("over it", &usual, &["3 P held A id=x by=s", "5 P besieged B id=y by=t"], &["x Decides", "y LiesOver"]),
        (
            "lifted",
            &usual,
            &["3 P held A id=x by=s", "4 P besieged B id=y by=t", "5 P held B id=z by=s"],
            &["x Replaced z", "y Lifted", "z Decides"],
        ),
        ("denies", &usual, &["5 P held A id=x by=s", "5 P held A id=y by=t stance=denied"], &["x Decides", "y Denies"]),
        ("a loss", &usual, &["3 P held A id=x by=s", "5 P lost A id=y by=t"], &["x Out y", "y Decides"]),
        ("of its own", &usual, &["3 P held A id=x by=s", "5 P lost A id=y by=s"], &["x Out y", "y Decides"]),
        (
            "beneath its own",
            &usual,
            &["3 P held A id=x by=s", "5 P lost A id=y by=s", "6 P held B id=z by=t"],
            &["x Beneath y", "y Older z", "z Decides"],
        ),
        ("no ground", &usual, &["3 P held B id=x by=s", "5 P lost A id=y by=t"], &["x Decides", "y ChangesNothing"]),
        ("the whole unit", &usual, &["3 T held A id=x by=s", "4 P held B id=y by=t"], &["x Swept y", "y Decides"]),
        (
            "a stance",
            &without("claimed"),
            &["3 P held A id=x", "5 P held B id=y stance=claimed"],
            &["x Decides", "y StanceExcluded"],
        ),
        (
            "a source",
            &without("source:t"),
            &["3 P held A id=x by=s;t", "5 P held B id=y by=t"],
            &["x Decides, SourceExcluded", "y SourceExcluded"],
        ),
        ("its rank", &trusted, &["3 P held A id=x by=p", "5 P held B id=y by=s"], &["x Decides", "y Outranked x"]),
        (
            "votes",
            &named("majority"),
            &["3 P held A id=x by=s;t", "5 P held B id=y by=u"],
            &["x Decides", "y Outvoted"],
        ),
        (
            "a lost vote",
            &named("majority"),
            &["3 P held A id=x by=s;t", "5 P lost A id=y by=u"],
            &["x Decides", "y Outvoted"],
        ),
        (
            "unknown",
            &named("consensus"),
            &["3 P held A id=x by=s", "5 P unknown - id=y by=u"],
            &["x Decides", "y Ignored"],
        ),
    ];
    for (name, options, lines, expected) in cases {
        let dataset = dataset(lines);
        let at = if lines[0].contains(" T ") { "T" } else { "P" };
        assert_eq!(verdicts(&dataset, &asked(&dataset, options, None, at)), *expected, "{name}");
    }
}

#[test]
fn what_was_not_known_by_then_says_so() {
    let dataset = dataset(&["3 P held A id=x rep=3", "4 P held B id=y rep=6"]);
    let why = asked(&dataset, &PolicyOptions::default(), Some("5"), "P");
    assert_eq!(verdicts(&dataset, &why), ["x Decides", "y NotKnown"]);
}

#[test]
fn a_source_that_serves_its_own_side_says_so() {
    let mut dataset = dataset(&["3 P held A id=x by=s", "5 P held B id=y by=t"]);
    dataset.sources.iter_mut().filter(|s| s.id == "t").for_each(|s| s.side = "B".into());
    let why = asked(&dataset, &options(|o| o.name = Some("against-interest".into())), None, "P");
    assert_eq!(verdicts(&dataset, &why), ["x Decides", "y OwnInterest"]);
}

#[test]
fn what_contains_the_place_is_told_too_innermost_first() {
    let dataset = dataset(&["3 P held A id=x by=s", "2 C held B id=y by=t", "5 T presence B id=z by=t"]);
    let why = asked(&dataset, &PolicyOptions::default(), None, "T");
    assert_eq!(why.units.iter().map(|u| u.place).collect::<Vec<_>>(), ["T", "D", "P", "C"].map(place));
    assert_eq!(verdicts(&dataset, &why), ["z LiesOver", "x Decides", "y Decides"]);
    assert_eq!((why.state.basis, why.tied), (Basis::Carried, false));
}

#[test]
fn a_rest_tells_who_was_there_before() {
    let dataset = dataset(&["3 P held B by=s", "5 P partial A share=80% by=t"]);
    let why = asked(&dataset, &PolicyOptions::default(), None, "P");
    assert_eq!(why.before.map(|c| super::ledger::words(&dataset, &c)).as_deref(), Some("held B"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_decides_is_what_the_timeline_rests_on(lines in ledger(), options in any_options(), at in 0..6u32, when in 0..38usize) {
        let dataset = of(&lines);
        let options = ranked(&dataset, &options);
        let when = moments(&dataset)[when];
        let why = why(&dataset, &options, None, PlaceIndex(at), when).value;
        let state = &resolve(&dataset, &options, None).value.snapshot(&dataset, when).states[at as usize];
        prop_assert_eq!(&why.state, state);
        let mut decide: Vec<_> = why.units[0].told.iter().filter(|t| t.decides()).map(|t| t.event).collect();
        decide.sort_by(|a, b| dataset.event(*a).id.cmp(&dataset.event(*b).id));
        // A loss here may take out the last of those whom a loss around it left: that one is told of its own unit.
        let mut due = if state.basis == Basis::Direct { state.evidence.clone() } else { Vec::new() };
        due.retain(|e| dataset.event(*e).place == PlaceIndex(at));
        prop_assert_eq!(decide, due, "{:?}", verdicts(&dataset, &why));
        // Everything on the place and around it is told once, each source of it once.
        let told: usize = why.units.iter().flat_map(|u| &u.told).map(|t| t.verdicts.len()).sum();
        let all: usize = why.units.iter().map(|u| dataset.events.iter().filter(|e| e.place == u.place).map(|e| e.sources.len()).sum::<usize>()).sum();
        prop_assert_eq!(told, all);
    }
}
