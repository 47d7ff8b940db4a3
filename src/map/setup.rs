//! What of a map does not change with its date: options understood, regions and borders projected.

use super::Request;
use super::accent::Accent;
use super::annotation::{self, Marks, fights, marks};
use super::cover::Cover;
use super::disclaimer::disclaimer;
use super::extent::extent;
use super::far::{Far, far};
use super::front::{self, Front};
use super::key::holders;
use super::language;
use super::look::Look;
use super::region::{Plane, Pole, Regions, plane, poles, regions};
use super::style::{preset, unit};
use super::words::{Words, words};
use crate::diag::{Checked, Diagnostic, Severity, did_you_mean, quote};
use crate::model::{Dataset, Day, PlaceIndex};
use crate::palette::{Colors, colors};
use crate::project::{Digits, PlaceChoice, Shown, Size, Theme};
use crate::projection::{Extent, PROJECTIONS, Projection, Unknown};
use crate::scene::Color;
use crate::timeline::resolve;

/// The part of a map that its dates share.
#[derive(Debug)]
pub struct Setup {
    /// Width and height of the page in pixels.
    pub page: [f64; 2],
    /// Pixels of a raster image for each pixel of the page.
    pub scale: f64,
    /// Pixels for a unit of the design, which is 1600 × 1200 units.
    pub unit: f64,
    /// Blank around everything in pixels.
    pub margin: f64,
    /// Colours of actors.
    pub colors: Colors,
    /// Those of all that may hold ground.
    pub held: Vec<Color>,
    /// Colours of page and ink.
    pub theme: Theme,
    /// The regions drawn.
    pub regions: Regions,
    /// Their borders on the plane.
    pub plane: Plane,
    /// The projection.
    pub projection: Projection,
    /// Two corners of the plane between which everything must be on the map.
    pub wanted: Vec<[f64; 2]>,
    /// Regions of which far islands are left out.
    pub beyond: Vec<PlaceIndex>,
    /// What has boxes of its own.
    pub far: Vec<Far>,
    /// How many times larger the map is for that.
    pub gain: f64,
    /// A part of the regions was asked for.
    pub is_close_up: bool,
    /// What of the plane data covers.
    pub cover: Cover,
    /// The words of the figure's language.
    pub words: &'static Words,
    /// Digits of Arabic texts.
    pub digits: Digits,
    /// When a graticule, a north arrow and an inset are drawn.
    pub shown: [Shown; 3],
    /// What is said of the boundaries; may be empty.
    pub disclaimer: String,
    /// The second language of names; may be empty.
    pub second: String,
    /// Where each region has most room.
    pub poles: Vec<Option<Pole>>,
    /// From this day on a change is new, where that was asked for.
    pub changed_since: Option<Day>,
    /// Lines between holders, the undermost first.
    pub fronts: Vec<(Front, Vec<u32>)>,
    /// The day of the earlier of them.
    pub baseline: Option<Day>,
    /// Strikes and clashes of the last days.
    pub marks: Marks,
    /// Which settlements and sites are drawn.
    pub choice: PlaceChoice,
    /// Title; may be empty.
    pub title: String,
    /// Neighbouring countries are drawn.
    pub has_context: bool,
    /// Seas are named.
    pub has_sea_names: bool,
    /// Borders of ground without a sure holder, where the front line is drawn.
    pub band: Vec<u32>,
    /// What is drawn besides the snapshot.
    pub accent: Accent,
}

