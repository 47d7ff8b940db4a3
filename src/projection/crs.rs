//! Projections by EPSG code or PROJ string: takes either, gives a plane in kilometres.
//!
//! A map needs neither false eastings nor another datum's shift of some hundred metres, so both are left out;
//! the longitude of the centre is taken off before, as for the other projections.

use super::{Extent, Parameters, Raw};
use proj4rs::Proj;
use proj4rs::errors::Error;
use proj4rs::transform::transform;

/// Why a name is no projection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// It is none of the names, no EPSG code and no PROJ string.
    Name,
    /// There is no such EPSG code.
    Code,
    /// The PROJ string, as given or as the EPSG code stands for, is not understood: why.
    Definition(String),
}

/// What stands for such projections where their kind is asked for: one that is cut, and one that is not.
pub(super) const CUT: Raw = Raw {
    name: "proj",
    doc: "as an EPSG code or a PROJ string says",
    equal_area: false,
    is_cut: true,
    parameters: none,
    forward: flat,
    inverse: unflat,
};
/// See [`CUT`].
pub(super) const WHOLE: Raw = Raw {
    name: "proj",
    doc: "as an EPSG code or a PROJ string says",
    equal_area: false,
    is_cut: false,
    parameters: none,
    forward: flat,
    inverse: unflat,
};

fn none(_: &Extent) -> Parameters {
    Parameters::default()
}

fn flat(_: &Parameters, x: f64, y: f64) -> [f64; 2] {
    [x, y]
}

fn unflat(_: &Parameters, x: f64, y: f64) -> Option<[f64; 2]> {
    Some([x, y])
}

/// A projection that `proj4rs` computes.
#[derive(Debug)]
pub(super) struct Crs {
    /// Central meridian in degrees.
    pub(super) middle: f64,
    /// Central latitude in degrees.
    pub(super) latitude: f64,
    pub(super) is_cut: bool,
    /// Latitude in radians beyond which the plane would never end.
    limit: f64,
    sphere: Proj,
    plane: Option<Proj>,
}

/// Keys that shape a projection; all others place it.
const SHAPE: &[&str] = &[
    "ellps", "a", "b", "rf", "f", "R", "lat_0", "lat_1", "lat_2", "lat_ts", "k", "k_0", "alpha", "gamma", "h", "south",
];

/// Datums and the ellipsoid that each has.
const DATUMS: &[(&str, &str)] = &[
    ("GGRS87", "GRS80"),
    ("NAD27", "clrk66"),
    ("NAD83", "GRS80"),
    ("OSGB36", "airy"),
    ("WGS84", "WGS84"),
    ("carthage", "clrk80ign"),
    ("hermannskogel", "bessel"),
    ("ire65", "mod_airy"),
    ("nzgd49", "intl"),
    ("potsdam", "bessel"),
];

/// Projections whose two sides meet opposite the central meridian.
const AZIMUTHAL: &[&str] = &["aeqd", "gnom", "laea", "ortho", "stere", "sterea"];

impl Crs {
    pub(super) fn new(name: &str) -> Result<Self, Unknown> {
        let name = name.trim();
        let code = name.split_once(':').filter(|(authority, _)| authority.eq_ignore_ascii_case("epsg"));
        if let Some((_, code)) = code {
            let known = code.trim().parse().ok().and_then(crs_definitions::from_code);
            return Self::parse(known.ok_or(Unknown::Code)?.proj4);
        }
        if name.contains("proj=") { Self::parse(name) } else { Err(Unknown::Name) }
    }

