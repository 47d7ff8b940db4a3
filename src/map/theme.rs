//! The colours of everything that is not an actor's.

use crate::scene::Color;

/// The page.
pub const PAPER: Color = Color::WHITE;
/// Water, and whatever lies outside all countries.
pub const SEA: Color = Color::hex(0xDF_E9_EE);
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
pub const REGION_NAME: Color = Color::hex(0x4A_45_40);
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

/// What a colour becomes where the word is older than `stale-after`: greyer and lighter.
pub fn stale(color: Color) -> Color {
    let grey = (0.3 * f64::from(color.r) + 0.59 * f64::from(color.g) + 0.11 * f64::from(color.b)).round() as u8;
    color.mix(Color::rgb(grey, grey, grey), 0.3).mix(Color::WHITE, 0.36)
}

/// What a colour becomes where the amount is not certain.
pub fn pale(color: Color) -> Color {
    color.mix(Color::WHITE, 0.5)
}
