//! The seas' names that ship: takes a box, gives those of `data/world/seas.csv` that may be seen in it.

use crate::model::{Names, Sea};

static TABLE: &str = include_str!("../../../data/world/seas.csv");

/// Kilometres of a degree of latitude.
const DEGREE: f64 = 111.2;

/// Gives the seas of which a point with its surroundings meets a box (west, south, east, north in degrees).
pub fn seas([west, south, east, north]: [f64; 4]) -> Vec<Sea> {
    let near = |sea: &Sea| {
        let around = sea.reach / DEGREE;
        sea.at.iter().any(|[x, y]| {
            // towards the poles a degree of longitude is short
            let wide = around / libm::cos(y.to_radians()).max(0.05);
            // a box may reach over ±180°
            let meets = |x: f64| x + wide >= west && x - wide <= east;
            [x - 360.0, *x, x + 360.0].into_iter().any(meets) && y + around >= south && y - around <= north
        })
    };
    TABLE.lines().skip(1).filter_map(sea).filter(near).collect()
}

/// A line of the table: `name,name:ar,reach,lon lat;lon lat`.
fn sea(line: &str) -> Option<Sea> {
    let mut cells = line.split(',');
    let [name, arabic, reach, at] = [(); 4].map(|()| cells.next().unwrap_or_default());
    let point = |text: &str| {
        let (x, y) = text.split_once(' ')?;
        Some([x.parse().ok()?, y.parse().ok()?])
    };
    let names = Names { default: name.to_owned(), by_language: vec![("ar".to_owned(), arabic.to_owned())] };
    Some(Sea { names, at: at.split(';').map(point).collect::<Option<_>>()?, reach: reach.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::super::countries;
    use super::{TABLE, seas};
    use crate::geometry::contains::contains;

    #[test]
    fn every_line_of_the_table_is_a_sea_on_earth_with_both_names() {
        let all = seas([-180.0, -90.0, 180.0, 90.0]);
        assert_eq!(all.len(), TABLE.lines().count() - 1);
        for sea in &all {
            assert!(sea.names.get("ar").chars().all(|c| c == ' ' || ('\u{0600}'..'\u{0700}').contains(&c)), "{sea:?}");
            assert!(sea.names.get("en").is_ascii() && sea.reach > 1.0 && !sea.at.is_empty(), "{sea:?}");
            assert!(sea.at.iter().all(|[x, y]| x.abs() <= 180.0 && y.abs() <= 90.0), "{sea:?}");
        }
        let names: Vec<_> = TABLE.lines().skip(1).map(|l| l.split(',').next()).collect();
        assert!(names.is_sorted(), "{names:?}");
    }

    #[test]
    fn every_name_stands_in_water() {
        let land = countries([-180.0, -90.0, 180.0, 90.0]);
        for sea in seas([-180.0, -90.0, 180.0, 90.0]) {
            for at in &sea.at {
                let here = land.iter().find(|country| contains(&country.geometry, *at));
                assert!(here.is_none(), "{} at {at:?} is in {}", sea.names.default, here.unwrap().names.default);
            }
        }
    }

    #[test]
    fn a_box_over_the_antimeridian_has_the_seas_of_both_sides() {
        let names = |west: f64, east: f64| {
            let all = seas([west, 50.0, east, 75.0]);
            all.iter().map(|s| s.names.default.clone()).collect::<Vec<_>>()
        };
        for (west, east) in [(185.0, 195.0), (-175.0, -165.0)] {
            let found = names(west, east);
            assert!(["Bering Sea", "Chukchi Sea"].iter().all(|n| found.iter().any(|f| f == n)), "{found:?}");
        }
    }

    #[test]
    fn syria_lies_at_one_sea() {
        let names: Vec<_> = seas([35.0, 32.5, 42.5, 37.5]).iter().map(|s| s.names.get("en").to_owned()).collect();
        assert_eq!(names, ["Mediterranean Sea"]);
    }
}
