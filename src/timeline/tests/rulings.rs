//! What stands, and what words of equal standing add up to: the smallest ledger for each rule.

use super::ledger::{check, control, dataset, moment, options, place, snapshot, state, timeline, words};
use crate::model::OverlayKind;
use crate::project::{PolicyOptions, Uncertain};
use crate::timeline::Basis;

#[test]
fn a_sources_last_word_stands_until_it_says_otherwise() {
    check(&[
        (
            "last word",
            &["3 P held A by=s", "5 P held B by=s"],
            &[("P", "2", "unknown"), ("P", "4", "held A"), ("P", "5", "held B")],
        ),
        ("same day all kept", &["5 P held A by=s", "5 P held B by=s"], &[("P", "5", "contested A,B")]),
        (
            "by time where both carry one",
            &["5T06:00 P held A by=s", "5T20:00 P held B by=s"],
            &[("P", "5T12:00", "held A"), ("P", "5", "held B")],
        ),
        (
            "a word without a time ties with all of its day",
            &["5T06:00 P held A by=s", "5T20:00 P held B by=s", "5 P held C by=s"],
            &[("P", "5T19:00", "held A"), ("P", "5T21:00", "held B"), ("P", "5", "contested B,C")],
        ),
        ("rows without source are of one unnamed source", &["3 P held A", "5 P held B obs=1"], &[("P", "5", "held B")]),
        (
            "ordered by the day each shows, not by the earliest",
            &["[1..6] P held A by=s", "5 P held B by=s"],
            &[("P", "5", "held B"), ("P", "6", "held A")],
        ),
        (
            "within a source observed does not decide",
            &["3 P held A by=s obs=9", "5 P held B by=s obs=4"],
            &[("P", "5", "held B")],
        ),
    ]);
}

#[test]
fn until_is_the_first_day_on_which_it_is_no_longer_true() {
    check(&[
        ("until", &["3 P held A until=5"], &[("P", "4", "held A"), ("P", "5", "unknown")]),
        (
            "what it said before does not return",
            &["2 P held B by=s", "3 P held A by=s until=5"],
            &[("P", "4", "held A"), ("P", "5", "unknown")],
        ),
        (
            "another source's word stands beneath",
            &["2 P held B by=t", "3 P held A by=s until=5"],
            &[("P", "4", "held A"), ("P", "5", "held B")],
        ),
        (
            "uncertain ends show like uncertain dates",
            &["3 P held A until=[5..8]"],
            &[("P", "7", "held A"), ("P", "8", "unknown")],
        ),
        (
            "no gap before the word that follows",
            &["3 P held A until=5 by=s", "5 P held B by=t"],
            &[("P", "5T12:00", "held A"), ("P", "5", "held B")],
        ),
        (
            "an end with a time",
            &["3 P held A until=5T12:00"],
            &[("P", "5T11:59", "held A"), ("P", "5T12:00", "unknown")],
        ),
        (
            "a word that ends before it shows leaves its source silent",
            &["1 P held B by=s", "3 P held A until=2 by=s"],
            &[("P", "2", "held B"), ("P", "3", "unknown")],
        ),
        (
            "a loss that ends does not bring back the hold",
            &["2 P held A by=s", "3 P lost A by=s until=5"],
            &[("P", "4", "lost A"), ("P", "5", "unknown")],
        ),
        (
            "a replaced word's end ends nothing",
            &["2 P held A until=6 by=s", "3 P held B by=s"],
            &[("P", "7", "held B")],
        ),
    ]);
}

#[test]
fn superseded_and_retracted_events_drop_out_before_excluded_stances() {
    check(&[
        ("superseded", &["3 P held A id=x", "3 P held B sup=x"], &[("P", "3", "held B")]),
        ("a retracted row was never said", &["3 P held A", "4 P held B stance=retracted"], &[("P", "4", "held A")]),
        (
            "taking back drops both",
            &["2 P held C", "3 P held A id=x", "4 P held A stance=retracted sup=x"],
            &[("P", "3", "held C"), ("P", "4", "held C")],
        ),
        (
            "superseded twice",
            &["3 P held A id=x", "3 P held B id=y sup=x", "3 P held C sup=y"],
            &[("P", "3", "held C")],
        ),
    ]);
    let lines = ["2 P held C by=t", "3 P held A id=x by=s", "4 P held B sup=x by=s stance=claimed"];
    let dataset = dataset(&lines);
    let without = options(|o| o.exclude = Some(vec!["claimed".into()]));
    let states = snapshot(&dataset, &without, "5").states;
    assert_eq!(words(&dataset, &states[place("P").0 as usize].control), "held C");
}

