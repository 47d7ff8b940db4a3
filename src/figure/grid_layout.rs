//! Where the panels of small multiples stand: takes their number and the room, gives rectangles.

use crate::map::layout::Block;

type Rect = [f64; 4];

/// What has to find room.
#[derive(Debug, Clone, Copy)]
pub struct Needs<'a> {
    /// How many panels.
    pub count: usize,
    /// The room for panels and legend: x, y, width, height.
    pub room: Rect,
    /// Width of what a panel shows divided by its height.
    pub aspect: f64,
    /// Height of the line above each panel.
    pub label: f64,
    /// Blank between panels.
    pub gap: f64,
    /// The forms that the legend can take.
    pub blocks: &'a [Block],
    /// The first panel stands on the right, the legend on the left.
    pub mirrored: bool,
}

/// Panels of one size in rows, and the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Panels {
    /// The panels without their labels, in order.
    pub panels: Vec<Rect>,
    /// The legend.
    pub legend: Rect,
    /// Which of its forms.
    pub block: usize,
    /// Panels side by side.
    pub columns: usize,
}

/// Chooses the columns and the legend's place so that the panels are largest; of two that are as large, more columns.
pub fn panels(needs: &Needs) -> Panels {
    let mut best: Option<(f64, Panels)> = None;
    for columns in (1..=needs.count.max(1)).rev() {
        let rows = needs.count.max(1).div_ceil(columns);
        for (block, Block { size, columns: legend_columns, .. }) in needs.blocks.iter().enumerate() {
            for place in [Place::Beside, Place::Below, Place::Cell] {
                let Some(found) = arrange(needs, [columns, rows], *size, place) else { continue };
                let [_, _, w, h] = found.panels[0];
                let taste = 1.0 - 0.002 * *legend_columns as f64 + if place == Place::Cell { 0.02 } else { 0.0 };
                let score = (w / needs.aspect).min(h) * taste;
                if best.as_ref().is_none_or(|(most, _)| score > most * 1.0001) {
                    best = Some((score, Panels { block, columns, ..found }));
                }
            }
        }
    }
    best.map_or_else(|| last_resort(needs), |(_, found)| found)
}

/// Where the legend stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Beside,
    Below,
    /// In the cells that the last row leaves.
    Cell,
}

/// The least side of a panel in pixels.
const LEAST: f64 = 60.0;

fn arrange(needs: &Needs, [columns, rows]: [usize; 2], [wide, high]: [f64; 2], place: Place) -> Option<Panels> {
    let [x, y, width, height] = needs.room;
    let (columns_f, rows_f) = (columns as f64, rows as f64);
    let away = needs.gap * 1.4;
    let (grid_width, grid_height) = match place {
        Place::Beside => (width - wide - away, height),
        Place::Below => (width, height - high - needs.gap),
        Place::Cell => (width, height),
    };
    let cell = [
        (grid_width - needs.gap * (columns_f - 1.0)) / columns_f,
        (grid_height - needs.gap * (rows_f - 1.0)) / rows_f - needs.label,
    ];
    if cell[0] < LEAST || cell[1] < LEAST {
        return None;
    }
    // no wider and no higher than what they show, with a little around it
    let w = cell[0].min(cell[1] * needs.aspect * 1.3);
    let h = cell[1].min(cell[0] / needs.aspect * 1.3);
    let free = columns * rows - needs.count;
    let (mut grid_x, mut legend) = (x, [x, y + needs.label, wide, high]);
    match place {
        Place::Beside => {
            let legend_x = if needs.mirrored { x } else { x + grid_width + away };
            if needs.mirrored {
                grid_x = x + wide + away;
            }
            if high + needs.label > height {
                return None;
            }
            legend[0] = legend_x;
            legend[1] = y + needs.label.min(height - high);
        }
        Place::Below => {
            if wide > width + 0.5 {
                return None;
            }
            let foot = y + rows_f * (h + needs.label) + needs.gap * rows_f;
            legend[1] = foot.min(y + height - high);
            legend[0] = if needs.mirrored { x + width - wide } else { x };
        }
        Place::Cell => {
            let free_width = free as f64 * (w + needs.gap) - needs.gap;
            if free == 0 || wide > free_width || high > h + needs.label {
                return None;
            }
            let left = if needs.mirrored { x + width - columns_f * w - (columns_f - 1.0) * needs.gap } else { x };
            let first = columns - free;
            let slot = if needs.mirrored { 0.0 } else { first as f64 };
            legend[0] = left + slot * (w + needs.gap) + needs.gap * 0.5;
            legend[1] = y + (rows_f - 1.0) * (h + needs.label + needs.gap) + needs.label * 0.6;
        }
    }
    if needs.mirrored {
        let used = columns_f * w + (columns_f - 1.0) * needs.gap;
        let span = if place == Place::Beside { grid_width } else { width };
        grid_x += span - used;
    }
    let panel = |i: usize| {
        let (row, column) = (i / columns, i % columns);
        let slot = if needs.mirrored { columns - 1 - column } else { column } as f64;
        [grid_x + slot * (w + needs.gap), y + needs.label + row as f64 * (h + needs.label + needs.gap), w, h]
    };
    Some(Panels { panels: (0..needs.count.max(1)).map(panel).collect(), legend, block: 0, columns })
}

