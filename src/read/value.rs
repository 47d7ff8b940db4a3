//! Words and numbers of the tables: takes a cell, gives its value, or a diagnostic without a location.

use crate::diag::{Diagnostic, did_you_mean, quote};
use crate::model::{BEARING, Confidence, Kind, Level, Stance, Status, read_bearings};

/// Refuses a word, with the nearest one and all of them.
fn bad_word(code: &str, column: &str, text: &str, words: &[&str]) -> Diagnostic {
    let all = words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ");
    let near = did_you_mean(text.trim(), words.iter().copied()).map_or(String::new(), |near| near + " ");
    let hint = format!("{near}`{column}` is one of {all}");
    Diagnostic::new(code, format!("`{column}` {} is not a known word", quote(text))).value(text).hint(hint)
}

/// Reads a status.
pub(super) fn status(column: &str, text: &str) -> Result<Status, Diagnostic> {
    let words = || Status::ALL.iter().map(|s| s.word()).collect::<Vec<_>>();
    Status::parse(text).ok_or_else(|| bad_word("bad-word", column, text, &words()))
}

/// Reads what happened.
pub(super) fn kind(column: &str, text: &str) -> Result<Kind, Diagnostic> {
    let words = || Kind::ALL.iter().map(|s| s.word()).collect::<Vec<_>>();
    Kind::parse(text).ok_or_else(|| bad_word("bad-word", column, text, &words()))
}

/// Reads a stance.
pub(super) fn stance(column: &str, text: &str) -> Result<Stance, Diagnostic> {
    let words = || Stance::ALL.iter().map(|s| s.word()).collect::<Vec<_>>();
    Stance::parse(text).ok_or_else(|| bad_word("bad-word", column, text, &words()))
}

/// Reads a level, one of those given.
pub(super) fn level(column: &str, text: &str, known: &[Level]) -> Result<Level, Diagnostic> {
    let words = || known.iter().map(|l| l.word()).collect::<Vec<_>>();
    let found = Level::parse(text).filter(|l| known.contains(l));
    found.ok_or_else(|| bad_word("bad-level", column, text, &words()))
}

/// Reads how sure a source is.
pub(super) fn confidence(column: &str, text: &str) -> Result<Confidence, Diagnostic> {
    match text {
        "low" => return Ok(Confidence::Low),
        "medium" => return Ok(Confidence::Medium),
        "high" => return Ok(Confidence::High),
        _ => {}
    }
    decimal(text).filter(|n| (0.0..=1.0).contains(n)).map(Confidence::Number).ok_or_else(|| {
        let message = format!("`{column}` {} is neither a known word nor a number from 0 to 1", quote(text));
        let percent = text.strip_suffix('%').and_then(decimal).filter(|n| (0.0..=100.0).contains(n));
        let hint = match percent {
            Some(n) => format!("write `{}`", n / 100.0),
            None => "write `low`, `medium`, `high` or a number from 0 to 1".into(),
        };
        Diagnostic::new("bad-confidence", message).value(text).hint(hint)
    })
}

/// Refuses a bearing that no symbol could show; `None` where all is well.
pub(super) fn bad_bearing(text: &str) -> Option<Diagnostic> {
    let part = read_bearings(text).err()?;
    let which = if part == text { String::new() } else { format!(" {} in", quote(part)) };
    let message = format!("{which} `{BEARING}` {} is no compass bearing", quote(text));
    let number = part.trim_end_matches('°').parse::<f64>().ok().filter(|d| d.abs() <= 720.0);
    let hint = match number {
        Some(degrees) => {
            format!("degrees go from 0 to 360 clockwise from north: write `{}`", degrees.rem_euclid(360.0) + 0.0)
        }
        None => "write degrees or a wind, such as `90`, `NE`, `300-60`, several with `;` between".to_owned(),
    };
    Some(Diagnostic::new("bad-bearing", message.trim_start()).value(text).hint(hint))
}

/// A finite number: digits with a point, no blanks, no words.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    text.parse::<f64>().ok().filter(|n| plain && n.is_finite())
}

/// Reads one coordinate in degrees; whether it is on Earth is [`off_globe`]'s to say.
pub(super) fn coordinate(column: &str, text: &str) -> Result<f64, Diagnostic> {
    decimal(text).ok_or_else(|| {
        let comma = text.replace(',', ".");
        let hint = if comma != text && decimal(&comma).is_some() {
            format!("decimals are written with a point: `{comma}`")
        } else if decimal(text.trim()).is_some() {
            format!("remove the blank: `{}`", text.trim())
        } else {
            "write degrees with decimals: `33.5`".into()
        };
        Diagnostic::new("bad-coordinate", format!("`{column}` {} is no number", quote(text))).value(text).hint(hint)
    })
}

/// Tells which of two coordinates is off the globe, and what is wrong with it.
pub(super) fn off_globe(lat: f64, lon: f64) -> Option<(&'static str, Diagnostic)> {
    let (column, value, most) = if !(-90.0..=90.0).contains(&lat) {
        ("lat", lat, 90)
    } else if !(-180.0..=180.0).contains(&lon) {
        ("lon", lon, 180)
    } else {
        return None;
    };
    let hint = if (-90.0..=90.0).contains(&lon) && (-180.0..=180.0).contains(&lat) {
        format!("`lat` and `lon` look swapped: write `lat` {lon}, `lon` {lat}")
    } else {
        format!("`{column}` lies within -{most} and {most} degrees")
    };
    let found = Diagnostic::new("coordinates-off-globe", format!("`{column}` {value} is not on Earth"));
    Some((column, found.value(value.to_string()).hint(hint)))
}

