//! Boxes for what lies far from the rest: takes the groups set apart, gives each a projection and a scale of its own and
//! a place on the panel where nothing is; puts their borders there, so that they are painted with all others.

use super::cover::Cover;
use super::label::{Rect, grown, meet};
use super::pen::Pen;
use super::region::{Plane, Pole, Regions};
use super::remote::Group;
use super::scale_bar::{self, ScaleBar, scale_bar};
use super::setup::Setup;
use crate::model::{Dataset, PlaceIndex};
use crate::projection::{Extent, Projection, View};

/// What lies far from the rest, on a plane of its own.
#[derive(Debug)]
pub struct Far {
    /// Regions that have most of their room here, as indices of the regions drawn.
    pub whole: Vec<usize>,
    /// Other regions of which a part lies here.
    pub parts: Vec<PlaceIndex>,
    /// The box around it in degrees.
    degrees: Extent,
    projection: Projection,
    /// Its borders in kilometres, by their arc.
    lines: Vec<(usize, Vec<[f64; 2]>)>,
    /// The box around those and around its settlements.
    span: Extent,
    /// The longer side of its largest piece in kilometres.
    largest: f64,
}

/// Kilometres in a degree of latitude.
const DEGREE: f64 = 111.2;

/// How far a border may be from where it should be, in parts of its group.
const STRAY: f64 = 5e-4;

/// Projects each group, by the same kind of projection as the map.
pub fn far(groups: &[Group], name: &str, regions: &Regions, dataset: &Dataset, poles: &[Option<[f64; 2]>]) -> Vec<Far> {
    let own = |group: &Group| {
        let Extent { west, south, east, north } = group.degrees;
        let projection = Projection::new(name, &group.degrees).ok()?;
        // towns may lie a little off a coast that is drawn roughly
        let margin = 0.02 + 0.1 * (east - west).max(north - south);
        let degrees = Extent { west: west - margin, south: south - margin, east: east + margin, north: north + margin };
        let side = (east - west).max(north - south).max(1e-3) * DEGREE;
        let arcs = regions.topology.arcs.iter().enumerate();
        let arcs = arcs.filter(|(_, arc)| arc.points.iter().all(|p| is_within(&degrees, *p)));
        let lines: Vec<(usize, Vec<[f64; 2]>)> =
            arcs.map(|(i, arc)| (i, projection.line(&arc.points, STRAY * side))).collect();
        let points = dataset.places.iter().filter(|p| p.level.is_point()).filter_map(|p| p.at);
        let points = points.filter(|at| is_within(&degrees, *at)).map(|at| projection.forward(at));
        let span = Extent::of(lines.iter().flat_map(|(_, line)| line.iter().copied()).chain(points))?;
        let is_here = |face: &usize| poles[*face].is_some_and(|at| is_within(&degrees, at));
        let whole: Vec<usize> = (0..poles.len()).filter(is_here).collect();
        let parts = group.places.iter().filter(|p| !whole.iter().any(|face| regions.places[*face] == **p));
        let parts = parts.copied().collect();
        Some(Far { whole, parts, degrees, projection, lines, span, largest: group.largest * DEGREE })
    };
    groups.iter().filter_map(own).collect()
}

fn is_within(extent: &Extent, [x, y]: [f64; 2]) -> bool {
    let (wide, high) = (extent.east - extent.west, extent.north - extent.south);
    (x - extent.west).rem_euclid(360.0) <= wide && (0.0..=high).contains(&(y - extent.south))
}

impl Far {
    /// The regions that it has pieces of.
    pub fn places(&self, regions: &Regions) -> Vec<PlaceIndex> {
        self.whole.iter().map(|face| regions.places[*face]).chain(self.parts.iter().copied()).collect()
    }

    /// Where it would be on the map itself.
    fn on_map(&self, view: &View) -> Rect {
        let points = self.degrees.outline().map(|p| view.forward(p)).filter(|p| p.iter().all(|v| v.is_finite()));
        let all = Extent::of(points).unwrap_or(Extent { west: -1e9, south: -1e9, east: -1e9, north: -1e9 });
        [all.west, all.south, all.east - all.west, all.north - all.south]
    }
}

/// What a box says, by which it is measured.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Wants {
    /// Width and height of the title in pixels.
    pub title: [f64; 2],
    /// The least width and height of the map in it, so that names fit.
    pub least: [f64; 2],
}

/// A box on the page.
#[derive(Debug, Clone)]
pub struct Boxed {
    /// Which of the groups it shows.
    pub far: usize,
    /// All of it.
    pub rect: Rect,
    /// From degrees to pixels; its panel is the part below the title and above the bar.
    pub view: View,
    /// Where the title stands.
    pub title: Rect,
    /// A scale bar, where the scale is not the map's.
    pub bar: Option<(ScaleBar, Rect)>,
}