/// Where nothing fits: the panels share the room and the legend stands below them, whatever it covers.
fn last_resort(needs: &Needs) -> Panels {
    let none = Needs { blocks: &[], ..*needs };
    let columns = (1..=needs.count.max(1)).rev();
    let find = |columns: usize| {
        let rows = needs.count.max(1).div_ceil(columns);
        let found = arrange(&none, [columns, rows], [0.0, 0.0], Place::Below)?;
        let [_, _, w, h] = found.panels[0];
        Some(((w / needs.aspect).min(h), found))
    };
    let best = columns.filter_map(find).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or_else(
        || Panels { panels: vec![needs.room; needs.count.max(1)], legend: [0.0; 4], block: usize::MAX, columns: 1 },
        |(_, found)| Panels { block: usize::MAX, ..found },
    )
}

#[cfg(test)]
mod tests {
    use super::{Needs, panels};
    use crate::geometry::placement::meet;
    use crate::map::layout::Block;

    const BLOCKS: [Block; 2] = [
        Block { columns: 1, column: 250.0, size: [250.0, 500.0], lines: 1.0 },
        Block { columns: 4, column: 250.0, size: [1100.0, 120.0], lines: 1.0 },
    ];

    fn needs(count: usize, aspect: f64) -> Needs<'static> {
        let room = [40.0, 100.0, 1520.0, 1000.0];
        Needs { count, room, aspect, label: 24.0, gap: 18.0, blocks: &BLOCKS, mirrored: false }
    }

    #[test]
    fn panels_are_aligned_apart_and_on_the_page() {
        for count in 1..=24 {
            for aspect in [0.4, 1.0, 2.2] {
                for mirrored in [false, true] {
                    let found = panels(&Needs { mirrored, ..needs(count, aspect) });
                    assert_eq!(found.panels.len(), count);
                    let [_, _, w, h] = found.panels[0];
                    for (i, a) in found.panels.iter().enumerate() {
                        assert!(
                            a[0] >= 39.9 && a[1] >= 99.9 && a[0] + a[2] <= 1560.1 && a[1] + a[3] <= 1100.1,
                            "{found:?}"
                        );
                        assert!((a[2] - w).abs() < 1e-9 && (a[3] - h).abs() < 1e-9);
                        assert!(!found.panels[i + 1..].iter().any(|b| meet(*a, *b)), "{found:?}");
                        assert!(!meet(*a, found.legend), "{count} {aspect} {mirrored}: {found:?}");
                        let above = found.panels[i % found.columns];
                        assert!((above[0] - a[0]).abs() < 1e-9, "columns line up");
                    }
                }
            }
        }
    }

    #[test]
    fn tall_panels_stand_side_by_side() {
        assert_eq!(panels(&needs(4, 0.3)).columns, 4);
        assert!(panels(&needs(4, 3.0)).columns < 3);
    }
}
