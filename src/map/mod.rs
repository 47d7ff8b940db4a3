//! A snapshot as a map: takes a dataset, who holds what at a moment, and options; gives a [`Scene`].
//!
//! One file an element. Colours, texts and positions are settled here, so that writers need to know
//! nothing of regions, actors or dates.

pub(crate) mod accent;
mod annotation;
mod block;
mod callout;
mod changing;
mod coast;
mod context;
pub(crate) mod cover;
pub(crate) mod describe;
mod disclaimer;
mod extent;
pub(crate) mod far;
mod far_box;
mod foremost;
pub(crate) mod front;
mod graticule;
mod ground;
mod halo;
mod inset;
pub(crate) mod key;
pub(crate) mod label;
mod language;
pub(crate) mod layout;
pub(crate) mod legend;
pub(crate) mod look;
pub(crate) mod marginalia;
mod names;
mod north_arrow;
pub(crate) mod official;
pub(crate) mod page;
pub(crate) mod panel;
pub(crate) mod pen;
pub(crate) mod point;
mod point_name;
pub(crate) mod recolor;
pub(crate) mod region;
mod region_name;
mod remote;
mod scale_bar;
mod sea;
mod seen;
mod series;
pub(crate) mod setup;
mod story_words;
mod strip;
pub(crate) mod style;
mod summary;
pub(crate) mod swatch;
pub(crate) mod symbol;
pub(crate) mod theme;
mod tint;
mod wish;
pub(crate) mod words;
pub(crate) mod words_figure;
pub(crate) mod wrap;

pub use key::holders;

use crate::diag::{Checked, Diagnostic};
use crate::model::{Dataset, Moment, Offset, PlaceIndex, Surroundings};
use crate::palette::Tints;
use crate::project::{MapOptions, PolicyOptions};
use crate::scene::{Node, Paint, Path, Scene, Shaper, Stroke};
use crate::timeline::Snapshot;
use describe::Describer;
use page::{Page, Span};
use panel::Panel;
use pen::Pen;
use recolor::Tones;
pub use seen::Seen;
pub use series::{Form, Series};
use setup::Setup;
use std::borrow::Cow;
pub use story_words::{StoryWords, story_words};

/// Gives the countries and waters that meet a box: west, south, east, north in degrees.
pub type Neighbours = fn([f64; 4]) -> Surroundings;

/// What a map is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Regions, places, actors, sources, events.
    pub dataset: &'a Dataset,
    /// Who held what.
    pub snapshot: &'a Snapshot,
    /// How it looks.
    pub options: &'a MapOptions,
    /// The policy that the snapshot was made under, for the legend.
    pub policy: &'a PolicyOptions,
    /// Title, where the options have none.
    pub title: &'a str,
    /// Where neighbouring countries and waters come from.
    pub neighbours: Option<Neighbours>,
}

/// A map, and what of it found no room.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The drawing.
    pub scene: Scene,
    /// The figure in two sentences, for those who do not see it: what, when, and who holds how much.
    pub alt: String,
    /// Every source that it rests on, how they are weighed, and whose the boundaries are.
    pub credits: String,
    /// Places whose name or symbol was left out for want of room, sorted.
    pub dropped: Vec<PlaceIndex>,
    /// Regions of which far islands are not shown, sorted.
    pub beyond: Vec<PlaceIndex>,
    /// Regions that are, or of which a part is, in boxes of their own, sorted.
    pub boxed: Vec<PlaceIndex>,
    /// How many times larger the map is for that.
    pub boxed_gain: f64,
    /// The regions, settlements and sites on it.
    pub places: Vec<PlaceIndex>,
    /// Name of the projection.
    pub projection: &'static str,
    /// Why it is that one.
    pub projection_reason: &'static str,
    /// What is to be known of the map though nothing is wrong, in the manner of a diagnostic's message.
    pub notes: Vec<String>,
}

