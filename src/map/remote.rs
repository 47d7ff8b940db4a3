//! Islands so far from everything else that a map of them all would be mostly sea: takes regions in degrees, gives
//! what is left when they are left out.

use super::region::{Regions, geometry};
use crate::model::{Dataset, PlaceIndex};
use crate::projection::Extent;
use geo::Polygon;
use rayon::prelude::*;

/// Left out is what lies farther from the rest than this part of the main land's diagonal.
const FAR: f64 = 0.25;

/// The most that is left out, as a part of the land.
const LEAST_LAND: f64 = 0.005;

/// How many times smaller the map's box must become.
const GAIN: f64 = 2.0;

/// What a map without its far islands shows.
#[derive(Debug)]
pub struct Main {
    /// Outlines of what stays, in degrees.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// The regions of which a part is left out.
    pub beyond: Vec<PlaceIndex>,
}

/// A polygon by its box: x and y in degrees of latitude around the middle.
struct Piece<'a> {
    place: PlaceIndex,
    polygon: &'a Polygon<f64>,
    around: [f64; 4],
}

/// Leaves out far islands of regions whose main land stays; `None` where the map is as well with them.
pub fn main_land(regions: &Regions, dataset: &Dataset, all: &Extent) -> Option<Main> {
    let several = regions.places.iter().any(|p| geometry(dataset, *p).0.len() > 1);
    if !several {
        return None;
    }
    let [middle, level] = all.middle();
    let narrow = libm::cos(level.to_radians()).max(0.05);
    let pieces = |place: &PlaceIndex| -> Vec<Piece> {
        let piece = |polygon| Piece { place: *place, polygon, around: around(polygon, middle, narrow) };
        let mut pieces: Vec<Piece> = geometry(dataset, *place).0.iter().map(piece).collect();
        pieces.sort_by(|a, b| area(b.around).total_cmp(&area(a.around)));
        pieces
    };
    let pieces: Vec<Vec<Piece>> = regions.places.par_iter().map(pieces).collect();
    let core = pieces.iter().filter_map(|p| p.first()).map(|p| p.around).reduce(joined)?;
    let reach = FAR * ((core[2] - core[0]) * (core[2] - core[0]) + (core[3] - core[1]) * (core[3] - core[1])).sqrt();
    let mut rest: Vec<&Piece> = pieces.iter().flat_map(|p| p.iter().skip(1)).collect();
    let mut kept = core;
    loop {
        let near = |p: &Piece| apart(p.around, kept) <= reach;
        let grown = rest.iter().filter(|p| near(p)).map(|p| p.around).fold(kept, joined);
        rest.retain(|p| !near(p));
        if grown == kept {
            break;
        }
        kept = grown;
    }
    let whole = rest.iter().map(|p| p.around).fold(kept, joined);
    let land: f64 = pieces.iter().flatten().map(|p| area(p.around)).sum();
    let lost: f64 = rest.iter().map(|p| area(p.around)).sum();
    if rest.is_empty() || lost > LEAST_LAND * land || area(whole) < GAIN * area(kept) {
        return None;
    }
    let mut beyond: Vec<PlaceIndex> = rest.iter().map(|p| p.place).collect();
    beyond.sort_unstable();
    beyond.dedup();
    let stays = |p: &&Piece| !rest.iter().any(|r| std::ptr::eq(r.polygon, p.polygon));
    let line = |p: &Piece| p.polygon.exterior().0.iter().map(|c| [c.x, c.y]).collect();
    Some(Main { lines: pieces.iter().flatten().filter(stays).map(line).collect(), beyond })
}

/// West, south, east, north of a polygon, longitudes counted from a middle.
fn around(polygon: &Polygon<f64>, middle: f64, narrow: f64) -> [f64; 4] {
    let point = |c: &geo::Coord<f64>| [((c.x - middle + 180.0).rem_euclid(360.0) - 180.0) * narrow, c.y];
    let one = |[x, y]: [f64; 2]| [x, y, x, y];
    polygon.exterior().0.iter().map(point).map(one).reduce(joined).unwrap_or([f64::NAN; 4])
}

fn joined(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn area([west, south, east, north]: [f64; 4]) -> f64 {
    (east - west) * (north - south)
}

/// From one box to another.
fn apart(a: [f64; 4], b: [f64; 4]) -> f64 {
    let gap = |i: usize| (a[i] - b[i + 2]).max(b[i] - a[i + 2]).max(0.0);
    (gap(0) * gap(0) + gap(1) * gap(1)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::{apart, joined};

    #[test]
    fn boxes_are_joined_and_measured() {
        let (a, b) = ([0.0, 0.0, 1.0, 1.0], [4.0, 5.0, 6.0, 7.0]);
        assert_eq!(joined(a, b), [0.0, 0.0, 6.0, 7.0]);
        assert!((apart(a, b) - 5.0).abs() < 1e-12 && apart(a, [0.5, 0.5, 9.0, 9.0]) == 0.0);
    }
}
