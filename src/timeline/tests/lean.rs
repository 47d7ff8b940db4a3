//! The short way for places of plain words gives what the sweep gives.

use super::ledger::options;
use super::properties::of;
use crate::model::PlaceIndex;
use crate::timeline::POLICIES;
use crate::timeline::resolve::resolved;
use proptest::prelude::*;
use proptest::sample::select;

/// Events most of which say no more than that an actor holds a place.
fn plain() -> impl Strategy<Value = Vec<String>> {
    let at = select(vec!["T", "U", "U", "Q", "P", "C"]);
    let source = select(vec!["", " by=s", " by=t", " by=u"]);
    let stance = select(vec!["", "", "", " stance=claimed", " stance=assessed"]);
    let odd = select(vec![
        "held A", "held A", "held A", "held B", "held B", "held C", "held C", "held C", "lost A", "held A;B",
    ]);
    let line = (1..14_u32, at, odd, source, stance)
        .prop_map(|(day, at, what, by, stance)| format!("{day} {at} {what}{by}{stance}"));
    proptest::collection::vec(line, 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_words_give_the_same_spells_both_ways(lines in plain(), policy in 0..POLICIES.len(), side in any::<bool>(), excludes in any::<bool>()) {
        let mut dataset = of(&lines);
        if side {
            dataset.sources.last_mut().unwrap().side = "A".into();
        }
        let ids: Vec<String> = dataset.sources.iter().map(|s| s.id.clone()).filter(|id| !id.is_empty()).collect();
        let options = options(|o| {
            o.name = Some(POLICIES[policy].name.into());
            o.priority = Some(ids.iter().take(2).cloned().collect());
            o.exclude = Some(if excludes { ids.iter().take(1).map(|id| format!("source:{id}")).collect() } else { vec![] });
        });
        let [short, long] = [true, false].map(|short| resolved(&dataset, &options, None, short).value);
        for place in (0..dataset.places.len()).map(|i| PlaceIndex(i as u32)) {
            let [short, long] = [&short, &long].map(|t| t.spells(place).map(|s| format!("{s:?}")).collect::<Vec<_>>());
            prop_assert_eq!(short, long);
        }
        prop_assert_eq!(short.breakpoints(), long.breakpoints());
    }
}
