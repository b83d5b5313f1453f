//! Whether the chain is whole: all of it at once, or piece by piece beside other work.

use domain::audit::chain::{Broken, End, Link, Walk};

use super::{AuditChain, Ends};
use crate::Result;

/// Entries that are read at once.
const PAGE: u32 = 1000;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Entries that were looked at.
    pub entries: u64,
    /// Entries that are not sealed yet.
    pub unsealed: u64,
    /// What is wrong first.
    pub broken: Option<Broken>,
}

/// Looks at every entry.
///
/// # Errors
/// The store's.
pub async fn verify(store: &dyn AuditChain, key: &[u8; 32]) -> Result<Verdict> {
    let mut patrol = Patrol::default();
    loop {
        if let Some(verdict) = patrol.go(store, key, u64::MAX).await? {
            return Ok(verdict);
        }
    }
}

/// Goes round along the chain, some entries at a time.
#[derive(Debug, Default)]
pub struct Patrol {
    walk: Option<Walk>,
    entries: u64,
}

impl Patrol {
    /// Looks at the next entries, about `limit`. Answers at the end of a round, and at once where something is wrong.
    ///
    /// # Errors
    /// The store's.
    pub async fn go(
        &mut self,
        store: &dyn AuditChain,
        key: &[u8; 32],
        limit: u64,
    ) -> Result<Option<Verdict>> {
        let ends = store.find_ends().await?;
        let newest = match known_ends(&ends, key) {
            Ok((newest, removed)) => {
                let removed_at = removed.unwrap_or(Link::START);
                let has_lost_place = self.walk.as_ref().is_none_or(|walk| walk.at().nomor < removed_at.nomor);
                if has_lost_place {
                    (self.walk, self.entries) = (Some(Walk::new(removed)), 0);
                }
                newest
            }
            Err(broken) => return Ok(Some(self.end(&ends, Some(broken)))),
        };
        let Some(walk) = &mut self.walk else { return Ok(None) };
        let mut seen = 0;
        while seen < limit {
            let rows = store.list_sealed(walk.at().nomor, PAGE).await?;
            for row in &rows {
                // What was sealed after the ends were read is for the next round.
                if newest.is_some_and(|newest| walk.at() == newest) {
                    break;
                }
                if let Err(broken) = walk.step(key, row) {
                    // Entries may have been removed since the ends were read.
                    if store.find_ends().await?.removed != ends.removed {
                        self.walk = None;
                        return Ok(None);
                    }
                    return Ok(Some(self.end(&ends, Some(broken))));
                }
                self.entries += 1;
                seen += 1;
            }
            if rows.len() < PAGE as usize || newest.is_some_and(|newest| walk.at().nomor >= newest.nomor) {
                let broken = walk.finish(newest).err();
                return Ok(Some(self.end(&ends, broken)));
            }
        }
        Ok(None)
    }

    fn end(&mut self, ends: &Ends, broken: Option<Broken>) -> Verdict {
        self.walk = None;
        Verdict { entries: std::mem::take(&mut self.entries), unsealed: ends.unsealed, broken }
    }
}

/// The ends, if they are those that were sealed.
fn known_ends(ends: &Ends, key: &[u8; 32]) -> Result<(Option<Link>, Option<Link>), Broken> {
    let known = |end: End, kept: Option<(Link, [u8; 32])>| match kept {
        Some((link, proof)) if end.proof(key, link) != proof => Err(Broken::End(end)),
        kept => Ok(kept.map(|(link, _)| link)),
    };
    Ok((known(End::Newest, ends.newest)?, known(End::Removed, ends.removed)?))
}
