//! Actors: the table's, or everybody whom an event names; and the lists of them that cells hold.

use super::{locate, pieces};
use crate::diag::{Diagnostic, did_you_mean_text, quote};
use crate::model::{Actor, ActorIndex, ActorPeriod, ActorRow, Day, EventRows, Interner, Origin, Saying, Symbol, Table};
use std::collections::BTreeMap;

/// How many rows of one unknown id are told one by one; reports show fewer, and all where asked.
pub const TOLD: usize = 100_000;

/// The actors, and the cells that name them.
pub struct Cast {
    /// Sorted by id.
    pub actors: Vec<Actor>,
    /// By symbol: the list that the cell holds, one more than its index in `lists`; 0 where no row has it.
    list_of: Vec<u32>,
    lists: Vec<Vec<ActorIndex>>,
    /// By list: the cell names somebody whom the table does not have, or has a blank at an end.
    faulty: Vec<bool>,
}

impl Cast {
    /// Takes rows and the actors table; tells of actors that the table does not have.
    pub fn new(
        rows: &EventRows,
        table: Option<Vec<ActorRow>>,
        texts: &Interner,
        tables: &[Table],
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let known = table.is_some();
        let mut new = Self { actors: Vec::new(), list_of: vec![0; texts.len()], lists: Vec::new(), faulty: Vec::new() };
        let mut cells: Vec<Symbol> = Vec::new();
        for said in &rows.sayings {
            for (cell, _) in columns(said) {
                let slot = &mut new.list_of[cell.0 as usize];
                if *slot == 0 {
                    cells.push(cell);
                    *slot = u32::try_from(cells.len()).expect("fewer than 2^32 cells");
                }
            }
        }
        new.actors = match table {
            Some(rows) => of_table(rows, tables, found),
            None => {
                let mut ids: Vec<&str> = cells.iter().flat_map(|c| pieces(texts.text(*c))).collect();
                ids.sort_unstable();
                ids.dedup();
                ids.into_iter().map(Actor::bare).collect()
            }
        };
        let mut faulty = vec![false; cells.len()];
        new.lists = cells
            .iter()
            .zip(&mut faulty)
            .map(|(cell, faulty)| {
                let mut list = Vec::new();
                for id in pieces(texts.text(*cell)) {
                    match new.index(id) {
                        Some(actor) => list.push(actor),
                        None => *faulty = true,
                    }
                }
                list.sort_unstable();
                list.dedup();
                list
            })
            .collect();
        new.faulty = faulty;
        if known && new.faulty.contains(&true) {
            new.tell(rows, texts, tables, found);
        }
        let padded = |cell: &Symbol| {
            let text = texts.text(*cell);
            text.trim() != text
        };
        let padded: Vec<bool> = cells.iter().map(padded).collect();
        if padded.contains(&true) {
            new.tell_padded(rows, &padded, texts, tables, found);
            new.faulty.iter_mut().zip(padded).for_each(|(faulty, padded)| *faulty |= padded);
        }
        new
    }

    /// Tells whether what a cell of some row names was found wrong.
    pub fn is_faulty(&self, cell: Symbol) -> bool {
        self.faulty[self.list_of[cell.0 as usize] as usize - 1]
    }

    /// Tells of cells with a blank at an end: ids are looked up as written.
    fn tell_padded(
        &self,
        rows: &EventRows,
        padded: &[bool],
        texts: &Interner,
        tables: &[Table],
        found: &mut Vec<Diagnostic>,
    ) {
        for row in rows.entries() {
            for (cell, column) in columns(&rows.sayings[row.saying as usize]) {
                if padded[self.list_of[cell.0 as usize] as usize - 1] {
                    let text = texts.text(cell);
                    let end = if text.trim_end() == text { "start" } else { "end" };
                    let message = format!("a blank stands at the {end} of `{column}` {}", quote(text));
                    let mut d = Diagnostic::new("bad-id", message).value(text);
                    d.location = locate(tables, rows.origin(row), column);
                    let hint = match text.trim() {
                        "" => "empty the cell, or name somebody".to_owned(),
                        trimmed => format!("write {}", quote(trimmed)),
                    };
                    found.push(d.hint(hint));
                }
            }
        }
    }

    fn index(&self, id: &str) -> Option<ActorIndex> {
        let i = self.actors.binary_search_by(|a| a.id.as_str().cmp(id)).ok()?;
        Some(ActorIndex(u32::try_from(i).expect("fewer than 2^32 actors")))
    }

    /// The actors that a cell of some row names.
    pub fn list(&self, cell: Symbol) -> &[ActorIndex] {
        &self.lists[self.list_of[cell.0 as usize] as usize - 1]
    }

    fn tell(&self, rows: &EventRows, texts: &Interner, tables: &[Table], found: &mut Vec<Diagnostic>) {
        let mut unknown: BTreeMap<&str, Vec<(Origin, &str)>> = BTreeMap::new();
        for row in rows.entries() {
            for (cell, column) in columns(&rows.sayings[row.saying as usize]) {
                if self.is_faulty(cell) {
                    for id in pieces(texts.text(cell)).filter(|id| self.index(id).is_none()) {
                        unknown.entry(id).or_default().push((rows.origin(row), column));
                    }
                }
            }
        }
        for (id, mut at) in unknown {
            at.sort_unstable();
            let near = did_you_mean_text(id, self.actors.iter().map(|a| a.id.as_str()));
            let hint = near.unwrap_or_else(|| "add a row to the actors table, or mend the id".to_owned());
            for (i, (origin, column)) in at.iter().take(TOLD).enumerate() {
                let message = format!("the actors table has no actor {}", quote(id));
                let mut d = Diagnostic::new("unknown-actor", message).value(id);
                d.location = locate(tables, *origin, column);
                d.hints.push(hint.clone());
                if i == 0 && at.len() > 1 {
                    d.hints.push(format!("it stands in {} cells", at.len()));
                }
                found.push(d);
            }
        }
    }
}

/// The cells of a row that name actors, and their columns.
fn columns(said: &Saying) -> [(Symbol, &'static str); 3] {
    [(said.actors, "actor"), (said.opponents, "opponent"), (said.claimant, "claimant")]
}

/// Gathers the periods of each actor; those of one actor must not overlap.
fn of_table(mut rows: Vec<ActorRow>, tables: &[Table], found: &mut Vec<Diagnostic>) -> Vec<Actor> {
    rows.sort_by(|a, b| (&a.id, a.from, a.origin).cmp(&(&b.id, b.from, b.origin)));
    for pair in rows.windows(2).filter(|p| p[0].id == p[1].id) {
        if pair[0].until.unwrap_or(Day::NEVER) > pair[1].from.unwrap_or(Day::EVER) {
            let message = format!("two rows of the actor {} hold at the same time", quote(&pair[1].id));
            let mut d = Diagnostic::new("duplicate-id", message).value(&pair[1].id);
            d.location = locate(tables, pair[1].origin, "id");
            found.push(d.hint("end the earlier row with `until` on the day that the later one starts with `from`"));
        }
    }
    let mut actors: Vec<Actor> = Vec::new();
    for row in rows {
        let ActorRow { id, names, short, side, color, pattern, from, until, origin: _ } = row;
        let period = ActorPeriod { from, until, names, short, side, color, pattern };
        match actors.last_mut().filter(|a| a.id == id) {
            Some(actor) => actor.periods.push(period),
            None => actors.push(Actor { id, periods: vec![period] }),
        }
    }
    actors
}
