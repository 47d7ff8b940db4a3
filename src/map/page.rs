//! How a map fills its page: which classes are seen, the legend for those, and what room is left.

use super::Request;
use super::annotation::Mark;
use super::cover::Fit;
use super::far::{Spread, spread};
use super::far_box;
use super::front::{self, Front};
use super::key::{Form, Keys, Sign};
use super::label::{Rect, grown, holds, meet};
use super::layout::{Block, Layout, MOST_LINES, Needs, layout};
use super::legend::{BRIEF, CLOSE, Lasting, Legend, ROOMY, Spacing, Subject, TERSE, Tense};
use super::look::{Hatch, Look};
use super::marginalia::{Marginalia, credits, situation};
use super::official::official;
use super::pen::Pen;
use super::point::{Points, evidence, points};
use super::region::{Pole, breadths, visible};
use super::scale_bar::{self, scale_bar};
use super::setup::Setup;
use super::swatch::Swatch;
use super::words::fill;
use super::words_figure::{self, figure_words};
use crate::model::{Dataset, PlaceIndex};
use crate::project::PlaceChoice;
use crate::projection::{View, fit};
use crate::scene::Direction;
use crate::timeline::{Snapshot, State};

/// A page with everything in its place, but nothing drawn.
pub struct Page {
    /// Where the parts stand.
    pub layout: Layout,
    /// From degrees to pixels.
    pub view: View,
    /// The same with the boxes of what is far.
    pub spread: Spread,
    /// The page without its margin.
    pub inner: Rect,
    /// The regions of which a part is seen.
    pub visible: Vec<PlaceIndex>,
    /// The settlements and sites seen.
    pub points: Points,
    /// The keys of what is seen.
    pub legend: Legend,
    /// The forms that the legend can take.
    pub blocks: Vec<Block>,
    /// Heading and credits.
    pub marginalia: Marginalia,
    /// The hatch for which each region has room.
    pub hatches: Vec<Hatch>,
    /// Breadth of each region in pixels.
    pub breadths: Vec<f64>,
    /// Strikes and clashes seen, by place.
    pub marks: Vec<(PlaceIndex, Mark)>,
    /// The date line.
    pub situation: String,
    /// Lengths of the front line and of its band in km, where it is drawn.
    pub front: Option<[f64; 2]>,
}

impl Page {
    /// The places drawn: regions, then settlements and sites.
    pub fn drawn(&self) -> Vec<PlaceIndex> {
        self.visible.iter().copied().chain(self.points.chosen.iter().map(|p| p.place)).collect()
    }
}

impl Page {
    /// Regions of which more than an edge is seen, then settlements and sites.
    pub fn central(&self, setup: &Setup) -> Vec<PlaceIndex> {
        let [left, top, width, height] = self.view.panel;
        let is_central = |pole: &Option<Pole>| {
            let at = pole.map(|pole| self.view.place(pole.at));
            at.is_some_and(|[x, y]| (left..left + width).contains(&x) && (top..top + height).contains(&y))
        };
        let central = setup.regions.places.iter().zip(self.spread.poles(setup)).filter(|(_, pole)| is_central(pole));
        central.map(|(place, _)| *place).chain(self.points.chosen.iter().map(|p| p.place)).collect()
    }
}

/// What further moments than the request's show on the same page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span<'a> {
    /// For each place of the dataset the states that have keys; empty where those of the snapshot have.
    pub states: &'a [Vec<State>],
    /// What keys say in place of dates.
    pub lasting: Option<Lasting>,
    /// Room kept below the heading, in pixels.
    pub strip: f64,
    /// The map fills the page: heading, legend and credits stand elsewhere.
    pub bare: bool,
}

impl Span<'_> {
    /// The states of a place that have keys.
    pub(super) fn of<'s>(&'s self, place: PlaceIndex, snapshot: &'s Snapshot) -> &'s [State] {
        let i = place.0 as usize;
        if self.states.is_empty() { &snapshot.states[i..=i] } else { self.states.get(i).map_or(&[], Vec::as_slice) }
    }
}

/// Room between the outermost regions and the panel's edge, in units of the design.
const INSET: f64 = 22.0;

/// How much a page says besides its regions.
struct Detail {
    spacing: &'static Spacing,
    /// Sources that the credits name.
    sources: usize,
    /// The credits say how sources are weighed.
    method: bool,
    /// Settlements and sites are drawn, so that they need keys.
    places: bool,
    /// A page is laid out so when the map is at least this part as large as the page alone would allow.
    least: f64,
}

