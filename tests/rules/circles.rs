//! No circle of files crosses a folder's border: whoever reads a folder can do so without reading what stands above it.
//!
//! A file imports another if it names something of it, in a `use` or in a path. What a module hands on by `pub use`
//! belongs to the file that defines it. Files of one folder may know each other; a module's own file (`x.rs` beside
//! `x/`) lives in its folder.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::{algo::tarjan_scc, graphmap::DiGraphMap};
use syn::{
    Attribute, Item, ItemUse, UseTree, Visibility,
    visit::{self, Visit},
};

use crate::assert_none;
use crate::repository::files;

/// What is cut so that state stands below and assembly above.
const CUT: [&str; 6] = [
    "src-tauri/crates/client/src/",
    "src-tauri/crates/decoder/src/",
    "src-tauri/crates/scan/src/",
    "src-tauri/crates/server/src/",
    "src-tauri/crates/xtask/src/",
    "src-tauri/src/",
];

#[test]
fn no_circle_of_files_crosses_a_folder() {
    let offenders = CUT.iter().flat_map(|folder| House::read(folder).circles()).collect();
    assert_none(offenders, "Files that import each other in a circle across folders; let one stand below:");
}

/// A module's path, from the crate's root: `["routes", "tamu"]`. The root itself is empty.
type Path = Vec<String>;

/// The modules of one crate.
#[derive(Default)]
struct House {
    rooms: BTreeMap<Path, Room>,
}

/// One module: its file, what it hands on, what it names.
#[derive(Default)]
struct Room {
    file: String,
    /// The names that it makes known, with what they stand for.
    handed_on: BTreeMap<String, Path>,
    named: BTreeSet<Path>,
}

impl House {
    fn read(folder: &str) -> Self {
        let mut house = Self::default();
        let has_library = files().iter().any(|file| file.path.strip_prefix(folder) == Some("lib.rs"));
        for file in files().iter().filter(|file| file.extension() == "rs") {
            let Some(place) = file.path.strip_prefix(folder) else { continue };
            // Beside a library a program is a crate of its own, which nobody imports.
            if has_library && place == "main.rs" {
                continue;
            }
            let module = module_of(place);
            let source = syn::parse_file(file.text().unwrap_or_default());
            let source = source.unwrap_or_else(|error| panic!("{}: {error}", file.path));
            let mut reader = Reader { module: module.clone(), room: Room::default() };
            reader.visit_file(&source);
            let room = house.rooms.entry(module).or_default();
            *room = Room { file: file.path.clone(), ..reader.room };
        }
        assert!(!house.rooms.is_empty(), "{folder} has no module");
        house
    }

    /// The module in which something is defined, whichever modules hand it on.
    fn home(&self, path: &[String], steps_left: u8) -> Option<&Path> {
        let depth = (0..=path.len()).rev().find(|&depth| self.rooms.contains_key(&path[..depth]))?;
        let (module, room) = self.rooms.get_key_value(&path[..depth])?;
        match path.get(depth).and_then(|name| room.handed_on.get(name)) {
            Some(origin) if steps_left > 0 => {
                let whole: Path = origin.iter().chain(&path[depth + 1..]).cloned().collect();
                self.home(&whole, steps_left - 1)
            }
            _ => Some(module),
        }
    }

    fn circles(&self) -> Vec<String> {
        let mut imports = DiGraphMap::<&Path, ()>::new();
        for (module, room) in &self.rooms {
            for path in &room.named {
                if let Some(other) = self.home(path, 8).filter(|other| *other != module) {
                    imports.add_edge(module, other, ());
                }
            }
        }
        let crossing = tarjan_scc(&imports).into_iter().filter(|circle| {
            circle.iter().map(|module| self.folder(module)).collect::<BTreeSet<_>>().len() > 1
        });
        let told = crossing.map(|circle| {
            let mut names: Vec<_> = circle.iter().map(|module| self.rooms[*module].file.as_str()).collect();
            names.sort_unstable();
            names.join(", ")
        });
        told.collect()
    }

    /// The folder in which a module's file lives.
    fn folder<'a>(&self, module: &'a [String]) -> &'a [String] {
        let has_inside =
            self.rooms.keys().any(|other| other.len() > module.len() && other.starts_with(module));
        if has_inside { module } else { &module[..module.len().saturating_sub(1)] }
    }
}

/// `routes/tamu.rs` is `routes::tamu`.
fn module_of(place: &str) -> Path {
    let place = place.trim_end_matches(".rs");
    let parts = place.split('/').filter(|part| !matches!(*part, "lib" | "main" | "mod" | "bin"));
    parts.map(str::to_owned).collect()
}

/// Reads one file, without its tests.
struct Reader {
    module: Path,
    room: Room,
}

impl Reader {
    /// A path of this crate, from its root; others are nobody's here.
    fn absolute(&self, path: &[String]) -> Option<Path> {
        let mut base = match path.first()?.as_str() {
            "crate" => Path::new(),
            "self" => self.module.clone(),
            "super" => self.module[..self.module.len().checked_sub(1)?].to_vec(),
            _ => return None,
        };
        let mut rest = path[1..].iter().peekable();
        while rest.next_if(|segment| *segment == "super").is_some() {
            base.pop()?;
        }
        base.extend(rest.cloned());
        Some(base)
    }

    fn tree(&mut self, tree: &UseTree, before: &mut Vec<String>, is_public: bool) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.tree(&path.tree, before, is_public);
                before.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(tree, before, is_public);
                }
            }
            UseTree::Name(name) => {
                self.leaf(before, &name.ident.to_string(), &name.ident.to_string(), is_public)
            }
            UseTree::Rename(name) => {
                self.leaf(before, &name.ident.to_string(), &name.rename.to_string(), is_public);
            }
            UseTree::Glob(_) => {
                let path = self.rooted_here(before);
                self.room.named.extend(self.absolute(&path));
            }
        }
    }

    fn leaf(&mut self, before: &[String], name: &str, known_as: &str, is_public: bool) {
        let mut path = before.to_vec();
        if name != "self" {
            path.push(name.to_owned());
        }
        let path = self.rooted_here(&path);
        let Some(path) = self.absolute(&path) else { return };
        if is_public {
            let known_as = if known_as == "self" {
                path.last().cloned().unwrap_or_default()
            } else {
                known_as.to_owned()
            };
            self.room.handed_on.insert(known_as, path);
        } else {
            self.room.named.insert(path);
        }
    }

    /// `use tamu::Tamu` is `self::tamu::Tamu` where it is no crate: there is no module of that name otherwise.
    fn rooted_here(&self, path: &[String]) -> Path {
        match path.first().map(String::as_str) {
            Some("crate" | "self" | "super") | None => path.to_vec(),
            Some(_) => std::iter::once("self".to_owned()).chain(path.iter().cloned()).collect(),
        }
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
    })
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => &Vec::new(),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let is_public = !matches!(item.vis, Visibility::Inherited);
        self.tree(&item.tree, &mut Vec::new(), is_public);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            let segments = self.rooted_here(&segments);
            self.room.named.extend(self.absolute(&segments));
        }
        visit::visit_path(self, path);
    }
}
