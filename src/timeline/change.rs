//! Change: takes two snapshots and a level, gives what went from whom to whom, in km².
//!
//! A place is divided into holdings: what each holder certainly has, and what is open between several. Ground of a
//! holder at both times is taken as its own throughout; what else it had went to those who have more.

use super::Snapshot;
use crate::model::{ActorIndex, Control, Dataset, Level, Part, PlaceIndex};
use std::collections::BTreeMap;

/// Whose a piece of ground is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holder {
    /// One actor, or several of whom each has between nothing and all of it; sorted, empty for nobody's.
    pub actors: Vec<ActorIndex>,
    /// The word of the control that it comes from.
    pub status: &'static str,
    /// How much of it is theirs is not said.
    pub open: bool,
}

/// A part of a place, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// Whose.
    pub holder: Holder,
    /// How much of the place; all holdings of a place sum to 1.
    pub share: f64,
    /// How much more it may be, at the cost of what is open.
    pub more: f64,
}

/// What of one place went from one holder to another, or stayed.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Where.
    pub place: PlaceIndex,
    /// Whose it was.
    pub from: Holder,
    /// Whose it is.
    pub to: Holder,
    /// How much, so that all flows of a place sum to its area.
    ///
    /// # Units
    /// km², geodesic on WGS 84.
    pub km2: f64,
    /// The least that it may be.
    ///
    /// # Units
    /// km²
    pub low: f64,
    /// The most that it may be.
    ///
    /// # Units
    /// km²
    pub high: f64,
}

/// What went from one holder to another, of all places together.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// Whose it was.
    pub from: Holder,
    /// Whose it is.
    pub to: Holder,
    /// How much; transitions out of a holder and into it sum to the difference of its area.
    ///
    /// # Units
    /// km², geodesic on WGS 84.
    pub km2: f64,
    /// The least that it may be.
    ///
    /// # Units
    /// km²
    pub low: f64,
    /// The most that it may be.
    ///
    /// # Units
    /// km²
    pub high: f64,
    /// Where, in the dataset's order.
    pub places: Vec<PlaceIndex>,
}

/// Less than this part of a place is nothing.
const NOTHING: f64 = 1e-12;

/// Divides a place among its holders; shares sum to 1.
pub fn holdings(control: &Control) -> Vec<Holding> {
    let status = control.word();
    let whole = |actors: &[ActorIndex]| {
        let holder = Holder { actors: actors.to_vec(), status, open: false };
        vec![Holding { holder, share: 1.0, more: 0.0 }]
    };
    match control {
        Control::Held(actor) => whole(&[*actor]),
        Control::Contested(actors) | Control::Shared(actors) => whole(actors),
        Control::Lost(_) | Control::Vacant | Control::Unknown | Control::OutOfScope => whole(&[]),
        Control::Partial(parts) => divided(parts, status),
    }
}

fn divided(parts: &[Part], status: &'static str) -> Vec<Holding> {
    let room = |p: &Part| p.share.map_or(1.0, |s| s.high() - s.low());
    let mut all: BTreeMap<Holder, (f64, f64)> = BTreeMap::new();
    let mut stated = 0.0;
    for part in parts {
        if let Some(share) = part.share {
            let (low, more) = all.entry(Holder { actors: part.actors.clone(), status, open: false }).or_default();
            *low += share.low();
            *more += room(part);
            stated += share.low();
        }
    }
    let mut left: f64 = (1.0 - stated).max(0.0);
    let mut between: Vec<ActorIndex> =
        parts.iter().filter(|p| room(p) > NOTHING).flat_map(|p| p.actors.iter().copied()).collect();
    between.sort_unstable();
    between.dedup();
    let taken = left.min(parts.iter().map(room).sum());
    let whole = parts.iter().any(|p| p.rest);
    let nobodys = match between.as_slice() {
        // the stated parts and the rest are one actor's: all of it is
        [one] if whole => {
            all.entry(Holder { actors: vec![*one], status, open: false }).or_default().0 += left;
            left = 0.0;
            0.0
        }
        // one actor alone may have it or not: nobody is named who else would
        [_] if parts.iter().all(|p| p.share.is_some()) => left,
        _ => left - taken,
    };
    if left - nobodys > NOTHING {
        all.entry(Holder { actors: between, status, open: true }).or_default().0 += left - nobodys;
    }
    if nobodys > NOTHING {
        all.entry(Holder { actors: Vec::new(), status, open: true }).or_default().0 += nobodys;
    }
    all.retain(|_, (share, more)| *share > NOTHING || *more > NOTHING);
    all.into_iter().map(|(holder, (share, more))| Holding { holder, share, more: more.min(left) }).collect()
}