/// Draws a map.
///
/// # Errors
/// Diagnostics where an option names what is not there (`unknown-place` for the extent, `bad-word` for
/// projection or palette), the palette does not suffice, or the image is too large.
pub fn draw(request: &Request) -> Checked<Option<Drawn>> {
    let mut faults = Vec::new();
    // fonts are opened meanwhile
    let (setup, shaper) = rayon::join(|| Setup::new(request), Shaper::new);
    let drawn = setup.take(&mut faults).map(|setup| {
        let mut pen = pen_with(&setup, shaper);
        let drawn = draw_page(&setup, request, Span::default(), None, &mut pen).map(|(drawn, ..)| drawn);
        faults.extend(language::missing_letters(request, pen.shaper.missing()));
        drawn
    });
    let value = drawn.transpose().unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    Checked { value, diagnostics: faults }
}

/// The least part of the page, and the least width and height in pixels, that make a map.
const LEAST_MAP: (f64, f64) = (0.12, 90.0);

/// Refuses a page whose keys and credits leave no room for the map.
pub(crate) fn check_room(setup: &Setup, [_, _, width, height]: [f64; 4]) -> Result<(), Diagnostic> {
    let [page_width, page_height] = setup.page;
    let (part, side) = LEAST_MAP;
    if width * height >= part * page_width * page_height && width.min(height) >= side {
        return Ok(());
    }
    let message = format!("a page of {page_width} x {page_height} pixels has no room for the map beside its keys");
    let hint = "use a larger `--size`, `--draw-places none`, or a close-up with `--extent`, which needs fewer keys";
    Err(Diagnostic::new("no-room", message).value(format!("{page_width}x{page_height}")).hint(hint))
}

/// Lists the fills that a map would have, for [`crate::palette::lint`].
///
/// # Errors
/// As of [`draw`].
pub fn tints(request: &Request) -> Checked<Option<Tints>> {
    let mut faults = Vec::new();
    let setup = Setup::new(request).take(&mut faults);
    let value = setup.map(|setup| {
        let mut pen = pen(&setup);
        let look = setup.look(request.dataset);
        let page = page::page(&setup, request, Span::default(), &look, &mut pen);
        tint::tints(&setup, &page, request, &look)
    });
    Checked { value, diagnostics: faults }
}

/// What a map is written with.
pub(crate) fn pen(setup: &Setup) -> Pen {
    pen_with(setup, Shaper::new())
}

fn pen_with(setup: &Setup, shaper: Shaper) -> Pen {
    let Setup { unit, words, digits, .. } = *setup;
    Pen { shaper, unit, words, digits, second: setup.second.clone() }
}

