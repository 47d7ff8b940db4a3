//! Regions and islands so far from everything else that a map of them all would be mostly sea: takes regions in
//! degrees, gives what stays on the map, and the groups that do not.

use super::region::{Regions, geometry};
use crate::model::{Dataset, PlaceIndex};
use crate::projection::Extent;
use geo::Polygon;
use rayon::prelude::*;

/// The least sea between what is far and the rest, as a part of the rest's longer side.
const GAP: f64 = 0.1;

/// Far pieces within this part of the rest's diagonal are one group; within more, where the groups were too many.
const TOGETHER: [f64; 3] = [0.15, 0.4, 0.8];

/// The same for pieces of one region.
const SAME: f64 = 0.8;

/// The most groups.
const MOST_GROUPS: usize = 4;

/// The longest side of a group, in those of the rest, for it would be drawn smaller than the map; and how many times the
/// least sea lies before one that may be longer.
const LONGEST: (f64, f64) = (0.15, 2.0);

/// The part of all land from which on a group may be long in any case.
const GREAT: f64 = 0.05;

/// How many times larger the map becomes at least with each cut; where it does not, how many times its box becomes
/// smaller by the root of its area.
const STEP: [f64; 2] = [1.12, 1.3];

/// How much more a cut must gain for each part of the land that it takes off the map.
const PRICE: f64 = 2.5;

/// By how much a cut that takes more must be better than one that takes less.
const MORE: f64 = 1.02;

/// Of a group, a piece of less than this part of the largest one's land has no place in the box, where the box would have
/// to be at least so many times as long for it.
const SPECK: (f64, f64) = (0.02, 2.0);

/// How many times smaller the box of what stays must be, or how many times larger the map on its page.
const GAIN: [f64; 2] = [2.0, 1.25];

/// The part of a page's width that a map beside its keys has.
const BESIDE_KEYS: f64 = 0.85;

/// What may be far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The most of the land.
    pub land: f64,
    /// Every region keeps a part on the map.
    pub parts_only: bool,
}

/// Limits of what goes into boxes.
pub const BOXED: Limits = Limits { land: 0.2, parts_only: false };

/// Limits of what is left out.
pub const LEFT_OUT: Limits = Limits { land: 0.005, parts_only: true };

/// A map without what is far.
#[derive(Debug)]
pub struct Main {
    /// Outlines of what stays, in degrees.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// What does not, from the first in the dataset.
    pub groups: Vec<Group>,
    /// Regions of which specks are in none of the groups, sorted.
    pub specks: Vec<PlaceIndex>,
    /// How many times larger the map is, on its page or by its box, whichever is more.
    pub gain: f64,
}

/// Pieces close together and far from the rest.
#[derive(Debug, Clone)]
pub struct Group {
    /// The box around it; longitudes count on from those of all regions.
    pub degrees: Extent,
    /// The regions that it has pieces of, sorted.
    pub places: Vec<PlaceIndex>,
    /// The longer side of its largest piece, in degrees of latitude.
    pub largest: f64,
}

/// A polygon by its box: x and y in degrees of latitude around the middle.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    place: PlaceIndex,
    polygon: &'a Polygon<f64>,
    around: [f64; 4],
    land: f64,
}

