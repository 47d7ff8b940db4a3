//! The keys of a legend as swatches and words: takes the classes drawn, gives what each looks like and says.

use super::{Lasting, Spacing, Tense};
use crate::map::front::Front;
use crate::map::key::{Keys, Sample, Shades, Sign};
use crate::map::look::Look;
use crate::map::swatch::Swatch;
use crate::map::symbol::Shape;
use crate::map::theme;
use crate::map::words::{Words, fill};
use crate::model::{ActorIndex, Control, Dataset, Day, OverlayKind};
use crate::timeline::{Basis, State};
use std::mem::{Discriminant, discriminant};

/// What the keys are made from.
pub struct Subject<'a> {
    /// The classes drawn.
    pub keys: &'a Keys,
    /// Names of actors and sources.
    pub dataset: &'a Dataset,
    /// How the classes look.
    pub look: &'a Look<'a>,
    /// The language.
    pub words: &'static Words,
    /// Dates, and how long things show.
    pub tense: Tense,
    /// How much room there is.
    pub spacing: &'static Spacing,
}

impl Subject<'_> {
    /// Headings, which have no swatch, and keys, from top to bottom.
    pub fn entries(&self) -> Vec<(Option<Swatch>, String)> {
        let Self { keys, look, words, spacing, .. } = *self;
        let mut entries: Vec<(Option<Swatch>, String)> = Vec::new();
        let heading = |entries: &mut Vec<(Option<Swatch>, String)>, text: &str, has_keys: bool| {
            if has_keys && !spacing.is_terse {
                entries.push((None, text.to_owned()));
            }
        };
        heading(&mut entries, words.control, !keys.holders.is_empty());
        for (actor, Shades { fresh, stale }) in &keys.holders {
            let [first, second] = match (fresh, stale) {
                (true, true) => [false, true],
                (_, faded) => [*faded, *faded],
            };
            let swatch = Swatch::Colors(look.color(*actor, first), look.color(*actor, second));
            let holder = self.dataset.actor(*actor).on(self.tense.day);
            let name = if spacing.is_brief { holder.label(words.lang) } else { holder.names.get(words.lang) };
            entries.push((Some(swatch), words.isolate(name)));
        }
        heading(&mut entries, words.signs, !keys.signs.is_empty());
        let merged = merged(keys, spacing.most_alike);
        for (sign, sample) in &keys.signs {
            match merged.iter().find(|m| m.kind == discriminant(sign)) {
                Some(one) if one.first == sign => {
                    entries.push((Some(Swatch::Sample(Box::new(sample.clone()))), self.any(sign).to_owned()));
                }
                Some(_) => {}
                None => entries.push((Some(self.swatch(sign, sample)), self.text(sign))),
            }
        }
        entries
    }

    /// The key of all signs of a kind.
    fn any(&self, sign: &Sign) -> &'static str {
        let (full, terse) = match sign {
            Sign::Contested(_) => (self.words.contested_any, self.words.terse.contested),
            Sign::Shared(_) => (self.words.shared_any, self.words.terse.shared),
            _ => (self.words.lost_any, self.words.terse.lost),
        };
        if self.spacing.is_terse { terse } else { full }
    }

    /// What a key looks like.
    fn swatch(&self, sign: &Sign, shown: &Sample) -> Swatch {
        let Self { keys, look, .. } = *self;
        let sample = || Box::new(shown.clone());
        match sign {
            Sign::Partial | Sign::Unstated => Swatch::Dashed(sample()),
            Sign::Interval => {
                let color = interval_holder(shown).map_or(theme::UNKNOWN, |(a, is_stale)| look.color(a, is_stale));
                Swatch::Colors(color, theme::pale(color))
            }
            // another key shows whose the lines are, where no place is held by one claimant alone
            Sign::Claimed if shown.area.as_ref().is_some_and(|s| !matches!(s.control, Control::Held(_))) => {
                let is_contest = shown.area.as_ref().is_some_and(|s| matches!(s.control, Control::Contested(_)));
                Swatch::Thin(if is_contest { -45.0 } else { 45.0 })
            }
            Sign::Besieged(actor, claimed) => {
                Swatch::Symbol(Shape::Circle, Box::new(bare_siege(*actor, *claimed, keys)))
            }
            Sign::Remainder => Swatch::Colors(theme::UNKNOWN, theme::UNKNOWN),
            Sign::Stale => {
                let holder = keys.holders.iter().find(|(_, s)| s.stale).map(|(a, _)| *a);
                let [full, faded] = [false, true].map(|s| holder.map_or(theme::UNKNOWN, |a| look.color(a, s)));
                Swatch::Colors(full, faded)
            }
            Sign::Changed => Swatch::Heavy,
            Sign::Front => Swatch::Line(Front::Now),
            Sign::Baseline => Swatch::Line(Front::Then),
            Sign::Narrow => {
                let state = shown.area.clone().map(|s| State { overlays: Vec::new(), since: None, ..s });
                Swatch::Symbol(Shape::Bar, Box::new(state.unwrap_or_else(unknown)))
            }
            Sign::Strike | Sign::Clash => Swatch::Mark(*sign == Sign::Strike),
            Sign::Closed => Swatch::Symbol(Shape::Square, Box::new(State { closed: sample_closed(keys), ..unknown() })),
            Sign::Settlement => Swatch::Sizes,
            Sign::Site(shape, _) => Swatch::Outline(*shape),
            _ => Swatch::Sample(sample()),
        }
    }

    /// What a key says.
    fn text(&self, sign: &Sign) -> String {
        let Self { keys, look, words, tense: Tense { day, stale_days, lasting, .. }, spacing, .. } = *self;
        let terse = &words.terse;
        let names = |actors: &[ActorIndex]| {
            let name = |a: &ActorIndex| words.isolate(self.dataset.actor(*a).on(day).label(words.lang));
            words.list(&actors.iter().map(name).collect::<Vec<_>>())
        };
        // the full words with what they are filled with, or the terse ones
        let say = |full: &str, short: &str, name: &str, value: &dyn Fn() -> String| {
            fill(if spacing.is_terse { short } else { full }, &[(name, &value())])
        };
        let none = || String::new();
        let or_claimed = |text: String, claimed: bool| {
            if claimed { format!("{text} ({})", words.only_claimed) } else { text }
        };
        match sign {
            Sign::Partial if spacing.is_brief && !spacing.is_terse => words.partial_brief.to_owned(),
            Sign::Partial => say(words.partial, terse.partial, "", &none),
            Sign::Interval if spacing.is_brief || keys.ground.is_empty() => {
                say(words.interval, terse.interval, "", &none)
            }
            Sign::Interval => format!("{} ({})", words.interval, keys.ground_in_words(words, |a| names(&[a]))),
            Sign::Unstated => say(words.unstated, terse.unstated, "", &none),
            Sign::Contested(actors) => say(words.contested, terse.contested, "actors", &|| names(actors)),
            Sign::Shared(actors) => say(words.shared, terse.shared, "actors", &|| names(actors)),
            Sign::Lost(actors) => say(words.lost, terse.lost, "actors", &|| names(actors)),
            Sign::Claimed => {
                say(words.claimed, terse.claimed, "sources", &|| claimants(keys, self.dataset, words, day))
            }
            Sign::Remainder => say(words.remainder, terse.remainder, "", &none),
            Sign::Presence(actor, claimed) => {
                or_claimed(say(words.presence, terse.presence, "actor", &|| names(&[*actor])), *claimed)
            }
            Sign::Besieged(actor, claimed) => {
                or_claimed(say(words.besieged, terse.besieged, "actor", &|| names(&[*actor])), *claimed)
            }
            Sign::Vacant => say(words.vacant, terse.vacant, "", &none),
            Sign::Unknown => words.unknown.to_owned(),
            Sign::OutOfScope => words.out_of_scope.to_owned(),
            Sign::Stale if lasting.is_some() => {
                say(words.stale_days, terse.stale, "days", &|| words.number_of_days(stale_days))
            }
            Sign::Stale => say(words.stale, terse.stale, "date", &|| words.day(day.plus(-stale_days))),
            Sign::Changed if lasting.is_some_and(|lasting| lasting.changed.is_some()) => {
                let days = lasting.and_then(|lasting| lasting.changed).unwrap_or_default();
                say(words.changed_days, terse.changed, "days", &|| words.number_of_days(days))
            }
            Sign::Changing => say(words.changing, terse.changing, "", &none),
            Sign::Changed => {
                say(words.changed, terse.changed, "date", &|| look.changed_since.map_or_else(none, |d| words.day(d)))
            }
            Sign::Front => say(words.front, terse.front, "", &none),
            Sign::Baseline => say(words.baseline, terse.baseline, "date", &|| words.day(self.tense.baseline)),
            Sign::Narrow => say(words.narrow, terse.narrow, "", &none),
            Sign::Strike | Sign::Clash => {
                let kind = usize::from(*sign == Sign::Clash);
                if let Some(Lasting { fights, .. }) = lasting {
                    return say(words.fights_days[kind], terse.fights[kind], "days", &|| words.number_of_days(fights));
                }
                let (from, to) = keys.fights[kind].unwrap_or((day, day));
                say(words.fights[kind], terse.fights[kind], "dates", &|| words.days(from, to))
            }
            Sign::Closed => say(words.closed, terse.closed, "", &none),
            Sign::Settlement => say(words.settlement, terse.settlement, "", &none),
            Sign::Site(_, kind) => {
                let other = &words.sites[words.sites.len() - 1];
                words.sites.iter().find(|(k, _)| k == kind).unwrap_or(other).1.to_owned()
            }
        }
    }
}

