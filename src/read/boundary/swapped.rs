//! Latitude and longitude the wrong way round: takes the regions of a file, tells where only that makes sense of them.
//!
//! Two things are proof: latitudes that are none while they would be longitudes, and codes or names of countries
//! that hold their regions only the other way round. Without either nothing is said.

use super::super::world::{Seat, seats};
use crate::diag::{Diagnostic, Location};
use crate::model::Region;
use crate::project::BoundaryInput;
use geo::BoundingRect;
use std::collections::BTreeMap;

/// How far from a country's bounds its regions may lie, in degrees: boundaries differ, and the world's are coarse.
const NEAR: f64 = 1.0;

/// Tells of a file of which the coordinates are swapped, in place of what else was found for that reason.
pub fn check(input: &BoundaryInput, regions: &[Region], found: &mut Vec<Diagnostic>) {
    let boxes: Vec<(&Region, [f64; 4])> = regions
        .iter()
        .filter_map(|region| {
            let rect = region.geometry.bounding_rect()?;
            Some((region, [rect.min().x, rect.min().y, rect.max().x, rect.max().y]))
        })
        .collect();
    let hint = "every position has the longitude first, then the latitude: swap the two numbers of each";
    let told = |message: String, at: Location| Diagnostic::new("swapped-coordinates", message).at(at).hint(hint);
    if let Some(far) = found.iter().position(is_no_latitude)
        && !boxes.is_empty()
        && boxes.iter().all(|(_, [west, south, east, north])| fits([*south, *west, *north, *east]))
    {
        let Diagnostic { value, location, .. } = found.swap_remove(far);
        found.retain(|d| !is_off_globe(d));
        let position = value.unwrap_or_default();
        let message = format!("{position} is off the globe as longitude and latitude, but not the other way round");
        let at = location.unwrap_or_else(|| Location::file(&input.file));
        found.push(told(message, at).value(position));
        return;
    }
    let seats = seats();
    let mut evidence: BTreeMap<usize, [f64; 4]> = BTreeMap::new();
    for (region, b) in &boxes {
        if let Some(country) = seat(region, &seats) {
            let all = evidence.entry(country).or_insert(*b);
            *all = [all[0].min(b[0]), all[1].min(b[1]), all[2].max(b[2]), all[3].max(b[3])];
        }
    }
    let is_swapped = |(country, [west, south, east, north]): (&usize, &[f64; 4])| {
        let held = |bounds| part_held(&seats[*country], bounds);
        held([*west, *south, *east, *north]) <= 0.6 && held([*south, *west, *north, *east]) >= 0.9
    };
    let Some((country, [west, south, east, north])) = evidence.first_key_value() else { return };
    if evidence.iter().all(is_swapped) {
        let position = format!("{:.1}, {:.1}", (west + east) / 2.0, (south + north) / 2.0);
        let name = &seats[*country].names[0];
        let message = format!("regions of {name} lie around {position}, and in {name} only the other way round");
        found.push(told(message, Location::file(&input.file)).value(position));
    }
}

/// Tells whether a diagnostic is of a position off the globe.
fn is_off_globe(d: &Diagnostic) -> bool {
    d.code.name == "off-coordinates" || (d.code.name == "bad-geometry" && d.message.contains("has the position"))
}

/// Tells whether a diagnostic is of a position whose latitude is beyond the poles by more than a slip.
fn is_no_latitude(d: &Diagnostic) -> bool {
    let latitude = d.value.as_ref().and_then(|v| v.split_once(", ")?.1.parse::<f64>().ok());
    is_off_globe(d) && latitude.is_some_and(|latitude| latitude.abs() >= 91.0)
}

/// Tells whether bounds are on the globe.
fn fits([west, south, east, north]: [f64; 4]) -> bool {
    west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0
}

/// The part of some bounds that lies within those of a country.
fn part_held(country: &Seat, bounds: [f64; 4]) -> f64 {
    let side = |low: usize, high: usize| {
        let all = (bounds[high] - bounds[low]).max(1e-9);
        let held = bounds[high].min(country.bounds[high] + NEAR) - bounds[low].max(country.bounds[low] - NEAR);
        (held / all).clamp(0.0, 1.0)
    };
    side(0, 2) * side(1, 3)
}

