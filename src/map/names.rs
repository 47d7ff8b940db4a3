//! The names on a map, and the marks of strikes and clashes: takes what is drawn, finds room for all at once.

use super::annotation::Mark;
use super::block::Block;
use super::callout::nearest;
use super::describe::Describer;
use super::foremost::foremost;
use super::ground::{Ground, Inside};
use super::halo::{bridge, halo};
use super::label::{Obstacles, Rect, grown, holds};
use super::pen::Pen;
use super::point::Point;
use super::point_name::{point_marks, point_name};
use super::region::Regions;
use super::region_name::region_name;
use super::theme;
use super::wish::{Spot, Wish};
use crate::geometry::placement::{self, Candidate, Item, Line};
use crate::model::PlaceIndex;
use crate::projection::View;
use crate::scene::{Anchor, Color, Group, Node, Partition, Path, Stroke, Text};
use crate::timeline::Snapshot;
use rayon::prelude::*;

/// Size of a name in the second language, in sizes of the first.
pub const SECOND: f64 = 0.86;

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
    /// Between a symbol and its name.
    gap: Option<Rect>,
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
        Self { place, face, is_region: true, names, block, at, anchor: Anchor::Middle, gap: None, leader: None }
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
        let mut rims = Vec::new();
        let rim = |text: &mut Text| {
            let rim = halo(text, ground, partition, unit);
            rims.push(rim);
            rim
        };
        let mut nodes = block.draw(self.at, self.anchor, rim, |m| describer.fight(m.is_strike, m.from, m.to));
        let gap = self.gap.zip(rims.first()).and_then(|(gap, rim)| bridge(gap, *rim, ground));
        nodes.splice(0..0, gap);
        nodes
    }

    /// The line to what it names; where `block` has less to say than there is room for, to what it says.
    pub fn leader(&self, block: &Block, unit: f64) -> Option<Line> {
        let [from, to] = self.leader?;
        // marks stand by themselves
        let boxes = block.line_boxes(self.at, self.anchor);
        let whole = boxes.len() == self.block.line_boxes(self.at, self.anchor).len();
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
            wishes.extend(region_name(subject, face, inside.as_ref(), &obstacles, describer, pen));
        } else if subject.anchors[face].is_some() {
            wishes.push(Wish::new(subject.regions.places[face], true, 0.0));
        }
    }
    for point in subject.points {
        wishes.push(point_name(point, subject, describer, pen));
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
        let Spot { block, at, anchor, marks, gap } = wish.spots[chosen];
        let Candidate { boxes, leader, .. } = &item.candidates[chosen];
        taken.extend(boxes);
        taken.extend(leader.iter().flat_map(|line| beads(*line)));
        let block = wish.blocks.into_iter().nth(block).expect("spots count the blocks");
        let block = match marks {
            Some(marks) => block.with_marks_at([marks[0] - at[0], marks[1] - at[1]]),
            None => block,
        };
        if wish.is_region && !block.has_words() {
            dropped.push(wish.place);
        }
        let Wish { place, face, is_region, names, .. } = wish;
        labels.push(Label { place, face, is_region, names, block, at, anchor, leader: *leader, gap });
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

/// Where a region may be pointed at: its pole, else the middle of what is seen of it.
pub fn anchor(ground: &Ground, face: usize, pole: Option<[f64; 2]>, panel: Rect, unit: f64) -> Option<[f64; 2]> {
    let seen = pole.filter(|p| holds(grown(panel, -14.0 * unit), *p));
    seen.or_else(|| ground.inside(face)?.spots([1.0, 1.0], unit, 1, |_| true).first().map(|s| s.0))
}
