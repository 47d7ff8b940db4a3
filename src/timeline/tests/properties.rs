//! What must hold of any ledger: random lines, all of them resolved.

use super::ledger::{dataset, moment, options, timeline, words};
use crate::model::{Control, Dataset, Entry, Event, EventIndex, Events, Moment, PlaceIndex, Share, Site};
use crate::project::{Days, PolicyOptions, Uncertain};
use crate::timeline::area::bounds;
use crate::timeline::{EVER, NEVER, POLICIES, Snapshot, resolve, share_of};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// A line of a ledger: any status, any date, any source, now and then an end, a stance, a share.
fn line() -> impl Strategy<Value = String> {
    let days = 1..12i32;
    let date = prop_oneof![
        4 => days.clone().prop_map(|d| d.to_string()),
        1 => (days.clone(), 0..24u32).prop_map(|(d, h)| format!("{d}T{h:02}:00")),
        1 => (days.clone(), 0..4i32).prop_map(|(d, n)| format!("[{d}..{}]", d + n)),
        1 => days.clone().prop_map(|d| format!("[..{d}]")),
        1 => days.clone().prop_map(|d| format!("[{d}..]")),
    ]
    .boxed();
    let actors = subsequence(vec!["A", "B", "C", "D"], 1..=3).prop_map(|a| a.join(";"));
    let status = select(vec![
        "held",
        "held",
        "held",
        "partial",
        "partial",
        "partial",
        "contested",
        "shared",
        "presence",
        "besieged",
        "lost",
        "lost",
        "vacant",
        "unknown",
        "out-of-scope",
    ]);
    let share = proptest::option::of(select(vec!["80%", ">90%", "<10%", "~52%", "30%..60%", "100%", "33%", "5%"]));
    let stance = select(vec!["reported", "reported", "assessed", "claimed", "denied", "retracted"]);
    let place = select(vec!["C", "P", "P", "P", "D", "T", "T", "U"]);
    let by = select(vec!["s", "t", "u", "v", "s;t"]);
    let opponent = proptest::option::of(select(vec!["A", "B", "E"]));
    let kind = proptest::option::weighted(0.2, select(vec!["closure", "reopening", "capture"]));
    let dates = (date.clone(), proptest::option::weighted(0.2, date.clone()), proptest::option::weighted(0.3, date));
    (dates, place, status, actors, share, stance, by, opponent, kind).prop_map(
        |((date, until, seen), place, status, actors, share, stance, by, opponent, kind)| {
            let mut line = format!("{date} {place} {status} {actors} by={by} stance={stance}");
            let mut add = |key: &str, value: Option<String>| {
                line += &value.map(|v| format!(" {key}={v}")).unwrap_or_default();
            };
            add("share", share.filter(|_| status == "partial").map(str::to_owned));
            add("opp", opponent.map(str::to_owned));
            add("kind", kind.map(str::to_owned));
            add("until", until);
            add("obs", seen);
            line
        },
    )
}

pub fn ledger() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(line(), 0..14).prop_map(|mut lines| {
        lines.iter_mut().enumerate().for_each(|(i, line)| *line += &format!(" id=e{i:03}"));
        lines
    })
}

/// Every way to show dates, under the usual policy.
pub fn any_dates() -> impl Strategy<Value = PolicyOptions> {
    select(vec![Uncertain::Latest, Uncertain::Earliest, Uncertain::Midpoint, Uncertain::Draw]).prop_map(|mode| {
        options(|o| {
            o.uncertain = Some(mode);
            o.stale_after = Some(Days(3));
        })
    })
}

/// Every way to show dates under every policy.
pub fn any_options() -> impl Strategy<Value = PolicyOptions> {
    let names: Vec<&str> = POLICIES.iter().map(|p| p.name).collect();
    (any_dates(), select(names)).prop_map(|(dates, name)| PolicyOptions { name: Some(name.to_owned()), ..dates })
}

