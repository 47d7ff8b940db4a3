//! What a surface is filled with: layers of flat colour, stripes, lines and dots.

/// A colour in sRGB with opacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity; 255 is opaque.
    pub a: u8,
}

impl Color {
    /// Paper white.
    pub const WHITE: Self = Self::rgb(255, 255, 255);
    /// Black.
    pub const BLACK: Self = Self::rgb(0, 0, 0);

    /// An opaque colour.
    pub const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b, a: 255 }
    }

    /// An opaque colour from `0xrrggbb`.
    pub const fn hex(value: u32) -> Self {
        Self::rgb((value >> 16) as u8, (value >> 8) as u8, value as u8)
    }

    /// The same colour with another opacity.
    #[must_use]
    pub const fn with_alpha(self, a: u8) -> Self {
        Self { a, ..self }
    }

    /// Mixes two opaque colours: `part` of 0 is this one, 1 the other.
    #[must_use]
    pub fn mix(self, other: Self, part: f64) -> Self {
        let one = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
        Self { r: one(self.r, other.r), g: one(self.g, other.g), b: one(self.b, other.b), a: one(self.a, other.a) }
    }
}

/// A stack of layers, the first at the bottom. Patterns are anchored to the page's origin, so that
/// neighbours line up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paint {
    /// From bottom to top; empty paints nothing.
    pub layers: Vec<Layer>,
}

impl Paint {
    /// A flat colour.
    pub fn solid(color: Color) -> Self {
        Self { layers: vec![Layer::Solid(color)] }
    }

    /// Puts a layer on top.
    #[must_use]
    pub fn over(mut self, layer: Layer) -> Self {
        self.layers.push(layer);
        self
    }

    /// The colour, where the paint is one flat layer.
    pub fn as_solid(&self) -> Option<Color> {
        match self.layers.as_slice() {
            [Layer::Solid(color)] => Some(*color),
            _ => None,
        }
    }
}

/// One layer of a paint. Lengths are in pixels of the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// A flat colour.
    Solid(Color),
    /// Bands side by side that cover everything, over and over.
    Stripes {
        /// Direction of the bands' edges, in degrees from the x axis, counter-clockwise on the page:
        /// 45 runs from lower left to upper right, 90 is vertical.
        angle: f64,
        /// From one edge of a period to the other; the period is the sum of their widths.
        bands: Vec<Band>,
    },
    /// Thin parallel lines with nothing between.
    Lines {
        /// As in stripes.
        angle: f64,
        /// From line to line.
        spacing: f64,
        /// Thickness.
        width: f64,
        /// Colour.
        color: Color,
    },
    /// Dots on a square grid that is turned by 45 degrees.
    Dots {
        /// From dot to dot along an axis of the page.
        spacing: f64,
        /// Radius.
        radius: f64,
        /// Colour.
        color: Color,
    },
}

/// A band of stripes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Colour.
    pub color: Color,
    /// Width in pixels.
    pub width: f64,
}