/// Finds what is far; `None` where the map is as well with all. The aspect is the page's.
pub fn main_land(regions: &Regions, dataset: &Dataset, all: &Extent, aspect: f64, limits: Limits) -> Option<Main> {
    let [middle, level] = all.middle();
    let narrow = libm::cos(level.to_radians()).max(0.05);
    let of = |place: &PlaceIndex| -> Vec<Piece> {
        let piece = |polygon| Piece::new(*place, polygon, middle, narrow);
        geometry(dataset, *place).0.iter().map(piece).collect()
    };
    let mut pieces: Vec<Piece> = regions.places.par_iter().flat_map_iter(of).collect();
    let whole = bounds(&pieces)?;
    let aspect = (aspect * BESIDE_KEYS).clamp(0.2, 5.0);
    // kept first, then far
    let (mut count, mut width) = (pieces.len(), 1.0);
    while let Some(cut) = best_cut(&pieces[..count], &pieces[count..], aspect, limits) {
        let (rest, away): (Vec<Piece>, Vec<Piece>) = pieces[..count].iter().copied().partition(|p| !cut.takes(p));
        let far = pieces.split_off(count);
        count = rest.len();
        pieces = [rest, away, far].concat();
        // a degree of longitude is as wide as in the middle of what stays
        let [_, south, _, north] = bounds(&pieces[..count])?;
        let new = libm::cos(f64::midpoint(south, north).to_radians()).max(0.05) / narrow;
        pieces
            .iter_mut()
            .for_each(|p| [p.around[0], p.around[2]] = [p.around[0], p.around[2]].map(|x| x * new / width));
        width = new;
    }
    let narrow = narrow * width;
    let whole = [whole[0] * width, whole[1], whole[2] * width, whole[3]];
    let (kept, far) = pieces.split_at(count);
    let rest = bounds(kept)?;
    let (by_area, by_size) = (area(whole) / area(rest), size(whole, aspect) / size(rest, aspect));
    if far.is_empty() || (by_area < GAIN[0] && by_size < GAIN[1]) {
        return None;
    }
    let groups = groups(far, rest);
    // a box with something of the rest in it is none
    let meets = |group: &[f64; 4]| kept.iter().any(|p| apart(p.around, *group) == 0.0);
    if groups.iter().any(meets) {
        return None;
    }
    let mut specks = Vec::new();
    let group = |around: &[f64; 4]| {
        let own: Vec<&Piece> = far.iter().filter(|p| apart(p.around, *around) == 0.0).collect();
        let (own, small) = without_specks(own, kept);
        specks.extend(small.iter().map(|p| p.place));
        let around = own.iter().map(|p| p.around).reduce(joined).unwrap_or(*around);
        let mut places: Vec<PlaceIndex> = own.iter().map(|p| p.place).collect();
        places.sort_unstable();
        places.dedup();
        let [west, south, east, north] = around;
        let degrees = Extent { west: middle + west / narrow, south, east: middle + east / narrow, north };
        let largest = own.iter().map(|p| longer(p.around)).fold(0.0, f64::max);
        Group { degrees, places, largest }
    };
    let mut groups: Vec<Group> = groups.iter().map(group).collect();
    groups.sort_by(|a, b| a.places.cmp(&b.places).then(a.degrees.west.total_cmp(&b.degrees.west)));
    specks.sort_unstable();
    specks.dedup();
    let line = |p: &Piece| p.polygon.exterior().0.iter().map(|c| [c.x, c.y]).collect();
    Some(Main { lines: kept.iter().map(line).collect(), groups, specks, gain: by_area.sqrt().max(by_size) })
}

/// Parts the pieces of a group from specks far off them; a region keeps a piece.
fn without_specks<'p, 'a>(own: Vec<&'p Piece<'a>>, kept: &[Piece]) -> (Vec<&'p Piece<'a>>, Vec<&'p Piece<'a>>) {
    let most = own.iter().map(|p| p.land).fold(0.0, f64::max);
    let (large, small): (Vec<&Piece>, Vec<&Piece>) = own.iter().copied().partition(|p| p.land >= SPECK.0 * most);
    let side = |all: &[&Piece]| all.iter().map(|p| p.around).reduce(joined).map_or(0.0, longer);
    let stays = |p: &&Piece| large.iter().any(|l| l.place == p.place) || kept.iter().any(|k| k.place == p.place);
    if side(&own) >= SPECK.1 * side(&large) && small.iter().all(stays) { (large, small) } else { (own, Vec::new()) }
}

impl<'a> Piece<'a> {
    fn new(place: PlaceIndex, polygon: &'a Polygon<f64>, middle: f64, narrow: f64) -> Self {
        let turned = |x: f64| match x {
            x if x > 180.0 => x - 360.0,
            x if x < -180.0 => x + 360.0,
            x => x,
        };
        let point = |c: &geo::Coord<f64>| [turned(c.x - middle) * narrow, c.y];
        let mut around = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let mut twice = 0.0;
        let mut last = None;
        for [x, y] in polygon.exterior().0.iter().map(point) {
            around = joined(around, [x, y, x, y]);
            if let Some([u, v]) = last.replace([x, y]) {
                twice += u * y - x * v;
            }
        }
        let level = f64::midpoint(around[1], around[3]);
        let land = twice.abs() / 2.0 * libm::cos(level.to_radians()).max(0.0) / narrow;
        Self { place, polygon, around, land }
    }
}

/// A line across the map, and the side of it that is far.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cut {
    /// West, south, east, north.
    side: usize,
    at: f64,
}

impl Cut {
    fn takes(&self, piece: &Piece) -> bool {
        if self.side < 2 { piece.around[self.side] < self.at } else { piece.around[self.side] > self.at }
    }
}