/// Draws a page, and gives where its parts stand; `shares` are the lines below the name of each region, where
/// those are not of the snapshot's state.
pub(crate) fn draw_page(
    setup: &Setup,
    request: &Request,
    span: Span,
    shares: Option<&[Vec<String>]>,
    pen: &mut Pen,
) -> Result<(Drawn, Page, Panel), Diagnostic> {
    let Request { dataset, snapshot, .. } = *request;
    let unit = setup.unit;
    let look = setup.look(dataset);
    let describer = Describer { dataset, words: setup.words, day: snapshot.day };
    let page = page::page(setup, request, span, &look, pen);
    check_room(setup, page.layout.panel)?;
    let state = |place: &PlaceIndex| describer.label_lines(&snapshot.states[place.0 as usize]);
    let own = || setup.regions.places.iter().map(state).collect::<Vec<_>>();
    let shares = shares.map_or_else(|| Cow::Owned(own()), Cow::Borrowed);
    let mut panel = panel::panel(setup, &page, request, &look, &describer, &shares, pen);
    let dropped = panel.dropped.clone();

    let [x, y, w, h] = page.layout.panel;
    let edge = Path { id: "panel".into(), ..Path::rect(x, y, w, h) }.stroked(Stroke::solid(theme::RULE, unit.max(0.6)));
    let mut nodes = vec![Node::Group(std::mem::take(&mut panel.group)), Node::Path(edge)];
    if !span.bare {
        nodes.push(page.legend.draw(pen, &look, &page.layout, &page.blocks));
        nodes.extend(page.marginalia.draw(pen, page.inner));
    }
    let mut background = Paint::solid(theme::PAPER);
    if let Some(tones) = Tones::new(theme::theme(setup.theme), &setup.held, unit) {
        tones.nodes(&mut nodes);
        background = tones.background(background);
    }

    let drawn = page.drawn();
    // of a close-up, regions that are seen to their middle: those at the edge are not its subject
    let central = page.central(setup);
    let summary = summary::summary(&describer, snapshot, &central, setup.changed_since);
    let title = heading(&setup.title, &page.situation);
    let alt = format!("{title}. {}", summary.first().map_or("", String::as_str)).trim_end().to_owned();
    let mut description = format!("{}. {} {}", page.situation, summary.join(" "), describer.snapshot(snapshot, &drawn));
    if !page.marks.is_empty() {
        description.push(' ');
        description += &describer.marks(&page.marks);
    }
    if let Some([line, band]) = page.front {
        description.push(' ');
        description += &words_figure::front(setup.words, line, band);
    }
    let boxed = far_box::places(setup, &page);
    if let Some(told) = far_box::told(setup, &page, &describer) {
        description.push(' ');
        description += &told;
    }
    if !dropped.is_empty() {
        description.push(' ');
        description += &words::fill(setup.words.dropped, &[("count", &dropped.len().to_string())]);
    }
    let named = |sources: usize| {
        let evidence = point::evidence(snapshot, drawn.iter().copied());
        marginalia::credits(dataset, snapshot, &evidence, setup.has_context, pen, (sources, true))
    };
    description.push(' ');
    description += &named(DESCRIBED_SOURCES);
    let credits = named(usize::from(u16::MAX));
    let projection = setup.projection.raw.name;
    let scene = Scene {
        width: setup.page[0],
        height: setup.page[1],
        scale: setup.scale,
        title,
        description,
        lang: setup.words.lang.to_owned(),
        direction: setup.words.direction,
        background,
        metadata: metadata(request, projection),
        nodes,
    };
    let arrow = north_arrow::note(&page.view, setup.shown[1]);
    let notes = language::notes(request, setup.words).into_iter().chain(arrow).collect();
    let beyond = setup.beyond.clone();
    let projection_reason = setup.projection.reason;
    let boxed_gain = setup.gain;
    let drawn = Drawn {
        scene,
        alt,
        credits,
        dropped,
        beyond,
        boxed,
        boxed_gain,
        places: drawn,
        projection,
        projection_reason,
        notes,
    };
    Ok((drawn, page, panel))
}

/// Gives nodes the colours of the theme.
pub(crate) fn in_theme(setup: &Setup, nodes: &mut [Node]) {
    if let Some(tones) = Tones::new(theme::theme(setup.theme), &setup.held, setup.unit) {
        tones.nodes(nodes);
    }
}

/// The most sources that the description names.
const DESCRIBED_SOURCES: usize = 12;

/// Title for machines: at most 250 characters.
pub(crate) fn heading(title: &str, situation: &str) -> String {
    let full = if title.is_empty() { situation.to_owned() } else { format!("{title}: {situation}") };
    full.chars().take(250).collect()
}

/// A moment in the project's time zone: the day alone at its end, else with its time.
fn instant(moment: Moment, offset: Offset) -> String {
    let day = offset.day_of(moment);
    if moment == offset.end_of(day) {
        return day.to_string();
    }
    let seconds = moment.0 - offset.start_of(day).0;
    let zone = offset.0 / 60;
    let sign = if zone < 0 { '-' } else { '+' };
    let (hours, minutes) = (zone.abs() / 60, zone.abs() % 60);
    format!("{day}T{:02}:{:02}:{:02}{sign}{hours:02}:{minutes:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Facts about the making of the figure; no path, no clock, no user.
pub(crate) fn metadata(request: &Request, projection: &str) -> Vec<(String, String)> {
    let Request { dataset, snapshot, policy, .. } = *request;
    let edition = &dataset.regions.edition;
    let mut facts = vec![
        ("generator".to_owned(), format!("controlmap {}", env!("CARGO_PKG_VERSION"))),
        ("date".to_owned(), instant(snapshot.moment, dataset.offset)),
        ("policy".to_owned(), snapshot.policy.clone()),
        ("exclude".to_owned(), policy.exclude().join(", ")),
        ("projection".to_owned(), projection.to_owned()),
        ("boundaries".to_owned(), edition.name.clone()),
        ("boundaries-licence".to_owned(), edition.licence.clone()),
    ];
    if let Some(known_by) = snapshot.known_by {
        facts.push(("known-by".to_owned(), instant(known_by, dataset.offset)));
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}
