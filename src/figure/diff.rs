//! What changed hands between two dates: takes a window of time, gives a map.
//!
//! Inside a changed region stands who holds it now, in a rim along its edge who held it before; what did not change is
//! faded. Changes whose date may lie outside the window have a broken outline, and what may have changed besides a
//! dotted one.

use super::diff_words::{Teller, told};
use super::sheet;
use crate::diag::Checked;
use crate::map::accent::{Accent, RIM, fade};
use crate::map::describe::Describer;
use crate::map::front::{self, Front};
use crate::map::look::Look;
use crate::map::page::Span;
use crate::map::setup::Setup;
use crate::map::swatch::Swatch;
use crate::map::words::fill;
use crate::map::words_figure::figure_words;
use crate::map::{self, Drawn, Neighbours, Request, theme};
use crate::model::{Control, Dataset, PlaceIndex};
use crate::project::{MapOptions, PlaceChoice, PolicyOptions};
use crate::projection::Extent;
use crate::scene::{ArcStroke, Paint, Stroke};
use crate::timeline::{Dating, Flow, Snapshot, State, Window, flows};
use std::collections::BTreeMap;

/// What a figure of change is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct DiffRequest<'a> {
    /// Regions, places, actors, sources, events.
    pub dataset: &'a Dataset,
    /// Who held what at both ends, and how sure the changes are.
    pub window: &'a Window,
    /// How it looks.
    pub options: &'a MapOptions,
    /// The policy that the window was made under.
    pub policy: &'a PolicyOptions,
    /// Title, where the options have none.
    pub title: &'a str,
    /// Where neighbouring countries and waters come from.
    pub neighbours: Option<Neighbours>,
}

/// Draws what changed.
///
/// # Errors
/// As for [`crate::map::draw`].
pub fn diff(request: &DiffRequest) -> Checked<Option<Drawn>> {
    let DiffRequest { dataset, window, options, policy, title, neighbours } = *request;
    // how old a word is, is not the subject
    let [before, after] = [&window.before, &window.after].map(fresh);
    let map_request = Request { dataset, snapshot: &after, options, policy, title, neighbours };
    let mut faults = Vec::new();
    let Some(mut setup) = Setup::new(&map_request).take(&mut faults) else {
        return Checked { value: None, diagnostics: faults };
    };
    let level = setup.regions.places.first().map(|p| dataset.place(*p).level);
    let all = level.map_or_else(Vec::new, |level| flows(dataset, &before, &after, level));
    let seen = wanted(&setup);
    let is_seen = |flow: &&Flow| seen.contains(&flow.place);
    let flows: Vec<Flow> = all.iter().filter(is_seen).cloned().collect();
    let mut pen = map::pen(&setup);
    let describer = Describer { dataset, words: setup.words, day: after.day };
    let teller = Teller { describer, figure: figure_words(setup.words.lang), offset: dataset.offset };
    let changes = Changes { dataset, before: &before, after: &after, window };
    setup.changed_since = None;
    setup.marks.clear();
    setup.accent = changes.accent(&setup, &teller, &flows);
    let description = told(&teller, window, &before, &after, &seen, &setup, &flows);
    // the earlier line goes along with the later one
    let lengths = |snapshot: &Snapshot| {
        let arcs = [front::arcs(&setup.regions, snapshot), front::band(&setup.regions, snapshot)];
        arcs.each_ref().map(|arcs| front::km(&setup.regions, arcs))
    };
    let fronts = (options.front_line == Some(true)).then(|| [&before, &after].map(lengths));
    if fronts.is_some() && setup.baseline.is_none() {
        setup.baseline = Some(before.day);
        setup.fronts.insert(0, (Front::Then, front::arcs(&setup.regions, &before)));
    }
    let drawn = map::draw_page(&setup, &map_request, Span::default(), None, &mut pen);
    let value = drawn.map_err(|fault| faults.push(fault)).ok().map(|(mut drawn, ..)| {
        let mut text = description;
        if let Some([before, after]) = fronts {
            text.push(' ');
            text += &teller.advance(before, after, window);
        }
        drawn.scene.description = format!("{text} {}", drawn.credits);
        drawn.alt = sheet::alt(&drawn.scene);
        drawn.scene.metadata.push(("from".to_owned(), window.before.day.to_string()));
        drawn
    });
    Checked { value, diagnostics: faults }
}

