//! Colours of actors: takes actors, gives each a colour from a named palette, and measures whether colours
//! can be told apart.
//!
//! Adding a palette is one entry of [`PALETTES`].

mod appearance;
mod composite;
mod contrast;
mod lint;
mod sight;
mod table;

pub use appearance::{Appearance, appearance};
pub use contrast::{contrast, luminance};
pub use lint::{Tint, Tints, lint};
pub use sight::{SIGHTS, Sight};
pub use table::{PALETTES, Palette};

use crate::diag::{Checked, Diagnostic, did_you_mean};
use crate::model::{Actor, ActorIndex, Day};
use crate::scene::Color;

/// The palette that suits a number of actors, where none is asked for.
fn automatic(actors: usize) -> &'static str {
    match actors {
        0..=4 => "okabe-ito",
        5..=6 => "tol-medium-contrast",
        _ => "tol-muted",
    }
}

/// The most actors that are told apart by a palette chosen by itself.
const MOST: usize = 8;

/// A colour for each actor of a figure.
#[derive(Debug, Clone, Default)]
pub struct Colors {
    by_actor: Vec<Option<Color>>,
}

impl Colors {
    /// The colour of an actor; grey for one that holds nothing anywhere.
    pub fn of(&self, actor: ActorIndex) -> Color {
        self.by_actor.get(actor.0 as usize).copied().flatten().unwrap_or(Color::hex(0x8A_8A_8A))
    }
}

/// Gives each of the actors named a colour: the one of the actors table, else of the palette.
///
/// `holders` are all that may hold ground at any time, sorted, so that a colour does not change with
/// the date. `day` decides which period's colour is taken.
///
/// # Errors
/// `bad-word` for an unknown palette; `too-many-actors` where the colours do not suffice.
pub fn colors(name: &str, actors: &[Actor], holders: &[ActorIndex], day: Day) -> Checked<Colors> {
    let mut checked = Checked::clean(Colors { by_actor: vec![None; actors.len()] });
    let by_actor = &mut checked.value.by_actor;
    for (slot, actor) in by_actor.iter_mut().zip(actors) {
        *slot = actor.on(day).color.map(|[r, g, b]| Color::rgb(r, g, b));
    }
    let open: Vec<ActorIndex> = holders.iter().copied().filter(|a| by_actor[a.0 as usize].is_none()).collect();
    let wanted = if name == "auto" { automatic(open.len()) } else { name };
    let Some(palette) = PALETTES.iter().find(|p| p.name == wanted) else {
        let names: Vec<&str> = PALETTES.iter().map(|p| p.name).collect();
        let mut fault =
            Diagnostic::new("bad-word", format!("there is no palette {}", crate::diag::quote(name))).value(name);
        fault.hints.extend(did_you_mean(name, names.iter().copied()));
        checked.diagnostics.push(fault.hint(format!("palettes are `auto`, `{}`", names.join("`, `"))));
        return checked;
    };
    let mut free = palette.colors.iter();
    let mut without = 0;
    for actor in &open {
        let id = actors[actor.0 as usize].id.as_str();
        let custom = palette.customs.iter().find(|(custom, _)| *custom == id).map(|(_, color)| color);
        match custom.or_else(|| free.next()) {
            Some(color) => by_actor[actor.0 as usize] = Some(Color::hex(*color)),
            None => without += 1,
        }
    }
    if without > 0 || (name == "auto" && open.len() > MOST) {
        let most = if name == "auto" { MOST } else { open.len() - without };
        checked.diagnostics.push(
            Diagnostic::new(
                "too-many-actors",
                format!("{} actors hold ground, and the palette `{wanted}` tells {most} apart", open.len()),
            )
            .hint("group actors that stand together under one id of their `side`, or give `color` in the actors table"),
        );
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::{PALETTES, SIGHTS, colors, contrast};
    use crate::model::{Actor, ActorIndex, Day};
    use crate::scene::Color;

    fn actors(count: u32) -> (Vec<Actor>, Vec<ActorIndex>) {
        ((0..count).map(|i| Actor::bare(format!("a{i}"))).collect(), (0..count).map(ActorIndex).collect())
    }

    #[test]
    fn black_on_white_has_the_greatest_contrast() {
        assert!((contrast(Color::BLACK, Color::WHITE) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn nine_actors_are_more_than_auto_tells_apart() {
        let (some, holders) = actors(9);
        let checked = colors("auto", &some, &holders, Day(0));
        assert_eq!(checked.diagnostics[0].code.name, "too-many-actors");
        let (some, holders) = actors(8);
        assert!(colors("auto", &some, &holders, Day(0)).diagnostics.is_empty());
    }

    #[test]
    fn custom_colours_follow_the_actor() {
        let all = [Actor::bare("army"), Actor::bare("zzz")];
        let checked = colors("syria", &all, &[ActorIndex(0), ActorIndex(1)], Day(0));
        assert_eq!(checked.value.of(ActorIndex(0)), Color::hex(0xE2_58_25));
        assert_eq!(checked.value.of(ActorIndex(1)), Color::hex(PALETTES[1].colors[0]));
    }

    /// The colours that a palette gives first: its customs, else as many as it is chosen for by itself.
    fn firsts(name: &str) -> Vec<Color> {
        let palette = PALETTES.iter().find(|p| p.name == name).expect("a palette");
        let own = |n: usize| palette.colors.iter().take(n).copied();
        let mut all: Vec<u32> = match name {
            "okabe-ito" => own(4).collect(),
            "tol-medium-contrast" => own(6).collect(),
            "tol-muted" => own(8).collect(),
            "syria" => palette.customs.iter().map(|(_, color)| *color).collect(),
            _ => palette.customs.iter().map(|(_, color)| *color).chain(own(9)).collect(),
        };
        all.sort_unstable();
        all.dedup();
        all.into_iter().map(Color::hex).collect()
    }

    #[test]
    fn every_palette_is_told_apart_by_every_sight() {
        for palette in PALETTES {
            let colors = firsts(palette.name);
            for (i, a) in colors.iter().enumerate() {
                for b in &colors[i + 1..] {
                    for sight in SIGHTS {
                        let distance = sight.of(*a).distance(&sight.of(*b));
                        assert!(distance >= 10.0, "{}: {a:?} {b:?} {}: {distance}", palette.name, sight.name);
                    }
                }
            }
        }
    }

    #[test]
    fn borders_and_text_show_on_areas() {
        let (border, ink) = (Color::hex(0x3D_3A_37), Color::hex(0x1D_1D_1B));
        for name in ["okabe-ito", "syria", "ukraine"] {
            for color in firsts(name) {
                assert!(contrast(color, border) >= 3.0, "{name}: {color:?}");
                assert!(contrast(color, ink) >= 4.5, "{name}: {color:?}");
            }
        }
    }

    #[test]
    fn an_unknown_palette_names_the_known() {
        let checked = colors("siria", &[], &[], Day(0));
        assert_eq!(checked.diagnostics[0].hints[0], "did you mean `syria`?");
    }
}