/// What of every region of a level stayed and what went where; places in the dataset's order.
pub fn flows(dataset: &Dataset, before: &Snapshot, after: &Snapshot, level: Level) -> Vec<Flow> {
    let places = (0..dataset.places.len()).map(|i| PlaceIndex(u32::try_from(i).expect("fewer than 2^32 places")));
    let of = |p: PlaceIndex| {
        let [before, after] = [before, after].map(|snapshot| &snapshot.states[p.0 as usize].control);
        passages(dataset, p, before, after, level)
    };
    places.flat_map(of).collect()
}

/// What of one place stayed and what went where; nothing where it is no region of the level.
pub fn passages(dataset: &Dataset, place: PlaceIndex, before: &Control, after: &Control, level: Level) -> Vec<Flow> {
    let own = dataset.place(place);
    let Some(region) = own.region.filter(|_| own.level == level) else { return Vec::new() };
    let km2 = dataset.regions.get(region).km2;
    let flow =
        |m: Move| Flow { place, from: m.from, to: m.to, km2: m.share * km2, low: m.low * km2, high: m.high * km2 };
    moved(before, after).into_iter().map(flow).collect()
}

/// A part of a place that went from one holder to another, or stayed.
struct Move {
    from: Holder,
    to: Holder,
    share: f64,
    low: f64,
    high: f64,
}

/// What of a place stayed and what went where; shares sum to 1.
fn moved(before: &Control, after: &Control) -> Vec<Move> {
    let (mut from, mut to) = (holdings(before), holdings(after));
    let open = |all: &[Holding]| all.iter().filter(|h| h.holder.open).map(|h| h.share).sum::<f64>();
    // ground that is open at both times may have moved less than the certain parts say
    let slack = open(&from).min(open(&to));
    let mut moves = Vec::new();
    for old in &mut from {
        let alike = |new: &&mut Holding| new.holder.actors == old.holder.actors && new.holder.open == old.holder.open;
        for new in to.iter_mut().filter(alike) {
            let stays = old.share.min(new.share);
            if stays > NOTHING {
                let high = (old.share + old.more).min(new.share + new.more).min(1.0);
                moves.push(Move {
                    from: old.holder.clone(),
                    to: new.holder.clone(),
                    share: stays,
                    low: (stays - slack).max(0.0),
                    high,
                });
                (old.share, new.share) = (old.share - stays, new.share - stays);
            }
        }
    }
    let rest: f64 = from.iter().map(|h| h.share).sum();
    for old in from.iter().filter(|h| h.share + h.more > NOTHING) {
        for new in to.iter().filter(|h| h.share + h.more > NOTHING) {
            let same = old.holder.actors == new.holder.actors && old.holder.open == new.holder.open;
            // where several gave and several took, who gave to whom is not said: in proportion, and how much at least
            // and at most
            let share = if rest > NOTHING { old.share * new.share / rest } else { 0.0 };
            let least = (old.share + new.share - rest).max(0.0).min(share);
            if share > NOTHING && !same {
                let high = (old.share + old.more).min(new.share + new.more).min(1.0);
                // an actor that has some, but nobody says how much, may have next to nothing
                let unsaid = [old, new].iter().any(|h| h.holder.open && h.holder.actors.len() == 1);
                let low = if unsaid { 0.0 } else { (least - slack).max(0.0) };
                moves.push(Move { from: old.holder.clone(), to: new.holder.clone(), share, low, high });
            }
        }
    }
    moves
}

impl Flow {
    /// Tells whether the holder or the status is another one.
    pub fn is_change(&self) -> bool {
        self.from != self.to
    }
}

