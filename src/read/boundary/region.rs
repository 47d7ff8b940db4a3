//! Features → regions: ids and names found, rings cleaned, areas measured, faults told.

use super::coordinates::Fault;
use super::feature::{Feature, File};
use super::property;
use super::ring::{self, Found};
use super::swapped;
use crate::diag::{Checked, Diagnostic, Location, Spot, did_you_mean_text, quote};
use crate::geometry::area::area_km2;
use crate::model::{Edition, Region, RegionSet};
use crate::project::BoundaryInput;
use geo::MultiPolygon;
use rayon::prelude::*;

/// Makes the regions of a file, sorted by id.
pub fn regions(input: &BoundaryInput, file: File) -> Checked<RegionSet> {
    let mut all = Vec::new();
    let place = property::id_place(input, &file.features);
    if place.is_none() && !file.features.is_empty() {
        all.push(no_ids(input, &file.features));
    }
    let made: Vec<(u32, Option<Region>, Vec<Diagnostic>)> = file
        .features
        .into_par_iter()
        .map(|feature| {
            let index = feature.index;
            let mut found = Vec::new();
            let id = place.as_ref().and_then(|p| property::id(&feature, p));
            if id.is_none() && place.is_some() {
                found.push(no_id(input, index, place.as_ref()));
            }
            let region = region(input, feature, id, &mut found);
            (index, region, found)
        })
        .collect();
    let mut set = Vec::with_capacity(made.len());
    for (index, region, found) in made {
        all.extend(found);
        set.extend(region.map(|r| (r, index)));
    }
    set.sort_by(|a, b| (a.0.level, &a.0.id, a.1).cmp(&(b.0.level, &b.0.id, b.1)));
    for pair in set.windows(2).filter(|p| p[0].0.id == p[1].0.id) {
        let id = &pair[1].0.id;
        let message = format!("the id {} stands at features {} and {}", quote(id), pair[0].1, pair[1].1);
        let hint = "name the property that holds the code with `boundaries = { id = \"…\" }`";
        all.push(
            Diagnostic::new("duplicate-id", message).value(id).at(spot(input, pair[1].1, Some(id), None)).hint(hint),
        );
    }
    let mut regions: Vec<Region> = set.into_iter().map(|(region, _)| region).collect();
    regions.dedup_by(|b, a| a.id == b.id);
    swapped::check(input, &regions, &mut all);
    let checked = Checked { value: RegionSet { regions, edition: edition(input, file.edition) }, diagnostics: all };
    if checked.has_errors() || checked.value.regions.iter().any(|r| r.km2 > 0.0) {
        return checked;
    }
    let Checked { value, mut diagnostics } = checked;
    let message = format!("{} has no feature with an area", quote(&input.file));
    let d = Diagnostic::new("no-regions", message).value(&input.file).at(Location::file(&input.file));
    diagnostics.push(d.hint("regions are features of which the geometry is a Polygon or a MultiPolygon"));
    Checked { value, diagnostics }
}

