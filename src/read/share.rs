//! Shares of the tables: takes a cell, gives the interval that it states.

use crate::diag::{Diagnostic, quote};
use crate::model::Share;

/// Reads `0.8`, `80%`, `>90%`, `>=0.5`, `<10%`, `~0.6` or `0.6..0.8`.
///
/// # Errors
/// `bad-share`, without a location.
pub fn read_share(text: &str) -> Result<Share, Diagnostic> {
    let (rest, approximate) = text.strip_prefix('~').map_or((text, false), |rest| (rest, true));
    let wrong = |message: &str, hint: String| {
        Diagnostic::new("bad-share", format!("`share` {} {message}", quote(text))).value(text).hint(hint)
    };
    let found = bounds(rest).and_then(|(low, high)| {
        if high == 0.0 {
            return Err(("is nothing", "where the actor has lost the place set `status` to `lost`".into()));
        }
        Share::new(low, high).ok_or_else(|| ("ends below its start", "put the smaller number first".into()))
    });
    match found {
        Ok(share) if approximate => Ok(share.approximately()),
        Ok(share) => Ok(share),
        Err((message, hint)) => Err(wrong(message, hint)),
    }
}

type Wrong = (&'static str, String);

fn bounds(text: &str) -> Result<(f64, f64), Wrong> {
    if let Some((low, high)) = text.split_once("..") {
        return Ok((part(low)?, part(high)?));
    }
    if let Some(rest) = text.strip_prefix(">=") {
        return Ok((part(rest)?, 1.0));
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return Ok((0.0, part(rest)?));
    }
    if let Some(rest) = text.strip_prefix('>') {
        return match part(rest)? {
            1.0 => Err(("is more than the whole", "the whole is `100%`".into())),
            low => Ok((low, 1.0)),
        };
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Ok((0.0, part(rest)?));
    }
    part(text).map(|n| (n, n))
}

/// One number within 0…1, with `%` or without.
fn part(text: &str) -> Result<f64, Wrong> {
    const FORMS: &str = "write a share as `0.8`, `80%`, `>90%` or `0.6..0.8`";
    let (digits, percent) = text.strip_suffix('%').map_or((text, false), |digits| (digits, true));
    let plain = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && !digits.ends_with(char::is_whitespace);
    let number = digits.parse::<f64>().ok().filter(|n| plain && n.is_finite());
    let Some(number) = number else {
        let comma = digits.replace(',', ".");
        let hint = if comma != digits && comma.parse::<f64>().is_ok() {
            format!("decimals are written with a point: `{comma}{}`", if percent { "%" } else { "" })
        } else if digits.chars().any(char::is_whitespace) {
            format!("remove the blanks: `{}`", text.split_whitespace().collect::<String>())
        } else {
            FORMS.to_owned()
        };
        return Err(("is no share", hint));
    };
    match (percent, number) {
        (true, n) if n <= 100.0 => Ok(n / 100.0),
        (false, n) if n <= 1.0 => Ok(n),
        (false, n) if n <= 100.0 => {
            Err(("could be a percentage or a slip", format!("write `{digits}%` or `{}`", n / 100.0)))
        }
        _ => Err(("is more than the whole", "the whole is `100%`".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::read_share;

    fn bounds(text: &str) -> (f64, f64) {
        let share = read_share(text).unwrap();
        (share.low(), share.high())
    }

    #[test]
    fn every_form_of_a_share_is_an_interval() {
        assert_eq!(bounds("0.8"), (0.8, 0.8));
        assert_eq!(bounds(".5"), (0.5, 0.5));
        assert_eq!(bounds("80%"), (0.8, 0.8));
        assert_eq!(bounds(">90%"), (0.9, 1.0));
        assert_eq!(bounds(">=0.5"), (0.5, 1.0));
        assert_eq!(bounds("<10%"), (0.0, 0.1));
        assert_eq!(bounds("<=10%"), (0.0, 0.1));
        assert_eq!(bounds("0.6..0.8"), (0.6, 0.8));
        assert_eq!(bounds("60%..80%"), (0.6, 0.8));
        assert_eq!(bounds("1"), (1.0, 1.0));
        assert_eq!(bounds(">0%"), (0.0, 1.0));
    }

    #[test]
    fn a_tilde_marks_and_does_not_widen() {
        let share = read_share("~20.5%").unwrap();
        assert!(share.is_approximate());
        assert_eq!((share.low(), share.high()), (0.205, 0.205));
        assert!(!read_share("0.6").unwrap().is_approximate());
    }

    #[test]
    fn what_is_no_part_of_a_whole_is_refused() {
        for text in [
            "0", "0%", "0.0", "<0%", "0..0", "1e999", "-0.1", "120%", "101", "NaN", "inf", "half", "", "~", ">",
            ">100%", "0.8..0.6", "80 %", " 0.8", "0.8 ", "60..80%", "0x1", "80%%", "..", "0.5..",
        ] {
            assert_eq!(read_share(text).map_err(|d| d.code.name), Err("bad-share"), "{text:?}");
        }
    }

    #[test]
    fn the_hint_says_how_to_write_it() {
        let hint = |text: &str| read_share(text).unwrap_err().hints.join("; ");
        assert_eq!(hint("80"), "write `80%` or `0.8`");
        assert_eq!(hint("0%"), "where the actor has lost the place set `status` to `lost`");
        assert_eq!(hint("0,8"), "decimals are written with a point: `0.8`");
        assert_eq!(hint("80 %"), "remove the blanks: `80%`");
    }
}
