//! The countries that ship: decodes those that meet a box from `data/world/countries.bin`.

use super::bytes;
use crate::model::{Country, Names};
use geo::{Coord, LineString, MultiPolygon, Polygon};

static BYTES: &[u8] = include_bytes!("../../../data/world/countries.bin");

const HEADER: usize = 64;
const COUNTRY: usize = 48;
const ARC: usize = 36;

/// The file's sections, as offsets.
struct World {
    countries: usize,
    first_ring: usize,
    first_reference: usize,
    references: usize,
    arcs: usize,
    points: usize,
    strings: usize,
    step: [f64; 2],
    start: [f64; 2],
}

fn u16_at(at: usize) -> usize {
    bytes::u16_at(BYTES, at)
}

fn u32_at(at: usize) -> usize {
    bytes::u32_at(BYTES, at)
}

fn i32_at(at: usize) -> i32 {
    bytes::i32_at(BYTES, at)
}

fn f64_at(at: usize) -> f64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&BYTES[at..at + 8]);
    f64::from_le_bytes(bytes)
}

impl World {
    fn new() -> Self {
        let [countries, polygons, rings, references, arcs, points] = [4, 8, 12, 16, 20, 24].map(u32_at);
        let first_ring = HEADER + COUNTRY * countries;
        let first_reference = first_ring + 4 * (polygons + 1);
        let references_at = first_reference + 4 * (rings + 1);
        let arcs_at = references_at + 4 * references;
        let points_at = arcs_at + ARC * arcs;
        Self {
            countries,
            first_ring,
            first_reference,
            references: references_at,
            arcs: arcs_at,
            points: points_at,
            strings: points_at + points,
            step: [f64_at(32), f64_at(40)],
            start: [f64_at(48), f64_at(56)],
        }
    }

    fn degrees(&self, x: i32, y: i32) -> [f64; 2] {
        [self.start[0] + self.step[0] * f64::from(x), self.start[1] + self.step[1] * f64::from(y)]
    }

    /// Tells whether bounds on the grid (four numbers at an offset) meet a box in degrees.
    fn meets(&self, at: usize, area: [f64; 4]) -> bool {
        let [west, south] = self.degrees(i32_at(at), i32_at(at + 4));
        let [east, north] = self.degrees(i32_at(at + 8), i32_at(at + 12));
        west <= area[2] && area[0] <= east && south <= area[3] && area[1] <= north
    }

    /// Adds an arc's points but the last; one out of sight as its start alone.
    fn arc(&self, reference: i32, area: [f64; 4], out: &mut Vec<Coord<f64>>) {
        let reversed = reference < 0;
        let index = if reversed { !reference } else { reference };
        let at = self.arcs + ARC * usize::try_from(index).expect("an arc's index");
        let (mut x, mut y) = (i32_at(at + 8), i32_at(at + 12));
        let count = u32_at(at + 4);
        let first = out.len();
        let coord = |x: i32, y: i32| {
            let [x, y] = self.degrees(x, y);
            Coord { x, y }
        };
        let mut cursor = self.points + u32_at(at);
        let seen = self.meets(at + 16, area);
        out.push(coord(x, y));
        for i in 1..count {
            x += bytes::varint(BYTES, &mut cursor);
            y += bytes::varint(BYTES, &mut cursor);
            if seen || i + 1 == count {
                out.push(coord(x, y));
            }
        }
        if reversed {
            out[first..].reverse();
        }
        out.pop();
    }

    /// A ring; `None` where no part of it is in sight.
    fn ring(&self, ring: usize, area: [f64; 4]) -> Option<LineString<f64>> {
        let range = u32_at(self.first_reference + 4 * ring)..u32_at(self.first_reference + 4 * ring + 4);
        let references: Vec<i32> = range.map(|i| i32_at(self.references + 4 * i)).collect();
        let bounds = |r: &i32| {
            let index = if *r < 0 { !*r } else { *r };
            let at = self.arcs + ARC * usize::try_from(index).expect("an arc's index") + 16;
            [0, 4, 8, 12].map(|o| i32_at(at + o))
        };
        let all = references
            .iter()
            .map(bounds)
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])?;
        let ([west, south], [east, north]) = (self.degrees(all[0], all[1]), self.degrees(all[2], all[3]));
        if west > area[2] || east < area[0] || south > area[3] || north < area[1] {
            return None;
        }
        let mut points = Vec::new();
        references.iter().for_each(|r| self.arc(*r, area, &mut points));
        (points.len() > 2).then(|| {
            points.push(points[0]);
            LineString(points)
        })
    }
}

