//! `simplify`: a boundary file with fewer points.

mod geojson;
mod number;
mod topojson;

use super::output::Target;
use super::session::{Halt, Session};
use controlmap::error::Error;
use controlmap::geometry::simplify::{Lines, Metric};
use controlmap::geometry::topology::topology_and_rings;
use controlmap::read::Folder;
use controlmap::read::boundary::{Outline, OutlineShape, Outlines, outlines};
use geo::MultiPolygon;

/// Write boundaries with fewer points; neighbours keep the same border
#[derive(clap::Args)]
pub struct Args {
    /// Boundaries: GeoJSON or TopoJSON
    #[arg(value_name = "FILE")]
    file: String,
    /// How many of the points stay: `10%` or `0.1`
    #[arg(long, value_name = "SHARE", value_parser = share)]
    keep: f64,
    #[command(flatten)]
    target: Target,
}

/// Endings that each format has.
const FORMATS: [&str; 3] = ["geojson", "json", "topojson"];

/// Features whose rings are made of arcs.
struct Simplified {
    /// Members of the collection, key and JSON.
    members: Vec<(String, String)>,
    /// The features.
    features: Vec<Feature>,
    /// Every border once.
    arcs: Vec<Vec<[f64; 2]>>,
}

/// A feature.
struct Feature {
    members: Vec<(String, String)>,
    shape: Shape,
}

enum Shape {
    /// Polygons, their rings, the arcs of those; `!i` is arc `i` backwards.
    Areas { polygons: Vec<Vec<Vec<i32>>>, is_multi: bool },
    /// A geometry as it was.
    Other(String),
}

/// Simplifies the file.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let format = args.target.format(&FORMATS, None)?;
    args.target.require_folder()?;
    let bytes = match Folder::disk(".").read(&args.file) {
        Ok(bytes) => bytes,
        Err(fault) => {
            session.found.push(fault);
            return Err(Halt::Faults);
        }
    };
    let read = session.take(outlines(&args.file, &bytes));
    drop(bytes);
    session.require_sound()?;
    let is_other = |f: &Outline| matches!(&f.shape, OutlineShape::Other(json) if json != "null");
    if format == "topojson" && read.features.iter().any(is_other) {
        let why = format!("`{}` has points, lines or collections, which are written as GeoJSON only", args.file);
        return Err(Error::usage(why).into());
    }
    let (simplified, [before, after]) = simplify(read, args.keep);
    let written = match format {
        "topojson" => topojson::text(&simplified)?,
        _ => geojson::text(&simplified),
    };
    args.target.put(&written)?;
    session.tell(&format!("kept {after} of {before} points of borders\n"));
    Ok(())
}

/// Finds the borders and thins them; the numbers are the points of borders before and after.
fn simplify(outlines: Outlines, keep: f64) -> (Simplified, [usize; 2]) {
    let Outlines { members, features } = outlines;
    let areas = features.iter().filter_map(|f| match &f.shape {
        OutlineShape::Areas { polygons, .. } => Some(polygons),
        OutlineShape::Other(_) => None,
    });
    let areas: Vec<&MultiPolygon<f64>> = areas.collect();
    let (topology, rings) = topology_and_rings(&areas);
    let mut rings = rings.into_iter();
    let feature = |outline: Outline| {
        let shape = match outline.shape {
            OutlineShape::Other(json) => Shape::Other(json),
            OutlineShape::Areas { polygons, is_multi } => {
                let polygons = polygons.0.iter().map(|p| {
                    let mut parts = rings.by_ref().take(1 + p.interiors().len());
                    let outer = parts.next().unwrap_or_default();
                    let holes: Vec<Vec<i32>> = parts.filter(|r| !r.is_empty()).collect();
                    // without its outer ring a polygon has no holes either
                    if outer.is_empty() { Vec::new() } else { std::iter::once(outer).chain(holes).collect() }
                });
                Shape::Areas { polygons: polygons.filter(|rings| !rings.is_empty()).collect(), is_multi }
            }
        };
        Feature { members: outline.members, shape }
    };
    let features = features.into_iter().map(feature).collect();
    let lines: Vec<Vec<[f64; 2]>> = topology.arcs.into_iter().map(|a| a.points).collect();
    let count = |lines: &[Vec<[f64; 2]>]| lines.iter().map(Vec::len).sum::<usize>();
    let before = count(&lines);
    let lines = Lines::new(lines, Metric::Degrees);
    let least = lines.weight_of_share(keep);
    let arcs = lines.simplify(least);
    let counts = [before, count(&arcs)];
    (Simplified { members, features, arcs }, counts)
}

/// Reads `10%` or `0.1`.
fn share(word: &str) -> Result<f64, String> {
    let (number, by) = word.strip_suffix('%').map_or((word, 1.0), |number| (number, 100.0));
    let share = number.trim().parse::<f64>().ok().map(|n| n / by);
    share.filter(|s| (0.0..=1.0).contains(s)).ok_or_else(|| format!("`{word}` is no share; write `10%` or `0.1`"))
}

/// TopoJSON has indices of 32 bits in many readers.
fn too_many() -> Error {
    Error::new("the file has more borders than TopoJSON can number; write GeoJSON")
}
