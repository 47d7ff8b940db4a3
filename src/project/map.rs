//! How a map looks.

use super::{Days, Since, Size, Title, When, options};
use crate::model::Level;

options! {
    /// How a map looks.
    pub struct MapOptions {
        /// What the figure is for: page size, type size and margins together [default: web]
        #[arg(long, value_name = "STYLE")]
        pub style: PageStyle, key "style";
        /// Colours of page and ink [default: light]
        #[arg(long, value_name = "THEME")]
        pub theme: Theme, key "theme";
        /// Width and height in pixels [default: the style's, 1600x1200]
        #[arg(long, value_name = "WxH")]
        pub size: Size, key "size";
        /// Pixels of a PNG for each pixel of the page [default: the style's, 1]
        #[arg(long, value_name = "N")]
        pub scale: f64, key "scale";
        /// Admin level of the regions drawn [default: the outermost that events speak of]
        #[arg(long, value_name = "LEVEL", value_parser = Level::parse_admin)]
        #[serde(deserialize_with = "level_key", serialize_with = "level_word")]
        pub level: Level, key "level";
        /// What the map shows: west,south,east,north in degrees, or a place [default: all regions]
        #[arg(long, value_name = "W,S,E,N|PLACE", allow_hyphen_values = true)]
        pub extent: String, key "extent";
        /// Projection [default: auto]
        #[arg(long, value_name = "NAME")]
        pub projection: String, key "projection";
        /// Language of the texts: `en` or `ar`; with a second one behind a comma, names stand in both [default: en]
        #[arg(long, value_name = "TAG")]
        pub lang: String, key "lang";
        /// Which digits the texts have where the language has its own [default: latin]
        #[arg(long, value_name = "DIGITS")]
        pub digits: Digits, key "digits";
        /// Colours of the actors [default: auto]
        #[arg(long, value_name = "NAME")]
        pub palette: String, key "palette";
        /// Title; the project file may have one for each language: `title = { en = "…", ar = "…" }` [default: the project's]
        #[arg(long, value_name = "TEXT")]
        pub title: Title, key "title";
        /// Draw neighbouring countries beneath [default: true]
        #[arg(long, value_name = "BOOL")]
        pub context: bool, key "context";
        /// Name the seas beside the neighbouring countries [default: false]
        #[arg(long, value_name = "YES", num_args = 0..=1, default_missing_value = "true")]
        pub sea_names: bool, key "sea-names";
        /// Meridians and parallels, labelled; `auto` where north is not one direction [default: auto]
        #[arg(long, value_name = "WHEN")]
        pub graticule: Shown, key "graticule";
        /// An arrow to the north; `auto` where that is one direction and not up [default: auto]
        #[arg(long, value_name = "WHEN")]
        pub north: Shown, key "north";
        /// A small map of where the map is; `auto` for a close-up [default: auto]
        #[arg(long, value_name = "WHEN")]
        pub inset: Shown, key "inset";
        /// What is said of the boundaries: `none`, `un`, `who` or a text [default: none]
        #[arg(long, value_name = "NAME|TEXT")]
        pub disclaimer: String, key "disclaimer";
        /// Where regions and islands far from the rest go [default: inset]
        #[arg(long, value_name = "CHOICE")]
        pub far_parts: FarParts, key "far-parts";
        /// Which settlements and sites are drawn [default: auto]
        #[arg(id = "draw-places", long, value_name = "CHOICE")]
        pub places: PlaceChoice, key "places";
        /// Outline more heavily what changed since a day, or within so many days: `2024-12-01`, `7d`
        #[arg(long, value_name = "DATE|DAYS")]
        pub changed_since: Since, key "changed-since";
        /// Draw the front line: a heavy line between those who hold ground for sure
        #[arg(long, value_name = "YES", num_args = 0..=1, default_missing_value = "true")]
        pub front_line: bool, key "front-line";
        /// Draw the front line of an earlier date too, thick and black
        #[arg(long, value_name = "DATE")]
        pub baseline: When, key "baseline";
        /// How long strikes and clashes stay on the map [default: 7d]
        #[arg(long, value_name = "DAYS")]
        pub strikes: Days, key "strikes";
        /// How an SVG has its letters [default: embed]
        #[arg(long, value_name = "USE")]
        pub fonts: FontUse, key "fonts";
    }
}

/// Where regions and islands go that are far from the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FarParts {
    /// Into boxes of their own, where the map is clearly larger without them.
    #[default]
    Inset,
    /// Far islands off the map, named below it; whole regions stay.
    LeaveOut,
    /// Onto the map with everything else.
    Fit,
}

/// Which settlements and sites are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceChoice {
    /// Those that events speak of, as many as there is room for.
    #[default]
    Auto,
    /// All of them.
    All,
    /// None.
    None,
}

/// What a figure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageStyle {
    /// An article on a screen.
    #[default]
    Web,
    /// A4 across, 300 dots per inch.
    Print,
    /// A projected slide: large type.
    Slide,
    /// A square card that is seen small.
    Social,
}

/// Colours of page and ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Dark ink on white.
    #[default]
    Light,
    /// Light ink on near-black.
    Dark,
    /// Without colour: greys, and patterns where greys do not suffice.
    Grey,
}

/// Digits of a language that has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Digits {
    /// 0 to 9.
    #[default]
    Latin,
    /// ٠ to ٩, in Arabic texts.
    Arabic,
}

/// When an element is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// Where it is of use.
    #[default]
    Auto,
    /// Wherever there is room.
    Always,
    /// Not at all.
    Never,
}

/// How an SVG has its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FontUse {
    /// As text, with the letters that it needs inside the file.
    #[default]
    Embed,
    /// As outlines: the same everywhere, but no longer text.
    Outline,
    /// As text, with the viewer's own Noto Sans.
    Name,
}

fn level_key<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Level>, D::Error> {
    let word: String = serde::Deserialize::deserialize(from)?;
    Level::parse_admin(&word).map(Some).map_err(serde::de::Error::custom)
}

fn level_word<S: serde::Serializer>(level: &Option<Level>, to: S) -> Result<S::Ok, S::Error> {
    serde::Serialize::serialize(&level.map(Level::word), to)
}
