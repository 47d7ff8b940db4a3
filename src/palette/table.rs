//! The palettes that ship: a palette is one entry of [`PALETTES`].

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
            ("army", 0xE0_5B_29),
            ("druze", 0xB4_8D_A0),
            ("hts", 0x9D_B8_F2),
            ("isr", 0x85_7B_CD),
            ("opp", 0xAC_AF_4E),
            ("sdf", 0xF6_D0_78),
            ("sfa", 0x61_B6_C1),
            ("sna", 0x68_91_7B),
            ("south", 0x93_7C_A4),
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
