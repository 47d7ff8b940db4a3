//! The colours of everything that is not an actor's, and the themes that replace them.
//!
//! Elements draw in the constants below, which are the light theme; [`super::recolor`] gives them the colours
//! of another one at the end, so that no element needs to know which theme is drawn.

use crate::project;
use crate::scene::Color;

/// The page.
pub const PAPER: Color = Color::WHITE;
/// Water, and whatever lies outside all countries.
pub const SEA: Color = Color::hex(0xD3_E2_EA);
/// Names of seas.
pub const SEA_NAME: Color = Color::hex(0x35_60_7B);
/// Rivers, and the shores of lakes.
pub const RIVER: Color = Color::hex(0x8F_B0_C2);
/// What lies around the regions where nothing is drawn beneath them.
pub const BLANK: Color = Color::hex(0xF8_F7_F5);
/// Neighbouring countries.
pub const LAND: Color = Color::hex(0xF3_F0_EA);
/// Borders between them.
pub const LAND_BORDER: Color = Color::hex(0xC9_C2_B5);
/// Their names.
pub const LAND_NAME: Color = Color::hex(0x7A_73_68);
/// Text.
pub const INK: Color = Color::hex(0x1D_1D_1B);
/// Text of less weight.
pub const MUTED: Color = Color::hex(0x5E_5B_57);
/// Names of regions.
pub const REGION_NAME: Color = Color::hex(0x33_2F_2B);
/// Thin rules between parts of the page.
pub const RULE: Color = Color::hex(0xCF_CA_C1);
/// Borders of regions.
pub const BORDER: Color = Color::hex(0x3D_3A_37);
/// A place of which nothing is known.
pub const UNKNOWN: Color = Color::hex(0xD9_D7_D3);
/// A place that nobody holds.
pub const VACANT: Color = Color::hex(0xF6_F5_F3);
/// A place that the map does not speak of.
pub const OUT_OF_SCOPE: Color = Color::hex(0xE9_E6_E0);
/// The marks on those three.
pub const NOTHING_MARK: Color = Color::hex(0x9A_96_90);
/// A place of which policies give two, three, four and five different answers: no actor's colour.
pub const ANSWERS: [Color; 4] =
    [Color::hex(0xC2_BC_B3), Color::hex(0x8E_88_7F), Color::hex(0x5B_56_50), Color::hex(0x2C_29_27)];

/// What a colour becomes where the word is older than `stale-after`: greyer and lighter.
pub fn stale(color: Color) -> Color {
    let grey = (0.3 * f64::from(color.r) + 0.59 * f64::from(color.g) + 0.11 * f64::from(color.b)).round() as u8;
    color.mix(Color::rgb(grey, grey, grey), 0.3).mix(Color::WHITE, 0.36)
}

/// What a colour becomes where the amount is not certain.
pub fn pale(color: Color) -> Color {
    color.mix(Color::WHITE, 0.5)
}

/// What becomes of the colours.
#[derive(Debug)]
pub struct Theme {
    /// Its name among the options.
    pub theme: project::Theme,
    /// From a colour of the light theme to the one in its place.
    pub inks: &'static [(Color, Color)],
    /// Whether actors have greys instead of colours.
    pub grey: bool,
}

/// Every theme.
pub const THEMES: &[Theme] = &[
    Theme { theme: project::Theme::Light, inks: &[], grey: false },
    Theme {
        theme: project::Theme::Dark,
        inks: &[
            (PAPER, Color::hex(0x15_17_1A)),
            (SEA, Color::hex(0x1B_24_2B)),
            (SEA_NAME, Color::hex(0x86_AD_C2)),
            (BLANK, Color::hex(0x1C_1E_21)),
            (LAND, Color::hex(0x2A_2B_2D)),
            (LAND_BORDER, Color::hex(0x55_57_59)),
            (LAND_NAME, Color::hex(0xA3_A0_9A)),
            (INK, Color::hex(0xF1_EF_EB)),
            (MUTED, Color::hex(0xB4_B1_AB)),
            (REGION_NAME, Color::hex(0xE2_DF_D9)),
            (RULE, Color::hex(0x46_48_4B)),
            (BORDER, Color::hex(0xD8_D4_CC)),
            (UNKNOWN, Color::hex(0x4A_4B_4D)),
            (VACANT, Color::hex(0x33_34_36)),
            (OUT_OF_SCOPE, Color::hex(0x3A_3B_3D)),
            (NOTHING_MARK, Color::hex(0x8B_8A_87)),
            (ANSWERS[0], Color::hex(0x5A_5C_60)),
            (ANSWERS[1], Color::hex(0x86_87_8B)),
            (ANSWERS[2], Color::hex(0xB6_B6_B7)),
            (ANSWERS[3], Color::hex(0xE6_E4_E0)),
        ],
        grey: false,
    },
    Theme {
        theme: project::Theme::Grey,
        inks: &[(SEA, Color::hex(0xF1_F1_F1)), (LAND, Color::hex(0xFA_FA_FA))],
        grey: true,
    },
];

/// The entry of a theme.
pub fn theme(theme: project::Theme) -> &'static Theme {
    THEMES.iter().find(|t| t.theme == theme).expect("every theme has an entry")
}

#[cfg(test)]
mod tests {
    use super::{BLANK, INK, LAND, LAND_NAME, MUTED, PAPER, REGION_NAME, SEA, SEA_NAME, theme};
    use crate::palette::contrast;
    use crate::project::Theme;
    use crate::scene::Color;

    #[test]
    fn text_stands_out_in_every_theme() {
        for name in [Theme::Light, Theme::Dark, Theme::Grey] {
            let inks = theme(name).inks;
            let ink = |color: Color| inks.iter().find(|(from, _)| *from == color).map_or(color, |(_, to)| *to);
            for text in [INK, MUTED, REGION_NAME] {
                for ground in [PAPER, SEA, BLANK, LAND] {
                    assert!(contrast(ink(text), ink(ground)) >= 4.5, "{name:?}: {text:?} on {ground:?}");
                }
            }
            assert!(contrast(ink(SEA_NAME), ink(SEA)) >= 4.5, "{name:?}");
            assert!(contrast(ink(LAND_NAME), ink(LAND)) >= 4.0, "{name:?}");
        }
    }
}
