//! Small multiples: takes a timeline and some dates, gives a page with a map for each, all of one extent and with one
//! legend.

use super::grid_layout::{Needs, panels};
use super::sheet;
use crate::diag::{Checked, Diagnostic};
use crate::map::describe::Describer;
use crate::map::front::{self, Front};
use crate::map::key::Keys;
use crate::map::layout::Layout;
use crate::map::legend::{BRIEF, CLOSE, Lasting, Legend, Subject, TERSE, Tense};
use crate::map::look::Look;
use crate::map::marginalia::{Marginalia, credits};
use crate::map::official::official;
use crate::map::page::{Contents, Page, Span, contents};
use crate::map::panel::panel;
use crate::map::pen::{Pen, Style};
use crate::map::point::{self, Points};
use crate::map::setup::Setup;
use crate::map::style;
use crate::map::swatch::Swatch;
use crate::map::words::fill;
use crate::map::words_figure::figure_words;
use crate::map::{self, Drawn, Neighbours, Request, theme};
use crate::model::{Dataset, Moment, PlaceIndex};
use crate::project::{MapOptions, PlaceChoice, PolicyOptions, Shown};
use crate::scene::{Anchor, ArcStroke, Direction, Group, Node, Path, Stroke, Use};
use crate::timeline::{Snapshot, Timeline};

/// What small multiples are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct GridRequest<'a> {
    /// Regions, places, actors, sources, events.
    pub dataset: &'a Dataset,
    /// Who held what, when.
    pub timeline: &'a Timeline,
    /// The dates, sorted; a panel for each.
    pub moments: &'a [Moment],
    /// How it looks.
    pub options: &'a MapOptions,
    /// The policy that the timeline was made under.
    pub policy: &'a PolicyOptions,
    /// Title, where the options have none.
    pub title: &'a str,
    /// Where neighbouring countries and waters come from.
    pub neighbours: Option<Neighbours>,
}

/// The most panels of one page.
pub const MOST_PANELS: usize = 60;

const DATE: Style = Style { size: 16.0, weight: 700, color: theme::INK };

/// Sources that the credits name.
const SOURCES: usize = 8;

/// From this width on, in pixels of a page of the usual size, a panel has room for settlements; on a larger page their
/// names would be small beside all other letters.
const ROOMY: f64 = 620.0;

/// Draws a map for each date.
///
/// # Errors
/// As for [`crate::map::draw`]; `no-room` where the page is too small for so many panels.
pub fn grid(request: &GridRequest) -> Checked<Option<Drawn>> {
    let GridRequest { dataset, timeline, moments, options, policy, title, neighbours } = *request;
    let snapshots: Vec<Snapshot> = moments.iter().map(|m| timeline.snapshot(dataset, *m)).collect();
    let Some(last) = snapshots.last() else { return Checked::clean(None) };
    let of = |snapshot| Request { dataset, snapshot, options, policy, title, neighbours };
    let mut faults = Vec::new();
    let Some(mut setup) = Setup::new(&of(last)).take(&mut faults) else {
        return Checked { value: None, diagnostics: faults };
    };
    setup.marks.clear();
    setup.changed_since = None;
    setup.shown = [options.graticule.unwrap_or_default(), Shown::Never, Shown::Never];
    let mut grid = Grid { setup, snapshots: &snapshots };
    let drawn = grid.draw(request);
    let value = drawn.map_err(|fault| faults.push(fault)).ok();
    Checked { value, diagnostics: faults }
}

/// Small multiples in the making.
struct Grid<'a> {
    setup: Setup,
    snapshots: &'a [Snapshot],
}

