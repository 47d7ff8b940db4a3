//! The names on a map: regions where they have most room, then places by rank.

use super::describe::Describer;
use super::label::{Rect, Room, grown, point_label, tight};
use super::pen::{Pen, Style};
use super::point::{Point, RECENT};
use super::region::Regions;
use super::theme;
use crate::geometry::label_point::{clearance, roomiest, thinned};
use crate::model::{Place, PlaceIndex};
use crate::projection::View;
use crate::scene::{Anchor, Color, Group, Halo, Node, Partition, Text};
use crate::timeline::Snapshot;

const REGION: Style = Style { size: 15.0, weight: 700, color: theme::REGION_NAME };
const SHARE: Style = Style { size: 14.0, weight: 400, color: theme::INK };
const TOWN: Style = Style { size: 13.5, weight: 400, color: theme::INK };
const CITY: Style = Style { size: 15.0, weight: 700, color: theme::INK };
/// From this population on a settlement's name is set as a city's.
const CITY_POPULATION: u64 = 200_000;

/// Names that found no room.
pub type Dropped = Vec<PlaceIndex>;

/// The rings of each face on the page, thinned to what a label needs.
pub fn rings(partition: &Partition, view: &View) -> Vec<Vec<Vec<[f64; 2]>>> {
    let [x, y, w, h] = view.panel;
    let chain = |face: u32| {
        let rings: Vec<Vec<[f64; 2]>> = partition
            .rings(face)
            .into_iter()
            .map(|ring| {
                let mut points = Vec::new();
                for step in ring {
                    let arc = &partition.arcs[step.arc as usize].points;
                    // what lies outside the panel can hold no label
                    let clamp = |p: &[f64; 2]| [p[0].clamp(x, x + w), p[1].clamp(y, y + h)];
                    if step.reversed {
                        points.extend(arc.iter().rev().map(clamp));
                    } else {
                        points.extend(arc.iter().map(clamp));
                    }
                }
                points
            })
            .collect();
        thinned(&rings, 5.0)
    };
    (0..partition.faces.len() as u32).map(chain).collect()
}

/// Writes the names of regions, those that changed lately first, then the largest, with the shares of those that are divided.
pub fn regions(
    drawn: &Regions,
    rings: &[Vec<Vec<[f64; 2]>>],
    snapshot: &Snapshot,
    describer: &Describer,
    pen: &mut Pen,
    room: &mut Room,
) -> (Node, Dropped) {
    let mut order: Vec<usize> = (0..rings.len()).filter(|i| !rings[*i].is_empty()).collect();
    let area = |i: usize| rings[i].iter().map(|r| ring_area(r)).sum::<f64>();
    let areas: Vec<f64> = (0..rings.len()).map(area).collect();
    let since = |i: usize| snapshot.states[drawn.places[i].0 as usize].since;
    let old = |i: usize| since(i).is_none_or(|since| snapshot.day.0.saturating_sub(since.0) > RECENT);
    order.sort_by(|a, b| old(*a).cmp(&old(*b)).then(areas[*b].total_cmp(&areas[*a])).then(a.cmp(b)));
    let mut nodes = Vec::new();
    let mut dropped = Vec::new();
    for i in order {
        let place = drawn.places[i];
        // capitals tell a region from the city of the same name
        let name = describer.dataset.place(place).names.get(pen.words.lang).to_uppercase();
        let shares = describer.label_lines(&snapshot.states[place.0 as usize]);
        let spots = roomiest(&rings[i], 10, 34.0 * pen.unit);
        match region_label(pen, room, &rings[i], &spots, &name, &shares) {
            Some(lines) => nodes.extend(lines.into_iter().map(Node::Text)),
            None => dropped.push(place),
        }
    }
    (Node::Group(Group { id: "region-names".into(), nodes, ..Group::default() }), dropped)
}

/// Tries sizes and spots until the lines lie inside the region and free of others: first with all
/// lines, then with fewer, then smaller; at last anywhere free around the best spot.
fn region_label(
    pen: &mut Pen,
    room: &mut Room,
    rings: &[Vec<[f64; 2]>],
    spots: &[[f64; 2]],
    name: &str,
    shares: &[String],
) -> Option<Vec<Text>> {
    for kept in (shares.len().min(1)..=shares.len()).rev() {
        for (inside, shrink) in [(true, 1.0), (true, 0.85), (false, 0.85)] {
            if !inside && kept > 1 {
                continue;
            }
            for spot in spots {
                let lines = block(pen, *spot, name, &shares[..kept], shrink);
                let boxes: Vec<Rect> = lines.iter().map(tight).collect();
                let fits = |b: &Rect| {
                    let [x, y, w, h] = *b;
                    !inside
                        || [[x, y], [x + w, y], [x, y + h], [x + w, y + h]].iter().all(|c| clearance(rings, *c) > 0.0)
                };
                if boxes.iter().all(|b| room.is_free(grown(*b, 1.5 * pen.unit))) && boxes.iter().all(fits) {
                    boxes.into_iter().for_each(|b| room.take(b));
                    return Some(lines);
                }
            }
        }
    }
    None
}

/// Lines centred on a spot.
fn block(pen: &mut Pen, [x, y]: [f64; 2], name: &str, shares: &[String], shrink: f64) -> Vec<Text> {
    let styles: Vec<(&str, Style)> =
        std::iter::once((name, REGION)).chain(shares.iter().map(|s| (s.as_str(), SHARE))).collect();
    let small = |style: Style| Style { size: style.size * shrink, ..style };
    let heights: Vec<f64> = styles.iter().map(|(_, s)| pen.size(small(*s)) * 1.16).collect();
    let mut top = y - heights.iter().sum::<f64>() / 2.0;
    let mut lines = Vec::new();
    for ((words, style), height) in styles.into_iter().zip(heights) {
        let mut text = pen.line(words, [x, top + height * 0.8], Anchor::Middle, small(style));
        text.halo = Some(halo(pen));
        top += height;
        lines.push(text);
    }
    lines
}

/// Writes the names of places in the order given; those that are placed already first.
pub fn places(points: &[Point], describer: &Describer, pen: &mut Pen, room: &mut Room) -> (Node, Dropped) {
    let mut nodes = Vec::new();
    let mut dropped = Vec::new();
    for point in points {
        let place = describer.dataset.place(point.place);
        let name = place.names.get(pen.words.lang);
        let text = match &point.name {
            Some(text) => Some(text.clone()),
            None => point_label(pen, room, name, point.at, point.reach, place_style(place), halo(pen)),
        };
        match text {
            Some(text) => nodes.push(Node::Text(text)),
            None => dropped.push(point.place),
        }
    }
    (Node::Group(Group { id: "place-names".into(), nodes, ..Group::default() }), dropped)
}

/// How a place's name is set: a city's in bold.
pub fn place_style(place: &Place) -> Style {
    if place.population.is_some_and(|p| p >= CITY_POPULATION) { CITY } else { TOWN }
}

/// The rim of names.
pub fn halo(pen: &Pen) -> Halo {
    Halo { color: Color::WHITE.with_alpha(225), width: 2.3 * pen.unit }
}

fn ring_area(ring: &[[f64; 2]]) -> f64 {
    let twice: f64 = (0..ring.len())
        .map(|i| {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            a[0] * b[1] - b[0] * a[1]
        })
        .sum();
    twice.abs() / 2.0
}
