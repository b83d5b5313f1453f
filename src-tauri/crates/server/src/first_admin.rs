//! The first admin of a school: made on the server's own computer, by `init` or the desktop's wizard, and never over the
//! network.

use domain::{
    IdPengguna, Role,
    isian::{self, FieldErrors},
    password::{self, Known},
};
use store::{Store, StoreError, pengguna::PenggunaBaru};
use zeroize::Zeroizing;

use crate::{
    Clock,
    auth::password::{COST, Passwords},
};

/// Who is to be the first admin, as typed.
pub struct FirstAdmin {
    /// For people to read.
    pub nama: String,
    /// To sign in with.
    pub email: String,
    /// To sign in with.
    pub password: Zeroizing<String>,
}

/// Why there is no first admin.
#[derive(Debug, thiserror::Error)]
pub enum FirstAdminError {
    /// What was typed cannot be used, by field.
    #[error("{}", words(.0))]
    Isian(FieldErrors),
    /// There is one.
    #[error("there is an admin already; new users are added in the admin window")]
    Exists,
    /// The computer has no random numbers.
    #[error("the password cannot be hashed")]
    Hash,
    /// The database.
    #[error("the admin cannot be added")]
    Store(#[from] StoreError),
}

/// Makes the first admin.
///
/// # Errors
/// [`FirstAdminError`]; nothing was changed then.
pub async fn create(
    store: &dyn Store,
    clock: &Clock,
    admin: FirstAdmin,
) -> Result<IdPengguna, FirstAdminError> {
    let mut errors = FieldErrors::new();
    let nama = isian::collect(&mut errors, "nama", isian::nama(&admin.nama));
    let email = isian::collect(&mut errors, "email", isian::email(&admin.email));
    let known = Known {
        nama: admin.nama.clone(),
        email: admin.email.clone(),
        telp: String::new(),
        nama_sekolah: store.setelan().get().await?.nama_sekolah,
    };
    let checked = isian::collect(&mut errors, "password", password::check_new(&admin.password, &known));
    let (Some(nama), Some(email), Some(())) = (nama, email, checked) else {
        return Err(FirstAdminError::Isian(errors));
    };
    if store.pengguna().exists(Role::Admin).await? {
        return Err(FirstAdminError::Exists);
    }
    let passwords = Passwords::new(COST).map_err(|_| FirstAdminError::Hash)?;
    let password_hash =
        passwords.hash(admin.password.to_string()).await.map_err(|_| FirstAdminError::Hash)?;
    let baru = PenggunaBaru {
        nama,
        sapaan: None,
        jabatan: None,
        email,
        telp: None,
        role: Role::Admin,
        password_hash,
        wajib_ganti_password: false,
        waktu: clock.now(),
    };
    Ok(store.pengguna().create(baru).await?.id)
}

fn words(errors: &FieldErrors) -> String {
    errors.iter().map(|(field, why)| format!("{field}: {why}")).collect::<Vec<_>>().join("; ")
}
