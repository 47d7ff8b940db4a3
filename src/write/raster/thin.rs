//! Lines with fewer points: takes a line in pixels, leaves out what no eye could see.

/// Leaves out points of a line so that none lies further than `tolerance` from what remains. Both ends stay.
///
/// # Source
/// Zhao and Saalfeld, "Linear-time sleeve-fitting polyline simplification algorithms", 1997.
pub(super) fn thin(points: impl Iterator<Item = [f64; 2]>, tolerance: f64, kept: &mut Vec<[f64; 2]>) {
    let mut points = points.filter(|p| p[0].is_finite() && p[1].is_finite());
    let Some(mut anchor) = points.next() else { return };
    kept.push(anchor);
    let mut last = anchor;
    let mut sleeve: Option<Sleeve> = None;
    for p in points {
        let d = [p[0] - anchor[0], p[1] - anchor[1]];
        let fits = match &mut sleeve {
            Some(sleeve) => sleeve.narrow(d, tolerance),
            None => {
                sleeve = Sleeve::new(d, tolerance);
                true
            }
        };
        if !fits {
            kept.push(last);
            anchor = last;
            sleeve = Sleeve::new([p[0] - anchor[0], p[1] - anchor[1]], tolerance);
        }
        last = p;
    }
    kept.push(last);
}

/// The directions that pass every point so far within the tolerance.
struct Sleeve {
    low: [f64; 2],
    high: [f64; 2],
    reach: f64,
}

fn cross(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

impl Sleeve {
    /// All directions serve for a point within the tolerance of the anchor: no sleeve yet.
    fn new(d: [f64; 2], tolerance: f64) -> Option<Self> {
        let reach = (d[0] * d[0] + d[1] * d[1]).sqrt();
        if reach <= tolerance {
            return None;
        }
        let (sin, u) = (tolerance / reach, [d[0] / reach, d[1] / reach]);
        let cos = (1.0 - sin * sin).sqrt();
        let low = [u[0] * cos + u[1] * sin, u[1] * cos - u[0] * sin];
        let high = [u[0] * cos - u[1] * sin, u[1] * cos + u[0] * sin];
        Some(Self { low, high, reach })
    }

    /// Takes a further point in; false where it does not fit or turns back.
    fn narrow(&mut self, d: [f64; 2], tolerance: f64) -> bool {
        let Some(new) = Self::new(d, tolerance) else { return false };
        if cross(self.low, d) < 0.0 || cross(d, self.high) < 0.0 || new.reach < self.reach {
            return false;
        }
        if cross(self.low, new.low) > 0.0 {
            self.low = new.low;
        }
        if cross(new.high, self.high) > 0.0 {
            self.high = new.high;
        }
        self.reach = new.reach;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn distance(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let t = (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
        let t = if t.is_nan() { 0.0 } else { t };
        let (ex, ey) = (p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
        (ex * ex + ey * ey).sqrt()
    }

    proptest! {
        #[test]
        fn no_point_lies_further_off_than_the_tolerance(
            steps in proptest::collection::vec((-1.0..1.0f64, -1.0..1.0f64), 1..200), size in 0.01..3.0f64
        ) {
            let mut at = [0.0; 2];
            let points: Vec<[f64; 2]> = steps.iter().map(|s| {
                at = [at[0] + (s.0 + 0.5) * size, at[1] + s.1 * size];
                at
            }).collect();
            let mut kept = Vec::new();
            thin(points.iter().copied(), 0.15, &mut kept);
            prop_assert_eq!(kept[0], points[0]);
            prop_assert_eq!(kept[kept.len() - 1], points[points.len() - 1]);
            for p in points {
                let nearest = kept.windows(2).map(|w| distance(p, w[0], w[1])).fold(f64::INFINITY, f64::min);
                prop_assert!(nearest <= 0.15 + 1e-9, "{}", nearest);
            }
        }
    }

    #[test]
    fn a_straight_line_keeps_its_ends_only() {
        let mut kept = Vec::new();
        thin((0..100).map(|i| [f64::from(i), f64::from(i) * 0.5]), 0.15, &mut kept);
        assert_eq!(kept, [[0.0, 0.0], [99.0, 49.5]]);
    }
}
