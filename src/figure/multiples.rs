//! Maps side by side: takes a panel for each and what they have in common, gives a page with one extent and one legend.

use super::grid_layout::{Needs, panels};
use super::sheet;
use crate::diag::Diagnostic;
use crate::map::describe::Describer;
use crate::map::front::{self, Front};
use crate::map::key::Keys;
use crate::map::layout::{Block, Layout};
use crate::map::legend::{BRIEF, CLOSE, Lasting, Legend, Spacing, Subject, TERSE, Tense};
use crate::map::look::{Hatch, Look};
use crate::map::marginalia::Marginalia;
use crate::map::official::official;
use crate::map::page::{Contents, Page, Span, contents};
use crate::map::panel::panel;
use crate::map::pen::{Pen, Style};
use crate::map::point::{self, Points};
use crate::map::setup::Setup;
use crate::map::swatch::Swatch;
use crate::map::wrap::Paragraph;
use crate::map::{self, Drawn, Request, style, theme};
use crate::model::{EventIndex, PlaceIndex};
use crate::project::PlaceChoice;
use crate::scene::{Anchor, ArcStroke, Direction, Group, Node, Paint, Path, Stroke, Use};
use crate::timeline::Snapshot;

/// One of the maps.
pub struct Panel<'a> {
    /// What it shows.
    pub snapshot: &'a Snapshot,
    /// The line above it.
    pub title: String,
    /// The smaller words below that; may be empty.
    pub reading: String,
    /// Lines along borders.
    pub lines: Vec<ArcStroke>,
    /// What each region is drawn as in place of its state, with what is said of it; empty where its state is drawn.
    pub covers: Vec<(Paint, String)>,
}

/// Keys of a legend; a text without a swatch is a heading.
pub type Entries = Vec<(Option<Swatch>, String)>;

/// Maps of one extent in the making.
pub struct Multiples<'a> {
    /// What they have in common.
    pub setup: Setup,
    /// The request of the map that gives names and colours their day.
    pub request: Request<'a>,
    /// The maps in order.
    pub panels: Vec<Panel<'a>>,
    /// The line below the title.
    pub subtitle: String,
    /// Sources, method and boundaries.
    pub credits: String,
    /// The same with every source, for captions.
    pub all_credits: String,
    /// Makes the keys of the figure from those of what is drawn.
    pub entries: &'a dyn Fn(Entries, &Keys, &Look) -> Entries,
    /// Lengths of time in place of dates in the keys, where the maps have different dates.
    pub lasting: Option<Lasting>,
    /// What it shows, in sentences, without the credits.
    pub description: String,
    /// More for the metadata.
    pub facts: Vec<(&'static str, String)>,
    /// What to ask for where there is no room.
    pub hint: &'static str,
}

const TITLE: Style = Style { size: 16.0, weight: 700, color: theme::INK };
const READING: Style = Style { size: 14.0, weight: 400, color: theme::MUTED };
/// From line to line of a reading, in sizes of its letters.
const LEADING: f64 = 1.28;

/// From this width on, in pixels of a page of the usual size, a panel has room for settlements; on a larger page their
/// names would be small beside all other letters.
const ROOMY: f64 = 620.0;

