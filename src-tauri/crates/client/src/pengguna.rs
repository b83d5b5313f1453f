//! Users, as far as the desk needs to know them: whom a guest can visit.

use domain::{IdPengguna, Pengguna, Role, json::Daftar};
use serde::Deserialize;

use crate::{Client, Halaman, Result, http::Call};

/// A guru who can be visited.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Guru {
    /// Identity.
    pub id: IdPengguna,
    /// Full name.
    pub nama: String,
    /// What the guru teaches.
    pub jabatan: Option<String>,
    /// Can be alerted now.
    pub online: bool,
}

impl Client {
    /// A page of the gurus who can be visited, by name, for every user.
    ///
    /// # Errors
    /// As any request.
    pub async fn list_guru(&self, q: Option<&str>, halaman: Halaman) -> Result<Daftar<Guru>> {
        self.json(halaman.ask(Call::get("/api/guru").query_some("q", q))).await
    }

    /// A page of users, by name, for an admin.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 403 for others.
    pub async fn list_pengguna(
        &self,
        q: Option<&str>,
        role: Option<Role>,
        halaman: Halaman,
    ) -> Result<Daftar<Pengguna>> {
        let call = Call::get("/api/users").query_some("q", q).query_some("role", role.map(Role::as_str));
        self.json(halaman.ask(call)).await
    }
}
