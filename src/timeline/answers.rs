//! Where policies differ: takes the same moment under each, gives who agrees on a place, and the least and the most
//! ground of each actor.

use super::area::{Ground, ground_of};
use super::{Snapshot, State};
use crate::model::{Control, Dataset, PlaceIndex};

/// Groups snapshots of one moment by what they say of a place: each group in order, the groups by their first.
pub fn answers(snapshots: &[Snapshot], place: PlaceIndex) -> Vec<Vec<usize>> {
    let state = |i: usize| &snapshots[i].states[place.0 as usize];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for i in 0..snapshots.len() {
        match groups.iter_mut().find(|group| agree(state(group[0]), state(i))) {
            Some(group) => group.push(i),
            None => groups.push(vec![i]),
        }
    }
    groups
}

/// Tells whether two states say the same of who holds a place, who is there besides, and by whose word: a part that is
/// stated and one that is left over are the same to who asks how much.
fn agree(a: &State, b: &State) -> bool {
    let same = match (&a.control, &b.control) {
        (Control::Partial(a), Control::Partial(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.actors == b.actors && a.share == b.share)
        }
        (a, b) => a == b,
    };
    same && a.claimed == b.claimed && a.overlays == b.overlays
}

/// The least and the most that each actor holds of some regions under any of some snapshots of one moment; actors in
/// their order. `held` and `partly` are the most of any.
pub fn ground_of_all(dataset: &Dataset, snapshots: &[Snapshot], places: &[PlaceIndex]) -> Vec<Ground> {
    let mut all: Vec<Option<Ground>> = vec![None; dataset.actors.len()];
    let each: Vec<Vec<Ground>> = snapshots.iter().map(|s| ground_of(dataset, s, places.iter().copied())).collect();
    for own in each.iter().flatten() {
        let slot = &mut all[own.actor.0 as usize];
        let Ground { low, high, held, partly, .. } = slot.unwrap_or(*own);
        let (held, partly) = (held.max(own.held), partly.max(own.partly));
        *slot = Some(Ground { low: low.min(own.low), high: high.max(own.high), held, partly, ..*own });
    }
    // where a policy gives an actor nothing, that is its least
    for least in all.iter_mut().flatten() {
        if each.iter().any(|own| own.iter().all(|g| g.actor != least.actor)) {
            least.low = 0.0;
        }
    }
    all.into_iter().flatten().collect()
}
