//! What a film's places, keys and colours are in words and small drawings, for pages that tell more than a
//! picture can.

use super::super::describe::Describer;
use super::super::look::Look;
use super::super::pen::arabic_digits;
use super::super::point::Point;
use super::super::recolor::Tones;
use super::super::story_words::{StoryWords, story_words};
use super::super::swatch::{Swatch, swatch};
use super::super::symbol::{shape, symbol};
use super::super::words::{Words, fill};
use super::super::{instant, theme};
use super::Series;
use crate::model::{
    ActorIndex, Day, Event, EventDate, EventIndex, Moment, Overlay, PlaceIndex, Qualifier, SourceIndex, Stance,
};
use crate::project::{Digits, Theme};
use crate::scene::{Color, Direction, LOOK, Link, Node, Paint, Path, Spot, Stroke};
use crate::timeline::{Snapshot, State};

/// A state in words, and what it looks like.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// What it looks like; nothing where the place is not drawn.
    pub look: Vec<Node>,
    /// Who holds the place.
    pub text: String,
    /// Since when, in words; may be empty.
    pub since: String,
    /// Since when, as text that sorts.
    pub since_key: String,
    /// By whose word.
    pub sources: Vec<Link>,
}

impl Series<'_> {
    /// The title of the figure.
    pub fn title(&self) -> &str {
        &self.setup.title
    }

    /// The words of the page in the figure's language.
    pub fn story_words(&self) -> &'static StoryWords {
        story_words(self.setup.words.lang)
    }

    /// The figure's language with the digits of its numbers, as a language tag.
    pub fn locale(&self) -> String {
        let arabic = self.setup.digits == Digits::Arabic && self.setup.words.direction == Direction::Rtl;
        format!("{}-u-nu-{}", self.setup.words.lang, if arabic { "arab" } else { "latn" })
    }

    /// A moment in words, and as it stands in an address.
    pub fn moment(&self, moment: Moment) -> [String; 2] {
        let words = self.setup.words.moment(moment, self.dataset.offset);
        [self.plain(&words), instant(moment, self.dataset.offset)]
    }

    /// What becomes of the colours in the dark theme; nothing for a figure in grey.
    pub fn tones(&self) -> Vec<[Color; 2]> {
        let Self { setup, .. } = self;
        if setup.theme != Theme::Light {
            return Vec::new();
        }
        let tones = Tones::new(theme::theme(Theme::Dark), &setup.held, setup.unit);
        tones.map(|tones| tones.pairs()).unwrap_or_default()
    }

    /// The headings and keys of the legend, each key with what it looks like.
    pub fn keys(&self) -> Vec<(Option<Vec<Node>>, String)> {
        let mut keys = self.page.legend.told(&self.look(), LOOK);
        for (nodes, text) in &mut keys {
            self.tone(nodes.iter_mut().flatten());
            *text = self.plain(text);
        }
        keys
    }

    /// The name of a place in the figure's language.
    pub fn name(&self, place: PlaceIndex) -> String {
        self.dataset.place(place).names.get(self.setup.words.lang).to_owned()
    }

    /// The full name of an actor on the day of a snapshot.
    pub fn actor(&self, actor: ActorIndex, snapshot: &Snapshot) -> String {
        self.dataset.actor(actor).on(snapshot.day).names.get(self.setup.words.lang).to_owned()
    }

    /// The colour of an actor, and a box of it.
    pub fn color(&self, actor: ActorIndex) -> (Color, Vec<Node>) {
        let color = self.setup.colors.of(actor);
        let mut nodes = Vec::new();
        swatch(&Swatch::Colors(color, color), &self.look(), [1.0, 1.0, LOOK[0] - 2.0, LOOK[1] - 2.0], &mut nodes);
        self.tone(nodes.iter_mut());
        (color, nodes)
    }

    /// Where a place is on the page.
    pub fn spot(&self, place: PlaceIndex) -> Spot {
        let face = self.setup.regions.places.iter().position(|p| *p == place);
        let face = face.and_then(|face| u32::try_from(face).ok()).map(Spot::Face);
        let circle = || self.point(place).map(|p| Spot::Circle(p.at, p.reach));
        face.or_else(circle).unwrap_or_default()
    }

    fn point(&self, place: PlaceIndex) -> Option<&Point> {
        self.page.points.chosen.iter().find(|p| p.place == place)
    }

    fn look(&self) -> Look<'_> {
        let unit = self.setup.unit.min(0.8);
        Look { dataset: self.dataset, colors: &self.setup.colors, unit, density: 1.0, changed_since: None }
    }

    fn tone<'n>(&self, nodes: impl Iterator<Item = &'n mut Node>) {
        if let Some(tones) = &self.tones {
            nodes.for_each(|node| tones.nodes(std::slice::from_mut(node)));
        }
    }

    /// What is known of a place.
    pub fn account(&self, place: PlaceIndex, snapshot: &Snapshot) -> Account {
        let state = &snapshot.states[place.0 as usize];
        let words = self.setup.words;
        let describer = Describer { dataset: self.dataset, words, day: snapshot.day };
        let since = state.since.map(|day| words.day(day));
        Account {
            look: self.drawn_as(place, state, snapshot),
            text: self.plain(&describer.state(place, state)),
            since: since.map(|day| self.plain(&day)).unwrap_or_default(),
            since_key: state.since.map(|day| day.to_string()).unwrap_or_default(),
            sources: self.sources(state),
        }
    }

    fn drawn_as(&self, place: PlaceIndex, state: &State, snapshot: &Snapshot) -> Vec<Node> {
        let look = self.look();
        let [width, height] = LOOK;
        let mut nodes = if self.dataset.place(place).level.is_point() {
            if !self.is_spoken(place, snapshot.day) {
                return Vec::new();
            }
            let middle = [width / 2.0, height / 2.0];
            symbol(shape(self.dataset.place(place)), state, &look, middle, height * 0.33)
        } else {
            let edge = Stroke::solid(theme::BORDER, 0.8 * look.unit);
            let area = Path::rect(1.0, 1.0, width - 2.0, height - 2.0);
            let paint: Paint = look.paint(state);
            vec![Node::Path(area.filled(paint).stroked(edge))]
        };
        self.tone(nodes.iter_mut());
        nodes
    }

    /// Who says what a state rests on, the newest word first.
    fn sources(&self, state: &State) -> Vec<Link> {
        let over = state.overlays.iter().flat_map(|overlay: &Overlay| overlay.evidence.iter().copied());
        let mut all: Vec<EventIndex> = state.evidence.iter().copied().chain(over).chain(state.closed).collect();
        all.sort_unstable();
        all.dedup();
        let mut events: Vec<Event> = all.into_iter().map(|event| self.dataset.event(event)).collect();
        events.sort_by(|a, b| b.date.latest.cmp(&a.date.latest).then(a.index.cmp(&b.index)));
        let mut links: Vec<Link> = Vec::new();
        for link in events.into_iter().flat_map(|event| self.links(&event)) {
            let same =
                |known: &&mut Link| (&known.label, &known.url, &known.detail) == (&link.label, &link.url, &link.detail);
            match links.iter_mut().find(same) {
                Some(known) if known.note.split("; ").any(|note| note == link.note) => {}
                Some(known) if known.note.is_empty() => known.note = link.note,
                Some(known) if !link.note.is_empty() => known.note = format!("{}; {}", known.note, link.note),
                Some(_) => {}
                None => links.push(link),
            }
        }
        links
    }

    fn links(&self, event: &Event) -> Vec<Link> {
        let Words { comma, no_source, lang, .. } = self.setup.words;
        let told = self.story_words();
        let date = self.date(event.date);
        let stance = Stance::ALL.iter().position(|known| *known == event.stance).map_or("", |i| told.stances[i]);
        let claimant = event.claimant.map(|actor| self.dataset.actor(actor).on(event.date.latest).label(lang));
        let stance = match claimant {
            Some(actor) => fill(told.stance_by, &[("stance", stance), ("actor", actor)]),
            None => stance.to_owned(),
        };
        let (note, own_url) = event.text.as_ref().map_or(("", ""), |text| (&text.note, &text.url));
        let link = |source: &SourceIndex| {
            let source = self.dataset.source(*source);
            let label = source.label();
            Link {
                label: if label.is_empty() { (*no_source).to_owned() } else { label.to_owned() },
                url: if own_url.is_empty() { source.url.clone() } else { own_url.to_owned() },
                detail: format!("{stance}{comma}{date}"),
                note: note.to_owned(),
            }
        };
        event.sources.iter().map(link).collect()
    }

    /// A date in words; as it was written where it is not certain.
    fn date(&self, date: EventDate) -> String {
        let words = self.setup.words;
        let plain = date.qualifier == Qualifier::Plain;
        let text = match (date.earliest, date.latest) {
            (from, to) if plain && from.civil().is_some() && to.civil().is_some() => words.days(from, to),
            (Day::EVER, to) if plain && to.civil().is_some() => {
                fill(self.story_words().by_day, &[("date", &words.day(to))])
            }
            _ => words.isolate(self.dataset.texts.text(date.text)),
        };
        self.plain(&text)
    }

    /// How sources are weighed, whose boundaries these are, and what is said of them.
    pub fn notes(&self, snapshot: &Snapshot) -> Vec<String> {
        let words = self.setup.words;
        let edition = &self.dataset.regions.edition;
        let mut parts: Vec<&str> = [&edition.name, &edition.date, &edition.licence].map(String::as_str).to_vec();
        if self.setup.has_context && !edition.name.contains("Natural Earth") {
            parts.push("Natural Earth");
        }
        parts.retain(|text| text.chars().any(char::is_alphanumeric));
        let edition = parts.join(words.comma);
        let known = snapshot.known_by.map(|by| {
            let date = words.moment(by, self.dataset.offset);
            fill(words.known_by, &[("date", &date)])
        });
        let method = fill(words.method, &[("policy", &snapshot.policy)]);
        let boundaries = fill(words.boundaries, &[("edition", &edition)]);
        let boundaries = if edition.is_empty() { String::new() } else { boundaries };
        let mut notes = vec![
            known.unwrap_or_default(),
            method,
            boundaries,
            self.setup.disclaimer.clone(),
            self.description_tail.clone(),
        ];
        notes.iter_mut().for_each(|note| *note = self.plain(note));
        notes.retain(|note| !note.is_empty());
        notes
    }

    /// A text as the digits of the figure are.
    fn plain(&self, text: &str) -> String {
        match (self.setup.digits, self.setup.words.direction) {
            (Digits::Arabic, Direction::Rtl) => arabic_digits(text),
            _ => text.to_owned(),
        }
    }
}
