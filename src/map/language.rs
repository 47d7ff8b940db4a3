//! Languages and letters: takes what is asked for and what there is, tells what is missing.

use super::Request;
use super::words::{Words, languages, words_of};
use crate::diag::{Diagnostic, did_you_mean, quote};
use crate::model::{Dataset, Names};
use std::collections::BTreeSet;

/// Every name that a map may show.
fn names(dataset: &Dataset) -> impl Iterator<Item = &Names> {
    let actors = dataset.actors.iter().flat_map(|actor| actor.periods.iter().map(|period| &period.names));
    dataset.places.iter().map(|place| &place.names).chain(actors)
}

/// Refuses a language that has neither words nor names.
pub fn unknown(dataset: &Dataset, tag: &str) -> Option<Diagnostic> {
    let has_names = || names(dataset).any(|n| n.by_language.iter().any(|(own, _)| own == tag));
    if words_of(tag).is_some() || has_names() {
        return None;
    }
    let mut own: BTreeSet<&str> = languages().collect();
    own.extend(names(dataset).flat_map(|n| n.by_language.iter().map(|(tag, _)| tag.as_str())));
    let wrong = Diagnostic::new("bad-word", format!("there are no words and no names in the language {}", quote(tag)));
    let known: Vec<String> = own.iter().map(|tag| format!("`{tag}`")).collect();
    let near = did_you_mean(tag, own.iter().copied()).map_or(String::new(), |near| near + " ");
    Some(wrong.value(tag).hint(format!("{near}known are {}; a tag such as `ar` is two letters", known.join(", "))))
}

/// What is to be known of a map in a language of which there are names but no words.
pub fn notes(request: &Request, words: &Words) -> Option<String> {
    let asked = request.options.lang.as_deref()?.split(',').next()?.trim();
    (!asked.is_empty() && words_of(asked).is_none()).then(|| {
        format!("names are in `{asked}`; of the map's own words there are none in it, they are in `{}`", words.lang)
    })
}

/// How many names are listed.
const LISTED: usize = 5;

/// Tells of letters that no font has, and of names that have them.
pub fn missing_letters(request: &Request, letters: &[char]) -> Option<Diagnostic> {
    if letters.is_empty() {
        return None;
    }
    let Request { dataset, options, title, .. } = *request;
    let title = options.title.as_ref().map_or(title, |own| own.get(options.lang.as_deref()));
    let sources = dataset.sources.iter().map(|source| source.label());
    let all = names(dataset).flat_map(Names::all).chain(std::iter::once(title)).chain(sources);
    let having: BTreeSet<&str> = all.filter(|name| name.chars().any(|c| letters.contains(&c))).collect();
    let shown: String = letters.iter().take(40).collect();
    let of: Vec<String> = having.iter().take(LISTED).map(|name| quote(name)).collect();
    let more = having.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let has = if letters.len() == 1 { "the letter" } else { "the letters" };
    let message = format!("no font has {has} {}, of {}{more}", quote(&shown), of.join(", "));
    let hint = "an empty box stands for each; write the name in Latin, Cyrillic, Greek or Arabic letters";
    Some(Diagnostic::new("missing-letters", message).value(shown).hint(hint))
}
