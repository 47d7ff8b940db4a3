//! What a state looks like: the paint of an area, and the kinds of look that need a key.

use super::{changing, theme};
use crate::model::{ActorIndex, Control, Dataset, Day, Overlay, OverlayKind, Part};
use crate::palette::{Colors, contrast};
use crate::scene::{Band, Color, Layer, Paint};
use crate::timeline::State;

/// From band edge to band edge and back, in units of the design.
const PERIOD: f64 = 24.0;

/// Width of a band of a contested place, in units of the design.
const CONTEST: f64 = 8.0;

/// The fewest pixels for a unit in hatches: the closest lines are 8 units apart, and have to be 4 pixels.
const LEAST_PITCH: f64 = 0.5;

/// What looks are made with.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// What is said of sieges.
    pub dataset: &'a Dataset,
    /// Colours of actors.
    pub colors: &'a Colors,
    /// Pixels for a unit of the design.
    pub unit: f64,
    /// Widths in hatches against those of the legend.
    pub density: f64,
    /// From this day on a change is new, where that was asked for.
    pub changed_since: Option<Day>,
}

/// How the hatch of a region is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hatch {
    /// As in the legend.
    Full,
    /// Twice as closely: there is less room.
    Fine,
    /// So closely, and with a symbol in its place: there is no room for two lines.
    Symbol,
}

/// Colours that stand out less than this from white are drawn with a darker rim where they are thin.
const FAINT: f64 = 2.0;

/// A darker tone of a colour that is too faint on white for thin lines.
fn rim(color: Color) -> Option<Color> {
    if contrast(color, Color::WHITE) >= FAINT {
        return None;
    }
    let darker = (1..=8).map(|i| color.mix(Color::BLACK, 0.1 * f64::from(i)));
    darker.into_iter().find(|c| contrast(*c, Color::WHITE) >= 3.2)
}