/// Sums flows that went from one holder to another, by both, sorted; what stayed is left out.
pub fn transitions<'a>(flows: impl IntoIterator<Item = &'a Flow>) -> Vec<Transition> {
    let mut all: BTreeMap<(Holder, Holder), Transition> = BTreeMap::new();
    for flow in flows.into_iter().filter(|f| f.is_change()) {
        let (from, to) = (flow.from.clone(), flow.to.clone());
        let sum = all.entry((from.clone(), to.clone())).or_insert_with(|| Transition {
            from,
            to,
            km2: 0.0,
            low: 0.0,
            high: 0.0,
            places: Vec::new(),
        });
        sum.km2 += flow.km2;
        sum.low += flow.low;
        sum.high += flow.high;
        if sum.places.last() != Some(&flow.place) {
            sum.places.push(flow.place);
        }
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::{Holding, holdings, moved};
    use crate::model::{ActorIndex, Control, Part, Share};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const A: ActorIndex = ActorIndex(0);
    const B: ActorIndex = ActorIndex(1);
    const C: ActorIndex = ActorIndex(2);

    fn part(actors: &[ActorIndex], share: Option<(f64, f64)>) -> Part {
        Part { actors: actors.to_vec(), share: share.map(|(l, h)| Share::new(l, h).expect("a share")), rest: false }
    }

    /// `from>to low..high` in percent.
    fn told(before: &Control, after: &Control) -> Vec<String> {
        let ids = |actors: &[ActorIndex]| actors.iter().map(|a| ["a", "b", "c"][a.0 as usize]).collect::<String>();
        let line = |m: super::Move| {
            let percent = |part: f64| (part * 100.0).round();
            format!("{}>{} {}..{}", ids(&m.from.actors), ids(&m.to.actors), percent(m.low), percent(m.high))
        };
        moved(before, after).into_iter().map(line).collect()
    }

    #[test]
    fn a_whole_place_goes_from_one_to_another() {
        assert_eq!(told(&Control::Held(A), &Control::Held(B)), ["a>b 100..100"]);
        assert_eq!(told(&Control::Held(A), &Control::Lost(vec![A])), ["a> 100..100"]);
    }

    #[test]
    fn an_interval_is_taken_at_least_and_at_most() {
        let after = Control::Partial(vec![part(&[A], Some((0.0, 0.2))), part(&[B], Some((0.8, 1.0)))]);
        assert_eq!(told(&Control::Held(A), &after), ["a>ab 20..20", "a>b 80..100"]);
    }

    #[test]
    fn what_a_holder_has_at_both_times_it_keeps() {
        let before = Control::Partial(vec![part(&[A], Some((0.5, 0.5))), part(&[B], Some((0.5, 0.5)))]);
        let after = Control::Partial(vec![part(&[A], Some((0.2, 0.2))), part(&[B], Some((0.8, 0.8)))]);
        assert_eq!(told(&before, &after), ["a>a 20..20", "b>b 50..50", "a>b 30..30"]);
    }

    #[test]
    fn ground_that_is_open_at_both_times_makes_the_least_less() {
        let with = |a: (f64, f64), b: (f64, f64)| Control::Partial(vec![part(&[A], Some(a)), part(&[B], Some(b))]);
        let found = told(&with((0.6, 0.8), (0.2, 0.4)), &with((0.0, 0.2), (0.8, 1.0)));
        // from between 20 and 40 to between 80 and 100: at least 40, at most 80
        assert!(found.contains(&"a>b 40..80".to_owned()), "{found:?}");
    }

    #[test]
    fn where_several_gave_and_several_took_the_bounds_are_wide() {
        let before = Control::Partial(vec![part(&[A], Some((0.6, 0.6))), part(&[B], Some((0.4, 0.4)))]);
        let after = Control::Partial(vec![part(&[C], Some((0.7, 0.7))), part(&[A, B], Some((0.3, 0.3)))]);
        assert_eq!(told(&before, &after), ["a>ab 0..30", "a>c 30..60", "b>ab 0..30", "b>c 10..40"]);
    }

    fn control() -> impl Strategy<Value = Control> {
        let share = prop_oneof![
            Just(None),
            (0.0..0.5, 0.0..0.5).prop_map(|(low, more)| Some((low, low + more))),
            (0.0..1.0).prop_map(|s: f64| Some((s / 2.0, s / 2.0))),
        ];
        let part = (prop::collection::btree_set(0..3_u32, 1..3), share);
        let partial = prop::collection::vec(part, 1..3).prop_map(|parts| {
            let actors = |set: std::collections::BTreeSet<u32>| set.into_iter().map(ActorIndex).collect::<Vec<_>>();
            Control::Partial(parts.into_iter().map(|(set, share)| self::part(&actors(set), share)).collect())
        });
        prop_oneof![
            Just(Control::Held(A)),
            Just(Control::Held(B)),
            Just(Control::Contested(vec![A, B])),
            Just(Control::Unknown),
            Just(Control::Lost(vec![C])),
            partial,
        ]
    }

    proptest! {
        #[test]
        fn the_moves_of_a_place_sum_to_what_was_and_to_what_is(before in control(), after in control()) {
            let moves = moved(&before, &after);
            let sum = |of: &dyn Fn(&super::Move) -> super::Holder| {
                let mut all: BTreeMap<super::Holder, f64> = BTreeMap::new();
                moves.iter().for_each(|m| *all.entry(of(m)).or_default() += m.share);
                all
            };
            let differ = |holdings: Vec<Holding>, sums: BTreeMap<super::Holder, f64>| {
                let own = |h: &Holding| sums.get(&h.holder).copied().unwrap_or(0.0) - h.share;
                holdings.iter().map(own).fold(0.0, |worst: f64, d| worst.max(d.abs()))
            };
            prop_assert!(differ(holdings(&before), sum(&|m| m.from.clone())) < 1e-9, "{moves:?}", moves = told(&before, &after));
            prop_assert!(differ(holdings(&after), sum(&|m| m.to.clone())) < 1e-9);
            prop_assert!((moves.iter().map(|m| m.share).sum::<f64>() - 1.0).abs() < 1e-9);
            for m in &moves {
                prop_assert!(m.low <= m.share + 1e-12 && m.share <= m.high + 1e-12 && m.high <= 1.0 + 1e-12, "{moves:?}", moves = told(&before, &after));
            }
        }
    }
}
