//! Two entries of one guest made one: for how long it can be undone, and who else went the same way.

use chrono::{DateTime, Duration, Utc};

use crate::IdTamu;

/// How long a merge can be undone.
pub const BATAS_PISAH: Duration = Duration::hours(24);

/// The name of a merged guest once the merge cannot be undone any more.
pub const TERGABUNG: &str = "Tamu (sudah digabung)";

/// A merge: who went into whom at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Who was merged.
    pub id: IdTamu,
    /// Into whom. That one may have been merged since.
    pub ke: IdTamu,
}

/// A merge as the kept guest's card tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gabungan {
    /// Who was merged.
    pub id: IdTamu,
    /// The name then.
    pub nama: String,
    /// When.
    pub pada: DateTime<Utc>,
}

/// Until when a merge of `pada` can be undone.
pub fn bisa_dipisah_sampai(pada: DateTime<Utc>) -> DateTime<Utc> {
    pada + BATAS_PISAH
}

/// Whoever was merged before this instant stays merged.
pub fn batas(now: DateTime<Utc>) -> DateTime<Utc> {
    now - BATAS_PISAH
}

/// The guest and everybody who was merged into that one, at once or through others: who comes along if the merge is
/// undone.
pub fn branch(links: &[Link], of: IdTamu) -> Vec<IdTamu> {
    let mut branch = vec![of];
    let mut at = 0;
    while let Some(ke) = branch.get(at).copied() {
        let into = links.iter().filter(|link| link.ke == ke && !branch.contains(&link.id));
        let into: Vec<_> = into.map(|link| link.id).collect();
        branch.extend(into);
        at += 1;
    }
    branch
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(id: i64, ke: i64) -> Link {
        Link { id: IdTamu(id), ke: IdTamu(ke) }
    }

    #[test]
    fn who_went_the_same_way_comes_along() {
        let links = [link(1, 2), link(2, 3), link(4, 3), link(5, 2), link(6, 1)];
        let branch = |of| branch(&links, IdTamu(of)).into_iter().map(|id| id.0).collect::<Vec<_>>();
        assert_eq!(branch(2), [2, 1, 5, 6]);
        assert_eq!(branch(4), [4]);
        assert_eq!(branch(3), [3, 2, 4, 1, 5, 6]);
    }

    #[test]
    fn a_circle_ends() {
        assert_eq!(branch(&[link(1, 2), link(2, 1)], IdTamu(1)), [IdTamu(1), IdTamu(2)]);
    }
}
