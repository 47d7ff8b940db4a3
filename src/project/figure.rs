//! A figure as data: what `[[figure]]` of the project file says, and what a command's flags say.

use super::{ChartKind, Every, MapOptions, PolicyOptions, When, options};

/// A kind of figure.
#[derive(Debug)]
pub struct Kind {
    /// The word under `kind`, and the subcommand.
    pub name: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// The keys that it takes besides `kind`, `file`, `policy` and those of [`MapOptions`].
    pub keys: &'static [&'static [&'static str]],
}

/// The kinds of figures, sorted by name.
pub const KINDS: &[Kind] =
    &[Kind { name: "map", doc: "one map of one date", keys: &[DateOptions::KEYS, KnownOptions::KEYS] }];

options! {
    /// The date of a figure.
    pub struct DateOptions {
        /// The end of a day, or an instant [default: the end of the project's period]
        #[arg(long, value_name = "DATE")]
        pub date: When, key "date";
    }
}

options! {
    /// Several dates.
    pub struct DatesOptions {
        /// The dates, with commas between
        #[arg(long, value_name = "DATE,DATE", value_delimiter = ',')]
        pub dates: Vec<When>, key "dates";
    }
}

options! {
    /// A stretch of time.
    pub struct SpanOptions {
        /// First date [default: the start of the project's period]
        #[arg(long, value_name = "DATE")]
        pub from: When, key "from";
        /// Last date [default: the end of the project's period]
        #[arg(long, value_name = "DATE")]
        pub to: When, key "to";
    }
}

options! {
    /// Steps of a stretch of time.
    pub struct StepOptions {
        /// From date to date: `day`, `week`, `month`, `6h` or another number of hours, or `change` [default: day]
        #[arg(long, value_name = "STEP")]
        pub every: Every, key "every";
    }
}

options! {
    /// What was known.
    pub struct KnownOptions {
        /// Only what was reported by then counts
        #[arg(long, value_name = "DATE")]
        pub as_of: When, key "as-of";
    }
}

options! {
    /// What of a chart is its own.
    pub struct ChartOptions {
        /// What the chart shows [default: area]
        #[arg(long = "kind", value_name = "KIND")]
        pub chart: ChartKind, key "chart";
    }
}

/// A figure; where it says nothing, the project decides.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figure {
    /// The name of one of [`KINDS`].
    pub kind: String,
    /// Where it is written, counted from the project's folder; may be empty.
    pub file: String,
    /// Its date, of a figure of one.
    pub date: DateOptions,
    /// Its dates, of a figure of several.
    pub dates: DatesOptions,
    /// From when to when.
    pub span: SpanOptions,
    /// In which steps.
    pub step: StepOptions,
    /// Known by when.
    pub known: KnownOptions,
    /// Which chart.
    pub chart: ChartOptions,
    /// How it looks, where that differs from the project.
    pub map: MapOptions,
    /// Under which policy, where that differs from the project.
    pub policy: PolicyOptions,
}

impl Figure {
    /// A figure of a kind with nothing else said.
    pub fn new(kind: &str) -> Self {
        Self { kind: kind.to_owned(), ..Self::default() }
    }
}
