//! Where a diagnostic stands in the user's files.

use std::fmt;

/// A place in a file that the user gave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file as the user named it.
    pub file: String,
    /// Where in it.
    pub spot: Spot,
}

/// Where in a file; rows, lines and columns count from 1 and include the header.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// A record and a field of a table.
    Cell {
        /// Record, the header being 1.
        row: u32,
        /// Field.
        column: u32,
    },
    /// A line and a character of a text.
    Text {
        /// Line.
        line: u32,
        /// Character.
        column: u32,
    },
    /// A feature of a boundary file.
    Feature {
        /// Which one, counted from 0 as in the file's list.
        index: u32,
        /// Its id, where it has one.
        id: Option<String>,
        /// Which ring, counted from 0 over all its polygons.
        ring: Option<u32>,
        /// Which vertex of that ring, counted from 0.
        vertex: Option<u32>,
    },
}

impl Location {
    /// The file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), spot: Spot::File }
    }

    /// A cell of a table.
    pub fn cell(file: impl Into<String>, row: u32, column: u32) -> Self {
        Self { file: file.into(), spot: Spot::Cell { row, column } }
    }

    /// A character of a text.
    pub fn text(file: impl Into<String>, line: u32, column: u32) -> Self {
        Self { file: file.into(), spot: Spot::Text { line, column } }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        match &self.spot {
            Spot::File => Ok(()),
            Spot::Cell { row: a, column: b } | Spot::Text { line: a, column: b } => write!(f, ":{a}:{b}"),
            Spot::Feature { index, id, ring, vertex } => {
                write!(f, ": feature {index}")?;
                if let Some(id) = id {
                    write!(f, " ({id})")?;
                }
                if let Some(ring) = ring {
                    write!(f, ", ring {ring}")?;
                }
                if let Some(vertex) = vertex {
                    write!(f, ", vertex {vertex}")?;
                }
                Ok(())
            }
        }
    }
}
