//! A rectangle of the image under work, and partitions painted upon it.

use super::blend::Pixel;
use super::paint::Ink;
use super::runs::{Cover, FaceIndex, ONE, OUTSIDE, Runs, Weight};
use std::ops::Range;

/// Pixels of a rectangle of the image, row by row.
pub struct Tile<'a> {
    /// First column.
    pub x: u32,
    /// First row.
    pub y: u32,
    /// Pixels in a row.
    pub width: u32,
    /// Opaque pixels.
    pub pixels: &'a mut [Pixel],
}

impl Tile<'_> {
    /// How many rows it has.
    pub fn height(&self) -> u32 {
        (self.pixels.len() as u32).checked_div(self.width).unwrap_or(0)
    }

    /// Pixels of a row of the image, within the tile.
    fn row(&mut self, y: u32, x: Range<u32>) -> &mut [Pixel] {
        let start = ((y - self.y) * self.width) as usize;
        &mut self.pixels[start + (x.start - self.x) as usize..start + (x.end - self.x) as usize]
    }
}

/// Paints a partition over a tile; `inks` holds one for each face.
pub fn paint(runs: &Runs, inks: &[Ink], tile: &mut Tile) {
    let (left, right) = (tile.x, (tile.x + tile.width).min(runs.width));
    for y in tile.y..(tile.y + tile.height()).min(runs.height) {
        for (pixels, cover) in runs.row(y) {
            let pixels = pixels.start.max(left)..pixels.end.min(right);
            if pixels.start < pixels.end {
                let x = pixels.start;
                run(cover, inks, tile.row(y, pixels), x, y);
            }
        }
    }
}

/// Paints one face's pixels again after `inks[face]` has changed: `ground` is the image without the
/// partition and `image` with it, both of the runs' size. The same as painting all again.
pub fn repaint(runs: &Runs, index: &FaceIndex, face: u32, inks: &[Ink], ground: &[Pixel], image: &mut [Pixel]) {
    for (y, pixels, cover) in index.rows_of(runs, face) {
        let start = y as usize * runs.width as usize;
        let range = start + pixels.start as usize..start + pixels.end as usize;
        let row = &mut image[range.clone()];
        row.copy_from_slice(&ground[range]);
        run(cover, inks, row, pixels.start, y);
    }
}

fn run(cover: Cover, inks: &[Ink], pixels: &mut [Pixel], x: u32, y: u32) {
    match cover {
        Cover::Solid(OUTSIDE) => {}
        Cover::Solid(face) => inks[face as usize].span(pixels, x, y),
        Cover::Mix(weights) => {
            for (i, pixel) in pixels.iter_mut().enumerate() {
                *pixel = mixed(weights, inks, *pixel, x + i as u32, y);
            }
        }
    }
}

/// The faces' colours by weight; the outside has the ground's.
fn mixed(weights: &[Weight], inks: &[Ink], ground: Pixel, x: u32, y: u32) -> Pixel {
    let mut sum = [ONE / 2; 3];
    for w in weights {
        let color = if w.face == OUTSIDE { ground } else { inks[w.face as usize].over(ground, x, y) };
        for i in 0..3 {
            sum[i] += u32::from(color[i]) * w.weight;
        }
    }
    let [r, g, b] = sum.map(|s| (s / ONE) as u8);
    [r, g, b, 255]
}

#[cfg(test)]
mod tests {
    use super::super::planar::{ToPixel, fill};
    use super::*;
    use crate::scene::{Arc, Color, Layer, Paint};
    use proptest::prelude::*;

    /// Zigzag borders side by side.
    fn bands(count: u32, slant: f64) -> Vec<Arc> {
        let side = |f: i64| (f >= 0 && f < i64::from(count)).then_some(f as u32);
        (0..=i64::from(count))
            .map(|i| {
                let x = 3.3 + i as f64 * 7.9;
                let points = (0..12).map(|k| [x + f64::from(k % 2) * slant, f64::from(k) * 4.7]).collect();
                // downwards: the left hand is east
                Arc { points, left: side(i), right: side(i - 1) }
            })
            .collect()
    }

    fn whole(runs: &Runs, inks: &[Ink], ground: &[Pixel]) -> Vec<Pixel> {
        let mut pixels = ground.to_vec();
        paint(runs, inks, &mut Tile { x: 0, y: 0, width: runs.width, pixels: &mut pixels });
        pixels
    }

    fn flat([r, g, b, a]: Pixel) -> Ink {
        Ink::new(&Paint::solid(Color { r, g, b, a }), 1.0, [0.0; 2])
    }

    proptest! {
        #[test]
        fn faces_of_one_colour_show_no_seam(count in 1u32..9, slant in -5.0..5.0f64, color in any::<[u8; 3]>()) {
            let runs = fill(&bands(count, slant), count as usize, ToPixel { scale: 1.0, by: [0.0; 2] }, 80, 60);
            let color = [color[0], color[1], color[2], 255];
            let ground = vec![color.map(|c| !c); 80 * 60];
            let image = whole(&runs, &vec![flat(color); count as usize], &ground);
            for y in 0..51 {
                for x in 9..(7.9 * f64::from(count)).max(5.0) as usize - 3 {
                    prop_assert_eq!(image[y * 80 + x], color, "at {} {}", x, y);
                }
            }
        }

        #[test]
        fn a_face_painted_again_equals_all_painted_again(face in 0u32..6, color in any::<[u8; 4]>()) {
            let runs = fill(&bands(6, 3.0), 6, ToPixel { scale: 1.3, by: [0.5, 0.0] }, 80, 60);
            let ground: Vec<Pixel> = (0..4800u32).map(|i| [i as u8, (i >> 4) as u8, 7, 255]).collect();
            let dots = Paint::solid(Color::hex(0x0072b2)).over(Layer::Dots { spacing: 6.0, radius: 1.5, color: Color::WHITE });
            let mut inks: Vec<Ink> = (0..6).map(|i| if i % 2 == 0 { Ink::new(&Paint::default(), 1.0, [0.0; 2]) } else { Ink::new(&dots, 1.0, [0.0; 2]) }).collect();
            let mut image = whole(&runs, &inks, &ground);
            let [r, g, b, a] = color;
            inks[face as usize] = Ink::new(&Paint::solid(Color { r, g, b, a }), 1.0, [0.0; 2]);
            repaint(&runs, &FaceIndex::of(&runs, 6), face, &inks, &ground, &mut image);
            prop_assert!(image == whole(&runs, &inks, &ground));
        }
    }

    #[test]
    fn a_tile_shows_what_the_whole_shows() {
        let runs = fill(&bands(6, 3.0), 6, ToPixel { scale: 1.3, by: [0.5, 0.0] }, 80, 60);
        let inks: Vec<Ink> = (0..6).map(|i| flat([i * 40, 255 - i * 40, 9, 255])).collect();
        let ground = vec![[255; 4]; 4800];
        let image = whole(&runs, &inks, &ground);
        let mut part = vec![[255; 4]; 20 * 10];
        paint(&runs, &inks, &mut Tile { x: 31, y: 17, width: 20, pixels: &mut part });
        for (i, row) in part.chunks(20).enumerate() {
            assert_eq!(row, &image[(17 + i) * 80 + 31..][..20]);
        }
    }
}
