//! Options: what was known, what is excluded, what is stale, and words that are none.

use super::ledger::{dataset, day, moment, options, place, snapshot, words};
use crate::model::Dataset;
use crate::project::{Days, PolicyOptions};
use crate::timeline::{POLICIES, resolve};

fn known(dataset: &Dataset, by: &str, when: &str) -> String {
    let timeline = resolve(dataset, &PolicyOptions::default(), Some(moment(dataset, by))).value;
    words(dataset, &timeline.snapshot(dataset, moment(dataset, when)).states[place("P").0 as usize].control)
}

#[test]
fn an_event_is_known_from_reported_else_observed_else_the_latest_day_of_its_date() {
    let all = dataset(&["1 P held A by=s", "3 P held B by=t rep=6 obs=4"]);
    assert_eq!((known(&all, "5", "5"), known(&all, "6", "5")), ("held A".into(), "held B".into()));
    let all = dataset(&["1 P held A by=s", "[1..3] P held B by=t obs=4"]);
    assert_eq!((known(&all, "3", "5"), known(&all, "4", "5")), ("held A".into(), "held B".into()));
    let all = dataset(&["1 P held A by=s", "[2..4] P held B by=t"]);
    assert_eq!((known(&all, "3", "5"), known(&all, "4", "5")), ("held A".into(), "held B".into()));
    let all = dataset(&["1 P held A by=s", "2 P held B by=t rep=4T12:00"]);
    assert_eq!((known(&all, "4T11:00", "5"), known(&all, "4T12:00", "5")), ("held A".into(), "held B".into()));
}

#[test]
fn a_correction_counts_only_from_when_it_was_known() {
    let all = dataset(&["1 P held A id=x rep=1", "1 P held B sup=x rep=4"]);
    assert_eq!((known(&all, "3", "5"), known(&all, "4", "5")), ("held A".into(), "held B".into()));
}

#[test]
fn excluded_stances_and_sources_do_not_count() {
    let all = dataset(&["1 P held A by=s", "2 P held B by=t;u stance=claimed", "3 P held C by=u"]);
    let without = |word: &str| {
        let options = options(|o| o.exclude = Some(vec![word.into()]));
        words(&all, &snapshot(&all, &options, "2").states[place("P").0 as usize].control)
    };
    assert_eq!(without("claimed"), "held A");
    assert_eq!(without("reported"), "held B");
    assert_eq!(without("source:t"), "held B", "the other source's word stays");
    let both = options(|o| o.exclude = Some(vec!["source:t".into(), "source:u".into()]));
    assert_eq!(words(&all, &snapshot(&all, &both, "5").states[place("P").0 as usize].control), "held A");
}

#[test]
fn a_word_is_stale_when_older_than_so_many_days() {
    let all = dataset(&["1 P held A by=s obs=3", "1 Q held A by=s"]);
    let options = options(|o| o.stale_after = Some(Days(5)));
    let stale = |at: &str, when: &str| snapshot(&all, &options, when).states[place(at).0 as usize].stale;
    assert_eq!((stale("P", "8"), stale("P", "9")), (false, true), "since it was observed");
    assert_eq!((stale("Q", "6"), stale("Q", "7")), (false, true), "else since it shows");
    assert!(stale("T", "9"), "a carried word as well");
    assert!(!stale("C", "30"), "where there is no word, none is old");
    let starts = crate::timeline::resolve(&all, &options, None).value.breakpoints();
    assert!(starts.contains(&all.offset.start_of(day(9))) && starts.contains(&all.offset.start_of(day(7))));
}

#[test]
fn unknown_policies_and_words_of_exclude_are_errors_that_list_what_there_is() {
    let all = dataset(&["1 P held A by=sohr"]);
    let found = resolve(&all, &options(|o| o.name = Some("lastest".into())), None).diagnostics;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code.name, found[0].value.as_deref()), ("unknown-policy", Some("lastest")));
    assert!(found[0].hints[0].contains("did you mean `latest`?"));
    let wrong = options(|o| o.exclude = Some(vec!["claims".into(), "source:sohrr".into(), "source:sohr".into()]));
    let found = resolve(&all, &wrong, None).diagnostics;
    assert_eq!(found.iter().map(|d| d.code.name).collect::<Vec<_>>(), ["bad-word", "bad-word"]);
    assert!(found[0].hints[0].contains("`claimed`"));
    assert_eq!(found[1].hints[0], "did you mean `source:sohr`?");
}

#[test]
fn policies_are_sorted_with_unique_names() {
    assert!(POLICIES.is_sorted_by(|a, b| a.name < b.name));
    assert!(POLICIES.iter().all(|p| !p.doc.is_empty()));
}
