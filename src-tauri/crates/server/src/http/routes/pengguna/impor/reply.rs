//! The answer to an import: the file, each line with what becomes of it, and the passwords of new users.

use domain::{
    IdPengguna, Pengguna,
    impor::{Catatan, Golongan, Kolom, Line, Perbedaan, Rencana, Tindakan},
    isian::FieldErrors,
    pengguna::login_name,
    pesan::Saluran,
};
use impor::{Berkas, dapodik::Sekolah};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::sandi::Reach;

/// What a file holds, and what becomes of it.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ImporHasil {
    /// The file itself.
    berkas: BerkasInfo,
    /// Each line, in the order of the file.
    baris: Vec<LineOutcome>,
    /// How many lines of each kind.
    jumlah: Jumlah,
    /// The temporary passwords of new users, shown this once; empty in a preview.
    sandi: Vec<SandiBaru>,
    /// The school, as the register's server tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    sekolah: Option<SekolahInfo>,
}

/// A file that was read.
#[derive(Serialize, ToSchema)]
struct BerkasInfo {
    /// `csv`, `xlsx`, `xls`, `xml` or `dapodik`.
    jenis: &'static str,
    /// The row in which the headings end; 0 if there are none.
    baris_judul: u32,
    /// The columns that are used.
    dipakai: Vec<KolomDipakai>,
    /// The columns that were thrown away while the file was read.
    dibuang: Vec<KolomDibuang>,
}

/// A column that is used.
#[derive(Serialize, ToSchema)]
struct KolomDipakai {
    /// Its meaning.
    field: Kolom,
    /// Its heading.
    judul: String,
}

/// A column that was thrown away.
#[derive(Serialize, ToSchema)]
struct KolomDibuang {
    /// What it holds.
    golongan: Golongan,
    /// Its heading.
    judul: String,
}

/// A line.
#[derive(Serialize, ToSchema)]
struct LineOutcome {
    /// The row in the file.
    nomor: u32,
    /// `buat`, `ubah`, `tetap` or `salah`.
    tindakan: &'static str,
    /// What stands in the file.
    data: LineData,
    /// What is wrong; empty unless `tindakan` is `salah`.
    salah: Vec<LineError>,
    /// What changes; empty unless `tindakan` is `ubah`.
    ubah: Vec<Perbedaan>,
    /// What else is to be known.
    catatan: Vec<Catatan>,
    /// The way on which a new user gets the temporary password; `null` if it is to be printed, and for all others.
    kirim: Option<Saluran>,
}

/// What stands in a line, as it stands there; `null` where nothing does.
#[derive(Serialize, ToSchema)]
struct LineData {
    nama: Option<String>,
    sapaan: Option<String>,
    jabatan: Option<String>,
    jenis_ptk: Option<String>,
    email: Option<String>,
    telp: Option<String>,
    role: Option<String>,
    nuptk: Option<String>,
    nip: Option<String>,
    tugas_tambahan: Option<String>,
}

/// What is wrong with a field.
#[derive(Serialize, ToSchema)]
struct LineError {
    /// The field.
    field: String,
    /// For people.
    pesan: String,
    /// For programs.
    kode: &'static str,
    /// The limits that the words name.
    batas: Vec<i64>,
}

/// How many lines of each kind.
#[derive(Default, Serialize, ToSchema)]
struct Jumlah {
    /// Lines that were read.
    baris: usize,
    /// New users.
    buat: usize,
    /// Users who change.
    ubah: usize,
    /// Users who stay as they are.
    tetap: usize,
    /// Lines that hold up all others.
    salah: usize,
    /// Active gurus of whom the file says nothing. They stay as they are.
    tidak_disebut: usize,
}

/// The temporary password of a new user.
#[derive(Serialize, ToSchema)]
pub(super) struct SandiBaru {
    /// The user.
    id: IdPengguna,
    /// Their name.
    nama: String,
    /// What they type to sign in: the address, or the NUPTK or NIP of one who has none.
    masuk: String,
    /// To be changed at the first sign-in, within seven days.
    password_sementara: String,
    /// A message will bring it, too.
    dikirim: bool,
}

