//! A scene as a flat list of items in pixels, from bottom to top.

use super::draw::{Box, Draw, Item, is_empty, meet, place};
use super::line::Lines;
use super::paint::Ink;
use super::planar::{self, ToPixel};
use super::text::Glyphs;
use super::thin::thin;
use crate::scene::{Group, Node, Partition, Path, Scene, Segment, Stroke, Text};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc as Shared;
use tiny_skia::{FillRule, PathBuilder};

/// How far a point may lie off a border line before it is kept, in pixels.
const TOLERANCE: f64 = 0.15;
/// How deep groups and their copies may stand in one another.
const DEPTH: u32 = 64;

/// Lists what a scene draws on an image of `size` pixels.
pub(super) fn list(scene: &Scene, scale: f64, size: [u32; 2]) -> Vec<Item> {
    let mut list = List::new(scale, size, Glyphs::default());
    list.nodes(&scene.nodes);
    list.items
}

/// A place in the list that is filled from frame to frame.
pub(super) struct Slot {
    /// How many items come before it.
    pub(super) after: usize,
    /// Which of the groups that change.
    pub(super) group: usize,
    /// What it may not leave.
    pub(super) clip: Box,
}

/// A list under work.
pub(super) struct List<'a> {
    pub(super) items: Vec<Item>,
    /// Ids of groups that are left out, and where they were met.
    pub(super) changing: &'a [String],
    pub(super) slots: Vec<Slot>,
    /// Groups that ended, for copies of them. Looked up only.
    groups: HashMap<&'a str, &'a Group>,
    pub(super) glyphs: Glyphs,
    to_pixel: ToPixel,
    pub(super) clip: Box,
    size: [u32; 2],
    depth: u32,
}

impl<'a> List<'a> {
    pub(super) fn new(scale: f64, size: [u32; 2], glyphs: Glyphs) -> Self {
        Self {
            items: Vec::new(),
            changing: &[],
            slots: Vec::new(),
            groups: HashMap::new(),
            glyphs,
            to_pixel: ToPixel { scale, by: [0.0; 2] },
            clip: [0, 0, i64::from(size[0]), i64::from(size[1])],
            size,
            depth: 0,
        }
    }

    pub(super) fn nodes(&mut self, nodes: &'a [Node]) {
        for node in nodes {
            match node {
                Node::Group(group) => {
                    self.group(group);
                    self.groups.insert(&group.id, group);
                }
                Node::Partition(partition) => self.partition(partition),
                Node::Path(path) => self.path(path),
                Node::Text(text) => self.text(text),
                Node::Use(copy) => {
                    if let Some(group) = self.groups.get(copy.group.as_str()).copied() {
                        let before = self.to_pixel;
                        self.to_pixel.by =
                            [before.by[0] + copy.by[0] * before.scale, before.by[1] + copy.by[1] * before.scale];
                        self.group(group);
                        self.to_pixel = before;
                    }
                }
            }
        }
    }

    fn group(&mut self, group: &'a Group) {
        if self.depth == DEPTH {
            return;
        }
        self.depth += 1;
        let before = self.clip;
        if let Some([x, y, width, height]) = group.clip {
            let ([left, top], [right, bottom]) =
                (self.to_pixel.map([x, y]), self.to_pixel.map([x + width, y + height]));
            // whole pixels: an edge between two is no use to anybody
            self.clip = meet(before, [left, top, right, bottom].map(|v| v.round() as i64));
        }
        match self.changing.iter().position(|id| *id == group.id) {
            Some(slot) => self.slots.push(Slot { after: self.items.len(), group: slot, clip: self.clip }),
            None => self.nodes(&group.nodes),
        }
        self.clip = before;
        self.depth -= 1;
    }

    fn push(&mut self, bounds: Box, draw: Draw) {
        if !is_empty(meet(bounds, self.clip)) {
            self.items.push(Item { bounds, clip: self.clip, draw });
        }
    }

    fn everywhere(&self) -> Box {
        [0, 0, i64::from(self.size[0]), i64::from(self.size[1])]
    }

    fn ink(&self, paint: &crate::scene::Paint) -> Ink {
        Ink::new(paint, self.to_pixel.scale, self.to_pixel.by)
    }

