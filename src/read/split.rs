//! Lines of CSV: takes bytes, gives where cells end, eight bytes at a time.

/// Finds commas and line breaks from the start of a text to its end.
pub(super) struct Marks<'t> {
    text: &'t [u8],
    /// Where the eight bytes in `found` start.
    at: usize,
    /// A bit at the top of each of eight bytes that may matter.
    found: u64,
}

/// What stands in a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Line {
    pub has_quotes: bool,
    pub has_returns: bool,
}

impl<'t> Marks<'t> {
    pub fn new(text: &'t [u8]) -> Self {
        let mut new = Self { text, at: 0, found: 0 };
        new.look();
        new
    }

    /// Looks at the next eight bytes.
    #[inline]
    fn look(&mut self) {
        let word = match self.text.get(self.at..self.at + 8) {
            Some(bytes) => u64::from_le_bytes(bytes.try_into().expect("eight bytes")),
            None => {
                let rest = self.text.get(self.at..).unwrap_or_default();
                rest.iter().rev().fold(u64::MAX, |word, b| word << 8 | u64::from(*b))
            }
        };
        // Everything that matters comes before `-`; a bit too many, after a borrow, is told by the byte itself.
        self.found = word.wrapping_sub(0x2d2d_2d2d_2d2d_2d2d) & !word & 0x8080_8080_8080_8080;
    }

    /// Adds where each cell of the next line ends, the mark after it counted in; `None` at the end of the text.
    #[inline]
    pub fn line(&mut self, bounds: &mut Vec<usize>) -> Option<Line> {
        let mut line = Line::default();
        loop {
            while self.found != 0 {
                let i = self.at + (self.found.trailing_zeros() / 8) as usize;
                self.found &= self.found - 1;
                match self.text[i] {
                    b',' => bounds.push(i + 1),
                    b'\n' => {
                        bounds.push(i + 1);
                        return Some(line);
                    }
                    b'"' => line.has_quotes = true,
                    b'\r' => line.has_returns = true,
                    _ => {}
                }
            }
            self.at += 8;
            if self.at >= self.text.len() {
                return None;
            }
            self.look();
        }
    }
}

/// The cells of a line with quotes, or with a carriage return at its end; `None` where it is not in order.
pub(super) fn unquoted(line: &[u8]) -> Option<Vec<Vec<u8>>> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.contains(&b'\r') {
        return None;
    }
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let mut cell = Vec::new();
        if let Some(mut inside) = rest.strip_prefix(b"\"") {
            loop {
                let end = inside.iter().position(|b| *b == b'"')?;
                cell.extend_from_slice(&inside[..end]);
                inside = &inside[end + 1..];
                match inside.strip_prefix(b"\"") {
                    Some(more) => {
                        cell.push(b'"');
                        inside = more;
                    }
                    None => break,
                }
            }
            rest = inside;
        } else {
            let end = rest.iter().position(|b| *b == b',').unwrap_or(rest.len());
            cell.extend_from_slice(&rest[..end]);
            rest = &rest[end..];
        }
        cells.push(cell);
        match rest {
            [] => return Some(cells),
            [b',', more @ ..] => rest = more,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Marks, unquoted};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_cell_is_found(cells in proptest::collection::vec("[-a+ é#,\n]{0,12}", 1..20)) {
            let text = cells.join(",") + "\n";
            let mut marks = Marks::new(text.as_bytes());
            let (mut all, mut bounds) = (Vec::new(), Vec::new());
            while marks.line(&mut bounds).is_some() {
                all.append(&mut bounds);
            }
            let expected: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| matches!(b, b',' | b'\n')).map(|(i, _)| i + 1).collect();
            prop_assert_eq!(all, expected);
        }
    }

    #[test]
    fn quotes_are_taken_off_or_the_line_is_refused() {
        let cells = |line: &str| {
            unquoted(line.as_bytes())
                .map(|c| c.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect::<Vec<_>>().join("|"))
        };
        assert_eq!(cells("a,\"b,\"\"c\"\"\",5\" gun\r").as_deref(), Some("a|b,\"c\"|5\" gun"));
        assert_eq!(cells("\"\",\"a\"").as_deref(), Some("|a"));
        assert_eq!(cells("a,"), Some("a|".into()));
        assert_eq!(cells("a,\"b"), None);
        assert_eq!(cells("a,\"b\"c"), None);
        assert_eq!(cells("a\rb"), None);
    }
}
