//! Features as TopoJSON: borders once, in steps of ten-millionths of a degree.

use super::geojson::{list, members};
use super::number::{grid, whole};
use super::{Shape, Simplified, too_many};
use controlmap::error::Result;

/// Writes features as text.
///
/// # Errors
/// Where there are too many arcs.
pub(super) fn text(all: &Simplified) -> Result<Vec<u8>> {
    if i32::try_from(all.arcs.len()).is_err() {
        return Err(too_many());
    }
    let mut out = Vec::new();
    out.extend_from_slice(b"{\"type\":\"Topology\",");
    members(&all.members, &mut out);
    out.extend_from_slice(b"\"transform\":{\"scale\":[1e-7,1e-7],\"translate\":[0,0]},\n");
    out.extend_from_slice(b"\"objects\":{\"regions\":{\"type\":\"GeometryCollection\",\"geometries\":[\n");
    for (i, feature) in all.features.iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(b",\n");
        }
        out.push(b'{');
        members(&feature.members, &mut out);
        match &feature.shape {
            Shape::Areas { polygons, is_multi } => {
                let multi = *is_multi || polygons.len() != 1;
                let kind = if multi { "MultiPolygon" } else { "Polygon" };
                out.extend_from_slice(format!("\"type\":\"{kind}\",\"arcs\":").as_bytes());
                let rings = |rings: &Vec<Vec<i32>>, out: &mut Vec<u8>| {
                    list(rings, out, |ring, out| list(ring, out, |arc, out| whole(i64::from(*arc), out)));
                };
                if multi {
                    list(polygons, &mut out, rings);
                } else {
                    polygons.iter().for_each(|p| rings(p, &mut out));
                }
            }
            // points and lines have arcs of another kind; regions have neither
            Shape::Other(_) => out.extend_from_slice(b"\"type\":null"),
        }
        out.push(b'}');
    }
    out.extend_from_slice(b"\n]}},\n\"arcs\":[\n");
    for (i, arc) in all.arcs.iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(b",\n");
        }
        let mut last = [0, 0];
        list(arc, &mut out, |p, out| {
            let at = [grid(p[0]), grid(p[1])];
            list(&[at[0] - last[0], at[1] - last[1]], out, |step, out| whole(*step, out));
            last = at;
        });
    }
    out.extend_from_slice(b"\n]}\n");
    Ok(out)
}
