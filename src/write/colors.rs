//! Few colours for many: takes how often each colour occurs, gives at most 255 and which of them stands for each.

use super::film::{Frames, pictures};
use super::raster::{Picture, Pixel};
use crate::error::Result;
use crate::scene::Film;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::HashMap;

/// How often colours occur on flat ground, and at all. Order is of no matter.
pub type Counts = HashMap<u32, [u64; 2], FixedState>;

/// Colours that stand for all that occur.
#[derive(Debug)]
pub struct Colors {
    /// At most 255.
    pub list: Vec<[u8; 3]>,
    nearest: HashMap<u32, u8, FixedState>,
    /// For colours that were not counted: the nearest by the upper bits of each part.
    coarse: Vec<u8>,
}

/// The most colours; one more marks what stays as it was.
const MOST: usize = 255;
/// Of these at most so many are kept as they are: those of flat ground, for they mean something.
const EXACT: usize = 128;
/// So many alike pixels side by side are flat ground, rather than an edge.
const FLAT: usize = 6;

/// A colour as a number.
pub fn code([r, g, b, _]: Pixel) -> u32 {
    u32::from_be_bytes([0, r, g, b])
}

/// Frames that are drawn for their colours; the legend on each has every flat colour of the film.
const SAMPLES: usize = 12;

/// The palette of a whole film, from frames spread over it.
///
/// # Errors
/// A page that is no image.
pub fn palette(film: &Film, count: usize, frames: Frames) -> Result<Colors> {
    let samples = SAMPLES.min(count).max(1);
    let at = |i: usize| i * count.saturating_sub(1) / (samples - 1).max(1);
    let some = |range: std::ops::Range<usize>| range.flat_map(|i| frames(at(i)..at(i) + 1)).collect();
    let mut all = Counts::default();
    pictures(film, 0..samples.min(count), &some, |_, _, pictures| {
        for picture in &pictures {
            picture.fresh_pixels().for_each(|pixels| super::colors::count(pixels, &mut all));
        }
        Ok(())
    })?;
    Ok(Colors::new(all))
}

/// Counts the colours of pixels.
pub fn count(pixels: &[Pixel], counts: &mut Counts) {
    for run in pixels.chunk_by(|a, b| a == b) {
        let [flat, all] = counts.entry(code(run[0])).or_default();
        *all += run.len() as u64;
        *flat += if run.len() >= FLAT { run.len() as u64 } else { 0 };
    }
}

fn parts(code: u32) -> [u8; 3] {
    let [_, r, g, b] = code.to_be_bytes();
    [r, g, b]
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    // the eye sees green best and blue least
    let part = |i: usize, weight: u32| u32::from(a[i].abs_diff(b[i])).pow(2) * weight;
    part(0, 3) + part(1, 6) + part(2, 2)
}

impl Colors {
    /// Chooses: all where they suffice, else those of flat ground as they are and means of the rest.
    pub fn new(counts: Counts) -> Self {
        let mut all: Vec<(u32, [u64; 2])> = counts.into_iter().collect();
        all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let flat = all.iter().take_while(|(_, [flat, _])| *flat > 0).count();
        let exact = if all.len() <= MOST { all.len() } else { flat.min(EXACT) };
        let mut list: Vec<[u8; 3]> = all[..exact].iter().map(|(code, _)| parts(*code)).collect();
        list.extend(means(&all[exact..], MOST - exact));
        let own = |(i, color): (usize, &[u8; 3])| (code([color[0], color[1], color[2], 255]), i as u8);
        let mut nearest: HashMap<u32, u8, FixedState> = list.iter().enumerate().map(own).collect();
        let others: Vec<u32> = all[exact..].iter().map(|(code, _)| *code).collect();
        nearest.par_extend(others.par_iter().map(|code| (*code, closest(&list, parts(*code)))));
        let middle = |bits: u32| ((bits & 31) << 3 | 4) as u8;
        let coarse = |i: u32| closest(&list, [middle(i >> 10), middle(i >> 5), middle(i)]);
        let coarse = (0..1 << 15).into_par_iter().map(coarse).collect();
        Self { list, nearest, coarse }
    }

    /// The number of what stays as it was: one more than the colours.
    pub fn clear(&self) -> u8 {
        self.list.len() as u8
    }

    /// The rectangle of a picture that differs from the one before, and its pixels: a colour each, [`Self::clear`]
    /// where that is the same. Where nothing differs the rectangle is one pixel.
    pub fn part(&self, picture: &Picture, before: Option<&Picture>) -> ([u32; 4], Vec<u8>) {
        let clear = self.clear();
        let [width, height] = picture.size();
        let at = match before {
            None => [0, 0, width, height],
            Some(before) => picture.difference(before).unwrap_or([0, 0, 1, 1]),
        };
        let [x, y, width, height] = at;
        let mut indices = Vec::with_capacity((width * height) as usize);
        let mut last = ([0; 4], clear);
        let mut index = |pixel| {
            if last.0 != pixel {
                last = (pixel, self.of(pixel));
            }
            last.1
        };
        let mut old = Vec::new();
        for row in y..y + height {
            let start = indices.len();
            picture.row(row, x..x + width, |pixels| indices.extend(pixels.iter().map(|p| index(*p))));
            if let Some(before) = before {
                old.clear();
                before.row(row, x..x + width, |pixels| old.extend_from_slice(pixels));
                for (slot, old) in indices[start..].iter_mut().zip(&old) {
                    if index(*old) == *slot {
                        *slot = clear;
                    }
                }
            }
        }
        (at, indices)
    }

