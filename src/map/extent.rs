//! What a map shows: everything, a box in degrees, or a place and what is around it.

use super::region::{Regions, geometry};
use super::remote::{BOXED, Group, LEFT_OUT, Main, main_land};
use crate::diag::{Diagnostic, did_you_mean_text, quote};
use crate::geometry::contains::contains;
use crate::model::{Dataset, Place, PlaceIndex};
use crate::project::FarParts;
use crate::projection::Extent;

/// What is to be shown.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The box in degrees, for the choice of projection.
    pub degrees: Extent,
    /// Points in degrees that must be on the map; `None` means all regions.
    pub points: Option<Vec<[f64; 2]>>,
    /// Regions of which far islands are left out.
    pub beyond: Vec<PlaceIndex>,
    /// What goes into boxes of its own.
    pub boxed: Vec<Group>,
    /// How many times larger the map is for that.
    pub gain: f64,
}

impl Wanted {
    fn new(degrees: Extent, points: Option<Vec<[f64; 2]>>) -> Self {
        Self { degrees, points, beyond: Vec::new(), boxed: Vec::new(), gain: 1.0 }
    }
}

/// How far around a settlement or site a map of it reaches, in degrees of latitude.
const AROUND: f64 = 0.2;

/// A page whose shorter side has fewer pixels is too small for boxes.
const LEAST_PAGE: f64 = 360.0;

/// Reads the option `extent`: nothing for all regions, `W,S,E,N`, or a place's code or name. Of all regions, what is
/// `far` from the rest on a page of a size is set apart.
pub fn extent(
    dataset: &Dataset,
    regions: &Regions,
    (option, far, [width, height]): (Option<&str>, FarParts, [f64; 2]),
    faults: &mut Vec<Diagnostic>,
) -> Wanted {
    let points: Option<Vec<[f64; 2]>> = option.and_then(|text| match degrees(text) {
        Some(Ok(extent)) => {
            faults.extend(elsewhere(dataset, regions, &extent, text));
            Some(extent.outline().collect())
        }
        Some(Err(fault)) => {
            faults.push(*fault);
            None
        }
        None => place(dataset, text, faults),
    });
    let world = Extent { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
    if let Some(points) = points {
        let lines = points.chunks(1);
        return Wanted::new(Extent::on_globe(lines).unwrap_or(world), Some(points));
    }
    if let Some(degrees) = Extent::on_globe(regions.topology.arcs.iter().map(|a| a.points.as_slice())) {
        let roomy = width.min(height) >= LEAST_PAGE;
        let limits = match far {
            FarParts::Fit => return Wanted::new(degrees, None),
            FarParts::Inset if roomy => BOXED,
            FarParts::Inset | FarParts::LeaveOut => LEFT_OUT,
        };
        let Some(Main { lines, groups, specks, gain }) = main_land(regions, dataset, &degrees, width / height, limits)
        else {
            return Wanted::new(degrees, None);
        };
        let degrees = Extent::on_globe(lines.iter().map(Vec::as_slice)).unwrap_or(degrees);
        let own = Wanted::new(degrees, Some(lines.concat()));
        if limits == BOXED {
            return Wanted { boxed: groups, beyond: specks, gain, ..own };
        }
        let mut beyond: Vec<PlaceIndex> = groups.into_iter().flat_map(|g| g.places).collect();
        beyond.sort_unstable();
        beyond.dedup();
        return Wanted { beyond, ..own };
    }
    // without regions the points alone say where the map is
    let points: Vec<[f64; 2]> = dataset.places.iter().filter_map(|p| p.at).collect();
    let degrees = Extent::on_globe(points.chunks(1)).unwrap_or(world);
    let points = if points.is_empty() { world.outline().collect() } else { points };
    Wanted::new(degrees, Some(points))
}

/// Four numbers, if it is four of anything.
fn degrees(text: &str) -> Option<Result<Extent, Box<Diagnostic>>> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let [west, south, east, north] = <[&str; 4]>::try_from(parts).ok()?.map(str::parse::<f64>);
    let extent = match (west, south, east, north) {
        // from 170 to -170 is a box over the antimeridian
        (Ok(west), Ok(south), Ok(east), Ok(north)) if east < west && west <= 180.0 && east >= -180.0 => {
            Extent { west, south, east: east + 360.0, north }
        }
        (Ok(west), Ok(south), Ok(east), Ok(north)) => Extent { west, south, east, north },
        _ => return None,
    };
    let fits = extent.west < extent.east
        && extent.south < extent.north
        && (-180.0..=180.0).contains(&extent.west)
        && extent.east <= 540.0
        && (extent.east <= 180.0 || extent.east - extent.west < 360.0)
        && extent.south >= -90.0
        && extent.north <= 90.0;
    let fault = || {
        Diagnostic::new("coordinates-off-globe", format!("the extent {} is no box on the globe", quote(text)))
            .value(text)
            .hint("write west,south,east,north in degrees: `35.6,32.3,42.4,37.4`")
    };
    Some(if fits { Ok(extent) } else { Err(Box::new(fault())) })
}

