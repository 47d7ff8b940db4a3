//! A moment on the page of its film: takes a snapshot, gives what differs there, in drawing and in words.

use super::super::annotation::{Mark, Marks, marks};
use super::super::describe::Describer;
use super::super::front::Front;
use super::super::look::Look;
use super::super::marginalia::situation;
use super::super::panel::{bars, narrow_symbols};
use super::super::pen::Pen;
use super::super::seen::alike;
use super::super::summary::summary;
use super::super::{Request, accent, front, heading, metadata, names, pen, point, region};
use super::{CHANGING, ON_MAP, Series};
use crate::model::PlaceIndex;
use crate::scene::{Frame, Group, Node};
use crate::timeline::Snapshot;

impl Series<'_> {
    /// Draws what differs at a moment; `changes` are told in the caption, if there is one.
    pub fn frame(&self, snapshot: &Snapshot, changes: &[String]) -> Frame {
        let kept = self.pens.lock().ok().and_then(|mut pens| pens.pop());
        let mut pen = kept.unwrap_or_else(|| pen(&self.setup));
        let frame = self.draw(snapshot, changes, &mut pen);
        if let Ok(mut pens) = self.pens.lock() {
            pens.push(pen);
        }
        frame
    }

    fn draw(&self, snapshot: &Snapshot, changes: &[String], pen: &mut Pen) -> Frame {
        let marks = marks(&self.fights, snapshot.day, self.fight_days);
        let describer = Describer { dataset: self.dataset, words: self.setup.words, day: snapshot.day };
        let situation = situation(self.dataset, snapshot, pen);
        let mut groups = self.map(snapshot, &marks, &describer, &situation, pen);
        if let Some(tones) = &self.tones {
            groups.iter_mut().for_each(|group| tones.nodes(&mut group.nodes));
        }
        if self.film.changing.len() > ON_MAP {
            groups.extend(self.around(snapshot, changes, &situation, pen));
        }
        Frame {
            title: heading(&self.setup.title, &situation),
            description: self.describe(snapshot, &marks, &describer, &situation),
            metadata: self.facts(snapshot),
            groups,
        }
    }

    /// The groups outside the panel.
    fn around(&self, snapshot: &Snapshot, changes: &[String], situation: &str, pen: &mut Pen) -> [Group; 3] {
        let mut date = self.page.marginalia.date_line(pen, situation, self.page.inner);
        let mut progress = self.strip.draw(snapshot.moment);
        let mut caption = self.caption.as_ref().map(|caption| caption.draw(pen, changes)).unwrap_or_default();
        if let Some(tones) = &self.tones {
            tones.nodes(&mut date);
            tones.nodes(&mut progress);
            tones.nodes(&mut caption);
        }
        let heading = self.title.iter().cloned().chain(date).collect();
        let group = |id: &str, nodes| Group { id: id.into(), nodes, ..Group::default() };
        [group("heading", heading), group("progress", progress), group("caption", caption)]
    }

    /// The groups within the panel.
    fn map(
        &self,
        snapshot: &Snapshot,
        marks: &Marks,
        describer: &Describer,
        situation: &str,
        pen: &mut Pen,
    ) -> Vec<Group> {
        let Self { setup, page, panel, dataset, .. } = self;
        let unit = setup.unit;
        let changed_since = self.options.changed_since.map(|since| since.day(snapshot.day));
        let look = Look { changed_since, ..setup.look(self.dataset) };
        let hatches = region::hatches(&setup.regions, &page.breadths, snapshot, &look);
        let mut fronts = setup.fronts.clone();
        for (_, arcs) in fronts.iter_mut().filter(|(front, _)| *front == Front::Now) {
            *arcs = front::arcs(&setup.regions, snapshot);
        }
        let drawing = region::Drawing { hatches: &hatches, weights: &panel.weights, fronts: &fronts };
        let mut partition = region::partition(&setup.regions, panel.arcs.clone(), &drawing, snapshot, &look, describer);
        if fronts.iter().any(|(front, _)| *front == Front::Now) {
            accent::under_fronts(&mut partition, front::band_lines(front::band(&setup.regions, snapshot), unit));
        }
        let spoken = |place: PlaceIndex| self.spoken[place.0 as usize] <= snapshot.day;
        let points: Vec<_> = page.points.chosen.iter().filter(|p| spoken(p.place)).cloned().collect();
        let symbols = point::symbols(&points, dataset, snapshot, &look, |p| {
            format!("{}: {}", describer.place(p), describer.state(p, &snapshot.states[p.0 as usize]))
        });
        let bars = bars(&hatches, unit);
        let narrow = narrow_symbols(&bars, &panel.anchors, &setup.regions, snapshot, &look);
        let mut names = [Vec::new(), Vec::new()];
        let mut led = Vec::new();
        for label in &panel.labels {
            let here: &[Mark] = marks.get(&label.place).map_or(&[], Vec::as_slice);
            let state = &snapshot.states[label.place.0 as usize];
            let (kept, lines) = if label.is_region {
                (label.names, describer.label_lines(state))
            } else {
                // marks stay where the name is not known yet
                (if spoken(label.place) { usize::MAX } else { 0 }, Vec::new())
            };
            let block = label.block.saying(pen, kept, &lines, here);
            led.extend(label.leader(&block, unit).map(|line| (line, label.face)));
            names[usize::from(!label.is_region)].extend(label.draw(&block, &panel.ground, &partition, describer, unit));
        }
        let leaders = names::leaders(led.into_iter(), &bars, unit);
        let [region_names, place_names] = names;
        let group = |i: usize, nodes| Group { id: CHANGING[i].into(), nodes, ..Group::default() };
        let whole = |i: usize, node: Node| match node {
            Node::Group(own) => own,
            other => group(i, vec![other]),
        };
        let regions = Group { title: situation.to_owned(), ..group(0, vec![Node::Partition(partition)]) };
        vec![
            regions,
            whole(1, symbols),
            whole(2, narrow),
            whole(3, leaders),
            group(4, region_names),
            group(5, place_names),
        ]
    }

    fn describe(&self, snapshot: &Snapshot, marks: &Marks, describer: &Describer, situation: &str) -> String {
        let shows = |p: &PlaceIndex| !self.dataset.place(*p).level.is_point() || self.is_spoken(*p, snapshot.day);
        let drawn: Vec<PlaceIndex> = self.drawn.iter().copied().filter(shows).collect();
        let central: Vec<PlaceIndex> = self.page.central(&self.setup).into_iter().filter(shows).collect();
        let changed_since = self.options.changed_since.map(|since| since.day(snapshot.day));
        let summary = summary(describer, snapshot, &central, changed_since).join(" ");
        let mut description = format!("{situation}. {summary} {}", describer.snapshot(snapshot, &drawn));
        let seen = |place: &PlaceIndex| self.page.marks.iter().any(|(p, _)| p == place);
        let here = marks.iter().filter(|(place, _)| seen(place));
        let here: Vec<(PlaceIndex, Mark)> = here.flat_map(|(p, all)| all.iter().map(|m| (*p, *m))).collect();
        for tail in [describer.marks(&here), self.description_tail.clone()] {
            if !tail.is_empty() {
                description.push(' ');
                description += &tail;
            }
        }
        description
    }

    fn facts(&self, snapshot: &Snapshot) -> Vec<(String, String)> {
        let request = Request {
            dataset: self.dataset,
            snapshot,
            options: &self.options,
            policy: &self.policy,
            title: &self.setup.title,
            neighbours: None,
        };
        metadata(&request, self.setup.projection.raw.name)
    }

    /// The changes from one moment to another in words, in the order of the places drawn. What is said of a region and
    /// of a town of its name is said once.
    pub fn changes(&self, before: &Snapshot, now: &Snapshot) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for (_, words) in self.changed(before, now) {
            if !all.contains(&words) {
                all.push(words);
            }
        }
        all
    }

    /// The same, each with its place.
    pub fn changed(&self, before: &Snapshot, now: &Snapshot) -> Vec<(PlaceIndex, String)> {
        let (from, to) = (&before.states, &now.states);
        let words = self.setup.words;
        let [old, new] = [before.day, now.day].map(|day| Describer { dataset: self.dataset, words, day });
        let tell = |place: &PlaceIndex| {
            let i = place.0 as usize;
            let is_news = !alike(&from[i], &to[i]) && self.is_spoken(*place, now.day);
            let (was, is) = is_news.then(|| (old.state(*place, &from[i]), new.state(*place, &to[i])))?;
            let name = new.place(*place);
            let told = if was == is { is } else { format!("{was}{}{is}", words.becomes) };
            Some((*place, format!("{name}: {told}")))
        };
        self.drawn.iter().filter_map(tell).collect()
    }
}
