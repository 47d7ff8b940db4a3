//! The marginalia, which stand around the map: heading above, credits below.

use super::label::Rect;
use super::pen::{Pen, Style};
use super::theme;
use super::words::fill;
use super::wrap::Paragraph;
use crate::model::{Dataset, EventIndex};
use crate::scene::{Anchor, Direction, Group, Node};
use crate::timeline::Snapshot;

const TITLE: Style = Style { size: 33.0, weight: 700, color: theme::INK };
const SITUATION: Style = Style { size: 19.0, weight: 400, color: theme::MUTED };
const CREDIT: Style = Style { size: 12.5, weight: 400, color: theme::MUTED };

/// Parts of the title's size that are tried so that it takes two lines at most.
const TITLE_PARTS: [f64; 4] = [1.0, 0.86, 0.74, 0.64];

/// Lines of the heading and of the credits, before they have a place.
pub struct Marginalia {
    title: Vec<String>,
    title_style: Style,
    situation: Vec<String>,
    credits: Vec<String>,
}

/// The date line: when, and known by when.
pub fn situation(dataset: &Dataset, snapshot: &Snapshot, pen: &Pen) -> String {
    let words = pen.words;
    let end = dataset.offset.end_of(snapshot.day) == snapshot.moment;
    let date = words.moment(snapshot.moment, dataset.offset);
    let mut line = if end { fill(words.situation, &[("date", &date)]) } else { date };
    if let Some(known_by) = snapshot.known_by {
        line.push_str(words.comma);
        line.push_str(&fill(words.known_by, &[("date", &words.moment(known_by, dataset.offset))]));
    }
    line
}

/// The credit lines: who said what is drawn, under which policy, on which boundaries. Names as many sources as
/// asked, those first that carry most; the method where there is room.
pub fn credits(
    dataset: &Dataset,
    snapshot: &Snapshot,
    evidence: &[EventIndex],
    context: bool,
    pen: &Pen,
    (most, with_method): (usize, bool),
) -> String {
    let words = pen.words;
    let mut count: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for event in evidence {
        for source in dataset.event(*event).sources.iter() {
            let label = dataset.source(*source).label();
            let label = if label.is_empty() { words.no_source } else { label };
            *count.entry(words.isolate(label)).or_default() += 1;
        }
    }
    let mut sources: Vec<(String, usize)> = count.into_iter().collect();
    sources.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    // "and 1 more" is no shorter than its name
    let most = if sources.len() == most + 1 { sources.len() } else { most };
    let mut names: Vec<String> = sources.iter().take(most).map(|(name, _)| name.clone()).collect();
    if sources.len() > most {
        names.push(fill(words.more_sources, &[("count", &words.isolate(&(sources.len() - most).to_string()))]));
    }
    let edition = &dataset.regions.edition;
    let parts = [&edition.name, &edition.date, &edition.licence].map(|t| words.isolate(t));
    let mut edition =
        parts.into_iter().filter(|t| t.chars().any(char::is_alphanumeric)).collect::<Vec<_>>().join(words.comma);
    if context && !edition.contains("Natural Earth") {
        edition = if edition.is_empty() {
            "Natural Earth".into()
        } else {
            format!("{edition}; {}", words.isolate("Natural Earth"))
        };
    }
    let mut text =
        if names.is_empty() { String::new() } else { fill(words.sources, &[("sources", &words.list(&names))]) + " " };
    if with_method {
        text += &fill(words.method, &[("policy", &words.isolate(&snapshot.policy))]);
        text += " ";
    }
    if !edition.is_empty() {
        text += &fill(words.boundaries, &[("edition", &edition)]);
    }
    text
}

impl Marginalia {
    /// Breaks the texts to the width of a page without its margins; each of the credits starts a line.
    pub fn new(pen: &mut Pen, title: &str, situation: &str, credits: &[&str], [width, height]: [f64; 2]) -> Self {
        let low = height < 420.0;
        let mut wrapped = |text: &str, style: Style| Paragraph::new(pen, text, style).running(width);
        let mut title_style = TITLE;
        let mut lines = Vec::new();
        for part in TITLE_PARTS {
            title_style.size = TITLE.size * part;
            lines = wrapped(title, title_style);
            // a low page has one line for it
            if lines.len() <= if low { 1 } else { 2 } {
                break;
            }
        }
        Self {
            title: lines,
            title_style,
            situation: wrapped(situation, SITUATION),
            credits: credits.iter().flat_map(|text| wrapped(text, CREDIT)).collect(),
        }
    }

    /// Height of the heading.
    pub fn heading_height(&self, pen: &Pen) -> f64 {
        let [title, situation] = [self.title_style, SITUATION].map(|s| pen.size(s) * 1.28);
        self.title.len() as f64 * title + self.situation.len() as f64 * situation + 12.0 * pen.unit
    }

    /// Height of the credits.
    pub fn credits_height(&self, pen: &Pen) -> f64 {
        if self.credits.is_empty() {
            return 0.0;
        }
        self.credits.len() as f64 * pen.size(CREDIT) * 1.4 + 10.0 * pen.unit
    }

    /// Draws the date line of another moment where this one's stands.
    pub fn date_line(&self, pen: &mut Pen, situation: &str, [x, y, width, _]: Rect) -> Vec<Node> {
        let rtl = pen.words.direction == Direction::Rtl;
        let (edge, anchor) = if rtl { (x + width, Anchor::Right) } else { (x, Anchor::Left) };
        let mut baseline = y + self.title.len() as f64 * pen.size(self.title_style) * 1.28 + pen.size(SITUATION);
        let whole = pen.line(situation, [edge, baseline], anchor, SITUATION);
        if whole.shaped.width <= width {
            return vec![Node::Text(whole)];
        }
        let mut nodes = Vec::new();
        for line in Paragraph::new(pen, situation, SITUATION).running(width) {
            nodes.push(Node::Text(pen.line(&line, [edge, baseline], anchor, SITUATION)));
            baseline += pen.size(SITUATION) * 1.28;
        }
        nodes
    }

    /// How many lines the title has.
    pub fn title_lines(&self) -> usize {
        self.title.len()
    }

    /// Draws both: the heading from the top of the rectangle, the credits to its foot.
    pub fn draw(&self, pen: &mut Pen, [x, y, width, height]: Rect) -> [Node; 2] {
        let rtl = pen.words.direction == Direction::Rtl;
        let (edge, anchor) = if rtl { (x + width, Anchor::Right) } else { (x, Anchor::Left) };
        let credit_line = pen.size(CREDIT) * 1.4;
        let mut lines = |mut top: f64, lines: &[(&String, Style)], spacing: f64| {
            let mut nodes = Vec::new();
            for (line, style) in lines {
                let size = pen.size(*style);
                nodes.push(Node::Text(pen.line(line, [edge, top + size], anchor, *style)));
                top += size * spacing;
            }
            nodes
        };
        let title = self.title.iter().map(|l| (l, self.title_style));
        let heading: Vec<(&String, Style)> = title.chain(self.situation.iter().map(|l| (l, SITUATION))).collect();
        let heading = lines(y, &heading, 1.28);
        let credits: Vec<(&String, Style)> = self.credits.iter().map(|l| (l, CREDIT)).collect();
        let credits_top = y + height - self.credits.len() as f64 * credit_line;
        let credits = lines(credits_top, &credits, 1.4);
        let group = |id: &str, nodes| Node::Group(Group { id: id.into(), nodes, ..Group::default() });
        [group("heading", heading), group("credits", credits)]
    }
}