#[test]
fn a_denial_ends_its_own_and_lowers_other_words_that_name_the_actor() {
    check(&[
        ("never a candidate", &["3 P held A stance=denied"], &[("P", "3", "unknown")]),
        (
            "ends its own source's earlier words",
            &["2 P held A by=s", "4 P held A by=s stance=denied"],
            &[("P", "3", "held A"), ("P", "4", "unknown")],
        ),
        (
            "but not those that do not name the actor",
            &["2 P held B by=s", "4 P held A by=s stance=denied"],
            &[("P", "4", "held B")],
        ),
        (
            "sets those of others one stance lower",
            &["4 P held A by=s stance=reported", "4 P held B by=t stance=claimed", "4 P held A by=u stance=denied"],
            &[("P", "4", "contested A,B")],
        ),
        (
            "two deniers set it two lower",
            &[
                "4 P held A by=s stance=reported",
                "4 P held B by=t stance=claimed",
                "4 P held A by=u stance=denied",
                "4 P held A by=v stance=denied",
            ],
            &[("P", "4", "held B")],
        ),
        (
            "not later than it",
            &["5 P held A by=s", "5 P held B by=t stance=claimed", "4 P held A by=u stance=denied"],
            &[("P", "5", "held A")],
        ),
        (
            "lowered, it still holds alone",
            &["4 P held A by=s stance=claimed", "5 P held A by=u stance=denied"],
            &[("P", "5", "held A")],
        ),
        (
            "a denial stands until its source has another word",
            &[
                "5 P held A by=s obs=5",
                "5 P held B by=t stance=claimed obs=5",
                "5 P held A by=u stance=denied",
                "6 P held E by=u obs=1",
            ],
            &[("P", "5", "contested A,B"), ("P", "6", "held A")],
        ),
    ]);
}

#[test]
fn latest_takes_the_most_recently_observed_word_then_the_stronger_stance_then_both() {
    check(&[
        ("observed, not date", &["3 P held A by=s obs=6", "5 P held B by=t"], &[("P", "5", "held A")]),
        ("never reported", &["3 P held A by=s rep=9", "5 P held B by=t rep=6"], &[("P", "9", "held B")]),
        ("observed missing: the day it shows", &["[1..6] P held A by=s", "5 P held B by=t"], &[("P", "6", "held A")]),
        (
            "the stronger stance",
            &["5 P held A by=s", "5 P held B by=t stance=assessed", "5 P held C by=u stance=claimed"],
            &[("P", "5", "held B")],
        ),
        ("then both: contested", &["5 P held A by=s", "5 P held B by=t"], &[("P", "5", "contested A,B")]),
        (
            "a word without a time ties with all of its day",
            &["5T06:00 P held A by=s stance=claimed", "5T20:00 P held B by=t stance=claimed", "5 P held C by=u"],
            &[("P", "5T21:00", "held B"), ("P", "5", "held C")],
        ),
    ]);
}

