//! Films as SVG without script: takes a page and its frames, gives a document in which what changes is shown
//! and hidden by its style sheet. Geometry stands in it once; whoever wants no motion sees the last frame.

use super::super::film::{Done, Frames, Sink, Timing};
use super::outline::number;
use super::xml::{Attribute, Element, Siblings};
use super::{Page, face, finish, push_nodes, shape, start};
use crate::error::{Error, Result};
use crate::scene::{ArcStroke, Face, Film, Group, Node, Partition, Path, Stroke};
use std::collections::BTreeMap;

/// Frames that are made at a time.
const BATCH: usize = 16;

/// The frames in which something shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spans(Vec<(usize, usize)>);

impl Spans {
    fn add(&mut self, frame: usize) {
        match self.0.last_mut() {
            Some((_, end)) if *end == frame => *end = frame + 1,
            _ => self.0.push((frame, frame + 1)),
        }
    }

    fn shows(&self, frame: usize) -> bool {
        self.0.iter().any(|(start, end)| (*start..*end).contains(&frame))
    }
}

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

/// When things show, as rules of the style sheet.
#[derive(Debug)]
pub struct Times {
    /// Where each frame begins and the last ends, as parts of the whole.
    starts: Vec<f64>,
    seconds: f64,
    loops: u16,
    count: usize,
    rules: BTreeMap<Spans, usize>,
    /// A script shows and hides, by number.
    scripted: bool,
}

impl Times {
    /// Times that a script keeps.
    pub fn scripted(timing: &Timing) -> Self {
        Self { scripted: true, ..Self::new(timing) }
    }

    /// When each number shows: first frames, and those after the last.
    pub fn spans(&self) -> Vec<Vec<(usize, usize)>> {
        let mut all: Vec<_> = self.rules.iter().map(|(spans, number)| (*number, spans.0.clone())).collect();
        all.sort_unstable_by_key(|(number, _)| *number);
        all.into_iter().map(|(_, spans)| spans).collect()
    }

    fn new(timing: &Timing) -> Self {
        let mut starts = vec![0.0];
        let mut sum = 0u64;
        for frame in 0..timing.count {
            sum += u64::from(timing.delay_of(frame));
            starts.push(sum as f64);
        }
        let all = (sum as f64).max(1.0);
        starts.iter_mut().for_each(|s| *s /= all);
        Self {
            starts,
            seconds: all / 100.0,
            loops: timing.loops,
            count: timing.count,
            rules: BTreeMap::new(),
            scripted: false,
        }
    }

    /// Writes what shows in some frames: an element, or a group where it is more than one.
    pub fn push(&mut self, siblings: &mut Siblings, spans: &Spans, content: Siblings) {
        let (when, hidden) = self.attributes(spans);
        match content.only() {
            Ok(mut element) => {
                element.own.splice(0..0, when);
                // a script looks at each element for itself
                if self.scripted {
                    element.own.extend(hidden)
                } else {
                    element.style.extend(hidden)
                }
                siblings.push(element);
            }
            Err(xml) if when.is_none() => siblings.push_xml(&xml),
            Err(inner) => {
                let (own, style) = (when.into_iter().collect(), hidden.into_iter().collect());
                siblings.push(Element { tag: "g", own, style, inner: format!("\n{inner}") });
            }
        }
    }

    /// When something shows, and whether it is hidden to begin with.
    fn attributes(&mut self, spans: &Spans) -> (Option<Attribute>, Option<Attribute>) {
        if spans.0 == [(0, self.count)] {
            return (None, None);
        }
        let next = self.rules.len();
        let number = *self.rules.entry(spans.clone()).or_insert(next);
        let when = if self.scripted { ("data-t", number.to_string()) } else { ("class", format!("t t{number}")) };
        let hidden = (!spans.shows(self.count - 1)).then(|| ("visibility", "hidden".to_owned()));
        (Some(when), hidden)
    }

    /// The rules.
    fn style(&self) -> String {
        let times = if self.loops == 0 { "infinite".to_owned() } else { self.loops.to_string() };
        let seconds = number(self.seconds);
        let mut out = format!(
            ".t{{animation:{seconds}s step-end {times} s0}}\n\
             svg:hover .t,svg:focus .t{{animation-play-state:paused}}\n\
             @media(prefers-reduced-motion:reduce){{.t{{animation:none!important}}}}\n"
        );
        // what shows once, and not at the end, has the rule of all that show as long, begun at its own time; the
        // first of these rules is that of a frame, and need not be named
        let mut lengths: BTreeMap<String, usize> = BTreeMap::new();
        lengths.insert(percent(self.starts[1]), 0);
        for (spans, number) in &self.rules {
            let word = |shows: bool| if shows { "visible" } else { "hidden" };
            let is_last = spans.shows(self.count - 1);
            if let ([(start, end)], false) = (spans.0.as_slice(), is_last) {
                let next = lengths.len();
                let length = percent(self.starts[*end] - self.starts[*start]);
                let length = lengths.entry(length).or_insert(next);
                let delay = super::outline::number(self.starts[*start] * self.seconds);
                let name = if *length == 0 { String::new() } else { format!("animation-name:s{length};") };
                out.push_str(&format!(".t{number}{{{name}animation-delay:{delay}s}}\n"));
                continue;
            }
            out.push_str(&format!(".t{number}{{animation-name:k{number}}}\n@keyframes k{number}{{"));
            let starts_shown = spans.0.first().is_some_and(|(start, _)| *start == 0);
            // else it begins as it stands in the drawing
            if starts_shown || is_last {
                out.push_str(&format!("0%{{visibility:{}}}", word(starts_shown)));
            }
            for (start, end) in &spans.0 {
                for (frame, shows) in [(*start, true), (*end, false)] {
                    if frame > 0 && frame < self.count {
                        out.push_str(&format!("{}{{visibility:{}}}", percent(self.starts[frame]), word(shows)));
                    }
                }
            }
            out.push_str("}\n");
        }
        for (length, number) in lengths {
            out.push_str(&format!("@keyframes s{number}{{0%{{visibility:visible}}{length}{{visibility:hidden}}}}\n"));
        }
        out
    }
}

/// Parts of a long film lie close together, so more decimals than lengths have.
fn percent(part: f64) -> String {
    let text = format!("{:.4}", part * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
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