/// A view of what is close together, and the boxes of what is not.
#[derive(Debug, Clone)]
pub struct Spread {
    /// The view.
    pub view: View,
    /// The boxes.
    pub boxes: Vec<Boxed>,
    /// There was no room for boxes, so what belongs in them is not shown.
    pub left_out: bool,
    /// Borders on the plane of the view, where some are in boxes.
    pub(super) plane: Option<Plane>,
    /// Where each region has most room, where some are in boxes.
    pub(super) poles: Option<Vec<Option<Pole>>>,
}

impl Spread {
    /// A view without boxes.
    pub fn plain(view: View) -> Self {
        Self { view, boxes: Vec::new(), left_out: false, plane: None, poles: None }
    }

    /// Borders on the plane of the view: those in boxes where the boxes are.
    pub fn plane<'a>(&'a self, setup: &'a Setup) -> &'a Plane {
        self.plane.as_ref().unwrap_or(&setup.plane)
    }

    /// Where each region has most room, on the same plane.
    pub fn poles<'a>(&'a self, setup: &'a Setup) -> &'a [Option<Pole>] {
        self.poles.as_ref().unwrap_or(&setup.poles)
    }

    /// The pixel of a point in degrees.
    pub fn forward(&self, setup: &Setup, degrees: [f64; 2]) -> [f64; 2] {
        let own = self.boxes.iter().find(|b| is_within(&setup.far[b.far].degrees, degrees));
        own.map_or(&self.view, |b| &b.view).forward(degrees)
    }

    /// Tells whether a point in degrees is in a box.
    pub fn is_boxed(&self, setup: &Setup, degrees: [f64; 2]) -> bool {
        self.boxes.iter().any(|b| is_within(&setup.far[b.far].degrees, degrees))
    }

    /// The box that a point of the page lies in.
    pub fn box_at(&self, [x, y]: [f64; 2]) -> Option<usize> {
        let holds = |b: &Boxed| {
            let [left, top, width, height] = b.rect;
            x >= left && x <= left + width && y >= top && y <= top + height
        };
        self.boxes.iter().position(holds)
    }

    fn new(setup: &Setup, view: View, boxes: Vec<Boxed>) -> Self {
        if boxes.is_empty() {
            return Self::plain(view);
        }
        let (mut plane, mut poles) = (setup.plane.clone(), setup.poles.clone());
        let back = |[x, y]: [f64; 2]| [(x - view.origin[0]) / view.scale, (view.origin[1] - y) / view.scale];
        for own in &boxes {
            let far = &setup.far[own.far];
            for (arc, line) in &far.lines {
                plane[*arc] = line.iter().map(|p| back(own.view.place(*p))).collect();
            }
            for face in &far.whole {
                let Some(pole) = &mut poles[*face] else { continue };
                if let Some(degrees) = setup.projection.inverse(pole.at) {
                    let at = back(own.view.forward(degrees));
                    *pole = Pole { at, clearance: pole.clearance * own.view.scale / view.scale };
                }
            }
        }
        Self { view, boxes, left_out: false, plane: Some(plane), poles: Some(poles) }
    }
}

/// A box before it has a place.
struct Draft {
    far: usize,
    size: [f64; 2],
    scale: f64,
    /// Width and height of the title, of the map, and of the bar.
    parts: [[f64; 2]; 3],
    bar: Option<ScaleBar>,
    target: [f64; 2],
}

/// Boxes that have found their place.
type Placed = Vec<(Draft, Rect)>;

/// A piece of at least so many units of the design is seen well enough at the map's own scale; a smaller one is enlarged
/// to the second.
const SEEN: [f64; 2] = [14.0, 30.0];

/// The most of the panel's shorter side that the map in a box has.
const MOST: f64 = 0.26;

/// Blank between a box's frame and what stands in it, in units of the design.
const PAD: f64 = 8.0;

/// Blank around a box.
const AROUND: f64 = 9.0;

/// How much smaller the map may become to make room, tried from first to last.
const SHRUNK: [f64; 9] = [1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5];

