//! A film that is told, not only shown: what a reader finds on its page besides the map, as texts and numbers.

use super::{Color, Film, Node};

/// A film with everything that is said of it. Steps are its frames, counted from 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Story {
    /// The map.
    pub film: Film,
    /// Heading.
    pub title: String,
    /// Language tag with the digits that numbers have: `ar-u-nu-latn`.
    pub locale: String,
    /// Words of the page by what they are for; what begins with a capital letter is a heading.
    pub words: Vec<(&'static str, String)>,
    /// From each colour of the light scheme to the one in its place in the dark scheme.
    pub tones: Vec<[Color; 2]>,
    /// The page is dark until its reader says otherwise.
    pub dark: bool,
    /// Small drawings, each in a box of [`LOOK`] at the origin.
    pub looks: Vec<Vec<Node>>,
    /// What the drawing's colours and signs mean.
    pub keys: Vec<Key>,
    /// The frames.
    pub steps: Vec<Step>,
    /// Kinds of places, in order.
    pub groups: Vec<String>,
    /// The places.
    pub rows: Vec<Row>,
    /// Amounts that are stacked, from bottom to top.
    pub layers: Vec<Layered>,
    /// Sentences below everything.
    pub notes: Vec<String>,
}

/// Width and height of a look.
pub const LOOK: [f64; 2] = [34.0, 20.0];

/// A line of the legend.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Key {
    /// Which of the looks; a heading has none.
    pub look: Option<usize>,
    /// What it means.
    pub text: String,
}

/// A frame as it is spoken of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    /// What stands for it in an address.
    pub id: String,
    /// In words.
    pub label: String,
    /// What changed since the frame before, each in one of the groups, in their order.
    pub changes: Vec<(usize, String)>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which of the groups it belongs to.
    pub group: usize,
    /// Where it is on the map.
    pub spot: Spot,
    /// What is true of it, each from a step on; the first from 0.
    pub told: Vec<(usize, Told)>,
}

/// Where a place is on a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Spot {
    /// Nowhere.
    #[default]
    None,
    /// A face of the first partition.
    Face(u32),
    /// A circle: centre and radius.
    Circle([f64; 2], f64),
}

/// What is true of a place for a time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Told {
    /// Which of the looks; none where it is not drawn.
    pub look: Option<usize>,
    /// Who holds it.
    pub text: String,
    /// Since when, in words; may be empty.
    pub since: String,
    /// Since when, so that texts sort as dates do.
    pub since_key: String,
    /// By whose word.
    pub sources: Vec<Link>,
}

/// Somebody's word.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Link {
    /// Who says so.
    pub label: String,
    /// Address; may be empty.
    pub url: String,
    /// How and when it was said.
    pub detail: String,
    /// A remark; may be empty.
    pub note: String,
}

/// One of several amounts that make up a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Layered {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub name: String,
    /// Which of the looks.
    pub look: usize,
    /// Its colour, and that of letters on it.
    pub colors: [Color; 2],
    /// Amounts, each from a step on.
    pub amounts: Vec<(usize, Amount)>,
}

/// How much of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amount {
    /// Parts of the whole: the least and the most.
    pub share: [f64; 2],
    /// The same in the unit of the whole.
    pub size: [f64; 2],
}
