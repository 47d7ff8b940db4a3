//! Corrections: `supersedes` resolved to the event that it names.

use super::locate;
use super::order::Order;
use super::source::Press;
use crate::diag::{Diagnostic, did_you_mean_text, quote};
use crate::model::{Entry, EventIndex, Symbol};

/// Resolves `supersedes` of each of the rests that sorted rows have; a source corrects itself only.
pub fn corrections(
    order: &Order<'_>,
    sorted: &[Entry],
    press: &Press,
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<EventIndex>> {
    let (rows, texts) = (order.rows, order.texts);
    if rows.rests.iter().all(|r| r.supersedes.is_empty()) {
        return Vec::new();
    }
    let ids = Ids::new(order, sorted);
    let mut corrected = vec![None; rows.rests.len()];
    let sources = |entry: &Entry| press.list(rows.sayings[entry.saying as usize].sources);
    for (i, entry) in sorted.iter().enumerate() {
        let rest = &rows.rests[entry.rest as usize];
        if rest.supersedes.is_empty() {
            continue;
        }
        let written = texts.text(rest.supersedes);
        let at = |d: Diagnostic| {
            let mut d = d.value(written);
            d.location = locate(order.tables, rows.origin(entry), "supersedes");
            d
        };
        let target = match ids.find(rest.supersedes) {
            Target::Event(target) => target,
            // Its row has a fault of its own.
            Target::Elsewhere => continue,
            Target::Nothing => {
                let d = at(Diagnostic::new("unknown-supersedes", format!("no event has the id {}", quote(written))));
                let near = did_you_mean_text(written, ids.all_given());
                found.push(d.hint(near.unwrap_or_else(|| "write the `id` of an event of the same source".to_owned())));
                continue;
            }
        };
        if target == i {
            let d = at(Diagnostic::new("unknown-supersedes", format!("event {} supersedes itself", quote(written))));
            found.push(d.hint("name the earlier event of the same source"));
            continue;
        }
        let theirs = sources(&sorted[target]);
        if !sources(entry).iter().any(|s| theirs.contains(s)) {
            let names: Vec<String> = theirs.iter().map(|s| quote(&press.sources[s.0 as usize].id)).collect();
            let message = format!("event {} is of another source, {}", quote(written), names.join(" and "));
            let hint = "a source corrects itself; leave `supersedes` empty, and both words stand side by side";
            found.push(at(Diagnostic::new("foreign-supersedes", message)).hint(hint));
        }
        corrected[entry.rest as usize] = Some(EventIndex(target as u32));
    }
    corrected
}

/// What has an id.
enum Target {
    /// The sorted row of that number.
    Event(usize),
    /// A row that has no place.
    Elsewhere,
    Nothing,
}

/// Events by their ids.
struct Ids<'a> {
    order: &'a Order<'a>,
    /// By symbol of an id: the row; those of rows without a place are past the end.
    given: Vec<Option<usize>>,
    /// Hashes of rows without an id of their own, sorted.
    hashes: Vec<(u64, usize)>,
    /// How many rows there are.
    sorted: usize,
}

impl<'a> Ids<'a> {
    fn new(order: &'a Order<'a>, sorted: &[Entry]) -> Self {
        let rests = &order.rows.rests;
        let mut given = vec![None; order.texts.len()];
        for rest in rests.iter().filter(|rest| !rest.id.is_empty()) {
            given[rest.id.0 as usize] = Some(sorted.len());
        }
        let mut hashes = Vec::new();
        for (i, entry) in sorted.iter().enumerate() {
            let id = rests[entry.rest as usize].id;
            if id.is_empty() {
                hashes.push((order.hash(entry), i));
            } else {
                given[id.0 as usize] = Some(i);
            }
        }
        hashes.sort_unstable();
        Self { order, given, hashes, sorted: sorted.len() }
    }

    fn find(&self, id: Symbol) -> Target {
        if let Some(row) = self.given[id.0 as usize] {
            return if row < self.sorted { Target::Event(row) } else { Target::Elsewhere };
        }
        let text = self.order.texts.text(id);
        let digits = text.len();
        let Some(hash) = u64::from_str_radix(text, 16).ok().filter(|_| digits == 12 || digits == 16) else {
            return Target::Nothing;
        };
        let low = if digits == 12 { hash << 16 } else { hash };
        let at = self.hashes.partition_point(|(h, _)| *h < low);
        let shares = |i: usize, j: usize| {
            self.hashes.get(i).zip(self.hashes.get(j)).is_some_and(|((a, _), (b, _))| a >> 16 == b >> 16)
        };
        match self.hashes.get(at) {
            Some((h, row)) => {
                let long = shares(at, at + 1) || (at > 0 && shares(at, at - 1));
                let own = if long { format!("{h:016x}") } else { format!("{:012x}", h >> 16) };
                if own == text { Target::Event(*row) } else { Target::Nothing }
            }
            None => Target::Nothing,
        }
    }

    /// Ids as given, for hints.
    fn all_given(&self) -> impl Iterator<Item = &'a str> {
        let order = self.order;
        let known = self.given.iter().enumerate().filter(|(_, row)| row.is_some());
        let symbols: Vec<Symbol> = known.map(|(i, _)| Symbol(i as u32)).collect();
        symbols.into_iter().map(|symbol| order.texts.text(symbol))
    }
}
