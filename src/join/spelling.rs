//! Looking names up: by code, exactly, normalised, and in the names table.

use super::normal::{self, Key};
use super::place::unknown_region;
use crate::diag::{Diagnostic, nearest};
use crate::model::{Level, NameRow, Place, PlaceIndex, Table};
use std::sync::OnceLock;

/// How a name was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// By code or id.
    Code,
    /// As one of the place's own names.
    Exact,
    /// As one of them, normalised.
    Normalised,
    /// In the names table.
    Table,
}

/// What looking a name up gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One place.
    One(PlaceIndex, Stage),
    /// Several; sorted by level, then id.
    Several(Vec<PlaceIndex>),
    /// None.
    Nothing,
}

/// A spelling of a place.
#[derive(Debug, Clone, Copy)]
struct Spelling<'a> {
    name: &'a str,
    place: PlaceIndex,
    lang: &'a str,
    /// Which letters it has, a bit each: two names that are near differ in few.
    letters: u64,
}

/// Keys and the places that they fit, sorted.
type Keys = Vec<(String, PlaceIndex)>;

/// Normalised spellings of one kind.
#[derive(Debug, Default)]
struct Normal {
    whole: Keys,
    /// Of regions only, with and without the word for their level.
    bare: Keys,
}

/// Every spelling of every place.
pub struct Spellings<'a> {
    places: &'a [Place],
    ids: Vec<(&'a str, PlaceIndex)>,
    /// Of the places' own names; made when a code does not do.
    own: OnceLock<Vec<Spelling<'a>>>,
    table: Vec<Spelling<'a>>,
    own_normal: OnceLock<Normal>,
    table_normal: OnceLock<Normal>,
}

