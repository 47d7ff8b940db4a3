//! Corrections: `supersedes` resolved to the event that it names.

use super::identity::Ids;
use super::locate;
use super::source::Press;
use crate::diag::{Diagnostic, did_you_mean_text, quote};
use crate::model::{EventIndex, EventRow, Interner, Table};
use rayon::prelude::*;

/// Resolves `supersedes` of each ordered row; a source corrects itself only.
pub fn corrections(
    rows: &[EventRow],
    order: &[u32],
    ids: &Ids,
    press: &Press,
    texts: &Interner,
    tables: &[Table],
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<EventIndex>> {
    if rows.par_iter().all(|r| r.supersedes.is_empty()) {
        return vec![None; order.len()];
    }
    let mut event_of: Vec<Option<EventIndex>> = vec![None; rows.len()];
    for (i, row) in order.iter().enumerate() {
        event_of[*row as usize] = Some(EventIndex(u32::try_from(i).expect("fewer than 2^32 events")));
    }
    let mut resolve = |i: usize| {
        let row = &rows[i];
        let written = texts.text(row.supersedes);
        let at = |d: Diagnostic| {
            let mut d = d.value(written);
            d.location = locate(tables, row.origin, "supersedes");
            d
        };
        let Some(target) = ids.row(row.supersedes) else {
            let d = at(Diagnostic::new("unknown-supersedes", format!("no event has the id {}", quote(written))));
            let near = did_you_mean_text(written, ids.all_given());
            found.push(d.hint(near.unwrap_or_else(|| "write the `id` of an event of the same source".to_owned())));
            return None;
        };
        if target == i {
            let d = at(Diagnostic::new("unknown-supersedes", format!("event {} supersedes itself", quote(written))));
            found.push(d.hint("name the earlier event of the same source"));
            return None;
        }
        let theirs = press.list(rows[target].sources);
        if !press.list(row.sources).iter().any(|s| theirs.contains(s)) {
            let names: Vec<String> = theirs.iter().map(|s| quote(&press.sources[s.0 as usize].id)).collect();
            let message = format!("event {} is of another source, {}", quote(written), names.join(" and "));
            let hint = "a source corrects itself; leave `supersedes` empty, and both words stand side by side";
            found.push(at(Diagnostic::new("foreign-supersedes", message)).hint(hint));
        }
        event_of[target]
    };
    order.iter().map(|i| if rows[*i as usize].supersedes.is_empty() { None } else { resolve(*i as usize) }).collect()
}
