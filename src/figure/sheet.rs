//! A page with a heading, a legend and credits around a figure that is no map.

use crate::map::layout::{Block, Layout};
use crate::map::legend::Legend;
use crate::map::look::Look;
use crate::map::marginalia::{Marginalia, credits};
use crate::map::official::official;
use crate::map::pen::Pen;
use crate::map::recolor::Tones;
use crate::map::setup::Setup;
use crate::map::{self, Request, theme};
use crate::model::EventIndex;
use crate::scene::{Direction, Group, Node, Paint, Scene};

/// A page whose texts are known.
pub struct Sheet {
    marginalia: Marginalia,
    subtitle: String,
    legend: Legend,
    blocks: Vec<Block>,
    layout: Layout,
    inner: [f64; 4],
}

/// Sources that the credits name.
const SOURCES: usize = 12;

/// The most of the page's width that a legend beside the figure has.
const BESIDE: f64 = 0.3;

impl Sheet {
    /// Lays a page out: the legend beside the figure, or below it where that leaves too little.
    pub fn new(
        setup: &Setup,
        request: &Request,
        pen: &mut Pen,
        subtitle: String,
        legend: Legend,
        evidence: &[EventIndex],
    ) -> Self {
        let [width, height] = setup.page;
        let m = setup.margin;
        let inner = [m, m, width - 2.0 * m, height - 2.0 * m];
        let credits = credits(request.dataset, request.snapshot, evidence, false, pen, (SOURCES, true));
        let areas = official(request.dataset, &setup.regions.places, setup.words);
        let marginalia = Marginalia::new(pen, &setup.title, &subtitle, &[&credits, &areas], [inner[2], inner[3]]);
        let top = m + marginalia.heading_height(pen) + 6.0 * setup.unit;
        let free = (height - top - m - marginalia.credits_height(pen)).max(1.0);
        let blocks = legend.blocks(pen, inner[2]);
        let gap = m.max(8.0);
        let beside = blocks.iter().position(|b| b.columns == 1 && b.size[0] <= BESIDE * width && b.size[1] <= free);
        let mirrored = setup.words.direction == Direction::Rtl;
        let layout = match beside {
            Some(block) if width > 0.8 * height => {
                let [w, h] = blocks[block].size;
                let side = inner[2] - w - gap;
                let (x, at) = if mirrored { (m + w + gap, m) } else { (m, m + side + gap) };
                let panel = [x, top, side, free];
                Layout { panel, fit: panel, legend: [at, top + 0.6 * pen.unit * 15.0, w, h], block, inside: false }
            }
            _ => {
                let low = blocks.iter().enumerate().min_by(|a, b| a.1.size[1].total_cmp(&b.1.size[1]));
                let (block, [w, h]) = low.map_or((0, [0.0, 0.0]), |(i, b)| (i, b.size));
                let panel = [m, top, inner[2], (free - h - gap).max(1.0)];
                let x = if mirrored { m + inner[2] - w } else { m };
                Layout { panel, fit: panel, legend: [x, top + panel[3] + gap, w, h], block, inside: false }
            }
        };
        Self { marginalia, subtitle, legend, blocks, layout, inner }
    }

    /// Takes away what a figure of a height does not need of a page; gives the height left.
    pub fn lower(&mut self, figure: f64, page: f64) -> f64 {
        let [_, top, _, height] = self.layout.panel;
        let [_, legend_top, _, legend] = self.layout.legend;
        let is_beside = legend_top < top + height;
        let needed = if is_beside { figure.max(legend_top + legend - top) } else { figure };
        let less = (height - needed).max(0.0);
        self.layout.panel[3] -= less;
        self.inner[3] -= less;
        if !is_beside {
            self.layout.legend[1] -= less;
        }
        page - less
    }

    /// Where the figure goes: x, y, width, height.
    pub fn panel(&self) -> [f64; 4] {
        self.layout.panel
    }

    /// Puts everything together.
    pub fn scene(
        &self,
        setup: &Setup,
        request: &Request,
        look: &Look,
        pen: &mut Pen,
        figure: Vec<Node>,
        description: String,
    ) -> Scene {
        let mut nodes = vec![Node::Group(Group { id: "chart".into(), nodes: figure, ..Group::default() })];
        nodes.push(self.legend.draw(pen, look, &self.layout, &self.blocks));
        nodes.extend(self.marginalia.draw(pen, self.inner));
        scene(setup, request, nodes, &self.subtitle, description, &[])
    }
}

/// The figure in a few words, for those who do not see it: its title and the first of what it shows.
pub fn alt(scene: &Scene) -> String {
    let sentences = sentences(&scene.description);
    let mut alt = scene.title.clone() + ".";
    // the subtitle is in the title already
    for sentence in sentences.into_iter().skip(1) {
        if alt.chars().count() + sentence.chars().count() > ALT {
            break;
        }
        alt.push(' ');
        alt.push_str(sentence.trim());
    }
    alt
}

/// A text in sentences; a full stop before a number, a sign or a small letter is that of a short form.
fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(". ") {
        let next = text[at + 2..].chars().find(|c| *c != '\u{2068}');
        if next.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase()) {
            all.push(&text[start..at + 2]);
            start = at + 2;
        }
    }
    all.push(&text[start..]);
    all
}

/// Letters of an alternative text.
const ALT: usize = 400;

/// Every source of a figure, how they are weighed, and whose the boundaries are.
pub fn credits_of(request: &Request, evidence: &[EventIndex], setup: &Setup, pen: &Pen) -> String {
    let every = usize::from(u16::MAX);
    credits(request.dataset, request.snapshot, evidence, setup.has_context, pen, (every, true))
}

/// Makes a scene of nodes, in the colours of the theme; `facts` are more for the metadata.
pub fn scene(
    setup: &Setup,
    request: &Request,
    mut nodes: Vec<Node>,
    subtitle: &str,
    description: String,
    facts: &[(&str, String)],
) -> Scene {
    let mut background = Paint::solid(theme::PAPER);
    if let Some(tones) = Tones::new(theme::theme(setup.theme), &setup.held, setup.unit) {
        tones.nodes(&mut nodes);
        background = tones.background(background);
    }
    let mut metadata = map::metadata(request, "");
    metadata.extend(facts.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
    Scene {
        width: setup.page[0],
        height: setup.page[1],
        scale: setup.scale,
        title: map::heading(&setup.title, subtitle),
        description: format!("{subtitle}. {description}"),
        lang: setup.words.lang.to_owned(),
        direction: setup.words.direction,
        background,
        metadata,
        nodes,
    }
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_short_form_ends_no_sentence() {
        let text = "Hama: HTS + Other opp. 45 %; Other opp. → HTS. Idlib: HTS. \u{2068}حلب\u{2069}: لا.";
        let all = ["Hama: HTS + Other opp. 45 %; Other opp. → HTS. ", "Idlib: HTS. ", "\u{2068}حلب\u{2069}: لا."];
        assert_eq!(sentences(text), all);
        assert_eq!(sentences(""), [""]);
    }
}
