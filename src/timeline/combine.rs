//! What words of equal standing add up to: takes the events that hold, gives a control.

use super::rest::{ROOM, share_out};
use crate::model::{ActorIndex, Control, Event, Part, Share, Status};

/// Combines events of equal standing, none of them a loss.
///
/// `previous` gives the control at the end of the day before the first of them shows.
pub(crate) fn combine(events: &[Event<'_>], tied: bool, previous: impl FnOnce() -> Control) -> Control {
    if let [event] = events
        && let (Status::Held, [actor], None) = (event.status, event.actors, event.share)
        && !tied
    {
        return Control::Held(*actor);
    }
    let with = |status: Status| events.iter().filter(move |e| e.status == status);
    let parts = stated(events);
    let contested = tied || with(Status::Contested).next().is_some();
    let shared = with(Status::Shared).next().map(|e| e.actors);
    let empty = with(Status::Vacant).next().is_some();
    let outside = with(Status::OutOfScope).next().is_some();
    let mixed = contested
        || shared.is_some_and(|first| !parts.is_empty() || with(Status::Shared).any(|e| e.actors != first))
        || ((empty || outside) && (shared.is_some() || !parts.is_empty()));
    if mixed {
        return contest(events);
    }
    if let Some(actors) = shared {
        return if actors.len() > 1 { Control::Shared(actors.to_vec()) } else { Control::Unknown };
    }
    if parts.is_empty() {
        // Only one of vacant, unknown and out of scope can be so.
        let unknown = with(Status::Unknown).next().is_some();
        return match (empty, outside, unknown) {
            (true, false, false) => Control::Vacant,
            (false, true, false) => Control::OutOfScope,
            _ => Control::Unknown,
        };
    }
    if !has_room(&parts) {
        return contest(events);
    }
    let mut opponents: Vec<ActorIndex> = events.iter().flat_map(|e| e.opponents.iter().copied()).collect();
    opponents.sort_unstable();
    opponents.dedup();
    share_out(parts, &opponents, previous)
}

/// One part for each different set of actors, with the interval that holds all that was said of it.
fn stated(events: &[Event<'_>]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for event in events.iter().filter(|e| matches!(e.status, Status::Held | Status::Partial)) {
        // Several who hold a place, without a truce between them, hold it together: a part of several.
        let whole = (event.status == Status::Held).then_some(Share::WHOLE);
        let share = event.share.or(whole);
        match parts.iter_mut().find(|p| *p.actors == *event.actors) {
            // A word without a figure widens nothing.
            Some(part) => part.share = part.share.map_or(share, |s| Some(share.map_or(s, |t| s.hull(t)))),
            None => parts.push(Part { actors: event.actors.to_vec(), share, rest: false }),
        }
    }
    parts.sort_by(|a, b| a.actors.cmp(&b.actors));
    parts
}

/// Tells whether the lows of all leave room for each.
///
/// To hold a part is to hold some ground, figure or no figure: beside somebody who holds all of the place
/// there is no room for another, however small the other's low.
fn has_room(parts: &[Part]) -> bool {
    let low = |p: &Part| p.share.map_or(0.0, Share::low);
    let all: f64 = parts.iter().map(low).sum();
    parts.iter().all(|p| {
        let room = 1.0 - (all - low(p));
        room > ROOM && low(p) <= room + ROOM
    })
}

/// Contested by everybody whom the words name; unknown where that is nobody or one alone.
fn contest(events: &[Event<'_>]) -> Control {
    let mut all: Vec<ActorIndex> = Vec::new();
    for event in events {
        match event.status {
            Status::Contested => all.extend(event.actors.iter().chain(event.opponents.iter())),
            Status::Held | Status::Partial | Status::Shared => all.extend(event.actors.iter()),
            _ => {}
        }
    }
    all.sort_unstable();
    all.dedup();
    if all.len() > 1 { Control::Contested(all) } else { Control::Unknown }
}

/// Takes actors out of a control.
///
/// Where nobody is left the place is lost by all of them, and by those who had lost it before.
pub(crate) fn take_out(control: Control, losers: &[ActorIndex]) -> Control {
    let stays = |actor: &ActorIndex| losers.binary_search(actor).is_err();
    match control {
        Control::Held(actor) if stays(&actor) => Control::Held(actor),
        Control::Held(_) | Control::Unknown => Control::Lost(losers.to_vec()),
        Control::Partial(parts) => {
            let all_stay = parts.iter().all(|part| part.actors.iter().all(stays));
            let mut left: Vec<Part> = parts.into_iter().filter_map(|part| leave(part, &stays)).collect();
            // without those who are out, what is left over is no longer all that the stated parts leave
            left.iter_mut().for_each(|part| part.rest &= all_stay);
            left.sort_by(|a, b| a.actors.cmp(&b.actors));
            if left.is_empty() { Control::Lost(losers.to_vec()) } else { Control::Partial(left) }
        }
        Control::Contested(actors) => remaining(actors, losers, &stays, Control::Contested),
        Control::Shared(actors) => remaining(actors, losers, &stays, Control::Shared),
        Control::Lost(mut actors) => {
            actors.extend(losers);
            actors.sort_unstable();
            actors.dedup();
            Control::Lost(actors)
        }
        other @ (Control::Vacant | Control::OutOfScope) => other,
    }
}

/// What is left of a part: of what several hold together, each may have had nothing.
fn leave(mut part: Part, stays: &impl Fn(&ActorIndex) -> bool) -> Option<Part> {
    let before = part.actors.len();
    part.actors.retain(stays);
    if part.actors.len() < before {
        part.share = part
            .share
            .and_then(|s| Share::new(0.0, s.high()).map(|t| if s.is_approximate() { t.approximately() } else { t }));
    }
    (!part.actors.is_empty()).then_some(part)
}

fn remaining(
    mut actors: Vec<ActorIndex>,
    losers: &[ActorIndex],
    stays: &impl Fn(&ActorIndex) -> bool,
    together: fn(Vec<ActorIndex>) -> Control,
) -> Control {
    actors.retain(stays);
    match actors.len() {
        0 => Control::Lost(losers.to_vec()),
        1 => Control::Partial(vec![Part { actors, share: None, rest: false }]),
        _ => together(actors),
    }
}
