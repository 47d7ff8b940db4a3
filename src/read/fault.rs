//! Faults of one table, bounded: takes diagnostics as they come, gives those that are worth printing.

use crate::diag::{Diagnostic, Location};

/// The most diagnostics of one code that are kept for a table; the rest are counted.
const MOST: u32 = 1_000;

/// What was found in one table.
#[derive(Debug, Default)]
pub(super) struct Faults {
    found: Vec<Diagnostic>,
    /// How many of each code there were, in the order first found.
    counts: Vec<(&'static str, u32)>,
}

impl Faults {
    /// Adds a diagnostic; its location is looked up only where it is kept.
    pub fn add(&mut self, diagnostic: Diagnostic, location: impl FnOnce() -> Location) {
        let name = diagnostic.code.name;
        let entry = match self.counts.iter().position(|(code, _)| *code == name) {
            Some(entry) => entry,
            None => {
                self.counts.push((name, 0));
                self.counts.len() - 1
            }
        };
        let count = &mut self.counts[entry].1;
        *count = count.saturating_add(1);
        if *count <= MOST {
            self.found.push(diagnostic.at(location()));
        }
    }

    /// Tells whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// All that was kept, and how many more there were.
    pub fn finish(mut self, file: &str) -> Vec<Diagnostic> {
        for (code, count) in self.counts {
            if count > MOST {
                let message = format!("{} more of this kind in the table are left out", count - MOST);
                self.found.push(Diagnostic::new(code, message).at(Location::file(file)));
            }
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::Faults;
    use crate::diag::{Diagnostic, Location};

    #[test]
    fn a_thousand_of_a_kind_are_kept_and_the_rest_counted() {
        let mut faults = Faults::default();
        for row in 0..2_500 {
            faults.add(Diagnostic::new("bad-date", "x"), || Location::cell("e.csv", row, 1));
        }
        faults.add(Diagnostic::new("bad-share", "y"), || Location::cell("e.csv", 2, 2));
        let found = faults.finish("e.csv");
        assert_eq!(found.len(), 1_002);
        assert_eq!(found[1_001].message, "1500 more of this kind in the table are left out");
        assert_eq!(found[1_001].location, Some(Location::file("e.csv")));
    }
}
