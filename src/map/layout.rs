//! Where the parts of the page stand: heading above, credits below, the legend beside or below the map, or in
//! an empty corner of it.

use super::label::Rect;

/// The rectangles of the page's parts: x, y, width, height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout {
    /// The map.
    pub panel: Rect,
    /// The part of the panel into which the data is fitted.
    pub fit: Rect,
    /// The legend.
    pub legend: Rect,
    /// Which of the legend's blocks stands there.
    pub block: usize,
    /// The legend stands on the map.
    pub inside: bool,
}

/// The legend in a number of columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// Columns side by side.
    pub columns: usize,
    /// Width of each.
    pub column: f64,
    /// Width and height of all.
    pub size: [f64; 2],
    /// How many lines a key has, weighed so that the longest count most.
    pub lines: f64,
}

/// What has to find room on a page.
#[derive(Debug, Clone, Copy)]
pub struct Needs<'a> {
    /// Width and height of the page in pixels.
    pub page: [f64; 2],
    /// Blank around everything.
    pub margin: f64,
    /// Blank between map and legend.
    pub gap: f64,
    /// Blank around the letters of a legend that stands on the map.
    pub padding: f64,
    /// Height of the heading.
    pub heading: f64,
    /// Height of the credits.
    pub credits: f64,
    /// The forms that the legend can take.
    pub blocks: &'a [Block],
    /// Width of the map divided by its height.
    pub aspect: f64,
    /// The legend stands on the left, for those who read from the right.
    pub mirrored: bool,
}

/// Parts of the panel into which the data is fitted so that a corner becomes free.
const SHRINKS: [f64; 7] = [1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.75];

/// What the eye gives for a legend on paper of its own: the map must be larger by this, or it stands there.
const ON_MAP: f64 = 0.94;

/// Data that fills less of the panel than this leaves it mostly empty: there a legend on the map is no loss.
const MOSTLY_EMPTY: f64 = 0.35;

/// The most of such a panel that the legend takes, so that names still find room.
const LITTLE: f64 = 0.09;

/// Lines of a key that are read without pain, as of [`Block::lines`].
const LEGIBLE_LINES: f64 = 2.2;

/// Lines of a key, as of [`Block::lines`], above which a page rather says less.
pub const MOST_LINES: f64 = 2.6;

/// What the eye gives for a whole page of surroundings.
const AROUND: f64 = 0.08;

/// Chooses the layout that draws the map largest.
///
/// `is_free` tells, for the part of the panel that the data is fitted into and a box, whether the box covers no data.
pub fn layout(needs: &Needs, is_free: impl Fn(Rect, Rect) -> bool) -> Layout {
    let [width, height] = needs.page;
    let m = needs.margin;
    let top = m + needs.heading;
    let (wide, free) = ((width - 2.0 * m).max(1.0), (height - top - m - needs.credits).max(1.0));
    let size_of = |[_, _, w, h]: Rect| (w / needs.aspect).min(h);
    let mut best: Option<(f64, Layout)> = None;
    let mut offer = |taste: f64, found: Layout| {
        // of two maps as large the one that shows more around itself
        let share = found.panel[2] * found.panel[3] / (wide * free);
        let score = size_of(found.fit) * taste * (1.0 + AROUND * share);
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, found));
        }
    };
    let whole = [m, top, wide, free];
    let widest = needs.blocks.iter().map(|b| b.column).fold(1.0, f64::max);
    for (i, block) in needs.blocks.iter().enumerate() {
        let [w, h] = block.size;
        // few wide columns read best, among what is nearly as good; a column of three words a line is read with pain
        let narrow = (1.0 - block.column / widest).max(0.0);
        let torn = (block.lines - LEGIBLE_LINES).clamp(0.0, 1.5);
        let taste = 1.0 - 0.28 * narrow - 0.1 * torn - 0.0025 * block.columns as f64;
        let side = wide - w - needs.gap;
        if h <= free && side > 1.0 {
            let x = if needs.mirrored { m + w + needs.gap } else { m };
            let legend_x = if needs.mirrored { m } else { m + side + needs.gap };
            let panel = [x, top, side, free];
            offer(taste, Layout { panel, fit: panel, legend: [legend_x, top, w, h], block: i, inside: false });
        }
        let above = free - h - needs.gap * 0.6;
        if w <= wide + 0.5 && above > 1.0 {
            let panel = [m, top, wide, above];
            let x = if needs.mirrored { m + wide - w } else { m };
            let legend = [x, top + above + needs.gap * 0.6, w, h];
            offer(taste * 0.995, Layout { panel, fit: panel, legend, block: i, inside: false });
        }
        let boxed = [w + 2.0 * needs.padding, h + 2.0 * needs.padding];
        if let Some(found) = in_corner(needs, whole, boxed, &is_free) {
            let data = size_of(found.fit) * size_of(found.fit) * needs.aspect;
            let is_lost = data < MOSTLY_EMPTY * wide * free && boxed[0] * boxed[1] < LITTLE * wide * free;
            offer(if is_lost { taste } else { taste * ON_MAP }, Layout { block: i, ..found });
        }
    }
    best.map_or_else(|| last_resort(needs, whole), |(_, found)| found)
}

