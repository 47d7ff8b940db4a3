//! From the sphere to the plane: takes degrees, gives kilometres on a plane, and back.
//!
//! Equal-area projections go through the authalic sphere, so that areas are those of WGS 84. Adding a
//! projection is one file and one line of [`PROJECTIONS`].

mod albers;
mod authalic;
mod crs;
mod equal_earth;
mod equirectangular;
mod laea;
mod mercator;
mod view;

pub use crs::Unknown;
pub use view::{Extent, View, fit};

use crate::geometry::antimeridian::Frame;
use crate::geometry::resample::{Tolerance, resample};
use crs::Crs;
use std::f64::consts::{PI, TAU};
use std::sync::Arc;

/// Radius in km of the sphere that has the area of WGS 84.
pub const RADIUS_KM: f64 = 6_371.007_180_918_475;

/// A kind of projection.
#[derive(Debug)]
pub struct Raw {
    /// Kebab-case name.
    pub name: &'static str,
    /// What it is good for, in one line.
    pub doc: &'static str,
    /// Tells whether areas keep their ratios.
    pub equal_area: bool,
    /// Tells whether the globe is cut opposite the central meridian; else both sides meet there.
    pub is_cut: bool,
    /// From the extent to the parameters that suit it.
    pub parameters: fn(&Extent) -> Parameters,
    /// From radians (longitude from the central meridian, latitude) to the unit sphere's plane.
    pub forward: fn(&Parameters, f64, f64) -> [f64; 2],
    /// Back; `None` off the map.
    pub inverse: fn(&Parameters, f64, f64) -> Option<[f64; 2]>,
}

/// What a projection is set up with, all in radians.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Parameters {
    /// Central meridian.
    pub longitude: f64,
    /// Central latitude.
    pub latitude: f64,
    /// Further numbers, by projection.
    pub more: [f64; 3],
}

/// Every projection, sorted by name.
pub const PROJECTIONS: &[Raw] =
    &[albers::ALBERS, equal_earth::EQUAL_EARTH, equirectangular::EQUIRECTANGULAR, laea::LAEA, mercator::MERCATOR];

/// A projection set up for an extent.
#[derive(Debug, Clone)]
pub struct Projection {
    /// Its kind.
    pub raw: &'static Raw,
    /// Why it is this one.
    pub reason: &'static str,
    parameters: Parameters,
    /// What computes instead, where the projection was given as an EPSG code or PROJ string.
    crs: Option<Arc<Crs>>,
}

impl Projection {
    /// Finds a projection by name and sets it up; `auto` chooses by the extent. Other names are EPSG codes such
    /// as `EPSG:32637` and PROJ strings such as `+proj=lcc +lat_1=33 +lat_2=36`.
    ///
    /// # Errors
    /// What is wrong with the name.
    pub fn new(name: &str, extent: &Extent) -> Result<Self, Unknown> {
        let (name, reason) = if name == "auto" { automatic(extent) } else { (name, "it was asked for") };
        match PROJECTIONS.iter().find(|p| p.name == name) {
            Some(raw) => Ok(Self { raw, reason, parameters: (raw.parameters)(extent), crs: None }),
            None => {
                let crs = Crs::new(name)?;
                let [longitude, latitude] = [crs.middle, crs.latitude].map(f64::to_radians);
                let parameters = Parameters { longitude, latitude, ..Parameters::default() };
                let raw = if crs.is_cut { &crs::CUT } else { &crs::WHOLE };
                Ok(Self { raw, reason, parameters, crs: Some(Arc::new(crs)) })
            }
        }
    }

    /// Projects degrees to kilometres, y northwards; not finite where the map does not reach.
    pub fn forward(&self, [longitude, latitude]: [f64; 2]) -> [f64; 2] {
        let mut lambda = longitude.to_radians() - self.parameters.longitude;
        // what lies on the cut stays on its side of it
        if lambda > PI + 1e-9 {
            lambda -= TAU;
        } else if lambda < -PI - 1e-9 {
            lambda += TAU;
        }
        if let Some(crs) = &self.crs {
            return crs.forward(lambda, latitude.to_radians());
        }
        let [x, y] = (self.raw.forward)(&self.parameters, lambda.clamp(-PI, PI), latitude.to_radians());
        [x * RADIUS_KM, y * RADIUS_KM]
    }