/// The cut through open sea that makes the map largest, if one makes it larger by a step.
fn best_cut(kept: &[Piece], far: &[Piece], aspect: f64, limits: Limits) -> Option<Cut> {
    let before = bounds(kept)?;
    let gone: f64 = far.iter().map(|p| p.land).sum();
    let total = gone + kept.iter().map(|p| p.land).sum::<f64>();
    let most = limits.land * total - gone;
    let mut best: Option<(f64, Cut)> = None;
    for side in 0..4 {
        // counted from the side inwards
        let near = |p: &Piece| if side < 2 { p.around[side] } else { -p.around[side] };
        let off = |p: &Piece| if side < 2 { p.around[side + 2] } else { -p.around[side - 2] };
        let mut order: Vec<&Piece> = kept.iter().collect();
        order.sort_by(|a, b| near(a).total_cmp(&near(b)).then(off(a).total_cmp(&off(b))));
        let mut rests = vec![before; order.len()];
        let mut rest = None;
        for (slot, piece) in rests.iter_mut().zip(&order).rev() {
            *slot = joined(*rest.get_or_insert(piece.around), piece.around);
            rest = Some(*slot);
        }
        let (mut reach, mut land) = (f64::NEG_INFINITY, 0.0);
        for (i, piece) in order.iter().enumerate() {
            if land > most {
                break;
            }
            let rest = rests[i];
            let sea = (near(piece) - reach) / longer(rest);
            if i > 0 && sea >= GAP {
                let merits = [size(before, aspect) / size(rest, aspect), (area(before) / area(rest)).sqrt()];
                let merit = merits
                    .into_iter()
                    .zip(STEP)
                    .find(|(merit, least)| *merit >= least + PRICE * land / total)
                    .map_or(0.0, |m| m.0);
                let cut = Cut { side, at: near(piece) * if side < 2 { 1.0 } else { -1.0 } };
                if merit > 0.0 && best.is_none_or(|(other, _)| merit > MORE * other) {
                    let away: Vec<Piece> = far.iter().chain(order[..i].iter().copied()).copied().collect();
                    let groups = groups(&away, rest);
                    let is_long = |b: &[f64; 4]| longer(*b) > LONGEST.0 * longer(rest);
                    let may_be_long = sea >= LONGEST.1 * GAP || land >= GREAT * total;
                    let fits = groups.len() <= MOST_GROUPS && (may_be_long || !groups.iter().any(is_long));
                    if fits && is_allowed(&away, &order[i..], limits) {
                        best = Some((merit, cut));
                    }
                }
            }
            reach = reach.max(off(piece));
            land += piece.land;
        }
    }
    best.map(|(_, cut)| cut)
}

fn is_allowed(away: &[Piece], stays: &[&Piece], limits: Limits) -> bool {
    let whole = |p: &Piece| !stays.iter().any(|s| s.place == p.place);
    !(limits.parts_only && away.iter().any(whole))
}

/// The boxes of pieces that are close together, few if there can be few.
fn groups(far: &[Piece], rest: [f64; 4]) -> Vec<[f64; 4]> {
    let [width, height] = sides(rest);
    let diagonal = (width * width + height * height).sqrt();
    let mut found = Vec::new();
    for together in TOGETHER {
        found = within(far, together * diagonal, SAME * diagonal);
        if found.len() <= MOST_GROUPS {
            break;
        }
    }
    found
}

/// The boxes of pieces that are no farther apart than a distance, or than another one where they are of one region.
fn within(far: &[Piece], reach: f64, same: f64) -> Vec<[f64; 4]> {
    let mut found: Vec<([f64; 4], Vec<PlaceIndex>)> = Vec::new();
    for piece in far {
        let (mut own, mut places) = (piece.around, vec![piece.place]);
        // a box that grows may come near to another one
        let near = |own: [f64; 4], places: &[PlaceIndex], (other, theirs): &([f64; 4], Vec<PlaceIndex>)| {
            let gap = apart(*other, own);
            gap <= reach || (gap <= same && theirs.iter().any(|p| places.contains(p)))
        };
        while let Some(i) = found.iter().position(|other| near(own, &places, other)) {
            let (other, theirs) = found.swap_remove(i);
            own = joined(own, other);
            places.extend(theirs.into_iter().filter(|p| !places.contains(p)).collect::<Vec<_>>());
        }
        found.push((own, places));
    }
    found.into_iter().map(|(own, _)| own).collect()
}

fn bounds(pieces: &[Piece]) -> Option<[f64; 4]> {
    pieces.iter().map(|p| p.around).filter(|b| b.iter().all(|v| v.is_finite())).reduce(joined)
}

