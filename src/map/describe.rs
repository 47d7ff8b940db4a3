//! States in words, for labels, titles and the figure's description.

use super::annotation::Mark;
use super::words::{Words, fill};
use super::words_figure::grouped;
use crate::model::{ActorIndex, Control, Dataset, Day, OverlayKind, Part, PlaceIndex, Share};
use crate::timeline::{Snapshot, State};

/// Writes states in one language.
#[derive(Debug, Clone, Copy)]
pub struct Describer<'a> {
    /// What the states speak of.
    pub dataset: &'a Dataset,
    /// The language.
    pub words: &'a Words,
    /// The figure's day: names of actors are those of that day.
    pub day: Day,
}

impl Describer<'_> {
    /// Short name of an actor.
    pub fn actor(&self, actor: ActorIndex) -> String {
        self.words.isolate(self.dataset.actor(actor).on(self.day).label(self.words.lang))
    }

    /// Short names of several.
    pub fn actors(&self, actors: &[ActorIndex]) -> String {
        self.words.list(&actors.iter().map(|a| self.actor(*a)).collect::<Vec<_>>())
    }

    /// Name of a place.
    pub fn place(&self, place: PlaceIndex) -> String {
        self.words.isolate(self.dataset.place(place).names.get(self.words.lang))
    }

    /// A part and its share: `South 80–100 %`.
    pub fn part(&self, part: &Part) -> String {
        let actors = part.actors.iter().map(|a| self.actor(*a)).collect::<Vec<_>>().join(" + ");
        match part.share {
            Some(share) => format!("{actors} {}", self.words.isolate(&percent(share))),
            None => actors,
        }
    }

    /// How much ground an interval comes to in a region of an area: ` (2 984 – 3 730 km²)`; empty without both.
    fn ground(&self, part: &Part, km2: Option<f64>) -> String {
        match (part.share, km2) {
            (Some(share), Some(km2)) if share.high() > share.low() => {
                format!(" ({})", self.words.isolate(&square_km(share.low() * km2, share.high() * km2, self.words)))
            }
            _ => String::new(),
        }
    }

    /// The lines of a label that say how a place is divided: the stated parts, greatest first.
    pub fn label_lines(&self, state: &State) -> Vec<String> {
        let Control::Partial(parts) = &state.control else { return Vec::new() };
        let mut stated: Vec<&Part> = parts.iter().filter(|p| !p.rest && p.share.is_some()).collect();
        let middle = |p: &Part| p.share.map_or(0.0, |s| s.low() + s.high());
        stated.sort_by(|a, b| middle(b).total_cmp(&middle(a)));
        stated.into_iter().map(|p| self.part(p)).collect()
    }

    /// Who holds a place, in a phrase.
    pub fn state(&self, place: PlaceIndex, state: &State) -> String {
        let w = self.words;
        let mut phrase = match &state.control {
            Control::Held(actor) => self.actor(*actor),
            Control::Partial(parts) => {
                let km2 = self.dataset.place(place).region.map(|region| self.dataset.regions.get(region).km2);
                parts.iter().map(|p| self.part(p) + &self.ground(p, km2)).collect::<Vec<_>>().join(w.comma)
            }
            Control::Contested(actors) => fill(w.contested, &[("actors", &self.actors(actors))]),
            Control::Shared(actors) => fill(w.shared, &[("actors", &self.actors(actors))]),
            Control::Lost(actors) => fill(w.lost, &[("actors", &self.actors(actors))]),
            Control::Vacant => w.vacant.to_owned(),
            Control::Unknown => w.unknown.to_owned(),
            Control::OutOfScope => w.out_of_scope.to_owned(),
        };
        for (says, word) in [(state.claimed, w.only_claimed), (state.stale, w.old_word), (state.changing, w.in_change)]
        {
            if says && !matches!(state.control, Control::Unknown) {
                phrase = format!("{phrase} ({word})");
            }
        }
        for overlay in &state.overlays {
            let template = match overlay.kind {
                OverlayKind::Presence => w.presence,
                OverlayKind::Besieged => w.besieged,
            };
            phrase.push_str(w.comma);
            phrase.push_str(&fill(template, &[("actor", &self.actor(overlay.actor))]));
            if overlay.claimed {
                phrase.push_str(&format!(" ({})", w.only_claimed));
            }
        }
        // a closure inside a region closes a road, not the region
        if state.closed.is_some() && self.dataset.place(place).level.is_point() {
            phrase.push_str(w.comma);
            phrase.push_str(w.closed);
        }
        phrase
    }

    /// Strikes and clashes in sentences: `Strike, 6–7 December 2024: Hama and Homs.`
    pub fn marks(&self, marks: &[(PlaceIndex, Mark)]) -> String {
        let sentence = |is_strike: bool| {
            let of_kind: Vec<_> = marks.iter().filter(|(_, m)| m.is_strike == is_strike).collect();
            let from = of_kind.iter().map(|(_, m)| m.from).min()?;
            let to = of_kind.iter().map(|(_, m)| m.to).max()?;
            let names: Vec<String> = of_kind.iter().map(|(p, _)| self.place(*p)).collect();
            let actors = self.words.list(&names);
            Some(fill(self.words.held_sentence, &[("place", &self.fight(is_strike, from, to)), ("actors", &actors)]))
        };
        [true, false].into_iter().filter_map(sentence).collect::<Vec<_>>().join(" ")
    }

    /// Strikes or clashes, and when.
    pub fn fight(&self, is_strike: bool, from: Day, to: Day) -> String {
        self.words.fight(is_strike, from, to)
    }

    /// The figure in sentences: regions, then settlements and sites, those in the same state together, in
    /// the order of the dataset.
    pub fn snapshot(&self, snapshot: &Snapshot, drawn: &[PlaceIndex]) -> String {
        let (points, regions): (Vec<PlaceIndex>, Vec<PlaceIndex>) =
            drawn.iter().partition(|p| self.dataset.place(**p).level.is_point());
        let regions = self.sentences(snapshot, &regions);
        let points = self.sentences(snapshot, &points);
        match (regions.is_empty(), points.is_empty()) {
            (_, true) => regions,
            (true, false) => points,
            (false, false) => format!("{regions} {} {points}", self.words.points),
        }
    }

    fn sentences(&self, snapshot: &Snapshot, drawn: &[PlaceIndex]) -> String {
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for place in drawn {
            let phrase = self.state(*place, &snapshot.states[place.0 as usize]);
            let name = self.place(*place);
            match groups.iter_mut().find(|(p, _)| *p == phrase) {
                Some((_, names)) => names.push(name),
                None => groups.push((phrase, vec![name])),
            }
        }
        let sentence = |(phrase, names): &(String, Vec<String>)| {
            fill(self.words.held_sentence, &[("place", &self.words.list(names)), ("actors", phrase)])
        };
        groups.iter().map(sentence).collect::<Vec<_>>().join(" ")
    }
}