impl Look<'_> {
    /// The colour of an actor in a state.
    pub fn color(&self, actor: ActorIndex, stale: bool) -> Color {
        let color = self.colors.of(actor);
        if stale { theme::stale(color) } else { color }
    }

    /// Tells whether a state is new enough to be outlined more heavily.
    pub fn is_changed(&self, state: &State) -> bool {
        self.changed_since.zip(state.since).is_some_and(|(from, since)| since >= from)
    }

    /// Pixels for a unit in hatches, whose lines stay at least 4 px apart.
    pub fn pitch(&self) -> f64 {
        (self.unit * self.density).max(LEAST_PITCH)
    }

    /// The same with hatches twice as close, as far as they can be told apart; still in line with the wide ones.
    fn fine(&self) -> Self {
        Self { density: 0.5, ..*self }
    }

    /// From line to line of the hatch of a state in pixels, if it has one.
    fn spacing(&self, state: &State) -> Option<f64> {
        let of = |layer: &Layer| match layer {
            Layer::Solid(_) => None,
            Layer::Stripes { bands, .. } => Some(bands.iter().map(|b| b.width).sum()),
            Layer::Lines { spacing, .. } | Layer::Dots { spacing, .. } => Some(*spacing),
        };
        self.paint(state).layers.iter().filter_map(of).max_by(f64::total_cmp)
    }

    /// Which hatch an area of a breadth in pixels has room for two lines of.
    pub fn hatch(&self, state: &State, breadth: f64) -> Hatch {
        let is_plain = matches!(state.control, Control::Held(_)) && !state.claimed && state.overlays.is_empty();
        let has_room = |look: &Self| look.spacing(state).is_none_or(|spacing| breadth >= 2.0 * spacing);
        if is_plain || has_room(self) {
            Hatch::Full
        } else if has_room(&self.fine()) {
            Hatch::Fine
        } else {
            Hatch::Symbol
        }
    }

    /// The paint of an area in a state with a hatch.
    pub fn hatched(&self, state: &State, hatch: Hatch) -> Paint {
        if hatch == Hatch::Full { self.paint(state) } else { self.fine().paint(state) }
    }

    /// The paint of an area in a state, overlays included.
    pub fn paint(&self, state: &State) -> Paint {
        let ground = self.ground(&state.control, state.stale, state.claimed);
        let ground = changing::over(ground, state.changing, self.pitch());
        state.overlays.iter().flat_map(|overlay| self.overlay(overlay)).fold(ground, Paint::over)
    }

    /// The dots of a presence, hollow where only a party says so; sieges are drawn as rings.
    fn overlay(&self, overlay: &Overlay) -> Vec<Layer> {
        let dots =
            |radius: f64, color| Layer::Dots { spacing: 14.0 * self.pitch(), radius: radius * self.pitch(), color };
        let color = self.colors.of(overlay.actor);
        match (overlay.kind, overlay.claimed) {
            (OverlayKind::Presence, false) => vec![dots(2.6, color)],
            (OverlayKind::Presence, true) => vec![dots(3.4, color), dots(1.9, Color::WHITE)],
            (OverlayKind::Besieged, _) => Vec::new(),
        }
    }

    /// The paint of an area under a control.
    pub fn ground(&self, control: &Control, stale: bool, claimed: bool) -> Paint {
        let unit = self.pitch();
        match control {
            Control::Held(actor) if claimed => self.thin(&[*actor], stale, 45.0),
            Control::Held(actor) => Paint::solid(self.color(*actor, stale)),
            // the other way than where each has a part
            Control::Contested(actors) if claimed => self.thin(actors, stale, -45.0),
            Control::Partial(parts) if claimed => {
                self.thin(&parts.iter().flat_map(|p| p.actors.iter().copied()).collect::<Vec<_>>(), stale, 45.0)
            }
            // closer than the bands of shares, so that an even share is no contest
            Control::Contested(actors) => self.even(actors, 45.0, CONTEST, stale),
            Control::Shared(actors) => self.even(actors, 90.0, 11.0, stale),
            Control::Partial(parts) => {
                let bands = self.bands(parts, stale);
                Paint { layers: vec![Layer::Stripes { angle: 45.0, bands }] }
            }
            Control::Lost(actors) => {
                let color = actors.first().map_or(theme::NOTHING_MARK, |a| self.color(*a, stale));
                let line =
                    |angle, width, color| Layer::Lines { angle, spacing: 11.0 * unit, width: width * unit, color };
                let mut paint = Paint::solid(Color::WHITE);
                if let Some(rim) = rim(color) {
                    paint = paint.over(line(45.0, 3.3, rim)).over(line(-45.0, 3.3, rim));
                }
                paint.over(line(45.0, 1.7, color)).over(line(-45.0, 1.7, color))
            }
            Control::Vacant => Paint::solid(theme::VACANT).over(Layer::Dots {
                spacing: 16.0 * unit,
                radius: 1.4 * unit,
                color: theme::NOTHING_MARK,
            }),
            Control::Unknown => Paint::solid(theme::UNKNOWN).over(Layer::Lines {
                angle: 0.0,
                spacing: 9.0 * unit,
                width: 1.0 * unit,
                color: theme::NOTHING_MARK,
            }),
            Control::OutOfScope => Paint::solid(theme::OUT_OF_SCOPE).over(Layer::Lines {
                angle: 90.0,
                spacing: 16.0 * unit,
                width: 0.7 * unit,
                color: theme::NOTHING_MARK,
            }),
        }
    }

    /// Bands of equal width.
    fn even(&self, actors: &[ActorIndex], angle: f64, width: f64, stale: bool) -> Paint {
        let bands = actors.iter().map(|a| Band { color: self.color(*a, stale), width: width * self.pitch() }).collect();
        Paint { layers: vec![Layer::Stripes { angle, bands }] }
    }

    /// Thin lines on white: said by a party only.
    fn thin(&self, actors: &[ActorIndex], stale: bool, angle: f64) -> Paint {
        let width = self.pitch();
        let pair = |a: &ActorIndex| {
            let color = self.color(*a, stale);
            let band = |color: Color, wide: f64| Band { color, width: wide * width };
            match rim(color) {
                Some(rim) => vec![band(rim, 0.7), band(color, 2.0), band(rim, 0.7), band(Color::WHITE, 4.6)],
                None => vec![band(color, 2.4), band(Color::WHITE, 5.6)],
            }
        };
        Paint { layers: vec![Layer::Stripes { angle, bands: actors.iter().flat_map(pair).collect() }] }
    }

    /// Bands in ratio to shares; see [`bands`].
    fn bands(&self, parts: &[Part], stale: bool) -> Vec<Band> {
        let period = PERIOD * self.pitch();
        let mut out: Vec<Band> = Vec::new();
        for piece in pieces(parts) {
            let color = |a: ActorIndex| {
                let color = self.color(a, stale);
                if piece.certain { color } else { theme::pale(color) }
            };
            match piece.actors.as_slice() {
                [] => out.push(Band { color: theme::UNKNOWN, width: piece.width * period }),
                [one] => out.push(Band { color: color(*one), width: piece.width * period }),
                // held together: no single band is one actor's, so theirs alternate finely
                many => {
                    let fine = piece.width * period / (2.0 * many.len() as f64);
                    out.extend(many.iter().chain(many).map(|a| Band { color: color(*a), width: fine }));
                }
            }
        }
        out
    }
}

