//! Breaks texts to lines: words are measured once, so that many widths can be tried.

use super::pen::{Pen, Style};

/// Starts a run of its own direction.
const ISOLATE: char = '\u{2068}';
/// Ends it.
const END: char = '\u{2069}';

/// A text whose words are measured.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    words: Vec<(String, f64)>,
    space: f64,
}

impl Paragraph {
    /// Measures the words of a text.
    pub fn new(pen: &mut Pen, text: &str, style: Style) -> Self {
        let space = pen.width("n n", style) - pen.width("nn", style);
        let mut words: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            match words.last_mut() {
                // a number keeps its unit
                Some(last) if UNITS.contains(&word) && is_number(last) => *last = format!("{last} {word}"),
                _ => words.push(word.to_owned()),
            }
        }
        let measured = words.into_iter().map(|w| (pen.width(&w, style), w));
        Self { words: measured.map(|(width, w)| (w, width)).collect(), space }
    }

    /// The text in one line.
    pub fn whole(&self) -> String {
        self.words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ")
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
        let (count, _) = self.extent(width);
        let last = self.words.len();
        if count < 2 || self.words.iter().any(|(_, own)| *own > width) {
            return self.lines(width);
        }
        // for each number of lines and each word the least cost of the words before it, and where the last line begins
        let mut best = vec![vec![(f64::INFINITY, 0); last + 1]; count + 1];
        best[0][0].0 = 0.0;
        for line in 1..=count {
            for from in 0..last {
                let before = best[line - 1][from].0;
                let mut used = -self.space;
                for (to, (_, own)) in self.words.iter().enumerate().skip(from).map(|(i, word)| (i + 1, word)) {
                    used += self.space + own;
                    if used > width || !before.is_finite() {
                        break;
                    }
                    let blank = (width - used) / width;
                    let cost = before + blank * blank + self.torn(to);
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
            lines.push(self.words[from..to].iter().map(|(w, _)| w.as_str()).collect::<Vec<_>>().join(" "));
            to = from;
        }
        lines.reverse();
        close_isolates(&mut lines);
        lines
    }

    /// What a break before a word costs because of what it tears apart.
    fn torn(&self, word: usize) -> f64 {
        let (Some((next, _)), Some((last, _))) = (self.words.get(word), self.words.get(word - 1)) else { return 0.0 };
        let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
        let ends = |word: &str| word.ends_with(['.', ',', ';', ':', '،', '؛']);
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
        for (word, own) in &self.words {
            if is_open && used + self.space + own <= width {
                used += self.space + own;
                continue;
            }
            if is_open {
                found(used);
            }
            let pieces = pieces(word, *own, width);
            for _ in 1..pieces.len() {
                found(width);
            }
            used = if pieces.len() > 1 { width } else { *own };
            is_open = true;
        }
        if is_open {
            found(used);
        }
    }

    fn each_line(&self, width: f64, mut found: impl FnMut(&[String])) {
        let mut line: Vec<String> = Vec::new();
        let mut used = 0.0;
        for (word, own) in &self.words {
            if !line.is_empty() && used + self.space + own <= width {
                used += self.space + own;
                line.push(word.clone());
                continue;
            }
            if !line.is_empty() {
                found(&line);
                line.clear();
            }
            let mut pieces = pieces(word, *own, width);
            let last = pieces.pop().unwrap_or_default();
            used = if pieces.is_empty() { *own } else { width };
            pieces.into_iter().for_each(|piece| found(&[piece]));
            line.push(last);
        }
        if !line.is_empty() {
            found(&line);
        }
    }
}

/// Units that no line begins with.
const UNITS: [&str; 4] = ["m", "km", "km²", "%"];

/// Digits, perhaps isolated.
fn is_number(word: &str) -> bool {
    let digits = word.trim_matches(|c: char| c == ISOLATE || c == END || c.is_ascii_punctuation());
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
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
        Paragraph { words: text.split(' ').map(|w| (w.to_owned(), w.len() as f64)).collect(), space: 1.0 }
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
        assert_eq!(text.lines(30.0), ["not confirmed since 8 November", "2024"]);
        assert_eq!(text.even(30.0), ["not confirmed since", "8 November 2024"]);
        assert_eq!(paragraph("held by Party 3; by whom not said").even(20.0), ["held by Party 3;", "by whom not said"]);
        assert_eq!(paragraph("aa bb 100 – 200 km").even(14.0), ["aa bb", "100 – 200 km"]);
        // what fits in one line, or in none, is as it was
        assert_eq!(text.even(100.0).len(), 1);
        assert_eq!(paragraph("abcdefghij k").even(5.0), paragraph("abcdefghij k").lines(5.0));
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
