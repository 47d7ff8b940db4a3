//! Areas that a boundary file states and that are more than a little off what its boundaries measure, for the credits.

use super::words::{Words, fill};
use super::words_figure::{figure_words, grouped};
use crate::model::{Dataset, PlaceIndex};

/// A stated area that differs by more than this part of the measured one is named.
pub const OFF: f64 = 0.05;

/// The most regions that are named.
const MOST: usize = 4;

/// Names the regions drawn whose stated area is far off, with both areas; empty where there is none.
pub fn official(dataset: &Dataset, drawn: &[PlaceIndex], words: &Words) -> String {
    let figure = figure_words(words.lang);
    let far = drawn.iter().filter_map(|place| {
        let place = dataset.place(*place);
        let region = dataset.regions.get(place.region?);
        let stated = region.official_km2?;
        ((stated - region.km2).abs() > OFF * region.km2).then_some((place, stated, region.km2))
    });
    let far: Vec<_> = far.collect();
    let km2 = |km2: f64| fill(figure.km2, &[("km2", &words.isolate(&grouped(km2)))]);
    let tell = |(place, stated, measured): &(&crate::model::Place, f64, f64)| {
        let name = words.isolate(place.names.get(words.lang));
        fill(figure.official, &[("place", &name), ("official", &km2(*stated)), ("measured", &km2(*measured))])
    };
    let mut all: Vec<String> = far.iter().take(MOST).map(tell).collect();
    if far.len() > MOST {
        all.push(fill(figure.official_more, &[("count", &words.isolate(&(far.len() - MOST).to_string()))]));
    }
    if all.is_empty() { String::new() } else { format!("{}{}.", figure.official_areas, all.join(figure.semicolon)) }
}

#[cfg(test)]
mod tests {
    use super::official;
    use crate::map::words::words;
    use crate::model::{Dataset, Level, Names, Place, PlaceIndex, Region, RegionIndex, RegionSet};
    use geo::MultiPolygon;

    #[test]
    fn an_area_that_is_far_off_is_told_with_both_numbers_and_others_are_not() {
        let region = |id: &str, stated| Region {
            id: id.into(),
            names: Names::new(id),
            level: Level::Adm1,
            parent: String::new(),
            geometry: MultiPolygon(Vec::new()),
            km2: 1000.0,
            official_km2: stated,
        };
        let regions = vec![region("A", Some(1400.0)), region("B", Some(1040.0)), region("C", None)];
        let place = |(i, r): (usize, &Region)| Place {
            id: r.id.clone(),
            names: r.names.clone(),
            level: r.level,
            region: Some(RegionIndex(i as u32)),
            container: None,
            at: None,
            population: None,
            kind: String::new(),
        };
        let places: Vec<Place> = regions.iter().enumerate().map(place).collect();
        let dataset = Dataset { regions: RegionSet { regions, ..RegionSet::default() }, places, ..Dataset::default() };
        let drawn: Vec<PlaceIndex> = (0..3).map(PlaceIndex).collect();
        let told = official(&dataset, &drawn, words("en"));
        assert_eq!(told, "Areas: A: 1\u{202f}000\u{a0}km² measured, 1\u{202f}400\u{a0}km² by the boundary file.");
        assert_eq!(official(&dataset, &drawn[1..], words("en")), "");
    }
}