/// Signs of one kind that share a key.
struct Merged<'a> {
    kind: Discriminant<Sign>,
    first: &'a Sign,
}

/// Kinds of which there are so many that each with its actors would fill the legend; their colours tell whose.
fn merged(keys: &Keys, most: usize) -> Vec<Merged<'_>> {
    let mut kinds: Vec<(Merged<'_>, usize)> = Vec::new();
    for sign in keys.signs.keys().filter(|s| matches!(s, Sign::Contested(_) | Sign::Shared(_) | Sign::Lost(_))) {
        match kinds.iter_mut().find(|(m, _)| m.kind == discriminant(sign)) {
            Some((_, count)) => *count += 1,
            None => kinds.push((Merged { kind: discriminant(sign), first: sign }, 1)),
        }
    }
    kinds.into_iter().filter(|(_, count)| *count > most).map(|(merged, _)| merged).collect()
}

fn unknown() -> State {
    State {
        control: Control::Unknown,
        overlays: Vec::new(),
        evidence: Vec::new(),
        basis: Basis::Nothing,
        since: None,
        claimed: false,
        stale: false,
        closed: None,
        changing: false,
    }
}

/// A place of nobody's with the siege of an actor around it.
fn bare_siege(actor: ActorIndex, claimed: bool, keys: &Keys) -> State {
    let sample = keys.signs.get(&Sign::Besieged(actor, claimed));
    let states = sample.into_iter().flat_map(|s| [&s.point, &s.area]).flatten();
    let overlays = states
        .flat_map(|s| s.overlays.iter())
        .filter(|o| (o.kind, o.actor, o.claimed) == (OverlayKind::Besieged, actor, claimed));
    State { overlays: overlays.take(1).cloned().collect(), ..unknown() }
}

