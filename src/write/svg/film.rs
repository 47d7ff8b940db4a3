//! Films as SVG without script: takes a page and its frames, gives a document in which what changes is shown
//! and hidden by its style sheet. Geometry stands in it once; whoever wants no motion sees the last frame.

use super::super::film::{Done, Frames, Sink, Timing};
use super::outline::number;
use super::xml::Siblings;
use super::{Page, face, finish, push_nodes, start};
use crate::error::{Error, Result};
use crate::scene::{ArcStroke, Face, Film, Group, Node, Partition, Stroke};
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
        for (_, variants) in self.places {
            for (node, spans) in variants {
                let class = times.begin(siblings, &spans);
                push_nodes(page, siblings, std::slice::from_ref(&node));
                if class {
                    siblings.push_xml("</g>\n");
                }
            }
        }
    }
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

    /// Begins a group that shows in some frames; nothing where it shows in all.
    pub fn begin(&mut self, siblings: &mut Siblings, spans: &Spans) -> bool {
        let attributes = self.attributes(spans);
        if let Some(attributes) = &attributes {
            siblings.push_xml(&format!("<g {attributes}>\n"));
        }
        attributes.is_some()
    }

    fn attributes(&mut self, spans: &Spans) -> Option<String> {
        if spans.0 == [(0, self.count)] {
            return None;
        }
        let next = self.rules.len();
        let number = *self.rules.entry(spans.clone()).or_insert(next);
        let hidden = if spans.shows(self.count - 1) { "" } else { " visibility=\"hidden\"" };
        Some(if self.scripted {
            format!("data-t=\"{number}\"{hidden}")
        } else {
            format!("class=\"t t{number}\"{hidden}")
        })
    }

    /// The rules.
    fn style(&self) -> String {
        let times = if self.loops == 0 { "infinite".to_owned() } else { self.loops.to_string() };
        let seconds = number(self.seconds);
        let mut out = format!(
            ".t{{animation:{seconds}s step-end {times}}}\n\
             svg:hover .t,svg:focus .t{{animation-play-state:paused}}\n\
             @media(prefers-reduced-motion:reduce){{.t{{animation:none!important}}}}\n"
        );
        for (spans, number) in &self.rules {
            out.push_str(&format!(".t{number}{{animation-name:k{number}}}\n@keyframes k{number}{{"));
            let word = |shows: bool| if shows { "visible" } else { "hidden" };
            let starts_shown = spans.0.first().is_some_and(|(start, _)| *start == 0);
            out.push_str(&format!("0%{{visibility:{}}}", word(starts_shown)));
            for (start, end) in &spans.0 {
                for (frame, shows) in [(*start, true), (*end, false)] {
                    if frame > 0 && frame < self.count {
                        out.push_str(&format!("{}{{visibility:{}}}", percent(self.starts[frame]), word(shows)));
                    }
                }
            }
            out.push_str("}\n");
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
