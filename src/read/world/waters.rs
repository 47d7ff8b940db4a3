//! The lakes and rivers that ship: decodes those that meet a box from `data/world/waters.bin`.

use super::bytes::{i32_at, u32_at, varint};
use crate::model::{Water, WaterKind};

static BYTES: &[u8] = include_bytes!("../../../data/world/waters.bin");

const HEADER: usize = 16;
const WATER: usize = 12;
const LINE: usize = 32;

/// Degrees of a step of the grid.
const STEP: f64 = 0.001;

/// Gives the lakes and rivers that meet a box (west, south, east, north in degrees), whole lines of them.
pub fn waters(area: [f64; 4]) -> Vec<Water> {
    let [waters, lines] = [4, 8].map(|at| u32_at(BYTES, at));
    let first_line = HEADER + WATER * waters;
    let points = first_line + LINE * lines;
    let meets = |at: usize| {
        let [west, south, east, north] = [16, 20, 24, 28].map(|o| f64::from(i32_at(BYTES, at + o)) * STEP);
        west <= area[2] && area[0] <= east && south <= area[3] && area[1] <= north
    };
    let water = |i: usize| {
        let at = HEADER + WATER * i;
        let kind = if BYTES[at] == 1 { WaterKind::Lake } else { WaterKind::River };
        let [first, count] = [4, 8].map(|o| u32_at(BYTES, at + o));
        let places = (first..first + count).map(|l| first_line + LINE * l);
        // a lake keeps all of its rings: an island is part of its form
        let lines: Vec<usize> = match kind {
            WaterKind::Lake if places.clone().any(meets) => places.collect(),
            WaterKind::Lake => Vec::new(),
            WaterKind::River => places.filter(|at| meets(*at)).collect(),
        };
        let lines: Vec<Vec<[f64; 2]>> = lines.into_iter().map(|at| line(at, points)).collect();
        (!lines.is_empty()).then_some(Water { kind, lines })
    };
    (0..waters).filter_map(water).collect()
}

/// The points of the line whose record stands at an offset.
fn line(at: usize, points: usize) -> Vec<[f64; 2]> {
    let (mut cursor, count) = (points + u32_at(BYTES, at), u32_at(BYTES, at + 4));
    let (mut x, mut y) = (i32_at(BYTES, at + 8), i32_at(BYTES, at + 12));
    let degrees = |x: i32, y: i32| [f64::from(x) * STEP, f64::from(y) * STEP];
    let mut line = Vec::with_capacity(count);
    line.push(degrees(x, y));
    for _ in 1..count {
        x += varint(BYTES, &mut cursor);
        y += varint(BYTES, &mut cursor);
        line.push(degrees(x, y));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::waters;
    use crate::model::WaterKind;

    #[test]
    fn the_euphrates_runs_through_syria_and_the_sea_of_galilee_lies_beside_it() {
        let found = waters([35.0, 32.0, 43.0, 38.0]);
        let near = |kind, [x, y]: [f64; 2], within: f64| {
            let mut points = found.iter().filter(|w| w.kind == kind).flat_map(|w| w.lines.iter().flatten());
            points.any(|p| (p[0] - x).abs() < within && (p[1] - y).abs() < within)
        };
        assert!(near(WaterKind::River, [40.14, 35.34], 0.2), "at Deir ez-Zor");
        assert!(near(WaterKind::Lake, [35.59, 32.82], 0.15));
    }

    #[test]
    fn rings_of_lakes_close_and_every_point_is_on_earth() {
        let all = waters([-180.0, -90.0, 180.0, 90.0]);
        assert_eq!(all.len(), 736);
        for water in &all {
            for line in &water.lines {
                assert!(line.iter().all(|[x, y]| x.abs() <= 180.0 && y.abs() <= 90.0));
                assert!(water.kind == WaterKind::River || line.first() == line.last());
            }
        }
        assert!(waters([-30.0, 30.0, -28.0, 32.0]).is_empty(), "the middle of the Atlantic");
    }
}
