//! The names on a map, and the marks of strikes and clashes: takes what is drawn, finds room for all at once.

use super::annotation::Mark;
use super::block::{Block, LONGEST, SHORT};
use super::callout::{FARTHEST, Target, callouts, enclave, nearest};
use super::describe::Describer;
use super::foremost::foremost;
use super::ground::{Ground, Inside};
use super::label::{Obstacles, Rect, around_point, grown, holds, meet};
use super::pen::{Pen, Style};
use super::point::Point;
use super::region::Regions;
use super::theme;
use crate::geometry::placement::{self, Candidate, Item, Line};
use crate::model::{Place, PlaceIndex};
use crate::palette::contrast;
use crate::projection::View;
use crate::scene::{Anchor, Color, Group, Halo, Node, Partition, Path, Stroke, Text};
use crate::timeline::Snapshot;
use rayon::prelude::*;

pub(super) const REGION: Style = Style { size: 15.0, weight: 700, color: theme::REGION_NAME };
pub(super) const SHARE: Style = Style { size: 14.0, weight: 400, color: theme::INK };
const TOWN: Style = Style { size: 13.5, weight: 400, color: theme::INK };
const CITY: Style = Style { size: 15.0, weight: 700, color: theme::INK };
/// From this population on a settlement's name is set as a city's.
const CITY_POPULATION: u64 = 200_000;
/// Size of a name in the second language, in sizes of the first.
pub(super) const SECOND: f64 = 0.86;

/// What is to be named, and what is in the way.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The regions drawn.
    pub regions: &'a Regions,
    /// What each lies on.
    pub ground: &'a Ground,
    /// Where each may be pointed at, if it is seen.
    pub anchors: &'a [Option<[f64; 2]>],
    /// Radius of the symbols of narrow regions; zero for the others.
    pub bars: &'a [f64],
    /// Settlements and sites.
    pub points: &'a [Point],
    /// Strikes and clashes by place.
    pub marks: &'a [(PlaceIndex, Mark)],
    /// Boxes that no name may meet.
    pub fixed: &'a [Rect],
    /// From degrees to pixels.
    pub view: &'a View,
    /// Pixels for a unit of the design.
    pub unit: f64,
    /// Who held what.
    pub snapshot: &'a Snapshot,
    /// For each region the lines below its name.
    pub shares: &'a [Vec<String>],
}

/// A label that wants a place.
struct Wish {
    place: PlaceIndex,
    face: Option<usize>,
    is_region: bool,
    /// Lines of the name itself.
    names: usize,
    blocks: Vec<Block>,
    /// What stands where, one for each candidate.
    spots: Vec<Spot>,
    item: Item,
}

/// A block at a place.
#[derive(Debug, Clone, Copy)]
struct Spot {
    block: usize,
    at: [f64; 2],
    anchor: Anchor,
}

/// A name or marks in their place.
pub struct Label {
    /// What is named.
    pub place: PlaceIndex,
    /// Which of the regions drawn it is, if it is one.
    pub face: Option<usize>,
    /// It is a region.
    pub is_region: bool,
    /// Lines of the name itself, before those that say how the place is divided.
    pub names: usize,
    /// The lines and marks.
    pub block: Block,
    at: [f64; 2],
    anchor: Anchor,
    leader: Option<Line>,
}

/// Names and marks that have found their place.
pub struct Named {
    /// The labels.
    pub labels: Vec<Label>,
    /// The room that all of it takes.
    pub taken: Vec<Rect>,
    /// Places whose name found no room.
    pub dropped: Vec<PlaceIndex>,
}

impl Label {
    /// The name of a region whose place is settled: lines around a point.
    pub fn fixed(place: PlaceIndex, face: usize, names: usize, block: Block, at: [f64; 2]) -> Self {
        let face = Some(face);
        Self { place, face, is_region: true, names, block, at, anchor: Anchor::Middle, leader: None }
    }

