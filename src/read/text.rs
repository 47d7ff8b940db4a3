//! Text: takes bytes, gives UTF-8 without its byte order mark, or says where it is none.

use crate::diag::{Diagnostic, Location};
use crate::model::RecordStart;

/// Cuts a byte order mark; a text of 16-bit units is refused.
pub(super) fn without_mark<'b>(bytes: &'b [u8], file: &str) -> Result<&'b [u8], Diagnostic> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Ok(rest),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            let wrong = Diagnostic::new("bad-bytes", "the file looks like UTF-16").at(Location::file(file));
            Err(wrong.hint("save the file again as UTF-8"))
        }
        _ => Ok(bytes),
    }
}

/// Checks bytes as text, with the line and character of the first byte that is none.
pub(super) fn owned_text(bytes: Vec<u8>, file: &str) -> Result<String, Diagnostic> {
    let marked = without_mark(&bytes, file)?.len() != bytes.len();
    let bytes = if marked { bytes[3..].to_vec() } else { bytes };
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let text = std::str::from_utf8(&error.as_bytes()[..good]).unwrap_or_default();
        let at = RecordStart::FIRST.onward(text, good);
        bad_byte(error.as_bytes().get(good).copied()).at(Location::text(file, at.line, at.column))
    })
}

/// A byte that is no UTF-8, and what it would be in the usual other encoding.
pub(super) fn bad_byte(byte: Option<u8>) -> Diagnostic {
    let Some(byte) = byte else { return Diagnostic::new("bad-bytes", "a byte that is not UTF-8") };
    let wrong = Diagnostic::new("bad-bytes", format!("byte 0x{byte:02X} is not UTF-8"));
    let hint = match byte {
        0xA0.. => format!("save the file as UTF-8; as Latin-1 this byte would be `{}`", char::from(byte)),
        _ => "save the file as UTF-8".to_owned(),
    };
    wrong.value(format!("0x{byte:02X}")).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::owned_text;

    #[test]
    fn the_first_bad_byte_is_named_with_its_place() {
        assert_eq!(owned_text(b"\xEF\xBB\xBFab".to_vec(), "x").as_deref(), Ok("ab"));
        let wrong = owned_text(b"a\n\xC3\xA9\xE9 caf".to_vec(), "x").unwrap_err();
        assert_eq!(wrong.message, "byte 0xE9 is not UTF-8");
        assert_eq!(wrong.location.unwrap().to_string(), "x:2:2");
        assert!(wrong.hints[0].ends_with("would be `é`"));
        assert_eq!(owned_text(b"\xFF\xFEa\0".to_vec(), "x").unwrap_err().code.name, "bad-bytes");
    }
}
