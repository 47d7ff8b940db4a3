//! Faults of one table, bounded: takes diagnostics as they come, gives those that are worth printing.

use crate::diag::{Diagnostic, Location};

/// The most diagnostics of one code that are kept for a table, so that no table fills the memory with faults; the
/// rest are counted.
const MOST: u32 = 100_000;

/// What was found in one table.
#[derive(Debug, Default)]
pub(super) struct Faults {
    found: Vec<Diagnostic>,
    /// How many of each code there were, in the order first found, and where the first stands that was not kept.
    counts: Vec<(&'static str, u32, Option<Location>)>,
}

impl Faults {
    /// Adds a diagnostic; its location is looked up only where it is kept.
    pub fn add(&mut self, diagnostic: Diagnostic, location: impl FnOnce() -> Location) {
        let name = diagnostic.code.name;
        let entry = match self.counts.iter().position(|(code, ..)| *code == name) {
            Some(entry) => entry,
            None => {
                self.counts.push((name, 0, None));
                self.counts.len() - 1
            }
        };
        let (_, count, next) = &mut self.counts[entry];
        *count = count.saturating_add(1);
        if *count <= MOST {
            self.found.push(diagnostic.at(location()));
        } else if next.is_none() {
            *next = Some(location());
        }
    }

    /// How many were found.
    pub fn count(&self) -> u64 {
        self.counts.iter().map(|(_, count, _)| u64::from(*count)).sum()
    }

    /// Tells whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// All that was kept, and how many more there were from where on.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        for (code, count, next) in self.counts {
            if let Some(next) = next {
                let message = format!("{} more of this kind, from here on, are left out", count - MOST);
                self.found.push(Diagnostic::new(code, message).at(next));
            }
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::{Faults, MOST};
    use crate::diag::{Diagnostic, Location};

    #[test]
    fn so_many_of_a_kind_are_kept_and_the_rest_counted() {
        let mut faults = Faults::default();
        for row in 0..MOST + 1_500 {
            faults.add(Diagnostic::new("bad-date", "x"), || Location::cell("e.csv", row, 1));
        }
        faults.add(Diagnostic::new("bad-share", "y"), || Location::cell("e.csv", 2, 2));
        let found = faults.finish();
        assert_eq!(found.len(), MOST as usize + 2);
        let last = &found[MOST as usize + 1];
        assert_eq!(last.message, "1500 more of this kind, from here on, are left out");
        assert_eq!(last.location, Some(Location::cell("e.csv", MOST, 1)));
    }
}
