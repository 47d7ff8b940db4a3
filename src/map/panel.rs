//! The map itself: ground, neighbours, graticule, regions, symbols, names, scale bar, arrow and inset, from bottom
//! to top.

use super::describe::Describer;
use super::far_box;
use super::graticule::Graticule;
use super::ground::{self, Ground};
use super::inset::{Inset, inset};
use super::label::{Rect, Room, grown};
use super::look::{Hatch, Look};
use super::names::{self, Label, Named, Subject};
use super::north_arrow::{North, north};
use super::page::Page;
use super::pen::Pen;
use super::region::Regions;
use super::scale_bar::{self, ScaleBar, scale_bar};
use super::setup::Setup;
use super::symbol::{self, Shape};
use super::{Request, context, north_arrow, point, region, sea, theme};
use crate::geometry::contains::contains;
use crate::model::PlaceIndex;
use crate::project::Shown;
use crate::projection::View;
use crate::scene::{Arc, Color, Direction, Group, Node, Paint, Path, Stroke};
use crate::timeline::Snapshot;
use geo::Polygon;
use std::sync::Arc as Shared;

/// A drawn panel, and what of it a film draws again.
pub struct Panel {
    /// The drawing.
    pub group: Group,
    /// The places without a name or a symbol, sorted.
    pub dropped: Vec<PlaceIndex>,
    /// What lies where.
    pub ground: Ground,
    /// Borders on the page.
    pub arcs: Shared<Vec<Arc>>,
    /// How heavy each of them is drawn.
    pub weights: Vec<usize>,
    /// Where each region may be pointed at, if it is seen.
    pub anchors: Vec<Option<[f64; 2]>>,
    /// Names and marks in their places.
    pub labels: Vec<Label>,
}