/// The legend in a corner of the panel where it covers no data, the data made as little smaller as that needs.
fn in_corner(needs: &Needs, panel: Rect, [w, h]: [f64; 2], is_free: &impl Fn(Rect, Rect) -> bool) -> Option<Layout> {
    let [x, y, wide, high] = panel;
    let edge = needs.padding;
    if w + 2.0 * edge > wide * 0.6 || h + 2.0 * edge > high {
        return None;
    }
    let (left, right) = (x + edge, x + wide - w - edge);
    let (first, second) = if needs.mirrored { (left, right) } else { (right, left) };
    let low = y + high - h - edge;
    for part in SHRINKS {
        for [cx, cy] in [[first, low], [first, y + edge], [second, low], [second, y + edge]] {
            let legend = [cx, cy, w, h];
            // the data makes way to the other side
            let fit = [
                if cx > left { x } else { x + wide * (1.0 - part) },
                if cy > y + edge { y } else { y + high * (1.0 - part) },
                wide * part,
                high * part,
            ];
            let around = [cx - edge, cy - edge, w + 2.0 * edge, h + 2.0 * edge];
            if is_free(fit, around) {
                return Some(Layout { panel, fit, legend, block: 0, inside: true });
            }
        }
    }
    None
}

/// Where nothing fits: the lowest block below a map of what is left.
fn last_resort(needs: &Needs, [x, y, wide, free]: Rect) -> Layout {
    let fits = |b: &&(usize, &Block)| b.1.size[0] <= wide + 0.5;
    let blocks: Vec<(usize, &Block)> = needs.blocks.iter().enumerate().collect();
    let lowest = blocks.iter().filter(fits).min_by(|a, b| a.1.size[1].total_cmp(&b.1.size[1]));
    let (block, size) = lowest.map_or((0, [wide, 0.0]), |(i, b)| (*i, b.size));
    let panel = [x, y, wide, (free - size[1] - needs.gap * 0.6).max(1.0)];
    Layout { panel, fit: panel, legend: [x, y + panel[3] + needs.gap * 0.6, size[0], size[1]], block, inside: false }
}

#[cfg(test)]
mod tests {
    use super::super::label::meet;
    use super::{Block, Needs, layout};

    const BLOCKS: [Block; 3] = [
        Block { columns: 1, column: 320.0, size: [320.0, 500.0], lines: 1.0 },
        Block { columns: 2, column: 320.0, size: [670.0, 260.0], lines: 1.0 },
        Block { columns: 4, column: 320.0, size: [1370.0, 140.0], lines: 1.0 },
    ];

    fn needs(aspect: f64) -> Needs<'static> {
        Needs {
            page: [1600.0, 1200.0],
            margin: 40.0,
            gap: 30.0,
            padding: 14.0,
            heading: 90.0,
            credits: 60.0,
            blocks: &BLOCKS,
            aspect,
            mirrored: false,
        }
    }

    #[test]
    fn a_tall_country_has_its_legend_beside_and_a_wide_one_below() {
        let beside = |aspect| {
            let found = layout(&needs(aspect), |_, _| false);
            found.legend[0] > found.panel[0] + found.panel[2]
        };
        assert!(beside(0.3));
        assert!(beside(1.1));
        assert!(!beside(2.5));
    }

    #[test]
    fn an_empty_corner_is_used_where_that_draws_the_map_larger() {
        // the right lower quarter is empty
        let free = |_: [f64; 4], at: [f64; 4]| at[0] > 800.0 && at[1] > 550.0;
        let found = layout(&needs(1.5), free);
        assert!(found.inside && found.fit == found.panel, "{found:?}");
        assert!(!layout(&needs(0.2), free).inside, "a tall one is as large with a legend beside it");
    }

    #[test]
    fn in_a_panel_that_is_mostly_empty_a_small_legend_stands_on_the_map() {
        let inside = |size: [f64; 2]| {
            let blocks = [Block { columns: 1, column: size[0], size, lines: 1.0 }];
            layout(&Needs { page: [3000.0, 600.0], blocks: &blocks, ..needs(0.3) }, |_, _| true).inside
        };
        assert!(inside([200.0, 150.0]));
        assert!(!inside([500.0, 300.0]), "a large one would take the room of names");
    }

    #[test]
    fn keys_of_many_lines_are_taken_only_for_a_map_that_is_much_larger() {
        let chosen = |narrow: f64, lines: f64| {
            let block = |wide: f64, lines: f64| Block { columns: 1, column: 320.0, size: [wide, 500.0], lines };
            let blocks = [block(narrow, lines), block(340.0, 1.0)];
            layout(&Needs { blocks: &blocks, ..needs(1.5) }, |_, _| false).block
        };
        assert_eq!(chosen(300.0, 1.0), 0, "the map beside it is larger");
        assert_eq!(chosen(300.0, 3.5), 1, "but its keys are torn");
        assert_eq!(chosen(100.0, 3.5), 0);
    }

    #[test]
    fn for_those_who_read_from_the_right_the_legend_stands_on_the_left() {
        let found = layout(&Needs { mirrored: true, ..needs(0.3) }, |_, _| false);
        assert!(found.legend[0] < found.panel[0]);
    }

    #[test]
    fn no_part_leaves_the_page_or_meets_another() {
        for aspect in [0.05, 0.2, 1.0, 3.0, 20.0] {
            for mirrored in [false, true] {
                let found = layout(&Needs { mirrored, ..needs(aspect) }, |_, _| false);
                for [x, y, w, h] in [found.panel, found.legend] {
                    assert!(x >= 39.9 && y >= 129.9 && x + w <= 1560.1 && y + h <= 1140.1, "{found:?}");
                }
                assert!(!meet(found.panel, found.legend), "{found:?}");
            }
        }
    }
}