impl<'a> Spellings<'a> {
    /// The spellings of the names table with their places, sorted.
    pub fn further(&self) -> Vec<(String, PlaceIndex)> {
        let mut all: Vec<(String, PlaceIndex)> = self.table.iter().map(|s| (s.name.to_owned(), s.place)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Takes places and the names table; tells of names whose id nothing has, where there are regions.
    pub fn new(
        places: &'a [Place],
        tables: &[Table],
        names: &'a [NameRow],
        regions: bool,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut ids: Vec<_> = places.iter().enumerate().map(|(i, p)| (p.id.as_str(), index(i))).collect();
        ids.sort_unstable();
        let mut table = Vec::with_capacity(names.len());
        for row in names {
            let of = range(&ids, |(id, _)| *id, &row.id);
            if of.is_empty() && regions {
                found.push(unknown_region(tables, &row.id, (row.origin, "id"), ids.iter().map(|(id, _)| *id)));
            }
            table.extend(of.iter().map(|(_, place)| Spelling {
                name: &row.name,
                place: *place,
                lang: &row.lang,
                letters: letters(&row.name),
            }));
        }
        tidy(&mut table);
        let (own, own_normal, table_normal) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { places, ids, own, table, own_normal, table_normal }
    }

    /// The places' own names.
    fn own(&self) -> &[Spelling<'a>] {
        self.own.get_or_init(|| {
            let mut own = Vec::with_capacity(self.places.len());
            for (i, place) in self.places.iter().enumerate() {
                let spell = |name, lang| Spelling { name, place: index(i), lang, letters: letters(name) };
                own.push(spell(place.names.default.as_str(), ""));
                own.extend(place.names.by_language.iter().map(|(lang, name)| spell(name, lang)));
            }
            tidy(&mut own);
            own
        })
    }

    /// The place at an index.
    pub fn place(&self, index: PlaceIndex) -> &'a Place {
        &self.places[index.0 as usize]
    }

    /// Looks a name up; where no level is said, it must fit one place of all levels together.
    ///
    /// Codes go before names. Within a level the first stage that knows the name decides.
    pub fn find(&self, written: &str, level: Option<Level>) -> Found {
        let fits = |place: &PlaceIndex| level.is_none_or(|l| self.place(*place).level == l);
        // The commonest case, a code of one place, without a detour.
        if let [(_, place)] = range(&self.ids, |(id, _)| *id, written)
            && fits(place)
        {
            return Found::One(*place, Stage::Code);
        }
        let coded = range(&self.ids, |(id, _)| *id, written).iter().map(|(_, p)| *p).filter(fits).collect();
        if let Some(found) = self.decide(vec![(Stage::Code, coded)]) {
            return found;
        }
        let exact = |list: &[Spelling]| range(list, |s| s.name, written).iter().map(|s| s.place).filter(fits).collect();
        let mut stages: Vec<(Stage, Vec<PlaceIndex>)> = vec![(Stage::Exact, exact(self.own()))];
        // A blank at an end is a slip that should be seen, not a way of writing.
        let tidy = written.trim() == written;
        let key = normal::key(if tidy { written } else { "" });
        let own = self.own_normal.get_or_init(|| self.normal(self.own()));
        let table = self.table_normal.get_or_init(|| self.normal(&self.table));
        stages.extend(self.normalised(own, &key, &fits).map(|found| (Stage::Normalised, found)));
        stages.push((Stage::Table, exact(&self.table)));
        stages.extend(self.normalised(table, &key, &fits).map(|found| (Stage::Table, found)));
        self.decide(stages).unwrap_or(Found::Nothing)
    }

    /// Takes, for each level, the first stage that has any place of it.
    fn decide(&self, stages: Vec<(Stage, Vec<PlaceIndex>)>) -> Option<Found> {
        let mut taken: Vec<(PlaceIndex, Stage)> = Vec::new();
        for level in Level::ALL {
            let of_level = |list: &[PlaceIndex]| -> Vec<PlaceIndex> {
                list.iter().copied().filter(|p| self.place(*p).level == level).collect()
            };
            let first = stages.iter().map(|(stage, list)| (stage, of_level(list))).find(|(_, list)| !list.is_empty());
            if let Some((stage, list)) = first {
                taken.extend(list.into_iter().map(|p| (p, *stage)));
            }
        }
        taken.sort_by_key(|(p, stage)| (self.place(*p).level, &self.place(*p).id, *stage));
        taken.dedup_by_key(|(p, _)| *p);
        match taken[..] {
            [] => None,
            [(place, stage)] => Some(Found::One(place, stage)),
            _ => Some(Found::Several(taken.into_iter().map(|(p, _)| p).collect())),
        }
    }

    fn normal(&self, list: &[Spelling]) -> Normal {
        let mut normal = Normal::default();
        for spelling in list {
            let place = self.place(spelling.place);
            let key = normal::key(spelling.name);
            if place.region.is_some() {
                if let Some((bare, _)) = key.bare.filter(|(_, levels)| levels.contains(&place.level)) {
                    normal.bare.push((bare, spelling.place));
                }
                normal.bare.push((key.whole.clone(), spelling.place));
            }
            normal.whole.push((key.whole, spelling.place));
        }
        for keys in [&mut normal.whole, &mut normal.bare] {
            keys.retain(|(key, _)| !key.is_empty());
            keys.sort_unstable();
            keys.dedup();
        }
        normal
    }

    /// Places of that key, first as a whole, then with words for a level aside.
    fn normalised(&self, normal: &Normal, key: &Key, fits: &impl Fn(&PlaceIndex) -> bool) -> [Vec<PlaceIndex>; 2] {
        let all = |keys: &Keys, key: &str| -> Vec<PlaceIndex> {
            range(keys, |(k, _)| k.as_str(), key).iter().map(|(_, p)| *p).filter(fits).collect()
        };
        let bare = match &key.bare {
            Some((bare, levels)) => {
                let mut found = all(&normal.bare, bare);
                found.retain(|p| levels.contains(&self.place(*p).level));
                found
            }
            None => all(&normal.bare, &key.whole),
        };
        [all(&normal.whole, &key.whole), bare]
    }

    /// The nearest spelling at a level: its text, its language, and the places that have it.
    pub fn near(&self, written: &str, level: Option<Level>) -> Option<(&'a str, &'a str, Vec<PlaceIndex>)> {
        let (length, own) = (written.chars().count(), letters(written));
        let limit = (length.min(64) / 3).max(1);
        let fits = |s: &&Spelling<'a>| {
            level.is_none_or(|l| self.place(s.place).level == l)
                && (s.letters ^ own).count_ones() as usize <= 2 * limit
                && s.name.len() >= length.min(64).saturating_sub(limit)
        };
        let all = || self.own().iter().chain(&self.table).filter(fits);
        let name = nearest(written, all().map(|s| s.name))?;
        let mut of: Vec<&Spelling> = all().filter(|s| s.name == name).collect();
        of.sort_by_key(|s| (self.place(s.place).level, s.place, s.lang));
        let lang = of.iter().map(|s| s.lang).find(|l| !l.is_empty()).unwrap_or("");
        of.dedup_by_key(|s| s.place);
        Some((name, lang, of.into_iter().map(|s| s.place).collect()))
    }
}

/// Sorts spellings by name, each of a place once.
fn tidy(list: &mut Vec<Spelling<'_>>) {
    list.retain(|s| !s.name.is_empty());
    list.sort_unstable_by_key(|s| (s.name, s.place, s.lang));
    list.dedup_by_key(|s| (s.name, s.place));
}

/// The items of a sorted list whose text is the one wanted.
fn range<'l, T>(list: &'l [T], text: impl Fn(&T) -> &str, wanted: &str) -> &'l [T] {
    let start = list.partition_point(|item| text(item) < wanted);
    let length = list[start..].iter().take_while(|item| text(item) == wanted).count();
    &list[start..start + length]
}

/// The letters of a name in lower case, folded into 64 bits: an edit changes at most two.
fn letters(name: &str) -> u64 {
    name.chars().take(64).flat_map(char::to_lowercase).fold(0, |bits, c| bits | 1 << (c as u32 % 64))
}

fn index(i: usize) -> PlaceIndex {
    PlaceIndex(u32::try_from(i).expect("fewer than 2^32 places"))
}
