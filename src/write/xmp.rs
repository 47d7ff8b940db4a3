//! A page's words as XMP, for formats that have no texts of their own.

use super::receipt::json;
use crate::scene::Scene;

/// Title, description and facts as an XMP packet.
///
/// # Source
/// ISO 16684-1, and Dublin Core.
pub(super) fn xmp(page: &Scene) -> String {
    let lang = |text: &str| format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt>", escaped(text));
    format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\" rdf:about=\"\">\
         <dc:title>{}</dc:title><dc:description>{}</dc:description><dc:source>{}</dc:source>\
         </rdf:Description></rdf:RDF></x:xmpmeta>",
        lang(&page.title),
        lang(&page.description),
        plain(&json(&page.metadata))
    )
}

/// JSON without what XML wants escaped.
fn plain(json: &str) -> String {
    json.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

fn escaped(text: &str) -> String {
    let legal = |c: &char| *c >= ' ' || matches!(c, '\t' | '\n');
    text.chars().filter(legal).collect::<String>().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::xmp;
    use crate::scene::Scene;

    #[test]
    fn words_stand_escaped() {
        let page = Scene { title: "A & B <c>\u{1}".into(), ..Scene::default() };
        let packet = xmp(&page);
        assert!(packet.contains("A &amp; B &lt;c&gt;<"), "{packet}");
        assert!(roxmltree::Document::parse(&packet).is_ok());
    }
}
