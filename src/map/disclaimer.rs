//! What an organisation has said on its maps of the boundaries that they show.

/// A disclaimer by name.
#[derive(Debug)]
pub struct Disclaimer {
    /// Kebab-case name.
    pub name: &'static str,
    /// The text, as the organisation words it.
    pub text: &'static str,
}

/// Every named disclaimer, sorted.
///
/// # Source
/// Neither was read on a map of the organisation itself.
/// - United Nations: the whole sentence stands, as the note for boundaries, in the map viewer of the UN Environment
///   Programme, <https://github.com/unep-grid/mapx/blob/master/app/src/md/disclaimer.md>. Not verified: the Geospatial
///   Information Section's own page, <https://www.un.org/geospatial/mapsgeo/generalmaps>.
/// - World Health Organization: the last sentence is that of its service
///   <https://services.arcgis.com/5T5nSi527N4F7luB/ArcGIS/rest/services/DISPUTED_AREAS_AND_BOUNDARIES/FeatureServer>.
///   Not verified at the source: the first. Code of others quotes it to the word for maps, there followed by "Dotted
///   lines" without "and dashed"; publications have another, which begins "The designations employed and the
///   presentation of the material in this publication". That both sentences stand together so is not verified.
///
/// Both in English only: no official wording in Arabic was found.
pub const DISCLAIMERS: &[Disclaimer] = &[
    Disclaimer { name: "none", text: "" },
    Disclaimer {
        name: "un",
        text: "The boundaries and names shown and the designations used on this map do not imply official endorsement \
               or acceptance by the United Nations.",
    },
    Disclaimer {
        name: "who",
        text: "The boundaries and names shown and the designations used on this map do not imply the expression of any \
               opinion whatsoever on the part of the World Health Organization concerning the legal status of any \
               country, territory, city or area or of its authorities, or concerning the delimitation of its frontiers \
               or boundaries. Dotted and dashed lines on maps represent approximate border lines for which there may \
               not yet be full agreement.",
    },
];

/// The text for an option: that of a name, else the option itself.
pub fn disclaimer(option: &str) -> &str {
    DISCLAIMERS.iter().find(|d| d.name == option).map_or(option, |d| d.text)
}

#[cfg(test)]
mod tests {
    use super::{DISCLAIMERS, disclaimer};

    #[test]
    fn a_name_gives_its_text_and_a_text_itself() {
        assert_eq!(disclaimer("none"), "");
        assert!(disclaimer("un").ends_with("acceptance by the United Nations."));
        assert_eq!(disclaimer("Our own words."), "Our own words.");
        assert!(DISCLAIMERS.iter().all(|d| !d.text.contains("  ")));
    }
}