fn sample_closed(keys: &Keys) -> Option<crate::model::EventIndex> {
    keys.signs.get(&Sign::Closed).into_iter().flat_map(|s| [&s.point, &s.area]).flatten().find_map(|s| s.closed)
}

/// Whose claims are drawn: the claimants' names, else the sources'.
fn claimants(keys: &Keys, dataset: &Dataset, words: &Words, day: Day) -> String {
    let lang = words.lang;
    let mut names: Vec<String> = keys
        .claims
        .iter()
        .flat_map(|e| {
            let event = dataset.event(*e);
            match event.claimant {
                Some(actor) => vec![words.isolate(dataset.actor(actor).on(day).label(lang))],
                None => event.sources.iter().map(|s| words.isolate(dataset.source(*s).label())).collect(),
            }
        })
        .collect();
    names.sort();
    names.dedup();
    words.list(&names)
}

/// Whose part of a place is only known as an interval, and whether word of it is old.
fn interval_holder(sample: &Sample) -> Option<(ActorIndex, bool)> {
    let state = sample.area.as_ref().or(sample.point.as_ref())?;
    let Control::Partial(parts) = &state.control else { return None };
    let part = parts.iter().filter(|p| !p.rest).find(|p| p.share.is_some_and(|s| s.high() > s.low()))?;
    part.actors.first().map(|a| (*a, state.stale))
}
