//! Sources: the table's, free texts, and the one unnamed source of rows that say none.

use super::pieces;
use super::place::twice;
use crate::diag::Diagnostic;
use crate::model::{EventRows, Interner, Source, SourceIndex, SourceRow, Symbol, Table};

/// The sources, and the cells that name them.
pub struct Press {
    /// Sorted by id.
    pub sources: Vec<Source>,
    /// By symbol: one more than the index in `lists`; 0 where no row has it.
    list_of: Vec<u32>,
    lists: Vec<Vec<SourceIndex>>,
}

impl Press {
    /// Takes rows and the sources table. What the table does not have is a free text.
    pub fn new(
        rows: &EventRows,
        table: Option<Vec<SourceRow>>,
        texts: &Interner,
        tables: &[Table],
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut of_table = table.unwrap_or_default();
        of_table.sort_by(|a, b| (&a.source.id, a.origin).cmp(&(&b.source.id, b.origin)));
        for pair in of_table.windows(2).filter(|p| p[0].source.id == p[1].source.id) {
            found.push(twice(tables, &pair[1].source.id, pair[1].origin, "sources"));
        }
        let mut list_of = vec![0; texts.len()];
        let mut cells: Vec<Symbol> = Vec::new();
        for said in &rows.sayings {
            let slot = &mut list_of[said.sources.0 as usize];
            if *slot == 0 {
                cells.push(said.sources);
                *slot = u32::try_from(cells.len()).expect("fewer than 2^32 cells");
            }
        }
        let mut sources: Vec<Source> = of_table.into_iter().map(|row| row.source).collect();
        let written = cells.iter().flat_map(|c| ids(texts.text(*c)));
        sources.extend(written.map(|id| Source { id: id.into(), ..Source::default() }));
        // The sort is stable, so that the table's row stays before a bare mention of its id.
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        sources.dedup_by(|b, a| a.id == b.id);
        let index = |id: &str| {
            let i = sources.binary_search_by(|s| s.id.as_str().cmp(id)).expect("every mention was added");
            SourceIndex(u32::try_from(i).expect("fewer than 2^32 sources"))
        };
        let lists = cells
            .iter()
            .map(|cell| {
                let mut list: Vec<SourceIndex> = ids(texts.text(*cell)).into_iter().map(index).collect();
                list.sort_unstable();
                list.dedup();
                list
            })
            .collect();
        Self { sources, list_of, lists }
    }

    /// The sources that a cell of some row names, at least one.
    pub fn list(&self, cell: Symbol) -> &[SourceIndex] {
        &self.lists[self.list_of[cell.0 as usize] as usize - 1]
    }
}

/// The ids of a cell; that of the unnamed source where it has none.
fn ids(cell: &str) -> Vec<&str> {
    let ids: Vec<&str> = pieces(cell).collect();
    if ids.is_empty() { vec![""] } else { ids }
}