    /// Which colour stands for one.
    pub fn of(&self, pixel: Pixel) -> u8 {
        let code = code(pixel);
        let [r, g, b] = parts(code).map(|part| usize::from(part >> 3));
        self.nearest.get(&code).copied().unwrap_or_else(|| self.coarse[r << 10 | g << 5 | b])
    }
}

fn closest(list: &[[u8; 3]], color: [u8; 3]) -> u8 {
    let by_distance = list.iter().enumerate().min_by_key(|(_, known)| distance(**known, color));
    by_distance.map_or(0, |(i, _)| i as u8)
}

/// Colours, and what each counts for.
type Weighed = Vec<([u8; 3], f64)>;

/// Means of boxes: the box of most spread is cut until there are enough.
fn means(colors: &[(u32, [u64; 2])], wanted: usize) -> Vec<[u8; 3]> {
    // a rare colour counts for more than its pixels, for edges are made of them
    let weight = |count: u64| (count as f64).sqrt();
    let mut boxes: Vec<(f64, usize, Weighed)> = Vec::new();
    let spread = |colors: &[([u8; 3], f64)]| {
        let total: f64 = colors.iter().map(|c| c.1).sum();
        let along = |axis: usize| {
            let mean = colors.iter().map(|(c, w)| f64::from(c[axis]) * w).sum::<f64>() / total;
            let square = |(c, w): &([u8; 3], f64)| (f64::from(c[axis]) - mean) * (f64::from(c[axis]) - mean) * w;
            colors.iter().map(square).sum::<f64>() * [3.0, 6.0, 2.0][axis]
        };
        (0..3).map(|axis| (along(axis), axis)).fold((0.0, 0), |best, one| if one.0 > best.0 { one } else { best })
    };
    let first: Weighed = colors.iter().map(|(code, count)| (parts(*code), weight(count[1]))).collect();
    if !first.is_empty() {
        let (value, axis) = spread(&first);
        boxes.push((value, axis, first));
    }
    while boxes.len() < wanted {
        let most = boxes.iter().enumerate().max_by(|a, b| a.1.0.total_cmp(&b.1.0).then(b.0.cmp(&a.0)));
        let Some((index, _)) = most.filter(|(_, found)| found.0 > 0.0) else { break };
        let (_, axis, mut colors) = boxes.swap_remove(index);
        colors.sort_unstable_by(|a, b| a.0[axis].cmp(&b.0[axis]).then(a.0.cmp(&b.0)));
        let total: f64 = colors.iter().map(|c| c.1).sum();
        let mut sum = 0.0;
        let half = colors
            .iter()
            .take_while(|c| {
                sum += c.1;
                sum < total / 2.0
            })
            .count();
        let rest = colors.split_off(half.clamp(1, colors.len() - 1));
        for part in [colors, rest] {
            let (value, axis) = spread(&part);
            boxes.push((value, axis, part));
        }
    }
    let mean = |(_, _, colors): &(f64, usize, Vec<([u8; 3], f64)>)| {
        let total: f64 = colors.iter().map(|c| c.1).sum();
        [0, 1, 2].map(|i| (colors.iter().map(|(c, w)| f64::from(c[i]) * w).sum::<f64>() / total).round() as u8)
    };
    boxes.iter().map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_stay_as_they_are() {
        let pixels: Vec<Pixel> = (0..200u8).map(|i| [i, 7, 255 - i, 255]).collect();
        let mut counts = Counts::default();
        count(&pixels, &mut counts);
        let colors = Colors::new(counts);
        assert_eq!(colors.list.len(), 200);
        assert!(pixels.iter().all(|p| colors.list[usize::from(colors.of(*p))] == [p[0], p[1], p[2]]));
    }

    #[test]
    fn of_many_those_of_flat_ground_stay_and_the_others_have_one_near() {
        // a key of the legend: few pixels, but side by side
        let mut pixels: Vec<Pixel> = vec![[200, 30, 31, 255]; 8];
        pixels
            .extend((0..30_000u32).map(|i| [(i % 64) as u8 * 4, (i / 64 % 64) as u8 * 4, (i / 4096) as u8 * 30, 255]));
        let mut counts = Counts::default();
        count(&pixels, &mut counts);
        let colors = Colors::new(counts);
        assert_eq!(colors.list.len(), 255);
        assert_eq!(colors.list[usize::from(colors.of(pixels[0]))], [200, 30, 31]);
        let far = |p: &&Pixel| distance(colors.list[usize::from(colors.of(**p))], [p[0], p[1], p[2]]) > 11 * 40 * 40;
        assert_eq!(pixels.iter().filter(far).count(), 0);
    }
}
