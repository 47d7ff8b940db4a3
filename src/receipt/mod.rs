//! What a figure was made from, as facts that go along in its file: takes data, gives hashes and ids; and
//! tells in words what is no longer as it was.

mod difference;
mod evidence;

pub use difference::differences;
pub use evidence::{FIELDS, evidence};

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The fact that names the project.
pub const PROJECT: &str = "project";
/// The fact that lists the input files, a line each: hash, two blanks and name, as `sha256sum` has it.
pub const INPUTS: &str = "inputs";
/// The fact that holds the figure's options.
pub const FIGURE: &str = "figure";
/// The fact that names the program and its version.
pub const GENERATOR: &str = "generator";
/// The fact that lists the deciding events of each place.
pub const DECIDED: &str = "decided";
/// The fact that lists the deciding events, each with a short hash of every field.
pub const EVENTS: &str = "events";

/// Gives the SHA-256 of bytes in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Gives the value of a fact.
pub fn fact<'f>(facts: &'f [(String, String)], key: &str) -> Option<&'f str> {
    facts.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn the_digest_is_that_of_sha256sum() {
        assert_eq!(digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
