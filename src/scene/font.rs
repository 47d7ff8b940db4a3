//! The fonts that ship: Noto Sans and Noto Sans Arabic (SIL Open Font License 1.1), subset.

/// Index into [`FONTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontIndex(pub u8);

/// A font file.
#[derive(Debug)]
pub struct Font {
    /// Family as in the font's own name table.
    pub family: &'static str,
    /// 400 or 700.
    pub weight: u16,
    /// The file.
    pub bytes: &'static [u8],
}

/// The fonts, regular and bold of each family.
pub const FONTS: &[Font] = &[
    Font { family: "Noto Sans", weight: 400, bytes: include_bytes!("../../data/fonts/NotoSans-Regular.ttf") },
    Font { family: "Noto Sans", weight: 700, bytes: include_bytes!("../../data/fonts/NotoSans-Bold.ttf") },
    Font {
        family: "Noto Sans Arabic",
        weight: 400,
        bytes: include_bytes!("../../data/fonts/NotoSansArabic-Regular.ttf"),
    },
    Font { family: "Noto Sans Arabic", weight: 700, bytes: include_bytes!("../../data/fonts/NotoSansArabic-Bold.ttf") },
];
