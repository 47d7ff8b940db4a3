//! Paints as functions of the pixel: takes layers of colour, stripes, lines and dots, gives the colour
//! of any pixel over its ground. No tiles, so no seams between them, at any scale.

use super::blend::{Pixel, opaque, over, over_premultiplied};
use super::dots::Dots;
use super::stripes::Stripes;
use crate::scene::{Band, Color, Layer, Paint};
use std::collections::HashMap;
use std::sync::Arc as Shared;

/// A paint made ready for pixels. Cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct Ink(Kind);

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    /// Leaves the ground as it is.
    Nothing,
    /// The same opaque colour everywhere.
    Flat(Pixel),
    /// Anything else.
    Layers(Shared<Vec<Ready>>),
}

/// A layer made ready.
#[derive(Debug, Clone, PartialEq)]
enum Ready {
    Flat(Color),
    Bands(Stripes),
    Dots(Dots),
}

impl Ink {
    /// Makes a paint ready. `scale` multiplies every length; `origin` is where the page's origin lies, in pixels.
    pub fn new(paint: &Paint, scale: f64, origin: [f64; 2]) -> Self {
        let layers: Vec<Ready> = paint.layers.iter().filter_map(|l| layer(l, scale, origin)).collect();
        match layers.as_slice() {
            [] => Self(Kind::Nothing),
            [Ready::Flat(color)] if color.a == 255 => Self(Kind::Flat(opaque(*color))),
            _ => Self(Kind::Layers(Shared::new(layers))),
        }
    }

    /// Makes many paints ready; equal ones share their tables.
    pub fn all<'a>(paints: impl Iterator<Item = &'a Paint>, scale: f64, origin: [f64; 2]) -> Vec<Self> {
        let mut known: HashMap<Vec<u64>, Self, foldhash::fast::FixedState> = HashMap::default();
        paints
            .map(|paint| match paint.as_solid() {
                Some(color) if color.a == 255 => Self(Kind::Flat(opaque(color))),
                _ => known.entry(key(paint)).or_insert_with(|| Self::new(paint, scale, origin)).clone(),
            })
            .collect()
    }

    /// Tells whether it leaves every ground as it is.
    pub fn is_nothing(&self) -> bool {
        self.0 == Kind::Nothing
    }

    /// The colour, where it is the same everywhere.
    pub fn flat(&self) -> Option<Color> {
        match &self.0 {
            Kind::Flat([r, g, b, a]) => Some(Color { r: *r, g: *g, b: *b, a: *a }),
            Kind::Layers(layers) => match layers.as_slice() {
                [Ready::Flat(color)] => Some(*color),
                _ => None,
            },
            Kind::Nothing => None,
        }
    }

    /// The colour of a pixel over an opaque ground.
    pub fn over(&self, ground: Pixel, x: u32, y: u32) -> Pixel {
        match &self.0 {
            Kind::Nothing => ground,
            Kind::Flat(color) => *color,
            Kind::Layers(layers) => layers.iter().fold(ground, |ground, layer| match layer {
                Ready::Flat(color) => over(ground, *color),
                Ready::Bands(bands) => over_premultiplied(ground, bands.at(x, y)),
                Ready::Dots(dots) => dots.over(ground, x, y),
            }),
        }
    }

    /// Paints pixels of row `y` from `x` on.
    pub fn span(&self, pixels: &mut [Pixel], x: u32, y: u32) {
        match &self.0 {
            Kind::Nothing => {}
            Kind::Flat(color) => pixels.fill(*color),
            Kind::Layers(_) => {
                for (i, pixel) in pixels.iter_mut().enumerate() {
                    *pixel = self.over(*pixel, x + i as u32, y);
                }
            }
        }
    }
}

fn layer(layer: &Layer, scale: f64, origin: [f64; 2]) -> Option<Ready> {
    match layer {
        Layer::Solid(color) => (color.a > 0).then_some(Ready::Flat(*color)),
        Layer::Stripes { angle, bands } => Stripes::new(*angle, bands, scale, origin).map(Ready::Bands),
        Layer::Lines { angle, spacing, width, color } => {
            let width = width.min(*spacing);
            // in the middle of their period, so that none is cut at its edge
            let gap = Band { color: color.with_alpha(0), width: (spacing - width) / 2.0 };
            let bands = [gap, Band { color: *color, width }, gap];
            Stripes::new(*angle, &bands, scale, origin).map(Ready::Bands)
        }
        Layer::Dots { spacing, radius, color } => Dots::new(*spacing, *radius, *color, scale, origin).map(Ready::Dots),
    }
}

/// Equal for equal paints only.
fn key(paint: &Paint) -> Vec<u64> {
    let color = |c: &Color| u64::from(u32::from_be_bytes([c.r, c.g, c.b, c.a]));
    let mut key = Vec::new();
    for layer in &paint.layers {
        match layer {
            Layer::Solid(c) => key.extend([0, color(c)]),
            Layer::Stripes { angle, bands } => {
                key.extend([1, angle.to_bits(), bands.len() as u64]);
                key.extend(bands.iter().flat_map(|b| [color(&b.color), b.width.to_bits()]));
            }
            Layer::Lines { angle, spacing, width, color: c } => {
                key.extend([2, angle.to_bits(), spacing.to_bits(), width.to_bits(), color(c)]);
            }
            Layer::Dots { spacing, radius, color: c } => {
                key.extend([3, spacing.to_bits(), radius.to_bits(), color(c)]);
            }
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_lie_upon_each_other() {
        let ink = Ink::new(&Paint::solid(Color::WHITE).over(Layer::Solid(Color::BLACK.with_alpha(51))), 1.0, [0.0; 2]);
        assert_eq!(ink.over([9, 9, 9, 255], 5, 5), [204, 204, 204, 255]);
        assert_eq!(Ink::new(&Paint::default(), 1.0, [0.0; 2]).0, Kind::Nothing);
    }

    #[test]
    fn lines_leave_the_ground_between_them() {
        let lines = Layer::Lines { angle: 0.0, spacing: 8.0, width: 2.0, color: Color::BLACK };
        let ink = Ink::new(&Paint::default().over(lines), 1.0, [0.0; 2]);
        let column: Vec<u8> = (0..16).map(|y| ink.over([255; 4], 3, y)[0]).collect();
        let period = [255, 255, 255, 0, 0, 255, 255, 255];
        for (got, want) in column.iter().zip(period.iter().cycle()) {
            assert!(got.abs_diff(*want) < 4, "{column:?}");
        }
    }

    #[test]
    fn equal_paints_share_their_tables_and_spans_equal_pixels() {
        let stripe = |width| {
            Paint::default().over(Layer::Stripes {
                angle: 45.0,
                bands: vec![
                    Band { color: Color::hex(0x0072b2), width },
                    Band { color: Color::hex(0xd55e00), width: 4.0 },
                ],
            })
        };
        let paints = [stripe(4.0), stripe(4.0), stripe(5.0)];
        let inks = Ink::all(paints.iter(), 2.0, [0.0; 2]);
        let (Kind::Layers(a), Kind::Layers(b), Kind::Layers(c)) = (&inks[0].0, &inks[1].0, &inks[2].0) else {
            panic!()
        };
        assert!(Shared::ptr_eq(a, b) && !Shared::ptr_eq(a, c));
        let mut row = [[255; 4]; 30];
        inks[0].span(&mut row, 11, 7);
        for (i, pixel) in row.iter().enumerate() {
            assert_eq!(*pixel, Ink::new(&paints[0], 2.0, [0.0; 2]).over([255; 4], 11 + i as u32, 7));
        }
    }
}