/// The snapshot with every word as if it were new.
fn fresh(snapshot: &Snapshot) -> Snapshot {
    let mut new = snapshot.clone();
    new.states.iter_mut().for_each(|state| state.stale = false);
    new
}

/// The regions of which the map will show a part.
pub(super) fn wanted(setup: &Setup) -> Vec<PlaceIndex> {
    let Some(shown) = Extent::of(setup.wanted.iter().copied()) else { return Vec::new() };
    let mut seen = vec![false; setup.regions.places.len()];
    let inside = |p: &[f64; 2]| p[0] >= shown.west && p[0] <= shown.east && p[1] >= shown.south && p[1] <= shown.north;
    for (arc, points) in setup.regions.topology.arcs.iter().zip(&setup.plane) {
        if points.iter().any(inside) {
            [arc.left, arc.right].into_iter().flatten().for_each(|face| seen[face as usize] = true);
        }
    }
    for (slot, pole) in seen.iter_mut().zip(&setup.poles) {
        *slot = *slot || pole.is_some_and(|p| inside(&p.at));
    }
    // what has a box of its own is shown too
    setup.far.iter().flat_map(|far| &far.whole).for_each(|face| seen[*face] = true);
    setup.regions.places.iter().zip(seen).filter(|(_, seen)| *seen).map(|(place, _)| *place).collect()
}

/// What a region is in a figure of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Same,
    Changed(Dating),
}

/// Two snapshots, and how sure their difference is.
struct Changes<'a> {
    dataset: &'a Dataset,
    before: &'a Snapshot,
    after: &'a Snapshot,
    window: &'a Window,
}

impl Changes<'_> {
    fn class(&self, place: PlaceIndex) -> Class {
        let i = place.0 as usize;
        let dating = self.window.dating[i];
        let changed = self.before.states[i].control != self.after.states[i].control;
        if changed || dating == Dating::Possible { Class::Changed(dating) } else { Class::Same }
    }

    /// What is drawn besides the later snapshot.
    fn accent(&self, setup: &Setup, teller: &Teller, flows: &[Flow]) -> Accent {
        let look = setup.look(self.dataset);
        let unit = setup.unit;
        let places = &setup.regions.places;
        let classes: Vec<Class> = places.iter().map(|p| self.class(*p)).collect();
        let paper = theme::theme(setup.theme).inks.iter().find(|(from, _)| *from == theme::PAPER);
        let paper = paper.map_or(theme::PAPER, |(_, to)| *to);
        let faded = classes.iter().map(|c| !matches!(c, Class::Changed(Dating::Sure | Dating::Loose))).collect();
        let mut accent = Accent { faded, paper, rim_width: RIM * unit, ..Accent::default() };
        for (face, (place, class)) in places.iter().zip(&classes).enumerate() {
            if matches!(class, Class::Changed(Dating::Sure | Dating::Loose)) {
                let rim = ground(&look, &self.before.states[place.0 as usize]);
                accent.rims.insert(u32::try_from(face).expect("fewer than 2^32 regions"), rim);
            }
        }
        accent.lines = setup.accent.lines.iter().cloned().chain(outlines(setup, &classes)).collect();
        accent.points = Some(self.points(setup.choice));
        let offset = self.dataset.offset;
        let [from, to] = [self.before.moment, self.after.moment].map(|m| setup.words.moment(m, offset));
        accent.situation = Some(fill(teller.figure.change, &[("from", &from), ("to", &to)]));
        accent.keys = self.keys(setup, &look, teller, flows, &classes, &accent);
        accent
    }

    /// Settlements and sites that changed and are drawn, as they were before.
    fn points(&self, choice: PlaceChoice) -> BTreeMap<PlaceIndex, State> {
        let mut drawn = vec![choice == PlaceChoice::All; self.dataset.places.len()];
        if choice == PlaceChoice::Auto {
            self.dataset.events.iter().for_each(|event| drawn[event.place.0 as usize] = true);
        }
        let places = self.dataset.places.iter().enumerate();
        let points = places.filter(|(i, place)| place.level.is_point() && drawn[*i]);
        let changed = |i: usize| {
            let [old, new] = [self.before, self.after].map(|s| &s.states[i].control);
            old != new && *new != Control::Unknown
        };
        let index = |i: usize| PlaceIndex(u32::try_from(i).expect("fewer than 2^32 places"));
        points.filter(|(i, _)| changed(*i)).map(|(i, _)| (index(i), self.before.states[i].clone())).collect()
    }

    fn keys(
        &self,
        setup: &Setup,
        look: &Look,
        teller: &Teller,
        flows: &[Flow],
        classes: &[Class],
        accent: &Accent,
    ) -> Vec<(Option<Swatch>, String)> {
        let unit = setup.unit;
        let figure = teller.figure;
        let mut keys = vec![(None, figure.changes.to_owned())];
        let passages = teller.passages(flows, [self.before, self.after]);
        for passage in &passages {
            let [from, to] = passage.claimed;
            let ends = [(&passage.from, from), (&passage.to, to)];
            let [rim, inside] = ends.map(|(holder, claimed)| teller.paint(look, holder, claimed, passage));
            keys.push((Some(Swatch::Rim(Box::new([rim, inside]))), passage.text.clone()));
        }
        if passages.is_empty() {
            keys[0] = (None, figure.no_change.to_owned());
        } else {
            let [rim, inside] = [theme::MUTED, theme::RULE].map(Paint::solid);
            keys.push((Some(Swatch::Rim(Box::new([rim, inside]))), figure.rim.to_owned()));
        }
        let has = |class: Class| classes.contains(&class);
        for (dating, text) in
            [(Dating::Sure, figure.outline), (Dating::Loose, figure.loose), (Dating::Possible, figure.possible)]
        {
            if has(Class::Changed(dating)) {
                keys.push((Some(Swatch::Edge(outline(dating, unit))), text.to_owned()));
            }
        }
        let actor = classes.iter().zip(&setup.regions.places).find(|(c, _)| **c == Class::Same);
        if let Some((_, place)) = actor {
            let mut paint = look.paint(&self.after.states[place.0 as usize]);
            fade(&mut paint, accent.paper);
            keys.push((Some(Swatch::Surface(paint)), figure.same.to_owned()));
        }
        if accent.points.as_ref().is_some_and(|points| !points.is_empty()) {
            keys.push((Some(Swatch::Behind), figure.point_changed.to_owned()));
        }
        keys
    }
}

