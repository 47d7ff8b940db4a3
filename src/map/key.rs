//! Which classes a map draws, and so which keys its legend has: no more and no fewer.

use super::annotation::Mark;
use super::describe::square_km;
use super::look::pieces;
use super::symbol::{Shape, shape};
use super::words::Words;
use crate::model::{ActorIndex, Control, Day, Events, OverlayKind, Place};
use crate::timeline::State;
use std::collections::BTreeMap;

/// A class other than "held by", with what it needs to be told apart. In the legend's order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Stripes in ratio.
    Partial,
    /// A pale band between low and high.
    Interval,
    /// Stripes without a figure.
    Unstated,
    /// Grey bands between the stripes: nobody is said to hold that part.
    Remainder,
    /// Stripes of equal width.
    Contested(Vec<ActorIndex>),
    /// Bands of equal width.
    Shared(Vec<ActorIndex>),
    /// Thin lines: said by a party only.
    Claimed,
    /// Cross-hatched.
    Lost(Vec<ActorIndex>),
    /// A ring, broken where only a party says so.
    Besieged(ActorIndex, bool),
    /// Dots, hollow where only a party says so.
    Presence(ActorIndex, bool),
    /// Nobody's.
    Vacant,
    /// Not known.
    Unknown,
    /// Not spoken of.
    OutOfScope,
    /// Faded.
    Stale,
    /// Dark lines: between the earliest and the latest day of a change.
    Changing,
    /// Outlined more heavily: changed lately.
    Changed,
    /// A heavy line between holders.
    Front,
    /// The same on an earlier day.
    Baseline,
    /// A bar in place of a hatch.
    Narrow,
    /// A barred crossing.
    Closed,
    /// A burst.
    Strike,
    /// Crossed blades.
    Clash,
    /// A circle.
    Settlement,
    /// Another symbol.
    Site(Shape, String),
}

/// The first state that shows a class, as area and as symbol.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// As an area.
    pub area: Option<State>,
    /// Another area of the class that looks otherwise.
    pub other: Option<State>,
    /// As a symbol.
    pub point: Option<State>,
}

/// How an actor's colour occurs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shades {
    /// In full.
    pub fresh: bool,
    /// Faded.
    pub stale: bool,
}

/// The classes of a map.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// Whose colours are drawn.
    pub holders: BTreeMap<ActorIndex, Shades>,
    /// The other classes.
    pub signs: BTreeMap<Sign, Sample>,
    /// First and last day of the strikes, and of the clashes.
    pub fights: [Option<(Day, Day)>; 2],
    /// The least and the most km² of regions that an actor has where its share is an interval.
    pub ground: BTreeMap<ActorIndex, [f64; 2]>,
    /// Events that are only claimed and drawn as such.
    pub claims: Vec<crate::model::EventIndex>,
}

/// How a place is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As an area.
    Area,
    /// As an area too narrow for a hatch.
    Narrow,
    /// As a symbol.
    Symbol,
}

impl Keys {
    /// Adds a strike or a clash.
    pub fn add_mark(&mut self, mark: Mark) {
        let span = &mut self.fights[usize::from(!mark.is_strike)];
        let (from, to) = span.unwrap_or((mark.from, mark.to));
        *span = Some((from.min(mark.from), to.max(mark.to)));
        self.signs.entry(if mark.is_strike { Sign::Strike } else { Sign::Clash }).or_default();
    }

    /// Adds how much ground the intervals of a region come to.
    pub fn add_ground(&mut self, state: &State, km2: f64) {
        let Control::Partial(parts) = &state.control else { return };
        for part in parts.iter().filter(|p| !p.rest) {
            if let (Some(share), [actor]) = (part.share.filter(|s| s.high() > s.low()), &part.actors[..]) {
                let [low, high] = self.ground.entry(*actor).or_default();
                *low += share.low() * km2;
                *high += share.high() * km2;
            }
        }
    }

    /// The least and the most km² of each actor whose share is an interval: `South 2 984 – 3 730 km²`.
    pub fn ground_in_words(&self, words: &Words, name: impl Fn(ActorIndex) -> String) -> String {
        let one = |(actor, [low, high]): (&ActorIndex, &[f64; 2])| {
            format!("{} {}", name(*actor), words.isolate(&square_km(*low, *high, words)))
        };
        self.ground.iter().map(one).collect::<Vec<_>>().join(words.comma)
    }