/// Draws what lies inside the panel; `shares` are the lines below the name of each region.
pub fn panel(
    setup: &Setup,
    page: &Page,
    request: &Request,
    look: &Look,
    describer: &Describer,
    shares: &[Vec<String>],
    pen: &mut Pen,
) -> Panel {
    let Request { dataset, snapshot, .. } = *request;
    let (view, unit, regions) = (&page.view, setup.unit, &setup.regions);
    let arcs = region::arcs(regions, page.spread.plane(setup), view, setup.scale);
    let weights = region::weights(&arcs, view.panel, unit);
    let drawing = region::Drawing { hatches: &page.hatches, weights: &weights, fronts: &setup.fronts };
    let mut partition = region::partition(regions, arcs.clone(), &drawing, snapshot, look, describer);
    setup.accent.paint(&mut partition);
    let rings = ground::rings(&partition, view);
    let ground = Ground::new(&rings, view.panel);
    let on_data = |rect: Rect| !ground.is_bare(rect);
    let pole = |face: usize| page.spread.poles(setup)[face].map(|p| view.place(p.at));
    let anchors: Vec<Option<[f64; 2]>> =
        (0..regions.places.len()).map(|f| names::anchor(&ground, f, pole(f), view.panel, unit)).collect();
    let bars = bars(&page.hatches, unit);

    let mut room = Room::new(grown(view.panel, -3.0 * unit));
    let points = &page.points.chosen;
    page.spread.boxes.iter().for_each(|b| room.take(grown(b.rect, 4.0 * unit)));
    let mut fixed: Vec<Rect> = points.iter().map(|p| p.square(unit)).collect();
    let bar_symbols = bars.iter().zip(&anchors).filter(|(r, _)| **r > 0.0).filter_map(|(r, at)| Some((*r, (*at)?)));
    fixed.extend(bar_symbols.map(|(r, at)| symbol_room(r, at, unit)));
    fixed.iter().for_each(|b| room.take(*b));
    let elements = Elements::new(setup, page, pen, &mut room);
    fixed.extend(&elements.taken);
    let subject = Subject {
        regions,
        ground: &ground,
        anchors: &anchors,
        bars: &bars,
        points,
        marks: &page.marks,
        fixed: room.taken(),
        view,
        unit,
        snapshot,
        shares,
    };
    let mut named = if page.spread.boxes.is_empty() {
        names::names(&subject, describer, pen)
    } else {
        apart(setup, page, &subject, (rings, shares), describer, pen)
    };
    named.taken.iter().for_each(|b| room.take(*b));
    let mut dropped = std::mem::take(&mut named.dropped);
    dropped.extend(page.points.hidden.iter().copied());
    dropped.sort_unstable();
    dropped.dedup();

    let mut nodes = blank(view, if setup.has_context { theme::SEA } else { theme::BLANK }, unit);
    let mut above = Vec::new();
    if let (true, Some(neighbours)) = (setup.has_context, request.neighbours) {
        let shown = view.shown();
        let context::Seen { countries: all, mut cut, waters: around, seas } =
            context::countries(neighbours, &shown, view);
        for (_, land) in cut.iter_mut().filter(|_| !page.spread.boxes.is_empty()) {
            // what is in a box is not on the map too
            let is_boxed = |p: &Polygon<f64>| p.exterior().0.iter().all(|c| page.spread.is_boxed(setup, [c.x, c.y]));
            land.0.retain(|p| !is_boxed(p));
        }
        above.push(beside(context::waters(&around, view, pen), page));
        let is_mapped = |i: usize| {
            let holds = |p: &PlaceIndex| contains(region::geometry(dataset, *p), all[i].label);
            regions.places.iter().any(holds)
        };
        let land = context::land(&cut, view, pen, is_mapped);
        // names stand beside the regions, so they may lie above them, and no lake hides one
        let lang = setup.words.lang;
        let is_named = |name: &str| regions.places.iter().any(|p| dataset.place(*p).names.get(lang) == name);
        above.push(context::names(&all, &cut, (view, &ground), pen, &mut room, on_data, is_named));
        if setup.has_sea_names {
            let coast = Ground::new(&ground::rings(&land, view), view.panel);
            above.push(sea::names(&seas, &coast, view, pen, &mut room, &ground));
        }
        let land = vec![Node::Partition(land)];
        nodes.push(Node::Group(Group { id: "context".into(), nodes: land, ..Group::default() }));
    }
    let Elements { graticule, bar, arrow, locator, .. } = elements;
    let (lines, degrees) = graticule.map(|g| (g.lines, g.labels)).unzip();
    nodes.extend(lines);
    if !page.spread.boxes.is_empty() {
        let is_mapped = |at: [f64; 2]| regions.places.iter().any(|p| contains(region::geometry(dataset, *p), at));
        nodes.push(far_box::grounds(setup, page, request, pen, &is_mapped));
    }
    let title = page.situation.clone();
    let [region_names, place_names] = [true, false].map(|is_region| {
        let labels = named.labels.iter().filter(|label| label.is_region == is_region);
        labels.flat_map(|label| label.draw(&label.block, &ground, &partition, describer, unit)).collect()
    });
    nodes.push(Node::Group(Group {
        id: "regions".into(),
        title,
        nodes: setup.accent.nodes(partition, page.spread.poles(setup), view),
        ..Group::default()
    }));
    nodes.extend(above);
    if !page.spread.boxes.is_empty() {
        nodes.push(far_box::frames(setup, page, describer, pen));
    }
    nodes.extend(setup.accent.points.as_ref().map(|former| point::former(points, dataset, former, look)));
    nodes.push(point::symbols(points, dataset, snapshot, look, |p| {
        format!("{}: {}", describer.place(p), describer.state(p, &snapshot.states[p.0 as usize]))
    }));
    nodes.push(narrow_symbols(&bars, &anchors, regions, snapshot, look));
    let group = |id: &str, nodes| Node::Group(Group { id: id.into(), nodes, ..Group::default() });
    let lines = named.labels.iter().filter_map(|label| Some((label.leader(&label.block, unit)?, label.face)));
    nodes.push(names::leaders(lines, &bars, unit));
    nodes.extend([group("region-names", region_names), group("place-names", place_names)]);
    nodes.extend(degrees);
    if let Some((bar, rect)) = bar {
        nodes.push(bar.draw(pen, rect));
    }
    if let Some((angle, rect)) = arrow {
        nodes.push(north_arrow::draw(pen, angle, rect));
    }
    if let Some((inset, rect)) = locator {
        nodes.push(inset.draw(setup, view, rect));
    }
    let group = Group { id: "map".into(), title: String::new(), clip: Some(view.panel), nodes };
    Panel { group, dropped, ground, arcs, weights, anchors, labels: named.labels }
}

/// The rings of a region on the page.
type Rings = Vec<Vec<[f64; 2]>>;

