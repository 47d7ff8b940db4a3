//! Tables that come out: takes snapshots, gives rows, and their bytes as CSV, JSON or Parquet.

mod actor;
mod event;
mod format;
mod parquet;
mod place;
mod transition;
mod when;

pub use actor::by_actor;
pub use event::by_event;
pub use format::{FORMATS, Format, format};
pub use place::by_place;
pub use transition::by_transition;
pub use when::label;

/// Rows under named columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The names of the columns.
    pub columns: &'static [&'static str],
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// A value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not known, or nothing: an empty field, `null` in JSON.
    Empty,
    /// Words.
    Text(String),
    /// A decimal number, as many digits as it means.
    Number(String),
    /// True or not.
    Flag(bool),
}

impl Cell {
    /// Words; empty ones are nothing.
    pub fn text(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Text(words) }
    }

    /// A number of things.
    pub fn count(number: u64) -> Self {
        Self::Number(number.to_string())
    }

    /// A share: at most six decimals, without zeros at the end; nothing where it is not finite.
    pub fn share(share: Option<f64>) -> Self {
        match share {
            Some(share) if share.is_finite() => {
                let text = format!("{share:.6}");
                let text = text.trim_end_matches('0').trim_end_matches('.');
                Self::Number(if text == "-0" { "0" } else { text }.to_owned())
            }
            _ => Self::Empty,
        }
    }

    /// An area in km², to one decimal; nothing where it is not finite.
    pub fn km2(km2: Option<f64>) -> Self {
        match km2 {
            // adding zero turns -0 into 0
            Some(km2) if km2.is_finite() => Self::Number(format!("{:.1}", (km2 * 10.0).round() / 10.0 + 0.0)),
            _ => Self::Empty,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn numbers_have_as_many_decimals_as_they_mean() {
        let number = |text: &str| Cell::Number(text.to_owned());
        assert_eq!(Cell::share(Some(1.0)), number("1"));
        assert_eq!(Cell::share(Some(0.9)), number("0.9"));
        assert_eq!(Cell::share(Some(1.0 / 3.0)), number("0.333333"));
        assert_eq!(Cell::share(Some(0.0)), number("0"));
        assert_eq!(Cell::share(Some(-1e-9)), number("0"));
        assert_eq!(Cell::share(Some(10.0)), number("10"));
        assert_eq!(Cell::share(None), Cell::Empty);
        assert_eq!(Cell::km2(Some(185_180.04)), number("185180.0"));
        assert_eq!(Cell::km2(Some(-0.01)), number("0.0"));
        assert_eq!(Cell::km2(Some(f64::NAN)), Cell::Empty);
    }
}
