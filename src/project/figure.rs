//! A figure as data: what `[[figure]]` of the project file says, and what a command's flags say.

use super::{ChartKind, Days, Every, FrameFormat, MapOptions, PolicyOptions, TransitionKind, When, options};

/// A kind of figure.
#[derive(Debug)]
pub struct Kind {
    /// The word under `kind`, and the subcommand.
    pub name: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// The keys that it takes besides `kind`, `file`, `caption-file`, `policy` and those of [`MapOptions`].
    pub keys: &'static [&'static [&'static str]],
}

/// The kinds of figures, sorted by name.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "animate",
        doc: "a period as one moving image or page",
        keys: &[SpanOptions::KEYS, StepOptions::KEYS, KnownOptions::KEYS, FilmOptions::KEYS, MotionOptions::KEYS],
    },
    Kind {
        name: "chart",
        doc: "shares of ground over time, who held what as bars, or ground held at one date",
        keys: &[DateOptions::KEYS, SpanOptions::KEYS, KnownOptions::KEYS, ChartOptions::KEYS],
    },
    Kind { name: "diff", doc: "what changed hands between two dates", keys: &[SpanOptions::KEYS, KnownOptions::KEYS] },
    Kind {
        name: "frames",
        doc: "a period as numbered pictures in a folder, with a list of them",
        keys: &[SpanOptions::KEYS, StepOptions::KEYS, KnownOptions::KEYS, FilmOptions::KEYS, FrameOptions::KEYS],
    },
    Kind {
        name: "grid",
        doc: "several dates side by side, with one extent and one legend",
        keys: &[DatesOptions::KEYS, KnownOptions::KEYS],
    },
    Kind { name: "map", doc: "one map of one date", keys: &[DateOptions::KEYS, KnownOptions::KEYS, WithOptions::KEYS] },
    Kind {
        name: "policies",
        doc: "one date under every policy side by side, and where they disagree",
        keys: &[DateOptions::KEYS, KnownOptions::KEYS],
    },
];

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

options! {
    /// What stands beside a map.
    pub struct WithOptions {
        /// Put a chart below the map: of the project's period, or of the map's date
        #[arg(long, value_name = "KIND")]
        pub with_chart: ChartKind, key "with-chart";
    }
}

options! {
    /// What the frames of a film have in common.
    pub struct FilmOptions {
        /// Outline more heavily what changed within so many days before each frame: `3d`
        #[arg(long, value_name = "DAYS")]
        pub outline_changes: Days, key "outline-changes";
        /// Write the changes of each frame above the map [default: false]
        #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
        pub caption: bool, key "caption";
    }
}

options! {
    /// How the frames of a film are written.
    pub struct FrameOptions {
        /// Format of the files [default: png]
        #[arg(long, value_name = "NAME")]
        pub format: FrameFormat, key "format";
    }
}

options! {
    /// How a film runs.
    pub struct MotionOptions {
        /// Frames in a second, 0.1 to 50 [default: 2; more for more than 40 frames, to end within 20 seconds]
        #[arg(long, value_name = "N", value_parser = fps)]
        #[serde(deserialize_with = "fps_key")]
        pub fps: f64, key "fps";
        /// Seconds that the last frame stands [default: 2]
        #[arg(long, value_name = "SECONDS", value_parser = seconds)]
        #[serde(deserialize_with = "seconds_key")]
        pub hold: f64, key "hold";
        /// How often it runs; 0 is for ever [default: 0]
        #[arg(long, value_name = "N")]
        pub loops: u16, key "loops";
        /// How a frame gives way to the next [default: none]
        #[arg(long, value_name = "HOW")]
        pub transition: TransitionKind, key "transition";
    }
}

fn fps(text: &str) -> Result<f64, String> {
    number(text).and_then(check_fps)
}

fn seconds(text: &str) -> Result<f64, String> {
    number(text).and_then(check_seconds)
}

fn number(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("{text:?} is no number"))
}