impl Multiples<'_> {
    /// Draws the page.
    ///
    /// # Errors
    /// `no-room` where the page is too small for so many panels.
    pub fn draw(mut self) -> Result<Drawn, Diagnostic> {
        let mut pen = map::pen(&self.setup);
        let words = self.setup.words;
        let unit = self.setup.unit;
        let margin = self.setup.margin;
        let [width, height] = self.setup.page;
        let inner = [margin, margin, width - 2.0 * margin, height - 2.0 * margin];
        let areas = official(self.request.dataset, &self.setup.regions.places, words);
        let texts = [self.credits.as_str(), &areas, &self.setup.disclaimer];
        let marginalia = Marginalia::new(&mut pen, &self.setup.title, &self.subtitle, &texts, [inner[2], inner[3]]);
        let headings: Vec<[Paragraph; 2]> = self
            .panels
            .iter()
            .map(|p| [(&p.title, TITLE), (&p.reading, READING)].map(|(t, s)| Paragraph::new(&mut pen, t, s)))
            .collect();
        let top = margin + marginalia.heading_height(&pen);
        let room = [margin, top, inner[2], height - top - margin - marginalia.credits_height(&pen)];
        // the legend needs the classes seen, and which are too narrow for a hatch hangs on the size of the panels
        let mut found = None;
        for spacing in [&CLOSE, &BRIEF, &TERSE] {
            let mut size = [inner[2] / 3.0, inner[3] / 3.0];
            for _ in 0..2 {
                let legend = self.legend(size, &mut pen, spacing, unit);
                let mut blocks = legend.blocks(&pen, inner[2]);
                if blocks.is_empty() {
                    // maps of nothing have no keys
                    blocks.push(Block { columns: 1, column: 0.0, size: [0.0; 2], lines: 1.0 });
                }
                let needs = Needs {
                    count: self.panels.len(),
                    room,
                    aspect: self.setup.aspect(),
                    label: label(&pen, &headings, size[0]),
                    gap: (0.5 * margin).max(8.0),
                    blocks: &blocks,
                    mirrored: words.direction == Direction::Rtl,
                };
                let arranged = panels(&needs);
                size = [arranged.panels[0][2], arranged.panels[0][3]];
                let above = needs.label;
                found = Some((legend, blocks, arranged, above));
            }
            let enough =
                found.as_ref().is_some_and(|(_, _, a, _)| a.block != usize::MAX && size[0].min(size[1]) > 150.0);
            if enough {
                break;
            }
        }
        let (legend, blocks, arranged, room_above) = found.expect("it was tried");
        let fits = label(&pen, &headings, arranged.panels[0][2]) <= room_above + 0.5;
        if arranged.block == usize::MAX || !fits {
            let count = self.panels.len();
            let message = format!("a page of {width} x {height} pixels has no room for {count} maps and their keys");
            return Err(Diagnostic::new("no-room", message).value(format!("{width}x{height}")).hint(self.hint));
        }

        let own = panel_unit(arranged.panels[0], unit);
        let mut nodes = Vec::new();
        let mut dropped: Vec<PlaceIndex> = Vec::new();
        let (mut pens, first) = (Pen { unit: own, ..map::pen(&self.setup) }, arranged.panels[0]);
        self.setup.unit = own;
        for (i, rect) in arranged.panels.iter().enumerate() {
            self.setup.accent.bare = i > 0;
            self.accent(i);
            let (mut group, mut without) = self.panel(i, *rect, &mut pens);
            dropped.append(&mut without);
            let [x, y, w, h] = *rect;
            let by = [x - first[0], y - first[1]];
            prefix(&mut group, &format!("d{}-", i + 1), (i > 0).then_some(by));
            let edge = Path { id: format!("panel-{}", i + 1), ..Path::rect(x, y, w, h) };
            let edge = edge.stroked(Stroke::solid(theme::RULE, unit.max(0.6)));
            let title = self.panels[i].title.clone();
            let mut nodes_of = heading(&mut pen, &headings, i, *rect);
            nodes_of.extend([Node::Group(group), Node::Path(edge)]);
            let id = format!("date-{}", i + 1);
            nodes.push(Node::Group(Group { id, title, nodes: nodes_of, clip: None }));
        }
        let look = self.setup.look(self.request.dataset);
        let layout = Layout { panel: first, fit: first, legend: arranged.legend, block: arranged.block, inside: false };
        nodes.push(legend.draw(&mut pen, &look, &layout, &blocks));
        nodes.extend(marginalia.draw(&mut pen, inner));
        dropped.sort_unstable();
        dropped.dedup();
        let Self { setup, request, subtitle, description, facts, all_credits, .. } = self;
        let description = format!("{description} {all_credits}");
        let scene = sheet::scene(&setup, &request, nodes, &subtitle, description, &facts);
        Ok(Drawn {
            alt: sheet::alt(&scene),
            scene,
            credits: all_credits,
            dropped,
            beyond: setup.beyond.clone(),
            boxed: Vec::new(),
            boxed_gain: 1.0,
            places: setup.regions.places.clone(),
            projection: setup.projection.raw.name,
            projection_reason: setup.projection.reason,
            notes: Vec::new(),
        })
    }

    fn request(&self, panel: usize) -> Request<'_> {
        Request { snapshot: self.panels[panel].snapshot, ..self.request }
    }

    /// The keys of all classes that some panel shows.
    fn legend(&self, [w, h]: [f64; 2], pen: &mut Pen, spacing: &'static Spacing, unit: f64) -> Legend {
        let Request { dataset, policy, snapshot, .. } = self.request;
        let rect = [0.0, 0.0, w, h];
        let look = Look { unit: panel_unit(rect, unit), ..self.setup.look(dataset) };
        let mut keys = Keys::default();
        for i in (0..self.panels.len()).filter(|i| self.panels[*i].covers.is_empty()) {
            self.contents(&self.request(i), &look, rect, pen, &mut keys);
        }
        // what one map has of a class is not what all have
        keys.ground.clear();
        let day = snapshot.day;
        let stale_days = policy.stale_after.map_or(0, |d| d.0);
        let tense = Tense { day, baseline: self.setup.baseline.unwrap_or(day), stale_days, lasting: self.lasting };
        let subject = Subject { keys: &keys, dataset, look: &look, words: self.setup.words, tense, spacing };
        let entries = (self.entries)(subject.entries(), &keys, &look);
        Legend::of(entries, pen, spacing)
    }

    /// What a panel shows; settlements where there is room for them, or where they were asked for.
    fn contents(&self, request: &Request, look: &Look, rect: [f64; 4], pen: &mut Pen, keys: &mut Keys) -> Contents {
        let layout = Layout { panel: rect, fit: rect, legend: [0.0; 4], block: 0, inside: false };
        let roomy = ROOMY * style::unit(self.setup.page, 1.0).max(1.0);
        let places = rect[2] >= roomy || self.setup.choice == PlaceChoice::All;
        let mut contents = contents(&self.setup, request, Span::default(), look, pen, (&layout, places), keys);
        if !places {
            contents.points = Points::default();
        }
        contents
    }

    /// One map.
    fn panel(&self, index: usize, rect: [f64; 4], pen: &mut Pen) -> (Group, Vec<PlaceIndex>) {
        let setup = &self.setup;
        let request = &self.request(index);
        let look = setup.look(request.dataset);
        let Contents { view, spread, mut points, visible, mut hatches, breadths, marks } =
            self.contents(request, &look, rect, pen, &mut Keys::default());
        if !self.panels[index].covers.is_empty() {
            points = Points::default();
            hatches.fill(Hatch::Full);
        }
        let words = setup.words;
        let page = Page {
            layout: Layout { panel: rect, fit: rect, legend: [0.0; 4], block: 0, inside: false },
            view,
            spread,
            inner: rect,
            visible,
            points,
            legend: Legend::of(Vec::new(), pen, &BRIEF),
            blocks: Vec::new(),
            marginalia: Marginalia::new(pen, "", "", &[], [rect[2], rect[3]]),
            hatches,
            breadths,
            marks,
            situation: words.moment(request.snapshot.moment, request.dataset.offset),
            front: None,
        };
        let describer = Describer { dataset: request.dataset, words, day: request.snapshot.day };
        // how a region is divided is in its stripes; figures would not be read at this size
        let shares = vec![Vec::new(); setup.regions.places.len()];
        let drawn = panel(setup, &page, request, &look, &describer, &shares, pen);
        (drawn.group, drawn.dropped)
    }

    /// Puts what is a panel's own in place of another one's: its front line, where one is drawn, its lines and covers.
    fn accent(&mut self, panel: usize) {
        let Panel { snapshot, lines, covers, .. } = &self.panels[panel];
        let Setup { regions, fronts, accent, unit, .. } = &mut self.setup;
        accent.lines.clear();
        if let Some((_, arcs)) = fronts.iter_mut().find(|(front, _)| *front == Front::Now) {
            *arcs = front::arcs(regions, snapshot);
            accent.lines.extend(front::band_lines(front::band(regions, snapshot), *unit));
        }
        let own = lines.iter().cloned();
        accent.lines.extend(own.map(|line| ArcStroke { stroke: outline(*unit), ..line }));
        accent.covers.clone_from(covers);
    }
}

