//! Where the names of settlements and sites may stand, and the marks of strikes and clashes there.

use super::block::{Block, LONGEST};
use super::describe::Describer;
use super::ground::Ground;
use super::label::{Rect, around_point, grown};
use super::names::{SECOND, Subject};
use super::pen::{Pen, Style};
use super::point::Point;
use super::theme;
use super::wish::{Cost, Wish};
use crate::model::Place;
use crate::scene::Anchor;

const TOWN: Style = Style { size: 13.5, weight: 400, color: theme::INK };
const CITY: Style = Style { size: 15.0, weight: 700, color: theme::INK };
/// From this population on a settlement's name is set as a city's.
const CITY_POPULATION: u64 = 200_000;

/// What standing on the ground of another region costs a town's name, which is then taken for one there.
const FOREIGN: f64 = 8.0;

/// What standing half on its country and half beyond the coast or border costs it.
const ASTRIDE: f64 = 1.5;

/// What is wrong with a name that touches another region at all, and for all of it that lies there.
const TOUCHES: [f64; 2] = [5.0, 16.0];

/// What is wrong with a name that runs over the coast or the border of all that is drawn.
const HANGS_OVER: f64 = 1.5;

/// How much nearer a name must be to its own symbol than to any other, in units of the design.
const NEARER: f64 = 4.0;

/// What a name costs that is as near to another symbol.
const TAKEN_FOR: f64 = 3.0;

/// How a place's name is set: a city's in bold.
pub fn place_style(place: &Place) -> Style {
    if place.population.is_some_and(|p| p >= CITY_POPULATION) { CITY } else { TOWN }
}

/// Where a place's name may stand: around its symbol.
pub fn point_name(point: &Point, subject: &Subject, describer: &Describer, pen: &mut Pen) -> Wish {
    let place = describer.dataset.place(point.place);
    let style = place_style(place);
    let (first, second) = pen.names(&place.names);
    let mut wish = Wish::new(point.place, false, point.weight);
    let own = subject.ground.at(point.at);
    let small = Style { size: style.size * SECOND, weight: 400, ..style };
    let lines: Vec<(&str, Style)> =
        std::iter::once((first.as_str(), style)).chain(second.iter().map(|s| (s.as_str(), small))).collect();
    for kept in (1..=lines.len()).rev() {
        let block = Block::beside(pen, &lines[..kept]);
        let (letter, size) = (block.letter(), block.size);
        wish.block(block);
        let near = neighbours(point, subject.points, size[0] + 3.0 * size[1] + 20.0 * pen.unit);
        for (at, anchor, cost) in around_point(point.at, point.reach, letter, size[1], pen.unit) {
            let lost = 6.0 * (lines.len() - kept) as f64;
            let boxes = wish.last().boxes(at, anchor);
            let [ground, flaw] = ground_cost(subject.ground, own, &boxes, pen.unit);
            let Some(doubt) = doubt(&boxes, point, &near, pen.unit) else { continue };
            let gap = boxes.first().and_then(|line| gap(point, *line, anchor));
            let cost = Cost { cost: cost + lost + ground + TAKEN_FOR * doubt, flaw: flaw + 4.0 * TAKEN_FOR * doubt };
            wish.spot_beside(at, anchor, gap, cost);
        }
    }
    wish
}

/// The gap between a symbol and the first line of its name at a side, with the shoulder of a low letter there.
fn gap(point: &Point, [x, y, w, h]: Rect, anchor: Anchor) -> Option<Rect> {
    let shoulder = 0.35 * h;
    let [left, right] = match anchor {
        Anchor::Left => [point.at[0] + point.reach + 1.0, x + shoulder],
        Anchor::Right => [x + w - shoulder, point.at[0] - point.reach - 1.0],
        Anchor::Middle => return None,
    };
    // as high as the letters
    (right > left).then_some([left, y, right - left, 0.8 * h])
}

/// Symbols of other places not farther than so many pixels.
fn neighbours<'a>(point: &Point, all: &'a [Point], far: f64) -> Vec<&'a Point> {
    let is_near = |p: &&Point| {
        p.place != point.place && (p.at[0] - point.at[0]).abs() < far && (p.at[1] - point.at[1]).abs() < far
    };
    all.iter().filter(is_near).collect()
}

/// How easily a name is taken for that of another symbol: from 0, where its own is much nearer, to 1, where both are as
/// near; nothing where another is nearer, so that it would say what is wrong.
fn doubt(boxes: &[Rect], point: &Point, near: &[&Point], unit: f64) -> Option<f64> {
    let to = |p: &Point| {
        let one = |[x, y, w, h]: &Rect| {
            let dx = (x - p.at[0]).max(p.at[0] - x - w).max(0.0);
            let dy = (y - p.at[1]).max(p.at[1] - y - h).max(0.0);
            (dx * dx + dy * dy).sqrt() - p.reach
        };
        boxes.iter().map(one).fold(f64::INFINITY, f64::min)
    };
    let own = to(point).max(0.0);
    let other = near.iter().map(|p| to(p)).fold(f64::INFINITY, f64::min);
    (other + 0.5 >= own).then(|| (1.0 - (other - own) / (NEARER * unit)).clamp(0.0, 1.0))
}

