//! Where the name of a region may stand: where it has most room, smaller, led out, with fewer lines; at last over its
//! border. Its marks stay on its ground.

use super::annotation::Mark;
use super::block::{Block, LONGEST, SHORT};
use super::callout::{FARTHEST, Target, callouts, enclave};
use super::describe::Describer;
use super::ground::Inside;
use super::label::{Obstacles, Rect, grown, holds, meet};
use super::names::{SECOND, Subject};
use super::pen::{Pen, Style};
use super::point::Point;
use super::theme;
use super::wish::{Cost, Wish};
use crate::geometry::placement::Line;
use crate::scene::Anchor;

/// How the name of a region is set.
pub const REGION: Style = Style { size: 15.0, weight: 700, color: theme::REGION_NAME };
/// How a share below it is set.
pub const SHARE: Style = Style { size: 14.0, weight: 400, color: theme::INK };

/// Sizes of the letters that are tried, in parts of the full one, the longest lines, in letters, and the cost. The last
/// comes to 11 pixels on a page of 1600 × 1200.
const FORMS: [(f64, f64, f64); 4] = [(1.0, LONGEST, 0.0), (0.86, LONGEST, 2.5), (0.86, SHORT, 4.0), (0.74, SHORT, 8.0)];

/// How much less than full the letters of a name led out are.
const LED: f64 = 0.86;

/// What is wrong with any line to a name, against a place within.
const LEADER: f64 = 4.0;

/// What leaving out the shares of a region in the news costs: more than any line from outside, or a city's name.
const NEWS: f64 = 110.0;

/// What is wrong with a name beside a place that is called the same in the same letters.
const TWICE: f64 = 14.0;

/// What marks without the name of their region cost: more than the name without its lines.
const UNNAMED: f64 = 130.0;

/// How many places of its own a region's marks have beside a name led out.
const MARKS: usize = 3;

