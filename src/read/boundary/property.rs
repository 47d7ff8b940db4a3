//! Which properties of the features hold ids and names: as the user says, else the usual ones.

use super::feature::{Feature, text};
use crate::model::{Level, Names};
use crate::project::BoundaryInput;

/// Properties that usually hold a code, best first; `#` stands for the digit of the admin level.
pub const USUAL_IDS: &[&str] = &[
    "pcode",
    "PCODE",
    "ADM#_PCODE",
    "adm#_pcode",
    "admin#Pcode",
    "shapeISO",
    "iso_3166_2",
    "ISO_3166_2",
    "hasc",
    "HASC",
    "HASC_#",
    "hasc_#",
    "code_hasc",
    "GID_#",
    "gid_#",
    "ISO3166-2",
    "iso_a3",
    "ISO_A3",
    "code",
    "CODE",
    "id",
    "ID",
    "Id",
    "shapeID",
    "fid",
    "FID",
];

/// Properties that usually hold a name, best first.
pub const USUAL_NAMES: &[&str] = &[
    "name",
    "NAME",
    "Name",
    "ADM#_EN",
    "adm#_en",
    "ADM#_NAME",
    "adm#_name",
    "admin#Name_en",
    "shapeName",
    "NAME_#",
    "name_#",
    "name_en",
    "NAME_EN",
    "name:en",
];

/// Properties that usually hold the code of the region one level up; `#` is that level's digit.
pub const USUAL_PARENTS: &[&str] = &["ADM#_PCODE", "adm#_pcode", "admin#Pcode", "GID_#", "parent"];

/// Where the ids of a file stand.
#[derive(Debug, Clone, PartialEq)]
pub enum IdPlace {
    /// In the features' own `id`.
    Own,
    /// In a property.
    Property(String),
}

/// Finds where ids stand; `None` where no feature has what the user names, or any of the usual ones.
///
/// One place for the whole file: the first that every feature has, else the first that some have.
pub fn id_place(input: &BoundaryInput, features: &[Feature]) -> Option<IdPlace> {
    let named = input.id.iter().cloned().map(IdPlace::Property);
    let own = input.id.as_deref().is_none_or(|id| id == "id").then_some(IdPlace::Own);
    let usual = USUAL_IDS.iter().filter_map(|p| usual(p, input.level, 0)).map(IdPlace::Property);
    let usual = usual.filter(|_| input.id.is_none());
    let places: Vec<(IdPlace, usize)> = named
        .chain(own)
        .chain(usual)
        .map(|place| {
            let count = features.iter().filter(|f| id(f, &place).is_some()).count();
            (place, count)
        })
        .collect();
    let in_all = places.iter().find(|(_, count)| *count == features.len());
    in_all.or_else(|| places.iter().find(|(_, count)| *count > 0)).map(|(place, _)| place.clone())
}

/// The id of a feature.
pub fn id(feature: &Feature, place: &IdPlace) -> Option<String> {
    match place {
        IdPlace::Own => text(&feature.id),
        IdPlace::Property(name) => text(feature.properties.get(name)?),
    }
}

/// The names of a feature; its id where it has none.
pub fn names(input: &BoundaryInput, feature: &Feature, id: &str) -> Names {
    let property = |name: &str| text(feature.properties.get(name)?);
    let default = match &input.name {
        Some(name) => property(name),
        None => USUAL_NAMES.iter().filter_map(|p| usual(p, input.level, 0)).find_map(|p| property(&p)),
    };
    let mut by_language: Vec<(String, String)> =
        input.names.iter().filter_map(|(tag, name)| Some((tag.clone(), property(name)?))).collect();
    by_language.sort();
    by_language.dedup_by(|b, a| a.0 == b.0);
    Names { default: default.unwrap_or_else(|| id.to_owned()), by_language }
}

/// The code of the region that contains a feature; empty where it is not said.
pub fn parent(input: &BoundaryInput, feature: &Feature) -> String {
    let property = |name: &str| text(feature.properties.get(name)?);
    let found = match &input.parent {
        Some(name) => property(name),
        None => USUAL_PARENTS.iter().filter_map(|p| usual(p, input.level, 1)).find_map(|p| property(&p)),
    };
    found.unwrap_or_default()
}

/// The official area of a feature in km².
pub fn official_km2(input: &BoundaryInput, feature: &Feature) -> Option<f64> {
    let written = text(feature.properties.get(input.area.as_ref()?)?)?;
    written.replace(',', "").parse::<f64>().ok().filter(|km2| km2.is_finite() && *km2 > 0.0)
}

/// The names of the properties that there are, sorted.
pub fn all(features: &[Feature]) -> Vec<&str> {
    let mut names: Vec<&str> = features.iter().flat_map(|f| f.properties.keys().map(String::as_str)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A usual property with the level's digit, that many levels up; `None` where there is no such level.
fn usual(pattern: &str, level: Level, up: usize) -> Option<String> {
    let digit = Level::ALL.iter().filter(|l| !l.is_point()).position(|l| *l == level);
    match digit.and_then(|d| d.checked_sub(up)) {
        Some(digit) => Some(pattern.replace('#', &digit.to_string())),
        None => (!pattern.contains('#')).then(|| pattern.to_owned()),
    }
}
