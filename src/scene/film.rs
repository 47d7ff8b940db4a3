//! A page of which some groups change from frame to frame.

use super::{Group, Node, Scene};

/// What the frames of a film share.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Film {
    /// The page; what stands in the groups that change is of no matter.
    pub page: Scene,
    /// Ids of the groups that change; none stands within another.
    pub changing: Vec<String>,
}

/// One picture of a film.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    /// What it is, at most 250 characters.
    pub title: String,
    /// What it shows, in full sentences.
    pub description: String,
    /// Facts about its making, in place of the page's.
    pub metadata: Vec<(String, String)>,
    /// The groups that change, in the film's order.
    pub groups: Vec<Group>,
}

impl Film {
    /// A frame's words on a page without a drawing.
    pub fn words(&self, frame: &Frame) -> Scene {
        let page = &self.page;
        Scene {
            width: page.width,
            height: page.height,
            scale: page.scale,
            title: frame.title.clone(),
            description: frame.description.clone(),
            lang: page.lang.clone(),
            direction: page.direction,
            background: page.background.clone(),
            metadata: frame.metadata.clone(),
            nodes: Vec::new(),
        }
    }

    /// A frame as a page of its own.
    pub fn scene(&self, frame: &Frame) -> Scene {
        Scene { nodes: self.filled(&self.page.nodes, frame), ..self.words(frame) }
    }

    fn filled(&self, nodes: &[Node], frame: &Frame) -> Vec<Node> {
        let fill = |node: &Node| match node {
            Node::Group(group) => Node::Group(match self.slot(&group.id).and_then(|slot| frame.groups.get(slot)) {
                Some(changed) => changed.clone(),
                None => Group {
                    id: group.id.clone(),
                    title: group.title.clone(),
                    clip: group.clip,
                    nodes: self.filled(&group.nodes, frame),
                },
            }),
            other => other.clone(),
        };
        nodes.iter().map(fill).collect()
    }

    /// Which of the groups that change has an id.
    pub fn slot(&self, id: &str) -> Option<usize> {
        self.changing.iter().position(|changing| changing == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Path;

    fn group(id: &str, nodes: Vec<Node>) -> Group {
        Group { id: id.into(), nodes, ..Group::default() }
    }

    #[test]
    fn a_frame_takes_the_place_of_what_changes_and_leaves_the_rest() {
        let dot = |x: f64| Node::Path(Path::circle(x, 0.0, 1.0));
        let page = Scene {
            nodes: vec![Node::Group(group("map", vec![dot(1.0), Node::Group(group("a", vec![]))]))],
            ..Scene::default()
        };
        let film = Film { page, changing: vec!["a".into()] };
        let frame = Frame { title: "t".into(), groups: vec![group("a", vec![dot(2.0)])], ..Frame::default() };
        let scene = film.scene(&frame);
        assert_eq!(scene.title, "t");
        let inner = Node::Group(group("a", vec![dot(2.0)]));
        assert_eq!(scene.nodes, [Node::Group(group("map", vec![dot(1.0), inner]))]);
    }
}
