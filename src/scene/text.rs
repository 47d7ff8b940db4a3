//! A line of text, shaped.

use super::{Color, FontIndex};

/// Reading direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// Which part of the line stands at its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// The left end, whatever the direction.
    #[default]
    Left,
    /// The middle.
    Middle,
    /// The right end.
    Right,
}

/// A glyph of a run, relative to the left end of the line's baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Glyph of the run's font.
    pub id: u16,
    /// Pixels to the right.
    pub x: f32,
    /// Pixels downwards.
    pub y: f32,
}

/// Glyphs of one font, from left to right on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Font.
    pub font: FontIndex,
    /// Its glyphs.
    pub glyphs: Vec<Glyph>,
}

/// A line of text as glyphs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShapedText {
    /// Runs from left to right.
    pub runs: Vec<Run>,
    /// Advance in pixels.
    pub width: f64,
    /// Height above the baseline in pixels, from the font.
    pub ascent: f64,
    /// Depth below the baseline in pixels, from the font; positive.
    pub descent: f64,
}

/// A light rim behind a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Halo {
    /// Colour.
    pub color: Color,
    /// How far it reaches beyond the glyphs, in pixels.
    pub width: f64,
}

/// A line of text on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Unique on the page; may be empty.
    pub id: String,
    /// The words.
    pub text: String,
    /// Where the anchor stands on the baseline, in pixels.
    pub at: [f64; 2],
    /// Which part of the line that is.
    pub anchor: Anchor,
    /// Font size in pixels.
    pub size: f64,
    /// 400 or 700.
    pub weight: u16,
    /// The letters lean forward.
    pub slant: bool,
    /// Colour.
    pub color: Color,
    /// Rim.
    pub halo: Option<Halo>,
    /// Language tag of the words.
    pub lang: String,
    /// Their direction.
    pub direction: Direction,
    /// The words as glyphs.
    pub shaped: ShapedText,
}

/// How far letters that lean do so: to the right for each pixel upwards.
pub const SLANT: f64 = 0.21;

impl Text {
    /// The left end of the baseline.
    pub fn left(&self) -> f64 {
        match self.anchor {
            Anchor::Left => self.at[0],
            Anchor::Middle => self.at[0] - self.shaped.width / 2.0,
            Anchor::Right => self.at[0] - self.shaped.width,
        }
    }

    /// The box that the line needs: x, y, width, height.
    pub fn bounds(&self) -> [f64; 4] {
        let height = self.shaped.ascent + self.shaped.descent;
        [self.left(), self.at[1] - self.shaped.ascent, self.shaped.width, height]
    }
}