    fn parse(text: &str) -> Result<Self, Unknown> {
        let wrong = |why: String| Unknown::Definition(why);
        let terms = || text.split_whitespace().map(|t| t.trim_start_matches('+').split_once('=').unwrap_or((t, "")));
        let value = |key: &str| terms().find(|(k, _)| *k == key).map(|(_, v)| v);
        let number = |key: &str| -> Result<Option<f64>, Unknown> {
            let parse = |v: &str| v.parse::<f64>().ok().filter(|n| n.is_finite() && n.abs() <= 360.0);
            let read = |v| parse(v).ok_or_else(|| wrong(format!("`{key}={v}` is no number of degrees")));
            value(key).map(read).transpose()
        };
        let kind = value("proj").unwrap_or_default();
        // an oblique cylinder names its centre so
        let centre = if kind == "omerc" { number("lonc")? } else { None };
        let mut middle = centre.or(number("lon_0")?).unwrap_or(0.0) + number("pm").ok().flatten().unwrap_or(0.0);
        let mut shape = String::new();
        let mut kind_here = kind;
        if kind == "utm" {
            let zone = number("zone")?.filter(|z| (1.0..=60.0).contains(z) && z.fract() == 0.0);
            middle = 6.0 * zone.ok_or_else(|| wrong("`utm` needs a `zone` from 1 to 60".into()))? - 183.0;
            kind_here = "tmerc";
            shape.push_str(" +k_0=0.9996 +lat_0=0");
        }
        let mut ellipsoid = String::new();
        for (key, value) in terms().filter(|(k, _)| SHAPE.contains(k) && !(kind == "utm" && *k != "ellps")) {
            let of_size = matches!(key, "ellps" | "a" | "b" | "rf" | "f" | "R");
            let text = if of_size { &mut ellipsoid } else { &mut shape };
            text.push_str(&format!(" +{key}={value}"));
        }
        if ellipsoid.is_empty() {
            let datum = DATUMS.iter().find(|(name, _)| Some(*name) == value("datum")).map_or("WGS84", |(_, e)| e);
            ellipsoid = format!(" +ellps={datum}");
        }
        let why = |e: Error| match e {
            Error::ProjErrConicLatEqual => "`lat_1` and `lat_2` may not be opposite".to_owned(),
            Error::ProjectionNotFound => format!("there is no projection `{kind_here}`"),
            other => other.to_string().to_lowercase(),
        };
        let make = |text: String| Proj::from_proj_string(&text).map_err(|e| wrong(why(e)));
        let sphere = make(format!("+proj=longlat{ellipsoid}"))?;
        let geographic = matches!(kind, "longlat" | "latlong" | "lonlat" | "latlon");
        let plane = match geographic {
            true => None,
            false => Some(make(format!("+proj={kind_here}{shape}{ellipsoid} +lon_0=0"))?),
        };
        if plane.as_ref().is_some_and(|p| p.is_geocent() || !p.has_inverse() || !p.has_forward()) {
            return Err(wrong(format!("`{kind}` gives no plane")));
        }
        // beyond that, a cylinder or a cone that is true to angles has no end
        let limit = if matches!(kind, "merc" | "webmerc" | "lcc") { 85.06 } else { 90.0_f64 };
        let latitude = number("lat_0")?.unwrap_or(0.0);
        let is_cut = !AZIMUTHAL.contains(&kind);
        let crs = Self { middle, latitude, is_cut, limit: limit.to_radians(), sphere, plane };
        match crs.has_size() {
            true => Ok(crs),
            false => Err(wrong("it gives no map of about the Earth's size".into())),
        }
    }

    /// Tells whether a small square is somewhere drawn about as large as it is: not as a point or a line, and not beyond
    /// what numbers can hold.
    fn has_size(&self) -> bool {
        const STEP: f64 = 1e-4;
        let drawn = |lambda: f64, phi: f64| {
            let [a, b, c] =
                [(lambda, phi), (lambda + STEP, phi), (lambda, phi + STEP)].map(|(l, p)| self.forward(l, p));
            let area = ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs();
            let true_side = STEP * super::RADIUS_KM;
            area / (true_side * true_side * libm::cos(phi))
        };
        let steps = |count: i32, step: f64| (-count..=count).map(move |i| f64::from(i) * step);
        let mut all = steps(8, 0.19).flat_map(|phi| steps(8, 0.37).map(move |lambda| drawn(lambda, phi)));
        all.any(|ratio| ratio > 1e-4 && ratio < 1e4)
    }

