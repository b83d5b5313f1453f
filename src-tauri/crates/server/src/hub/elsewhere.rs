//! Whom the other nodes serve, as they have said last.

use std::collections::{HashMap, HashSet};

use domain::{IdPengguna, Role};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::desks::Desk;

/// Whom a node serves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Serving {
    /// Its users, and the role of their connections.
    pub(crate) pengguna: HashMap<IdPengguna, Role>,
    /// Its desks.
    pub(crate) meja: Vec<Desk>,
}

/// The other nodes by their names.
#[derive(Default)]
pub(super) struct Elsewhere(HashMap<String, (Serving, Instant)>);

impl Elsewhere {
    /// Keeps what a node says, or that it has left.
    pub(super) fn hear(&mut self, node: String, serving: Option<Serving>) {
        match serving {
            Some(serving) => drop(self.0.insert(node, (serving, Instant::now()))),
            None => drop(self.0.remove(&node)),
        }
    }

    /// Keeps that a node is there, if it serves whom it served before. Whether it does.
    pub(super) fn hear_again(&mut self, node: &str, serving: &Serving) -> bool {
        let same = self.0.get_mut(node).filter(|(known, _)| known == serving);
        same.map(|(_, heard)| *heard = Instant::now()).is_some()
    }

    /// Whether a node has been silent since then.
    pub(super) fn is_any_silent_since(&self, since: Instant) -> bool {
        self.0.values().any(|(_, heard)| *heard < since)
    }

    /// Forgets nodes that have been silent since then.
    pub(super) fn forget_before(&mut self, since: Instant) {
        self.0.retain(|_, (_, heard)| *heard >= since);
    }

    pub(super) fn serves(&self, id: IdPengguna) -> bool {
        self.0.values().any(|(serving, _)| serving.pengguna.contains_key(&id))
    }

    pub(super) fn users(&self) -> HashSet<IdPengguna> {
        self.0.values().flat_map(|(serving, _)| serving.pengguna.keys().copied()).collect()
    }

    pub(super) fn users_of(&self, role: Role) -> impl Iterator<Item = IdPengguna> {
        let of_role = move |(id, of): (&IdPengguna, &Role)| (*of == role).then_some(*id);
        self.0.values().flat_map(move |(serving, _)| serving.pengguna.iter().filter_map(of_role))
    }

    pub(super) fn desks(&self) -> impl Iterator<Item = &Desk> {
        self.0.values().flat_map(|(serving, _)| &serving.meja)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}
