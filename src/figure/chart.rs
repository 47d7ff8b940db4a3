//! Charts: takes a dataset and its timeline, gives a page with a chart.

use super::sheet::{self, Sheet};
use super::{chart_area, chart_bars, chart_spells};
use crate::diag::{Checked, Diagnostic};
use crate::map::legend::{BRIEF, CLOSE, ROOMY, Spacing, TERSE};
use crate::map::look::Look;
use crate::map::pen::Style;
use crate::map::setup::Setup;
use crate::map::swatch::Swatch;
use crate::map::words::{Words, fill};
use crate::map::words_figure::{FigureWords, figure_words, grouped};
use crate::map::{self, Drawn, Request, legend, theme};
use crate::model::{Dataset, EventIndex, Level, Moment};
use crate::project::{ChartKind, MapOptions, PolicyOptions};
use crate::scene::Node;
use crate::timeline::{Snapshot, Timeline};

/// What a chart is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct ChartRequest<'a> {
    /// Regions, places, actors, sources, events.
    pub dataset: &'a Dataset,
    /// Who held what, when.
    pub timeline: &'a Timeline,
    /// What it shows.
    pub kind: ChartKind,
    /// Its first moment.
    pub from: Moment,
    /// Its last moment, or its only one.
    pub to: Moment,
    /// How it looks.
    pub options: &'a MapOptions,
    /// The page is as high as asked, rather than as high as it must be.
    pub has_size: bool,
    /// The policy that the timeline was made under.
    pub policy: &'a PolicyOptions,
    /// Title, where the options have none.
    pub title: &'a str,
}

/// What charts are drawn with.
pub(super) struct Chart<'a> {
    pub request: ChartRequest<'a>,
    pub setup: &'a Setup,
    pub look: Look<'a>,
    /// The level of the regions counted.
    pub level: Level,
    pub words: &'static Words,
    pub figure: &'static FigureWords,
    /// At the last moment.
    pub last: &'a Snapshot,
    /// How closely the keys stand, and how much they say.
    pub spacing: &'static Spacing,
}

/// A key of a legend; without a swatch it is a heading.
pub(super) type Key = (Option<Swatch>, String);

/// A chart whose texts are known.
pub(super) struct Told {
    /// What it shows, in a line.
    pub subtitle: String,
    /// Its keys.
    pub keys: Vec<Key>,
    /// What it shows, in sentences.
    pub description: String,
    /// What needs a word where the chart has no keys of its own.
    pub note: &'static str,
    /// The events that it rests on.
    pub evidence: Vec<EventIndex>,
}

/// The letters of ticks and labels.
pub(super) const TICK: Style = Style { size: 13.5, weight: 400, color: theme::MUTED };
/// The letters beside or inside data.
pub(super) const LABEL: Style = Style { size: 14.0, weight: 400, color: theme::INK };

/// A kind of chart.
struct Kind {
    kind: ChartKind,
    /// Its texts.
    tell: fn(&Chart) -> Told,
    /// The height that suits it, in pixels.
    height: fn(&Chart, &map::pen::Pen) -> f64,
    /// The least height at which it can be read, in pixels.
    least: fn(&Chart, &map::pen::Pen) -> f64,
    /// Draws it into a rectangle.
    draw: fn(&Chart, &mut map::pen::Pen, [f64; 4]) -> Vec<Node>,
}

/// Every kind of chart.
const KINDS: &[Kind] = &[
    Kind {
        kind: ChartKind::Area,
        tell: chart_area::tell,
        height: chart_area::height,
        least: chart_area::least,
        draw: chart_area::draw,
    },
    Kind {
        kind: ChartKind::Spells,
        tell: chart_spells::tell,
        height: chart_spells::height,
        least: chart_spells::least,
        draw: chart_spells::draw,
    },
    Kind {
        kind: ChartKind::Bars,
        tell: chart_bars::tell,
        height: chart_bars::height,
        least: chart_bars::least,
        draw: chart_bars::draw,
    },
];