/// The wish of a region for its name, its lines and its marks; nothing where it is not seen.
pub fn region_name(
    subject: &Subject,
    face: usize,
    inside: Option<&Inside>,
    obstacles: &Obstacles,
    describer: &Describer,
    pen: &mut Pen,
) -> Option<Wish> {
    let ground = subject.ground;
    let anchor = subject.anchors[face]?;
    let place = subject.regions.places[face];
    // of thousands of symbols only those that its name can come near
    let [x, y, w, h] = inside.map_or([anchor[0], anchor[1], 0.0, 0.0], Inside::bounds);
    let (left, top) = (x.min(anchor[0]), y.min(anchor[1]));
    let own = [left, top, (x + w).max(anchor[0]) - left, (y + h).max(anchor[1]) - top];
    let pixels = inside.map_or(0.0, |i| i.pixels) / (pen.unit * pen.unit);
    let near = obstacles.near(grown(own, FARTHEST * pen.unit));
    let near = near.as_slice();
    let names = &describer.dataset.place(place).names;
    let (first, second) = pen.names(names);
    // capitals tell a region from the city of the same name
    let first = first.to_uppercase();
    let shares = &subject.shares[face];
    let marks = Wish::marks_of(subject.marks, place);
    let is_news = subject.is_news(place);
    // a symbol in place of a hatch says little without the name
    let told = if shares.is_empty() && subject.bars[face] == 0.0 { 0.0 } else { 30.0 };
    // the name alone is still worth more than nothing
    let shared = if is_news && !shares.is_empty() { NEWS } else { 0.0 };
    let weight = if is_news { 90.0 } else { 60.0 } + told + shared + (pixels / 400.0).min(30.0);
    let mut wish = Wish::new(place, true, weight);
    wish.names += usize::from(second.is_some());
    wish.face = Some(face);
    // a symbol that stands for the region is what is pointed at
    let starts = std::cell::LazyCell::new(|| {
        let mut starts = vec![anchor];
        if let (Some(inside), true) = (inside, subject.bars[face] == 0.0) {
            let clear = |at: [f64; 2]| !near.iter().any(|f| holds(grown(*f, 2.0 * subject.unit), at));
            // well inside where there is room, nearer to the border where not
            for (side, step) in [(16.0, 8), (5.0, 10), (1.0, 10)] {
                if side == 1.0 && starts.len() > 2 {
                    break;
                }
                starts.extend(inside.spots([side; 2], subject.unit, 60, clear).iter().map(|s| s.0).step_by(step));
            }
        }
        starts
    });
    // a line close by symbols takes the room of their names
    let beside = |[a, b]: Line| {
        let cost = |p: &Point| {
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            let t = ((p.at[0] - a[0]) * dx + (p.at[1] - a[1]) * dy) / (dx * dx + dy * dy).max(1e-9);
            let t = t.clamp(0.0, 1.0);
            let (ex, ey) = (p.at[0] - a[0] - t * dx, p.at[1] - a[1] - t * dy);
            let is_near = ex * ex + ey * ey < (42.0 * subject.unit) * (42.0 * subject.unit);
            if is_near { if p.weight >= 40.0 { 2.5 } else { 1.2 } } else { 0.0 }
        };
        subject.points.iter().map(cost).sum::<f64>()
    };
    // a region's name beside a symbol would be taken for the symbol's
    let close = |at: [f64; 2], [w, h]: [f64; 2]| {
        let gap = |p: &Point| {
            let [dx, dy] = [(at[0] - p.at[0]).abs() - w / 2.0, (at[1] - p.at[1]).abs() - h / 2.0].map(|d| d.max(0.0));
            (dx * dx + dy * dy).sqrt() / (60.0 * subject.unit)
        };
        4.0 * (1.0 - subject.points.iter().map(gap).fold(1.0, f64::min))
    };
    // scripts without capitals
    let called_so = |p: &&Point| pen.names(&describer.dataset.place(p.place).names).0 == first;
    let twins: Vec<[f64; 2]> = subject.points.iter().filter(called_so).map(|p| p.at).collect();
    let is_free = |block: &Block| {
        let boxes = block.boxes([0.0, 0.0], Anchor::Middle);
        move |[x, y]: [f64; 2]| {
            let hit = |b: &Rect| near.iter().any(|f| meet([b[0] + x, b[1] + y, b[2], b[3]], *f));
            !boxes.iter().any(hit)
        }
    };
    let apart = marks_apart(subject, face, inside, &marks, near, pen);
    for kept in (0..=shares.len()).rev() {
        let lost = match (kept == shares.len(), is_news) {
            (true, _) => 0.0,
            (_, true) => NEWS + 8.0 * (shares.len() - kept) as f64,
            // less than an ordinary line from outside
            (_, false) => 26.0 + 4.0 * (shares.len() - kept) as f64,
        };
        let mut count = 0;
        for (shrink, longest, cost) in FORMS {
            if longest == SHORT && !first.contains(' ') && shrink == LED {
                continue;
            }
            let small = |style: Style| Style { size: style.size * shrink, ..style };
            let mut lines = vec![(first.as_str(), small(REGION))];
            lines.extend(
                second.iter().map(|s| (s.as_str(), small(Style { size: REGION.size * SECOND, weight: 400, ..REGION }))),
            );
            lines.extend(shares[..kept].iter().map(|s| (s.as_str(), small(SHARE))));
            let block = Block::centred(pen, &lines, &marks, longest);
            let size = block.size;
            let spots = match inside {
                Some(inside) => inside.spots(size, pen.unit, 12, is_free(&block)),
                None => Vec::new(),
            };
            count += spots.len();
            wish.block(block);
            let letter = REGION.size * shrink * pen.unit;
            for (at, own) in spots {
                let flaw = 2.0 * close(at, size) + TWICE * twice(at, size[0], letter, &twins);
                // with blank around it no name of a town sticks to it
                for (blank, tight) in [(5.0, 0.0), (1.5, 2.5)] {
                    let close = close(at, size);
                    let cost = lost + cost + own + close + tight;
                    wish.spot(at, blank * pen.unit, Cost { cost, flaw });
                }
            }
            if count >= 6 {
                break;
            }
            if shrink == LED && count < 4 && (kept == 0 || kept == shares.len()) {
                let words = Block::centred(pen, &lines, &[], longest);
                let (size, boxes) = (words.size, words.boxes([0.0, 0.0], Anchor::Middle));
                // the line begins where it leaves the symbol
                let blank = (subject.bars[face] * 0.9).max(0.5 * pen.unit);
                let target = Target { face, from: &starts, blank, fixed: near };
                let panel = grown(subject.view.panel, -3.0 * pen.unit);
                let mut all = callouts(ground, &target, size, &boxes, panel, pen.unit);
                if kept == 0 {
                    all.extend(enclave(ground, &target, size, &boxes, panel, pen.unit));
                }
                let within = match inside {
                    Some(inside) if !marks.is_empty() => inside.spots(size, pen.unit, 8, is_free(&words)),
                    _ => Vec::new(),
                };
                wish.block(if marks.is_empty() { words } else { Block::centred(pen, &lines, &marks, longest) });
                // where name and marks have no room as one, beside each other
                for ((at, own), (marks, more)) in within.iter().flat_map(|w| apart.iter().map(move |m| (*w, *m))) {
                    let mark = grown([marks[0], marks[1], 0.0, 0.0], 10.0 * pen.unit);
                    if !boxes.iter().any(|b| meet([b[0] + at[0], b[1] + at[1], b[2], b[3]], mark)) {
                        let close = close(at, size);
                        let cost = Cost { cost: lost + cost + own + close + more + 3.0, flaw: 2.0 * close };
                        wish.spot_apart(at, marks, 1.5 * pen.unit, cost);
                    }
                }
                for found in all {
                    let cost = lost + cost - 2.5 + found.cost + beside(found.leader);
                    let flaw = LEADER + found.foreign / 4.0;
                    let mut lead = |marks: Option<[f64; 2]>, more: f64| {
                        let cost = Cost { cost: cost + more, flaw };
                        wish.spot_led(found.at, marks, 1.5 * pen.unit, found.leader, cost);
                    };
                    if marks.is_empty() {
                        lead(None, 0.0);
                    }
                    apart.iter().for_each(|(at, more)| lead(Some(*at), *more));
                }
                if let Some(inside) = inside.filter(|_| kept == 0 && marks.is_empty()) {
                    let [w, h] = size;
                    for (dx, dy) in
                        [(0.0, 0.0), (0.0, -1.0), (0.0, 1.0), (0.25, 0.0), (-0.25, 0.0), (0.0, -2.0), (0.0, 2.0)]
                    {
                        let at = [anchor[0] + dx * w, anchor[1] + dy * h];
                        let over = 1.0 - inside.part([at[0] - w / 2.0, at[1] - h / 2.0, w, h]);
                        if over < 0.5 {
                            wish.spot(at, 1.5 * pen.unit, Cost { cost: lost + 24.0 + 20.0 * over, flaw: 10.0 * over });
                        }
                    }
                }
            }
        }
    }
    if !marks.is_empty() {
        // a mark without a name rather than neither
        wish.block(Block::centred(pen, &[], &marks, LONGEST));
        for (at, cost) in apart {
            wish.spot(at, 0.0, Cost { cost: UNNAMED + cost, flaw: 0.0 });
        }
        wish.item.weight += 100.0;
    }
    Some(wish)
}

