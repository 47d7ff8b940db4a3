//! The tree of a scene.

use super::{Direction, Paint, Partition, Path, Text};

/// A page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// Pixels of a raster image for each pixel of the page; 1 unless asked for.
    pub scale: f64,
    /// What the figure is, at most 250 characters.
    pub title: String,
    /// What it shows, in full sentences.
    pub description: String,
    /// Language tag of the texts.
    pub lang: String,
    /// Reading direction of that language.
    pub direction: Direction,
    /// The paper.
    pub background: Paint,
    /// Facts about the making of the figure as `(key, value)`, for the format's metadata.
    pub metadata: Vec<(String, String)>,
    /// What is drawn, from bottom to top.
    pub nodes: Vec<Node>,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Several nodes as one element.
    Group(Group),
    /// A map.
    Partition(Partition),
    /// An outline.
    Path(Path),
    /// A line of text.
    Text(Text),
    /// A group drawn again elsewhere.
    Use(Use),
}

/// Several nodes as one element.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// Unique on the page.
    pub id: String,
    /// What it is, for `<title>`; may be empty.
    pub title: String,
    /// Nothing of it shows outside this rectangle: x, y, width, height.
    pub clip: Option<[f64; 4]>,
    /// From bottom to top.
    pub nodes: Vec<Node>,
}

/// A group drawn again, moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// Id of a group that stands earlier in the tree.
    pub group: String,
    /// By how much it is moved, in pixels.
    pub by: [f64; 2],
}