/// Draws a chart on a page of its own.
///
/// # Errors
/// As for [`crate::map::draw`].
pub fn chart(request: &ChartRequest) -> Checked<Option<Drawn>> {
    let ChartRequest { dataset, timeline, to, options, policy, title, .. } = *request;
    let snapshot = timeline.snapshot(dataset, to);
    let map_request = Request { dataset, snapshot: &snapshot, options, policy, title, neighbours: None };
    let mut faults = Vec::new();
    let Some(mut setup) = Setup::new(&map_request).take(&mut faults) else {
        return Checked { value: None, diagnostics: faults };
    };
    let kind = kind(request.kind);
    let mut pen = map::pen(&setup);
    // keys say less and stand closer until the chart can be read
    let mut found: Option<(Sheet, Told, f64)> = None;
    let mut least = 0.0;
    for spacing in [&ROOMY, &CLOSE, &BRIEF, &TERSE] {
        let chart = Chart { spacing, ..Chart::new(*request, &setup, &snapshot) };
        let told = (kind.tell)(&chart);
        let legend = legend::Legend::of(told.keys.clone(), &mut pen, spacing);
        let sheet = Sheet::new(&setup, &map_request, &mut pen, told.subtitle.clone(), legend, &told.evidence);
        let room = sheet.panel()[3];
        least = (kind.least)(&chart, &pen);
        if found.as_ref().is_none_or(|(_, _, most)| room > *most) {
            found = Some((sheet, told, room));
        }
        if room >= least {
            break;
        }
    }
    let (mut sheet, told, room) = found.expect("it was tried");
    if room < 0.7 * least {
        let [width, height] = setup.page;
        let message = format!("a page of {width} x {height} pixels has no room for the chart and its keys");
        let fault = Diagnostic::new("no-room", message).value(format!("{width}x{height}"));
        faults.push(fault.hint("use a larger `--size`"));
        return Checked { value: None, diagnostics: faults };
    }
    let height = (kind.height)(&Chart::new(*request, &setup, &snapshot), &pen);
    if !request.has_size {
        setup.page[1] = sheet.lower(height, setup.page[1]);
    }
    let chart = Chart::new(*request, &setup, &snapshot);
    let nodes = (kind.draw)(&chart, &mut pen, sheet.panel());
    let credits = sheet::credits_of(&map_request, &told.evidence, &setup, &pen);
    let description = format!("{} {credits}", told.description);
    let scene = sheet.scene(&setup, &map_request, &chart.look, &mut pen, nodes, description);
    let alt = sheet::alt(&scene);
    let drawn = Drawn {
        scene,
        alt,
        credits,
        dropped: Vec::new(),
        beyond: Vec::new(),
        boxed: Vec::new(),
        boxed_gain: 1.0,
        places: setup.regions.places.clone(),
        projection: "",
        projection_reason: "",
        notes: Vec::new(),
    };
    Checked { value: Some(drawn), diagnostics: faults }
}

fn kind(kind: ChartKind) -> &'static Kind {
    KINDS.iter().find(|k| k.kind == kind).expect("every kind has an entry")
}

/// The height that suits a chart, in pixels.
pub(super) fn natural(request: &ChartRequest, setup: &Setup, last: &Snapshot, pen: &map::pen::Pen) -> f64 {
    (kind(request.kind).height)(&Chart::new(*request, setup, last), pen)
}

/// A chart in a rectangle of another figure: what it shows, and the drawing.
pub(super) fn inside(
    request: &ChartRequest,
    setup: &Setup,
    last: &Snapshot,
    pen: &mut map::pen::Pen,
    rect: [f64; 4],
) -> (Told, Vec<Node>) {
    let chart = Chart::new(*request, setup, last);
    let told = (kind(request.kind).tell)(&chart);
    (told, (kind(request.kind).draw)(&chart, pen, rect))
}

impl<'a> Chart<'a> {
    pub fn new(request: ChartRequest<'a>, setup: &'a Setup, last: &'a Snapshot) -> Self {
        let look = Look { changed_since: None, ..setup.look(request.dataset) };
        let level = setup.regions.places.first().map_or(Level::Adm1, |p| request.dataset.place(*p).level);
        Self {
            request,
            setup,
            look,
            level,
            words: setup.words,
            figure: figure_words(setup.words.lang),
            last,
            spacing: &ROOMY,
        }
    }

    /// The keys of those who hold ground, and those of anything else, each below its heading.
    pub fn headed(&self, holders: Vec<Key>, others: Vec<Key>) -> Vec<Key> {
        let headed = |heading: &str, keys: Vec<Key>| {
            let heading = (!keys.is_empty()).then(|| (None, heading.to_owned()));
            heading.into_iter().chain(keys)
        };
        headed(self.words.control, holders).chain(headed(self.words.signs, others)).collect()
    }

    /// Short name of an actor.
    pub fn short(&self, actor: crate::model::ActorIndex) -> String {
        let actor = self.request.dataset.actor(actor).on(self.last.day);
        self.words.isolate(actor.label(self.words.lang))
    }

    /// Full name of an actor, or the short one where keys are brief.
    pub fn full(&self, actor: crate::model::ActorIndex) -> String {
        let actor = self.request.dataset.actor(actor).on(self.last.day);
        let name =
            if self.spacing.is_brief() { actor.label(self.words.lang) } else { actor.names.get(self.words.lang) };
        self.words.isolate(name)
    }

    /// An area in words.
    pub fn km2(&self, km2: f64) -> String {
        fill(self.figure.km2, &[("km2", &self.words.isolate(&grouped(km2)))])
    }

    /// The days of the chart in words.
    pub fn days(&self) -> String {
        let offset = self.request.dataset.offset;
        self.words.days(offset.day_of(self.request.from), offset.day_of(self.request.to))
    }
}