#[test]
fn words_about_different_actors_stand_side_by_side_while_their_lows_leave_room() {
    check(&[
        ("room", &["5 P partial A share=60% by=s", "5 P partial B share=30% by=t"], &[("P", "5", "A 60 + B 30")]),
        (
            "exactly room",
            &["5 P partial A share=52% by=s", "5 P partial B share=27.5% by=s", "5 P partial C share=20.5% by=s"],
            &[("P", "5", "A 52 + B 27.5 + C 20.5")],
        ),
        ("no room", &["5 P partial A share=60% by=s", "5 P partial B share=50% by=t"], &[("P", "5", "contested A,B")]),
        ("two holders", &["5 P held A by=s", "5 P held B by=t"], &[("P", "5", "contested A,B")]),
        ("beside contested", &["5 P held A by=s", "5 P contested B;C by=t"], &[("P", "5", "contested A,B,C")]),
        ("a contest names its opponent", &["5 P contested B opp=C by=t"], &[("P", "5", "contested B,C")]),
        ("beside shared", &["5 P held A by=s", "5 P shared A;B by=t"], &[("P", "5", "contested A,B")]),
        ("the same shared", &["5 P shared A;B by=s", "5 P shared A;B by=t"], &[("P", "5", "shared A,B")]),
        ("two different shared", &["5 P shared A;B by=s", "5 P shared A;C by=t"], &[("P", "5", "contested A,B,C")]),
        ("fewer than two named", &["5 P held A by=s", "5 P contested A by=t"], &[("P", "5", "unknown")]),
        ("vacant and held", &["5 P held A by=s", "5 P vacant - by=t"], &[("P", "5", "unknown")]),
        (
            "vacant and two held",
            &["5 P held A by=s", "5 P vacant - by=t", "5 P held B by=u"],
            &[("P", "5", "contested A,B")],
        ),
        ("vacant twice", &["5 P vacant - by=s", "5 P vacant - by=t"], &[("P", "5", "vacant")]),
        ("vacant and unknown", &["5 P vacant - by=s", "5 P unknown - by=t"], &[("P", "5", "unknown")]),
        ("out of scope", &["5 P out-of-scope - by=s"], &[("P", "5", "out-of-scope")]),
        (
            "an equal unknown is ignored beside a holder",
            &["5 P held A by=s", "5 P unknown - by=t"],
            &[("P", "5", "held A")],
        ),
        ("a later unknown is not", &["5 P held A by=s", "6 P unknown - by=t"], &[("P", "6", "unknown")]),
        (
            "all of it leaves no room for a part",
            &["5 P held A by=s", "5 P partial B by=t"],
            &[("P", "5", "contested A,B")],
        ),
    ]);
}

#[test]
fn a_loss_takes_its_actor_out_of_what_stands_without_it_and_does_nothing_else() {
    check(&[
        (
            "ends a hold and names no new one",
            &["3 P held A by=s", "5 P lost A by=t"],
            &[("P", "4", "held A"), ("P", "5", "lost A")],
        ),
        ("of one source too", &["3 P held A", "5 P lost A"], &[("P", "5", "lost A")]),
        ("until somebody is named", &["3 P held A", "5 P lost A", "6 P held B"], &[("P", "6", "held B")]),
        (
            "with a hold of the same day it agrees",
            &["3 P held A by=r", "5 P lost A by=s", "5 P held B by=t"],
            &[("P", "5", "held B")],
        ),
        (
            "the stronger stance decides first",
            &["3 P held A by=r", "5 P lost A by=s stance=claimed", "5 P held A by=t"],
            &[("P", "5", "held A")],
        ),
        ("had no ground: changes nothing", &["3 P held B by=r", "5 P lost A by=s"], &[("P", "5", "held B")]),
        ("of two who contested the other has a part", &["3 P contested A;B", "5 P lost A"], &[("P", "5", "B ?")]),
        ("of two who shared as well", &["3 P shared A;B by=r", "5 P lost A by=s"], &[("P", "5", "B ?")]),
        ("of three who contested two go on", &["3 P contested A;B;C", "5 P lost A"], &[("P", "5", "contested B,C")]),
        ("nobody left", &["3 P contested A;B", "5 P lost A by=s", "5 P lost B by=t"], &[("P", "5", "lost A,B")]),
        ("nobody had been named", &["5 P lost A"], &[("P", "5", "lost A")]),
        (
            "one loss after another",
            &["3 P held A by=r", "5 P lost A by=s", "7 P lost B by=t"],
            &[("P", "7", "lost A,B")],
        ),
        ("vacant stays vacant", &["3 P vacant - by=r", "5 P lost A by=s"], &[("P", "5", "vacant")]),
        (
            "a share stays",
            &["3 P held B by=r", "4 P partial A share=80% by=s", "5 P lost B by=s"],
            &[("P", "4", "A 80 + B 20 rest"), ("P", "5", "A 80")],
        ),
        (
            "what a share left over stays, and is the rest of nothing",
            &["3 P held B by=r", "4 P partial A share=80% by=s", "5 P lost A by=t"],
            &[("P", "4", "A 80 + B 20 rest"), ("P", "5", "B 20")],
        ),
        (
            "a source's hold never outranks its own later loss",
            &["3 P held A by=s obs=9", "5 P lost A by=s"],
            &[("P", "9", "lost A")],
        ),
        ("an older loss beneath a newer hold", &["3 P lost A by=r", "5 P held A by=s"], &[("P", "5", "held A")]),
    ]);
}

