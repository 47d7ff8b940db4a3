//! Frames again: one from its own receipt, or a folder from that of all.

use super::super::figure::{self, Picture};
use super::super::frames::{Folder, LIST, NUMBER, numbered};
use super::super::input::Joined;
use super::super::progress::Progress;
use super::{Suspect, UNDRAWN, and_the_drawing, with_facts_of_then};
use controlmap::error::Result;
use controlmap::figure::Film;
use controlmap::receipt::{differences, fact};
use std::collections::BTreeSet;
use std::sync::Mutex;

/// The most files that are named.
const MOST: usize = 5;

/// What differs between a frame, or a folder of them, and the same drawn today.
pub fn compared(joined: &Joined, suspect: &Suspect) -> Result<Vec<String>> {
    let Some(Picture::Film(film)) = figure::draw(joined, &suspect.figure)?.value else {
        return Ok(vec![UNDRAWN.to_owned()]);
    };
    match fact(&suspect.facts, NUMBER).and_then(|number| number.parse::<usize>().ok()) {
        Some(number) => one(joined, suspect, &film, number),
        None => folder(joined, suspect, &film),
    }
}

fn one(joined: &Joined, suspect: &Suspect, film: &Film, number: usize) -> Result<Vec<String>> {
    let Suspect { path, bytes, facts, figure } = suspect;
    let count = film.moments().len();
    if !(1..=count).contains(&number) {
        return Ok(vec![format!("it was frame {number}, and the film has {count} now")]);
    }
    let folder = Folder::new(path, joined, figure, film);
    let mut frame = numbered(film, number - 1..number).remove(0).frame;
    if folder.one(film, &frame)? == *bytes {
        return Ok(Vec::new());
    }
    let all = differences(facts, &frame.metadata, &joined.dataset);
    with_facts_of_then(&mut frame.metadata, facts);
    let is_same = folder.one(film, &frame)? == *bytes;
    Ok(and_the_drawing(all, is_same))
}

fn folder(joined: &Joined, suspect: &Suspect, film: &Film) -> Result<Vec<String>> {
    let Suspect { path, facts, figure, .. } = suspect;
    // the receipt stands for its folder
    let path = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let folder = Folder::new(path, joined, figure, film);
    let is_same = |name: &str, bytes: &[u8]| std::fs::read(path.join(name)).is_ok_and(|then| then == bytes);
    let others = Mutex::new(BTreeSet::new());
    let mut list = Vec::new();
    folder.each(film, 0..film.moments().len(), &Progress::none(), &mut list, &|i, bytes| {
        let name = folder.name(i);
        if !is_same(&name, bytes)
            && let Ok(mut others) = others.lock()
        {
            others.insert(name);
        }
        Ok(())
    })?;
    let mut others = others.into_inner().unwrap_or_default();
    if !is_same(LIST, &list) {
        others.insert(LIST.to_owned());
    }
    let mut all = differences(facts, &film.page().page.metadata, &joined.dataset);
    if !others.is_empty() {
        let named: Vec<String> = others.iter().take(MOST).map(|name| format!("`{name}`")).collect();
        let more = others.len().saturating_sub(MOST);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        all.push(format!("not the same, or not there: {}{more}", named.join(", ")));
    }
    Ok(all)
}