/// From a page with room for everything to the smallest: what matters least goes first.
const DETAILS: [Detail; 5] = [
    Detail { spacing: &ROOMY, sources: 12, method: true, places: true, least: 0.62 },
    Detail { spacing: &CLOSE, sources: 5, method: true, places: true, least: 0.54 },
    Detail { spacing: &BRIEF, sources: 2, method: false, places: true, least: 0.48 },
    Detail { spacing: &BRIEF, sources: 1, method: false, places: false, least: 0.44 },
    Detail { spacing: &TERSE, sources: 1, method: false, places: false, least: 0.0 },
];

/// The least part of the page that the panel has.
const LEAST_PANEL: f64 = 0.34;

/// Lays a page out.
pub fn page(setup: &Setup, request: &Request, span: Span, look: &Look, pen: &mut Pen) -> Page {
    let [width, height] = setup.page;
    let margin = setup.margin;
    let inner = [margin, margin, width - 2.0 * margin, height - 2.0 * margin];
    let alone = view_of(setup, inner, inner).scale;
    let [roomiest, others @ ..] = &DETAILS;
    let mut page = lay_out(setup, request, span, look, pen, inner, roomiest);
    let mut least = roomiest.least;
    for detail in others {
        let [_, _, w, h] = page.layout.panel;
        let is_legible = page.blocks.get(page.layout.block).is_none_or(|block| block.lines <= MOST_LINES);
        if is_legible && page.view.scale >= least * alone && w * h >= LEAST_PANEL * width * height {
            break;
        }
        page = lay_out(setup, request, span, look, pen, inner, detail);
        least = detail.least;
    }
    page
}

/// A view of a panel, with the data in a part of it.
fn view_of(setup: &Setup, panel: Rect, part: Rect) -> View {
    let fitted = fit(setup.projection.clone(), setup.wanted.iter().copied(), inset(setup, part));
    View { panel, ..fitted }
}

/// The view made a little smaller, where else the scale bar would stand on data.
fn with_bar(setup: &Setup, view: View, layout: &Layout, pen: &mut Pen) -> View {
    let Some(bar) = scale_bar(&view) else { return view };
    let size = bar.size(pen);
    let legend = layout.inside.then_some(layout.legend);
    let free = |at: &Rect| setup.cover.is_free((&view).into(), *at) && !legend.is_some_and(|l| meet(l, *at));
    if setup.is_close_up || scale_bar::spots(view.panel, size, pen).iter().any(free) {
        return view;
    }
    let [x, y, w, h] = layout.fit;
    let strip = size[1] + 6.0 * setup.unit;
    view_of(setup, layout.panel, [x, y, w, (h - strip).max(h / 2.0)])
}

/// The part of a panel that the outermost regions reach.
fn inset(setup: &Setup, part: Rect) -> Rect {
    grown(part, -(INSET * setup.unit).min(part[2].min(part[3]) * 0.04))
}

/// Lays a page out with a certain detail.
fn lay_out(
    setup: &Setup,
    request: &Request,
    span: Span,
    look: &Look,
    pen: &mut Pen,
    inner: Rect,
    detail: &Detail,
) -> Page {
    // a first guess of the panel settles which classes are seen; the next ones have room for their keys
    let guess = Layout { panel: inner, fit: inner, legend: [0.0; 4], block: 0, inside: false };
    let mut page = compose(setup, request, span, look, pen, (guess, inner), detail);
    if span.bare {
        return page;
    }
    for _ in 0..2 {
        let found = layout(
            &Needs {
                page: setup.page,
                margin: setup.margin,
                gap: setup.margin.max(8.0),
                padding: (13.0 * setup.unit).max(5.0),
                heading: page.marginalia.heading_height(pen) + span.strip,
                credits: page.marginalia.credits_height(pen) + setup.accent.foot,
                blocks: &page.blocks,
                aspect: setup.aspect(),
                mirrored: setup.words.direction == Direction::Rtl,
            },
            // where boxes need room the data may move
            |part, at| setup.far.is_empty() && setup.cover.is_free(Fit::new(&setup.wanted, inset(setup, part)), at),
        );
        if found == page.layout {
            break;
        }
        page = compose(setup, request, span, look, pen, (found, inner), detail);
    }
    page
}

