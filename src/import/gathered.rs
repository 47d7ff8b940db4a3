//! Tables beside the events: the places, actors and sources that they name.

use super::Voice;
use std::collections::{BTreeMap, BTreeSet};

/// What the events of an import name.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Points by id: their least name, latitude and longitude in degrees.
    pub places: BTreeMap<String, (String, f64, f64)>,
    /// Ids of actors.
    pub actors: BTreeSet<String>,
}

impl Gathered {
    /// Adds a point, gives its id: that of a bare point, latitude and longitude.
    pub(super) fn place(&mut self, name: &str, lat: f64, lon: f64) -> String {
        let id = format!("{lat},{lon}");
        let known = self.places.entry(id.clone()).or_insert_with(|| (name.to_owned(), lat, lon));
        // whatever the order of rows
        if name < known.0.as_str() {
            name.clone_into(&mut known.0);
        }
        id
    }

    /// The table of places, as CSV.
    pub fn places(&self) -> Vec<u8> {
        let row = |(id, (name, lat, lon)): (&String, &(String, f64, f64))| {
            vec![id.clone(), name.clone(), lat.to_string(), lon.to_string(), "settlement".to_owned()]
        };
        csv(&["id", "name", "lat", "lon", "level"], self.places.iter().map(row))
    }

    /// The table of actors, as CSV.
    pub fn actors(&self) -> Vec<u8> {
        csv(&["id", "name"], self.actors.iter().map(|id| vec![id.clone(), id.clone()]))
    }
}

/// The table of sources, as CSV.
pub(super) fn sources(voices: &[Voice]) -> Vec<u8> {
    let row = |v: &Voice| [v.id, v.title, v.publisher, v.url, v.licence].map(str::to_owned).to_vec();
    csv(&["id", "title", "publisher", "url", "licence"], voices.iter().map(row))
}

fn csv(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).expect("writing to memory does not fail");
    for row in rows {
        writer.write_record(row).expect("writing to memory does not fail");
    }
    writer.into_inner().expect("writing to memory does not fail")
}

#[cfg(test)]
mod tests {
    use super::Gathered;

    #[test]
    fn a_point_has_one_row_and_the_same_name_whatever_the_order() {
        let table = |names: [&str; 2]| {
            let mut gathered = Gathered::default();
            assert_eq!(names.map(|name| gathered.place(name, 33.5, 36.25)), ["33.5,36.25"; 2]);
            String::from_utf8(gathered.places()).unwrap()
        };
        let expected = "id,name,lat,lon,level\n\"33.5,36.25\",Ardal,33.5,36.25,settlement\n";
        assert_eq!([table(["Ardal", "Belmere"]), table(["Belmere", "Ardal"])], [expected; 2]);
    }
}