fn check_fps(rate: f64) -> Result<f64, String> {
    let wrong = || format!("{rate} is no rate; write frames in a second, 0.1 to 50");
    Some(rate).filter(|rate| (0.1..=50.0).contains(rate)).ok_or_else(wrong)
}

fn check_seconds(time: f64) -> Result<f64, String> {
    let wrong = || format!("{time} is no time to stand; write seconds, 0 to 600");
    Some(time).filter(|time| (0.0..=600.0).contains(time)).ok_or_else(wrong)
}

fn fps_key<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let rate: f64 = serde::Deserialize::deserialize(from)?;
    check_fps(rate).map(Some).map_err(serde::de::Error::custom)
}

fn seconds_key<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let time: f64 = serde::Deserialize::deserialize(from)?;
    check_seconds(time).map(Some).map_err(serde::de::Error::custom)
}

/// A figure; where it says nothing, the project decides.
#[derive(Debug, Clone, PartialEq, Default, serde::Deserialize, serde::Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Figure {
    /// The name of one of [`KINDS`].
    pub kind: String,
    /// Where it is written, counted from the project's folder; may be empty.
    #[serde(skip)]
    pub file: String,
    /// Where its caption is written, counted likewise.
    #[serde(skip)]
    pub caption_file: Option<String>,
    /// Its date, of a figure of one.
    #[serde(flatten)]
    pub date: DateOptions,
    /// Its dates, of a figure of several.
    #[serde(flatten)]
    pub dates: DatesOptions,
    /// From when to when.
    #[serde(flatten)]
    pub span: SpanOptions,
    /// In which steps.
    #[serde(flatten)]
    pub step: StepOptions,
    /// Known by when.
    #[serde(flatten)]
    pub known: KnownOptions,
    /// Which chart.
    #[serde(flatten)]
    pub chart: ChartOptions,
    /// What stands beside a map.
    #[serde(flatten)]
    pub with: WithOptions,
    /// What the frames of a film have in common.
    #[serde(flatten)]
    pub film: FilmOptions,
    /// How the frames of a film are written.
    #[serde(flatten)]
    pub frames: FrameOptions,
    /// How a film runs.
    #[serde(flatten)]
    pub motion: MotionOptions,
    /// How it looks, where that differs from the project.
    #[serde(flatten)]
    pub map: MapOptions,
    /// Under which policy, where that differs from the project.
    #[serde(skip_serializing_if = "says_nothing")]
    pub policy: PolicyOptions,
}

impl Figure {
    /// A figure of a kind with nothing else said.
    pub fn new(kind: &str) -> Self {
        Self { kind: kind.to_owned(), ..Self::default() }
    }
}

fn says_nothing(policy: &PolicyOptions) -> bool {
    *policy == PolicyOptions::default()
}

#[cfg(test)]
mod tests {
    use super::Figure;
    use crate::model::{Day, Level, Moment};
    use crate::project::{Days, Every, Since, Size, When};

    #[test]
    fn a_figure_comes_back_from_its_text() {
        let mut figure = Figure::new("map");
        let text = serde_json::to_string(&figure).unwrap();
        assert_eq!(text, r#"{"kind":"map"}"#);
        figure.date.date = Some(When::Day(Day(20_000)));
        figure.dates.dates = Some(vec![When::Local(Day(1), 3_661), When::Moment(Moment(86_399))]);
        figure.step.every = Some(Every::Hours(6));
        figure.map.size = Some(Size { width: 9, height: 8 });
        figure.map.scale = Some(1.5);
        figure.map.level = Some(Level::Adm2);
        figure.map.changed_since = Some(Since::Days(Days(7)));
        figure.policy.exclude = Some(vec!["claimed".into()]);
        let text = serde_json::to_string(&figure).unwrap();
        assert!(text.contains(r#""date":"2024-10-04""#) && text.contains(r#""every":"6h""#), "{text}");
        assert_eq!(serde_json::from_str::<Figure>(&text).unwrap(), figure);
    }
}
