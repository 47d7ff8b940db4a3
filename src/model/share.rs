//! Shares of a place, as intervals.

/// A part of a place that somebody stated, kept as the interval that it certainly lies in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    low: f64,
    high: f64,
    approximate: bool,
}

impl Share {
    /// All of it.
    pub const WHOLE: Self = Self { low: 1.0, high: 1.0, approximate: false };

    /// Makes the interval; `None` unless `0 ≤ low ≤ high ≤ 1`.
    pub fn new(low: f64, high: f64) -> Option<Self> {
        (low >= 0.0 && low <= high && high <= 1.0).then_some(Self { low, high, approximate: false })
    }

    /// Marks the figure as approximate (`~`): shown, but not widened.
    #[must_use]
    pub fn approximately(self) -> Self {
        Self { approximate: true, ..self }
    }

    /// The least that it may be, within 0…1.
    pub fn low(self) -> f64 {
        self.low
    }

    /// The most that it may be, within 0…1.
    pub fn high(self) -> f64 {
        self.high
    }

    /// Tells whether the figure was given with `~`.
    pub fn is_approximate(self) -> bool {
        self.approximate
    }

    /// The least interval that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            approximate: self.approximate || other.approximate,
        }
    }
}
