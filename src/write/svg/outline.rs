//! Path data: takes points, gives the shortest relative commands in hundredths of a pixel.

/// A point in hundredths of a pixel.
pub type Point = [i32; 2];

/// Rounds a point to hundredths; what is no number becomes zero.
pub fn round(p: [f64; 2]) -> Point {
    [hundredths(p[0]), hundredths(p[1])]
}

fn hundredths(v: f64) -> i32 {
    // the bound keeps every difference of two within an i32
    (v * 100.0).round().clamp(-1e9, 1e9) as i32
}

/// Gives a number with at most two decimals.
pub fn number(v: f64) -> String {
    let mut out = String::new();
    push_hundredths(&mut out, hundredths(v));
    out
}

fn push_hundredths(out: &mut String, v: i32) {
    if v < 0 {
        out.push('-');
    }
    let v = v.unsigned_abs();
    let (whole, part) = (v / 100, v % 100);
    if whole > 0 || part == 0 {
        push_whole(out, whole);
    }
    if part > 0 {
        out.push('.');
        out.push(char::from(b'0' + (part / 10) as u8));
        if part % 10 > 0 {
            out.push(char::from(b'0' + (part % 10) as u8));
        }
    }
}

fn push_whole(out: &mut String, v: u32) {
    if v >= 10 {
        push_whole(out, v / 10);
    }
    out.push(char::from(b'0' + (v % 10) as u8));
}

/// Path data in the making. Differences are taken between rounded points, so nothing drifts.
#[derive(Debug, Default)]
pub struct Data {
    out: String,
    at: Point,
    start: Point,
    /// The command that a pair without a letter would repeat.
    command: char,
    /// What the last number needs before the next one.
    last: Last,
}

/// The end of the data so far.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Last {
    #[default]
    Letter,
    Whole,
    Fraction,
}

impl Data {
    /// Starts a ring or line.
    pub fn start(&mut self, p: Point) {
        self.letter('m');
        self.pair(p);
        // pairs after a relative move are lines
        self.command = 'l';
        self.at = p;
        self.start = p;
    }

    /// Draws a line.
    pub fn line(&mut self, p: Point) {
        let [dx, dy] = [p[0] - self.at[0], p[1] - self.at[1]];
        if dy == 0 {
            self.letter('h');
            self.value(dx);
        } else if dx == 0 {
            self.letter('v');
            self.value(dy);
        } else {
            self.letter('l');
            self.pair(p);
        }
        self.at = p;
    }

    /// Draws a quadratic curve.
    pub fn quadratic(&mut self, a: Point, p: Point) {
        self.letter('q');
        self.pair(a);
        self.pair(p);
        self.at = p;
    }

    /// Draws a cubic curve.
    pub fn cubic(&mut self, a: Point, b: Point, p: Point) {
        self.letter('c');
        self.pair(a);
        self.pair(b);
        self.pair(p);
        self.at = p;
    }

    /// Goes back to the start of the ring.
    pub fn close(&mut self) {
        self.out.push('z');
        self.command = 'z';
        self.last = Last::Letter;
        self.at = self.start;
    }

    /// Tells whether a line could go on.
    pub fn open(&self) -> bool {
        !self.out.is_empty() && self.command != 'z'
    }

    /// Tells where the pen is.
    pub fn at(&self) -> Point {
        self.at
    }

    /// Tells whether nothing has been drawn.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Gives the data.
    pub fn finish(self) -> String {
        self.out
    }

    fn letter(&mut self, command: char) {
        if self.command != command {
            self.out.push(command);
            self.command = command;
            self.last = Last::Letter;
        }
    }

    fn pair(&mut self, p: Point) {
        self.value(p[0] - self.at[0]);
        self.value(p[1] - self.at[1]);
    }

    fn value(&mut self, v: i32) {
        let from = self.out.len();
        push_hundredths(&mut self.out, v);
        let number = &self.out.as_bytes()[from..];
        // a sign or a second point parts two numbers as well as a blank
        let parted = match number[0] {
            b'-' => true,
            b'.' => self.last != Last::Whole,
            _ => self.last == Last::Letter,
        };
        self.last = if number.contains(&b'.') { Last::Fraction } else { Last::Whole };
        if !parted {
            self.out.insert(from, ' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_two_decimals_and_no_odd_forms() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (-0.001, "0"),
            (0.5, ".5"),
            (-0.25, "-.25"),
            (10.0, "10"),
            (1.006, "1.01"),
            (123.456, "123.46"),
            (-7.1, "-7.1"),
            (0.09, ".09"),
            (1e300, "10000000"),
            (f64::NAN, "0"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text, "{value}");
        }
    }

    #[test]
    fn data_is_relative_and_short() {
        let mut data = Data::default();
        data.start([1000, 1050]);
        data.line([1550, 1000]);
        data.line([1600, 1050]);
        data.line([1600, 2000]);
        data.line([1000, 2000]);
        data.close();
        data.start([0, 0]);
        data.cubic([100, 0], [150, 50], [150, 125]);
        assert_eq!(data.finish(), "m10 10.5 5.5-.5.5.5v9.5h-6zm-10-10.5c1 0 1.5.5 1.5 1.25");
    }
}
