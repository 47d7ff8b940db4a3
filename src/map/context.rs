//! What lies around and within a map: land, borders and names of neighbouring countries, lakes and rivers.

use super::Neighbours;
use super::ground::Ground;
use super::label::{Rect, Room, grown, tight};
use super::pen::{Pen, Style};
use super::theme;
use crate::geometry::antimeridian::{Frame, cut, cut_faces_topology};
use crate::geometry::clip::clip;
use crate::geometry::contains::holder;
use crate::geometry::simplify::{Lines, Metric};
use crate::geometry::topology::{TopologyArc, topology};
use crate::model::{Country, Sea, Water, WaterKind};
use crate::projection::{Extent, View};
use crate::scene::{Anchor, Arc, ArcStroke, Face, Group, Halo, Node, Paint, Partition, Path, Segment, Stroke};
use geo::MultiPolygon;
use rayon::prelude::*;

/// What of the surroundings a panel shows.
pub struct Seen {
    /// Neighbouring countries.
    pub countries: Vec<Country>,
    /// Of each that is seen, its index and what of it is near.
    pub cut: Vec<(usize, MultiPolygon<f64>)>,
    /// Lakes and rivers.
    pub waters: Vec<Water>,
    /// Seas.
    pub seas: Vec<Sea>,
}

/// The countries that a panel shows, cut where the map is and to a little more than it shows.
pub fn countries(neighbours: Neighbours, shown: &Extent, view: &View) -> Seen {
    let frame = view.projection.frame();
    let mut all: Vec<Country> = Vec::new();
    let (mut waters, mut seas) = (Vec::new(), Vec::new());
    // the countries come with longitudes within 180 of Greenwich, the map's may lie a turn beyond
    let boxes = [0.0, 360.0, -360.0].map(|turn| [(shown.west - turn).max(-180.0), (shown.east - turn).min(180.0)]);
    let boxes: Vec<[f64; 2]> = boxes.into_iter().filter(|[west, east]| west < east).collect();
    for [west, east] in &boxes {
        let part = [*west, shown.south, *east, shown.north];
        let around = neighbours(part);
        waters.extend(around.waters);
        let new = around.seas.into_iter().filter(|sea| !seas.contains(sea)).collect::<Vec<Sea>>();
        seas.extend(new);
        for mut country in around.countries {
            if boxes.len() > 1 {
                // what reaches into both comes twice, each time coarse where it is out of sight
                country.geometry = clip(&cut(&country.geometry, Frame { middle: 0.0, joined: None }), part);
            }
            match all.iter_mut().find(|c| (&c.id, &c.names) == (&country.id, &country.names)) {
                Some(known) => known.geometry.0.extend(country.geometry.0),
                None => all.push(country),
            }
        }
    }
    if !view.projection.raw.is_cut {
        // around the point opposite the middle such a map is inside out: what lies there would cover everything
        let [x, y, w, h] = view.panel;
        if let Some(middle) = view.inverse([x + w / 2.0, y + h / 2.0]) {
            for country in &mut all {
                country.geometry.0.retain(|p| p.exterior().0.iter().any(|c| is_near([c.x, c.y], middle)));
            }
        }
    }
    let area = [shown.west, shown.south, shown.east, shown.north];
    let in_frame = |g: &MultiPolygon<f64>| {
        let rings = g.0.iter().map(|p| p.exterior());
        let held = rings.into_iter().all(|r| frame.holds(r.0.iter().map(|c| [c.x, c.y])));
        if held { clip(g, area) } else { clip(&cut(g, frame), area) }
    };
    let near = all.iter().enumerate().map(|(i, c)| (i, in_frame(&c.geometry)));
    let near = near.filter(|(_, geometry)| !geometry.0.is_empty()).collect();
    Seen { countries: all, cut: near, waters, seas }
}

/// Tells whether two points in degrees lie on one half of the globe.
fn is_near(a: [f64; 2], b: [f64; 2]) -> bool {
    let [[ax, ay], [bx, by]] = [a, b].map(|p| p.map(f64::to_radians));
    libm::sin(ay) * libm::sin(by) + libm::cos(ay) * libm::cos(by) * libm::cos(ax - bx) > 0.0
}

