//! Features as GeoJSON (RFC 7946).

use super::number::{grid, position};
use super::{Feature, Shape, Simplified};
use rayon::prelude::*;

/// Features that are written at a time.
const PIECE: usize = 256;

/// Writes features as text.
pub(super) fn text(all: &Simplified) -> Vec<u8> {
    let pieces: Vec<Vec<u8>> = all
        .features
        .par_chunks(PIECE)
        .map(|features| {
            let mut out = Vec::new();
            for feature in features {
                write(feature, &all.arcs, &mut out);
                out.extend_from_slice(b",\n");
            }
            out
        })
        .collect();
    let mut out = Vec::with_capacity(pieces.iter().map(Vec::len).sum::<usize>() + 1024);
    out.extend_from_slice(b"{\"type\":\"FeatureCollection\",");
    members(&all.members, &mut out);
    out.extend_from_slice(b"\"features\":[\n");
    pieces.iter().for_each(|piece| out.extend_from_slice(piece));
    if !all.features.is_empty() {
        out.truncate(out.len() - 2);
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

/// Writes members, each with a comma after it.
pub(super) fn members(members: &[(String, String)], out: &mut Vec<u8>) {
    for (key, json) in members {
        // keys stand as the file wrote them: without escapes
        out.extend_from_slice(format!("\"{key}\":{json},").as_bytes());
    }
}

fn write(feature: &Feature, arcs: &[Vec<[f64; 2]>], out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"type\":\"Feature\",");
    members(&feature.members, out);
    out.extend_from_slice(b"\"geometry\":");
    match &feature.shape {
        Shape::Other(json) => out.extend_from_slice(json.as_bytes()),
        Shape::Areas { polygons, is_multi } if *is_multi || polygons.len() != 1 => {
            out.extend_from_slice(b"{\"type\":\"MultiPolygon\",\"coordinates\":");
            list(polygons, out, |rings, out| polygon(rings, arcs, out));
            out.push(b'}');
        }
        Shape::Areas { polygons, .. } => {
            out.extend_from_slice(b"{\"type\":\"Polygon\",\"coordinates\":");
            polygons.iter().for_each(|rings| polygon(rings, arcs, out));
            out.push(b'}');
        }
    }
    out.push(b'}');
}

/// Writes a list in brackets.
pub(super) fn list<T>(items: &[T], out: &mut Vec<u8>, mut write: impl FnMut(&T, &mut Vec<u8>)) {
    out.push(b'[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(b']');
}

fn polygon(rings: &[Vec<i32>], arcs: &[Vec<[f64; 2]>], out: &mut Vec<u8>) {
    list(rings, out, |ring, out| {
        out.push(b'[');
        let mut first = None;
        for reference in ring {
            let backwards = *reference < 0;
            let arc = &arcs[(if backwards { !*reference } else { *reference }) as usize];
            // an arc begins where the one before ended
            for i in 0..arc.len() - 1 {
                let p = if backwards { arc[arc.len() - 1 - i] } else { arc[i] };
                let p = [grid(p[0]), grid(p[1])];
                first.get_or_insert(p);
                position(p, out);
                out.push(b',');
            }
        }
        if let Some(p) = first {
            position(p, out);
        }
        out.push(b']');
    });
}