/// The most lines of the titles, and of the readings, of panels of a width.
fn lines(headings: &[[Paragraph; 2]], width: f64) -> [usize; 2] {
    [0, 1].map(|i| headings.iter().map(|texts| texts[i].extent(width).0).max().unwrap_or(0))
}

/// Height of what stands above panels of a width.
fn label(pen: &Pen, headings: &[[Paragraph; 2]], width: f64) -> f64 {
    let [titles, readings] = lines(headings, width).map(|count| count as f64 * LEADING);
    pen.size(TITLE) * (1.5 - LEADING + titles) + readings * pen.size(READING)
}

/// The title of a panel and its reading, above it; titles of a row stand at one height.
fn heading(pen: &mut Pen, headings: &[[Paragraph; 2]], panel: usize, [x, y, w, _]: [f64; 4]) -> Vec<Node> {
    let rtl = pen.words.direction == Direction::Rtl;
    let (at, anchor) = if rtl { (x + w, Anchor::Right) } else { (x, Anchor::Left) };
    let [titles, readings] = lines(headings, w).map(|count| count as f64 * LEADING);
    let foot = y - 0.36 * pen.size(TITLE);
    let mut baseline = foot - readings * pen.size(READING) - (titles - LEADING) * pen.size(TITLE);
    let mut nodes = Vec::new();
    let [title, reading] = &headings[panel];
    for (i, line) in title.lines(w).iter().enumerate() {
        baseline += if i > 0 { LEADING * pen.size(TITLE) } else { 0.0 };
        nodes.push(Node::Text(pen.line(line, [at, baseline], anchor, TITLE)));
    }
    for line in reading.lines(w) {
        baseline += LEADING * pen.size(READING);
        nodes.push(Node::Text(pen.line(&line, [at, baseline], anchor, READING)));
    }
    nodes
}

