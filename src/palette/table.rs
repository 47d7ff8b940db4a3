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
        doc: "Okabe and Ito (2008), told apart by all kinds of sight; 8 colours, of which 4 suit areas",
        customs: &[],
        // of those on which a dark border and black text show, the four that are farthest apart come first
        colors: &[0x56_B4_E9, 0xF0_E4_42, 0x00_9E_73, 0xCC_79_A7, 0xE6_9F_00, 0xD5_5E_00, 0x00_72_B2, 0x99_99_99],
    },
    Palette {
        name: "syria",
        doc: "the customs of maps of Syria: government red, SDF yellow, HTS blue, the Turkish-backed green",
        customs: &[
            ("army", 0xE2_58_25),
            ("druze", 0xAD_8D_A2),
            ("hts", 0x9F_CA_FA),
            ("isr", 0xA9_9E_EF),
            ("opp", 0xA9_B9_8B),
            ("sdf", 0xEA_C1_3D),
            ("sfa", 0x5C_BD_C7),
            ("sna", 0x63_90_7F),
            ("south", 0x99_82_BF),
        ],
        colors: &[0xD8_C4_A8, 0xB8_9B_72, 0x9A_A5_AE],
    },
    Palette {
        name: "tol-medium-contrast",
        doc: "Paul Tol's medium-contrast scheme, safe in print; up to 6",
        customs: &[],
        colors: &[0x66_99_CC, 0xEE_CC_66, 0xEE_99_AA, 0x99_77_00, 0x99_44_55, 0x00_44_88],
    },
    Palette {
        name: "tol-muted",
        doc: "Paul Tol's muted scheme; up to 9",
        customs: &[],
        colors: &[
            0x88_CC_EE, 0xCC_66_77, 0xDD_CC_77, 0x44_AA_99, 0x99_99_33, 0xAA_44_99, 0x11_77_33, 0x33_22_88, 0x88_22_55,
        ],
    },
    Palette {
        name: "ukraine",
        doc: "the customs of maps of the war in Ukraine: Ukraine blue, Russia red",
        customs: &[
            ("russia", 0xE2_58_25),
            ("rus", 0xE2_58_25),
            ("ru", 0xE2_58_25),
            ("ukraine", 0x7D_B5_EA),
            ("ukr", 0x7D_B5_EA),
            ("ua", 0x7D_B5_EA),
        ],
        colors: &[0xEA_C1_3A, 0x62_91_7F, 0xA7_8B_A0, 0xAA_B8_89],
    },
];