    /// Draws it on a painted map, with other lines or marks where `block` has some.
    pub fn draw(
        &self,
        block: &Block,
        ground: &Ground,
        partition: &Partition,
        describer: &Describer,
        unit: f64,
    ) -> Vec<Node> {
        let halo = |text: &mut Text| halo(text, ground, partition, unit);
        block.draw(self.at, self.anchor, halo, |m| describer.fight(m.is_strike, m.from, m.to))
    }

    /// The line to what it names; where `block` has less to say than there is room for, to what it says.
    pub fn leader(&self, block: &Block, unit: f64) -> Option<Line> {
        let [from, to] = self.leader?;
        let boxes = block.boxes(self.at, self.anchor);
        let whole = boxes.len() == self.block.boxes(self.at, self.anchor).len();
        let end = nearest(boxes.into_iter(), from, unit)?;
        Some([from, if whole { to } else { end }])
    }
}

/// Draws the lines from callouts to regions.
///
/// Each comes with the region that it starts in: a dot there, unless a symbol stands for it.
pub fn leaders(lines: impl Iterator<Item = (Line, Option<usize>)>, bars: &[f64], unit: f64) -> Node {
    let mut nodes = Vec::new();
    for (line, face) in lines {
        let rim = Stroke::solid(Color::WHITE.with_alpha(200), 2.8 * unit);
        nodes.push(Node::Path(Path::line(&line).stroked(rim)));
        nodes.push(Node::Path(Path::line(&line).stroked(Stroke::solid(theme::INK, (1.2 * unit).max(0.8)))));
        if face.is_none_or(|face| bars[face] == 0.0) {
            let dot = Path::circle(line[0][0], line[0][1], 2.2 * unit);
            nodes.push(Node::Path(dot.filled(crate::scene::Paint::solid(theme::INK))));
        }
    }
    Node::Group(Group { id: "leaders".into(), nodes, ..Group::default() })
}

impl Wish {
    fn new(place: PlaceIndex, is_region: bool, weight: f64) -> Self {
        let item = Item { candidates: Vec::new(), weight };
        Self { place, face: None, is_region, names: 1, blocks: Vec::new(), spots: Vec::new(), item }
    }

    /// Adds a block; the places added next are for that.
    fn block(&mut self, block: Block) {
        self.blocks.push(block);
    }

    fn spot(&mut self, at: [f64; 2], anchor: Anchor, blank: f64, leader: Option<Line>, cost: f64) {
        let block = self.blocks.len() - 1;
        let boxes = self.blocks[block].boxes(at, anchor).into_iter().map(|b| grown(b, blank)).collect();
        self.item.candidates.push(Candidate { boxes, leader, cost });
        self.spots.push(Spot { block, at, anchor });
    }
}

/// Finds room for every name and mark.
pub fn names(subject: &Subject, describer: &Describer, pen: &mut Pen) -> Named {
    let faces = 0..subject.regions.places.len();
    let seen = |face: usize| subject.anchors[face].and_then(|_| subject.ground.inside(face));
    let insides: Vec<Option<Inside>> = faces.into_par_iter().map(seen).collect();
    let obstacles = Obstacles::new(subject.fixed, subject.view.panel);
    let foremost = foremost(subject, &insides);
    let mut wishes = Vec::new();
    for (face, inside) in insides.iter().enumerate() {
        if foremost[face] {
            wishes.extend(region(subject, face, inside.as_ref(), &obstacles, describer, pen));
        } else if subject.anchors[face].is_some() {
            wishes.push(Wish::new(subject.regions.places[face], true, 0.0));
        }
    }
    for point in subject.points {
        wishes.push(point_name(point, subject.ground, describer, pen));
    }
    wishes.extend(point_marks(subject, describer, pen));
    let bounds = grown(subject.view.panel, -3.0 * pen.unit);
    let items: Vec<Item> = wishes.iter_mut().map(|w| std::mem::take(&mut w.item)).collect();
    let chosen = placement::place(bounds, subject.fixed, &items);

    let mut labels = Vec::new();
    let (mut taken, mut dropped) = (Vec::new(), Vec::new());
    for ((wish, item), chosen) in wishes.into_iter().zip(&items).zip(chosen) {
        let Some(chosen) = chosen else {
            dropped.push(wish.place);
            continue;
        };
        let Spot { block, at, anchor } = wish.spots[chosen];
        let Candidate { boxes, leader, .. } = &item.candidates[chosen];
        taken.extend(boxes);
        taken.extend(leader.iter().flat_map(|line| beads(*line)));
        let block = wish.blocks.into_iter().nth(block).expect("spots count the blocks");
        if wish.is_region && !block.has_words() {
            dropped.push(wish.place);
        }
        let Wish { place, face, is_region, names, .. } = wish;
        labels.push(Label { place, face, is_region, names, block, at, anchor, leader: *leader });
    }
    Named { labels, taken, dropped }
}