/// Finds what a layout shows, and the legend and credits for that.
fn compose(
    setup: &Setup,
    request: &Request,
    span: Span,
    look: &Look,
    pen: &mut Pen,
    (layout, inner): (Layout, Rect),
    detail: &Detail,
) -> Page {
    let Request { dataset, snapshot, policy, .. } = *request;
    let mut keys = Keys::default();
    let Contents { view, spread, points, visible, hatches, breadths, marks } =
        contents(setup, request, span, look, pen, (&layout, detail.places), &mut keys);
    let stale_days = policy.stale_after.map_or(0, |d| d.0);
    let baseline = setup.baseline.unwrap_or(snapshot.day);
    let lengths = |wanted: Front| {
        // in a film they differ from frame to frame
        if span.lasting.is_some() {
            return None;
        }
        let arcs = setup.fronts.iter().find(|(front, _)| *front == wanted).map(|(_, arcs)| arcs);
        arcs.map(|arcs| front::km(&setup.regions, arcs))
    };
    let front = lengths(Front::Now).map(|line| [line, front::km(&setup.regions, &setup.band)]);
    let mut entries = setup.accent.keys.clone();
    let subject = Subject {
        keys: &keys,
        dataset,
        look,
        words: pen.words,
        tense: Tense { day: snapshot.day, baseline, stale_days, lasting: span.lasting },
        spacing: detail.spacing,
    };
    let own = subject.entries().into_iter().map(|(swatch, text)| match &swatch {
        Some(Swatch::Line(front)) => {
            let km = lengths(*front).map_or_else(String::new, |km| format!(": {}", words_figure::km(setup.words, km)));
            (swatch, text + &km)
        }
        _ => (swatch, text),
    });
    entries.extend(own);
    let has_line = setup.fronts.iter().any(|(front, _)| *front == Front::Now);
    let is_open = |place: &PlaceIndex| span.of(*place, snapshot).iter().any(front::is_open);
    let band = match front {
        Some([_, km]) => (km > 0.0).then(|| band_key(setup, look.unit, Some(km))),
        None => (span.lasting.is_some() && has_line && visible.iter().any(is_open))
            .then(|| band_key(setup, look.unit, None)),
    };
    if let Some(key) = band {
        // right below the line that it widens
        let line = entries.iter().position(|(swatch, _)| matches!(swatch, Some(Swatch::Line(Front::Now))));
        entries.insert(line.map_or(entries.len(), |at| at + 1), key);
    }
    let legend = Legend::of(entries, pen, detail.spacing);
    let blocks = legend.blocks(pen, inner[2]);
    let evidence = evidence(snapshot, visible.iter().copied().chain(points.chosen.iter().map(|p| p.place)));
    let amount = (detail.sources, detail.method);
    let credits = credits(dataset, snapshot, &evidence, setup.has_context, pen, amount);
    let credits = credits + &beyond(setup, &spread, dataset, pen);
    let situation = setup.accent.situation.clone().unwrap_or_else(|| situation(dataset, snapshot, pen));
    let areas = official(dataset, &visible, setup.words);
    let texts = [credits.as_str(), &areas, &setup.disclaimer];
    let marginalia = Marginalia::new(pen, &setup.title, &situation, &texts, [inner[2], inner[3]]);
    Page {
        layout,
        view,
        spread,
        inner,
        visible,
        points,
        legend,
        blocks,
        marginalia,
        hatches,
        breadths,
        marks,
        situation,
        front,
    }
}

/// What a layout shows.
pub struct Contents {
    /// From degrees to pixels.
    pub view: View,
    /// The same with the boxes of what is far.
    pub spread: Spread,
    /// The settlements and sites seen.
    pub points: Points,
    /// The regions of which a part is seen.
    pub visible: Vec<PlaceIndex>,
    /// The hatch for which each region has room.
    pub hatches: Vec<Hatch>,
    /// Breadth of each region in pixels.
    pub breadths: Vec<f64>,
    /// Strikes and clashes seen, by place.
    pub marks: Vec<(PlaceIndex, Mark)>,
}