/// The country that a region's code, or its name, is of.
fn seat(region: &Region, seats: &[Seat]) -> Option<usize> {
    let code = |text: &str| {
        let (code, rest) = text.split_at_checked(2)?;
        let alone = rest.chars().next().is_none_or(|c| !c.is_alphabetic());
        (alone && code.bytes().all(|b| b.is_ascii_uppercase())).then(|| code.to_owned())
    };
    let by_code = |text: &str| code(text).and_then(|code| seats.iter().position(|s| s.id == code));
    let by_name = || seats.iter().position(|s| region.names.all().any(|n| s.names.iter().any(|own| own == n)));
    by_code(&region.id).or_else(|| by_code(&region.parent)).or_else(by_name)
}

#[cfg(test)]
mod tests {
    use super::super::read_bytes;
    use crate::diag::Diagnostic;
    use crate::project::BoundaryInput;

    /// What is told of boxes: an id, a name, and west, south, east, north.
    fn told(regions: &[(&str, &str, [f64; 4])]) -> Vec<Diagnostic> {
        let features: Vec<String> = regions
            .iter()
            .map(|(id, name, [w, s, e, n])| {
                format!(
                    "{{\"type\":\"Feature\",\"id\":\"{id}\",\"properties\":{{\"name\":\"{name}\"}},\"geometry\":\
                     {{\"type\":\"Polygon\",\"coordinates\":[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]}}}}"
                )
            })
            .collect();
        let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","));
        read_bytes(&BoundaryInput::new("b.geojson"), text.as_bytes()).diagnostics
    }

    fn codes(found: &[Diagnostic]) -> Vec<&str> {
        found.iter().map(|d| d.code.name).collect()
    }

    #[test]
    fn latitudes_that_can_only_be_longitudes_are_told_once() {
        let found = told(&[("a", "A", [16.0, 95.0, 17.0, 96.0]), ("b", "B", [20.0, 103.0, 21.0, 104.0])]);
        assert_eq!(codes(&found), ["swapped-coordinates"]);
        assert_eq!(found[0].value.as_deref(), Some("16, 95"));
        assert!(found[0].location.as_ref().unwrap().to_string().contains("feature 0"), "{found:?}");
        // projected, not swapped
        assert_eq!(codes(&told(&[("a", "A", [300_000.0, 95.0, 300_001.0, 96.0])])), ["bad-geometry"]);
        let beyond = [("a", "A", [10.0, 89.0, 11.0, 92.0]), ("b", "B", [100.0, 0.0, 101.0, 1.0])];
        assert_eq!(codes(&told(&beyond)), ["bad-geometry"]);
    }

    #[test]
    fn regions_that_lie_in_their_country_only_when_swapped_are_told() {
        let found = told(&[("SY-DR", "Deraa", [32.5, 36.0, 33.2, 36.6]), ("SY05", "Hama", [34.8, 36.2, 35.6, 38.0])]);
        assert_eq!(codes(&found), ["swapped-coordinates"]);
        assert_eq!(found[0].message, "regions of Syria lie around 34.0, 37.0, and in Syria only the other way round");
        assert_eq!(codes(&told(&[("1", "Syria", [32.3, 35.7, 37.3, 42.4])])), ["swapped-coordinates"]);
    }

    #[test]
    fn true_boundaries_and_foreign_codes_raise_no_alarm() {
        assert_eq!(codes(&told(&[("SY-DR", "Deraa", [36.0, 32.5, 36.6, 33.2])])), [""; 0]);
        // one region of several is where it belongs
        let mixed = [("SY01", "A", [36.0, 32.5, 36.6, 33.2]), ("SY05", "Hama", [34.8, 36.2, 35.6, 38.0])];
        assert_eq!(codes(&told(&mixed)), [""; 0]);
        // Delaware is not Germany, an invented island is nowhere
        assert_eq!(codes(&told(&[("DE", "Delaware", [-75.8, 38.4, -75.0, 39.8])])), [""; 0]);
        assert_eq!(codes(&told(&[("X1", "Nowhere", [-30.0, 40.0, -29.0, 41.0])])), [""; 0]);
    }

    #[test]
    fn the_world_itself_raises_no_alarm() {
        let world = crate::read::world::countries([-180.0, -90.0, 180.0, 90.0]);
        let rows: Vec<(String, String, [f64; 4])> = world
            .iter()
            .map(|country| {
                let rect = geo::BoundingRect::bounding_rect(&country.geometry).unwrap();
                let bounds = [rect.min().x, rect.min().y, rect.max().x, rect.max().y];
                (country.id.clone(), country.names.default.clone(), bounds)
            })
            .collect();
        for (id, name, bounds) in &rows {
            let found = told(&[(if id.is_empty() { "-" } else { id }, name, *bounds)]);
            assert!(!codes(&found).contains(&"swapped-coordinates"), "{name}");
        }
    }
}
