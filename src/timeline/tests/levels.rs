//! Levels: what a word on a unit does inside it, and what a place has without words of its own.

use super::ledger::{check, state};
use crate::timeline::Basis;

#[test]
fn a_finer_word_overrides_an_earlier_word_on_the_unit_and_a_later_one_replaces_it_again() {
    check(&[
        (
            "finer overrides",
            &["3 P held A", "5 T held B"],
            &[("T", "4", "held A"), ("T", "5", "held B"), ("P", "5", "held A")],
        ),
        ("later held replaces", &["3 T held B", "5 P held A"], &[("T", "4", "held B"), ("T", "5", "held A")]),
        ("later vacant replaces", &["3 T held B", "5 P vacant -"], &[("T", "5", "vacant")]),
        ("a later share does not", &["3 T held B", "5 P partial A share=80%"], &[("T", "5", "held B")]),
        ("nor contested nor shared", &["3 T held B", "5 P contested A;C", "6 P shared A;C"], &[("T", "6", "held B")]),
        ("100 % does: it is held", &["3 T held B", "5 P partial A share=100%"], &[("T", "5", "held A")]),
        ("on the same day the finer word holds", &["5 T held B", "5 P held A"], &[("T", "5", "held B")]),
        ("even at an earlier hour", &["5T06:00 T held B", "5T12:00 P held A"], &[("T", "5", "held B")]),
        ("through every level", &["3 T held B", "5 C held A"], &[("T", "5", "held A"), ("D", "5", "held A")]),
        (
            "a settlement never paints its unit",
            &["5 T held B"],
            &[("D", "5", "unknown"), ("P", "5", "unknown"), ("C", "5", "unknown")],
        ),
    ]);
}

#[test]
fn older_finer_words_no_longer_count_even_when_the_units_word_is_replaced() {
    check(&[
        (
            "replaced by a contest",
            &["3 T held B by=s", "5 P held A by=t", "7 P contested A;B by=u"],
            &[("T", "6", "held A"), ("T", "7", "unknown")],
        ),
        ("ended", &["3 T held B", "5 P held A until=7"], &[("T", "7", "unknown")]),
        (
            "a lost does so only to words that name the loser",
            &["3 T held A by=s", "3 U held B by=s", "5 P lost A"],
            &[("T", "5", "lost A"), ("U", "5", "held B")],
        ),
        ("a contest that names the loser too", &["3 T contested A;B", "5 P lost A"], &[("T", "5", "lost A")]),
        (
            "a source whose word no longer counts is silent",
            &["2 T held C by=s", "3 T held B by=s", "5 P held A by=t until=6"],
            &[("T", "6", "unknown")],
        ),
        (
            "a later finer word counts",
            &["3 T held B by=s", "5 P held A by=t", "6 T held C by=s"],
            &[("T", "6", "held C")],
        ),
        (
            "a word that its own unit does not go by ends nothing inside",
            &["3 T held B", "5 P held A by=s stance=claimed", "5 P partial A share=80% by=t"],
            &[("T", "5", "held B")],
        ),
        (
            "all of it among the deciding words ends it",
            &["3 T held B", "5 P held A by=s", "5 P partial A share=80% by=t"],
            &[("P", "5", "A 80..100"), ("T", "5", "unknown")],
        ),
    ]);
}

#[test]
fn a_place_without_words_has_the_state_of_its_unit_where_that_is_held_lost_or_vacant() {
    check(&[
        ("held", &["5 P held A"], &[("T", "5", "held A"), ("D", "5", "held A"), ("Q", "5", "unknown")]),
        ("lost", &["3 P held A", "5 P lost A"], &[("T", "5", "lost A")]),
        ("vacant", &["5 P vacant -"], &[("T", "5", "vacant")]),
        ("split", &["5 P partial A share=80%"], &[("T", "5", "unknown")]),
        ("contested", &["5 P contested A;B"], &[("T", "5", "unknown")]),
        ("shared", &["5 P shared A;B"], &[("T", "5", "unknown")]),
        (
            "the innermost unit with a state",
            &["3 P held A", "5 D contested A;B"],
            &[("T", "5", "unknown"), ("U", "5", "held A")],
        ),
        ("a loss takes out what is carried", &["3 P held A", "5 T lost A"], &[("T", "5", "lost A")]),
        ("or changes nothing in it", &["3 P held B", "5 T lost A"], &[("T", "5", "held B")]),
        ("a loss where the unit is split", &["3 P contested A;B", "5 T lost A"], &[("T", "5", "lost A")]),
        ("its own word ends", &["3 P held A", "5 T held B until=7"], &[("T", "6", "held B"), ("T", "7", "held A")]),
    ]);
}

#[test]
fn a_carried_state_says_so_and_rests_on_the_units_words() {
    let lines = ["3 P held A stance=claimed", "3 P presence B by=s", "5 U held A"];
    let town = state(&lines, "T", "4");
    assert_eq!((town.basis, town.claimed, town.evidence.len()), (Basis::Carried, true, 1));
    assert!(town.overlays.is_empty(), "what lies over the unit is not carried");
    assert_eq!(state(&lines, "U", "4").basis, Basis::Carried);
    assert_eq!(state(&lines, "U", "5").basis, Basis::Direct);
    assert_eq!(state(&lines, "U", "5").since, Some(super::ledger::day(3)), "the same control, told again");
    assert_eq!(state(&lines, "Q", "5").basis, Basis::Nothing);
}

#[test]
fn older_overlays_inside_end_with_a_word_on_the_whole_unit() {
    let lines = ["3 T held A by=s", "4 T besieged B by=t", "5 P held A by=u"];
    assert_eq!(state(&lines, "T", "4").overlays.len(), 1);
    assert!(state(&lines, "T", "5").overlays.is_empty());
}
