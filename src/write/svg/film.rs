//! Films as SVG without script: takes a page and its frames, gives a document in which what changes is shown
//! and hidden by its style sheet. Geometry stands in it once; whoever wants no motion sees the last frame.

use super::super::film::{Done, Frames, Sink, Timing};
use super::times::{Spans, Times};
use super::xml::Siblings;
use super::{Page, face, finish, push_nodes, shape, start};
use crate::error::{Error, Result};
use crate::scene::{ArcStroke, Face, Film, Group, Node, Partition, Path, Stroke};
use std::collections::BTreeMap;

/// Frames that are made at a time.
const BATCH: usize = 16;

/// Things in the order drawn, each with when it shows.
pub type Variants<T> = Vec<(T, Spans)>;

/// A changing group through all frames.
#[derive(Debug, Default)]
pub struct Moving {
    /// By place in the group: everything that ever stood there.
    places: Vec<(String, Variants<Node>)>,
    map: Option<MovingMap>,
}

/// A partition through all frames.
#[derive(Debug)]
pub struct MovingMap {
    /// The geometry, and the last frame's words.
    pub base: Partition,
    /// What each face showed.
    pub faces: Vec<Variants<Face>>,
    /// Looks of borders from bottom to top, and for each border which it had.
    pub looks: Vec<Stroke>,
    /// For each border the looks that it had.
    pub borders: Vec<Variants<usize>>,
}

/// Shows `value` in a frame.
fn add<T: PartialEq>(variants: &mut Variants<T>, value: T, frame: usize) {
    match variants.iter_mut().find(|(known, _)| *known == value) {
        Some((_, spans)) => spans.add(frame),
        None => variants.push((value, Spans(vec![(frame, frame + 1)]))),
    }
}

impl Moving {
    fn add(&mut self, group: Group, frame: usize) {
        let mut next = 0;
        for (i, node) in group.nodes.into_iter().enumerate() {
            if let Node::Partition(partition) = node {
                match &mut self.map {
                    Some(map) => map.add(partition, frame),
                    None => self.map = Some(MovingMap::new(partition, frame)),
                }
                continue;
            }
            let key = match &node {
                Node::Group(group) if !group.id.is_empty() => group.id.clone(),
                _ => format!("{i}"),
            };
            let at = self.places.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                self.places.insert(next.min(self.places.len()), (key, Vec::new()));
                next
            });
            add(&mut self.places[at].1, node, frame);
            next = at + 1;
        }
    }

    pub(super) fn push(self, page: &mut Page, siblings: &mut Siblings, times: &mut Times) {
        if let Some(map) = self.map {
            face::push_moving(page, siblings, &map, times);
        }
        siblings.group_runs(true);
        for (_, variants) in self.places {
            let moved = moved(page, &variants);
            for ((node, spans), moved) in variants.into_iter().zip(moved) {
                let mut one = Siblings::default();
                match (moved, &node) {
                    (Some((id, by)), Node::Path(path)) => shape::push_copy(page, &mut one, path, &id, by),
                    _ => push_nodes(page, &mut one, std::slice::from_ref(&node)),
                }
                times.push(siblings, &spans, one);
            }
        }
        siblings.group_runs(false);
    }
}

/// Defines the outlines that stand in several places, and gives for each thing which one it has, and how far off.
fn moved(page: &mut Page, variants: &Variants<Node>) -> Vec<Option<(String, [f64; 2])>> {
    let mut known: Vec<(&Path, usize)> = Vec::new();
    let found: Vec<Option<(usize, [f64; 2])>> = variants
        .iter()
        .map(|(node, _)| {
            let Node::Path(path) = node else { return None };
            // a short outline is shorter than a reference to it
            let is_plain = path.id.is_empty() && path.title.is_empty() && path.segments.len() > 3;
            if !is_plain || path.fill.as_ref().is_some_and(|paint| paint.as_solid().is_none()) {
                return None;
            }
            let at = known.iter().position(|(first, _)| path.offset_from(first).is_some());
            let at = at.unwrap_or_else(|| {
                known.push((path, 0));
                known.len() - 1
            });
            known[at].1 += 1;
            Some((at, path.offset_from(known[at].0)?))
        })
        .collect();
    let ids: Vec<Option<String>> =
        known.into_iter().map(|(path, count)| (count > 2).then(|| shape::define(page, &path.segments))).collect();
    found.into_iter().map(|one| one.and_then(|(at, by)| Some((ids[at].clone()?, by)))).collect()
}

impl MovingMap {
    fn new(base: Partition, frame: usize) -> Self {
        let (faces, borders) = (vec![Vec::new(); base.faces.len()], vec![Vec::new(); base.arcs.len()]);
        let mut map = Self { base: base.clone(), faces, looks: Vec::new(), borders };
        map.add(base, frame);
        map
    }

    fn add(&mut self, partition: Partition, frame: usize) {
        for (variants, face) in self.faces.iter_mut().zip(partition.faces) {
            add(variants, face, frame);
        }
        for ArcStroke { arcs, stroke, .. } in partition.strokes {
            let look = self.looks.iter().position(|known| *known == stroke).unwrap_or_else(|| {
                self.looks.push(stroke);
                self.looks.len() - 1
            });
            for arc in arcs {
                if let Some(variants) = self.borders.get_mut(arc as usize) {
                    add(variants, look, frame);
                }
            }
        }
    }
}

/// Writes a film as SVG.
pub fn write(film: &Film, timing: &Timing, frames: Frames, done: Done, sink: Sink) -> Result<()> {
    let moving = gather(film, timing, frames, done)?;
    let (mut page, head) = start(&film.page, timing.options.fonts);
    page.moving = moving;
    page.times = Some(Times::new(timing));
    let mut body = Siblings::default();
    push_nodes(&mut page, &mut body, &film.page.nodes);
    let style = page.times.as_ref().map(Times::style).unwrap_or_default();
    let bytes = finish(page, &film.page, head, body.finish(), &style);
    sink.write_all(&bytes).map_err(|e| Error::new(e.to_string()).context("cannot write the SVG"))
}

/// Everything that ever stands in the groups that change, with when it does.
pub fn gather(film: &Film, timing: &Timing, frames: Frames, done: Done) -> Result<BTreeMap<String, Moving>> {
    if timing.count == 0 {
        return Err(Error::usage("a film has at least one frame"));
    }
    let mut moving: BTreeMap<String, Moving> = BTreeMap::new();
    for first in (0..timing.count).step_by(BATCH) {
        let made = frames(first..timing.count.min(first + BATCH));
        done(made.len());
        for (i, frame) in made.into_iter().enumerate() {
            for (id, group) in film.changing.iter().zip(frame.groups) {
                moving.entry(id.clone()).or_default().add(group, first + i);
            }
        }
    }
    Ok(moving)
}
