//! PDF: takes scenes, gives a document of one page each.
//!
//! It is PDF/A-3a and PDF/UA-1: fonts subset and inside, every text with its letters, the drawing tagged as
//! a figure with its description, the facts of its making attached as `receipt.json`. A page has 96 pixels
//! to the inch. There is no clock: both dates are the first second of 1970.

mod fill;
pub mod film;
mod line;
mod node;
mod text;

use crate::error::{Error, Result};
use crate::scene::{Direction, Scene};
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::error::KrillaError;
use krilla::geom::{Point, Transform};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};

/// Points to a pixel of the page.
const POINTS: f32 = 0.75;

/// The name of the attached receipt.
pub(super) const RECEIPT: &str = "receipt.json";

/// Writes scenes, a page each.
///
/// # Errors
/// When there is none, or a page has no size.
pub fn write(scenes: &[&Scene]) -> Result<Vec<u8>> {
    let Some(first) = scenes.first() else { return Err(Error::new("cannot write a PDF without a page")) };
    pages(first, &|draw| scenes.iter().try_for_each(|scene| draw(scene)))
}

/// Shows the pages in their order, one after another; asked again it shows the same.
type Pages<'a> = &'a dyn Fn(&mut dyn FnMut(&Scene) -> Result<()>) -> Result<()>;

/// Writes pages; the document is called what `head` is called.
fn pages(head: &Scene, all: Pages) -> Result<Vec<u8>> {
    let strict = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .expect("both are versions of PDF 1.7");
    let failed = |e: KrillaError| Error::new(e.to_string()).context("cannot write the PDF");
    match document(head, all, strict)?.finish() {
        // the standards forbid the box of a letter that no font has; a plain PDF shows it
        Err(KrillaError::Validation(_)) => document(head, all, Configuration::default())?.finish().map_err(failed),
        done => done.map_err(failed),
    }
}

fn document(head: &Scene, all: Pages, configuration: Configuration) -> Result<Document> {
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut fonts = text::Letters::new();
    let mut tags = TagTree::new().with_lang(Some(language(head)));
    let mut outline = Outline::new();
    let mut index = 0;
    all(&mut |scene| {
        let (width, height) = (scene.width as f32 * POINTS, scene.height as f32 * POINTS);
        let settings = PageSettings::from_wh(width, height).filter(|_| width.is_finite() && height.is_finite());
        let wrong = || Error::new(format!("a page of {} x {} pixels is no page", scene.width, scene.height));
        let mut page = document.start_page_with(settings.ok_or_else(wrong)?);
        let mut surface = page.surface();
        surface.push_transform(&Transform::from_scale(POINTS, POINTS));
        let content = node::draw(&mut surface, scene, &mut fonts);
        surface.pop();
        surface.finish();
        page.finish();
        let alt = [&scene.title, &scene.description].into_iter().filter(|text| !text.is_empty());
        let alt = alt.map(String::as_str).collect::<Vec<_>>().join("\n");
        let alt = if alt.is_empty() { "figure".to_owned() } else { alt };
        tags.push(TagGroup::with_children(Tag::Figure(Some(alt)), content.drawing));
        for line in content.texts {
            tags.push(TagGroup::with_children(Tag::P, vec![line]));
        }
        let name = if scene.title.is_empty() { format!("{}", index + 1) } else { scene.title.clone() };
        outline.push_child(OutlineNode::new(name, XyzDestination::new(index, Point::from_xy(0.0, 0.0))));
        index += 1;
        Ok(())
    })?;
    document.set_tag_tree(tags);
    document.set_outline(outline);
    document.set_metadata(metadata(head));
    if !head.metadata.is_empty() {
        document.embed_file(receipt(&head.metadata));
    }
    Ok(document)
}

fn language(scene: &Scene) -> String {
    if scene.lang.is_empty() { "und".to_owned() } else { scene.lang.clone() }
}

fn epoch() -> DateTime {
    DateTime::new(1970).month(1).day(1).hour(0).minute(0).second(0).utc_offset_hour(0).utc_offset_minute(0)
}

fn metadata(scene: &Scene) -> Metadata {
    let generator = scene.metadata.iter().find(|(key, _)| key == "generator").map(|(_, value)| value.clone());
    let title = if scene.title.is_empty() { "Figure".to_owned() } else { scene.title.clone() };
    Metadata::new()
        .title(title)
        .description(scene.description.clone())
        .language(language(scene))
        .creator(generator.unwrap_or_default())
        .creation_date(epoch())
        .document_id(format!("{} {}", scene.title, scene.description))
        .text_direction(match scene.direction {
            Direction::Ltr => TextDirection::LeftToRight,
            Direction::Rtl => TextDirection::RightToLeft,
        })
}

/// The facts of the making as a file beside the pages, not compressed, so that it is found without a reader
/// of PDF.
fn receipt(facts: &[(String, String)]) -> EmbeddedFile {
    EmbeddedFile {
        path: RECEIPT.to_owned(),
        mime_type: MimeType::new("application/json"),
        description: Some("what the figure was made from".to_owned()),
        association_kind: AssociationKind::Supplement,
        data: super::receipt::json(facts).into_bytes().into(),
        modification_date: Some(epoch()),
        compress: Some(false),
        location: None,
    }
}

#[cfg(test)]
mod tests;