    /// Gives the degrees of a point in kilometres; `None` off the map.
    pub fn inverse(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        let [lambda, phi] = match &self.crs {
            Some(crs) => crs.inverse([x, y])?,
            None => (self.raw.inverse)(&self.parameters, x / RADIUS_KM, y / RADIUS_KM)?,
        };
        Some([(lambda + self.parameters.longitude).to_degrees(), phi.to_degrees()])
    }

    fn latitude(&self) -> f64 {
        // of an equal-area projection it is kept as authalic
        let here = self.parameters.latitude;
        if self.crs.is_some() { here } else { authalic::geodetic(here) }
    }

    /// Where the globe is cut.
    pub fn frame(&self) -> Frame {
        // within a turn of Greenwich, and the same digits that an extent was written with
        let middle = (self.parameters.longitude.to_degrees() * 1e9).round() / 1e9;
        let latitude = (self.latitude().to_degrees() * 1e9).round() / 1e9;
        Frame { middle, joined: (!self.raw.is_cut).then_some(latitude) }
    }

    /// Tells whether the globe's edge lies around the map's middle on all sides.
    pub fn is_disc(&self) -> bool {
        self.frame().joined.is_some()
    }

    /// The globe's edge in kilometres as a ring; `None` where the map has no end.
    pub fn rim(&self) -> Option<Vec<[f64; 2]>> {
        const STEPS: u32 = 360;
        let Frame { middle, joined } = self.frame();
        let ring: Vec<[f64; 2]> = match joined {
            None => {
                // up the one side of the cut, along the pole, and down the other
                let along = |from: [f64; 2], to: [f64; 2]| {
                    let at = move |i: u32| f64::from(i) / f64::from(STEPS);
                    (0..STEPS).map(move |i| [0, 1].map(|k| from[k] + (to[k] - from[k]) * at(i)))
                };
                let [west, east] = [middle - 180.0, middle + 180.0];
                let corners = [[west, -90.0], [west, 90.0], [east, 90.0], [east, -90.0]];
                let sides = (0..4).flat_map(|i| along(corners[i], corners[(i + 1) % 4]));
                sides.map(|p| self.forward(p)).collect()
            }
            Some(latitude) => {
                // outwards from the middle until there is no more of the globe
                let from = self.forward([middle, latitude]);
                let farthest = 4.0 * RADIUS_KM;
                let edge = |i: u32| {
                    let (sin, cos) = libm::sincos(f64::from(i) / f64::from(STEPS) * TAU);
                    let at = |r: f64| [from[0] + r * sin, from[1] + r * cos];
                    let (mut near, mut far) = (0.0, farthest);
                    for _ in 0..40 {
                        let half = f64::midpoint(near, far);
                        let found = self.inverse(at(half)).is_some_and(|p| self.comes_back(p, at(half)));
                        if found { near = half } else { far = half }
                    }
                    (near > 0.0 && near < 0.999 * farthest).then(|| at(near))
                };
                (0..STEPS).map(edge).collect::<Option<_>>()?
            }
        };
        // a cylinder set across the globe has its edge elsewhere: just within it every point must come back
        let is_edge = |p: &[f64; 2]| {
            let [x, y] = self.forward([middle, joined.unwrap_or(0.0)]);
            let within = [x + (p[0] - x) * 0.999, y + (p[1] - y) * 0.999];
            p[0].is_finite() && p[1].is_finite() && self.inverse(within).is_some_and(|d| self.comes_back(d, within))
        };
        ring.iter().all(is_edge).then_some(ring)
    }

    /// Tells whether a point in degrees is drawn where it was found.
    fn comes_back(&self, degrees: [f64; 2], at: [f64; 2]) -> bool {
        let [x, y] = self.forward(degrees);
        (x - at[0]).abs() < 10.0 && (y - at[1]).abs() < 10.0
    }

