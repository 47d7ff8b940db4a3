//! A view: a projection, fitted to a rectangle of the page.

use super::Projection;

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
#[derive(Debug, Clone, Copy)]
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

    /// The box in degrees that the panel shows, with a margin; the world where its edge is off the map.
    pub fn shown(&self) -> Extent {
        let [x, y, width, height] = self.panel;
        let world = Extent { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        let edge = (0..=16).flat_map(|i| {
            let t = f64::from(i) / 16.0;
            [[x + width * t, y], [x + width * t, y + height], [x, y + height * t], [x + width, y + height * t]]
        });
        let Some(points) = edge.map(|p| self.inverse(p)).collect::<Option<Vec<_>>>() else { return world };
        Extent::of(points).map_or(world, |e| {
            let margin = 0.05 * (e.east - e.west).max(e.north - e.south);
            Extent {
                west: e.west - margin,
                south: (e.south - margin).max(-90.0),
                east: e.east + margin,
                north: (e.north + margin).min(90.0),
            }
        })
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