impl Setup {
    /// Understands the options.
    pub fn new(request: &Request) -> Checked<Option<Self>> {
        let Request { dataset, snapshot, options, .. } = *request;
        let mut faults = Vec::new();
        let style = preset(options.style.unwrap_or_default());
        let size = options.size.unwrap_or(style.size);
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        let scale = options.scale.unwrap_or(style.scale);
        check_size(width, height, scale, &mut faults);
        let palette = options.palette.as_deref().unwrap_or("auto");
        let holders = holders(&dataset.events);
        let colors = colors(palette, &dataset.actors, &holders, snapshot.day).take(&mut faults);
        let regions = regions(dataset, options.level);
        faults.extend(options.level.and_then(|level| dataset.require_level(level).err()));
        let lang = options.lang.as_deref().unwrap_or("en");
        let (lang, second) = lang.split_once(',').map_or((lang.trim(), ""), |(a, b)| (a.trim(), b.trim()));
        let languages = [lang, second].into_iter().filter(|tag| !tag.is_empty());
        faults.extend(languages.filter_map(|tag| language::unknown(dataset, tag)));
        let wanted = extent(
            dataset,
            &regions,
            (options.extent.as_deref(), options.far_parts.unwrap_or_default(), [width, height]),
            &mut faults,
        );
        let name = options.projection.as_deref().unwrap_or("auto");
        let projection = Projection::new(name, &wanted.degrees);
        let projection = projection.map_err(|why| faults.push(unknown_projection(name, &why))).ok();
        let sound = faults.iter().all(|d| d.severity() != Severity::Error);
        let (Some(projection), true) = (projection, sound) else {
            return Checked { value: None, diagnostics: faults };
        };
        let regions = regions.cut(dataset, &projection);
        let plane = plane(&regions, &projection, width.max(height) * scale);
        let is_close_up = options.extent.is_some();
        let (beyond, boxed, gain) = (wanted.beyond.clone(), wanted.boxed.clone(), wanted.gain);
        let wanted = match &wanted.points {
            Some(points) => corners(points.iter().map(|p| projection.forward(*p)).filter(|p| is_finite(*p))),
            None => corners(plane.iter().flatten().copied()),
        };
        let choice = options.places.unwrap_or_default();
        let places = dataset.places.iter().filter(|p| p.level.is_point() && choice != PlaceChoice::None);
        let points = places.filter_map(|p| p.at).map(|p| projection.forward(p)).filter(|p| is_finite(*p));
        let points: Vec<[f64; 2]> = points.collect();
        let unit = unit([width, height], style.type_scale);
        let days = options.strikes.map_or(annotation::DAYS, |d| d.0);
        let fights = fights(dataset, snapshot.known_by, request.policy.exclude(), &regions.places);
        let baseline = options.baseline.map(|when| when.moment(dataset.offset));
        // what is wrong in the data was told when the figure's own day was worked out
        let then = baseline.map(|m| resolve(dataset, request.policy, snapshot.known_by).value.snapshot(dataset, m));
        let mut fronts: Vec<(Front, Vec<u32>)> =
            then.iter().map(|then| (Front::Then, front::arcs(&regions, then))).collect();
        let mut band = Vec::new();
        if options.front_line == Some(true) {
            fronts.push((Front::Now, front::arcs(&regions, snapshot)));
            band = front::band(&regions, snapshot);
        }
        let lines = front::band_lines(band.clone(), unit).into_iter().collect();
        let (poles, cover) =
            rayon::join(|| poles(&regions, &plane), || Cover::new(&regions, &plane, &points, &wanted, width / height));
        let far = if boxed.is_empty() {
            Vec::new()
        } else {
            let middles: Vec<Option<[f64; 2]>> = poles.iter().map(|p| projection.inverse(p.as_ref()?.at)).collect();
            far(&boxed, name, &regions, dataset, &middles)
        };
        let setup = Self {
            far,
            gain,
            fronts,
            baseline: baseline.map(|m| dataset.offset.day_of(m)),
            second: second.to_owned(),
            poles,
            changed_since: options.changed_since.map(|s| s.day(snapshot.day)),
            marks: marks(&fights, snapshot.day, days),
            page: [width, height],
            scale,
            unit,
            // small pages have none to spare
            margin: (style.margin * unit).min(width.min(height) * 0.03),
            held: holders.iter().map(|a| colors.of(*a)).collect(),
            colors,
            theme: options.theme.unwrap_or_default(),
            beyond,
            is_close_up,
            cover,
            regions,
            plane,
            projection,
            wanted,
            words: words(lang),
            digits: options.digits.unwrap_or_default(),
            shown: [options.graticule, options.north, options.inset].map(Option::unwrap_or_default),
            disclaimer: disclaimer(options.disclaimer.as_deref().unwrap_or_default()).to_owned(),
            choice,
            title: options.title.as_ref().map_or(request.title, |title| title.get(options.lang.as_deref())).to_owned(),
            has_sea_names: options.sea_names == Some(true),
            has_context: options.context.unwrap_or(true) && request.neighbours.is_some(),
            accent: Accent { lines, ..Accent::default() },
            band,
        };
        Checked { value: Some(setup), diagnostics: faults }
    }

    /// What states look like.
    pub fn look<'a>(&'a self, dataset: &'a Dataset) -> Look<'a> {
        let Self { unit, changed_since, .. } = *self;
        Look { dataset, colors: &self.colors, unit, density: 1.0, changed_since }
    }

    /// Width of what must be on the map divided by its height.
    pub fn aspect(&self) -> f64 {
        let all = Extent::of(self.wanted.iter().copied());
        all.map_or(1.0, |e| ((e.east - e.west) / (e.north - e.south).max(1e-9)).clamp(0.05, 20.0))
    }
}

/// Two corners of the box that holds all points.
fn corners(points: impl Iterator<Item = [f64; 2]>) -> Vec<[f64; 2]> {
    let all = Extent::of(points);
    all.map_or_else(Vec::new, |e| vec![[e.west, e.south], [e.east, e.north]])
}

fn is_finite(p: [f64; 2]) -> bool {
    p[0].is_finite() && p[1].is_finite()
}

fn check_size(width: f64, height: f64, scale: f64, faults: &mut Vec<Diagnostic>) {
    let sane = scale.is_finite() && scale > 0.0;
    if !sane || width * height * scale * scale > Size::MOST_PIXELS {
        let message = format!("an image of {width} x {height} pixels at scale {scale} is more than the program draws");
        let hint = "an image has at most 400 megapixels, and a scale above 0; use `--size` and `--scale`, or write SVG and enlarge that";
        faults.push(Diagnostic::new("too-large", message).value(format!("{width}x{height}@{scale}")).hint(hint));
    }
}

fn unknown_projection(name: &str, why: &Unknown) -> Diagnostic {
    let names: Vec<&str> = PROJECTIONS.iter().map(|p| p.name).collect();
    let fault = match why {
        Unknown::Name | Unknown::Code => format!("there is no projection {}", quote(name)),
        Unknown::Definition(why) => format!("the projection {} is not understood: {why}", quote(name)),
    };
    let mut fault = Diagnostic::new("bad-word", fault).value(name);
    if matches!(why, Unknown::Name) {
        fault.hints.extend(did_you_mean(name, names.iter().copied()));
    }
    fault.hint(format!(
        "projections are `auto`, `{}`, an EPSG code such as `EPSG:32637`, or a PROJ string such as `+proj=lcc +lat_1=33 +lat_2=36 +lon_0=38`",
        names.join("`, `")
    ))
}