/// Finds places for the boxes on a panel of which the map has a part: beside the data, which makes room by moving and at
/// last by becoming smaller. What is seen in its own place anyway has no box.
pub fn spread(
    setup: &Setup,
    view: View,
    part: Rect,
    legend: Option<Rect>,
    wants: &[Wants],
    pen: &mut Pen,
) -> Option<Spread> {
    let unit = pen.unit;
    let is_elsewhere = |far: &Far| {
        let [x, y, w, h] = far.on_map(&view);
        let [left, top, width, height] = grown(view.panel, -6.0 * unit);
        x < left || y < top || x + w > left + width || y + h > top + height
    };
    let all: Vec<usize> = (0..setup.far.len()).filter(|i| is_elsewhere(&setup.far[*i])).collect();
    if all.is_empty() {
        return Some(Spread::plain(view));
    }
    let data = Extent::of(setup.wanted.iter().copied())?;
    let size = [(data.east - data.west) * view.scale, (data.north - data.south) * view.scale];
    let middle = data.middle();
    for shrunk in SHRUNK {
        let scale = view.scale * shrunk;
        let slack = [0, 1].map(|i| (part[i + 2] - size[i] * shrunk).max(0.0) / 2.0);
        let mut best: Option<(f64, View, Placed)> = None;
        for (across, down) in SHIFTS {
            let at = [part[0] + part[2] / 2.0 + across * slack[0], part[1] + part[3] / 2.0 + down * slack[1]];
            let origin = [at[0] - middle[0] * scale, at[1] + middle[1] * scale];
            let view = View { scale, origin, ..view.clone() };
            let drafts = all.iter().map(|i| draft(setup, *i, &view, wants[*i], pen)).collect();
            let Some((cost, found)) = places(&setup.cover, &view, legend, drafts, unit) else { continue };
            let moved = 0.1 * (f64::abs(across) * slack[0] + f64::abs(down) * slack[1]) / size[0].max(size[1]).max(1.0);
            let bar = scale_bar(&view).is_none_or(|bar| {
                let free = |at: &Rect| {
                    let hit = found.iter().any(|(_, rect)| meet(grown(*rect, AROUND * unit), *at));
                    setup.cover.is_free((&view).into(), *at) && !hit && !legend.is_some_and(|l| meet(l, *at))
                };
                scale_bar::spots(view.panel, bar.size(pen), pen).iter().any(free)
            });
            let cost = cost + moved + if bar { 0.0 } else { 1.0 };
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, view, found));
            }
        }
        if let Some((_, view, found)) = best {
            let boxes = found.into_iter().map(|(draft, rect)| draft.at(setup, rect, unit)).collect();
            return Some(Spread::new(setup, view, boxes));
        }
    }
    None
}

/// Where the data may stand in its part of the panel: in the middle, or to one side.
const SHIFTS: [(f64, f64); 9] =
    [(0.0, 0.0), (0.0, -1.0), (0.0, 1.0), (-1.0, 0.0), (1.0, 0.0), (-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)];

fn draft(setup: &Setup, far: usize, view: &View, wants: Wants, pen: &mut Pen) -> Draft {
    let unit = pen.unit;
    let own = &setup.far[far];
    let [wide, high] = [own.span.east - own.span.west, own.span.north - own.span.south];
    let most = MOST * view.panel[2].min(view.panel[3]);
    let piece = (own.largest * view.scale).max(1e-9);
    let enlarged = if piece >= SEEN[0] * unit { 1.0 } else { SEEN[1] * unit / piece };
    let scale = (view.scale * enlarged).min(most / wide.max(high).max(1e-9));
    let least = |i: usize| wants.least[i].min(most).max(10.0 * unit);
    let map = [(wide * scale).max(least(0)), (high * scale).max(least(1))];
    let other = (scale / view.scale - 1.0).abs() > 0.02;
    let bar = other.then(|| bar(scale, map[0].max(wants.title[0]).max(40.0 * unit)));
    let bar_size = bar.map_or([0.0; 2], |bar| bar.size(pen));
    let pad = PAD * unit;
    let width = [map[0], wants.title[0], bar_size[0]].into_iter().fold(0.0, f64::max) + 2.0 * pad;
    let title = if wants.title[1] > 0.0 { wants.title[1] + 0.5 * pad } else { 0.0 };
    let height = 2.0 * pad + title + map[1] + if other { bar_size[1] + 0.4 * pad } else { 0.0 };
    let [x, y, w, h] = own.on_map(view);
    let [left, top, right, foot] = {
        let [x, y, w, h] = view.panel;
        [x, y, x + w, y + h]
    };
    let target = [(x + w / 2.0).clamp(left, right), (y + h / 2.0).clamp(top, foot)];
    Draft { far, size: [width, height], scale, parts: [wants.title, map, bar_size], bar, target }
}

