//! A map with a chart below it: takes a dataset and its timeline, gives a page with both.

use super::chart::{self, ChartRequest, TICK};
use crate::diag::Checked;
use crate::map::page::Span;
use crate::map::pen::Style;
use crate::map::setup::Setup;
use crate::map::{self, Drawn, Request, theme};
use crate::model::Moment;
use crate::project::ChartKind;
use crate::scene::{Anchor, Direction, Group, Node};
use crate::timeline::Timeline;

/// What is drawn below a map.
#[derive(Debug, Clone, Copy)]
pub struct WithChart<'a> {
    /// The timeline of the map's snapshot.
    pub timeline: &'a Timeline,
    /// What the chart shows.
    pub kind: ChartKind,
    /// Its first moment.
    pub from: Moment,
    /// Its last moment, or its only one.
    pub to: Moment,
}

/// The most of the page's height that the chart takes.
const PART: f64 = 0.3;

const HEADING: Style = Style { size: 15.0, weight: 700, color: theme::INK };

/// Draws a map with a chart below it.
///
/// # Errors
/// As for [`crate::map::draw`].
pub fn with_chart(request: &Request, with: &WithChart) -> Checked<Option<Drawn>> {
    let Request { dataset, options, policy, title, .. } = *request;
    let mut faults = Vec::new();
    let Some(mut setup) = Setup::new(request).take(&mut faults) else {
        return Checked { value: None, diagnostics: faults };
    };
    let WithChart { timeline, kind, from, to } = *with;
    let chart_request = ChartRequest { dataset, timeline, kind, from, to, options, has_size: true, policy, title };
    let mut pen = map::pen(&setup);
    let line = pen.size(HEADING) * 1.6;
    let last = timeline.snapshot(dataset, to);
    let foot = (chart::natural(&chart_request, &setup, &last, &pen) + line).min(setup.page[1] * PART);
    setup.accent.foot = foot + setup.margin * 0.6;
    let drawn = map::draw_page(&setup, request, Span::default(), None, &mut pen);
    let value = drawn.map_err(|fault| faults.push(fault)).ok().map(|(mut drawn, page, _)| {
        let [x, y, width, height] = page.inner;
        let top = y + height - page.marginalia.credits_height(&pen) - foot;
        let (told, mut nodes) =
            chart::inside(&chart_request, &setup, &last, &mut pen, [x, top + line, width, foot - line]);
        let rtl = setup.words.direction == Direction::Rtl;
        let (at, anchor) = if rtl { (x + width, Anchor::Right) } else { (x, Anchor::Left) };
        let heading = pen.line(&told.subtitle, [at, top + 0.7 * line], anchor, HEADING);
        let left = width - heading.shaped.width - line;
        nodes.insert(0, Node::Text(heading));
        if !told.note.is_empty() && pen.width(told.note, TICK) < left {
            let (end, anchor) = if rtl { (x, Anchor::Left) } else { (x + width, Anchor::Right) };
            nodes.push(Node::Text(pen.line(told.note, [end, top + 0.7 * line], anchor, TICK)));
        }
        map::in_theme(&setup, &mut nodes);
        drawn.scene.nodes.push(Node::Group(Group { id: "chart".into(), nodes, ..Group::default() }));
        drawn.scene.description = format!("{} {}. {}", drawn.scene.description, told.subtitle, told.description);
        drawn
    });
    Checked { value, diagnostics: faults }
}