/// Names on the map and in its boxes, each from what lies there alone; `rings` are those of all regions.
fn apart(
    setup: &Setup,
    page: &Page,
    subject: &Subject,
    (mut rings, shares): (Vec<Rings>, &[Vec<String>]),
    describer: &Describer,
    pen: &mut Pen,
) -> Named {
    let spread = &page.spread;
    let is_boxed = |at: [f64; 2]| spread.box_at(at).is_some();
    let split = |rings: &mut Rings| -> Rings {
        let (inner, outer) = std::mem::take(rings).into_iter().partition(|r| r.iter().all(|p| is_boxed(*p)));
        *rings = outer;
        inner
    };
    let inner: Vec<Rings> = rings.iter_mut().map(split).collect();
    let [main, boxed] = [&rings, &inner].map(|rings| Ground::new(rings, subject.view.panel));
    let of = |wanted: bool| -> Vec<Option<[f64; 2]>> {
        subject.anchors.iter().map(|at| at.filter(|at| is_boxed(*at) == wanted)).collect()
    };
    let (outside, inside) = (of(false), of(true));
    let points: Vec<_> = subject.points.iter().filter(|p| !is_boxed(p.at)).cloned().collect();
    let is_far = |place: &PlaceIndex| match describer.dataset.place(*place).at {
        Some(at) => is_boxed(spread.forward(setup, at)),
        None => subject.regions.places.iter().zip(&inside).any(|(p, at)| p == place && at.is_some()),
    };
    let marks: Vec<_> = subject.marks.iter().filter(|(place, _)| !is_far(place)).copied().collect();
    let own = Subject { ground: &main, anchors: &outside, points: &points, marks: &marks, ..*subject };
    let mut named = names::names(&own, describer, pen);
    let bars = subject.bars.iter().zip(subject.anchors).filter(|(r, _)| **r > 0.0);
    let bars = bars.filter_map(|(r, at)| Some((*r, (*at)?)));
    let fixed: Vec<Rect> = bars.map(|(r, at)| symbol_room(r, at, subject.unit)).collect();
    let own = Subject { ground: &boxed, anchors: &inside, fixed: &fixed, ..*subject };
    let more = far_box::named(setup, page, &own, describer, pen);
    named.labels.extend(more.labels);
    named.taken.extend(more.taken);
    named.dropped.extend(more.dropped);
    named.labels.extend(far_box::labels(setup, page, shares, describer, pen));
    named
}

/// The room that the symbol of a narrow region takes.
fn symbol_room(radius: f64, [x, y]: [f64; 2], unit: f64) -> Rect {
    let [w, h] = symbol::BAR.map(|half| half * radius + 1.5 * unit);
    [x - w, y - h, 2.0 * w, 2.0 * h]
}

/// Waters beside the boxes, which are no part of the map.
fn beside(mut waters: Node, page: &Page) -> Node {
    if let (Node::Group(group), false) = (&mut waters, page.spread.boxes.is_empty()) {
        let is_free = |at: [f64; 2]| page.spread.box_at(at).is_none();
        for node in &mut group.nodes {
            if let Node::Path(path) = node {
                path.segments = context::outside(&path.segments, &is_free);
            }
        }
    }
    waters
}

/// What a map lies on: water or blank ground up to the globe's edge where that is seen, and paper beyond.
fn blank(view: &View, color: Color, unit: f64) -> Vec<Node> {
    let [x, y, w, h] = view.panel;
    let ground = |color| Path { id: "ground".into(), ..Path::rect(x, y, w, h) }.filled(Paint::solid(color));
    let Some(rim) = view.rim() else { return vec![Node::Path(ground(color))] };
    let edge = Stroke::solid(theme::LAND_BORDER, (0.9 * unit).max(0.5));
    let globe = Path { id: "globe".into(), ..Path::polygon(&rim) }.filled(Paint::solid(color)).stroked(edge);
    vec![Node::Path(ground(theme::PAPER)), Node::Path(globe)]
}

/// The radius of the symbol of each region that is too narrow for its hatch; zero for the others.
pub fn bars(hatches: &[Hatch], unit: f64) -> Vec<f64> {
    hatches.iter().map(|hatch| if *hatch == Hatch::Symbol { 4.8 * unit } else { 0.0 }).collect()
}

/// What lies on a map besides data, each with its place.
struct Elements {
    graticule: Option<Graticule>,
    bar: Option<(ScaleBar, Rect)>,
    /// Degrees clockwise from up.
    arrow: Option<(f64, Rect)>,
    locator: Option<(Inset, Rect)>,
    /// Where no name may stand.
    taken: Vec<Rect>,
}