/// Makes a region and tells what is wrong with it; `None` where it has no id.
fn region(input: &BoundaryInput, feature: Feature, id: Option<String>, told: &mut Vec<Diagnostic>) -> Option<Region> {
    let index = feature.index;
    let at = |fault: &Fault| spot(input, index, id.as_deref(), Some(fault));
    let who = id.as_ref().map_or_else(|| format!("feature {index}"), |id| format!("region {}", quote(id)));
    let whole = Fault::new("");
    let mut found = Found::default();
    let names = id.as_ref().map(|id| property::names(input, &feature, id)).unwrap_or_default();
    let parent = property::parent(input, &feature);
    let official_km2 = property::official_km2(input, &feature);
    let geometry = match feature.shape {
        Ok(raw) => ring::clean(raw, &mut found),
        Err(fault) => {
            let mut d = Diagnostic::new("bad-geometry", format!("{who}: {}", fault.message)).at(at(&fault));
            d.value = fault.value;
            told.push(d.hint(
                "a boundary is a Polygon or a MultiPolygon; its positions are `[longitude, latitude]`, two numbers",
            ));
            MultiPolygon::new(Vec::new())
        }
    };
    told.extend(found.too_short.iter().map(|fault| {
        let hint = "remove the ring, or give it at least three different points";
        Diagnostic::new("ring-too-short", format!("{who}: {}", fault.message)).at(at(fault)).hint(hint)
    }));
    if let Some(fault) = &found.projected {
        let mut d = Diagnostic::new("bad-geometry", format!("{who} has the position {}", fault.message)).at(at(fault));
        d.value = fault.value.clone();
        told.push(
            d.hint("coordinates must be longitude and latitude in degrees on WGS 84; reproject the file to EPSG:4326"),
        );
    } else if let Some(fault) = &found.off {
        let mut d = Diagnostic::new(
            "off-coordinates",
            format!("{who} has the position {}, which is off the globe", fault.message),
        );
        d.value = fault.value.clone();
        told.push(d.at(at(fault)).hint("longitudes lie within -180…360, latitudes within -90…90"));
    }
    let km2 = if found.projected.is_none() { area_km2(&geometry) } else { 0.0 };
    if geometry.0.is_empty() && told.iter().all(|d| d.code.name != "bad-geometry" && d.code.name != "ring-too-short") {
        let d = Diagnostic::new("empty-geometry", format!("{who} has no area")).at(at(&whole));
        told.push(d.hint("it stands in tables and is not drawn; to draw it, give it a Polygon or a MultiPolygon"));
    }
    Some(Region { id: id?, names, level: input.level, parent, geometry, km2, official_km2 })
}

fn spot(input: &BoundaryInput, index: u32, id: Option<&str>, fault: Option<&Fault>) -> Location {
    let (ring, vertex) = fault.map_or((None, None), |f| (f.ring, f.vertex));
    Location { file: input.file.clone(), spot: Spot::Feature { index, id: id.map(str::to_owned), ring, vertex } }
}

/// No feature has an id at all.
fn no_ids(input: &BoundaryInput, features: &[Feature]) -> Diagnostic {
    let message = match &input.id {
        Some(name) => {
            format!("no feature of {} has the property {} that ids are to come from", quote(&input.file), quote(name))
        }
        None => format!("no feature of {} has an id", quote(&input.file)),
    };
    let mut d = Diagnostic::new("missing-id", message).at(Location::file(&input.file));
    d.value.clone_from(&input.id);
    let there = property::all(features);
    d.hints.extend(input.id.as_ref().and_then(|id| did_you_mean_text(id, there.iter().copied())));
    let listed: Vec<String> = there.iter().take(40).map(|p| quote(p)).collect();
    d.hint(match listed.len() {
        0 => "the features have no properties; give each an `id`".to_owned(),
        n if n < there.len() => format!("the properties are {} and {} more", listed.join(", "), there.len() - n),
        _ if input.id.is_some() => format!("the properties are {}", listed.join(", ")),
        _ => format!("name one with `boundaries = {{ id = \"…\" }}`; the properties are {}", listed.join(", ")),
    })
}

/// One feature has no id where others have.
fn no_id(input: &BoundaryInput, index: u32, place: Option<&property::IdPlace>) -> Diagnostic {
    let wanted = match place {
        Some(property::IdPlace::Property(name)) => format!("its property {} is empty or missing", quote(name)),
        _ => "it has no `id`".to_owned(),
    };
    Diagnostic::new("missing-id", format!("feature {index} has no id: {wanted}"))
        .at(spot(input, index, None, None))
        .hint("name the property that holds the code with `boundaries = { id = \"…\" }`")
}

/// What the user says of the edition, else what the file says.
fn edition(input: &BoundaryInput, file: Edition) -> Edition {
    Edition {
        name: input.edition.clone().unwrap_or(file.name),
        date: file.date,
        licence: input.licence.clone().unwrap_or(file.licence),
        source: input.credit.clone().unwrap_or(file.source),
    }
}
