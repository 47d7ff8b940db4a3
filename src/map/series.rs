//! Maps of many moments on one page: one legend, layout, projection and set of label positions for all.
//!
//! The page is drawn once for the whole period; a frame is then only what differs from moment to moment.

mod frame;
mod told;

use super::annotation::{self, Fight, fights, marks};
use super::describe::Describer;
use super::far_box;
use super::legend::Lasting;
use super::page::{Page, Span};
use super::panel::Panel;
use super::pen::Pen;
use super::recolor::Tones;
use super::seen::Seen;
use super::setup::Setup;
use super::strip::{Caption, Strip};
use super::style::unit;
use super::{Drawn, Request, draw_page, heading, pen, theme, words};
use crate::diag::Checked;
use crate::model::{Dataset, Day, Moment, PlaceIndex};
use crate::project::{Days, MapOptions, PolicyOptions, Since, Size, Theme};
use crate::scene::{Film, Group, Node, Scene};
use crate::timeline::Snapshot;
use std::sync::Mutex;

/// The groups of the page that change, from bottom to top.
const CHANGING: [&str; 9] =
    ["regions", "places", "narrow", "leaders", "region-names", "place-names", "heading", "progress", "caption"];

/// The groups of [`CHANGING`] that lie on the map.
const ON_MAP: usize = 6;

/// Size of type and symbols on a bare map, whose page is seen at about its own size or smaller.
const BARE_SCALE: f64 = 1.75;
/// Width in pixels of a bare map, and the least and greatest ratio of its width to its height.
const BARE: (f64, [f64; 2]) = (900.0, [0.75, 1.9]);

/// What stands on the page besides the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Heading, legend, strip and credits.
    Page {
        /// Each frame says below the date what changed.
        caption: bool,
    },
    /// Nothing: the map fills a page of its own proportions, in the light theme or in grey.
    Bare,
}

/// A page made ready for many moments.
pub struct Series<'a> {
    dataset: &'a Dataset,
    options: MapOptions,
    policy: PolicyOptions,
    setup: Setup,
    page: Page,
    panel: Panel,
    film: Film,
    /// One for each thread that draws at once; what they know of fonts changes no line.
    pens: Mutex<Vec<Pen>>,
    tones: Option<Tones>,
    drawn: Vec<PlaceIndex>,
    /// The first day that an event on each place may speak of.
    spoken: Vec<Day>,
    fights: Vec<Fight<'a>>,
    fight_days: i32,
    /// Lines of the title, in the colours of the theme.
    title: Vec<Node>,
    strip: Strip,
    caption: Option<Caption>,
    description_tail: String,
    all: Snapshot,
    told: Drawn,
}