/// How much a name reads as the same word again beside those of places called the same: from 0 to 1.
///
/// Their names are as long and stand on either side of their symbols, or above and below.
fn twice(at: [f64; 2], width: f64, letter: f64, twins: &[[f64; 2]]) -> f64 {
    let one = |twin: &[f64; 2]| {
        let beside = (at[0] - twin[0]).abs() / (1.5 * width + 2.5 * letter);
        let below = (at[1] - twin[1]).abs() / (4.0 * letter);
        (2.0 - 2.0 * beside.max(below)).clamp(0.0, 1.0)
    };
    twins.iter().map(one).fold(0.0, f64::max)
}

/// Where the marks of a region may stand without its name, with what that costs: on its ground, if any of it is free.
fn marks_apart(
    subject: &Subject,
    face: usize,
    inside: Option<&Inside>,
    marks: &[Mark],
    near: &[Rect],
    pen: &mut Pen,
) -> Vec<([f64; 2], f64)> {
    let Some(anchor) = subject.anchors[face].filter(|_| !marks.is_empty()) else { return Vec::new() };
    let block = Block::centred(pen, &[], marks, LONGEST);
    let boxes = block.boxes([0.0, 0.0], Anchor::Middle);
    let is_free =
        |[x, y]: [f64; 2]| !boxes.iter().any(|b| near.iter().any(|f| meet([b[0] + x, b[1] + y, b[2], b[3]], *f)));
    let mut found = inside.map(|inside| inside.spots(block.size, pen.unit, 2 * MARKS, is_free)).unwrap_or_default();
    if found.len() < MARKS {
        let step = 10.0 * pen.unit;
        let tried = (0..81).map(|i| (f64::from(i % 9 - 4) * step, f64::from(i / 9 - 4) * step));
        let mut more: Vec<([f64; 2], f64)> = Vec::new();
        for (dx, dy) in tried {
            let at = [anchor[0] + dx, anchor[1] + dy];
            // a mark on other ground says that it happened there
            let away = if subject.ground.at(at) == Some(face) { 0.0 } else { 20.0 };
            if is_free(at) {
                more.push((at, away + 4.0 + (dx.abs() + dy.abs()) / step));
            }
        }
        more.sort_by(|a, b| a.1.total_cmp(&b.1));
        found.extend(more.into_iter().take(MARKS));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::twice;

    #[test]
    fn a_name_beside_a_town_called_the_same_is_worse_than_one_farther_off() {
        let of = |x: f64, y: f64| twice([x, y], 40.0, 15.0, &[[100.0, 100.0]]);
        assert_eq!(of(60.0, 100.0), 1.0, "on one line");
        assert_eq!(of(100.0, 125.0), 1.0, "right above");
        assert!(of(100.0, 150.0) < of(100.0, 140.0));
        assert_eq!([of(100.0, 165.0), of(220.0, 100.0)], [0.0, 0.0]);
        assert_eq!(twice([0.0, 0.0], 40.0, 15.0, &[]), 0.0);
    }
}