/// Makes land and borders.
///
/// The borders of a country that `is_mapped` are left to the map itself: another edition of the same
/// line beside it would look like a second border.
pub fn land(
    cut: &[(usize, MultiPolygon<f64>)],
    view: &View,
    pen: &Pen,
    is_mapped: impl Fn(usize) -> bool,
) -> Partition {
    let faces: Vec<&MultiPolygon<f64>> = cut.iter().map(|(_, g)| g).collect();
    let frame = view.projection.frame();
    let whole = cut.iter().all(|(_, g)| g.0.iter().all(|p| frame.holds(p.exterior().0.iter().map(|c| [c.x, c.y]))));
    let topology =
        if whole { topology(&faces) } else { cut_faces_topology(faces.into_iter().cloned().collect(), frame) };
    let line = |a: &TopologyArc| view.projection.line(&a.points, 0.3 / view.scale);
    let placed = |a: &TopologyArc| line(a).into_iter().map(|p| view.place(p)).collect();
    let lines = Lines::up_to(topology.arcs.par_iter().map(placed).collect(), Metric::Plane, 0.08).simplify(0.08);
    let arcs = topology.arcs.iter().zip(lines);
    let arcs: Vec<Arc> = arcs.map(|(a, points)| Arc { points, left: a.left, right: a.right }).collect();
    let own: Vec<bool> = cut.iter().map(|(i, _)| is_mapped(*i)).collect();
    let pick = |sides: usize| {
        let wanted = |i: &u32| {
            let arc = &arcs[*i as usize];
            let faces = || [arc.left, arc.right].into_iter().flatten();
            !topology.arcs[*i as usize].is_seam && faces().count() == sides && !faces().any(|f| own[f as usize])
        };
        (0..arcs.len() as u32).filter(wanted).collect::<Vec<u32>>()
    };
    let (coast, border) = (pick(1), pick(2));
    let strokes = vec![
        ArcStroke {
            id: "context-coast".into(),
            arcs: coast,
            stroke: Stroke::solid(theme::LAND_BORDER.mix(theme::SEA, 0.25), 0.9 * pen.unit),
        },
        ArcStroke {
            id: "context-borders".into(),
            arcs: border,
            stroke: Stroke {
                dash: vec![5.0 * pen.unit, 3.0 * pen.unit],
                ..Stroke::solid(theme::LAND_BORDER, 1.1 * pen.unit)
            },
        },
    ];
    let face = Face { paint: Paint::solid(theme::LAND), ..Face::default() };
    Partition { arcs: arcs.into(), faces: vec![face; cut.len()], strokes }
}

/// The closest view, in pixels for a kilometre, in which the generalised lines of waters are true enough.
const CLOSEST: f64 = 4.0;

/// Draws lakes as water, and rivers as thin lines that leave the fill below to be seen.
pub fn waters(all: &[Water], view: &View, pen: &Pen) -> Node {
    let mut nodes = Vec::new();
    if view.scale <= CLOSEST * pen.unit {
        let [.., width, _] = view.panel;
        for kind in [WaterKind::River, WaterKind::Lake] {
            let mut path = Path::default();
            for line in all.iter().filter(|w| w.kind == kind).flat_map(|w| &w.lines) {
                let points: Vec<[f64; 2]> = line.iter().map(|p| view.forward(*p)).collect();
                // a line that a projection tears apart would cross the whole map
                let torn = points.windows(2).any(|p| (p[0][0] - p[1][0]).abs() > width / 2.0);
                let sound = points.iter().flatten().all(|v| v.is_finite());
                if sound && !torn {
                    path.segments.extend(curve(&points, kind == WaterKind::Lake));
                }
            }
            if path.segments.is_empty() {
                continue;
            }
            nodes.push(Node::Path(match kind {
                WaterKind::River => Path { id: "rivers".into(), ..path }
                    .stroked(Stroke::solid(theme::RIVER.with_alpha(150), 1.3 * pen.unit)),
                WaterKind::Lake => Path { id: "lakes".into(), ..path }
                    .filled(Paint::solid(theme::SEA))
                    .stroked(Stroke::solid(theme::RIVER, 0.8 * pen.unit)),
            }));
        }
    }
    Node::Group(Group { id: "waters".into(), nodes, ..Group::default() })
}

