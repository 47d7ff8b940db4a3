//! Whether the fills of a figure can be told apart: takes the fills as painted, gives warnings.

use super::appearance::Appearance;
use super::composite::{Light, light, pattern};
use super::sight::SIGHTS;
use super::{contrast, luminance};
use crate::diag::{Diagnostic, quote};
use crate::model::ActorIndex;
use crate::scene::{Color, Paint};

/// The least distance of two fills in CAM02-UCS, for every kind of sight.
const LEAST_DISTANCE: f64 = 10.0;

/// The least gap in lightness of flat fills that touch, so that a grey print keeps them apart.
const LEAST_GAP: f64 = 8.0;

/// The least contrast of a border line with the fills beside it.
const LEAST_CONTRAST: f64 = 3.0;

/// A fill of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Tint {
    /// What it means, for a report.
    pub label: String,
    /// Whose it is, sorted.
    pub actors: Vec<ActorIndex>,
    /// The word is old.
    pub stale: bool,
    /// It fills an area, rather than symbols only.
    pub is_area: bool,
    /// As painted.
    pub paint: Paint,
}

/// The fills of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Tints {
    /// Each once.
    pub all: Vec<Tint>,
    /// Pairs that share a border, the lower index first, sorted.
    pub touching: Vec<(usize, usize)>,
    /// The colour of border lines.
    pub border: Color,
}

/// Finds fills that look alike where no pattern tells them apart (`close-colors`), flat fills that touch
/// and are of one lightness (`close-lightness`), and areas whose border does not show (`weak-contrast`).
pub fn lint(tints: &Tints) -> Vec<Diagnostic> {
    let seen: Vec<Seen> = tints.all.iter().map(Seen::new).collect();
    let mut found = Vec::new();
    for (i, a) in seen.iter().enumerate() {
        for (j, b) in seen.iter().enumerate().skip(i + 1) {
            let is_one = a.tint.actors == b.tint.actors && a.tint.stale == b.tint.stale && !a.tint.actors.is_empty();
            if is_one || a.pattern != b.pattern {
                continue;
            }
            let touch = || tints.touching.binary_search(&(i, j)).is_ok();
            if let Some(fault) = alike(a, b) {
                found.push(fault);
            } else if a.pattern.is_empty() && touch() {
                found.extend(of_one_lightness(a, b));
            }
        }
    }
    let areas = seen.iter().filter(|s| s.tint.is_area);
    found.extend(areas.filter_map(|s| unbounded(s.tint, tints.border)));
    found
}

/// A fill as it looks.
struct Seen<'a> {
    tint: &'a Tint,
    pattern: Vec<super::composite::Mark>,
    /// One for each of [`SIGHTS`].
    looks: Vec<Appearance>,
}

impl<'a> Seen<'a> {
    fn new(tint: &'a Tint) -> Self {
        let light: Light = light(&tint.paint);
        let looks = SIGHTS.iter().map(|sight| sight.of_light(light)).collect();
        Self { tint, pattern: pattern(&tint.paint), looks }
    }
}

/// A distance as it is told: never rounded up to the limit.
fn told(value: f64) -> f64 {
    (value * 10.0).floor() / 10.0
}

fn alike(a: &Seen, b: &Seen) -> Option<Diagnostic> {
    let distances = a.looks.iter().zip(&b.looks).map(|(a, b)| a.distance(b));
    let (distance, sight) = distances.zip(SIGHTS).min_by(|a, b| a.0.total_cmp(&b.0))?;
    let (a, b) = (&a.tint.label, &b.tint.label);
    (distance < LEAST_DISTANCE).then(|| {
        let least = LEAST_DISTANCE;
        let message = format!(
            "{} and {} look alike to {} sight: their distance is {:.1}, and {least} is the least",
            quote(a),
            quote(b),
            sight.name,
            told(distance)
        );
        Diagnostic::new("close-colors", message).value(b).hint("give one of them another `color` in the actors table")
    })
}

fn of_one_lightness(a: &Seen, b: &Seen) -> Option<Diagnostic> {
    let gap = (a.looks[0].lightness - b.looks[0].lightness).abs();
    let (a, b) = (&a.tint.label, &b.tint.label);
    (gap < LEAST_GAP).then(|| {
        let message = format!(
            "{} and {} touch and are of one lightness: the gap is {:.1}, and {LEAST_GAP} is the least",
            quote(a),
            quote(b),
            told(gap)
        );
        let hint = "in a grey print only the border parts them; give one of them a lighter or darker `color`";
        Diagnostic::new("close-lightness", message).value(b).hint(hint)
    })
}

fn unbounded(tint: &Tint, border: Color) -> Option<Diagnostic> {
    let fill = tint.paint.as_solid()?;
    let contrast = contrast(fill, border);
    (contrast < LEAST_CONTRAST).then(|| {
        let message = format!(
            "the border of {} has a contrast of {:.1} with its fill, and {LEAST_CONTRAST} is the least",
            quote(&tint.label),
            told(contrast)
        );
        let way = if luminance(fill) < 0.18 { "a lighter" } else { "another" };
        Diagnostic::new("weak-contrast", message)
            .value(&tint.label)
            .hint(format!("give it {way} `color` in the actors table"))
    })
}

#[cfg(test)]
mod tests {
    use super::{Tint, Tints, lint};
    use crate::model::ActorIndex;
    use crate::scene::{Color, Layer, Paint};

    fn tint(actor: u32, paint: Paint) -> Tint {
        Tint { label: format!("actor {actor}"), actors: vec![ActorIndex(actor)], stale: false, is_area: true, paint }
    }

    fn codes(paints: Vec<Paint>, touching: bool) -> Vec<&'static str> {
        let all: Vec<Tint> = paints.into_iter().zip(0..).map(|(paint, i)| tint(i, paint)).collect();
        let touching = if touching { vec![(0, 1)] } else { Vec::new() };
        lint(&Tints { all, touching, border: Color::hex(0x3D_3A_37) }).iter().map(|d| d.code.name).collect()
    }

    fn flat(hex: u32) -> Paint {
        Paint::solid(Color::hex(hex))
    }

    #[test]
    fn red_and_green_are_alike_to_some_eyes() {
        assert_eq!(codes(vec![flat(0xC8_6A_50), flat(0x8A_90_3C)], false), ["close-colors"]);
    }

    #[test]
    fn a_pattern_tells_one_colour_from_itself() {
        let lines = Layer::Lines { angle: 45.0, spacing: 9.0, width: 2.0, color: Color::WHITE };
        assert!(codes(vec![flat(0x56_B4_E9), flat(0x56_B4_E9).over(lines)], true).is_empty());
    }

    #[test]
    fn one_lightness_matters_where_fills_touch() {
        let pair = || vec![flat(0x56_B4_E9), flat(0xE6_9F_00)];
        assert_eq!(codes(pair(), true), ["close-lightness"]);
        assert!(codes(pair(), false).is_empty());
    }

    #[test]
    fn a_dark_fill_swallows_its_border() {
        assert_eq!(codes(vec![flat(0x33_22_88)], false), ["weak-contrast"]);
    }

    #[test]
    fn two_areas_of_one_actor_are_one_class() {
        let mut all = vec![tint(0, flat(0x56_B4_E9)), tint(0, flat(0x56_B4_EA))];
        let lint_all = |all: &[Tint]| lint(&Tints { all: all.to_vec(), touching: Vec::new(), border: Color::BLACK });
        assert!(lint_all(&all).is_empty());
        all[1].stale = true;
        assert_eq!(lint_all(&all).len(), 1);
    }
}