/// Refuses a box that nothing of the data lies in.
fn elsewhere(dataset: &Dataset, regions: &Regions, wanted: &Extent, text: &str) -> Option<Diagnostic> {
    let arcs = &regions.topology.arcs;
    let boxes: Vec<Extent> = arcs.iter().filter_map(|arc| Extent::of(arc.points.iter().copied())).collect();
    let points: Vec<[f64; 2]> =
        if boxes.is_empty() { dataset.places.iter().filter_map(|p| p.at).collect() } else { Vec::new() };
    let meets = |west: f64, south: f64, east: f64, north: f64| {
        let [a, b] = [[west, south], [east, north]];
        let shifted = |x: f64| [x - 360.0, x, x + 360.0];
        let holds =
            |p: &[f64; 2]| p[1] >= a[1] && p[1] <= b[1] && shifted(p[0]).iter().any(|x| *x >= a[0] && *x <= b[0]);
        let overlaps = |e: &Extent| {
            let turns = shifted(0.0);
            e.south <= b[1] && a[1] <= e.north && turns.iter().any(|by| e.west + by <= b[0] && a[0] <= e.east + by)
        };
        boxes.iter().any(overlaps) || points.iter().any(holds)
    };
    let Extent { west, south, east, north } = *wanted;
    let nothing = boxes.is_empty() && points.is_empty();
    // a box within a single region touches no border
    let inside = [(west + east) / 2.0, (south + north) / 2.0];
    let within = |place: &PlaceIndex| contains(geometry(dataset, *place), inside);
    if nothing || meets(west, south, east, north) || regions.places.iter().any(within) {
        return None;
    }
    let fault = Diagnostic::new("no-regions", format!("no region lies in the extent {}", quote(text))).value(text);
    if meets(south, west, north, east) {
        let turned = format!("{south},{west},{north},{east}");
        return Some(fault.hint(format!("west comes first, then south, east, north: write {}", quote(&turned))));
    }
    let all = Extent::of(boxes.iter().flat_map(|e| [[e.west, e.south], [e.east, e.north]]).chain(points))?;
    let Extent { west, south, east, north } = all;
    Some(
        fault.hint(format!("the data lies within {west:.1},{south:.1},{east:.1},{north:.1}: west, south, east, north")),
    )
}

/// The points of a place by code or name, which must fit one place alone.
fn place(dataset: &Dataset, text: &str, faults: &mut Vec<Diagnostic>) -> Option<Vec<[f64; 2]>> {
    let by_id: Vec<&Place> = dataset.places.iter().filter(|p| p.id == text).collect();
    let by_name = || dataset.places.iter().filter(|p| p.names.all().any(|n| n == text)).collect();
    let found: Vec<&Place> = if by_id.is_empty() { by_name() } else { by_id };
    if found.len() > 1 {
        let message = format!("the extent {} fits {} places", quote(text), found.len());
        let ids = found.iter().filter(|p| found.iter().filter(|other| other.id == p.id).count() == 1);
        let words: Vec<String> = ids.take(8).map(|p| format!("{} ({})", quote(&p.id), p.level)).collect();
        let hint = match words.is_empty() {
            true => "write west,south,east,north in degrees".to_owned(),
            false => format!("write the id: {}", words.join(" or ")),
        };
        faults.push(Diagnostic::new("ambiguous-place", message).value(text).hint(hint));
        return None;
    }
    let Some(place) = found.first() else {
        let mut fault =
            Diagnostic::new("unknown-place", format!("the extent {} is neither a box nor a place", quote(text)))
                .value(text);
        let all = dataset.places.iter().flat_map(|p| std::iter::once(p.id.as_str()).chain(p.names.all()));
        fault.hints.extend(did_you_mean_text(text, all));
        faults.push(fault.hint("write a code or name, or west,south,east,north in degrees"));
        return None;
    };
    if let Some(region) = place.region {
        let rings = dataset.regions.get(region).geometry.0.iter().map(|p| p.exterior());
        let points: Vec<[f64; 2]> = rings.flat_map(|r| r.0.iter().map(|c| [c.x, c.y])).collect();
        return (!points.is_empty()).then_some(points);
    }
    let [x, y] = place.at?;
    let wide = AROUND / libm::cos(y.to_radians()).max(0.05);
    Some(vec![[x - wide, y - AROUND], [x + wide, y + AROUND]])
}
