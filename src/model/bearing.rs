//! On which sides something lies: takes the text of a column `x-bearing`, gives arcs.

/// The name of the column.
pub const BEARING: &str = "x-bearing";

/// Degrees on either side of a bearing that its arc covers.
const HALF: f64 = 45.0;

/// The sixteen winds.
const WINDS: [&str; 16] =
    ["n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw"];

/// An arc around a place: where it begins, and how far it goes clockwise.
///
/// # Units
/// Degrees clockwise from north.
pub type Sector = [f64; 2];

/// Reads `90`, `NE`, `300-60`, or several with `;` between.
///
/// # Errors
/// The first part that is none of these.
pub fn read_bearings(text: &str) -> Result<Vec<Sector>, &str> {
    let arc = |part: &str| {
        if let Some((from, to)) = part.split_once(['-', '–']) {
            let (from, to) = (direction(from)?, direction(to)?);
            let wide = (to - from).rem_euclid(360.0);
            // all around; from one bearing to itself is no side
            let wide = if wide == 0.0 && from != to { 360.0 } else { wide };
            return (wide > 0.0).then_some([from, wide]);
        }
        Some([(direction(part)? - HALF).rem_euclid(360.0), 2.0 * HALF])
    };
    text.split(';').map(str::trim).map(|part| arc(part).ok_or(part)).collect()
}

/// Degrees, or one of the winds.
fn direction(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('°');
    let wind = WINDS.iter().position(|w| text.eq_ignore_ascii_case(w));
    let degrees = wind.map(|i| i as f64 * 22.5).or_else(|| text.parse().ok())?;
    (0.0..=360.0).contains(&degrees).then_some(degrees)
}

#[cfg(test)]
mod tests {
    use super::read_bearings;

    #[test]
    fn bearings_are_degrees_winds_or_from_one_to_another() {
        assert_eq!(read_bearings("90"), Ok(vec![[45.0, 90.0]]));
        assert_eq!(read_bearings("N; SW"), Ok(vec![[315.0, 90.0], [180.0, 90.0]]));
        assert_eq!(read_bearings("300-60"), Ok(vec![[300.0, 120.0]]));
        assert_eq!(read_bearings("se–w"), Ok(vec![[135.0, 135.0]]));
        assert_eq!(read_bearings("NNE"), Ok(vec![[337.5, 90.0]]));
        assert_eq!(read_bearings("90; ?"), Err("?"));
        assert_eq!(read_bearings("0-360"), Ok(vec![[0.0, 360.0]]));
        for wrong in ["", "north", "400", "-20", "NaN", "90-90"] {
            assert_eq!(read_bearings(wrong), Err(wrong));
        }
    }
}