/// The round length nearest to most of a width.
fn bar(scale: f64, width: f64) -> ScaleBar {
    let wanted = 0.75 * width / scale;
    let power = libm::pow(10.0, libm::floor(libm::log10(wanted)));
    let km = [1.0, 2.0, 5.0].into_iter().map(|n| n * power).filter(|n| *n <= wanted).fold(power, f64::max);
    ScaleBar { km, pixels: km * scale }
}

/// Places along the edges of a panel, and beside boxes that stand already.
fn candidates(panel: Rect, [w, h]: [f64; 2], placed: &[(Draft, Rect)], unit: f64) -> Vec<(Rect, f64)> {
    const STEPS: u32 = 10;
    let [x, y, width, height] = grown(panel, -12.0 * unit);
    let (right, foot) = (x + width - w, y + height - h);
    let mut found = Vec::new();
    for i in 0..=STEPS {
        let t = f64::from(i) / f64::from(STEPS);
        let aside = if i == 0 || i == STEPS { 0.0 } else { 0.06 };
        let (along, down) = (x + (right - x) * t, y + (foot - y) * t);
        found.extend([[along, y], [along, foot], [x, down], [right, down]].map(|[x, y]| ([x, y, w, h], aside)));
    }
    let gap = (AROUND + 1.0) * unit;
    for (_, [left, top, wide, high]) in placed {
        let all = [
            [left - gap - w, *top],
            [left + wide + gap, *top],
            [left - gap - w, top + high - h],
            [left + wide + gap, top + high - h],
            [*left, top - gap - h],
            [*left, top + high + gap],
            [left + wide - w, top - gap - h],
            [left + wide - w, top + high + gap],
        ];
        found.extend(all.map(|[x, y]| ([x, y, w, h], 0.03)));
    }
    found.retain(|(at, _)| at[0] >= x - 0.1 && at[1] >= y - 0.1 && at[0] <= right + 0.1 && at[1] <= foot + 0.1);
    found
}

/// Places for all boxes near to where they point, and what those cost.
fn places(
    cover: &Cover,
    view: &View,
    legend: Option<Rect>,
    mut drafts: Vec<Draft>,
    unit: f64,
) -> Option<(f64, Placed)> {
    let [_, _, width, height] = view.panel;
    let diagonal = (width * width + height * height).sqrt().max(1.0);
    // the largest is the hardest to place
    drafts.sort_by(|a, b| (b.size[0] * b.size[1]).total_cmp(&(a.size[0] * a.size[1])).then(a.far.cmp(&b.far)));
    let mut placed = Placed::new();
    let mut total = 0.0;
    for draft in drafts {
        let is_free = |at: Rect| {
            let around = grown(at, AROUND * unit);
            let hit = placed.iter().any(|(_, other)| meet(*other, around));
            !hit && !legend.is_some_and(|l| meet(l, around)) && cover.is_free(view.into(), around)
        };
        let cost = |([x, y, w, h], aside): (Rect, f64)| {
            let (dx, dy) = (x + w / 2.0 - draft.target[0], y + h / 2.0 - draft.target[1]);
            (aside + (dx * dx + dy * dy).sqrt() / diagonal, [x, y, w, h])
        };
        let all = candidates(view.panel, draft.size, &placed, unit);
        let free = all.into_iter().filter(|(at, _)| is_free(*at)).map(cost);
        let (cost, at) = free.min_by(|a, b| a.0.total_cmp(&b.0))?;
        total += cost;
        placed.push((draft, at));
    }
    placed.sort_by_key(|(draft, _)| draft.far);
    Some((total, placed))
}

impl Draft {
    /// Puts it into a rectangle of its size.
    fn at(self, setup: &Setup, rect: Rect, unit: f64) -> Boxed {
        let far = &setup.far[self.far];
        let pad = PAD * unit;
        let [x, y, width, height] = rect;
        let [title, _, bar] = self.parts;
        let top = y + pad + if title[1] > 0.0 { title[1] + 0.5 * pad } else { 0.0 };
        let foot = y + height - pad - if self.bar.is_some() { bar[1] + 0.4 * pad } else { 0.0 };
        let panel = [x + 0.3 * pad, top, width - 0.6 * pad, foot - top];
        let [mx, my] = far.span.middle();
        let origin = [x + width / 2.0 - mx * self.scale, f64::midpoint(top, foot) + my * self.scale];
        let view = View { projection: far.projection.clone(), scale: self.scale, origin, panel };
        let title = [x + (width - title[0]) / 2.0, y + pad, title[0], title[1]];
        let bar = self.bar.map(|own| (own, [x + (width - bar[0]) / 2.0, y + height - pad - bar[1], bar[0], bar[1]]));
        Boxed { far: self.far, rect, view, title, bar }
    }
}
