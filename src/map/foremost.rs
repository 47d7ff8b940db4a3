//! Which of very many regions are named: takes what is drawn, tells of each.

use super::ground::Inside;
use super::names::Subject;
use super::point::RECENT;
use crate::model::PlaceIndex;

/// The most regions that are all named: no page has room for more.
const ALL: usize = 1_500;
/// How many are named where there are more.
const FOREMOST: usize = 500;

/// Which regions are named: all, or of very many those of which something is new, and the largest.
pub fn foremost(subject: &Subject, insides: &[Option<Inside>]) -> Vec<bool> {
    let rank = |face: usize| {
        let is_news = subject.is_news(subject.regions.places[face]);
        (is_news, insides[face].as_ref().map_or(0.0, |inside| inside.pixels), face)
    };
    let seen = (0..insides.len()).filter(|face| subject.anchors[*face].is_some());
    let mut order: Vec<(bool, f64, usize)> = seen.map(rank).collect();
    order.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    let mut all = vec![false; insides.len()];
    let most = if order.len() > ALL { FOREMOST } else { ALL };
    order.iter().take(most).for_each(|(.., face)| all[*face] = true);
    all
}

impl Subject<'_> {
    /// Who holds a place was said to change of late, or there was a strike or a clash.
    pub fn is_news(&self, place: PlaceIndex) -> bool {
        let since = self.snapshot.states[place.0 as usize].since;
        since.is_some_and(|since| self.snapshot.day.0.saturating_sub(since.0) <= RECENT)
            || self.marks.iter().any(|(p, _)| *p == place)
    }
}