/// Finds what a layout shows, and adds its classes to `keys`; settlements and sites only where `places` says so or the
/// options do.
pub fn contents(
    setup: &Setup,
    request: &Request,
    span: Span,
    look: &Look,
    pen: &mut Pen,
    (layout, places): (&Layout, bool),
    keys: &mut Keys,
) -> Contents {
    let Request { dataset, snapshot, .. } = *request;
    let taken = layout.inside.then_some(layout.legend);
    let mut spread = Spread::plain(view_of(setup, layout.panel, layout.fit));
    if !setup.far.is_empty() {
        let wants = far_box::wants(setup, request, span, pen);
        let found = self::spread(setup, spread.view.clone(), inset(setup, layout.fit), taken, &wants, pen);
        spread = found.unwrap_or(Spread { left_out: true, ..Spread::plain(spread.view) });
    }
    if spread.boxes.is_empty() {
        spread = Spread { left_out: spread.left_out, ..Spread::plain(with_bar(setup, spread.view, layout, pen)) };
    }
    let view = spread.view.clone();
    let only = setup.accent.points.as_ref();
    let mut points =
        points(dataset, snapshot, (&view, &|at| spread.forward(setup, at)), pen, setup.choice, (taken, only));
    if !places && setup.choice == PlaceChoice::Auto {
        points.hidden.extend(points.chosen.drain(..).map(|p| p.place));
    }
    let visible = visible(&setup.regions, dataset, spread.plane(setup), &view);
    let breadths = breadths(spread.poles(setup), &view);
    let mut hatches = vec![Hatch::Full; breadths.len()];
    // what is seen is in the order of all regions
    let mut seen = visible.iter().peekable();
    for ((place, breadth), hatch) in setup.regions.places.iter().zip(&breadths).zip(&mut hatches) {
        let is_seen = seen.next_if_eq(&place).is_some();
        for state in span.of(*place, snapshot) {
            let own = look.hatch(state, *breadth);
            *hatch = (*hatch).max(own);
            let form = if own == Hatch::Symbol { Form::Narrow } else { Form::Area };
            if is_seen {
                keys.add(dataset.place(*place), state, form, look.is_changed(state));
            }
        }
        if let (true, Some(region)) = (is_seen, dataset.place(*place).region) {
            keys.add_ground(&snapshot.states[place.0 as usize], dataset.regions.get(region).km2);
        }
    }
    for (front, arcs) in &setup.fronts {
        if arcs.iter().any(|i| spread.plane(setup)[*i as usize].iter().any(|p| holds(view.panel, view.place(*p)))) {
            let sign = if *front == Front::Now { Sign::Front } else { Sign::Baseline };
            keys.signs.entry(sign).or_default();
        }
    }
    for point in &points.chosen {
        for state in span.of(point.place, snapshot) {
            keys.add(dataset.place(point.place), state, Form::Symbol, look.is_changed(state));
        }
    }
    let is_seen = |place: &PlaceIndex| match dataset.place(*place).at {
        Some(at) => holds(grown(view.panel, -12.0 * setup.unit), spread.forward(setup, at)),
        None => visible.contains(place),
    };
    let marks: Vec<(PlaceIndex, Mark)> = setup
        .marks
        .iter()
        .filter(|(place, _)| is_seen(place))
        .flat_map(|(place, marks)| marks.iter().map(|mark| (*place, *mark)))
        .collect();
    marks.iter().for_each(|(_, mark)| keys.add_mark(*mark));
    Contents { view, spread, points, visible, hatches, breadths, marks }
}

/// The key of ground between holders of which one at least is not certain, with the length of its borders where
/// that is the same in all that is drawn.
fn band_key(setup: &Setup, unit: f64, km: Option<f64>) -> (Option<Swatch>, String) {
    let figure = figure_words(setup.words.lang);
    let text = match km {
        Some(km) => fill(figure.front_band, &[("km", &words_figure::km(setup.words, km))]),
        None => figure.front_band.trim_end_matches("{km}").trim_end_matches([' ', ':']).to_owned(),
    };
    (Some(Swatch::Strokes(vec![front::band_stroke(unit)])), text)
}

/// Says of which regions far islands are not shown.
fn beyond(setup: &Setup, spread: &Spread, dataset: &Dataset, pen: &Pen) -> String {
    let mut places = setup.beyond.clone();
    if spread.left_out {
        places.extend(setup.far.iter().flat_map(|far| far.places(&setup.regions)));
        places.sort_unstable();
        places.dedup();
    }
    if places.is_empty() {
        return String::new();
    }
    let name = |place: &PlaceIndex| pen.words.isolate(dataset.place(*place).names.get(pen.words.lang));
    let names: Vec<String> = places.iter().map(name).collect();
    format!(" {}", fill(pen.words.beyond, &[("places", &pen.words.list(&names))]))
}
