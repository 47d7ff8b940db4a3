//! What stated shares leave, and who has it: takes stated parts, opponents and the previous holders.

use super::word::meet;
use crate::model::{ActorIndex, Control, Part, Share};

/// Less of a place than this is rounding, not ground.
pub(crate) const ROOM: f64 = 1e-9;

/// Shares out a place: the stated parts, which leave room for each other, and the rest.
pub(crate) fn share_out(mut parts: Vec<Part>, opponents: &[ActorIndex], previous: impl FnOnce() -> Control) -> Control {
    cap(&mut parts);
    let low: f64 = parts.iter().filter_map(|p| p.share).map(Share::low).sum();
    if let [Part { actors, .. }] = &parts[..]
        && let [actor] = actors[..]
        && low >= 1.0 - ROOM
    {
        return Control::Held(actor);
    }
    if low < 1.0 - ROOM {
        let high: f64 = parts.iter().filter_map(|p| p.share).map(Share::high).sum();
        // A share without a figure leaves a rest without one.
        let figures = parts.iter().all(|p| p.share.is_some());
        let rest = figures.then(|| Rest {
            low: (1.0 - high).max(0.0),
            high: 1.0 - low,
            approximate: parts.iter().any(|p| p.share.is_some_and(Share::is_approximate)),
        });
        let mut named: Vec<ActorIndex> = parts.iter().flat_map(|p| p.actors.iter().copied()).collect();
        named.sort_unstable();
        let others = holders(previous(), &named);
        let opponents: Vec<ActorIndex> =
            opponents.iter().copied().filter(|o| named.binary_search(o).is_err()).collect();
        parts.extend(leave(rest, others, opponents));
        cap(&mut parts);
    }
    parts.sort_by(|a, b| a.actors.cmp(&b.actors).then(a.rest.cmp(&b.rest)));
    Control::Partial(parts)
}

/// The rest: 1 less the stated shares, low to high.
#[derive(Clone, Copy)]
struct Rest {
    low: f64,
    high: f64,
    approximate: bool,
}

impl Rest {
    fn share(self) -> Option<Share> {
        // Twelve decimals: without the noise of binary fractions, 1 less 0.8 is 0.2.
        let trim = |x: f64| (x * 1e12).round() / 1e12;
        let (low, high) = (trim(self.low.clamp(0.0, 1.0)), trim(self.high.clamp(0.0, 1.0)));
        Share::new(low.min(high), high).map(|s| if self.approximate { s.approximately() } else { s })
    }
}

/// Who had ground before, other than those who now have a stated share.
fn holders(previous: Control, named: &[ActorIndex]) -> Vec<Part> {
    let mut parts = match previous {
        Control::Held(actor) => vec![Part { actors: vec![actor], share: Some(Share::WHOLE), rest: true }],
        Control::Partial(parts) => parts,
        Control::Contested(actors) | Control::Shared(actors) => {
            actors.into_iter().map(|a| Part { actors: vec![a], share: None, rest: true }).collect()
        }
        Control::Lost(_) | Control::Vacant | Control::Unknown | Control::OutOfScope => Vec::new(),
    };
    for part in &mut parts {
        let before = part.actors.len();
        part.actors.retain(|a| named.binary_search(a).is_err());
        if part.actors.len() < before {
            // Of what several held together, those who remain had between nothing and all.
            part.share = part.share.and_then(|s| Share::new(0.0, s.high()));
        }
        part.rest = true;
    }
    parts.retain(|p| !p.actors.is_empty());
    // The same actors may have had a stated part and some of the rest: one part.
    parts.sort_by(|a, b| a.actors.cmp(&b.actors));
    parts.dedup_by(|b, a| {
        let same = a.actors == b.actors;
        if same {
            a.share = a.share.zip(b.share).and_then(|(a, b)| {
                let (low, high) = ((a.low() + b.low()).min(1.0), (a.high() + b.high()).min(1.0));
                Share::new(low, high)
            });
        }
        same
    });
    parts
}

/// Gives the rest to opponents and previous holders.
fn leave(rest: Option<Rest>, mut others: Vec<Part>, opponents: Vec<ActorIndex>) -> Vec<Part> {
    if !opponents.is_empty() && !others.iter().any(|p| meet(&p.actors, &opponents)) {
        // An opponent who held nothing has the rest, and they are out; several have it together.
        others = vec![Part { actors: opponents.clone(), share: None, rest: true }];
    }
    let Some(rest) = rest else {
        others.iter_mut().for_each(|p| p.share = None);
        return others;
    };
    if let [only] = &mut others[..] {
        only.share = rest.share();
    } else if others.iter().any(|p| p.share.is_none()) {
        // Nobody knows how much they had, so nobody knows how they divide the rest.
        others.iter_mut().for_each(|p| p.share = None);
    } else if opponents.is_empty() {
        divide(rest, &mut others);
    } else {
        give_up(rest, &mut others, &opponents);
    }
    others.retain(|p| p.share.is_none_or(|s| s.high() > ROOM));
    others
}

fn low(part: &Part) -> f64 {
    part.share.map_or(0.0, Share::low)
}

fn high(part: &Part) -> f64 {
    part.share.map_or(0.0, Share::high)
}

/// Divides the rest in proportion to previous shares, at the least and the most that they allow.
fn divide(rest: Rest, parts: &mut [Part]) {
    if let [only] = parts {
        only.share = rest.share();
        return;
    }
    let (lows, highs): (f64, f64) = (parts.iter().map(low).sum(), parts.iter().map(high).sum());
    for part in parts {
        let part_of = |own: f64, all: f64| if all > 0.0 { own / all } else { 0.0 };
        let least = part_of(low(part), low(part) + (highs - high(part)));
        let most = part_of(high(part), high(part) + (lows - low(part)));
        part.share = Rest { low: rest.low * least, high: rest.high * most, ..rest }.share();
    }
}

/// Takes the ground from the opponents: the others keep theirs as far as the rest goes, in proportion.
fn give_up(rest: Rest, parts: &mut Vec<Part>, opponents: &[ActorIndex]) {
    let (mut losing, mut keeping): (Vec<Part>, Vec<Part>) =
        std::mem::take(parts).into_iter().partition(|p| meet(&p.actors, opponents));
    let (lows, highs): (f64, f64) = (keeping.iter().map(low).sum(), keeping.iter().map(high).sum());
    for part in &mut keeping {
        let scale = |rest: f64, all: f64| if all > rest { rest / all } else { 1.0 };
        let least = low(part) * scale(rest.low, low(part) + (highs - high(part)));
        let most = high(part) * scale(rest.high, high(part) + (lows - low(part)));
        part.share = Rest { low: least, high: most, ..rest }.share();
    }
    let left = Rest { low: (rest.low - highs).max(0.0), high: (rest.high - lows).max(0.0), ..rest };
    divide(left, &mut losing);
    parts.extend(losing);
    parts.extend(keeping);
}

/// Lowers each high to 1 less the others' lows.
fn cap(parts: &mut [Part]) {
    let all: f64 = parts.iter().map(low).sum();
    for part in parts {
        if let Some(share) = part.share {
            let most = Rest { low: share.low(), high: 1.0 - (all - share.low()), approximate: share.is_approximate() };
            if let Some(room) = most.share()
                && room.high() < share.high()
                && room.high() >= share.low()
            {
                part.share = Share::new(share.low(), room.high())
                    .map(|s| if share.is_approximate() { s.approximately() } else { s });
            }
        }
    }
}
