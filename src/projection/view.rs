//! A view: a projection, fitted to a rectangle of the page.

use super::Projection;

/// Cells of longitude in which gaps are looked for.
const CELLS: usize = 720;

/// A box in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Least longitude.
    pub west: f64,
    /// Least latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

impl Extent {
    /// The least box that holds all points; `None` without any.
    pub fn of(points: impl IntoIterator<Item = [f64; 2]>) -> Option<Self> {
        points.into_iter().fold(None, |all, [x, y]| {
            let all = all.unwrap_or(Self { west: x, south: y, east: x, north: y });
            Some(Self {
                west: all.west.min(x),
                south: all.south.min(y),
                east: all.east.max(x),
                north: all.north.max(y),
            })
        })
    }

    /// The least box that holds lines on a globe. Where they lie on both sides of the antimeridian, it reaches
    /// over ±180°: the widest gap in longitude lies outside.
    pub fn on_globe<'a>(lines: impl Iterator<Item = &'a [[f64; 2]]> + Clone) -> Option<Self> {
        let flat = Self::of(lines.clone().flatten().copied())?;
        if flat.east - flat.west <= 180.0 {
            return Some(flat);
        }
        let mut taken = [false; CELLS];
        let cell = |x: f64| (((x + 180.0).rem_euclid(360.0) / 360.0 * CELLS as f64) as usize).min(CELLS - 1);
        for line in lines.clone() {
            for (i, p) in line.iter().enumerate() {
                let (mut at, to) = (cell(line[i.saturating_sub(1)][0]), cell(p[0]));
                let step = if (to + CELLS - at) % CELLS <= CELLS / 2 { 1 } else { CELLS - 1 };
                taken[at] = true;
                while at != to {
                    at = (at + step) % CELLS;
                    taken[at] = true;
                }
            }
        }
        let gap = |start: usize| (0..CELLS).take_while(|n| !taken[(start + n) % CELLS]).count();
        let (start, width) = (0..CELLS).map(|i| (i, gap(i))).max_by_key(|(i, w)| (*w, CELLS - i))?;
        // no gap worth a name: the world as it lies
        if width < 2 || (start == 0 || start + width >= CELLS) {
            return Some(flat);
        }
        let middle = (start as f64 + width as f64 / 2.0) / CELLS as f64 * 360.0 - 180.0;
        let turned = |p: &[f64; 2]| [middle + (p[0] - middle).rem_euclid(360.0), p[1]];
        let around = Self::of(lines.flatten().map(turned))?;
        // the middle is within a turn of Greenwich
        let back = if around.middle()[0] > 180.0 { 360.0 } else { 0.0 };
        Some(Self { west: around.west - back, east: around.east - back, ..around })
    }

    /// Longitude and latitude of the middle.
    pub fn middle(&self) -> [f64; 2] {
        [f64::midpoint(self.west, self.east), f64::midpoint(self.south, self.north)]
    }

    /// Points along its edges, close enough together for curved ones.
    pub fn outline(&self) -> impl Iterator<Item = [f64; 2]> + use<> {
        let e = *self;
        (0..=32).flat_map(move |i| {
            let t = f64::from(i) / 32.0;
            let (x, y) = (e.west + (e.east - e.west) * t, e.south + (e.north - e.south) * t);
            [[x, e.south], [x, e.north], [e.west, y], [e.east, y]]
        })
    }

    /// Tells whether two boxes meet.
    pub fn meets(&self, other: &Self) -> bool {
        self.west <= other.east && other.west <= self.east && self.south <= other.north && other.south <= self.north
    }
}

/// From degrees to pixels of the page and back.
#[derive(Debug, Clone)]
pub struct View {
    /// The projection.
    pub projection: Projection,
    /// Pixels for a kilometre.
    pub scale: f64,
    /// Pixel of the plane's origin.
    pub origin: [f64; 2],
    /// The rectangle of the page that it fills: x, y, width, height.
    pub panel: [f64; 4],
}

impl View {
    /// Gives the pixel of a point in degrees.
    pub fn forward(&self, degrees: [f64; 2]) -> [f64; 2] {
        self.place(self.projection.forward(degrees))
    }