/// Reads a colour, `#rgb` or `#rrggbb`.
pub(super) fn color(column: &str, text: &str) -> Result<[u8; 3], Diagnostic> {
    let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let digits: Option<Vec<u8>> = text.strip_prefix('#').and_then(|t| t.as_bytes().iter().map(digit).collect());
    match digits.as_deref() {
        Some(&[r, g, b]) => Ok([r * 17, g * 17, b * 17]),
        Some(&[r1, r2, g1, g2, b1, b2]) => Ok([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2]),
        _ => {
            let bare = !text.starts_with('#') && color(column, &format!("#{text}")).is_ok();
            let hint = if bare { format!("write `#{text}`") } else { "write `#rrggbb`, such as `#2e8b57`".into() };
            Err(Diagnostic::new("bad-color", format!("`{column}` {} is no colour", quote(text))).value(text).hint(hint))
        }
    }
}

/// Reads a count.
pub(super) fn count(column: &str, text: &str) -> Result<u64, Diagnostic> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or_else(|| {
        let bare: String =
            text.chars().filter(|c| !matches!(c, ',' | '.' | ' ' | '\'' | '\u{a0}' | '\u{202f}')).collect();
        let hint = match bare.parse::<u64>() {
            Ok(_) if bare != text => format!("a whole number without separators: `{bare}`"),
            _ => "write a whole number, such as `57572`".into(),
        };
        Diagnostic::new("bad-number", format!("`{column}` {} is no count", quote(text))).value(text).hint(hint)
    })
}

/// Checks an id: it is joined with `;` in other columns and looked up as written.
pub(super) fn bad_id(column: &str, text: &str) -> Option<Diagnostic> {
    let hint = if text.trim() != text {
        "remove the blank at its end"
    } else if text.contains(';') {
        "`;` stands between ids"
    } else {
        return None;
    };
    Some(Diagnostic::new("bad-id", format!("`{column}` {} cannot be an id", quote(text))).value(text).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_not_known_is_named_with_the_nearest() {
        let wrong = status("status", "Held ").unwrap_err();
        assert_eq!(wrong.message, "`status` \"Held \" is not a known word");
        assert!(wrong.hints[0].starts_with("did you mean `held`? `status` is one of `held`, `partial`"));
        assert_eq!(stance("stance", "claimd").unwrap_err().code.name, "bad-word");
        assert_eq!(kind("kind", "siege"), Ok(Kind::Siege));
        let wrong = level("level", "adm5", &Level::ALL).unwrap_err();
        assert_eq!(wrong.code.name, "bad-level");
        assert!(level("level", "adm1", &[Level::Settlement, Level::Site]).is_err());
    }

    #[test]
    fn coordinates_are_decimal_degrees_on_earth() {
        assert_eq!(coordinate("lat", "33.5"), Ok(33.5));
        assert_eq!(coordinate("lat", "-0.5e1"), Ok(-5.0));
        for text in ["33,5", "NaN", "inf", "1e999", "33°30'", " 33", "", "-", "+-3"] {
            assert_eq!(coordinate("lat", text).map_err(|d| d.code.name), Err("bad-coordinate"), "{text:?}");
        }
        assert_eq!(coordinate("lat", "33,5").unwrap_err().hints, ["decimals are written with a point: `33.5`"]);
        assert!(off_globe(33.5, 36.3).is_none() && off_globe(-90.0, 180.0).is_none());
        let (column, wrong) = off_globe(136.3, 33.5).unwrap();
        assert_eq!(
            (column, wrong.hints[0].as_str()),
            ("lat", "`lat` and `lon` look swapped: write `lat` 33.5, `lon` 136.3")
        );
        let (column, wrong) = off_globe(33.5, 200.0).unwrap();
        assert_eq!((column, wrong.hints[0].as_str()), ("lon", "`lon` lies within -180 and 180 degrees"));
    }

    #[test]
    fn confidence_colours_counts_and_ids_have_one_form_each() {
        assert_eq!(confidence("confidence", "high"), Ok(Confidence::High));
        assert_eq!(confidence("confidence", "0.25"), Ok(Confidence::Number(0.25)));
        assert_eq!(confidence("confidence", "80%").unwrap_err().hints, ["write `0.8`"]);
        assert!(confidence("confidence", "-0.1").is_err() && confidence("confidence", "nan").is_err());
        assert_eq!(color("color", "#2E8b57"), Ok([0x2e, 0x8b, 0x57]));
        assert_eq!(color("color", "#0f8"), Ok([0, 255, 136]));
        assert_eq!(color("color", "cc0000").unwrap_err().hints, ["write `#cc0000`"]);
        assert!(color("color", "#ééé").is_err() && color("color", "red").is_err() && color("color", "").is_err());
        assert_eq!(count("population", "57572"), Ok(57572));
        assert_eq!(count("population", "1,200").unwrap_err().hints, ["a whole number without separators: `1200`"]);
        assert!(count("population", "99999999999999999999").is_err() && count("population", "+5").is_err());
        assert!(bad_id("id", "a;b").is_some() && bad_id("id", " a").is_some() && bad_id("id", "a b").is_none());
    }
}
