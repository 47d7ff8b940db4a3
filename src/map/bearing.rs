//! On which sides a siege lies: takes the column `x-bearing` of the events that it rests on, gives arcs.

use crate::model::{Dataset, Overlay};

/// The name of the column.
const COLUMN: &str = "x-bearing";

/// Degrees on either side of a bearing that its arc covers.
const HALF: f64 = 45.0;

/// The eight winds.
const WINDS: [&str; 8] = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];

/// An arc around a place: where it begins, and how far it goes clockwise.
///
/// # Units
/// Degrees clockwise from north.
pub type Arc = [f64; 2];

/// The arcs of a siege; none where no event tells a bearing, so that it lies all around.
pub fn arcs(dataset: &Dataset, siege: &Overlay) -> Vec<Arc> {
    let texts = siege.evidence.iter().filter_map(|e| dataset.event(*e).text);
    let own = texts.flat_map(|t| &t.own).filter(|(column, _)| dataset.texts.text(*column) == COLUMN);
    let mut all: Vec<Arc> = own.flat_map(|(_, value)| read(value)).collect();
    all.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    all.dedup();
    all
}

/// Reads `90`, `NE`, `300-60`, or several with `;` between; what is none of these tells no bearing.
fn read(text: &str) -> Vec<Arc> {
    let arcs = text.split(';').map(|part| {
        let part = part.trim();
        if let Some((from, to)) = part.split_once(['-', '–']) {
            let (from, to) = (direction(from)?, direction(to)?);
            return Some([from, (to - from).rem_euclid(360.0)]);
        }
        Some([(direction(part)? - HALF).rem_euclid(360.0), 2.0 * HALF])
    });
    arcs.collect::<Option<Vec<Arc>>>().unwrap_or_default()
}

/// Degrees, or one of the eight winds.
fn direction(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('°');
    let wind = WINDS.iter().position(|w| text.eq_ignore_ascii_case(w));
    let degrees = wind.map(|i| i as f64 * 45.0).or_else(|| text.parse().ok())?;
    (0.0..=360.0).contains(&degrees).then_some(degrees)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn bearings_are_degrees_winds_or_from_one_to_another() {
        assert_eq!(read("90"), [[45.0, 90.0]]);
        assert_eq!(read("N; SW"), [[315.0, 90.0], [180.0, 90.0]]);
        assert_eq!(read("300-60"), [[300.0, 120.0]]);
        assert_eq!(read("se–w"), [[135.0, 135.0]]);
        for wrong in ["", "north", "400", "90;?", "-20", "NaN"] {
            assert!(read(wrong).is_empty(), "{wrong}");
        }
    }
}