    /// Projects a line so that it is nowhere further than `stray` km from where it should be.
    pub fn line(&self, points: &[[f64; 2]], stray: f64) -> Vec<[f64; 2]> {
        resample(points, Tolerance { stray, radius: RADIUS_KM, wraps: !self.raw.is_cut }, |p| self.forward(p))
    }
}

/// The equal-area projection that suits an extent, and why: azimuthal for a country or around a pole, conic for
/// a wide one, Equal Earth for the world.
fn automatic(extent: &Extent) -> (&'static str, &'static str) {
    let (width, height) = (extent.east - extent.west, extent.north - extent.south);
    let middle = f64::midpoint(extent.north, extent.south).abs();
    // what lies nearly all around a pole belongs together, though one island is far from it
    let round = width > 300.0 && (extent.south >= 10.0 || extent.north <= -10.0);
    let polar = round || extent.south >= 40.0 || extent.north <= -40.0;
    if width > 180.0 && polar {
        ("laea", "the extent goes round a pole: equal-area, the pole in the middle")
    } else if width > 180.0 || height > 140.0 {
        ("equal-earth", "the extent is more than half the world: equal-area, all of it at once")
    } else if width > 40.0 && width > 2.0 * height && (15.0..75.0).contains(&middle) {
        ("albers", "the extent is much wider than high: equal-area, two parallels true")
    } else {
        ("laea", "the extent is about as wide as high: equal-area, its middle true")
    }
}

#[cfg(test)]
mod tests {
    use super::{Extent, PROJECTIONS, Projection};
    use proptest::prelude::*;

    fn syria() -> Extent {
        Extent { west: 35.6, south: 32.3, east: 42.4, north: 37.4 }
    }

    proptest! {
        #[test]
        fn inverse_undoes_forward(lon in 30.0..48.0_f64, lat in 28.0..42.0_f64) {
            for raw in PROJECTIONS {
                let projection = Projection::new(raw.name, &syria()).expect("listed");
                let [x, y] = projection.inverse(projection.forward([lon, lat])).expect("on the map");
                prop_assert!((x - lon).abs() < 1e-9 && (y - lat).abs() < 1e-9, "{}: {x} {y}", raw.name);
            }
        }
    }

    #[test]
    fn equal_area_projections_keep_the_area_of_a_cell() {
        for raw in PROJECTIONS.iter().filter(|p| p.equal_area) {
            let projection = Projection::new(raw.name, &syria()).expect("listed");
            let cell = |lat: f64| {
                let corner = |dx: f64, dy: f64| projection.forward([40.0 + dx, lat + dy]);
                let ring = [corner(0.0, 0.0), corner(0.001, 0.0), corner(0.001, 0.001), corner(0.0, 0.001)];
                let twice: f64 = (0..4)
                    .map(|i| {
                        let ([x, y], [u, v]) = (ring[i], ring[(i + 1) % 4]);
                        x * v - u * y
                    })
                    .sum();
                twice / 2.0
            };
            // of WGS 84, in km² per square of a thousandth of a degree, at 33 and 37 degrees north
            for (lat, km2) in [(33.0, 0.010_365_1), (37.0, 0.009_875_6)] {
                prop_assert_near(cell(lat), km2, raw.name);
            }
        }
    }

    fn prop_assert_near(found: f64, wanted: f64, name: &str) {
        assert!((found / wanted - 1.0).abs() < 1e-3, "{name}: {found} instead of {wanted}");
    }

    #[test]
    fn auto_suits_the_extent() {
        let named = |west, south, east, north| {
            Projection::new("auto", &Extent { west, south, east, north }).expect("listed").raw.name
        };
        assert_eq!(named(35.6, 32.3, 42.4, 37.4), "laea");
        assert_eq!(named(-125.0, 24.0, -66.0, 49.0), "albers");
        assert_eq!(named(-180.0, -90.0, 180.0, 90.0), "equal-earth");
        assert_eq!(named(-180.0, -90.0, 180.0, -63.0), "laea");
        assert_eq!(named(19.0, 41.0, 190.0, 82.0), "albers");
        // all states on the Arctic, with Hawaii
        assert_eq!(named(4.6, 18.9, 346.5, 83.6), "laea");
        assert!(Projection::new("bonne", &syria()).is_err());
    }
}