/// A school, as the register's server tells it.
#[derive(Serialize, ToSchema)]
pub(in crate::http::routes) struct SekolahInfo {
    nama: String,
    npsn: String,
    alamat: String,
    telepon: String,
    email: String,
}

impl SandiBaru {
    pub(super) fn new(pengguna: &Pengguna, password_sementara: String, reach: &Reach) -> Self {
        Self {
            id: pengguna.id,
            nama: pengguna.nama.clone(),
            masuk: login_name(&pengguna.email).to_owned(),
            password_sementara,
            dikirim: reach.way(&pengguna.email, pengguna.telp.as_ref()).is_some(),
        }
    }
}

impl ImporHasil {
    pub(super) fn new(
        berkas: &Berkas,
        rencana: Vec<Rencana>,
        tidak_disebut: usize,
        sandi: Vec<SandiBaru>,
        sekolah: Option<Sekolah>,
        reach: &Reach,
    ) -> Self {
        let mut jumlah = Jumlah { baris: rencana.len(), tidak_disebut, ..Jumlah::default() };
        for one in &rencana {
            *match one.tindakan {
                Tindakan::Buat(_) => &mut jumlah.buat,
                Tindakan::Ubah(_) => &mut jumlah.ubah,
                Tindakan::Tetap(_) | Tindakan::Unit => &mut jumlah.tetap,
                Tindakan::Salah(_) => &mut jumlah.salah,
            } += 1;
        }
        Self {
            berkas: BerkasInfo::of(berkas),
            baris: rencana.into_iter().map(|one| LineOutcome::of(one, reach)).collect(),
            jumlah,
            sandi,
            sekolah: sekolah.map(SekolahInfo::of),
        }
    }
}

impl BerkasInfo {
    fn of(berkas: &Berkas) -> Self {
        let used = |(field, judul): &(Kolom, String)| KolomDipakai { field: *field, judul: judul.clone() };
        let thrown_away = |(golongan, judul): &(Golongan, String)| KolomDibuang {
            golongan: *golongan,
            judul: judul.clone(),
        };
        Self {
            jenis: berkas.jenis.as_str(),
            baris_judul: berkas.baris_judul,
            dipakai: berkas.dipakai.iter().map(used).collect(),
            dibuang: berkas.dibuang.iter().map(thrown_away).collect(),
        }
    }
}

impl LineOutcome {
    fn of(rencana: Rencana, reach: &Reach) -> Self {
        let Rencana { baris, tindakan, catatan } = rencana;
        let kirim = match &tindakan {
            Tindakan::Buat(calon) => reach.way(&calon.address(), calon.telp.as_ref()),
            _ => None,
        };
        let word = tindakan.as_str();
        let (salah, ubah) = match tindakan {
            Tindakan::Salah(errors) => (wrong(errors), Vec::new()),
            Tindakan::Ubah(ubahan) => (Vec::new(), ubahan.beda),
            Tindakan::Buat(_) | Tindakan::Tetap(_) | Tindakan::Unit => (Vec::new(), Vec::new()),
        };
        Self { nomor: baris.nomor, tindakan: word, data: LineData::of(baris), salah, ubah, catatan, kirim }
    }
}

fn wrong(errors: FieldErrors) -> Vec<LineError> {
    let wrong = errors.into_iter();
    wrong
        .map(|(field, error)| LineError { field, pesan: error.teks, kode: error.kode, batas: error.batas })
        .collect()
}

impl LineData {
    fn of(mut baris: Line) -> Self {
        let mut take = |kolom: Kolom| baris.isi.remove(&kolom);
        Self {
            nama: take(Kolom::Nama),
            sapaan: take(Kolom::Sapaan),
            jabatan: take(Kolom::Jabatan),
            jenis_ptk: take(Kolom::JenisPtk),
            email: take(Kolom::Email),
            telp: take(Kolom::Telp),
            role: take(Kolom::Role),
            nuptk: take(Kolom::Nuptk),
            nip: take(Kolom::Nip),
            tugas_tambahan: take(Kolom::TugasTambahan),
        }
    }
}

impl SekolahInfo {
    pub(in crate::http::routes) fn of(sekolah: Sekolah) -> Self {
        let Sekolah { nama, npsn, alamat, telepon, email } = sekolah;
        Self { nama, npsn, alamat, telepon, email }
    }
}
