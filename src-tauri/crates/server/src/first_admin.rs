//! The first admin of a school. It is made on the server's own computer, by `init` or by the desktop's wizard, never
//! over the network.

use domain::{
    IdPengguna, Role, Setelan,
    isian::{self, FieldErrors},
    password::{self, Known},
    pengguna::Kepegawaian,
};
use store::{Store, StoreError, pengguna::PenggunaBaru};
use zeroize::Zeroizing;

use crate::{
    Clock,
    auth::password::{COST, Passwords},
};

/// The first admin, as typed.
pub struct FirstAdmin {
    /// The name that people read.
    pub nama: String,
    /// The address to sign in with.
    pub email: String,
    /// The password to sign in with.
    pub password: Zeroizing<String>,
}

/// Why there is no first admin.
#[derive(Debug, thiserror::Error)]
pub enum FirstAdminError {
    /// Fields that cannot be used, with their messages.
    #[error("{}", words(.0))]
    Isian(FieldErrors),
    /// The school has an admin already.
    #[error("there is an admin already; new users are added in the admin window")]
    Exists,
    /// The computer has no random numbers.
    #[error("the password cannot be hashed")]
    Hash,
    /// The database failed.
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
    let nama_sekolah = store.setelan().get().await?.setelan.nama_sekolah;
    let checked = check(admin, &nama_sekolah)?;
    if store.pengguna().exists(Role::Admin).await? {
        return Err(FirstAdminError::Exists);
    }
    let baru = checked.hashed(clock).await?;
    Ok(store.pengguna().create(baru).await?.id)
}

/// The result of a founding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Founded {
    /// The school is new and has the given values.
    New,
    /// The school was in use already and is unchanged. The person is one of its admins.
    Joined,
}

/// Founds the school with its first admin and its settings, all at once. It can be repeated: until somebody has used
/// the school, it is founded again. After that, an admin of the school is let in by address and password.
///
/// # Errors
/// [`FirstAdminError`]; nothing was changed then.
pub async fn found(
    store: &dyn Store,
    clock: &Clock,
    admin: FirstAdmin,
    setelan: Setelan,
) -> Result<Founded, FirstAdminError> {
    let is_known = is_admin_of(store, &admin).await?;
    let checked = match check(admin, &setelan.nama_sekolah) {
        // A password that was accepted once still lets its owner in.
        Err(_) if is_known => return Ok(Founded::Joined),
        checked => checked?,
    };
    let baru = checked.hashed(clock).await?;
    match store.pengguna().found(baru, setelan).await? {
        Some(_) => Ok(Founded::New),
        None if is_known => Ok(Founded::Joined),
        None => Err(FirstAdminError::Exists),
    }
}

/// Whether this is an admin of the school that exists already.
async fn is_admin_of(store: &dyn Store, admin: &FirstAdmin) -> Result<bool, FirstAdminError> {
    let Ok(email) = isian::email(&admin.email) else { return Ok(false) };
    let found = store.pengguna().find_kredensial(&email).await?;
    let hash = found.and_then(|known| {
        let may = known.siapa.role == Role::Admin && known.siapa.aktif;
        known.password_hash.filter(|_| may)
    });
    match hash {
        Some(hash) => {
            let passwords = Passwords::new(COST).map_err(|_| FirstAdminError::Hash)?;
            let fits = passwords.fits(admin.password.to_string(), hash).await;
            fits.map_err(|_| FirstAdminError::Hash)
        }
        None => Ok(false),
    }
}

/// A checked first admin, ready to be stored.
struct Checked {
    nama: String,
    email: String,
    password: Zeroizing<String>,
}

fn check(admin: FirstAdmin, nama_sekolah: &str) -> Result<Checked, FirstAdminError> {
    let mut errors = FieldErrors::new();
    let nama = isian::collect(&mut errors, "nama", isian::nama(&admin.nama));
    let email = isian::collect(&mut errors, "email", isian::email(&admin.email));
    let known = Known {
        nama: admin.nama,
        email: admin.email,
        telp: String::new(),
        nama_sekolah: nama_sekolah.to_owned(),
    };
    let sound = isian::collect(&mut errors, "password", password::check_new(&admin.password, &known));
    match (nama, email, sound) {
        (Some(nama), Some(email), Some(())) => Ok(Checked { nama, email, password: admin.password }),
        _ => Err(FirstAdminError::Isian(errors)),
    }
}

impl Checked {
    async fn hashed(self, clock: &Clock) -> Result<PenggunaBaru, FirstAdminError> {
        let passwords = Passwords::new(COST).map_err(|_| FirstAdminError::Hash)?;
        let hash = passwords.hash(self.password.to_string()).await;
        Ok(PenggunaBaru {
            nama: self.nama,
            sapaan: None,
            jabatan: None,
            email: self.email,
            telp: None,
            role: Role::Admin,
            kepegawaian: Kepegawaian::default(),
            password_hash: hash.map_err(|_| FirstAdminError::Hash)?,
            wajib_ganti_password: false,
            rahasia: None,
            waktu: clock.now(),
        })
    }
}

fn words(errors: &FieldErrors) -> String {
    errors.iter().map(|(field, why)| format!("{field}: {}", why.teks)).collect::<Vec<_>>().join("; ")
}
