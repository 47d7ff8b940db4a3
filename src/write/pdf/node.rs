//! The tree of a scene on a page: takes nodes, draws them in order, and tells what was drawing and what text.

use super::fill;
use super::line::{Builder, Outline, outline, stroke};
use super::text::Letters;
use crate::scene::{Group, Node, Partition, Path, Scene};
use crate::write::svg::{collect, dissolved, thin};
use krilla::geom::{PathBuilder, Rect, Transform};
use krilla::paint::FillRule;
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, Node as TagNode};

/// What is on a page, as leaves of its tree of tags.
#[derive(Default)]
pub struct Content {
    /// What is drawn.
    pub drawing: Vec<TagNode>,
    /// Its lines of text, in the order drawn.
    pub texts: Vec<TagNode>,
}

/// A page while it is drawn.
pub(super) struct Sheet<'a, 's, 'l> {
    /// What is drawn on.
    pub surface: &'a mut Surface<'s>,
    /// What is there so far.
    pub content: Content,
    /// The fonts of the document.
    pub letters: &'l mut Letters,
    /// The language of the page.
    pub lang: &'l str,
    /// Drawing is being tagged.
    drawing: bool,
    /// Groups that stand earlier in the tree.
    groups: Vec<&'l Group>,
}

/// Draws a scene.
pub fn draw<'l>(surface: &mut Surface<'_>, scene: &'l Scene, letters: &'l mut Letters) -> Content {
    let (content, lang) = (Content::default(), scene.lang.as_str());
    let mut sheet = Sheet { surface, content, letters, lang, drawing: false, groups: Vec::new() };
    if let Some(paper) = outline(&Path::rect(0.0, 0.0, scene.width, scene.height)) {
        sheet.fill(&paper, &scene.background.layers, false);
    }
    sheet.nodes(&scene.nodes);
    sheet.rest();
    // a figure that draws nothing is one still, for those who are told of it
    if sheet.content.drawing.is_empty() {
        sheet.draw();
        sheet.rest();
    }
    sheet.content
}

impl<'l> Sheet<'_, '_, 'l> {
    /// What follows is drawing.
    fn draw(&mut self) {
        if !self.drawing {
            let id = self.surface.start_tagged(ContentTag::Other);
            self.content.drawing.push(id.into());
            self.drawing = true;
        }
    }

    /// What follows is no drawing, or another part of it.
    pub fn rest(&mut self) {
        if self.drawing {
            self.surface.end_tagged();
            self.drawing = false;
        }
    }

    fn nodes(&mut self, nodes: &'l [Node]) {
        for node in nodes {
            match node {
                Node::Group(group) => {
                    self.group(group);
                    self.groups.push(group);
                }
                Node::Partition(partition) => self.partition(partition),
                Node::Path(path) => self.path(path),
                Node::Text(text) => self.text(text),
                Node::Use(again) => {
                    // a group that does not stand earlier shows nothing
                    let found = self.groups.iter().rev().find(|group| group.id == again.group && !group.id.is_empty());
                    if let (Some(group), true) = (found.copied(), again.by.iter().all(|v| v.is_finite())) {
                        let [x, y] = again.by.map(|v| v as f32);
                        self.inside(|s| s.push_transform(&Transform::from_translate(x, y)), |sheet| sheet.group(group));
                    }
                }
            }
        }
    }

    /// Draws within something that is pushed and popped; what is tagged lies on one side of either.
    pub(super) fn inside(&mut self, push: impl FnOnce(&mut Surface<'_>), draw: impl FnOnce(&mut Self)) {
        self.rest();
        push(self.surface);
        draw(self);
        self.rest();
        self.surface.pop();
    }

    fn group(&mut self, group: &'l Group) {
        let Some([x, y, width, height]) = group.clip else { return self.nodes(&group.nodes) };
        let Some(rect) = Rect::from_xywh(x as f32, y as f32, width as f32, height as f32) else { return };
        let mut clip = PathBuilder::new();
        clip.push_rect(rect);
        let Some(clip) = clip.finish() else { return };
        self.inside(|s| s.push_clip_path(&clip, &FillRule::NonZero), |sheet| sheet.nodes(&group.nodes));
    }

    fn fill(&mut self, outline: &Outline, layers: &[crate::scene::Layer], swollen: bool) {
        if !layers.is_empty() {
            self.draw();
            fill::layers(self.surface, outline, layers, swollen);
        }
    }

    fn path(&mut self, path: &Path) {
        let Some(outline) = outline(path) else { return };
        if let Some(paint) = &path.fill {
            self.fill(&outline, &paint.layers, false);
        }
        if let Some(line) = &path.stroke {
            self.draw();
            fill::stroke(self.surface, &outline.path, stroke(line));
        }
    }

    /// Faces with a rim of their own paint beneath, then the borders, as in SVG.
    fn partition(&mut self, partition: &Partition) {
        let arcs: Vec<_> = partition.arcs.iter().map(|arc| thin(&arc.points)).collect();
        let group = dissolved(&partition.faces);
        let mut ring = Vec::new();
        for (face, rings) in partition.dissolve(|face| group.get(face as usize).copied().flatten()) {
            let mut builder = Builder::default();
            for parts in rings {
                collect(&parts, &arcs, &mut ring);
                builder.ring(&ring);
            }
            if let Some(outline) = builder.finish() {
                self.fill(&outline, &partition.faces[face as usize].paint.layers, true);
            }
        }
        for line in &partition.strokes {
            let mut builder = Builder::default();
            for arc in line.arcs.iter().filter_map(|i| arcs.get(*i as usize)) {
                if let [first, rest @ .., last] = arc.as_slice() {
                    builder.start(*first);
                    rest.iter().for_each(|p| builder.line(*p));
                    if first == last { builder.close() } else { builder.line(*last) }
                }
            }
            if let Some(outline) = builder.finish() {
                self.draw();
                fill::stroke(self.surface, &outline.path, stroke(&line.stroke));
            }
        }
    }
}
