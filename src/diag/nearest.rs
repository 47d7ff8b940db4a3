//! The known word nearest to a misspelt one, for hints.

use super::quote;

/// Finds the candidate with the least edit distance, at most a third of the word's length.
///
/// Ties go to the candidate that sorts first, so that the hint does not depend on their order.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = word.to_lowercase().chars().take(64).collect();
    let limit = (wanted.len() / 3).max(1);
    candidates.into_iter().map(|c| (distance(&wanted, c), c)).filter(|(d, _)| *d <= limit).min().map(|(_, c)| c)
}

/// The hint that names the nearest of the program's own words: ``did you mean `held`?``
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|near| format!("did you mean `{near}`?"))
}

/// The hint that names the nearest of the user's own texts: `did you mean "Hama"?`
pub fn did_you_mean_text<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(text, candidates).map(|near| format!("did you mean {}?", quote(near)))
}

/// Edit distance where swapping two neighbours counts as one.
fn distance(wanted: &[char], candidate: &str) -> usize {
    let other: Vec<char> = candidate.to_lowercase().chars().take(64).collect();
    let mut before = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in wanted.iter().enumerate() {
        let mut row = vec![i + 1; other.len() + 1];
        for (j, b) in other.iter().enumerate() {
            let swap = last[j] + usize::from(a != b);
            row[j + 1] = swap.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && wanted[i - 1] == *b {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, did_you_mean_text, nearest};

    #[test]
    fn finds_a_slip_but_never_a_stranger() {
        let words = ["Hama", "Homs", "Idlib"];
        assert_eq!(nearest("Hamah ", words), Some("Hama"));
        assert_eq!(nearest("Holms", words), Some("Homs"));
        assert_eq!(nearest("Damascus", words), None);
        assert_eq!(did_you_mean("homs", words).as_deref(), Some("did you mean `Homs`?"));
        assert_eq!(did_you_mean_text("homs", words).as_deref(), Some("did you mean \"Homs\"?"));
    }
}