impl Grid<'_> {
    fn draw(&mut self, request: &GridRequest) -> Result<Drawn, Diagnostic> {
        let GridRequest { dataset, options, policy, title, neighbours, .. } = *request;
        let of = |snapshot| Request { dataset, snapshot, options, policy, title, neighbours };
        let last = self.snapshots.last().expect("there is a date");
        let mut pen = map::pen(&self.setup);
        let words = self.setup.words;
        let figure = figure_words(words.lang);
        let unit = self.setup.unit;
        let margin = self.setup.margin;
        let [width, height] = self.setup.page;
        let inner = [margin, margin, width - 2.0 * margin, height - 2.0 * margin];
        let offset = dataset.offset;
        let days = words.days(self.snapshots[0].day, last.day);
        let subtitle = fill(figure.grid, &[("dates", &days)]);
        let evidence = self.evidence();
        let credits = credits(dataset, last, &evidence, self.setup.has_context, &pen, (SOURCES, true));
        let areas = official(dataset, &self.setup.regions.places, words);
        let texts = [credits.as_str(), &areas, &self.setup.disclaimer];
        let marginalia = Marginalia::new(&mut pen, &self.setup.title, &subtitle, &texts, [inner[2], inner[3]]);
        let label = pen.size(DATE) * 1.5;
        let top = margin + marginalia.heading_height(&pen);
        let room = [margin, top, inner[2], height - top - margin - marginalia.credits_height(&pen)];
        // the legend needs the classes seen, and which are too narrow for a hatch hangs on the size of the panels
        let mut found = None;
        for spacing in [&CLOSE, &BRIEF, &TERSE] {
            let mut size = [inner[2] / 3.0, inner[3] / 3.0];
            for _ in 0..2 {
                let legend = self.legend(request, size, &mut pen, spacing, unit);
                let blocks = legend.blocks(&pen, inner[2]);
                let needs = Needs {
                    count: self.snapshots.len(),
                    room,
                    aspect: self.setup.aspect(),
                    label,
                    gap: (0.5 * margin).max(8.0),
                    blocks: &blocks,
                    mirrored: words.direction == Direction::Rtl,
                };
                let arranged = panels(&needs);
                size = [arranged.panels[0][2], arranged.panels[0][3]];
                found = Some((legend, blocks, arranged));
            }
            let enough = found.as_ref().is_some_and(|(_, _, a)| a.block != usize::MAX && size[0].min(size[1]) > 150.0);
            if enough {
                break;
            }
        }
        let (legend, blocks, arranged) = found.expect("it was tried");
        if arranged.block == usize::MAX {
            let count = self.snapshots.len();
            let message = format!("a page of {width} x {height} pixels has no room for {count} maps and their keys");
            return Err(Diagnostic::new("no-room", message)
                .value(format!("{width}x{height}"))
                .hint("use a larger `--size`, or fewer `--dates`"));
        }

        let own = panel_unit(arranged.panels[0], unit);
        let mut nodes = Vec::new();
        let mut dropped: Vec<PlaceIndex> = Vec::new();
        let (mut pens, first) = (Pen { unit: own, ..map::pen(&self.setup) }, arranged.panels[0]);
        self.setup.unit = own;
        for (i, (snapshot, rect)) in self.snapshots.iter().zip(&arranged.panels).enumerate() {
            self.setup.accent.bare = i > 0;
            self.front(snapshot);
            let changed = i.checked_sub(1).map(|before| self.changed(&self.snapshots[before], snapshot));
            self.setup.accent.lines.extend(changed.into_iter().flatten());
            let (mut group, mut without) = self.panel(&of(snapshot), *rect, &mut pens);
            dropped.append(&mut without);
            let [x, y, w, h] = *rect;
            let by = [x - first[0], y - first[1]];
            prefix(&mut group, &format!("d{}-", i + 1), (i > 0).then_some(by));
            let edge = Path { id: format!("panel-{}", i + 1), ..Path::rect(x, y, w, h) };
            let rtl = words.direction == Direction::Rtl;
            let (at, anchor) = if rtl { (x + w, Anchor::Right) } else { (x, Anchor::Left) };
            let date = words.moment(snapshot.moment, offset);
            let text = pen.line(&date, [at, y - 0.36 * pen.size(DATE)], anchor, DATE);
            let edge = edge.stroked(Stroke::solid(theme::RULE, unit.max(0.6)));
            let nodes_of = vec![Node::Text(text), Node::Group(group), Node::Path(edge)];
            let id = format!("date-{}", i + 1);
            nodes.push(Node::Group(Group { id, title: date, nodes: nodes_of, clip: None }));
        }
        let look = self.setup.look(dataset);
        let layout = Layout { panel: first, fit: first, legend: arranged.legend, block: arranged.block, inside: false };
        nodes.push(legend.draw(&mut pen, &look, &layout, &blocks));
        nodes.extend(marginalia.draw(&mut pen, inner));
        dropped.sort_unstable();
        dropped.dedup();
        let sources = sheet::credits_of(&of(last), &evidence, &self.setup, &pen);
        let description = format!("{} {sources}", self.describe(request));
        let dates: Vec<String> = self.snapshots.iter().map(|s| s.day.to_string()).collect();
        let facts = [("dates", dates.join(", "))];
        let scene = sheet::scene(&self.setup, &of(last), nodes, &subtitle, description, &facts);
        let projection = &self.setup.projection;
        let alt = sheet::alt(&scene);
        Ok(Drawn {
            scene,
            alt,
            credits: sources,
            dropped,
            beyond: self.setup.beyond.clone(),
            places: self.setup.regions.places.clone(),
            projection: projection.raw.name,
            projection_reason: projection.reason,
            notes: Vec::new(),
        })
    }

    /// The keys of all classes that some panel shows.
    fn legend(
        &self,
        request: &GridRequest,
        [w, h]: [f64; 2],
        pen: &mut Pen,
        spacing: &'static map::legend::Spacing,
        unit: f64,
    ) -> Legend {
        let GridRequest { dataset, options, policy, title, neighbours, .. } = *request;
        let rect = [0.0, 0.0, w, h];
        let look = Look { unit: panel_unit(rect, unit), ..self.setup.look(dataset) };
        let mut keys = Keys::default();
        for snapshot in self.snapshots {
            let request = Request { dataset, snapshot, options, policy, title, neighbours };
            self.contents(&request, &look, rect, pen, &mut keys);
        }
        // a sum over several dates would be nobody's ground
        keys.ground.clear();
        let day = self.snapshots.last().map_or(crate::model::Day(0), |s| s.day);
        let stale_days = policy.stale_after.map_or(0, |d| d.0);
        // what is old is so by the date of each panel
        let lasting = Some(Lasting { changed: None, fights: 0 });
        let tense = Tense { day, baseline: self.setup.baseline.unwrap_or(day), stale_days, lasting };
        let subject = Subject { keys: &keys, dataset, look: &look, words: self.setup.words, tense, spacing };
        let mut entries = subject.entries();
        let changes = self.snapshots.windows(2).any(|w| !self.changed(&w[0], &w[1]).is_empty());
        if changes {
            let figure = figure_words(self.setup.words.lang);
            entries.push((Some(Swatch::Edge(outline(look.unit))), figure.outline_panel.to_owned()));
        }
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
    fn panel(&self, request: &Request, rect: [f64; 4], pen: &mut Pen) -> (Group, Vec<PlaceIndex>) {
        let setup = &self.setup;
        let look = setup.look(request.dataset);
        let Contents { view, points, visible, hatches, breadths, marks } =
            self.contents(request, &look, rect, pen, &mut Keys::default());
        let words = setup.words;
        let page = Page {
            layout: Layout { panel: rect, fit: rect, legend: [0.0; 4], block: 0, inside: false },
            view,
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

    /// Puts the front line of a snapshot in place of another one's, where one is drawn.
    fn front(&mut self, snapshot: &Snapshot) {
        let Setup { regions, fronts, accent, unit, .. } = &mut self.setup;
        accent.lines.clear();
        if let Some((_, arcs)) = fronts.iter_mut().find(|(front, _)| *front == Front::Now) {
            *arcs = front::arcs(regions, snapshot);
            let arcs = front::band(regions, snapshot);
            if !arcs.is_empty() {
                accent.lines.push(ArcStroke { id: "front-band".into(), arcs, stroke: front::band_stroke(*unit) });
            }
        }
    }

    /// Lines around what changed from one snapshot to the next.
    fn changed(&self, before: &Snapshot, after: &Snapshot) -> Vec<ArcStroke> {
        let regions = &self.setup.regions;
        let changed = |face: Option<u32>| {
            face.is_some_and(|face| {
                let i = regions.places[face as usize].0 as usize;
                before.states[i].control != after.states[i].control
            })
        };
        let arcs = regions.topology.arcs.iter().enumerate();
        let arcs = arcs.filter(|(_, arc)| !arc.is_seam && changed(arc.left) != changed(arc.right));
        let arcs: Vec<u32> = arcs.map(|(i, _)| u32::try_from(i).expect("fewer than 2^32 borders")).collect();
        let stroke = outline(self.setup.unit);
        if arcs.is_empty() { Vec::new() } else { vec![ArcStroke { id: "outline".into(), arcs, stroke }] }
    }

    /// The events that the panels rest on.
    fn evidence(&self) -> Vec<crate::model::EventIndex> {
        let places = self.setup.regions.places.iter().copied();
        let mut all: Vec<_> = self.snapshots.iter().flat_map(|s| point::evidence(s, places.clone())).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The first date in full, then what changed from each to the next.
    fn describe(&self, request: &GridRequest) -> String {
        let words = self.setup.words;
        let figure = figure_words(words.lang);
        let describer = |s: &Snapshot| Describer { dataset: request.dataset, words, day: s.day };
        let places = &self.setup.regions.places;
        let date = |s: &Snapshot| words.moment(s.moment, request.dataset.offset);
        let first = &self.snapshots[0];
        let mut sentences = vec![format!("{}: {}", date(first), describer(first).snapshot(first, places))];
        for pair in self.snapshots.windows(2) {
            let changed = places.iter().filter(|p| {
                let i = p.0 as usize;
                pair[0].states[i].control != pair[1].states[i].control
            });
            let changed: Vec<PlaceIndex> = changed.copied().collect();
            let news = describer(&pair[1]).snapshot(&pair[1], &changed);
            let news = if changed.is_empty() { figure.no_change.to_owned() } else { news };
            sentences.push(format!("{} {news}", fill(figure.grid_sentence, &[("date", &date(&pair[1]))])));
        }
        sentences.join(" ")
    }
}

/// The line around what changed.
fn outline(unit: f64) -> Stroke {
    Stroke::solid(theme::INK, 3.6 * unit)
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
