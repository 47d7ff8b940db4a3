//! Windows of time: which changes are sure, which may lie outside, and which may lie inside.

use super::ledger::{dataset, day, options, place};
use crate::project::{PolicyOptions, Uncertain};
use crate::timeline::{Dating, Window, window};

/// The window from the end of a day to the end of another.
fn between(lines: &[&str], options: &PolicyOptions, from: i32, to: i32) -> Window {
    let all = dataset(lines);
    let [from, to] = [from, to].map(|d| all.offset.end_of(day(d)));
    window(&all, options, None, from, to).value
}

fn dating(lines: &[&str], options: &PolicyOptions, from: i32, to: i32) -> Dating {
    between(lines, options, from, to).dating[place("P").0 as usize]
}

#[test]
fn a_change_whose_date_lies_inside_is_sure() {
    let lines = ["1 P held A by=s", "[3..5] P held B by=s"];
    assert_eq!(dating(&lines, &PolicyOptions::default(), 2, 6), Dating::Sure);
    assert_eq!(dating(&lines, &PolicyOptions::default(), 6, 9), Dating::Sure, "nothing changes there");
}

#[test]
fn a_change_that_may_lie_outside_is_loose() {
    let lines = ["1 P held A by=s", "[3..5] P held B by=s"];
    assert_eq!(dating(&lines, &PolicyOptions::default(), 4, 6), Dating::Loose, "it may have come before");
    let earliest = options(|o| o.uncertain = Some(Uncertain::Earliest));
    assert_eq!(dating(&lines, &earliest, 2, 4), Dating::Loose, "it may have come after");
}

#[test]
fn a_change_that_is_not_counted_but_may_lie_inside_is_possible() {
    let lines = ["1 P held A by=s", "[3..5] P held B by=s"];
    let window = between(&lines, &PolicyOptions::default(), 2, 4);
    assert_eq!(window.dating[place("P").0 as usize], Dating::Possible);
    let (at, from, to) = &window.possible.iter().find(|p| p.0 == place("P")).expect("it is told");
    assert_eq!((*at, from == to), (place("P"), false));
    // longer than the window, so that neither way to read dates has it inside
    assert_eq!(dating(&["1 P held A by=s", "[2..9] P held B by=s"], &PolicyOptions::default(), 4, 6), Dating::Possible);
}

#[test]
fn a_share_that_differs_with_dates_is_no_change_of_date() {
    let lines = ["1 P held A by=s", "[3..4] P partial B share=80% by=s", "[4..5] P partial B share=90% by=s"];
    assert_eq!(dating(&lines, &PolicyOptions::default(), 2, 4), Dating::Sure, "it changed in any case");
}
