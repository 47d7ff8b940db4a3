//! Films: takes a timeline and moments, gives a page and what differs on it from moment to moment.

use crate::diag::Checked;
use crate::map::{Neighbours, Seen, Series};
use crate::model::{Dataset, Moment};
use crate::project::{MapOptions, PolicyOptions};
use crate::scene::{self, Frame};
use crate::timeline::{Snapshot, Timeline};
use std::ops::Range;

/// What a film is made from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Regions, places, actors, sources, events.
    pub dataset: &'a Dataset,
    /// Who held what.
    pub timeline: &'a Timeline,
    /// When; sorted. The page is laid out for all of them.
    pub moments: &'a [Moment],
    /// Moments at which nothing drawn changes have no frame, but for the first.
    pub only_changes: bool,
    /// How it looks.
    pub options: &'a MapOptions,
    /// The policy that the timeline was made under.
    pub policy: &'a PolicyOptions,
    /// Title, where the options have none.
    pub title: &'a str,
    /// Where neighbouring countries come from.
    pub neighbours: Option<Neighbours>,
}

/// A film, of which each part can be drawn alone.
pub struct Film<'a> {
    request: Request<'a>,
    series: Series<'a>,
    moments: Vec<Moment>,
    breaks: Vec<Moment>,
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
    pub fn new(request: &Request<'a>) -> Checked<Option<Self>> {
        let Request { dataset, timeline, moments, .. } = *request;
        let breaks = timeline.breakpoints();
        let mut seen = Seen::new(dataset, request.options);
        let mut before = None;
        for &moment in moments {
            match before {
                Some(before) if !changes_between(&breaks, before, moment) => {
                    seen.same(moment, dataset.offset.day_of(moment))
                }
                _ => seen.add(timeline.snapshot(dataset, moment)),
            }
            before = Some(moment);
        }
        let Request { options, policy, title, neighbours, .. } = *request;
        let Checked { value, diagnostics } = Series::new(dataset, options, policy, title, neighbours, &seen);
        let value = value.map(|series| {
            let mut moments = moments.to_vec();
            if request.only_changes {
                let first = moments[0];
                moments.retain(|m| *m == first || series.changing().binary_search(m).is_ok());
            }
            Film { request: *request, series, moments, breaks }
        });
        Checked { value, diagnostics }
    }

    /// What all frames share.
    pub fn page(&self) -> &scene::Film {
        self.series.film()
    }

    /// The moments that have a frame.
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// Makes some of the frames, in order.
    pub fn shots(&mut self, range: Range<usize>) -> Vec<Shot> {
        let Request { dataset, timeline, .. } = self.request;
        let mut before: Option<Snapshot> =
            range.start.checked_sub(1).map(|i| timeline.snapshot(dataset, self.moments[i]));
        let mut shots = Vec::with_capacity(range.len());
        for i in range {
            let moment = self.moments[i];
            let same = before.take_if(|before| !changes_between(&self.breaks, before.moment, moment));
            let (snapshot, changes) = match same {
                Some(same) => (Snapshot { moment, day: dataset.offset.day_of(moment), ..same }, Vec::new()),
                None => {
                    let now = timeline.snapshot(dataset, moment);
                    let changes = before.as_ref().map(|before| self.series.changes(before, &now));
                    (now, changes.unwrap_or_default())
                }
            };
            shots.push(Shot { moment, frame: self.series.frame(&snapshot), changes });
            before = Some(snapshot);
        }
        shots
    }
}

/// Tells whether any state may differ between two moments.
fn changes_between(breaks: &[Moment], before: Moment, now: Moment) -> bool {
    breaks.partition_point(|b| *b <= before) < breaks.partition_point(|b| *b <= now)
}