    /// Keeps a state beside the first one in parts without a figure, where one of the two has no stripes to be seen.
    fn add_otherwise(&mut self, state: &State) {
        let sample = self.signs.entry(Sign::Unstated).or_default();
        let is_other = |shown: &State| is_striped(&shown.control) != is_striped(&state.control);
        if sample.other.is_none() && sample.area.as_ref().is_some_and(is_other) {
            sample.other = Some(state.clone());
        }
    }

    /// Adds what a place shows.
    pub fn add(&mut self, place: &Place, state: &State, form: Form, is_changed: bool) {
        let is_area = form != Form::Symbol;
        for actor in state.control.actors() {
            let shades = self.holders.entry(actor).or_default();
            if state.stale { shades.stale = true } else { shades.fresh = true }
        }
        let mut sign = |sign: Sign| {
            let sample = self.signs.entry(sign).or_default();
            let slot = if is_area { &mut sample.area } else { &mut sample.point };
            // thin lines are the key of what is only claimed
            if slot.as_ref().is_none_or(|shown| shown.claimed && !state.claimed) {
                *slot = Some(state.clone());
            }
        };
        let hatched = state.claimed && (is_area || !matches!(state.control, Control::Partial(_)));
        match &state.control {
            Control::Held(_) => {}
            Control::Partial(_) if hatched => {}
            Control::Partial(parts) => {
                if parts.iter().any(|p| p.share.is_some()) {
                    sign(Sign::Partial);
                }
                if parts.iter().any(|p| p.share.is_none()) {
                    sign(Sign::Unstated);
                }
                if parts.iter().any(|p| p.share.is_some_and(|s| s.high() > s.low())) {
                    sign(Sign::Interval);
                }
                if pieces(parts).iter().any(|piece| piece.actors.is_empty()) {
                    sign(Sign::Remainder);
                }
            }
            Control::Contested(actors) => sign(Sign::Contested(actors.clone())),
            Control::Shared(actors) => sign(Sign::Shared(actors.clone())),
            Control::Lost(actors) => sign(Sign::Lost(actors.clone())),
            Control::Vacant => sign(Sign::Vacant),
            Control::Unknown => sign(Sign::Unknown),
            Control::OutOfScope => sign(Sign::OutOfScope),
        }
        if hatched && matches!(state.control, Control::Held(_) | Control::Partial(_) | Control::Contested(_)) {
            sign(Sign::Claimed);
            // who holds a place is told by the plainest hatch
            let slot = &mut self.signs.entry(Sign::Claimed).or_default().area;
            let is_plain = |s: &State| matches!(s.control, Control::Held(_));
            if is_area && is_plain(state) && !slot.as_ref().is_some_and(is_plain) {
                *slot = Some(state.clone());
            }
            self.claims.extend(&state.evidence);
        }
        if is_area && !hatched && matches!(&state.control, Control::Partial(p) if p.iter().any(|p| p.share.is_none())) {
            self.add_otherwise(state);
        }
        let mut sign = |sign: Sign| {
            let sample = self.signs.entry(sign).or_default();
            let slot = if is_area { &mut sample.area } else { &mut sample.point };
            if slot.is_none() {
                *slot = Some(state.clone());
            }
        };
        if is_changed {
            sign(Sign::Changed);
        }
        if form == Form::Narrow {
            sign(Sign::Narrow);
        }
        for overlay in &state.overlays {
            sign(match overlay.kind {
                OverlayKind::Besieged => Sign::Besieged(overlay.actor, overlay.claimed),
                OverlayKind::Presence => Sign::Presence(overlay.actor, overlay.claimed),
            });
        }
        if state.stale && !state.control.actors().is_empty() {
            sign(Sign::Stale);
        }
        if state.changing {
            sign(Sign::Changing);
        }
        if state.closed.is_some() && !is_area {
            sign(Sign::Closed);
        }
        if !is_area {
            match shape(place) {
                Shape::Circle => sign(Sign::Settlement),
                other => sign(Sign::Site(other, place.kind.clone())),
            }
        }
    }
}

/// The least part of the whole that the eye finds as a band.
const SEEN: f64 = 0.05;

/// Tells whether more than one band of parts is wide enough to be seen.
fn is_striped(control: &Control) -> bool {
    matches!(control, Control::Partial(parts) if pieces(parts).iter().filter(|p| p.width >= SEEN).count() > 1)
}

/// Everybody who may hold ground at any time, sorted: whoever an event other than an annotation names.
pub fn holders(events: &Events) -> Vec<ActorIndex> {
    let ground = events.said().iter().filter(|e| !e.kind.is_some_and(crate::model::Kind::is_annotation));
    let mut all: Vec<ActorIndex> = ground.flat_map(|e| e.actors.iter().chain(e.opponents.iter()).copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests;
