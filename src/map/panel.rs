//! The map itself: ground, neighbours, graticule, regions, symbols, names, scale bar, arrow and inset, from bottom
//! to top.

use super::describe::Describer;
use super::graticule::Graticule;
use super::label::{Rect, Room, grown, tight};
use super::look::Look;
use super::north_arrow::{North, north};
use super::page::Page;
use super::pen::Pen;
use super::scale_bar::scale_bar;
use super::setup::Setup;
use super::{Request, context, inset, names, north_arrow, point, region, theme};
use crate::geometry::contains::contains;
use crate::geometry::label_point::clearance;
use crate::model::PlaceIndex;
use crate::project::Shown;
use crate::scene::{Direction, Group, Node, Paint, Path};

/// Draws what lies inside the panel; the second value is the places without a name or a symbol, sorted.
pub fn panel(
    setup: &Setup,
    page: &Page,
    request: &Request,
    look: &Look,
    describer: &Describer,
    pen: &mut Pen,
) -> (Group, Vec<PlaceIndex>) {
    let Request { dataset, snapshot, .. } = *request;
    let (view, unit, regions) = (&page.view, setup.unit, &setup.regions);
    let arcs = region::arcs(regions, &setup.plane, view);
    let partition = region::partition(regions, arcs, snapshot, look, describer);
    let rings = names::rings(&partition, view);
    let on_data = |at: [f64; 2]| rings.iter().any(|r| clearance(r, at) > -2.0 * unit);

    let mut room = Room::new(grown(view.panel, -3.0 * unit));
    let points = &page.points.chosen;
    for point in points {
        room.take(point.square(unit));
        if let Some(name) = &point.name {
            room.take(tight(name));
        }
    }
    if page.layout.inside {
        room.take(grown(page.layout.legend, 4.0 * unit));
    }
    let [graticule, arrow, locator] = setup.shown;
    let direction = north(view);
    // the corner that is read last is the first that is tried
    let low = if setup.words.direction == Direction::Rtl { [1, 0, 3, 2] } else { [0, 1, 2, 3] };
    let high = low.map(|i: usize| 3 - i);
    let bar = scale_bar(view).map(|bar| {
        let size = bar.size(pen);
        let at = corner(setup, page, pen, &room, size, low, false);
        (bar, at.unwrap_or_else(|| corners(view.panel, size, pen)[low[0]]))
    });
    bar.iter().for_each(|(_, rect)| room.take(grown(*rect, 3.0 * unit)));
    let locator = inset::inset(setup, view, locator).and_then(|inset| {
        let at = corner(setup, page, pen, &room, inset.size, high, inset.forced)?;
        room.take(grown(at, 3.0 * unit));
        Some((inset, at))
    });
    let arrow = match (arrow, direction) {
        (Shown::Always, North::Turning) => None,
        (Shown::Always, found) | (Shown::Auto, found @ North::Aside(_)) => {
            let at = corner(setup, page, pen, &room, north_arrow::size(pen), high, arrow == Shown::Always);
            at.map(|at| (found.angle(), at))
        }
        _ => None,
    };
    arrow.iter().for_each(|(_, rect)| room.take(*rect));
    let graticule = match (graticule, direction) {
        (Shown::Always, _) => Some(Graticule::new(view, pen, &mut room)),
        // a small panel has no room for lines that are not asked for
        (Shown::Auto, North::Turning) if view.panel[2].min(view.panel[3]) > 200.0 => Some(Graticule::new(view, pen, &mut room)),
        _ => None,
    };
    let (region_names, mut dropped) = names::regions(regions, &rings, snapshot, describer, pen, &mut room);
    let (place_names, unnamed) = names::places(points, describer, pen, &mut room);
    dropped.extend(unnamed.into_iter().chain(page.points.hidden.iter().copied()));
    dropped.sort_unstable();
    dropped.dedup();

    let [x, y, w, h] = view.panel;
    let ground = if setup.has_context { theme::SEA } else { theme::BLANK };
    let ground = Path { id: "ground".into(), ..Path::rect(x, y, w, h) }.filled(Paint::solid(ground));
    let mut nodes = vec![Node::Path(ground)];
    if let (true, Some(neighbours)) = (setup.has_context, request.neighbours) {
        let shown = view.shown();
        let all = neighbours([shown.west, shown.south, shown.east, shown.north]);
        let cut = context::countries(&all, &shown);
        let is_mapped = |i: usize| {
            let holds = |p: &PlaceIndex| contains(region::geometry(dataset, *p), all[i].label);
            regions.places.iter().any(holds)
        };
        nodes.push(context::land(&cut, view, pen, is_mapped));
        nodes.push(context::names(&all, &cut, view, pen, &mut room, on_data));
    }
    let (lines, degrees) = graticule.map(|g| (g.lines, g.labels)).unzip();
    nodes.extend(lines);
    let title = page.situation.clone();
    nodes.push(Node::Group(Group {
        id: "regions".into(),
        title,
        nodes: vec![Node::Partition(partition)],
        ..Group::default()
    }));
    nodes.push(point::symbols(points, dataset, snapshot, look, |p| {
        format!("{}: {}", describer.place(p), describer.state(p, &snapshot.states[p.0 as usize]))
    }));
    nodes.extend([region_names, place_names]);
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
    (Group { id: "map".into(), title: String::new(), clip: Some(view.panel), nodes }, dropped)
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
    let is_free = |at: &Rect| room.is_free(*at) && setup.cover.is_free(&page.view, *at);
    let all = order.map(|i| all[i]);
    let forced = all.into_iter().find(|at| forced && room.is_free(*at));
    all.into_iter().find(is_free).or(forced)
}