/// Where a country lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Seat {
    /// ISO 3166-1 code; may be empty.
    pub id: String,
    /// Names in English and Arabic.
    pub names: [String; 2],
    /// West, south, east, north in degrees.
    pub bounds: [f64; 4],
}

/// A text of the file.
fn text(from: usize, length: usize) -> String {
    String::from_utf8_lossy(&BYTES[from..from + length]).into_owned()
}

/// Gives where every country lies, without its outline.
pub fn seats() -> Vec<Seat> {
    let world = World::new();
    let seat = |i: usize| {
        let at = HEADER + COUNTRY * i;
        let [west, south] = world.degrees(i32_at(at + 16), i32_at(at + 20));
        let [east, north] = world.degrees(i32_at(at + 24), i32_at(at + 28));
        let [offset, english, arabic] = [u32_at(at + 40), u16_at(at + 44), u16_at(at + 46)];
        Seat {
            id: text(at, 2).trim_end_matches('\0').to_owned(),
            names: [(offset, english), (offset + english, arabic)].map(|(from, n)| text(world.strings + from, n)),
            bounds: [west, south, east, north],
        }
    };
    (0..world.countries).map(seat).collect()
}

/// Gives the countries that meet a box (west, south, east, north in degrees), with what of them is near
/// it; parts out of sight are coarse or missing.
pub fn countries(area: [f64; 4]) -> Vec<Country> {
    let world = World::new();
    let mut found = Vec::new();
    for i in 0..world.countries {
        let at = HEADER + COUNTRY * i;
        if !world.meets(at + 16, area) {
            continue;
        }
        let polygons = (u32_at(at + 8)..u32_at(at + 8) + u32_at(at + 12)).filter_map(|p| {
            let rings = u32_at(world.first_ring + 4 * p)..u32_at(world.first_ring + 4 * p + 4);
            let mut rings = rings.map(|r| world.ring(r, area));
            let exterior = rings.next()??;
            Some(Polygon::new(exterior, rings.flatten().collect()))
        });
        let geometry = MultiPolygon(polygons.collect());
        if geometry.0.is_empty() {
            continue;
        }
        let text = |from: usize, length: usize| text(world.strings + from, length);
        let [offset, english, arabic] = [u32_at(at + 40), u16_at(at + 44), u16_at(at + 46)];
        let by_language = vec![("ar".to_owned(), text(offset + english, arabic))];
        found.push(Country {
            id: String::from_utf8_lossy(&BYTES[at..at + 2]).trim_end_matches('\0').to_owned(),
            names: Names { default: text(offset, english), by_language },
            geometry,
            label: [32, 36].map(|o| f64::from(f32::from_le_bytes(bytes::four(BYTES, at + o)))),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::countries;
    use geo::{Area, BoundingRect};

    #[test]
    fn syria_has_five_neighbours_in_sight_and_its_names() {
        let found = countries([35.0, 32.0, 43.0, 38.0]);
        let ids: Vec<&str> = found.iter().map(|c| c.id.as_str()).collect();
        for id in ["SY", "TR", "IQ", "JO", "IL", "LB"] {
            assert!(ids.contains(&id), "{id} in {ids:?}");
        }
        let syria = found.iter().find(|c| c.id == "SY").expect("Syria");
        assert_eq!(syria.names.get("ar"), "سوريا");
        let square_degrees = syria.geometry.unsigned_area();
        assert!((17.0..20.0).contains(&square_degrees), "{square_degrees}");
        let bounds = syria.geometry.bounding_rect().expect("an area");
        assert!(bounds.min().x > 35.5 && bounds.max().x < 42.5);
    }

    #[test]
    fn what_is_out_of_sight_costs_no_points() {
        let near: usize = countries([36.0, 32.4, 36.5, 33.0]).iter().map(points).sum();
        let all: usize = countries([-180.0, -90.0, 180.0, 90.0]).iter().map(points).sum();
        assert!(near < all / 20, "{near} of {all}");
    }

    fn points(country: &crate::model::Country) -> usize {
        country.geometry.0.iter().map(|p| p.exterior().0.len()).sum()
    }
}
