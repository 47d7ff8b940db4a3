//! Coordinates as text: degrees to seven decimals, which is a centimetre.

/// Parts of a degree.
const PARTS: f64 = 1e7;

/// A coordinate in ten-millionths of a degree.
pub(super) fn grid(degrees: f64) -> i64 {
    (degrees * PARTS).round() as i64
}

/// Writes a whole number.
pub(super) fn whole(number: i64, out: &mut Vec<u8>) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// Writes ten-millionths of a degree as degrees, without zeros at the end.
pub(super) fn degrees(parts: i64, out: &mut Vec<u8>) {
    if parts < 0 {
        out.push(b'-');
    }
    let parts = parts.unsigned_abs();
    whole((parts / 10_000_000) as i64, out);
    let mut fraction = parts % 10_000_000;
    if fraction == 0 {
        return;
    }
    let mut digits = [b'0'; 7];
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (fraction % 10) as u8;
        fraction /= 10;
    }
    let length = 7 - digits.iter().rev().take_while(|d| **d == b'0').count();
    out.push(b'.');
    out.extend_from_slice(&digits[..length]);
}

/// Writes a position in ten-millionths of a degree.
pub(super) fn position([x, y]: [i64; 2], out: &mut Vec<u8>) {
    out.push(b'[');
    degrees(x, out);
    out.push(b',');
    degrees(y, out);
    out.push(b']');
}

#[cfg(test)]
mod tests {
    use super::{degrees, grid, position};

    #[test]
    fn degrees_have_no_more_digits_than_they_need() {
        for (value, text) in [
            (0.0, "0"),
            (-0.000_000_04, "0"),
            (35.5, "35.5"),
            (-0.1, "-0.1"),
            (-179.999_999_9, "-179.9999999"),
            (7.000_000_1, "7.0000001"),
            (12.0, "12"),
        ] {
            let mut out = Vec::new();
            degrees(grid(value), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), text);
        }
        let mut out = Vec::new();
        position([15_000_000, -20_000_000], &mut out);
        assert_eq!(out, b"[1.5,-2]");
    }
}