    /// Gives the pixel of a point of the projection's plane, in kilometres.
    pub fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.origin[0] + x * self.scale, self.origin[1] - y * self.scale]
    }

    /// Gives the degrees of a pixel; `None` off the map.
    pub fn inverse(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        self.projection.inverse([(x - self.origin[0]) / self.scale, (self.origin[1] - y) / self.scale])
    }

    /// The globe's edge on the page as a ring, where the panel shows some of it.
    pub fn rim(&self) -> Option<Vec<[f64; 2]>> {
        let [x, y, w, h] = self.panel;
        // a disc that holds the corners holds all between them, and to find its edge takes long
        let on_globe = |at: [f64; 2]| {
            let back = self.inverse(at).map(|degrees| self.forward(degrees));
            back.is_some_and(|b| (b[0] - at[0]).abs() < 0.5 && (b[1] - at[1]).abs() < 0.5)
        };
        if self.projection.is_disc() && [[x, y], [x + w, y], [x, y + h], [x + w, y + h]].into_iter().all(on_globe) {
            return None;
        }
        let ring: Vec<[f64; 2]> = self.projection.rim()?.into_iter().map(|p| self.place(p)).collect();
        let is_seen = |(a, b): (&[f64; 2], &[f64; 2])| {
            let meets = |i: usize, from: f64, side: f64| a[i].max(b[i]) > from && a[i].min(b[i]) < from + side;
            meets(0, x, w) && meets(1, y, h)
        };
        ring.iter().zip(ring.iter().cycle().skip(1)).any(is_seen).then_some(ring)
    }

    /// The box in degrees that the panel shows, with a margin; all of the map where its edge is seen. Its
    /// longitudes lie within 180 of the central meridian.
    pub fn shown(&self) -> Extent {
        let [x, y, width, height] = self.panel;
        let [west, east] = self.projection.frame().edges();
        let world = Extent { west, south: -90.0, east, north: 90.0 };
        let edge = (0..=16).flat_map(|i| {
            let t = f64::from(i) / 16.0;
            [[x + width * t, y], [x + width * t, y + height], [x, y + height * t], [x + width, y + height * t]]
        });
        let Some(points) = edge.map(|p| self.inverse(p)).collect::<Option<Vec<_>>>() else { return world };
        let Some(seen) = Extent::of(points) else { return world };
        let margin = 0.05 * (seen.east - seen.west).max(seen.north - seen.south);
        let mut shown = Extent {
            west: (seen.west - margin).max(west),
            south: (seen.south - margin).max(-90.0),
            east: (seen.east + margin).min(east),
            north: (seen.north + margin).min(90.0),
        };
        for pole in [-90.0, 90.0] {
            // every meridian comes together in a pole that is seen
            let [a, b] = self.forward([self.projection.frame().middle, pole]);
            if self.projection.frame().joined.is_some() && a >= x && a <= x + width && b >= y && b <= y + height {
                let (south, north) = if pole < 0.0 { (-90.0, shown.north) } else { (shown.south, 90.0) };
                shown = Extent { west, south, east, north };
            }
        }
        shown
    }
}

/// Fits projected points (kilometres, y northwards) into a panel (x, y, width, height in pixels).
pub fn fit(projection: Projection, points: impl IntoIterator<Item = [f64; 2]>, panel: [f64; 4]) -> View {
    let all = Extent::of(points).unwrap_or(Extent { west: -1.0, south: -1.0, east: 1.0, north: 1.0 });
    let (width, height) = ((all.east - all.west).max(1e-6), (all.north - all.south).max(1e-6));
    let scale = (panel[2] / width).min(panel[3] / height);
    let [x, y] = all.middle();
    let origin = [panel[0] + panel[2] / 2.0 - x * scale, panel[1] + panel[3] / 2.0 + y * scale];
    View { projection, scale, origin, panel }
}

#[cfg(test)]
mod tests {
    use super::{Extent, fit};
    use crate::projection::{Projection, RADIUS_KM};

    const WORLD: Extent = Extent { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

    #[test]
    fn the_globe_has_an_edge_where_it_is_seen() {
        let panel = [0.0, 0.0, 800.0, 600.0];
        for name in ["equal-earth", "equirectangular", "+proj=moll", "+proj=ortho +lat_0=30", "laea"] {
            let projection = Projection::new(name, &WORLD).expect("known");
            let ring = projection.rim().expect("an edge");
            let view = fit(projection.clone(), ring, panel);
            assert!(view.rim().is_some(), "{name}");
            // far within it there is nothing but globe
            let close = super::View { panel: [390.0, 290.0, 20.0, 20.0], ..view };
            assert!(close.rim().is_none(), "{name}");
        }
    }

    #[test]
    fn an_azimuthal_map_of_equal_areas_ends_two_radii_from_its_middle() {
        let rim = Projection::new("laea", &WORLD).expect("known").rim().expect("an edge");
        assert!(rim.iter().all(|p| ((p[0] * p[0] + p[1] * p[1]).sqrt() / RADIUS_KM - 2.0).abs() < 1e-3));
    }
}
