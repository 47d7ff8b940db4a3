//! Everything that can be held, in an order that no file decides, each with what contains it.

use super::locate;
use crate::diag::{Diagnostic, did_you_mean_text, quote};
use crate::geometry::contains::distance_km;
use crate::geometry::locate::Locator;
use crate::model::{EventRows, Level, Names, Origin, Place, PlaceIndex, PlaceRow, RegionIndex, RegionSet, Table};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How far beyond its region's border a place may lie before it is told: coasts and borders are simplified.
const TOLERANCE_KM: f64 = 1.0;

/// Makes a place of each region, then of each row by id.
pub fn places(
    tables: &[Table],
    regions: &RegionSet,
    mut rows: Vec<PlaceRow>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Place> {
    let mut all: Vec<Place> = Vec::with_capacity(regions.regions.len() + rows.len());
    let by_id = ids(regions);
    for (index, region) in regions.regions.iter().enumerate() {
        let outer = |i: &&u32| regions.regions[**i as usize].level < region.level;
        let parent = by_id.get(region.parent.as_str()).and_then(|list| list.iter().rfind(outer));
        all.push(Place {
            id: region.id.clone(),
            names: region.names.clone(),
            level: region.level,
            region: Some(RegionIndex(number(index))),
            container: parent.map(|i| PlaceIndex(*i)),
            at: None,
            population: None,
            kind: String::new(),
        });
    }
    rows.par_sort_by(|a, b| (&a.id, a.origin).cmp(&(&b.id, b.origin)));
    for pair in rows.windows(2).filter(|p| p[0].id == p[1].id) {
        found.push(twice(tables, &pair[1].id, pair[1].origin, "places"));
    }
    rows.dedup_by(|b, a| a.id == b.id);
    let mut locator = Locator::new(regions.regions.iter().map(|r| &r.geometry));
    let first = all.len();
    let mut all_swapped = Vec::new();
    for row in &rows {
        let swapped = swapped(&mut locator, tables, row.at, row.origin);
        let is_swapped = swapped.is_some();
        all_swapped.extend(swapped);
        let container = if row.region.is_empty() {
            innermost(regions, &locator.find(row.at))
        } else if let Some(list) = by_id.get(row.region.as_str()) {
            let region = *list.last().expect("no list is empty");
            if !is_swapped {
                check_inside(tables, regions, region, row, &mut locator, found);
            }
            Some(PlaceIndex(region))
        } else {
            let outer = rows.binary_search_by(|r| r.id.as_str().cmp(&row.region)).ok();
            let outer = outer.filter(|i| rows[*i].level < row.level);
            if outer.is_none() && !regions.regions.is_empty() {
                found.push(unknown_region(tables, &row.region, (row.origin, "region"), by_id.keys().copied()));
            }
            outer.map(|i| PlaceIndex(number(first + i)))
        };
        all.push(Place {
            id: row.id.clone(),
            names: row.names.clone(),
            level: row.level,
            region: None,
            container,
            at: Some(row.at),
            population: row.population,
            kind: row.kind.clone(),
        });
    }
    if all_swapped.len() > 1 && all_swapped.len() == rows.len() {
        let hint = "it is so with every place: perhaps it is the boundaries that have them swapped";
        all_swapped.iter_mut().for_each(|d| d.hints.push(hint.to_owned()));
    }
    found.extend(all_swapped);
    all
}

/// Tells of a point that no region holds, while the one with `lat` and `lon` the other way round lies in one.
fn swapped(locator: &mut Locator<'_>, tables: &[Table], at: [f64; 2], origin: Origin) -> Option<Diagnostic> {
    let [lon, lat] = at;
    if !locator.find(at).is_empty() || locator.find([lat, lon]).is_empty() {
        return None;
    }
    let message = format!("no region holds the point at `lat` {lat}, `lon` {lon}, but one holds {lon}, {lat}");
    let mut d = Diagnostic::new("swapped-coordinates", message).value(format!("{lat},{lon}"));
    d.location = locate(tables, origin, "lat");
    Some(d.hint(format!("`lat` and `lon` look swapped: write `lat` {lon}, `lon` {lat}")))
}

/// Adds a settlement for each point that no table names, and says which point is which.
pub fn points(
    rows: &EventRows,
    tables: &[Table],
    regions: &RegionSet,
    places: &mut Vec<Place>,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<[u64; 2], PlaceIndex> {
    // The first row of each spot that is nothing but a point.
    let is_bare = |spot: u32| rows.spots[spot as usize].place.is_empty();
    let mut first: Vec<Option<Origin>> = Vec::new();
    if (0..rows.spots.len()).any(|i| is_bare(i as u32)) {
        first.resize(rows.spots.len(), None);
        for entry in rows.entries().filter(|e| is_bare(e.spot)) {
            let (origin, first) = (rows.origin(entry), &mut first[entry.spot as usize]);
            *first = Some(first.map_or(origin, |first| first.min(origin)));
        }
    }
    let bare = rows.spots.iter().zip(first);
    let point = bare.filter_map(|(spot, origin)| Some((point_id(spot.point?), spot.point?, origin?)));
    let mut points: Vec<(String, [f64; 2], Origin)> = point.collect();
    points.sort_by(|a, b| (&a.0, a.2).cmp(&(&b.0, b.2)));
    points.dedup_by(|b, a| a.0 == b.0);
    let mut locator = Locator::new(regions.regions.iter().map(|r| &r.geometry));
    let mut index = BTreeMap::new();
    for (id, at, origin) in points {
        found.extend(swapped(&mut locator, tables, at, origin));
        index.insert(bits(at), PlaceIndex(number(places.len())));
        places.push(Place {
            names: Names::new(id.clone()),
            id,
            level: Level::Settlement,
            region: None,
            container: innermost(regions, &locator.find(at)),
            at: Some(at),
            population: None,
            kind: String::new(),
        });
    }
    index
}

/// A point as a key; a zero's sign is no difference.
pub fn bits(at: [f64; 2]) -> [u64; 2] {
    at.map(|v| (v + 0.0).to_bits())
}

fn point_id([lon, lat]: [f64; 2]) -> String {
    format!("{},{}", lat + 0.0, lon + 0.0)
}

/// Region ids, each with its regions from the outermost level in.
fn ids(regions: &RegionSet) -> BTreeMap<&str, Vec<u32>> {
    let mut by_id: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (index, region) in regions.regions.iter().enumerate() {
        by_id.entry(&region.id).or_default().push(number(index));
    }
    by_id
}

/// The region of the deepest level; of two, the one that sorts first.
fn innermost(regions: &RegionSet, holding: &[usize]) -> Option<PlaceIndex> {
    let deepest = holding.iter().map(|i| regions.regions[*i].level).max()?;
    let first = holding.iter().find(|i| regions.regions[**i].level == deepest)?;
    Some(PlaceIndex(number(*first)))
}

fn check_inside(
    tables: &[Table],
    regions: &RegionSet,
    index: u32,
    row: &PlaceRow,
    locator: &mut Locator<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let region = &regions.regions[index as usize];
    if locator.contains(index as usize, row.at) {
        return;
    }
    let Some(km) = distance_km(&region.geometry, row.at).filter(|km| *km > TOLERANCE_KM) else { return };
    let message = format!("place {} lies {km:.1} km outside of its region {}", quote(&row.id), quote(&row.region));
    let mut d = Diagnostic::new("point-outside-region", message).value(&row.region);
    d.location = locate(tables, row.origin, "region");
    let holding: Vec<String> = locator.find(row.at).into_iter().map(|i| quote(&regions.regions[i].id)).collect();
    found.push(match holding.as_slice() {
        [] => d.hint("check `lat`, `lon` and `region`; no region holds the point"),
        _ => d.hint(format!("the point lies in {}; check `lat`, `lon` and `region`", holding.join(", "))),
    });
}

/// An id of a region or place that neither has.
pub fn unknown_region<'a>(
    tables: &[Table],
    written: &str,
    (origin, column): (Origin, &str),
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("no region or place has the id {}", quote(written));
    let mut d = Diagnostic::new("unknown-region", message).value(written);
    d.location = locate(tables, origin, column);
    let else_hint = || "write the code that the boundary file has, or an id of the places table".to_owned();
    d.hint(did_you_mean_text(written, known).unwrap_or_else(else_hint))
}

/// An id that stands twice in a table.
pub fn twice(tables: &[Table], id: &str, origin: Origin, table: &str) -> Diagnostic {
    let message = format!("the id {} stands twice in the {table} table", quote(id));
    let mut d = Diagnostic::new("duplicate-id", message).value(id);
    d.location = locate(tables, origin, "id");
    d.hint("give each row an id of its own")
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("fewer than 2^32 places")
}
