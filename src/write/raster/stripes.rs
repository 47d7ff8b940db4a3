//! Parallel bands as a function of the pixel: takes bands and an angle, gives the colour of any pixel,
//! averaged over the square that it is, so that every band keeps its share of the surface.
//!
//! Bands follow one another along the normal of their edges: to the right where they are vertical,
//! downwards where they are horizontal. The first begins at the page's origin.

use super::blend::Pixel;
use crate::scene::Band;

/// Entries of the table for each pixel of a period.
const FINE: f64 = 64.0;

/// A period of bands, averaged and ready to look up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stripes {
    /// Colours multiplied by opacity.
    table: Vec<Pixel>,
    /// By how much the phase grows for a pixel to the right and down; 2^32 is a period.
    step: [u32; 2],
    start: u32,
    shift: u32,
}

/// A band in its period.
struct Step {
    start: f64,
    color: [f64; 4],
    /// First and second integral up to its start.
    once: [f64; 4],
    twice: [f64; 4],
}

/// Bands laid end to end, with the integral of the integral of each channel.
struct Period {
    bands: Vec<Step>,
    length: f64,
    /// First and second integral of a whole period.
    once: [f64; 4],
    twice: [f64; 4],
}

impl Period {
    fn new(bands: &[Band], scale: f64) -> Option<Self> {
        let mut all = Vec::new();
        let (mut at, mut once, mut twice) = (0.0, [0.0; 4], [0.0; 4]);
        for band in bands {
            let width = band.width * scale;
            if !(width > 0.0 && width.is_finite()) {
                continue;
            }
            let a = f64::from(band.color.a) / 255.0;
            let c = [band.color.r, band.color.g, band.color.b].map(|v| f64::from(v) * a);
            let color = [c[0], c[1], c[2], a * 255.0];
            all.push(Step { start: at, color, once, twice });
            for i in 0..4 {
                twice[i] += once[i] * width + color[i] * width * width / 2.0;
                once[i] += color[i] * width;
            }
            at += width;
        }
        (!all.is_empty()).then_some(Self { bands: all, length: at, once, twice })
    }

    /// The second integral from 0 to `t`.
    fn second(&self, t: f64) -> [f64; 4] {
        let n = (t / self.length).floor();
        let rest = t - n * self.length;
        let k = self.bands.partition_point(|b| b.start <= rest).max(1) - 1;
        let Step { start, color, once, twice } = &self.bands[k];
        let d = rest - start;
        std::array::from_fn(|i| {
            // n periods: their own second integrals, and what the first integral of those before adds
            let whole = n * self.twice[i] + self.once[i] * self.length * n * (n - 1.0) / 2.0;
            whole + n * self.once[i] * rest + twice[i] + once[i] * d + color[i] * d * d / 2.0
        })
    }

    /// The first integral from 0 to `t`.
    fn first(&self, t: f64) -> [f64; 4] {
        let n = (t / self.length).floor();
        let rest = t - n * self.length;
        let k = self.bands.partition_point(|b| b.start <= rest).max(1) - 1;
        let Step { start, color, once, .. } = &self.bands[k];
        std::array::from_fn(|i| n * self.once[i] + once[i] + color[i] * (rest - start))
    }

    /// The average over a pixel at `t` whose sides are `p` and `q` long along the normal.
    fn average(&self, t: f64, p: f64, q: f64) -> [f64; 4] {
        let (p, q) = (p.max(q), p.min(q));
        if q < 1e-3 {
            let (a, b) = (self.first(t - p / 2.0), self.first(t + p / 2.0));
            return std::array::from_fn(|i| (b[i] - a[i]) / p);
        }
        let (far, near) = ((p + q) / 2.0, (p - q) / 2.0);
        let [a, b, c, d] = [far, near, -near, -far].map(|o| self.second(t + o));
        std::array::from_fn(|i| (a[i] - b[i] - c[i] + d[i]) / (p * q))
    }
}

