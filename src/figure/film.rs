//! Films: takes a timeline and moments, gives a page and what differs on it from moment to moment.

use crate::diag::Checked;
use crate::map::{self, Drawn, Form, Neighbours, Seen, Series};
use crate::model::{Dataset, Moment, PlaceIndex};
use crate::project::{MapOptions, PolicyOptions};
use crate::scene::{self, Frame};
use crate::timeline::{Snapshot, Timeline};
use std::ops::Range;

/// What a film is made from.
#[derive(Debug)]
pub struct Request<'a> {
    /// Regions, places, actors, sources, events.
    pub dataset: &'a Dataset,
    /// Who held what.
    pub timeline: Timeline,
    /// When; sorted. The page is laid out for all of them.
    pub moments: Vec<Moment>,
    /// Moments at which nothing drawn changes have no frame, but for the first.
    pub only_changes: bool,
    /// How it looks.
    pub options: MapOptions,
    /// The policy that the timeline was made under.
    pub policy: PolicyOptions,
    /// Title, where the options have none.
    pub title: String,
    /// Where neighbouring countries and waters come from.
    pub neighbours: Option<Neighbours>,
    /// What changed stands above the map.
    pub caption: bool,
}

/// A film, of which each part can be drawn alone, and several at once.
pub struct Film<'a> {
    pub(super) dataset: &'a Dataset,
    timeline: Timeline,
    series: Series<'a>,
    moments: Vec<Moment>,
    breaks: Vec<Moment>,
    // what another page of the same film is made from
    pub(super) seen: Seen,
    pub(super) options: MapOptions,
    pub(super) policy: PolicyOptions,
    pub(super) title: String,
    pub(super) neighbours: Option<Neighbours>,
    facts: Vec<(String, String)>,
}

/// A frame, and what it is about.
#[derive(Debug, Clone)]
pub struct Shot {
    /// When.
    pub moment: Moment,
    /// What differs on the page.
    pub frame: Frame,
    /// What changed since the frame before, in words.
    pub changes: Vec<String>,
}

impl<'a> Film<'a> {
    /// Lays out the page for all moments; nothing where there is no moment, or an option forbids it.
    ///
    /// # Errors
    /// As for [`crate::map::draw`].
    pub fn new(request: Request<'a>) -> Checked<Option<Self>> {
        let Request { dataset, timeline, mut moments, only_changes, options, policy, title, neighbours, caption } =
            request;
        let breaks = timeline.breakpoints();
        let mut seen = Seen::new(dataset, &options);
        let mut before = None;
        for &moment in &moments {
            match before {
                Some(before) if !changes_between(&breaks, before, moment) => {
                    seen.same(moment, dataset.offset.day_of(moment));
                }
                _ => seen.add(timeline.snapshot(dataset, moment)),
            }
            before = Some(moment);
        }
        let Some((_, last)) = seen.ends() else { return Checked { value: None, diagnostics: Vec::new() } };
        let page =
            map::Request { dataset, snapshot: last, options: &options, policy: &policy, title: &title, neighbours };
        let Checked { value, diagnostics } = Series::new(dataset, &page, &seen, Form::Page { caption });
        let value = value.map(|series| {
            if only_changes {
                let first = moments.first().copied();
                moments.retain(|m| Some(*m) == first || series.changing().binary_search(m).is_ok());
            }
            let facts = Vec::new();
            Film { dataset, timeline, series, moments, breaks, seen, options, policy, title, neighbours, facts }
        });
        Checked { value, diagnostics }
    }

    /// What all frames share.
    pub fn page(&self) -> &scene::Film {
        self.series.film()
    }

    /// Who held what.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The moments that have a frame.
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// The places drawn in some frame: regions, then settlements and sites.
    pub fn drawn(&self) -> &[PlaceIndex] {
        self.series.drawn()
    }

    /// What is to be known of the page, which has no drawing here.
    pub fn drawn_page(&self) -> &Drawn {
        self.series.told()
    }

    /// The facts of the page's making.
    pub fn metadata(&mut self) -> &mut Vec<(String, String)> {
        self.series.metadata()
    }

    /// One state for each place that rests on all that any frame does.
    pub fn all(&self) -> &Snapshot {
        self.series.all()
    }

    /// Adds facts of its making to the page and to each frame.
    pub fn add_facts(&mut self, facts: Vec<(String, String)>) {
        self.metadata().extend_from_slice(&facts);
        self.facts.extend(facts);
    }

    /// Brings who held what to a frame, from an earlier frame or from nothing; gives what it was before where
    /// anything may differ.
    pub(super) fn go_to(&self, frame: usize, snapshot: &mut Option<Snapshot>) -> Option<Option<Snapshot>> {
        let moment = self.moments[frame];
        match snapshot {
            Some(same) if !changes_between(&self.breaks, same.moment, moment) => {
                (same.moment, same.day) = (moment, self.dataset.offset.day_of(moment));
                None
            }
            _ => Some(snapshot.replace(self.timeline.snapshot(self.dataset, moment))),
        }
    }

    /// Makes some of the frames, in order.
    pub fn shots(&self, range: Range<usize>) -> Vec<Shot> {
        let mut before: Option<Snapshot> =
            range.start.checked_sub(1).map(|i| self.timeline.snapshot(self.dataset, self.moments[i]));
        let mut shots = Vec::with_capacity(range.len());
        for i in range {
            let moment = self.moments[i];
            let same = before.take_if(|before| !changes_between(&self.breaks, before.moment, moment));
            let (snapshot, changes) = match same {
                Some(same) => (Snapshot { moment, day: self.dataset.offset.day_of(moment), ..same }, Vec::new()),
                None => {
                    let now = self.timeline.snapshot(self.dataset, moment);
                    let changes = before.as_ref().map(|before| self.series.changes(before, &now));
                    (now, changes.unwrap_or_default())
                }
            };
            let mut frame = self.series.frame(&snapshot, &changes);
            frame.metadata.extend_from_slice(&self.facts);
            shots.push(Shot { moment, frame, changes });
            before = Some(snapshot);
        }
        shots
    }
}

/// Tells whether any state may differ between two moments.
fn changes_between(breaks: &[Moment], before: Moment, now: Moment) -> bool {
    breaks.partition_point(|b| *b <= before) < breaks.partition_point(|b| *b <= now)
}