fn joined(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn sides([west, south, east, north]: [f64; 4]) -> [f64; 2] {
    [(east - west).max(1e-9), (north - south).max(1e-9)]
}

fn longer(around: [f64; 4]) -> f64 {
    let [width, height] = sides(around);
    width.max(height)
}

fn area(around: [f64; 4]) -> f64 {
    let [width, height] = sides(around);
    width * height
}

/// What of a page of an aspect and of height 1 a box needs, the larger the smaller it is drawn.
fn size(around: [f64; 4], aspect: f64) -> f64 {
    let [width, height] = sides(around);
    (width / aspect).max(height)
}

/// From one box to another.
fn apart(a: [f64; 4], b: [f64; 4]) -> f64 {
    let gap = |i: usize| (a[i] - b[i + 2]).max(b[i] - a[i + 2]).max(0.0);
    (gap(0) * gap(0) + gap(1) * gap(1)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::{BOXED, LEFT_OUT, Limits, Piece, apart, best_cut, groups, joined};
    use crate::model::PlaceIndex;
    use geo::{LineString, Polygon};

    fn square(x: f64, y: f64, side: f64) -> Polygon<f64> {
        let ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
        Polygon::new(LineString::from(ring.map(|(a, b)| (x + side * a, y + side * b)).to_vec()), Vec::new())
    }

    fn cut(shapes: &[(u32, Polygon<f64>)], limits: Limits) -> Option<(usize, f64)> {
        let pieces: Vec<Piece> = shapes.iter().map(|(p, s)| Piece::new(PlaceIndex(*p), s, 0.0, 1.0)).collect();
        best_cut(&pieces, &[], 1.3, limits).map(|c| (c.side, c.at))
    }

    #[test]
    fn boxes_are_joined_and_measured() {
        let (a, b) = ([0.0, 0.0, 1.0, 1.0], [4.0, 5.0, 6.0, 7.0]);
        assert_eq!(joined(a, b), [0.0, 0.0, 6.0, 7.0]);
        assert!((apart(a, b) - 5.0).abs() < 1e-12 && apart(a, [0.5, 0.5, 9.0, 9.0]) == 0.0);
    }

    #[test]
    fn a_speck_far_off_is_cut_off_and_a_large_island_or_a_near_one_is_not() {
        let far = [(0, square(0.0, 0.0, 4.0)), (1, square(1.0, 9.0, 0.1))];
        assert_eq!(cut(&far, BOXED).map(|c| c.0), Some(3));
        assert_eq!(cut(&far, LEFT_OUT), None, "the whole region would be off the map");
        assert_eq!(cut(&[(0, square(0.0, 0.0, 4.0)), (1, square(1.0, 9.0, 3.0))], BOXED), None);
        assert_eq!(cut(&[(0, square(0.0, 0.0, 4.0)), (1, square(1.0, 4.2, 0.1))], BOXED), None);
        let part = [(0, square(0.0, 0.0, 4.0)), (0, square(1.0, 9.0, 0.1))];
        assert_eq!(cut(&part, LEFT_OUT).map(|c| c.0), Some(3));
    }

    #[test]
    fn islands_close_together_are_one_group_and_islands_all_around_are_too_many() {
        let shapes = [square(0.0, 0.0, 0.1), square(0.4, 0.0, 0.1), square(9.0, 0.0, 0.1)];
        let rest = [0.0, 3.0, 4.0, 7.0];
        let of = |place: fn(u32) -> u32| -> Vec<Piece> {
            (0..3).zip(&shapes).map(|(i, s)| Piece::new(PlaceIndex(place(i)), s, 0.0, 1.0)).collect()
        };
        assert_eq!(groups(&of(|i| i), rest).len(), 2);
        assert_eq!(groups(&of(|_| 0), [0.0, 3.0, 10.0, 13.0]).len(), 1, "those of one region have one box");
        let all: Vec<_> = (0..5).map(|i| square(f64::from(i) * 9.0 - 20.0, 9.0, 0.1)).collect();
        let far: Vec<Piece> = (1..).zip(&all).map(|(i, s)| Piece::new(PlaceIndex(i), s, 0.0, 1.0)).collect();
        let main = square(0.0, 0.0, 4.0);
        let kept = |n: usize| [&[Piece::new(PlaceIndex(0), &main, 0.0, 1.0)], &far[n..]].concat();
        assert!(best_cut(&kept(4), &far[..3], 1.3, BOXED).is_some());
        assert_eq!(best_cut(&kept(4), &far[..4], 1.3, BOXED), None, "four boxes are enough");
        // a chain of islands as long as the rest would be smaller in its box than on the map
        let chain = |gap: f64| {
            let islands = (0..9).map(|i| (1, square(4.0 + gap, f64::from(i) * 0.45, 0.2)));
            std::iter::once((0, square(0.0, 0.0, 4.0))).chain(islands).collect::<Vec<_>>()
        };
        assert_eq!(cut(&chain(0.7), BOXED), None);
        assert_eq!(cut(&chain(4.0), BOXED).map(|c| c.0), Some(2));
    }
}