/// Small boxes along a line.
fn beads([a, b]: Line) -> impl Iterator<Item = Rect> {
    let length = (b[0] - a[0]).abs().max((b[1] - a[1]).abs());
    let count = (length / 6.0).ceil().max(1.0) as u32;
    (0..=count).map(move |i| {
        let t = f64::from(i) / f64::from(count);
        [a[0] + (b[0] - a[0]) * t - 2.0, a[1] + (b[1] - a[1]) * t - 2.0, 4.0, 4.0]
    })
}

/// Where a region's name may stand: where it has most room, smaller, led out, with fewer lines; at last
/// over its border.
fn region(
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
    let marks: Vec<Mark> = subject.marks.iter().filter(|(p, _)| *p == place).map(|(_, m)| *m).collect();
    let is_news = subject.is_news(place);
    // a symbol in place of a hatch says little without the name
    let told = if shares.is_empty() && subject.bars[face] == 0.0 { 0.0 } else { 30.0 };
    let weight = if is_news { 90.0 } else { 60.0 } + told + (pixels / 400.0).min(30.0);
    let mut wish = Wish::new(place, true, weight);
    wish.names += usize::from(second.is_some());
    wish.face = Some(face);
    // a symbol that stands for the region is what is pointed at
    let starts = std::cell::LazyCell::new(|| {
        let mut starts = vec![anchor];
        if let (Some(inside), true) = (inside, subject.bars[face] == 0.0) {
            let clear = |at: [f64; 2]| !near.iter().any(|f| holds(grown(*f, 2.0 * subject.unit), at));
            // well inside where there is room, nearer to the border where not
            for (side, step) in [(16.0, 15), (5.0, 10), (1.0, 10)] {
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
    let is_free = |block: &Block| {
        let boxes = block.boxes([0.0, 0.0], Anchor::Middle);
        move |[x, y]: [f64; 2]| {
            let hit = |b: &Rect| near.iter().any(|f| meet([b[0] + x, b[1] + y, b[2], b[3]], *f));
            !boxes.iter().any(hit)
        }
    };
    for kept in (0..=shares.len()).rev() {
        let lost = match (kept == shares.len(), is_news) {
            (true, _) => 0.0,
            (_, true) => 60.0 + 8.0 * (shares.len() - kept) as f64,
            // less than an ordinary line from outside
            (_, false) => 26.0 + 4.0 * (shares.len() - kept) as f64,
        };
        let mut count = 0;
        for (shrink, longest, cost) in [(1.0, LONGEST, 0.0), (0.86, LONGEST, 2.5), (0.86, SHORT, 4.0)] {
            if longest == SHORT && !first.contains(' ') {
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
            let boxes = block.boxes([0.0, 0.0], Anchor::Middle);
            wish.block(block);
            for (at, own) in spots {
                // with blank around it no name of a town sticks to it
                for (blank, tight) in [(5.0, 0.0), (1.5, 2.5)] {
                    let cost = lost + cost + own + close(at, size) + tight;
                    wish.spot(at, Anchor::Middle, blank * pen.unit, None, cost);
                }
            }
            if count >= 6 {
                break;
            }
            if shrink < 1.0 && count < 4 && (kept == 0 || kept == shares.len()) {
                // the line begins where it leaves the symbol
                let blank = (subject.bars[face] * 0.9).max(0.5 * pen.unit);
                let target = Target { face, from: &starts, blank, fixed: near };
                let panel = grown(subject.view.panel, -3.0 * pen.unit);
                let mut all = callouts(ground, &target, size, &boxes, panel, pen.unit);
                if kept == 0 {
                    all.extend(enclave(ground, &target, size, &boxes, panel, pen.unit));
                }
                // marks beside a name led out say that it happened there
                let away = if marks.is_empty() { 0.0 } else { AWAY };
                for found in all {
                    let cost = lost + cost - 2.5 + found.cost + beside(found.leader) + away;
                    wish.spot(found.at, Anchor::Middle, 1.5 * pen.unit, Some(found.leader), cost);
                }
                if let Some(inside) = inside.filter(|_| kept == 0) {
                    let [w, h] = size;
                    for (dx, dy) in
                        [(0.0, 0.0), (0.0, -1.0), (0.0, 1.0), (0.25, 0.0), (-0.25, 0.0), (0.0, -2.0), (0.0, 2.0)]
                    {
                        let at = [anchor[0] + dx * w, anchor[1] + dy * h];
                        let over = 1.0 - inside.part([at[0] - w / 2.0, at[1] - h / 2.0, w, h]);
                        if over < 0.5 {
                            wish.spot(at, Anchor::Middle, 1.5 * pen.unit, None, lost + 24.0 + 20.0 * over);
                        }
                    }
                }
            }
        }
    }
    if !marks.is_empty() {
        // a mark without a name rather than neither
        wish.block(Block::centred(pen, &[], &marks, LONGEST));
        let step = 10.0 * pen.unit;
        for i in 0..81 {
            let (dx, dy) = (f64::from(i % 9 - 4) * step, f64::from(i / 9 - 4) * step);
            let at = [anchor[0] + dx, anchor[1] + dy];
            // a mark on other ground says that it happened there
            let away = if ground.at(at) == Some(face) { 0.0 } else { 20.0 };
            wish.spot(at, Anchor::Middle, 0.0, None, 70.0 + away + (dx.abs() + dy.abs()) / step);
        }
        wish.item.weight += 100.0;
    }
    Some(wish)
}

/// What marks that stand off their region cost: less than a name without them, more than them without a name.
const AWAY: f64 = 60.0;

/// What standing on the ground of another region costs a town's name, which is then taken for one there.
const FOREIGN: f64 = 8.0;

/// What standing half on its country and half beyond the coast or border costs it.
const ASTRIDE: f64 = 1.5;

/// Where a place's name may stand: around its symbol.
fn point_name(point: &Point, ground: &Ground, describer: &Describer, pen: &mut Pen) -> Wish {
    let place = describer.dataset.place(point.place);
    let style = place_style(place);
    let (first, second) = pen.names(&place.names);
    let mut wish = Wish::new(point.place, false, point.weight);
    let own = ground.at(point.at);
    let small = Style { size: style.size * SECOND, weight: 400, ..style };
    let lines: Vec<(&str, Style)> =
        std::iter::once((first.as_str(), style)).chain(second.iter().map(|s| (s.as_str(), small))).collect();
    for kept in (1..=lines.len()).rev() {
        let block = Block::beside(pen, &lines[..kept]);
        let (letter, height) = (block.letter(), block.size[1]);
        wish.block(block);
        for (at, anchor, cost) in around_point(point.at, point.reach, letter, height, pen.unit) {
            let lost = 6.0 * (lines.len() - kept) as f64;
            let ground = ground_cost(ground, own, wish.blocks[wish.blocks.len() - 1].boxes(at, anchor));
            wish.spot(at, anchor, 0.0, None, cost + lost + ground);
        }
    }
    wish
}

/// What the ground under lines of a name costs, if it names a place in a region.
fn ground_cost(ground: &Ground, own: Option<usize>, lines: Vec<Rect>) -> f64 {
    let Some(own) = own else { return 0.0 };
    let count = lines.len().max(1) as f64;
    let [foreign, bare] =
        lines.into_iter().map(|line| ground.parts(line, own)).fold([0.0; 2], |s, p| [s[0] + p[0], s[1] + p[1]]);
    FOREIGN * foreign / count + ASTRIDE * 4.0 * (bare / count) * (1.0 - bare / count)
}

/// Where the marks of places that are points may stand: beside their symbols.
fn point_marks(subject: &Subject, describer: &Describer, pen: &mut Pen) -> Vec<Wish> {
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
            wish.spot(at, Anchor::Middle, 0.0, None, 0.0);
        }
        let reach = symbol.map_or(0.0, |p| p.reach) + 2.0 * pen.unit;
        for ring in 0..4 {
            for i in 0..24 {
                // from the left, where names stand last
                let turn = (f64::from(i / 2 + i % 2) * if i % 2 == 0 { 1.0 } else { -1.0 }) / 24.0;
                let angle = (0.5 + turn) * std::f64::consts::TAU;
                let out = reach + f64::from(ring) * 6.0 * pen.unit;
                let at = [at[0] + (out + w / 2.0) * libm::cos(angle), at[1] + (out + h / 2.0) * libm::sin(angle)];
                wish.spot(at, Anchor::Middle, 0.0, None, f64::from(ring) * 4.0 + turn.abs() * 3.0);
            }
        }
        wishes.push(wish);
    }
    wishes
}

/// How a place's name is set: a city's in bold.
pub fn place_style(place: &Place) -> Style {
    if place.population.is_some_and(|p| p >= CITY_POPULATION) { CITY } else { TOWN }
}

/// The rim of a name: the colour of the flat ground beneath it, lightened until the name can be read, white over
/// hatches and borders. On dark ground the name takes the darkest ink.
fn halo(text: &mut Text, ground: &Ground, partition: &Partition, unit: f64) -> Halo {
    let width = 2.3 * unit;
    let [x, y, w, h] = super::label::tight(text);
    let color = match ground.under([x, y, w, h]) {
        (Some(face), _) => partition.faces[face].paint.as_solid().unwrap_or(Color::WHITE),
        // land or sea, both all but white
        (None, true) => return Halo { color: Color::WHITE.with_alpha(150), width },
        (None, false) => Color::WHITE,
    };
    // a light name on dark ground rather than a black one in a pale cloud
    if contrast(Color::WHITE, color) > contrast(theme::INK, color).max(4.5) {
        text.color = Color::WHITE;
        return Halo { color: color.with_alpha(225), width };
    }
    let mut light = color;
    if contrast(text.color, light) < 4.5 {
        text.color = theme::INK;
    }
    for _ in 0..12 {
        if contrast(text.color, light) >= 4.5 {
            break;
        }
        light = light.mix(Color::WHITE, 0.2);
    }
    Halo { color: light.with_alpha(225), width }
}

/// Where a region may be pointed at: its pole, else the middle of what is seen of it.
pub fn anchor(ground: &Ground, face: usize, pole: Option<[f64; 2]>, panel: Rect, unit: f64) -> Option<[f64; 2]> {
    let seen = pole.filter(|p| holds(grown(panel, -14.0 * unit), *p));
    seen.or_else(|| ground.inside(face)?.spots([1.0, 1.0], unit, 1, |_| true).first().map(|s| s.0))
}
