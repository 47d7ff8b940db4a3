//! Colours of actors: takes actors, gives each a colour from a named palette.
//!
//! Adding a palette is one entry of [`PALETTES`].

use crate::diag::{Checked, Diagnostic, nearest};
use crate::model::{Actor, ActorIndex, Day};
use crate::scene::Color;

/// A set of colours.
#[derive(Debug)]
pub struct Palette {
    /// Kebab-case name.
    pub name: &'static str,
    /// Where it comes from and what it suits, in one line.
    pub doc: &'static str,
    /// Colours by actor id, where custom has settled them.
    pub customs: &'static [(&'static str, u32)],
    /// Colours in turn for the other actors.
    pub colors: &'static [u32],
}

/// Every palette, sorted by name.
pub const PALETTES: &[Palette] = &[
    Palette {
        name: "okabe-ito",
        doc: "Okabe and Ito (2008), told apart by all kinds of sight; up to 8",
        customs: &[],
        colors: &[0x56_B4_E9, 0xE6_9F_00, 0x00_9E_73, 0xCC_79_A7, 0xF0_E4_42, 0xD5_5E_00, 0x00_72_B2, 0x99_99_99],
    },
    Palette {
        name: "syria",
        doc: "the customs of maps of Syria: government red, SDF yellow, opposition greens and blues",
        customs: &[
            ("army", 0xCB_5B_4C),
            ("hts", 0x5E_8A_B4),
            ("isr", 0x4A_46_8C),
            ("opp", 0x9C_C0_6A),
            ("sdf", 0xF2_CC_4D),
            ("sfa", 0x1F_8C_8C),
            ("sna", 0x3F_95_5F),
            ("south", 0x9B_7B_BE),
            ("druze", 0xD7_8F_B4),
        ],
        colors: &[0x8C_6D_4F, 0x6F_7F_8F, 0xB0_A0_60, 0xC8_8B_5A],
    },
    Palette {
        name: "tol-medium-contrast",
        doc: "Paul Tol's medium-contrast scheme, safe in print; up to 6",
        customs: &[],
        colors: &[0x66_99_CC, 0xEE_CC_66, 0xEE_99_AA, 0x00_44_88, 0x99_77_00, 0x99_44_55],
    },
    Palette {
        name: "tol-muted",
        doc: "Paul Tol's muted scheme; up to 9",
        customs: &[],
        colors: &[
            0x88_CC_EE, 0xCC_66_77, 0xDD_CC_77, 0x11_77_33, 0x33_22_88, 0xAA_44_99, 0x44_AA_99, 0x99_99_33, 0x88_22_55,
        ],
    },
    Palette {
        name: "ukraine",
        doc: "the customs of maps of the war in Ukraine: Ukraine blue, Russia red",
        customs: &[
            ("russia", 0xD0_5A_50),
            ("rus", 0xD0_5A_50),
            ("ru", 0xD0_5A_50),
            ("ukraine", 0x5B_92_C9),
            ("ukr", 0x5B_92_C9),
            ("ua", 0x5B_92_C9),
        ],
        colors: &[0xE0_B0_4C, 0x6B_A0_74, 0x9B_7B_BE, 0x8C_6D_4F],
    },
];

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
        if let Some(near) = nearest(name, names.iter().copied()) {
            fault = fault.hint(format!("did you mean `{near}`?"));
        }
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
            .hint("give `color` in the actors table, name a palette with customs such as `syria`, or use fewer actors"),
        );
    }
    checked
}

/// Lightness from 0 (black) to 1 (white), as the eye weighs the channels.
///
/// # Source
/// WCAG 2.2, relative luminance.
pub fn luminance(color: Color) -> f64 {
    let channel = |value: u8| {
        let v = f64::from(value) / 255.0;
        if v <= 0.040_45 { v / 12.92 } else { libm::pow((v + 0.055) / 1.055, 2.4) }
    };
    0.2126 * channel(color.r) + 0.7152 * channel(color.g) + 0.0722 * channel(color.b)
}

/// Contrast of two colours, from 1 to 21.
///
/// # Source
/// WCAG 2.2, contrast ratio.
pub fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::{PALETTES, colors, contrast};
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
        assert_eq!(checked.value.of(ActorIndex(0)), Color::hex(0xCB_5B_4C));
        assert_eq!(checked.value.of(ActorIndex(1)), Color::hex(PALETTES[1].colors[0]));
    }

    #[test]
    fn an_unknown_palette_names_the_known() {
        let checked = colors("siria", &[], &[], Day(0));
        assert_eq!(checked.diagnostics[0].hints[0], "did you mean `syria`?");
    }
}