impl<'a> Series<'a> {
    /// Lays the page out for all moments seen, of which the request's is the last; nothing where there is none.
    ///
    /// # Errors
    /// As for [`super::draw`].
    pub fn new(dataset: &'a Dataset, request: &Request, seen: &Seen, form: Form) -> Checked<Option<Self>> {
        let bare = form == Form::Bare;
        let mut options = request.options.clone();
        if bare {
            options.size = Some(Size { width: BARE.0 as u32, height: BARE.0 as u32 });
            options.theme = options.theme.filter(|theme| *theme == Theme::Grey);
            (options.style, options.scale) = (None, None);
        }
        let options = &options;
        let request = &Request { options, ..*request };
        let policy = request.policy;
        let caption = form == Form::Page { caption: true };
        let mut faults = Vec::new();
        let Some((first, last)) = seen.ends() else { return Checked { value: None, diagnostics: faults } };
        let Some(mut setup) = Setup::new(request).take(&mut faults) else {
            return Checked { value: None, diagnostics: faults };
        };
        if bare {
            let (width, [least, most]) = BARE;
            setup.page = [width, (width / setup.aspect().clamp(least, most)).round()];
            setup.unit = unit(setup.page, BARE_SCALE);
            setup.margin = 0.0;
        }
        let fights = fights(dataset, last.known_by, policy.exclude(), &setup.regions.places);
        let fight_days = options.strikes.map_or(annotation::DAYS, |d| d.0);
        setup.marks = marks(&fights, last.day, last.day.0.saturating_sub(first.day.0).saturating_add(fight_days));
        setup.changed_since = options.changed_since.map(|since| since.day(first.day));
        let mut pen = pen(&setup);
        let describer = Describer { dataset, words: setup.words, day: last.day };
        let shares = seen.shares(&setup.regions.places, &describer, &mut pen);
        let all = seen.all(last);
        let changed = options.changed_since.and_then(|since| match since {
            Since::Days(Days(days)) => Some(days),
            Since::Day(_) => None,
        });
        let lines = 1.0 + f64::from(u8::from(caption));
        let height = Strip::HEIGHT * setup.unit.max(0.6);
        let lasting = Some(Lasting { changed, fights: fight_days });
        let span = Span { states: seen.states(), lasting, strip: height * lines, bare };
        let (drawn, page, panel) =
            match draw_page(&setup, &Request { snapshot: &all, ..*request }, span, Some(&shares), &mut pen) {
                Ok(parts) => parts,
                Err(fault) => {
                    faults.push(fault);
                    return Checked { value: None, diagnostics: faults };
                }
            };
        let mut scene = drawn.scene.clone();
        let title = scene.title.clone();
        let told = Drawn { scene: Scene { title, ..Scene::default() }, ..drawn };
        let tones = Tones::new(theme::theme(setup.theme), &setup.held, setup.unit);
        let places = page.drawn();
        let [x, _, width, _] = page.inner;
        let top = page.layout.panel[1] - height - 4.0 * setup.unit;
        let caption = caption.then(|| Caption::new(&pen, [x, top - height, width, height]));
        let (strip, mut line) =
            Strip::new(&mut pen, [x, top, width, height], dataset.offset, seen.period(), seen.ticks(&places));
        if let Some(tones) = &tones {
            tones.nodes(&mut line);
        }
        let group = |id: &str, nodes| Node::Group(Group { id: id.into(), nodes, ..Group::default() });
        let mut changing = CHANGING.map(str::to_owned).to_vec();
        if bare {
            changing.truncate(ON_MAP);
        } else {
            scene.nodes.extend([group("period", line), group("progress", Vec::new()), group("caption", Vec::new())]);
        }
        let mut title = find(&scene.nodes, "heading").map(|g| g.nodes.clone()).unwrap_or_default();
        title.truncate(page.marginalia.title_lines());
        let mut description_tail = String::new();
        if !panel.dropped.is_empty() {
            description_tail = words::fill(setup.words.dropped, &[("count", &panel.dropped.len().to_string())]);
        }
        let boxed = far_box::told(&setup, &page, &describer);
        description_tail =
            boxed.into_iter().chain(Some(description_tail)).collect::<Vec<_>>().join(" ").trim().to_owned();
        let film = Film { page: scene, changing };
        let spoken = seen.spoken().to_vec();
        let mut series = Self {
            dataset,
            options: options.clone(),
            policy: policy.clone(),
            setup,
            page,
            panel,
            film,
            pens: Mutex::new(vec![pen]),
            tones,
            drawn: places,
            spoken,
            fights,
            fight_days,
            title,
            strip,
            caption,
            description_tail,
            all,
            told,
        };
        series.tell_of(first, last);
        Checked { value: Some(series), diagnostics: faults }
    }

    /// Writes what the film as a whole is: how it begins and how it ends.
    fn tell_of(&mut self, first: &Snapshot, last: &Snapshot) {
        let [begin, end] = [first, last].map(|snapshot| self.frame(snapshot, &[]));
        let page = &mut self.film.page;
        let days = [first, last].map(|snapshot| self.setup.words.day(snapshot.day));
        page.title = heading(&self.setup.title, &days.join(" – "));
        page.description = format!("{} {}", begin.description, end.description);
        page.metadata = end.metadata;
        page.metadata.retain(|(key, _)| key != "date");
        page.metadata.extend([("from", first), ("to", last)].map(|(key, s)| (key.to_owned(), s.day.to_string())));
    }

    /// What all frames share.
    pub fn film(&self) -> &Film {
        &self.film
    }

    /// The moments seen at which something drawn changed.
    pub fn changing(&self) -> &[Moment] {
        self.strip.ticks()
    }

    /// What is to be known of the page, which has no drawing here.
    pub fn told(&self) -> &Drawn {
        &self.told
    }

    /// The facts of the page's making.
    pub fn metadata(&mut self) -> &mut Vec<(String, String)> {
        &mut self.film.page.metadata
    }

    /// One state for each place that rests on all that any frame does.
    pub fn all(&self) -> &Snapshot {
        &self.all
    }

    /// The places drawn in some frame: regions, then settlements and sites.
    pub fn drawn(&self) -> &[PlaceIndex] {
        &self.drawn
    }

    fn is_spoken(&self, place: PlaceIndex, day: Day) -> bool {
        self.spoken[place.0 as usize] <= day
    }
}

fn find<'n>(nodes: &'n [Node], id: &str) -> Option<&'n Group> {
    nodes.iter().find_map(|node| match node {
        Node::Group(group) if group.id == id => Some(group),
        Node::Group(group) => find(&group.nodes, id),
        _ => None,
    })
}
