//! Films that are told: takes a film, gives the map alone with the texts and numbers that stand around it.

use super::Film;
use crate::diag::Checked;
use crate::map::{self, Form, Series};
use crate::model::{ActorIndex, Control, Dataset, Level, PlaceIndex};
use crate::palette::contrast;
use crate::project::Theme;
use crate::scene::{Amount, Color, Frame, Key, Layered, Node, Row, Step, Story, Told};
use crate::timeline::{Snapshot, ground};
use std::ops::Range;

/// A film's map without its page, and what is told of it.
pub struct Page<'f> {
    film: &'f Film<'f>,
    series: Series<'f>,
    story: Story,
}

impl<'f> Page<'f> {
    /// Tells a film.
    ///
    /// # Errors
    /// As for [`crate::map::draw`].
    pub fn new(film: &'f Film<'f>) -> Checked<Option<Self>> {
        let Film { dataset, seen, options, policy, title, neighbours, .. } = film;
        let Some((_, last)) = seen.ends() else { return Checked { value: None, diagnostics: Vec::new() } };
        let neighbours = *neighbours;
        let request = map::Request { dataset, snapshot: last, options, policy, title, neighbours };
        let Checked { value, diagnostics } = Series::new(dataset, &request, seen, Form::Bare);
        let value = value.map(|series| {
            let mut teller = Teller { dataset, series: &series, looks: Vec::new() };
            let dark = options.theme == Some(Theme::Dark);
            let mut story = Story { dark, ..teller.story(film, last) };
            // the same facts as of any other file of the film
            story.film.page.metadata.clone_from(&film.page().page.metadata);
            Page { film, series, story }
        });
        Checked { value, diagnostics }
    }

    /// What is told.
    pub fn story(&self) -> &Story {
        &self.story
    }

    /// Makes some of the frames, in order.
    pub fn frames(&self, range: Range<usize>) -> Vec<Frame> {
        let mut now: Option<Snapshot> = None;
        let mut frames = Vec::with_capacity(range.len());
        for step in range {
            self.film.go_to(step, &mut now);
            frames.extend(now.as_ref().map(|now| self.series.frame(now, &[])));
        }
        frames
    }
}

/// Puts a story together.
struct Teller<'t> {
    dataset: &'t Dataset,
    series: &'t Series<'t>,
    looks: Vec<Vec<Node>>,
}