/// What of curves lies where it may: a ring that does not is left out, of a line only the part.
pub fn outside(segments: &[Segment], is_free: &dyn Fn([f64; 2]) -> bool) -> Vec<Segment> {
    const STEPS: u32 = 12;
    let mut kept = Vec::new();
    let starts: Vec<usize> = (0..segments.len()).filter(|i| matches!(segments[*i], Segment::Move(_))).collect();
    for (n, start) in starts.iter().enumerate() {
        let own = &segments[*start..starts.get(n + 1).copied().unwrap_or(segments.len())];
        let ends = own.iter().filter_map(|s| match s {
            Segment::Move(at) | Segment::Line(at) | Segment::Cubic(_, _, at) => Some(*at),
            Segment::Close => None,
        });
        if ends.clone().all(is_free) {
            kept.extend_from_slice(own);
        } else if !matches!(own.last(), Some(Segment::Close)) {
            let (mut from, mut is_drawn) = ([f64::NAN; 2], false);
            let mut to = |at: [f64; 2], is_drawn: &mut bool| {
                if is_free(at) {
                    kept.push(if *is_drawn { Segment::Line(at) } else { Segment::Move(at) });
                }
                *is_drawn = is_free(at);
            };
            for segment in own {
                match segment {
                    Segment::Move(at) | Segment::Line(at) => {
                        to(*at, &mut is_drawn);
                        from = *at;
                    }
                    Segment::Cubic(a, b, end) => {
                        for i in 1..=STEPS {
                            let t = f64::from(i) / f64::from(STEPS);
                            let s = 1.0 - t;
                            let [p, q, r, w] = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
                            let at = [0, 1].map(|k| p * from[k] + q * a[k] + r * b[k] + w * end[k]);
                            to(at, &mut is_drawn);
                        }
                        from = *end;
                    }
                    Segment::Close => {}
                }
            }
        }
    }
    kept
}

