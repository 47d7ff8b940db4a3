//! The rim of a name, by which it can be read on any ground: takes a text and what lies beneath, gives colours.

use super::ground::Ground;
use super::label::{Rect, grown, tight};
use super::theme;
use crate::palette::contrast;
use crate::scene::{Color, Halo, Node, Paint, Partition, Path, Text};

/// How much of the ground the rim of a name hides, of 255.
const OPAQUE: u8 = 225;

/// The least contrast of a name to its rim.
const LEGIBLE: f64 = 4.5;

/// The rim of a name: the colour of the flat ground beneath it, lightened until the name can be read, white over
/// hatches and borders. On dark ground the name takes the darkest ink.
pub fn halo(text: &mut Text, ground: &Ground, partition: &Partition, unit: f64) -> Halo {
    let width = 2.3 * unit;
    let color = match ground.under(tight(text)) {
        (Some(face), _) => partition.faces[face].paint.as_solid().unwrap_or(Color::WHITE),
        // land or sea, both all but white
        (None, true) => return Halo { color: Color::WHITE.with_alpha(150), width },
        (None, false) => Color::WHITE,
    };
    let (ink, rim) = on(color, text.color);
    text.color = ink;
    Halo { color: rim.with_alpha(OPAQUE), width }
}

/// The ink of a name and the colour of its rim on a flat ground.
fn on(ground: Color, ink: Color) -> (Color, Color) {
    // a light name on dark ground rather than a black one in a pale cloud
    if contrast(Color::WHITE, ground) > contrast(theme::INK, ground).max(LEGIBLE) {
        return (Color::WHITE, ground);
    }
    // the ground shines through the rim
    let seen = |rim: Color| ground.mix(rim, f64::from(OPAQUE) / 255.0);
    let ink = if contrast(ink, ground) < LEGIBLE { theme::INK } else { ink };
    let mut rim = ground;
    for _ in 0..12 {
        if contrast(ink, seen(rim)) >= LEGIBLE {
            break;
        }
        rim = rim.mix(Color::WHITE, 0.2);
    }
    (ink, rim)
}

/// Hides what a border or coast shows of itself between a symbol and its name, where it looks like a stroke of the
/// letters; nothing where the ground in the gap is one.
pub fn bridge([x, y, w, h]: Rect, rim: Halo, ground: &Ground) -> Option<Node> {
    let (one, is_bare) = ground.under(grown([x, y, w, h], 1.0));
    if one.is_some() || is_bare {
        return None;
    }
    let color = rim.color.with_alpha(rim.color.a.max(OPAQUE));
    Some(Node::Path(Path::rect(x, y, w, h).filled(Paint::solid(color))))
}

#[cfg(test)]
mod tests {
    use super::{LEGIBLE, OPAQUE, bridge, on};
    use crate::map::ground::Ground;
    use crate::map::theme;
    use crate::palette::contrast;
    use crate::scene::{Color, Halo};

    #[test]
    fn a_name_can_be_read_on_every_tone() {
        for value in (0..=0xFF_u32).step_by(15).flat_map(|r| (0..=0xFF).step_by(17).map(move |g| (r, g))) {
            for blue in [0, 60, 119, 180, 255] {
                let ground = Color::rgb(value.0 as u8, value.1 as u8, blue);
                for ink in [theme::INK, theme::REGION_NAME] {
                    let (ink, rim) = on(ground, ink);
                    let seen = ground.mix(rim, f64::from(OPAQUE) / 255.0);
                    assert!(contrast(ink, seen) >= LEGIBLE, "{ink:?} on {seen:?} over {ground:?}");
                }
            }
        }
    }

    #[test]
    fn only_where_the_ground_changes_is_a_gap_bridged() {
        let square = vec![vec![[0.0, 0.0], [40.0, 0.0], [40.0, 100.0], [0.0, 100.0]]];
        let ground = Ground::new(&[square], [0.0, 0.0, 100.0, 100.0]);
        let rim = Halo { color: Color::WHITE.with_alpha(225), width: 2.0 };
        assert!(bridge([38.0, 20.0, 3.0, 10.0], rim, &ground).is_some());
        assert!(bridge([10.0, 20.0, 3.0, 10.0], rim, &ground).is_none());
        assert!(bridge([85.0, 20.0, 3.0, 10.0], rim, &ground).is_none());
    }
}