impl Stripes {
    /// Prepares bands; `origin` is where the page's origin lies, in pixels. Nothing without bands.
    pub(super) fn new(angle: f64, bands: &[Band], scale: f64, origin: [f64; 2]) -> Option<Self> {
        let period = Period::new(bands, scale)?;
        let radians = angle.to_radians();
        let normal = [libm::sin(radians), libm::cos(radians)];
        let bits = ((period.length * FINE) as u32).clamp(64, 8192).next_power_of_two().ilog2();
        let (p, q) = (normal[0].abs(), normal[1].abs());
        let entry = |i: u32| {
            let t = f64::from(i) / f64::from(1u32 << bits) * period.length;
            let [r, g, b, a] = period.average(t, p, q).map(|v| (v + 0.5).clamp(0.0, 255.0) as u8);
            [r.min(a), g.min(a), b.min(a), a]
        };
        let table = (0..1u32 << bits).map(entry).collect();
        // a fraction of a period as a wrapping integer
        let phase = |t: f64| {
            let part = t / period.length;
            ((part - part.floor()) * 4_294_967_296.0) as u64 as u32
        };
        let middle = (0.5 - origin[0]) * normal[0] + (0.5 - origin[1]) * normal[1];
        let shift = 32 - bits;
        // half an entry more, so that the shift rounds to the nearest
        let start = phase(middle).wrapping_add(1 << (shift - 1));
        Some(Self { table, step: normal.map(phase), start, shift })
    }

    /// The colour of a pixel, multiplied by its opacity.
    pub(super) fn at(&self, x: u32, y: u32) -> Pixel {
        let across = x.wrapping_mul(self.step[0]).wrapping_add(y.wrapping_mul(self.step[1]));
        self.table[(self.start.wrapping_add(across) >> self.shift) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Color;

    fn bands(parts: &[(u8, f64)]) -> Vec<Band> {
        parts.iter().map(|&(v, width)| Band { color: Color::rgb(v, v, v), width }).collect()
    }

    #[test]
    fn vertical_bands_begin_at_the_origin_and_are_exact() {
        let stripes = Stripes::new(90.0, &bands(&[(0, 2.5), (200, 1.5)]), 1.0, [0.0; 2]).unwrap();
        let row: Vec<u8> = (0..8).map(|x| stripes.at(x, 77)[0]).collect();
        for (got, want) in row.iter().zip([0, 0, 100, 200, 0, 0, 100, 200]) {
            assert!(got.abs_diff(want) <= 2, "{row:?}");
        }
    }

    #[test]
    fn a_diagonal_runs_from_lower_left_to_upper_right() {
        let stripes = Stripes::new(45.0, &bands(&[(0, 3.0), (255, 3.0)]), 2.0, [0.0; 2]).unwrap();
        for i in 0..20 {
            assert_eq!(stripes.at(i, 19 - i), stripes.at(0, 19));
        }
        assert_ne!(stripes.at(0, 0), stripes.at(4, 4));
    }

    #[test]
    fn bands_keep_their_share_at_any_angle_and_scale() {
        for angle in [0.0, 17.0, 45.0, 90.0, 135.0, 200.0] {
            for (a, b) in [(4.0, 4.0), (8.0, 2.0), (0.3, 0.7), (11.2, 0.4)] {
                for scale in [1.0, 1.7] {
                    let stripes = Stripes::new(angle, &bands(&[(0, a), (250, b)]), scale, [0.0; 2]).unwrap();
                    let all = (0..400).flat_map(|y| (0..400).map(move |x| (x, y)));
                    let sum: u64 = all.map(|(x, y)| u64::from(stripes.at(x, y)[0])).sum();
                    let mean = sum as f64 / 160_000.0;
                    assert!((mean - 250.0 * b / (a + b)).abs() < 2.0, "{angle} {a} {b} {scale}: {mean}");
                }
            }
        }
    }

    #[test]
    fn bands_without_width_are_nothing() {
        assert_eq!(Stripes::new(45.0, &[], 1.0, [0.0; 2]), None);
        assert_eq!(Stripes::new(45.0, &bands(&[(1, 0.0), (2, f64::NAN), (3, -1.0)]), 1.0, [0.0; 2]), None);
    }
}
