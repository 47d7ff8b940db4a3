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
    let mut out = Vec::new();
    push_hundredths(&mut out, hundredths(v));
    text(out)
}

/// The most bytes that a number in hundredths has: sign, eight digits, point and two digits.
const LONGEST: usize = 12;

/// Writes a number of hundredths at the end of a buffer; gives where it begins.
fn written(v: i32, buffer: &mut [u8; LONGEST]) -> usize {
    let mut at = LONGEST;
    let mut put = |byte: u8| {
        at -= 1;
        buffer[at] = byte;
    };
    let digit = |v: u32| b'0' + (v % 10) as u8;
    let size = v.unsigned_abs();
    let (mut whole, part) = (size / 100, size % 100);
    if part > 0 {
        if part % 10 > 0 {
            put(digit(part));
        }
        put(digit(part / 10));
        put(b'.');
    }
    if whole == 0 && part == 0 {
        put(b'0');
    }
    while whole > 0 {
        put(digit(whole));
        whole /= 10;
    }
    if v < 0 {
        put(b'-');
    }
    at
}

fn push_hundredths(out: &mut Vec<u8>, v: i32) {
    let mut buffer = [0; LONGEST];
    let from = written(v, &mut buffer);
    out.extend_from_slice(&buffer[from..]);
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("letters and digits are ASCII")
}

/// Path data in the making. Differences are taken between rounded points, so nothing drifts.
#[derive(Debug, Default)]
pub struct Data {
    /// ASCII.
    out: Vec<u8>,
    at: Point,
    start: Point,
    /// The command that a pair without a letter would repeat.
    command: u8,
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
        self.letter(b'm');
        self.pair(p);
        // pairs after a relative move are lines
        self.command = b'l';
        self.at = p;
        self.start = p;
    }

    /// Draws a line.
    pub fn line(&mut self, p: Point) {
        let [dx, dy] = [p[0] - self.at[0], p[1] - self.at[1]];
        if dy == 0 {
            self.letter(b'h');
            self.value(dx);
        } else if dx == 0 {
            self.letter(b'v');
            self.value(dy);
        } else {
            self.letter(b'l');
            self.pair(p);
        }
        self.at = p;
    }

    /// Draws a quadratic curve.
    pub fn quadratic(&mut self, a: Point, p: Point) {
        self.letter(b'q');
        self.pair(a);
        self.pair(p);
        self.at = p;
    }

    /// Draws a cubic curve.
    pub fn cubic(&mut self, a: Point, b: Point, p: Point) {
        self.letter(b'c');
        self.pair(a);
        self.pair(b);
        self.pair(p);
        self.at = p;
    }

    /// Goes back to the start of the ring.
    pub fn close(&mut self) {
        self.out.push(b'z');
        self.command = b'z';
        self.last = Last::Letter;
        self.at = self.start;
    }

    /// Tells whether a line could go on.
    pub fn open(&self) -> bool {
        !self.out.is_empty() && self.command != b'z'
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
        text(self.out)
    }

    fn letter(&mut self, command: u8) {
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
        let size = v.unsigned_abs();
        // a sign or a second point parts two numbers as well as a blank
        let parted = match (v < 0, (1..100).contains(&size)) {
            (true, _) => true,
            (false, true) => self.last != Last::Whole,
            (false, false) => self.last == Last::Letter,
        };
        if !parted {
            self.out.push(b' ');
        }
        push_hundredths(&mut self.out, v);
        self.last = if size.is_multiple_of(100) { Last::Whole } else { Last::Fraction };
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