    fn partition(&mut self, map: &Partition) {
        let to_pixel = self.to_pixel;
        let inks = Ink::all(map.faces.iter().map(|f| &f.paint), to_pixel.scale, to_pixel.by);
        if !inks.iter().all(Ink::is_nothing) {
            let runs = planar::fill(&map.arcs, inks.len(), to_pixel, self.size[0], self.size[1]);
            // its bounds are those of its arcs; the page serves, for it never draws beyond its rows' runs
            self.push(self.everywhere(), Draw::Planar(Shared::new(runs), inks));
        }
        for strokes in &map.strokes {
            let reach = strokes.stroke.width * to_pixel.scale + 2.0;
            let size = self.size.map(f64::from);
            let thinned: Vec<Vec<[f64; 2]>> = strokes
                .arcs
                .par_iter()
                .filter_map(|&i| Some(thinned(&map.arcs.get(i as usize)?.points, to_pixel)))
                .filter(|line| near(line, size, reach))
                .collect();
            let lines = stroked(&strokes.stroke, to_pixel.scale, thinned.iter().map(Vec::as_slice));
            self.lines(lines);
        }
    }

    fn path(&mut self, path: &Path) {
        let Some(outline) = outline(&path.segments, self.to_pixel) else { return };
        if let Some(paint) = &path.fill {
            let ink = self.ink(paint);
            if !ink.is_nothing() {
                self.push(bounds(&outline), Draw::Fill(outline.clone(), FillRule::EvenOdd, ink));
            }
        }
        if let Some(stroke) = &path.stroke {
            let mut lines = Lines::new(stroke.color, stroke.width * self.to_pixel.scale);
            lines.add_dashed(outline, stroke, self.to_pixel.scale);
            self.lines(lines);
        }
    }

    fn lines(&mut self, lines: Lines) {
        if let Some(bounds) = lines.bounds().filter(|_| lines.shows()) {
            self.push(rounded(bounds), Draw::Lines(lines));
        }
    }

    fn text(&mut self, text: &Text) {
        let outlines = self.glyphs.outlines(text, self.to_pixel);
        if let Some(halo) = outlines.halo {
            self.lines(halo);
        }
        if let Some(path) = outlines.letters {
            let ink = self.ink(&crate::scene::Paint::solid(text.color));
            self.push(bounds(&path), Draw::Fill(path, FillRule::Winding, ink));
        }
    }
}

/// A border in pixels, with no more points than show.
pub(super) fn thinned(points: &[[f64; 2]], to_pixel: ToPixel) -> Vec<[f64; 2]> {
    let mut line = Vec::new();
    thin(points.iter().map(|p| to_pixel.map(*p)), TOLERANCE, &mut line);
    line
}

/// Borders with one stroke.
pub(super) fn stroked<'l>(stroke: &Stroke, scale: f64, borders: impl Iterator<Item = &'l [[f64; 2]]>) -> Lines {
    let mut lines = Lines::new(stroke.color, stroke.width * scale);
    for line in borders {
        if stroke.dash.is_empty() {
            lines.add(line);
        } else if let Some(path) = polyline(line) {
            lines.add_dashed(path, stroke, scale);
        }
    }
    lines
}

/// Tells whether a line may show on the page.
pub(super) fn near(line: &[[f64; 2]], size: [f64; 2], reach: f64) -> bool {
    (0..2).all(|axis| line.iter().any(|p| p[axis] > -reach) && line.iter().any(|p| p[axis] < size[axis] + reach))
}

fn bounds(path: &tiny_skia::Path) -> Box {
    let b = path.bounds();
    rounded([b.left() - 1.0, b.top() - 1.0, b.right() + 1.0, b.bottom() + 1.0])
}

fn rounded([left, top, right, bottom]: [f32; 4]) -> Box {
    [left.floor() as i64, top.floor() as i64, right.ceil() as i64, bottom.ceil() as i64]
}

fn polyline(line: &[[f64; 2]]) -> Option<tiny_skia::Path> {
    let mut path = PathBuilder::new();
    for (i, p) in line.iter().enumerate() {
        let [x, y] = place(*p);
        if i == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    path.finish()
}

fn outline(segments: &[Segment], to_pixel: ToPixel) -> Option<tiny_skia::Path> {
    let at = |p: [f64; 2]| place(to_pixel.map(p));
    let mut path = PathBuilder::new();
    for segment in segments {
        match *segment {
            Segment::Move(p) => {
                let [x, y] = at(p);
                path.move_to(x, y);
            }
            Segment::Line(p) => {
                let [x, y] = at(p);
                path.line_to(x, y);
            }
            Segment::Cubic(a, b, p) => {
                let ([ax, ay], [bx, by], [x, y]) = (at(a), at(b), at(p));
                path.cubic_to(ax, ay, bx, by, x, y);
            }
            Segment::Close => path.close(),
        }
    }
    path.finish()
}
