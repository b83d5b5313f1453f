//! The tables of a school, in an order in which no row comes before one that it refers to. A test of each database
//! compares this list with its catalogue.

/// A value as it stands in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number; a time as milliseconds since 1970-01-01 UTC; yes as 1 and no as 0.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A value that cannot stand there: the row is damaged.
    Unreadable,
}

/// What a column holds. SQLite keeps the first three as whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Int,
    /// Yes or no.
    Bit,
    /// A time.
    Waktu,
    /// Text.
    Text,
    /// Text that SQL Server keeps as its UTF-8 bytes.
    Utf8,
    /// Bytes.
    Bytes,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name, in both databases.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// The name. For the machinery's tables it lacks the schema or the prefix that sets them apart.
    pub name: &'static str,
    /// One of the machinery's.
    pub is_sistem: bool,
    /// The index of the unique column that rows are ordered by.
    pub key: usize,
    /// The key is a number that the database counts up.
    pub is_identity: bool,
    /// The columns.
    pub columns: &'static [Column],
}

impl Table {
    /// The key's column.
    pub fn key_column(&self) -> Column {
        self.columns[self.key]
    }

    /// The table as it was when it had these columns only; `None` if it had none. It lasts as long as the program.
    pub(crate) fn of_columns(&'static self, there: &[String]) -> Option<&'static Self> {
        let known = self.columns.iter().filter(|column| there.iter().any(|name| name == column.name));
        let columns: Vec<Column> = known.copied().collect();
        if columns.len() == self.columns.len() {
            return Some(self);
        }
        let key = columns.iter().position(|column| *column == self.key_column())?;
        let Self { name, is_sistem, is_identity, .. } = *self;
        Some(Box::leak(Box::new(Self { name, is_sistem, key, is_identity, columns: columns.leak() })))
    }
}

/// Everything that is moved. Two things are not: what is about the database itself, and the index of words, which the
/// target makes.
pub const TABLES: &[Table] = &[
    domain(
        "pengguna",
        &[
            int("id"),
            text("nama"),
            text("jabatan"),
            text("email"),
            text("telp"),
            text("password_hash"),
            waktu("password_sampai"),
            text("role"),
            bit("wajib_ganti_password"),
            bit("aktif"),
            int("gagal_login"),
            waktu("terkunci_sampai"),
            waktu("dibuat_pada"),
            waktu("diubah_pada"),
            text("sapaan"),
            text("kata"),
            text("nuptk"),
            text("nip"),
            text("tugas_tambahan"),
            bit("unit"),
        ],
    ),
    domain(
        "tamu",
        &[
            int("id"),
            text("nama"),
            bytes("telp"),
            bytes("telp_indeks"),
            text("telp_akhir"),
            text("email"),
            text("instansi"),
            text("kode_qr"),
            text("password_hash"),
            waktu("password_sampai"),
            waktu("setuju_pada"),
            text("setuju_versi"),
            waktu("hapus_diminta_pada"),
            waktu("dianonimkan_pada"),
            waktu("dibuat_pada"),
            int("digabung_ke"),
        ],
    ),
    domain("janji_temu", JANJI_TEMU),
    sistem("arsip", JANJI_TEMU),
    Table { is_identity: true, ..sistem("anggota", &[int("id"), int("id_unit"), int("id_pengguna")]) },
    sistem("setelan", &[text("nama"), text("nilai")]),
    sistem(
        "sesi",
        &[
            utf8("id"),
            int("id_pengguna"),
            int("id_tamu"),
            bytes("perangkat"),
            waktu("dibuat_pada"),
            waktu("kedaluwarsa_pada"),
            waktu("dicabut_pada"),
            text("keterangan"),
        ],
    ),
    sistem("perangkat", &[bytes("sidik"), int("id_pengguna"), int("id_tamu"), waktu("terakhir_pada")]),
    sistem(
        "token_segar",
        &[
            bytes("hash"),
            utf8("id_sesi"),
            waktu("dibuat_pada"),
            waktu("kedaluwarsa_pada"),
            waktu("dipakai_pada"),
        ],
    ),
    sistem(
        "percobaan",
        &[bytes("sidik"), int("gagal"), waktu("terkunci_sampai"), waktu("terakhir_pada"), bytes("akun")],
    ),
    sistem("kunci", &[text("kunci"), text("hasil"), int("id_janji_temu"), waktu("dibuat_pada")]),
    Table {
        is_identity: true,
        ..sistem(
            "pesan_keluar",
            &[
                int("id"),
                text("jenis"),
                int("id_janji_temu"),
                int("id_pengguna"),
                int("untuk"),
                bytes("rahasia"),
                text("keadaan"),
                text("saluran"),
                text("alasan"),
                text("id_penyedia"),
                int("percobaan"),
                waktu("kirim_pada"),
                text("disewa_oleh"),
                waktu("disewa_sampai"),
                waktu("dibuat_pada"),
                waktu("diubah_pada"),
                text("periode"),
            ],
        )
    },
    sistem("gambar", &[text("nama"), bytes("isi"), waktu("diubah_pada")]),
    sistem(
        "saluran",
        &[
            text("nama"),
            bytes("konfigurasi"),
            text("keadaan"),
            text("alasan"),
            waktu("boleh_pada"),
            waktu("diperiksa_pada"),
            int("versi"),
        ],
    ),
    sistem(
        "survei",
        &[
            text("id"),
            text("tanggal"),
            text("usia"),
            text("pendidikan"),
            text("pekerjaan"),
            text("jenis_kelamin"),
            text("saran"),
            int("persyaratan"),
            int("prosedur"),
            int("waktu"),
            int("biaya"),
            int("produk"),
            int("kompetensi"),
            int("perilaku"),
            int("pengaduan"),
            int("sarana"),
        ],
    ),
    Table {
        is_identity: true,
        ..sistem(
            "audit",
            &[
                int("id"),
                waktu("waktu"),
                int("id_pelaku"),
                text("nama_pelaku"),
                text("role"),
                text("alamat"),
                text("aksi"),
                text("objek"),
                int("id_objek"),
                int("id_tamu"),
                text("sebelum"),
                text("sesudah"),
                int("nomor"),
                bytes("pribadi"),
                bytes("segel"),
            ],
        )
    },
    sistem("audit_ujung", &[text("nama"), int("nomor"), bytes("segel"), bytes("bukti")]),
    sistem(
        "gabung",
        &[
            int("id_tamu"),
            int("id_ke"),
            int("oleh"),
            waktu("pada"),
            waktu("selesai_pada"),
            bytes("telp_indeks"),
            bit("email_diisi"),
            bit("instansi_diisi"),
            bit("hapus_diisi"),
        ],
    ),
    Table {
        is_identity: true,
        ..sistem(
            "evakuasi",
            &[int("id"), waktu("mulai"), int("id_mulai"), waktu("selesai"), int("id_selesai")],
        )
    },
    Table {
        is_identity: true,
        ..sistem(
            "centang",
            &[
                int("id"),
                int("id_evakuasi"),
                int("id_janji_temu"),
                bit("aman"),
                int("id_pengguna"),
                waktu("pada"),
            ],
        )
    },
    sistem("hari_libur", &[text("tanggal"), text("nama"), text("jenis"), bit("perkiraan"), text("sumber")]),
    sistem("kalender", &[int("id_pengguna"), bytes("rahasia"), waktu("dibuat_pada")]),
    Table {
        is_identity: true,
        ..sistem(
            "pemeliharaan",
            &[
                int("id"),
                text("pemicu"),
                int("oleh"),
                bit("uji_coba"),
                waktu("mulai"),
                waktu("selesai"),
                waktu("denyut_pada"),
                text("keadaan"),
                int("no_show"),
                int("arsip"),
                int("notifikasi"),
                int("anonim"),
                int("hapus"),
            ],
        )
    },
];

/// A visit, in the book and in the archive.
pub(crate) const JANJI_TEMU: &[Column] = &[
    int("id"),
    int("versi"),
    int("id_guru"),
    int("id_tamu"),
    text("keperluan"),
    waktu("jadwal"),
    int("durasi_menit"),
    text("jenis"),
    text("status"),
    text("alasan"),
    text("kode_qr"),
    waktu("waktu_datang"),
    bit("datang_di_meja"),
    bit("pulang_di_meja"),
    bit("terlambat"),
    waktu("waktu_mulai"),
    waktu("waktu_selesai"),
    text("tanggapan"),
    waktu("dibaca_pada"),
    waktu("notifikasi_dihapus_pada"),
    int("rating"),
    text("komentar"),
    waktu("ulasan_pada"),
    text("kunci"),
    int("dibuat_oleh"),
    waktu("dibuat_pada"),
    text("atas_nama"),
    int("jumlah_orang"),
    text("tanggapan_jenis"),
    int("tanggapan_menit"),
    text("tanggapan_tempat"),
    waktu("ditanggapi_pada"),
    waktu("diberi_tahu_pada"),
    text("kata"),
    text("instansi"),
    text("email"),
    bit("batal_oleh_tamu"),
    bit("survei_diisi"),
    text("seri"),
    int("id_tamu_asal"),
    waktu("disembunyikan_pada"),
    int("disembunyikan_oleh"),
    text("disembunyikan_alasan"),
    int("ditanggapi_oleh"),
];

const fn domain(name: &'static str, columns: &'static [Column]) -> Table {
    Table { name, is_sistem: false, key: 0, is_identity: true, columns }
}

const fn sistem(name: &'static str, columns: &'static [Column]) -> Table {
    Table { name, is_sistem: true, key: 0, is_identity: false, columns }
}

const fn int(name: &'static str) -> Column {
    Column { name, kind: Kind::Int }
}

const fn bit(name: &'static str) -> Column {
    Column { name, kind: Kind::Bit }
}

const fn waktu(name: &'static str) -> Column {
    Column { name, kind: Kind::Waktu }
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text }
}

const fn utf8(name: &'static str) -> Column {
    Column { name, kind: Kind::Utf8 }
}

const fn bytes(name: &'static str) -> Column {
    Column { name, kind: Kind::Bytes }
}