/// What the ground under lines of a name costs, if it names a place in a region, and what is wrong with it.
fn ground_cost(ground: &Ground, own: Option<usize>, lines: &[Rect], unit: f64) -> [f64; 2] {
    let Some(own) = own else { return [0.0; 2] };
    let count = lines.len().max(1) as f64;
    let parts = |by: f64| {
        let all = lines.iter().map(|line| ground.parts(grown(*line, by), own));
        all.fold([0.0; 2], |s, p| [s[0] + p[0] / count, s[1] + p[1] / count])
    };
    let astride = |bare: f64| 4.0 * bare * (1.0 - bare);
    let [foreign, bare] = parts(0.0);
    let cost = FOREIGN * foreign + ASTRIDE * astride(bare);
    let [foreign, bare] = parts(1.5 * unit);
    let mut flaw = TOUCHES[1] * foreign + ASTRIDE * astride(bare);
    if foreign > 0.0 {
        flaw += TOUCHES[0];
    }
    if bare > 0.0 && bare < 0.9 {
        flaw += HANGS_OVER;
    }
    [cost, flaw]
}

/// Where the marks of places that are points may stand: beside their symbols.
pub fn point_marks(subject: &Subject, describer: &Describer, pen: &mut Pen) -> Vec<Wish> {
    let mut wishes: Vec<Wish> = Vec::new();
    for group in subject.marks.chunk_by(|a, b| a.0 == b.0) {
        let place = group[0].0;
        let Some(degrees) = describer.dataset.place(place).at else { continue };
        let at = subject.view.forward(degrees);
        let symbol = subject.points.iter().find(|p| p.place == place);
        let block = Block::centred(pen, &[], &group.iter().map(|(_, m)| *m).collect::<Vec<_>>(), LONGEST);
        let [w, h] = block.size;
        let mut wish = Wish::new(place, false, 400.0);
        wish.block(block);
        if symbol.is_none() {
            wish.spot(at, 0.0, Cost::default());
        }
        let own = subject.ground.at(at);
        let reach = symbol.map_or(0.0, |p| p.reach) + 2.0 * pen.unit;
        for ring in 0..4 {
            for i in 0..24 {
                // from the left, where names stand last
                let turn = (f64::from(i / 2 + i % 2) * if i % 2 == 0 { 1.0 } else { -1.0 }) / 24.0;
                let angle = (0.5 + turn) * std::f64::consts::TAU;
                let out = reach + f64::from(ring) * 6.0 * pen.unit;
                let at = [at[0] + (out + w / 2.0) * libm::cos(angle), at[1] + (out + h / 2.0) * libm::sin(angle)];
                // a mark on other ground says that it happened there
                let flaw = if own.is_some() && subject.ground.at(at) != own { 12.0 } else { 0.0 };
                wish.spot(at, 0.0, Cost { cost: f64::from(ring) * 4.0 + turn.abs() * 3.0, flaw });
            }
        }
        wishes.push(wish);
    }
    wishes
}

#[cfg(test)]
mod tests {
    use super::{doubt, ground_cost};
    use crate::map::ground::Ground;
    use crate::map::point::Point;
    use crate::model::PlaceIndex;

    fn at(x: f64, place: u32) -> Point {
        Point { place: PlaceIndex(place), at: [x, 50.0], radius: 5.0, weight: 1.0, reach: 5.0 }
    }

    #[test]
    fn a_name_that_touches_the_neighbours_ground_is_worse_than_one_within() {
        let square = |x: f64| vec![vec![[x, 0.0], [x + 100.0, 0.0], [x + 100.0, 100.0], [x, 100.0]]];
        let ground = Ground::new(&[square(0.0), square(100.0)], [0.0, 0.0, 300.0, 100.0]);
        let flaw = |x: f64, own: usize| ground_cost(&ground, Some(own), &[[x, 40.0, 50.0, 14.0]], 1.0)[1];
        assert_eq!(flaw(30.0, 0), 0.0);
        assert!(flaw(49.0, 0) > 4.0, "its rim meets the border");
        assert!(flaw(80.0, 0) > flaw(49.0, 0));
        assert!(flaw(180.0, 1) > 1.5 && flaw(180.0, 1) < flaw(80.0, 1), "it hangs over the edge of all");
        assert_eq!(flaw(215.0, 1), 0.0, "beside its region");
    }

    #[test]
    fn a_name_nearer_to_another_symbol_is_in_doubt() {
        let (own, other) = (at(20.0, 0), at(90.0, 1));
        let of = |x: f64| doubt(&[[x, 42.0, 30.0, 16.0]], &own, &[&other], 1.0);
        assert_eq!(of(28.0), Some(0.0));
        assert_eq!(of(40.0), Some(1.0), "as near to one as to the other");
        assert_eq!(of(50.0), None, "it would be read as the other's");
    }
}
