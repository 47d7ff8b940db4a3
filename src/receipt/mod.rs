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
/// The fact that lists the input files, a line each: hash, two blanks and name, as `sha256sum` has it; of a table
/// the hash is that of its sorted lines, as the order of rows is of no matter; of the project file it is that of what
/// it says apart from its list of figures.
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
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Gives the SHA-256 of the sorted lines of a text, as `LC_ALL=C sort FILE | sha256sum` does.
pub fn digest_of_rows(bytes: &[u8]) -> String {
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    // behind the last line end there is no line
    if lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    // stable: it makes use of runs that are sorted already, as tables mostly are
    lines.sort();
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
        hash.update(b"\n");
    }
    hexadecimal(&hash.finalize())
}

/// Gives the SHA-256 of what a project file says of every figure: its keys in the order of letters, as JSON, without
/// comments, its list of figures and its accepted warnings.
pub fn digest_of_project(bytes: &[u8]) -> String {
    // a file that cannot be read has no figure, so any hash of it will do
    let mut said: toml::Table = std::str::from_utf8(bytes).ok().and_then(|text| text.parse().ok()).unwrap_or_default();
    for key in ["figure", "accepted"] {
        said.remove(key);
    }
    digest(serde_json::to_string(&said).unwrap_or_default().as_bytes())
}

/// Gives the value of a fact.
pub fn fact<'f>(facts: &'f [(String, String)], key: &str) -> Option<&'f str> {
    facts.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::{digest, digest_of_project, digest_of_rows};

    #[test]
    fn of_a_project_file_counts_what_it_says_of_every_figure() {
        let hash = digest_of_project(b"title = \"T\"\n[map]\nsize = [9, 6]\n");
        let spared =
            "# why\ntitle='T'\nmap = { size = [ 9,6 ] }\n[[figure]]\nfile = \"a.svg\"\n[[accepted]]\ncode = \"x\"\n";
        assert_eq!(digest_of_project(spared.as_bytes()), hash);
        assert_ne!(digest_of_project(b"title = \"T\"\n[map]\nsize = [9, 7]\n"), hash);
    }

    #[test]
    fn the_order_of_rows_is_of_no_matter_and_every_byte_of_them_is() {
        let hash = digest(b"a,1\nb,2\nid,n\n");
        assert_eq!(digest_of_rows(b"id,n\nb,2\na,1\n"), hash);
        assert_eq!(digest_of_rows(b"id,n\na,1\nb,2"), hash);
        assert_ne!(digest_of_rows(b"id,n\na,1\nb,3\n"), hash);
        assert_eq!(digest_of_rows(b""), digest(b""));
    }

    #[test]
    fn the_digest_is_that_of_sha256sum() {
        assert_eq!(digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