/// The paint of a state without what lies over it.
fn ground(look: &Look, state: &State) -> Paint {
    look.ground(&state.control, false, state.claimed)
}

/// The outline of a change.
fn outline(dating: Dating, unit: f64) -> Stroke {
    let (width, dash) = match dating {
        Dating::Sure => (3.2, vec![]),
        Dating::Loose => (3.2, vec![11.0, 5.0]),
        Dating::Possible => (2.6, vec![2.6, 4.0]),
    };
    Stroke { dash: dash.into_iter().map(|d: f64| d * unit).collect(), ..Stroke::solid(theme::INK, width * unit) }
}

/// Lines around what changed; between two regions that changed alike there is none.
fn outlines(setup: &Setup, classes: &[Class]) -> Vec<ArcStroke> {
    let class = |face: Option<u32>| face.map_or(Class::Same, |f| classes[f as usize]);
    let mut all = Vec::new();
    for (dating, id) in [(Dating::Possible, "possible"), (Dating::Loose, "loose"), (Dating::Sure, "outline")] {
        let arcs = setup.regions.topology.arcs.iter().enumerate().filter(|(_, arc)| !arc.is_seam).filter(|(_, arc)| {
            let (left, right) = (class(arc.left), class(arc.right));
            let own = Class::Changed(dating);
            left != right && (left == own || right == own)
                // of two kinds the stronger line stands between them
                && !(dating == Dating::Possible && [left, right].iter().any(|c| matches!(c, Class::Changed(d) if *d != dating)))
                && !(dating == Dating::Loose && [left, right].contains(&Class::Changed(Dating::Sure)))
        });
        let arcs: Vec<u32> = arcs.map(|(i, _)| u32::try_from(i).expect("fewer than 2^32 borders")).collect();
        if !arcs.is_empty() {
            all.push(ArcStroke { id: id.into(), arcs, stroke: outline(dating, setup.unit) });
        }
    }
    all
}
