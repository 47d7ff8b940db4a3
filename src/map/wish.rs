//! A label that wants a place: takes blocks of lines and marks, and where each may stand at what cost.

use super::annotation::Mark;
use super::block::Block;
use super::label::{Rect, grown};
use crate::geometry::placement::{Candidate, Item, Line};
use crate::model::PlaceIndex;
use crate::scene::Anchor;

/// A label that wants a place.
pub struct Wish {
    /// What is named.
    pub place: PlaceIndex,
    /// Which of the regions drawn it is, if it is one.
    pub face: Option<usize>,
    /// It is a region.
    pub is_region: bool,
    /// Lines of the name itself.
    pub names: usize,
    /// What it may look like.
    pub blocks: Vec<Block>,
    /// What stands where, one for each candidate.
    pub spots: Vec<Spot>,
    /// The same as boxes.
    pub item: Item,
}

/// A block at a place.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    /// Which of the blocks.
    pub block: usize,
    /// Where its origin is.
    pub at: [f64; 2],
    /// Which end of its lines is there.
    pub anchor: Anchor,
    /// Middle of the marks, where they stand apart from the name.
    pub marks: Option<[f64; 2]>,
    /// The gap between a symbol and its name.
    pub gap: Option<Rect>,
}

/// What a place costs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// How much worse it is than the best.
    pub cost: f64,
    /// What is wrong with it where others are free.
    pub flaw: f64,
}

impl Wish {
    /// A wish without a place yet.
    pub fn new(place: PlaceIndex, is_region: bool, weight: f64) -> Self {
        let item = Item { candidates: Vec::new(), weight };
        Self { place, face: None, is_region, names: 1, blocks: Vec::new(), spots: Vec::new(), item }
    }

    /// Adds a block; the places added next are for that.
    pub fn block(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// The block added last.
    pub fn last(&self) -> &Block {
        &self.blocks[self.blocks.len() - 1]
    }

    /// Adds a place where the block is centred, with a blank around it.
    pub fn spot(&mut self, at: [f64; 2], blank: f64, cost: Cost) {
        self.candidate(self.spot_of(at, Anchor::Middle), blank, None, cost);
    }

    /// Adds a place beside a symbol, from which a gap parts it.
    pub fn spot_beside(&mut self, at: [f64; 2], anchor: Anchor, gap: Option<Rect>, cost: Cost) {
        self.candidate(Spot { gap, ..self.spot_of(at, anchor) }, 0.0, None, cost);
    }

    /// Adds a place where the block is centred and its marks stand apart, there.
    pub fn spot_apart(&mut self, at: [f64; 2], marks: [f64; 2], blank: f64, cost: Cost) {
        self.candidate(Spot { marks: Some(marks), ..self.spot_of(at, Anchor::Middle) }, blank, None, cost);
    }

    /// Adds a place from which a line leads to what is named; the marks may stand apart, there.
    pub fn spot_led(&mut self, at: [f64; 2], marks: Option<[f64; 2]>, blank: f64, leader: Line, cost: Cost) {
        self.candidate(Spot { marks, ..self.spot_of(at, Anchor::Middle) }, blank, Some(leader), cost);
    }

    fn spot_of(&self, at: [f64; 2], anchor: Anchor) -> Spot {
        Spot { block: self.blocks.len() - 1, at, anchor, marks: None, gap: None }
    }

    fn candidate(&mut self, spot: Spot, blank: f64, leader: Option<Line>, cost: Cost) {
        let Cost { cost, flaw } = cost;
        let block = self.last();
        let boxes = match spot.marks {
            Some(marks) => {
                block.with_marks_at([marks[0] - spot.at[0], marks[1] - spot.at[1]]).boxes(spot.at, spot.anchor)
            }
            None => block.boxes(spot.at, spot.anchor),
        };
        let boxes = boxes.into_iter().map(|b| grown(b, blank)).collect();
        self.item.candidates.push(Candidate { boxes, leader, cost, flaw });
        self.spots.push(spot);
    }

    /// The marks at a place that its block has.
    pub fn marks_of(all: &[(PlaceIndex, Mark)], place: PlaceIndex) -> Vec<Mark> {
        all.iter().filter(|(p, _)| *p == place).map(|(_, m)| *m).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Cost, Wish};
    use crate::map::annotation::Mark;
    use crate::map::block::{Block, LONGEST};
    use crate::map::label::holds;
    use crate::map::pen::{Pen, Style};
    use crate::map::theme;
    use crate::map::words::words;
    use crate::model::{Day, PlaceIndex};
    use crate::scene::Shaper;

    #[test]
    fn marks_stay_where_it_happened_when_their_name_is_led_away() {
        let mut pen = Pen {
            shaper: Shaper::new(),
            unit: 1.0,
            words: words("en"),
            digits: crate::project::Digits::Latin,
            second: String::new(),
        };
        let style = Style { size: 15.0, weight: 700, color: theme::INK };
        let strike = Mark { is_strike: true, from: Day(0), to: Day(0) };
        let mut wish = Wish::new(PlaceIndex(0), true, 1.0);
        wish.block(Block::centred(&mut pen, &[("ALEPPO", style)], &[strike], LONGEST));
        let leader = [[20.0, 20.0], [180.0, 100.0]];
        wish.spot_led([200.0, 100.0], Some([20.0, 20.0]), 0.0, leader, Cost::default());
        let [name, mark] = wish.item.candidates[0].boxes[..] else { panic!("a line and a mark") };
        assert!(holds(name, [200.0, 100.0]) && holds(mark, [20.0, 20.0]));
        let size = wish.last().with_marks_at([-180.0, -80.0]).line_boxes([200.0, 100.0], crate::scene::Anchor::Middle);
        assert_eq!(size, [name]);
    }
}