/// The sources `s` and `t` are tied to the sides of `A` and `B`; `priority` trusts `u`, then `s`.
pub fn of(lines: &[String]) -> Dataset {
    let mut dataset = dataset(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    for (source, side) in [("s", "east"), ("t", "B")] {
        dataset.sources.iter_mut().filter(|s| s.id == source).for_each(|s| s.side = side.into());
    }
    dataset.actors[0].periods[0].side = "east".into();
    dataset
}

/// The options with the order of sources, as far as the dataset has them.
pub fn ranked(dataset: &Dataset, options: &PolicyOptions) -> PolicyOptions {
    let known = |id: &&str| dataset.sources.iter().any(|s| s.id == **id);
    let priority = ["u", "s"].into_iter().filter(known).map(str::to_owned).collect();
    PolicyOptions { priority: Some(priority), ..options.clone() }
}

/// A snapshot with events by their ids, so that it compares between datasets.
fn told(dataset: &Dataset, snapshot: &Snapshot) -> Vec<String> {
    let ids = |events: &[EventIndex]| events.iter().map(|e| dataset.event(*e).id.to_string()).collect::<Vec<_>>();
    let closed = |e: Option<EventIndex>| e.map(|e| dataset.event(e).id.to_string());
    snapshot
        .states
        .iter()
        .map(|s| {
            format!(
                "{} {:?} {:?} {:?} {:?} {} {} {:?} {}",
                words(dataset, &s.control),
                s.overlays.iter().map(|o| (o.kind, o.actor, o.claimed, o.since, ids(&o.evidence))).collect::<Vec<_>>(),
                ids(&s.evidence),
                s.basis,
                s.since,
                s.claimed,
                s.stale,
                closed(s.closed),
                s.changing
            )
        })
        .collect()
}

pub fn moments(dataset: &Dataset) -> Vec<Moment> {
    (-1..18).flat_map(|d| [format!("{d}"), format!("{d}T12:30")]).map(|w| moment(dataset, &w)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_changes_nothing((lines, shuffled) in ledger().prop_flat_map(|l| (Just(l.clone()), Just(l).prop_shuffle())), options in any_options()) {
        let (a, b) = (of(&lines), of(&shuffled));
        let (all, same) = (timeline(&a, &ranked(&a, &options)), timeline(&b, &ranked(&b, &options)));
        prop_assert_eq!(all.breakpoints(), same.breakpoints());
        for at in moments(&a) {
            prop_assert_eq!(told(&a, &all.snapshot(&a, at)), told(&b, &same.snapshot(&b, at)));
        }
    }

    #[test]
    fn the_order_of_events_within_a_place_changes_nothing((lines, seed) in (ledger(), any::<u64>()), options in any_options()) {
        let a = of(&lines);
        let mut b = a.clone();
        // Any order by place will do, whatever it is within a place.
        let key = |e: &Event<'_>| (e.place, (e.origin.row as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        let mut order: Vec<usize> = (0..a.events.len()).collect();
        order.sort_by_key(|i| key(&a.events.get(*i)));
        let entries: Vec<Entry> = order.iter().map(|i| a.events.entries()[*i]).collect();
        let sites = a.events.iter().map(|e| Site { place: e.place, hash: 0 }).collect();
        b.events = Events::new(entries, a.places.len(), sites, a.events.said().to_vec(), a.events.beside().to_vec());
        let (all, same) = (timeline(&a, &ranked(&a, &options)), timeline(&b, &ranked(&b, &options)));
        for at in moments(&a) {
            prop_assert_eq!(told(&a, &all.snapshot(&a, at)), told(&b, &same.snapshot(&b, at)));
        }
    }

    #[test]
    fn spells_follow_on_each_other_and_differ_and_a_snapshot_is_the_spell_of_its_moment(lines in ledger(), options in any_options()) {
        let dataset = of(&lines);
        let all = timeline(&dataset, &ranked(&dataset, &options));
        let breakpoints = all.breakpoints();
        for place in (0..dataset.places.len()).map(|p| PlaceIndex(p as u32)) {
            let spells: Vec<_> = all.spells(place).collect();
            prop_assert_eq!(spells[0].from, EVER);
            prop_assert_eq!(spells[spells.len() - 1].until, NEVER);
            for pair in spells.windows(2) {
                prop_assert_eq!(pair[0].until, pair[1].from);
                prop_assert!(pair[0].from < pair[0].until);
                prop_assert!(breakpoints.binary_search(&pair[1].from).is_ok());
                let rests = |s: &crate::timeline::Spell<'_>| (s.control.clone(), s.overlays.to_vec(), s.evidence.to_vec(), s.basis);
                prop_assert_ne!(rests(&pair[0]), rests(&pair[1]));
            }
            for at in moments(&dataset) {
                let state = &all.snapshot(&dataset, at).states[place.0 as usize];
                let found: Vec<_> = spells.iter().filter(|s| s.from <= at && at < s.until).collect();
                prop_assert_eq!(found.len(), 1);
                prop_assert_eq!(&state.control, found[0].control);
                prop_assert_eq!(&state.evidence[..], found[0].evidence);
                prop_assert_eq!(&state.overlays[..], found[0].overlays);
                prop_assert_eq!((state.basis, state.since, state.claimed), (found[0].basis, found[0].since, found[0].claimed));
            }
        }
    }

    #[test]
    fn nothing_changes_between_breakpoints(lines in ledger(), options in any_options()) {
        let dataset = of(&lines);
        let all = timeline(&dataset, &ranked(&dataset, &options));
        let breakpoints = all.breakpoints();
        let told = |at: Moment| told(&dataset, &all.snapshot(&dataset, at));
        for pair in breakpoints.windows(2) {
            prop_assert_eq!(told(pair[0]), told(Moment(pair[1].0 - 1)));
        }
        for at in &breakpoints {
            prop_assert_ne!(told(Moment(at.0 - 1)), told(*at));
        }
    }

    #[test]
    fn what_is_known_later_changes_nothing_before(lines in ledger(), late in line(), options in any_options()) {
        let known = |lines: &[String]| {
            let dataset = of(lines);
            let by = moment(&dataset, "20");
            let all = resolve(&dataset, &ranked(&dataset, &options), Some(by)).value;
            moments(&dataset).into_iter().map(|at| told(&dataset, &all.snapshot(&dataset, at))).collect::<Vec<_>>()
        };
        let lines: Vec<String> = lines.into_iter().map(|l| l + " rep=15").collect();
        let mut more = lines.clone();
        more.push(late + " id=late rep=21");
        prop_assert_eq!(known(&lines), known(&more));
        // The same of a correction of one of them.
        if let Some(first) = lines.first() {
            let source = first.split_whitespace().find(|w| w.starts_with("by=")).unwrap().to_owned();
            let mut more = lines.clone();
            more.push(format!("5 P held E {source} id=late rep=21 sup=e000"));
            prop_assert_eq!(known(&lines), known(&more));
        }
    }

    #[test]
    fn excluding_a_source_is_deleting_its_events(lines in ledger(), options in any_options()) {
        let all = of(&lines);
        let without: Vec<String> =
            lines.iter().filter(|l| !l.contains("by=s ")).map(|l| l.replace("by=s;t", "by=t")).collect();
        let rest = of(&without);
        let excluded = PolicyOptions {
            exclude: all.sources.iter().any(|s| s.id == "s").then(|| vec!["source:s".to_owned()]),
            ..options.clone()
        };
        let (a, b) = (timeline(&all, &ranked(&all, &excluded)), timeline(&rest, &ranked(&rest, &options)));
        for at in moments(&all) {
            prop_assert_eq!(told(&all, &a.snapshot(&all, at)), told(&rest, &b.snapshot(&rest, at)));
        }
    }

    #[test]
    fn excluding_a_stance_is_deleting_its_events(lines in ledger(), options in any_options()) {
        let all = of(&lines);
        let without: Vec<String> = lines.iter().filter(|l| !l.contains("stance=claimed")).cloned().collect();
        let rest = of(&without);
        let excluded = PolicyOptions { exclude: Some(vec!["claimed".into()]), ..options.clone() };
        let (a, b) = (timeline(&all, &ranked(&all, &excluded)), timeline(&rest, &ranked(&rest, &options)));
        for at in moments(&all) {
            prop_assert_eq!(told(&all, &a.snapshot(&all, at)), told(&rest, &b.snapshot(&rest, at)));
        }
    }

    #[test]
    fn what_actors_have_at_least_fits_and_at_most_fills_what_is_shared_out(lines in ledger(), options in any_options()) {
        let dataset = of(&lines);
        let all = timeline(&dataset, &ranked(&dataset, &options));
        for spell in (0..dataset.places.len()).flat_map(|p| all.spells(PlaceIndex(p as u32))) {
            let actors = spell.control.actors();
            let ends: Vec<(f64, f64)> = actors.iter().map(|a| bounds(spell.control, *a)).collect();
            let (low, high) = ends.iter().fold((0.0, 0.0), |(low, high), end| (low + end.0, high + end.1));
            prop_assert!(low <= 1.0 + 1e-9, "{:?}: {ends:?}", spell.control);
            let is_shared_out = match spell.control {
                Control::Partial(parts) => parts.iter().any(|p| p.rest),
                other => !actors.is_empty() && !matches!(other, Control::Lost(_)),
            };
            prop_assert!(!is_shared_out || high >= 1.0 - 1e-9, "{:?}: {ends:?}", spell.control);
            // the table by place has the same
            for (actor, end) in actors.iter().zip(ends) {
                if let Some(share) = share_of(spell.control, *actor) {
                    let same = (share.low() - end.0).abs() < 1e-9 && (share.high() - end.1).abs() < 1e-9;
                    prop_assert!(same, "{:?}: {share:?} and {end:?}", spell.control);
                }
            }
        }
    }

    #[test]
    fn controls_are_well_formed(lines in ledger(), options in any_options()) {
        let dataset = of(&lines);
        let all = timeline(&dataset, &ranked(&dataset, &options));
        for spell in (0..dataset.places.len()).flat_map(|p| all.spells(PlaceIndex(p as u32))) {
            let sorted = |actors: &[crate::model::ActorIndex]| actors.windows(2).all(|w| w[0] < w[1]);
            match spell.control {
                Control::Partial(parts) => {
                    prop_assert!(!parts.is_empty());
                    prop_assert!(parts.is_sorted_by(|a, b| a.actors <= b.actors));
                    let low: f64 = parts.iter().filter_map(|p| p.share).map(Share::low).sum();
                    prop_assert!(low <= 1.0 + 1e-9, "lows sum to {low}");
                    for part in parts {
                        prop_assert!(!part.actors.is_empty() && sorted(&part.actors));
                        if let Some(share) = part.share {
                            prop_assert!(share.low() >= 0.0 && share.low() <= share.high() && share.high() <= 1.0);
                            prop_assert!(share.high() <= 1.0 - (low - share.low()) + 1e-9, "a high leaves room for the others' lows");
                        }
                    }
                }
                Control::Contested(actors) | Control::Shared(actors) => prop_assert!(actors.len() > 1 && sorted(actors)),
                Control::Lost(actors) => prop_assert!(!actors.is_empty() && sorted(actors)),
                Control::Held(_) | Control::Vacant | Control::Unknown | Control::OutOfScope => {}
            }
            prop_assert!(spell.overlays.windows(2).all(|w| w[0] < w[1]));
        }
    }
}
