//! Ground: takes a snapshot and a level, gives how much of it each actor holds.

use super::Snapshot;
use crate::model::{ActorIndex, Control, Dataset, Level, Part, PlaceIndex, Share};

/// How much an actor holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ground {
    /// Who.
    pub actor: ActorIndex,
    /// The least that it may be.
    ///
    /// # Units
    /// km², geodesic on WGS 84.
    pub low: f64,
    /// The most that it may be: contested, shared and unstated parts may be all of what others leave.
    ///
    /// # Units
    /// km², geodesic on WGS 84.
    pub high: f64,
    /// Regions of which it holds all.
    pub held: u32,
    /// Regions of which it holds, shares or contests some.
    pub partly: u32,
}

/// Sums up what each actor holds of the regions of a level; actors in their order, those with nothing left out.
pub fn ground(dataset: &Dataset, snapshot: &Snapshot, level: Level) -> Vec<Ground> {
    let of_level = |index: &PlaceIndex| dataset.place(*index).level == level;
    let all = (0..dataset.places.len()).map(|i| PlaceIndex(u32::try_from(i).expect("fewer than 2^32 places")));
    ground_of(dataset, snapshot, all.filter(of_level))
}

/// Sums up what each actor holds of some regions; actors in their order, those with nothing left out.
pub fn ground_of(dataset: &Dataset, snapshot: &Snapshot, places: impl Iterator<Item = PlaceIndex>) -> Vec<Ground> {
    ground_under(dataset, places.map(|place| (place, &snapshot.states[place.0 as usize].control)))
}

/// Sums up what each actor holds of some regions under their controls; as [`ground_of`].
pub fn ground_under<'a>(dataset: &Dataset, states: impl Iterator<Item = (PlaceIndex, &'a Control)>) -> Vec<Ground> {
    let mut all: Vec<Ground> = (0..dataset.actors.len())
        .map(|i| Ground {
            actor: ActorIndex(u32::try_from(i).expect("fewer than 2^32 actors")),
            low: 0.0,
            high: 0.0,
            held: 0,
            partly: 0,
        })
        .collect();
    for (place, control) in states {
        let Some(region) = dataset.place(place).region else { continue };
        let km2 = dataset.regions.get(region).km2;
        for actor in control.actors() {
            let (low, high) = bounds(control, actor);
            let ground = &mut all[actor.0 as usize];
            ground.low += low * km2;
            ground.high += high * km2;
            let whole = low >= 1.0;
            ground.held += u32::from(whole);
            ground.partly += u32::from(!whole);
        }
    }
    all.retain(|g| g.held + g.partly > 0);
    all
}

/// An actor's share of a place: 1 and 1 where it holds all, `None` where there is no figure for it.
///
/// Of a part that several hold together each has between nothing and all.
pub fn share_of(control: &Control, actor: ActorIndex) -> Option<Share> {
    match control {
        Control::Held(holder) => (*holder == actor).then_some(Share::WHOLE),
        Control::Partial(parts) => {
            let mut sum: Option<(f64, f64, bool)> = None;
            for part in parts.iter().filter(|p| p.actors.contains(&actor)) {
                let share = part.share?;
                let low = if part.actors.len() > 1 { 0.0 } else { share.low() };
                let (all_low, all_high, approximate) = sum.unwrap_or((0.0, 0.0, false));
                sum = Some((all_low + low, all_high + share.high(), approximate || share.is_approximate()));
            }
            let (low, high, approximate) = sum?;
            let share = Share::new(low.min(1.0), high.min(1.0))?;
            Some(if approximate { share.approximately() } else { share })
        }
        _ => None,
    }
}

/// The least and the most of a place that one of its actors may have.
///
/// Nobody has more than what the others leave at their least; where the parts and the rest make up the place, nobody
/// has less than what they leave at their most. Without that an actor's stated part and its allies' rest, which are one
/// to who counts sides, would fall short of the whole.
pub(super) fn bounds(control: &Control, actor: ActorIndex) -> (f64, f64) {
    let Control::Partial(parts) = control else {
        return share_of(control, actor).map_or((0.0, 1.0), |share| (share.low(), share.high()));
    };
    let low = |p: &Part| p.share.map_or(0.0, Share::low);
    let lows: f64 = parts.iter().filter(|p| !p.actors.contains(&actor)).map(low).sum();
    // of what it holds together with others, those may have all
    let highs: f64 = parts.iter().filter(|p| p.actors != [actor]).map(|p| p.share.map_or(1.0, Share::high)).sum();
    let is_whole = parts.iter().any(|p| p.rest);
    let floor = if is_whole { trim(1.0 - highs) } else { 0.0 };
    let ceiling = trim(1.0 - lows);
    let (low, high) = match share_of(control, actor) {
        Some(share) => (share.low(), share.high().min(ceiling)),
        // without a figure: what it has for certain beside, and what those with one leave
        None => (parts.iter().filter(|p| p.actors == [actor]).map(low).sum(), ceiling),
    };
    let low = low.max(floor);
    (low, high.max(low))
}

/// A part of the whole without the noise of binary fractions.
fn trim(part: f64) -> f64 {
    ((part * 1e12).round() / 1e12).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::{bounds, trim};
    use crate::model::{ActorIndex, Control, Part, Share};

    const A: ActorIndex = ActorIndex(0);
    const B: ActorIndex = ActorIndex(1);

    fn part(actor: ActorIndex, share: Option<(f64, f64)>, rest: bool) -> Part {
        Part { actors: vec![actor], share: share.map(|(low, high)| Share::new(low, high).expect("a share")), rest }
    }

    fn both(parts: Vec<Part>) -> [(f64, f64); 2] {
        let control = Control::Partial(parts);
        [A, B].map(|actor| bounds(&control, actor))
    }

    #[test]
    fn a_stated_part_and_the_rest_of_another_close_around_the_whole() {
        let parts = vec![part(A, Some((0.8, 1.0)), false), part(B, Some((0.0, 0.2)), true)];
        assert_eq!(both(parts), [(0.8, 1.0), (0.0, 0.2)]);
    }

    #[test]
    fn a_stated_part_and_the_rest_of_one_actor_leave_what_others_have() {
        // A has half of it or more, and with an ally's rest all that B does not have.
        let part_and_rest = [part(A, Some((0.5, 0.7)), false), part(A, Some((0.0, 0.2)), true)];
        let parts = vec![part_and_rest[0].clone(), part_and_rest[1].clone(), part(B, Some((0.1, 0.4)), true)];
        assert_eq!(both(parts).map(|(low, high)| (trim(low), trim(high))), [(0.6, 0.9), (0.1, 0.4)]);
        assert_eq!(bounds(&Control::Partial(part_and_rest.to_vec()), A), (1.0, 1.0));
    }

    #[test]
    fn of_what_two_hold_together_either_may_have_nothing() {
        let together = Part { actors: vec![A, B], share: Share::new(0.6, 0.6), rest: false };
        let parts = vec![together, part(ActorIndex(2), Some((0.4, 0.4)), true)];
        assert_eq!(both(parts), [(0.0, 0.6), (0.0, 0.6)]);
    }

    #[test]
    fn a_part_alone_is_no_more_than_it_says() {
        assert_eq!(both(vec![part(A, Some((0.3, 0.3)), false)])[0], (0.3, 0.3));
        assert_eq!(both(vec![part(A, None, false)])[0], (0.0, 1.0));
        assert_eq!(both(vec![part(A, Some((0.8, 0.9)), false), part(B, None, true)]), [(0.8, 0.9), (0.1, 0.2)]);
    }
}