/// Lines between regions of which a condition holds and others; none where there are no such borders.
pub fn outlined(setup: &Setup, holds: impl Fn(PlaceIndex) -> bool) -> Vec<ArcStroke> {
    let regions = &setup.regions;
    let holds = |face: Option<u32>| face.is_some_and(|face| holds(regions.places[face as usize]));
    let arcs = regions.topology.arcs.iter().enumerate();
    let arcs = arcs.filter(|(_, arc)| !arc.is_seam && holds(arc.left) != holds(arc.right));
    let arcs: Vec<u32> = arcs.map(|(i, _)| u32::try_from(i).expect("fewer than 2^32 borders")).collect();
    let stroke = outline(setup.unit);
    if arcs.is_empty() { Vec::new() } else { vec![ArcStroke { id: "outline".into(), arcs, stroke }] }
}

/// The line around what is to be seen.
pub fn outline(unit: f64) -> Stroke {
    Stroke::solid(theme::INK, 3.6 * unit)
}

/// The events that some panels rest on.
pub fn evidence<'a>(setup: &Setup, snapshots: impl Iterator<Item = &'a Snapshot>) -> Vec<EventIndex> {
    let places = setup.regions.places.iter().copied();
    let mut all: Vec<_> = snapshots.flat_map(|s| point::evidence(s, places.clone())).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Pixels for a unit of the design in a panel: as on a page of its size, but not larger than on the figure's own.
fn panel_unit([_, _, w, h]: [f64; 4], page: f64) -> f64 {
    style::unit([w, h], 1.0).min(page)
}

/// Groups that look the same in every panel.
const SAME: [&str; 2] = ["context", "waters"];

/// Makes the ids of a panel its own; what looks as in the first panel is drawn as that, moved.
fn prefix(group: &mut Group, by: &str, moved: Option<[f64; 2]>) {
    let own = |id: &mut String| {
        if !id.is_empty() {
            id.insert_str(0, by);
        }
    };
    own(&mut group.id);
    for node in &mut group.nodes {
        if let (Node::Group(inner), Some(moved)) = (&*node, moved)
            && SAME.contains(&inner.id.as_str())
        {
            *node = Node::Use(Use { group: format!("d1-{}", inner.id), by: moved });
            continue;
        }
        match node {
            Node::Group(inner) => prefix(inner, by, moved),
            Node::Partition(partition) => {
                partition.faces.iter_mut().for_each(|face| own(&mut face.id));
                partition.strokes.iter_mut().for_each(|stroke| own(&mut stroke.id));
            }
            Node::Path(path) => own(&mut path.id),
            Node::Text(text) => own(&mut text.id),
            Node::Use(used) => own(&mut used.group),
        }
    }
}
