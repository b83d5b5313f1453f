//! What a desk's program is told of the school.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The PIN that leaves the desks' full screen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PinKiosk {
    /// Its bcrypt hash; null if each PC's own PIN counts.
    pub hash: Option<String>,
}

/// Without the hash, which few digits stand behind.
impl fmt::Debug for PinKiosk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PinKiosk").field("has_hash", &self.hash.is_some()).finish()
    }
}