#[test]
fn evidence_is_what_decides_sorted_by_id() {
    let lines =
        ["3 P held A id=z by=r", "5 P held B id=y by=s", "5 P lost A id=x by=t", "5 P held C id=w by=u stance=claimed"];
    let dataset = dataset(&lines);
    let ids = |when: &str| -> Vec<String> {
        let state = snapshot(&dataset, &PolicyOptions::default(), when).states[place("P").0 as usize].clone();
        state.evidence.iter().map(|e| dataset.event(*e).id.to_string()).collect()
    };
    assert_eq!(ids("4"), ["z"]);
    assert_eq!(ids("5"), ["x", "y"]);
    assert!(ids("2").is_empty());
}

#[test]
fn a_loss_alone_decides_where_nobody_is_left_and_what_repeats_it_does_not() {
    let ids = |lines: &[&str]| -> Vec<String> {
        let dataset = dataset(lines);
        let state = snapshot(&dataset, &PolicyOptions::default(), "9").states[place("P").0 as usize].clone();
        state.evidence.iter().map(|e| dataset.event(*e).id.to_string()).collect()
    };
    let weaker = ["3 P held A id=h by=r", "5 P lost A id=x by=s stance=claimed", "5 P lost A id=y by=t"];
    assert_eq!(ids(&weaker), ["y"]);
    assert_eq!(ids(&["3 P held A id=h by=r", "5 P lost A id=x by=s", "6 P lost B id=y by=t"]), ["x", "y"]);
    assert_eq!(ids(&["3 P contested A;B id=h by=r", "5 P lost A id=x by=s"]), ["h", "x"]);
    assert_eq!(ids(&["3 P held B id=h by=r", "5 P lost A id=x by=s"]), ["h"], "it changes nothing");
}

#[test]
fn a_state_tells_since_when_and_whether_only_a_party_says_so() {
    let lines = ["3 P held A by=r stance=claimed", "5 P held A by=s", "6 P held B by=s"];
    let claimed = state(&lines, "P", "4");
    assert_eq!((claimed.since, claimed.claimed), (Some(super::ledger::day(3)), true));
    let confirmed = state(&lines, "P", "5");
    assert_eq!((confirmed.since, confirmed.claimed), (Some(super::ledger::day(3)), false), "the control is the same");
    assert_eq!(state(&lines, "P", "7").since, Some(super::ledger::day(6)));
    let before = state(&lines, "P", "1");
    assert_eq!((before.since, before.basis), (None, Basis::Nothing));
}

#[test]
fn overlays_lie_over_the_control_and_displace_no_word() {
    let over = |lines: &[&str], when: &str| -> Vec<(OverlayKind, u32, bool)> {
        state(lines, "P", when).overlays.iter().map(|o| (o.kind, o.actor.0, o.claimed)).collect()
    };
    let siege = ["3 P held A by=s", "4 P besieged B by=s"];
    assert_eq!(control(&siege, "P", "4"), "held A", "displaces no word of its own source");
    assert_eq!(over(&siege, "4"), [(OverlayKind::Besieged, 1, false)]);
    assert_eq!(over(&["3 P held A by=s", "3 P presence B by=s"], "3"), [(OverlayKind::Presence, 1, false)]);
    assert_eq!(over(&["4 P besieged B by=s stance=claimed"], "4"), [(OverlayKind::Besieged, 1, true)]);
    let both = ["4 P besieged B by=s stance=claimed", "4 P besieged B by=t"];
    assert_eq!(over(&both, "4"), [(OverlayKind::Besieged, 1, false)], "somebody without a stake says so too");
    assert!(over(&["4 P besieged B by=s until=6"], "6").is_empty(), "ends with until");
    assert!(
        over(&["3 P held A by=r", "4 P besieged B by=s", "6 P held A by=s"], "6").is_empty(),
        "its source's next word"
    );
    assert!(over(&["4 P besieged B by=s", "6 P presence C by=s"], "6") == [(OverlayKind::Presence, 2, false)]);
    assert!(
        !over(&["3 P held A by=r", "4 P besieged B by=s", "6 P held A by=t"], "6").is_empty(),
        "another source's is not"
    );
    let changed = ["3 P held A by=r", "4 P besieged B by=s", "6 P contested A;B by=t", "7 P held A by=t"];
    assert!(over(&changed, "6").is_empty(), "the controllers change");
    assert!(over(&changed, "7").is_empty(), "and it does not return");
    assert!(
        !over(&["6 P held A by=r", "6 P besieged B by=s"], "6").is_empty(),
        "it shows with the control that it lies over"
    );
}

