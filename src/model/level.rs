//! Administrative levels, and the two kinds of place that are points.

use crate::diag::quote;
use std::fmt;

/// Where a place stands in the hierarchy, from the whole country down to a single site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The country.
    Adm0,
    /// Governorate, oblast, state.
    Adm1,
    /// District.
    Adm2,
    /// Sub-district.
    Adm3,
    /// Community.
    Adm4,
    /// City, town or village: a point.
    Settlement,
    /// Base, airport, crossing, dam: a point.
    Site,
}

impl Level {
    /// Every level, outermost first.
    pub const ALL: [Self; 7] =
        [Self::Adm0, Self::Adm1, Self::Adm2, Self::Adm3, Self::Adm4, Self::Settlement, Self::Site];

    /// The word in the tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Adm0 => "adm0",
            Self::Adm1 => "adm1",
            Self::Adm2 => "adm2",
            Self::Adm3 => "adm3",
            Self::Adm4 => "adm4",
            Self::Settlement => "settlement",
            Self::Site => "site",
        }
    }

    /// Reads the word in the tables.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.word() == word)
    }

    /// Reads the word of an admin level, which a settlement or a site has not.
    ///
    /// # Errors
    /// A message that lists the words.
    pub fn parse_admin(word: &str) -> Result<Self, String> {
        let level = Self::parse(word).filter(|level| !level.is_point());
        level
            .ok_or_else(|| format!("{} is no admin level; write `adm0`, `adm1`, `adm2`, `adm3` or `adm4`", quote(word)))
    }

    /// Tells whether places of this level are points rather than areas.
    pub fn is_point(self) -> bool {
        matches!(self, Self::Settlement | Self::Site)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