/// An area between two in km², in groups of three digits: `2 984 – 3 730 km²`.
pub fn square_km(low: f64, high: f64, words: &Words) -> String {
    let number = |km2: f64| grouped(km2.max(0.0));
    let (low, high) = (number(low), number(high));
    let km2 = words.square_km;
    if low == high { format!("{low}\u{a0}{km2}") } else { format!("{low}\u{a0}– {high}\u{a0}{km2}") }
}

/// A share as people write it: `80 %`, `~52 %`, `80–100 %`.
pub fn percent(share: Share) -> String {
    let number = |part: f64| {
        let tenths = (part * 1000.0).round();
        if tenths % 10.0 == 0.0 { format!("{:.0}", tenths / 10.0) } else { format!("{:.1}", tenths / 10.0) }
    };
    let about = if share.is_approximate() { "~" } else { "" };
    let (low, high) = (number(share.low()), number(share.high()));
    if low == high { format!("{about}{low}\u{a0}%") } else { format!("{about}{low}–{high}\u{a0}%") }
}

#[cfg(test)]
mod tests {
    use super::{percent, square_km};
    use crate::map::words::words;
    use crate::model::Share;

    #[test]
    fn areas_are_written_in_groups_of_three_digits() {
        let en = words("en");
        assert_eq!(square_km(2984.2, 3730.0, en), "2\u{202f}984\u{a0}– 3\u{202f}730\u{a0}km²");
        assert_eq!(square_km(0.0, 1_234_567.0, en), "0\u{a0}– 1\u{202f}234\u{202f}567\u{a0}km²");
        assert_eq!(square_km(12.1, 12.2, en), "12\u{a0}km²");
    }

    #[test]
    fn shares_are_written_as_people_do() {
        let share = |low, high| Share::new(low, high).expect("a share");
        assert_eq!(percent(share(0.8, 0.8)), "80\u{a0}%");
        assert_eq!(percent(share(0.8, 1.0)), "80–100\u{a0}%");
        assert_eq!(percent(share(0.205, 0.205).approximately()), "~20.5\u{a0}%");
    }
}