    pub(super) fn forward(&self, lambda: f64, phi: f64) -> [f64; 2] {
        let Some(plane) = &self.plane else { return [lambda, phi].map(|v| v * super::RADIUS_KM) };
        let mut point = (lambda, phi.clamp(-self.limit, self.limit), 0.0);
        match transform(&self.sphere, plane, &mut point) {
            Ok(()) => [point.0 / 1000.0, point.1 / 1000.0],
            Err(_) => [f64::NAN; 2],
        }
    }

    pub(super) fn inverse(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        let Some(plane) = &self.plane else { return Some([x, y].map(|v| v / super::RADIUS_KM)) };
        let mut point = (x * 1000.0, y * 1000.0, 0.0);
        transform(plane, &self.sphere, &mut point).ok()?;
        (point.0.is_finite() && point.1.is_finite()).then_some([point.0, point.1])
    }
}

#[cfg(test)]
mod tests {
    use super::{Crs, Unknown};

    #[test]
    fn utm_by_code_and_by_string_agrees_with_an_independent_series() {
        for name in ["EPSG:32637", "epsg:32637", "+proj=utm +zone=37 +datum=WGS84 +units=m +no_defs"] {
            let crs = Crs::new(name).expect("known");
            assert_eq!(crs.middle, 39.0);
            let [x, y] = crs.forward((36.3_f64 - 39.0).to_radians(), 33.5_f64.to_radians());
            // by Krüger's series to the fourth order, without the false easting of 500 km
            assert!((x + 250.827_068_164).abs() < 1e-6 && (y - 3_709.982_611_187).abs() < 1e-6, "{name}: {x} {y}");
            let [lambda, phi] = crs.inverse([x, y]).expect("on the map");
            assert!((lambda.to_degrees() + 2.7).abs() < 1e-9 && (phi.to_degrees() - 33.5).abs() < 1e-9);
        }
    }

    #[test]
    fn what_is_no_projection_says_why() {
        assert_eq!(Crs::new("bonne").unwrap_err(), Unknown::Name);
        assert_eq!(Crs::new("EPSG:1").unwrap_err(), Unknown::Code);
        assert_eq!(Crs::new("EPSG:999999999").unwrap_err(), Unknown::Code);
        for text in ["+proj=nonsense", "+proj=utm +zone=99", "+proj=lcc", "+proj=", "+proj=laea +lon_0=x"] {
            assert!(matches!(Crs::new(text), Err(Unknown::Definition(_))), "{text}");
        }
    }

    #[test]
    fn a_map_without_size_is_refused() {
        for text in ["+proj=tmerc +k=0", "+proj=tmerc +k=1e-200", "+proj=merc +R=1", "+proj=tmerc +k_0=1e200"] {
            assert!(matches!(Crs::new(text), Err(Unknown::Definition(_))), "{text}");
        }
        let why = |text: &str| format!("{:?}", Crs::new(text).unwrap_err());
        assert!(why("+proj=lcc +lat_1=33 +lat_2=-33").contains("may not be opposite"));
        assert!(why("+proj=nonsense").contains("no projection `nonsense`"));
    }

    #[test]
    fn a_satellite_has_its_height_and_an_oblique_cylinder_its_centre() {
        assert!(Crs::new("+proj=geos +h=35785831").is_ok());
        let crs = Crs::new("+proj=omerc +lat_0=4 +lonc=115 +alpha=53 +gamma=53").expect("understood");
        assert_eq!(crs.middle, 115.0);
    }

    #[test]
    fn common_codes_are_understood() {
        for code in [3857, 4326, 3035, 2154, 5070, 3031, 3413, 27700, 28992, 32736, 5041, 22770] {
            assert!(Crs::new(&format!("EPSG:{code}")).is_ok(), "EPSG:{code}");
        }
    }
}
