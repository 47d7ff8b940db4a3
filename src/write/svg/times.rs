//! When what changes shows: takes the frames in which it does, gives classes and the rules of a style sheet.

use super::super::film::Timing;
use super::outline::number;
use super::xml::{Attribute, Element, Siblings};
use std::collections::BTreeMap;

/// The frames in which something shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spans(pub(super) Vec<(usize, usize)>);

impl Spans {
    pub(super) fn add(&mut self, frame: usize) {
        match self.0.last_mut() {
            Some((_, end)) if *end == frame => *end = frame + 1,
            _ => self.0.push((frame, frame + 1)),
        }
    }

    pub(super) fn shows(&self, frame: usize) -> bool {
        self.0.iter().any(|(start, end)| (*start..*end).contains(&frame))
    }
}

/// When things show, as rules of the style sheet.
#[derive(Debug)]
pub struct Times {
    /// Where each frame begins and the last ends, as parts of the whole.
    starts: Vec<f64>,
    seconds: f64,
    loops: u16,
    count: usize,
    rules: BTreeMap<Spans, usize>,
    /// A script shows and hides, by number.
    scripted: bool,
}

impl Times {
    /// Times that a script keeps.
    pub fn scripted(timing: &Timing) -> Self {
        Self { scripted: true, ..Self::new(timing) }
    }

    /// When each number shows: first frames, and those after the last.
    pub fn spans(&self) -> Vec<Vec<(usize, usize)>> {
        let mut all: Vec<_> = self.rules.iter().map(|(spans, number)| (*number, spans.0.clone())).collect();
        all.sort_unstable_by_key(|(number, _)| *number);
        all.into_iter().map(|(_, spans)| spans).collect()
    }

    pub(super) fn new(timing: &Timing) -> Self {
        let mut starts = vec![0.0];
        let mut sum = 0u64;
        for frame in 0..timing.count {
            sum += u64::from(timing.delay_of(frame));
            starts.push(sum as f64);
        }
        let all = (sum as f64).max(1.0);
        starts.iter_mut().for_each(|s| *s /= all);
        Self {
            starts,
            seconds: all / 100.0,
            loops: timing.loops,
            count: timing.count,
            rules: BTreeMap::new(),
            scripted: false,
        }
    }

    /// Writes what shows in some frames: an element, or a group where it is more than one.
    pub fn push(&mut self, siblings: &mut Siblings, spans: &Spans, content: Siblings) {
        let (when, hidden) = self.attributes(spans);
        match content.only() {
            Ok(mut element) => {
                element.own.splice(0..0, when);
                // a script looks at each element for itself
                if self.scripted {
                    element.own.extend(hidden)
                } else {
                    element.style.extend(hidden)
                }
                siblings.push(element);
            }
            Err(xml) if when.is_none() => siblings.push_xml(&xml),
            Err(inner) => {
                let (own, style) = (when.into_iter().collect(), hidden.into_iter().collect());
                siblings.push(Element { tag: "g", own, style, inner: format!("\n{inner}") });
            }
        }
    }

    /// When something shows, and whether it is hidden to begin with.
    fn attributes(&mut self, spans: &Spans) -> (Option<Attribute>, Option<Attribute>) {
        if spans.0 == [(0, self.count)] {
            return (None, None);
        }
        let next = self.rules.len();
        let number = *self.rules.entry(spans.clone()).or_insert(next);
        let when = if self.scripted { ("data-t", number.to_string()) } else { ("class", format!("t t{number}")) };
        let hidden = (!spans.shows(self.count - 1)).then(|| ("visibility", "hidden".to_owned()));
        (Some(when), hidden)
    }

    /// The rules.
    pub(super) fn style(&self) -> String {
        let times = if self.loops == 0 { "infinite".to_owned() } else { self.loops.to_string() };
        let seconds = number(self.seconds);
        let mut out = format!(
            ".t{{animation:{seconds}s step-end {times} s0}}\n\
             svg:hover .t,svg:focus .t{{animation-play-state:paused}}\n\
             @media(prefers-reduced-motion:reduce){{.t{{animation:none!important}}}}\n"
        );
        // what shows once, and not at the end, has the rule of all that show as long, begun at its own time; the
        // first of these rules is that of a frame, and need not be named
        let mut lengths: BTreeMap<String, usize> = BTreeMap::new();
        lengths.insert(percent(self.starts[1]), 0);
        for (spans, number) in &self.rules {
            let word = |shows: bool| if shows { "visible" } else { "hidden" };
            let is_last = spans.shows(self.count - 1);
            if let ([(start, end)], false) = (spans.0.as_slice(), is_last) {
                let next = lengths.len();
                let length = percent(self.starts[*end] - self.starts[*start]);
                let length = lengths.entry(length).or_insert(next);
                let delay = super::outline::number(self.starts[*start] * self.seconds);
                let name = if *length == 0 { String::new() } else { format!("animation-name:s{length};") };
                out.push_str(&format!(".t{number}{{{name}animation-delay:{delay}s}}\n"));
                continue;
            }
            out.push_str(&format!(".t{number}{{animation-name:k{number}}}\n@keyframes k{number}{{"));
            let starts_shown = spans.0.first().is_some_and(|(start, _)| *start == 0);
            // else it begins as it stands in the drawing
            if starts_shown || is_last {
                out.push_str(&format!("0%{{visibility:{}}}", word(starts_shown)));
            }
            for (start, end) in &spans.0 {
                for (frame, shows) in [(*start, true), (*end, false)] {
                    if frame > 0 && frame < self.count {
                        out.push_str(&format!("{}{{visibility:{}}}", percent(self.starts[frame]), word(shows)));
                    }
                }
            }
            out.push_str("}\n");
        }
        for (length, number) in lengths {
            out.push_str(&format!("@keyframes s{number}{{0%{{visibility:visible}}{length}{{visibility:hidden}}}}\n"));
        }
        out
    }
}

/// Parts of a long film lie close together, so more decimals than lengths have.
fn percent(part: f64) -> String {
    let text = format!("{:.4}", part * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}
