//! A window of time: takes a dataset and two moments, gives who held what at both, and which changes may lie
//! outside for want of an exact date.

use super::{Snapshot, resolve};
use crate::diag::Checked;
use crate::model::{Control, Dataset, Moment, PlaceIndex};
use crate::project::{PolicyOptions, Uncertain};

/// How sure it is that a place changed within a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dating {
    /// It changed, or did not, whatever the exact dates are.
    Sure,
    /// It changed, but perhaps before the window or after it.
    Loose,
    /// It is not counted as changed, but may have.
    Possible,
}

/// Who held what at two moments.
#[derive(Debug, Clone)]
pub struct Window {
    /// At the first.
    pub before: Snapshot,
    /// At the last.
    pub after: Snapshot,
    /// For each place of the dataset how sure its change is.
    pub dating: Vec<Dating>,
    /// What may have changed besides: from, and to.
    pub possible: Vec<(PlaceIndex, Control, Control)>,
}

/// Looks at a window under a policy, and under each way to read uncertain dates.
///
/// # Errors
/// As [`resolve`].
pub fn window(
    dataset: &Dataset,
    policy: &PolicyOptions,
    known_by: Option<Moment>,
    from: Moment,
    to: Moment,
) -> Checked<Window> {
    let Checked { value: chosen, diagnostics } = resolve(dataset, policy, known_by);
    let (before, after) = (chosen.snapshot(dataset, from), chosen.snapshot(dataset, to));
    // what is wrong with the policy was said above
    let [earliest, latest] = [Uncertain::Earliest, Uncertain::Latest].map(|uncertain| {
        let timeline =
            resolve(dataset, &PolicyOptions { uncertain: Some(uncertain), ..policy.clone() }, known_by).value;
        [timeline.snapshot(dataset, from), timeline.snapshot(dataset, to)]
    });
    let mut dating = vec![Dating::Sure; dataset.places.len()];
    let mut possible = Vec::new();
    for (i, dating) in dating.iter_mut().enumerate() {
        let [early, late] = [&earliest, &latest].map(|ends| ends.each_ref().map(|s| &s.states[i].control));
        let (old, new) = (&before.states[i].control, &after.states[i].control);
        if old != new {
            // it had begun before the window, or had not by its end
            if [early, late].iter().any(|ends| ends[0] != old || ends[1] == old) {
                *dating = Dating::Loose;
            }
            continue;
        }
        // the change that is furthest from none: late at the start, early at the end
        let widest = if late[0] == early[1] { (early[0], late[1]) } else { (late[0], early[1]) };
        if widest.0 != widest.1 {
            *dating = Dating::Possible;
            let place = PlaceIndex(u32::try_from(i).expect("fewer than 2^32 places"));
            possible.push((place, widest.0.clone(), widest.1.clone()));
        }
    }
    Checked { value: Window { before, after, dating, possible }, diagnostics }
}