#[test]
fn annotations_never_change_control() {
    let lines =
        ["3 P held A", "5 P held B kind=closure by=s id=c", "7 P held B kind=reopening by=s", "6 P held B kind=strike"];
    assert_eq!(control(&lines, "P", "6"), "held A");
    let dataset = dataset(&lines);
    let closed = |when: &str| {
        let closed = snapshot(&dataset, &PolicyOptions::default(), when).states[place("P").0 as usize].closed;
        closed.map(|e| dataset.event(e).id.to_string())
    };
    assert_eq!((closed("4"), closed("5"), closed("7")), (None, Some("c".into()), None));
    assert_eq!(state(&["5 P held B kind=closure until=8"], "P", "8").closed, None);
}

#[test]
fn uncertain_dates_show_by_the_mode() {
    let at = |mode: Uncertain, line: &str, when: &str| {
        let dataset = dataset(&[line]);
        let states = snapshot(&dataset, &options(|o| o.uncertain = Some(mode)), when).states;
        words(&dataset, &states[place("P").0 as usize].control)
    };
    let known = |mode, line: &str, first: i32| {
        assert_eq!(at(mode, line, &(first - 1).to_string()), "unknown", "{mode:?} {line}");
        assert_eq!(at(mode, line, &first.to_string()), "held A", "{mode:?} {line}");
    };
    known(Uncertain::Latest, "[4..7] P held A", 7);
    known(Uncertain::Draw, "[4..7] P held A", 7);
    known(Uncertain::Earliest, "[4..7] P held A", 4);
    known(Uncertain::Midpoint, "[4..7] P held A", 5); // rounds down to a day
    known(Uncertain::Midpoint, "[..7] P held A", 7); // the latest day where the start is open
    known(Uncertain::Earliest, "[7..] P held A", 7);
    assert_eq!(
        at(Uncertain::Earliest, "[..7] P held A", "-9000"),
        "held A",
        "under earliest an open start holds from ever"
    );
    assert_eq!(at(Uncertain::Latest, "[7..] P held A", "9000"), "unknown", "it never must have happened");
    assert_eq!(at(Uncertain::Midpoint, "[7..] P held A", "9000"), "unknown");
}

#[test]
fn draw_marks_a_place_between_the_earliest_and_latest_day_of_a_coming_change() {
    let lines = ["1 P held A by=r", "[4..7] P held B by=s", "[9..12] P held B by=t", "[..15] U held C by=s"];
    let dataset = dataset(&lines);
    let draw = options(|o| o.uncertain = Some(Uncertain::Draw));
    let changing = |at: &str, when: &str| snapshot(&dataset, &draw, when).states[place(at).0 as usize].changing;
    let days: Vec<i32> = (1..16).filter(|d| changing("P", &d.to_string())).collect();
    assert_eq!(days, [4, 5, 6], "and not where the coming word changes nothing");
    assert!(changing("T", "5"), "a place inside changes with what contains it");
    assert!(!changing("U", "14"), "an open start has no day to draw from");
    assert!(!snapshot(&dataset, &PolicyOptions::default(), "5").states[place("P").0 as usize].changing);
}

#[test]
fn breakpoints_are_the_moments_at_which_anything_changes() {
    let lines = ["3 P held A by=r until=6", "3 Q held A", "4T12:00 T held B"];
    let dataset = dataset(&lines);
    let wanted: Vec<_> = ["3", "4T12:00", "6"].iter().map(|w| moment(&dataset, w)).collect();
    assert_eq!(timeline(&dataset, &PolicyOptions::default()).breakpoints(), wanted);
}