/// A smooth curve through points.
///
/// # Source
/// Catmull and Rom (1974), as cubic Bézier curves.
fn curve(points: &[[f64; 2]], is_ring: bool) -> Vec<Segment> {
    let points = if is_ring { &points[..points.len() - 1] } else { points };
    let count = points.len();
    let at = |i: isize| {
        let last = count as isize - 1;
        points[if is_ring { i.rem_euclid(count as isize) } else { i.clamp(0, last) } as usize]
    };
    let mut segments = vec![Segment::Move(points[0])];
    for i in 0..if is_ring { count } else { count - 1 } as isize {
        let [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
        let control = |p: [f64; 2], a: [f64; 2], b: [f64; 2]| [p[0] + (b[0] - a[0]) / 6.0, p[1] + (b[1] - a[1]) / 6.0];
        segments.push(Segment::Cubic(control(from, before, to), control(to, after, from), to));
    }
    if is_ring {
        segments.push(Segment::Close);
    }
    segments
}

/// Writes the names of the countries whose middle is free, muted.
pub fn names(
    all: &[Country],
    cut: &[(usize, MultiPolygon<f64>)],
    (view, ground): (&View, &Ground),
    pen: &mut Pen,
    room: &mut Room,
    is_data: impl Fn(Rect) -> bool,
    is_named: impl Fn(&str) -> bool,
) -> Node {
    let style = Style { size: 15.0, weight: 400, color: theme::LAND_NAME };
    let mut nodes = Vec::new();
    for (i, geometry) in cut {
        let country = &all[*i];
        let is_named = is_named(country.names.get(pen.words.lang));
        let is_data_there = ground.at(view.forward(country.label)).is_some();
        let is_mapped = || (is_named || is_data_there) && is_covered(geometry, view, ground, is_named);
        if NO_COUNTRIES.contains(&country.names.get("en")) || is_mapped() {
            continue;
        }
        let name = country.names.get(pen.words.lang).to_uppercase();
        let size = [pen.width(&name, style), pen.size(style)];
        let on_land = middles(country.label, geometry, view).into_iter();
        let on_land: Vec<[f64; 2]> = on_land.filter_map(|at| beside_land(at, geometry, view, size, pen.unit)).collect();
        let around = around(country.label, geometry, view, size, pen.unit);
        let is_foreign = |[x, y]: [f64; 2]| {
            let [w, h] = size.map(|side| side / 2.0);
            let all = [[x, y], [x - w, y - h], [x + w, y - h], [x - w, y + h], [x + w, y + h]];
            let others = || cut.iter().filter(|(other, _)| other != i);
            all.into_iter().filter_map(|p| view.inverse(p)).any(|p| others().any(|(_, g)| holder(g, p).is_some()))
        };
        let around = around.into_iter().filter(|at| !is_foreign(*at));
        for at in on_land.into_iter().chain(around) {
            let mut text = pen.line(&name, [at[0], at[1] + 0.3 * pen.size(style)], Anchor::Middle, style);
            let b = tight(&text);
            if room.is_free(grown(b, 9.0 * pen.unit)) && !is_data(grown(b, 5.0 * pen.unit)) {
                text.halo = Some(Halo { color: theme::LAND, width: 2.0 * pen.unit });
                room.take(b);
                nodes.push(Node::Text(text));
                break;
            }
        }
    }
    Node::Group(Group { id: "context-names".into(), nodes, ..Group::default() })
}

/// What the data has beside countries: leased land, bases, reefs and a buffer zone, whose names would stand as if they
/// were some.
const NO_COUNTRIES: [&str; 9] = [
    "Akrotiri",
    "Baikonur",
    "Bajo Nuevo Bank",
    "Dhekelia",
    "Scarborough Reef",
    "Serranilla Bank",
    "Siachen Glacier",
    "UN Buffer Zone in Cyprus",
    "Guantanamo Bay",
];

/// How much of a country's coarse outline regions cover that are that country.
const COVERED: f64 = 0.8;

/// Countries of fewer squares of the ground are islets.
const ISLETS: u32 = 50;

/// Tells whether regions of the map cover nearly all of what is seen of a country, so that they name it.
///
/// Islets are too small to tell by ground: of them one is enough that `is_named` as a region.
fn is_covered(geometry: &MultiPolygon<f64>, view: &View, ground: &Ground, is_named: bool) -> bool {
    let [x, y, w, h] = view.panel;
    let (mut seen, mut covered) = (0_u32, 0_u32);
    for polygon in geometry {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let clamp = |[a, b]: [f64; 2]| [a.clamp(x, x + w), b.clamp(y, y + h)];
        let rings = rings.map(|r| r.0.iter().map(|c| clamp(view.forward([c.x, c.y]))).collect()).collect::<Vec<_>>();
        let own = Ground::new(&[rings], view.panel);
        let (all, under) = own.shared(ground);
        seen += all;
        covered += under;
    }
    (is_named && seen < ISLETS) || (seen > 0 && f64::from(covered) >= COVERED * f64::from(seen))
}

/// Islands of less than this, in square units of the design, are specks that no reader asks the name of.
const SPECK: f64 = 60.0;

/// Where a name goes that has its middle at a point: there, where the land is large; below an island that it would
/// cover; nowhere for a speck. A country whose rings run round the page is not on it.
fn beside_land(
    at: [f64; 2],
    geometry: &MultiPolygon<f64>,
    view: &View,
    [width, height]: [f64; 2],
    unit: f64,
) -> Option<[f64; 2]> {
    let degrees = view.inverse(at)?;
    let island = holder(geometry, degrees)?;
    let page = Extent::of(island.exterior().0.iter().map(|c| view.forward([c.x, c.y])))?;
    let (wide, high) = (page.east - page.west, page.north - page.south);
    if wide * high < SPECK * unit * unit {
        return None;
    }
    let is_covered = wide < width * 0.7 && high < height * 3.0;
    Some(if is_covered { [f64::midpoint(page.west, page.east), page.north + height * 0.8] } else { at })
}

/// Where the name of a country goes that is hardly longer than it: beside it, first below.
fn around(
    label: [f64; 2],
    geometry: &MultiPolygon<f64>,
    view: &View,
    [width, height]: [f64; 2],
    unit: f64,
) -> Vec<[f64; 2]> {
    let Some(main) = holder(geometry, label) else { return Vec::new() };
    let Some(page) = Extent::of(main.exterior().0.iter().map(|c| view.forward([c.x, c.y]))) else { return Vec::new() };
    let (wide, high) = (page.east - page.west, page.north - page.south);
    if wide * high < SPECK * unit * unit || wide > 1.6 * width || high > 6.0 * height {
        return Vec::new();
    }
    let [x, y] = page.middle();
    let (right, below) = (page.east + 0.5 * width + 0.6 * height, page.north + 0.9 * height);
    let (left, above) = (page.west - 0.5 * width - 0.6 * height, page.south - 0.9 * height);
    vec![[x, below], [right, y], [x, above], [left, y], [right, below], [right, above], [left, below], [left, above]]
}

/// Where a country's name may stand: its own label point, else the roomiest points of what is shown.
fn middles(label: [f64; 2], geometry: &MultiPolygon<f64>, view: &View) -> Vec<[f64; 2]> {
    let [x, y, w, h] = view.panel;
    let rings: Vec<Vec<[f64; 2]>> = geometry
        .0
        .iter()
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
        .map(|r| {
            let clamp = |[a, b]: [f64; 2]| [a.clamp(x, x + w), b.clamp(y, y + h)];
            r.0.iter().map(|c| clamp(view.forward([c.x, c.y]))).collect()
        })
        .collect();
    let rings = crate::geometry::label_point::thinned(&rings, 3.0);
    let mut all = vec![view.forward(label)];
    all.extend(crate::geometry::label_point::roomiest(&rings, 60.0).take(6));
    all
}

#[cfg(test)]
mod tests {
    use super::{Ground, is_covered, is_near};
    use crate::projection::{Extent, Projection, fit};
    use geo::{MultiPolygon, Rect, coord};

    #[test]
    fn a_country_that_is_the_map_itself_is_not_named_beside_it() {
        let extent = Extent { west: 0.0, south: 0.0, east: 10.0, north: 10.0 };
        let projection = Projection::new("equirectangular", &extent).expect("listed");
        let view = fit(projection.clone(), extent.outline().map(|p| projection.forward(p)), [0.0, 0.0, 400.0, 400.0]);
        let country = |east: f64, north: f64| {
            let rect = Rect::new(coord! { x: 1.0, y: 1.0 }, coord! { x: east, y: north });
            MultiPolygon(vec![rect.to_polygon()])
        };
        let ring = |side: f64| [[1.0, 1.0], [side, 1.0], [side, 9.0], [1.0, 9.0]].map(|p| view.forward(p)).to_vec();
        let ground = |east: f64| Ground::new(&[vec![ring(east)]], view.panel);
        let all = country(9.0, 9.0);
        assert!(is_covered(&all, &view, &ground(8.7), false));
        // half of it is another's: it keeps its name, even where a region has the same
        assert!(!is_covered(&all, &view, &ground(5.0), false) && !is_covered(&all, &view, &ground(5.0), true));
        let islet = country(1.05, 1.05);
        let sea = Ground::new(&[vec![]], view.panel);
        assert!(is_covered(&islet, &view, &sea, true) && !is_covered(&islet, &view, &sea, false));
    }

    #[test]
    fn the_antarctic_lies_on_the_half_opposite_russia() {
        assert!(is_near([170.0, 60.0], [-170.0, 70.0]));
        assert!(!is_near([0.0, -84.0], [100.0, 65.0]));
    }
}
