//! The names of seas: takes where they may stand, finds water for them that nothing else needs.

use super::ground::Ground;
use super::label::{Room, grown, tight};
use super::pen::{Pen, Style};
use super::theme;
use crate::geometry::contains::RADIUS_KM;
use crate::model::Sea;
use crate::projection::View;
use crate::scene::{Anchor, Group, Halo, Node, Text};

const NAME: Style = Style { size: 16.0, weight: 400, color: theme::SEA_NAME };

/// Size of the letters where there is little room.
const SMALL: f64 = 13.0;

/// From line to line, in sizes of the letters.
const LEADING: f64 = 1.2;

/// Steps between the places tried, in units of the design.
const STEP: f64 = 14.0;

/// Writes the names of seas leaning and blue, each once, where the water is; a sea of which too little is seen has none.
pub fn names(all: &[Sea], coast: &Ground, view: &View, pen: &mut Pen, room: &mut Room, ground: &Ground) -> Node {
    let mut nodes = Vec::new();
    for sea in all {
        let name = sea.names.get(pen.words.lang).to_owned();
        let spots = spots(sea, view, pen.unit);
        if spots.is_empty() {
            continue;
        }
        let (before, after) = name.rsplit_once(' ').unwrap_or((&name, ""));
        let broken: &[&str] = if after.is_empty() { &[] } else { &[before, after] };
        // in one line where there is room, else in two, else smaller
        let mut forms = Vec::new();
        for style in [NAME, Style { size: SMALL, ..NAME }] {
            for words in [&[name.as_str()], broken].iter().filter(|words| !words.is_empty()) {
                forms.push(lines(pen, words, style));
            }
        }
        let found = forms.into_iter().find_map(|form| {
            let boxes: Vec<[f64; 4]> = form.iter().map(tight).collect();
            let is_free = |at: &&[f64; 2]| {
                boxes.iter().all(|[x, y, w, h]| {
                    let own = grown([x + at[0], y + at[1], *w, *h], 5.0 * pen.unit);
                    ground.is_bare(own) && coast.is_bare(own) && room.is_free(own)
                })
            };
            let at = *spots.iter().find(is_free)?;
            Some((form, at))
        });
        let Some((form, at)) = found else { continue };
        for mut text in form {
            text.at = [text.at[0] + at[0], text.at[1] + at[1]];
            text.slant = true;
            text.halo = Some(Halo { color: theme::SEA, width: 1.6 * pen.unit });
            room.take(tight(&text));
            nodes.push(Node::Text(text));
        }
    }
    Node::Group(Group { id: "sea-names".into(), nodes, ..Group::default() })
}

/// Lines below each other, centred on the origin.
fn lines(pen: &mut Pen, words: &[&str], style: Style) -> Vec<Text> {
    let size = pen.size(style);
    let top = 0.3 * size - size * LEADING * (words.len() as f64 - 1.0) / 2.0;
    let line = |(i, w): (usize, &&str)| pen.line(w, [0.0, top + size * LEADING * i as f64], Anchor::Middle, style);
    words.iter().enumerate().map(line).collect()
}

/// Points of the panel that lie in a sea for sure, the nearest to where its name stands best first.
fn spots(sea: &Sea, view: &View, unit: f64) -> Vec<[f64; 2]> {
    let [x, y, w, h] = view.panel;
    let step = STEP * unit;
    let mut found: Vec<(f64, [f64; 2])> = Vec::new();
    for row in 0..(h / step) as u32 {
        for column in 0..(w / step) as u32 {
            let at = [x + (f64::from(column) + 0.5) * step, y + (f64::from(row) + 0.5) * step];
            let Some(degrees) = view.inverse(at) else { continue };
            // the first points are where the name is looked for
            let km = sea.at.iter().enumerate().map(|(rank, p)| (distance_km(*p, degrees), rank as f64));
            let near = km.filter(|(km, _)| *km < sea.reach).map(|(km, rank)| km + 0.15 * sea.reach * rank);
            if let Some(cost) = near.min_by(f64::total_cmp) {
                found.push((cost, at));
            }
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1[0].total_cmp(&b.1[0])).then(a.1[1].total_cmp(&b.1[1])));
    found.into_iter().map(|(_, at)| at).collect()
}

/// Kilometres between two points in degrees.
fn distance_km(a: [f64; 2], b: [f64; 2]) -> f64 {
    let [[ax, ay], [bx, by]] = [a, b].map(|p| p.map(f64::to_radians));
    let half = |v: f64| libm::sin(v / 2.0) * libm::sin(v / 2.0);
    let h = half(by - ay) + libm::cos(ay) * libm::cos(by) * half(bx - ax);
    2.0 * RADIUS_KM * libm::asin(libm::sqrt(h.min(1.0)))
}