/// A band of a partly held place.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Whose; empty where that is not known.
    pub actors: Vec<ActorIndex>,
    /// Width as a part of the whole.
    pub width: f64,
    /// Theirs for certain, rather than at most.
    pub certain: bool,
}

/// Divides the whole among parts: the least of each for certain, what is left by what each may have at
/// most, stated parts before the rest, and what then is left to those without a figure, else to nobody.
///
/// Widths sum to one.
pub fn pieces(parts: &[Part]) -> Vec<Piece> {
    let low = |p: &Part| p.share.map_or(0.0, |s| s.low());
    let room = |p: &Part| p.share.map_or(0.0, |s| s.high() - s.low());
    let mut left = (1.0 - parts.iter().map(low).sum::<f64>()).max(0.0);
    let mut pale: Vec<f64> = vec![0.0; parts.len()];
    for rest in [false, true] {
        let wanted: f64 = parts.iter().filter(|p| p.rest == rest).map(room).sum();
        if wanted > 0.0 && left > 0.0 {
            let given = wanted.min(left);
            for (slot, part) in pale.iter_mut().zip(parts) {
                if part.rest == rest {
                    *slot = room(part) / wanted * given;
                }
            }
            left -= given;
        }
    }
    let open = parts.iter().filter(|p| p.share.is_none()).count();
    // one who has a part and no more is said: the other part is nobody's, and both are drawn as wide
    let others = if let [Part { share: None, .. }] = parts { 0.5 * left } else { 0.0 };
    left -= others;
    let mut pieces = Vec::new();
    for (part, pale) in parts.iter().zip(pale) {
        let widths = if part.share.is_none() { [0.0, left / open as f64] } else { [low(part), pale] };
        for (width, certain) in widths.into_iter().zip([true, false]) {
            if width > 1e-9 {
                pieces.push(Piece { actors: part.actors.clone(), width, certain });
            }
        }
    }
    let nobodys = if open == 0 { left } else { others };
    if nobodys > 1e-9 {
        pieces.push(Piece { actors: Vec::new(), width: nobodys, certain: false });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;
    use crate::model::{ActorIndex, Part, Share};

    fn part(actor: u32, share: Option<(f64, f64)>, rest: bool) -> Part {
        let share = share.map(|(low, high)| Share::new(low, high).expect("a share"));
        Part { actors: vec![ActorIndex(actor)], share, rest }
    }

    fn widths(parts: &[Part]) -> Vec<(Option<u32>, i64, bool)> {
        let percent = |w: f64| (w * 100.0).round() as i64;
        pieces(parts).iter().map(|p| (p.actors.first().map(|a| a.0), percent(p.width), p.certain)).collect()
    }

    #[test]
    fn an_interval_is_full_to_its_low_and_pale_to_its_high() {
        let parts = [part(0, Some((0.0, 0.2)), true), part(1, Some((0.8, 1.0)), false)];
        assert_eq!(widths(&parts), [(Some(1), 80, true), (Some(1), 20, false)]);
    }

    #[test]
    fn exact_shares_fill_the_whole() {
        let parts = [part(0, Some((0.55, 0.55)), false), part(1, Some((0.45, 0.45)), false)];
        assert_eq!(widths(&parts), [(Some(0), 55, true), (Some(1), 45, true)]);
    }

    #[test]
    fn what_nobody_is_said_to_hold_stays_nobodys() {
        assert_eq!(widths(&[part(0, Some((0.3, 0.3)), false)]), [(Some(0), 30, true), (None, 70, false)]);
    }

    #[test]
    fn one_part_without_a_figure_is_not_the_whole() {
        assert_eq!(widths(&[part(0, None, false)]), [(Some(0), 50, false), (None, 50, false)]);
    }

    #[test]
    fn parts_without_a_figure_divide_the_remainder_pale() {
        let parts = [part(0, None, false), part(1, Some((0.01, 0.01)), false)];
        assert_eq!(widths(&parts), [(Some(0), 99, false), (Some(1), 1, true)]);
    }
}