impl Elements {
    /// Finds each a place, and takes the room.
    fn new(setup: &Setup, page: &Page, pen: &mut Pen, room: &mut Room) -> Self {
        let (view, unit) = (&page.view, setup.unit);
        let mut taken = Vec::new();
        if page.layout.inside {
            taken.push(grown(page.layout.legend, 4.0 * unit));
            room.take(grown(page.layout.legend, 4.0 * unit));
        }
        let [graticule, arrow, locator] = setup.shown;
        let direction = north(view);
        // the bar stands where reading starts, the others opposite
        let high = if setup.words.direction == Direction::Rtl { [2, 3, 0, 1] } else { [3, 2, 1, 0] };
        let bar = scale_bar(view).filter(|_| !setup.accent.bare).map(|bar| {
            let all = scale_bar::spots(view.panel, bar.size(pen), pen);
            let is_free = |at: &&Rect| room.is_free(**at) && setup.cover.is_free(view.into(), **at);
            // in a close-up there is nothing but data
            let at = all.iter().find(is_free).or_else(|| all.iter().find(|at| room.is_free(**at))).unwrap_or(&all[0]);
            (bar, *at)
        });
        bar.iter().for_each(|(_, at)| room.take(grown(*at, 3.0 * unit)));
        let locator = inset(setup, view, locator).and_then(|inset| {
            let at = corner(setup, page, pen, room, inset.size, high, inset.forced)?;
            room.take(grown(at, 3.0 * unit));
            Some((inset, at))
        });
        let arrow = match (arrow, direction) {
            (Shown::Always, North::Up | North::Aside(_)) | (Shown::Auto, North::Aside(_)) => {
                let at = corner(setup, page, pen, room, north_arrow::size(pen), high, arrow == Shown::Always);
                at.map(|at| (direction.angle(), at))
            }
            _ => None,
        };
        arrow.iter().for_each(|(_, at)| room.take(*at));
        taken.extend(bar.iter().map(|(_, at)| *at));
        taken.extend(locator.iter().map(|(_, at)| *at));
        taken.extend(arrow.iter().map(|(_, at)| *at));
        // a small panel has no room for lines that are not asked for
        let roomy = view.panel[2].min(view.panel[3]) > 200.0;
        let wanted = graticule == Shown::Always || (graticule == Shown::Auto && direction == North::Turning && roomy);
        let graticule = wanted.then(|| Graticule::new(view, pen, room));
        taken.extend(graticule.iter().flat_map(|g| g.taken.iter().copied()));
        Self { graticule, bar, arrow, locator, taken }
    }
}

/// Draws the symbols that stand for the hatches of narrow regions.
pub fn narrow_symbols(
    bars: &[f64],
    anchors: &[Option<[f64; 2]>],
    regions: &Regions,
    snapshot: &Snapshot,
    look: &Look,
) -> Node {
    let mut nodes = Vec::new();
    for ((radius, at), place) in bars.iter().zip(anchors).zip(&regions.places) {
        if let (true, Some(at)) = (*radius > 0.0, at) {
            nodes.extend(symbol::symbol(Shape::Bar, &snapshot.states[place.0 as usize], look, *at, *radius));
        }
    }
    Node::Group(Group { id: "narrow".into(), nodes, ..Group::default() })
}

/// Boxes of a size in the corners of a panel: below left, below right, above left, above right.
fn corners([x, y, w, h]: Rect, [width, height]: [f64; 2], pen: &Pen) -> [Rect; 4] {
    let gap = 12.0 * pen.unit;
    let (left, right, high, low) = (x + gap, x + w - width - gap, y + gap, y + h - height - gap);
    [[left, low], [right, low], [left, high], [right, high]].map(|[x, y]| [x, y, width, height])
}

/// The first corner in an order where a box covers no region and nothing else; where it is `forced`, one
/// where it covers nothing else.
fn corner(
    setup: &Setup,
    page: &Page,
    pen: &Pen,
    room: &Room,
    size: [f64; 2],
    order: [usize; 4],
    forced: bool,
) -> Option<Rect> {
    let all = corners(page.view.panel, size, pen);
    let is_free = |at: &Rect| room.is_free(*at) && setup.cover.is_free((&page.view).into(), *at);
    let all = order.map(|i| all[i]);
    let forced = all.into_iter().find(|at| forced && room.is_free(*at));
    all.into_iter().find(is_free).or(forced)
}

#[cfg(test)]
mod tests {
    use super::{blank, theme};
    use crate::projection::{Extent, Projection, fit};
    use crate::scene::{Node, Paint};

    #[test]
    fn beyond_the_globe_there_is_paper_and_within_it_sea() {
        let fills = |extent: Extent| {
            let projection = Projection::new("equal-earth", &extent).expect("listed");
            let outline = extent.outline().map(|p| projection.forward(p));
            let view = fit(projection.clone(), outline, [0.0, 0.0, 400.0, 300.0]);
            let fill = |node: Node| if let Node::Path(path) = node { path.fill } else { None };
            blank(&view, theme::SEA, 1.0).into_iter().map(fill).collect::<Vec<_>>()
        };
        let [sea, paper] = [theme::SEA, theme::PAPER].map(|color| Some(Paint::solid(color)));
        let world = Extent { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        assert_eq!(fills(world), [paper, sea.clone()]);
        assert_eq!(fills(Extent { west: 35.6, south: 32.3, east: 42.4, north: 37.4 }), [sea]);
    }
}
