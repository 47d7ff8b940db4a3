//! A project drawn in-process, from its files to a scene, as the program does it.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use controlmap::diag::{Diagnostic, Severity};
use controlmap::map::{self, Request};
use controlmap::model::Dataset;
use controlmap::project::{MapOptions, PolicyOptions, Project, When};
use controlmap::read::{self, Folder, world};
use controlmap::scene::{Group, Node, Partition, Scene, Text};
use controlmap::timeline::{self, Snapshot};
use std::path::Path;

/// A project, read and joined.
pub struct Joined {
    /// What its file says.
    pub project: Project,
    /// Its data.
    pub dataset: Dataset,
    /// What was found on the way.
    pub found: Vec<Diagnostic>,
}

/// Reads and joins a project of a folder; nothing in it may be an error.
pub fn joined(folder: &Path, file: &str) -> Joined {
    let folder = Folder::disk(folder);
    let mut found = Vec::new();
    let project = read::project_in(&folder, file, file).expect("the project file is there").take(&mut found);
    let offset = project.period.timezone;
    let tables = read::tables(&project.inputs, &folder, offset).take(&mut found);
    let (dataset, _) = controlmap::join::join(tables, offset).take(&mut found);
    let errors: Vec<_> = found.iter().filter(|d| d.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    Joined { project, dataset, found }
}

impl Joined {
    /// Who held what at the end of a day.
    pub fn snapshot(&mut self, date: &str, policy: &PolicyOptions) -> Snapshot {
        let moment = date.parse::<When>().unwrap().moment(self.project.period.timezone);
        timeline::resolve(&self.dataset, policy, None).take(&mut self.found).snapshot(&self.dataset, moment)
    }

    /// The map of a day; options count before the project's.
    pub fn scene(&mut self, date: &str, options: MapOptions, policy: PolicyOptions) -> Scene {
        let policy = policy.or(&self.project.policy);
        let snapshot = self.snapshot(date, &policy);
        let drawn = map::draw(&Request {
            dataset: &self.dataset,
            snapshot: &snapshot,
            options: &options.or(&self.project.map),
            policy: &policy,
            title: self.project.title.get(None),
            neighbours: Some(world::around),
        });
        drawn.take(&mut self.found).unwrap_or_else(|| panic!("{date} was not drawn: {:#?}", self.found)).scene
    }
}

/// Calls back for every node of a tree, parents first.
pub fn each_node<'a>(nodes: &'a [Node], found: &mut impl FnMut(&'a Node)) {
    for node in nodes {
        found(node);
        if let Node::Group(group) = node {
            each_node(&group.nodes, found);
        }
    }
}

/// The group of an id.
pub fn group<'a>(scene: &'a Scene, id: &str) -> &'a Group {
    let mut all = Vec::new();
    each_node(&scene.nodes, &mut |node| {
        if let Node::Group(group) = node {
            all.extend((group.id == id).then_some(group));
        }
    });
    assert_eq!(all.len(), 1, "groups with the id {id}");
    all[0]
}

/// Every text of a tree.
pub fn texts(nodes: &[Node]) -> Vec<&Text> {
    let mut all = Vec::new();
    each_node(nodes, &mut |node| {
        if let Node::Text(text) = node {
            all.push(text);
        }
    });
    all
}

/// The regions of a scene, apart from what lies beneath them.
pub fn partition(scene: &Scene) -> &Partition {
    let mut all = Vec::new();
    each_node(&group(scene, "regions").nodes, &mut |node| {
        if let Node::Partition(partition) = node {
            all.push(partition);
        }
    });
    assert_eq!(all.len(), 1, "a map has one partition of its regions");
    all[0]
}
