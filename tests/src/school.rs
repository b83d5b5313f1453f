//! A made-up school: its people, all with one password.

use chrono::{DateTime, Utc};
use domain::{IdPengguna, Role, pengguna::Kepegawaian};
use server::auth::password::Passwords;
use store::{Store, pengguna::PenggunaBaru};

/// Monday morning, 09:00 in the school.
pub const START: &str = "2026-11-23T02:00:00Z";

/// The password of everyone.
pub const PASSWORD: &str = "meja hijau 7";

/// bcrypt's lowest cost, because tests sign in a thousand times.
pub const BCRYPT_COST: u32 = 4;

/// Somebody who works at the school.
pub struct Person {
    /// Full name.
    pub nama: &'static str,
    /// To sign in with.
    pub email: &'static str,
    /// What they may do.
    pub role: Role,
}

/// The admin; identity 1.
pub const ADMIN: Person =
    Person { nama: "Hendra Gunawan", email: "admin@sekolah.example", role: Role::Admin };
/// The receptionist; identity 2.
pub const DESK: Person =
    Person { nama: "Sari Puspita", email: "resepsionis@sekolah.example", role: Role::PenerimaTamu };
/// The guru of most tests; identity 3.
pub const GURU: Person = Person { nama: "Ratna Wulandari", email: "ratna@sekolah.example", role: Role::Guru };
/// Another guru; identity 4.
pub const OTHER_GURU: Person =
    Person { nama: "Agus Setiawan", email: "agus@sekolah.example", role: Role::Guru };

const EVERYONE: [&Person; 4] = [&ADMIN, &DESK, &GURU, &OTHER_GURU];

impl Person {
    /// The identity in a school that was just filled.
    pub fn id(&self) -> IdPengguna {
        let place = EVERYONE.iter().position(|person| person.email == self.email);
        IdPengguna(1 + place.expect("one of the school") as i64)
    }
}

/// Enters everyone, in the order of their identities.
pub async fn fill(store: &dyn Store, now: DateTime<Utc>) {
    let passwords = Passwords::new(BCRYPT_COST).expect("a cost that bcrypt knows");
    let password_hash = passwords.hash(PASSWORD.to_owned()).await.expect("a password that bcrypt takes");
    for person in EVERYONE {
        let baru = PenggunaBaru {
            nama: person.nama.to_owned(),
            sapaan: None,
            jabatan: (person.role == Role::Guru).then(|| "Matematika".to_owned()),
            email: person.email.to_owned(),
            telp: None,
            role: person.role,
            kepegawaian: Kepegawaian::default(),
            password_hash: password_hash.clone(),
            wajib_ganti_password: false,
            rahasia: None,
            waktu: now,
        };
        let made = store.pengguna().create(baru).await.expect("a user can be entered");
        assert_eq!(made.id, person.id(), "identities count from 1 in the order of entry");
    }
}
