//! Where the parts of the page stand: heading above, credits below, the legend beside or below the map.

use super::label::Rect;

/// The rectangles of the page's parts: x, y, width, height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout {
    /// The map.
    pub panel: Rect,
    /// The legend.
    pub legend: Rect,
    /// The legend stands below rather than beside.
    pub below: bool,
}

/// What has to find room on a page.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// Width and height of the page in pixels.
    pub page: [f64; 2],
    /// Blank around everything.
    pub margin: f64,
    /// Height of the heading.
    pub heading: f64,
    /// Height of the credits.
    pub credits: f64,
    /// Width and height of the legend in one column.
    pub column: [f64; 2],
    /// Height of the legend in rows as wide as the page.
    pub rows: f64,
    /// Width of the map divided by its height.
    pub aspect: f64,
    /// The legend's column stands on the left, for those who read from the right.
    pub mirrored: bool,
}

/// Chooses the layout that draws the map largest.
pub fn layout(needs: &Needs) -> Layout {
    let [width, height] = needs.page;
    let m = needs.margin;
    let top = m + needs.heading;
    let free = (height - top - m - needs.credits).max(1.0);
    let beside_width = (width - 3.0 * m - needs.column[0]).max(1.0);
    let below_height = (free - needs.rows - m * 0.6).max(1.0);
    let scale = |w: f64, h: f64| (w / needs.aspect).min(h);
    let fits = needs.column[1] <= free;
    if fits && scale(beside_width, free) >= scale(width - 2.0 * m, below_height) {
        let (panel_x, legend_x) =
            if needs.mirrored { (2.0 * m + needs.column[0], m) } else { (m, 2.0 * m + beside_width) };
        Layout {
            panel: [panel_x, top, beside_width, free],
            legend: [legend_x, top, needs.column[0], free],
            below: false,
        }
    } else {
        Layout {
            panel: [m, top, width - 2.0 * m, below_height],
            legend: [m, top + below_height + m * 0.6, width - 2.0 * m, needs.rows],
            below: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Needs, layout};

    fn needs(aspect: f64) -> Needs {
        Needs {
            page: [1600.0, 1200.0],
            margin: 40.0,
            heading: 90.0,
            credits: 60.0,
            column: [320.0, 500.0],
            rows: 200.0,
            aspect,
            mirrored: false,
        }
    }

    #[test]
    fn a_tall_country_has_its_legend_beside_and_a_wide_one_below() {
        assert!(!layout(&needs(0.3)).below);
        assert!(!layout(&needs(1.1)).below);
        assert!(layout(&needs(2.5)).below);
    }

    #[test]
    fn no_part_leaves_the_page_or_meets_another() {
        for aspect in [0.2, 1.0, 3.0] {
            let found = layout(&needs(aspect));
            for [x, y, w, h] in [found.panel, found.legend] {
                assert!(x >= 0.0 && y >= 130.0 && x + w <= 1600.0 && y + h <= 1140.1, "{found:?}");
            }
            assert!(!super::super::label::meet(found.panel, found.legend), "{found:?}");
        }
    }
}
