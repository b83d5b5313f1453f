//! Which page of a list.

use crate::http::Call;

/// A page; what is `None` is the server's to choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Halaman {
    /// From 1 on.
    pub halaman: Option<u32>,
    /// Items on a page, 1 to 200.
    pub ukuran: Option<u32>,
}

impl Halaman {
    pub(crate) fn ask(self, call: Call) -> Call {
        call.query_some("halaman", self.halaman).query_some("ukuran", self.ukuran)
    }
}