impl Teller<'_> {
    fn story(&mut self, film: &Film, last: &Snapshot) -> Story {
        let series = self.series;
        let words = series.story_words();
        let drawn = series.drawn();
        let level = drawn.iter().map(|p| self.dataset.place(*p).level).find(|level| !level.is_point());
        let mut rows: Vec<Row> = drawn.iter().map(|place| self.row(*place)).collect();
        let mut layers = self.layers(last);
        let mut steps = Vec::with_capacity(film.moments().len());
        let mut now: Option<Snapshot> = None;
        for (step, moment) in film.moments().iter().enumerate() {
            let [label, id] = series.moment(*moment);
            let mut changes: Vec<(usize, String)> = Vec::new();
            if let Some(before) = film.go_to(step, &mut now)
                && let Some(now) = &now
            {
                let changed = before.as_ref().map(|before| series.changed(before, now)).unwrap_or_default();
                changes = changed.into_iter().map(|(place, words)| (self.group(place), words)).collect();
                changes.sort_by_key(|(group, _)| *group);
                for (place, row) in drawn.iter().zip(&mut rows) {
                    let told = self.told(*place, now);
                    if row.told.last().is_none_or(|(_, known)| *known != told) {
                        row.told.push((step, told));
                    }
                }
                if let Some(level) = level {
                    self.add_amounts(&mut layers, now, level, step);
                }
            }
            steps.push(Step { id, label, changes });
        }
        // who ever holds most is at the bottom
        let most = |layer: &Layered| layer.amounts.iter().map(|(_, amount)| amount.size[0]).fold(0.0, f64::max);
        layers.sort_by(|(_, a), (_, b)| most(b).total_cmp(&most(a)));
        layers.retain(|(_, layer)| layer.amounts.iter().any(|(_, amount)| amount.size[1] > 0.0));
        let keys = self.keys();
        let words_of_page = words.page.iter().map(|(key, text)| (*key, (*text).to_owned())).collect();
        Story {
            film: series.film().clone(),
            title: series.title().to_owned(),
            locale: series.locale(),
            words: words_of_page,
            tones: series.tones(),
            dark: false,
            keys,
            steps,
            groups: words.groups.map(str::to_owned).to_vec(),
            rows,
            layers: layers.into_iter().map(|(_, layer)| layer).collect(),
            notes: series.notes(last),
            looks: std::mem::take(&mut self.looks),
        }
    }

    /// The number of a look, which is kept once.
    fn look(&mut self, nodes: Vec<Node>) -> usize {
        self.looks.iter().position(|known| *known == nodes).unwrap_or_else(|| {
            self.looks.push(nodes);
            self.looks.len() - 1
        })
    }

    fn keys(&mut self) -> Vec<Key> {
        let keys = self.series.keys();
        keys.into_iter().map(|(nodes, text)| Key { look: nodes.map(|nodes| self.look(nodes)), text }).collect()
    }

    fn row(&self, place: PlaceIndex) -> Row {
        let known = self.dataset.place(place);
        Row {
            id: known.id.clone(),
            name: self.series.name(place),
            group: self.group(place),
            spot: self.series.spot(place),
            told: Vec::new(),
        }
    }

    /// The group of a place: regions, or settlements and sites.
    fn group(&self, place: PlaceIndex) -> usize {
        usize::from(self.dataset.place(place).level.is_point())
    }

    fn told(&mut self, place: PlaceIndex, snapshot: &Snapshot) -> Told {
        let account = self.series.account(place, snapshot);
        Told {
            look: (!account.look.is_empty()).then(|| self.look(account.look)),
            text: account.text,
            since: account.since,
            since_key: account.since_key,
            sources: account.sources,
        }
    }

    /// A layer for each actor, and one for what is certain of nobody.
    fn layers(&mut self, last: &Snapshot) -> Vec<(Option<ActorIndex>, Layered)> {
        let mut layers = Vec::new();
        for i in 0..self.dataset.actors.len() {
            let actor = ActorIndex(u32::try_from(i).expect("fewer than 2^32 actors"));
            let (color, nodes) = self.series.color(actor);
            let name = self.series.actor(actor, last);
            let inks = [Color::WHITE, Color::hex(0x1D_1D_1B)];
            let [white, black] = inks.map(|ink| contrast(ink, color));
            let ink = inks[usize::from(black > white)];
            // kept only where it is of use, so that no look is without
            let id = self.dataset.actor(actor).id.clone();
            let layer = Layered { id, name, look: self.look(nodes), colors: [color, ink], amounts: Vec::new() };
            layers.push((Some(actor), layer));
        }
        layers
    }

    fn add_amounts(
        &self,
        layers: &mut [(Option<ActorIndex>, Layered)],
        snapshot: &Snapshot,
        level: Level,
        step: usize,
    ) {
        let total = in_scope(self.dataset, snapshot, level);
        let areas = ground(self.dataset, snapshot, level);
        for (actor, layer) in layers {
            let area = areas.iter().find(|ground| Some(ground.actor) == *actor);
            let size = area.map_or([0.0, 0.0], |ground| [ground.low, ground.high]);
            let share = size.map(|km2| if total > 0.0 { km2 / total } else { 0.0 });
            let amount = Amount { share, size };
            if layer.amounts.last().is_none_or(|(_, known)| *known != amount) {
                layer.amounts.push((step, amount));
            }
        }
    }
}

/// The area of the regions of a level that are the subject of the map, in km².
fn in_scope(dataset: &Dataset, snapshot: &Snapshot, level: Level) -> f64 {
    let places = dataset.places.iter().zip(&snapshot.states);
    places
        .filter(|(place, state)| place.level == level && state.control != Control::OutOfScope)
        .filter_map(|(place, _)| place.region.map(|region| dataset.regions.get(region).km2))
        .sum()
}
