-- The three domain tables of the customer's notes, the views that derive from them, and what the machinery needs.
-- Tables are strict, so that a value of the wrong type is refused here as it is in SQL Server.
-- Times are whole milliseconds since 1970-01-01 UTC. Constraints have names, which become named conflicts.

CREATE TABLE pengguna (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    nama TEXT NOT NULL,
    jabatan TEXT,
    email TEXT NOT NULL,
    telp TEXT,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    wajib_ganti_password INTEGER NOT NULL DEFAULT 0,
    aktif INTEGER NOT NULL DEFAULT 1,
    gagal_login INTEGER NOT NULL DEFAULT 0,
    terkunci_sampai INTEGER,
    dibuat_pada INTEGER NOT NULL,
    diubah_pada INTEGER NOT NULL,
    CONSTRAINT uq_pengguna_email UNIQUE (email),
    CONSTRAINT ck_pengguna_role CHECK (role IN ('Admin', 'Guru', 'Penerima Tamu')),
    CONSTRAINT ck_pengguna_aktif CHECK (aktif IN (0, 1)),
    CONSTRAINT ck_pengguna_wajib_ganti CHECK (wajib_ganti_password IN (0, 1))
) STRICT;

CREATE TABLE tamu (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    nama TEXT NOT NULL,
    telp BLOB NOT NULL,
    telp_indeks BLOB NOT NULL,
    telp_akhir TEXT NOT NULL,
    email TEXT,
    instansi TEXT,
    kode_qr TEXT,
    password_hash TEXT,
    setuju_pada INTEGER,
    dianonimkan_pada INTEGER,
    dibuat_pada INTEGER NOT NULL,
    CONSTRAINT uq_tamu_telp_indeks UNIQUE (telp_indeks),
    CONSTRAINT uq_tamu_kode_qr UNIQUE (kode_qr)
) STRICT;

CREATE INDEX ix_tamu_nama ON tamu (nama COLLATE NOCASE);
CREATE INDEX ix_tamu_telp_akhir ON tamu (telp_akhir);

CREATE TABLE janji_temu (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    versi INTEGER NOT NULL DEFAULT 1,
    id_guru INTEGER NOT NULL,
    id_tamu INTEGER NOT NULL,
    keperluan TEXT NOT NULL,
    jadwal INTEGER NOT NULL,
    durasi_menit INTEGER NOT NULL,
    jenis TEXT NOT NULL,
    status TEXT NOT NULL,
    alasan TEXT,
    kode_qr TEXT,
    waktu_datang INTEGER,
    terlambat INTEGER NOT NULL DEFAULT 0,
    waktu_mulai INTEGER,
    waktu_selesai INTEGER,
    tanggapan TEXT,
    dibaca_pada INTEGER,
    notifikasi_dihapus_pada INTEGER,
    rating INTEGER,
    komentar TEXT,
    ulasan_pada INTEGER,
    kunci TEXT,
    dibuat_oleh INTEGER NOT NULL,
    dibuat_pada INTEGER NOT NULL,
    CONSTRAINT fk_janji_temu_guru FOREIGN KEY (id_guru) REFERENCES pengguna (id),
    CONSTRAINT fk_janji_temu_tamu FOREIGN KEY (id_tamu) REFERENCES tamu (id),
    CONSTRAINT fk_janji_temu_dibuat_oleh FOREIGN KEY (dibuat_oleh) REFERENCES pengguna (id),
    CONSTRAINT uq_janji_temu_kode_qr UNIQUE (kode_qr),
    CONSTRAINT uq_janji_temu_kunci UNIQUE (kunci),
    CONSTRAINT ck_janji_temu_jenis CHECK (jenis IN ('janji', 'langsung')),
    CONSTRAINT ck_janji_temu_status CHECK (
        status IN ('belum', 'menunggu', 'sedang berlangsung', 'selesai', 'batal', 'tidak hadir')
    ),
    CONSTRAINT ck_janji_temu_terlambat CHECK (terlambat IN (0, 1)),
    CONSTRAINT ck_janji_temu_durasi CHECK (durasi_menit BETWEEN 5 AND 480),
    CONSTRAINT ck_janji_temu_rating CHECK (rating BETWEEN 1 AND 5)
) STRICT;

CREATE INDEX ix_janji_temu_jadwal ON janji_temu (jadwal);
CREATE INDEX ix_janji_temu_guru ON janji_temu (id_guru, jadwal);
CREATE INDEX ix_janji_temu_tamu ON janji_temu (id_tamu, jadwal);
CREATE INDEX ix_janji_temu_datang ON janji_temu (waktu_datang) WHERE waktu_datang IS NOT NULL;
CREATE INDEX ix_janji_temu_ulasan ON janji_temu (ulasan_pada) WHERE ulasan_pada IS NOT NULL;
CREATE INDEX ix_janji_temu_belum ON janji_temu (jadwal) WHERE status = 'belum';
CREATE INDEX ix_janji_temu_di_lokasi ON janji_temu (status) WHERE status IN ('menunggu', 'sedang berlangsung');
CREATE INDEX ix_janji_temu_belum_dibaca ON janji_temu (id_guru)
WHERE waktu_datang IS NOT NULL AND dibaca_pada IS NULL AND notifikasi_dihapus_pada IS NULL;

CREATE VIEW notifikasi AS
SELECT
    j.id,
    j.id_guru AS id_pengguna,
    j.id AS id_janji_temu,
    'Tamu ' || t.nama || ' telah datang untuk ' || j.keperluan AS pesan,
    j.waktu_datang AS waktu,
    j.dibaca_pada IS NOT NULL AS is_read
FROM janji_temu AS j
INNER JOIN tamu AS t ON t.id = j.id_tamu
WHERE j.waktu_datang IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL;

CREATE VIEW ulasan AS
SELECT j.id AS id_janji_temu, j.id_guru, j.id_tamu, j.rating, j.komentar, j.ulasan_pada
FROM janji_temu AS j
WHERE j.ulasan_pada IS NOT NULL;

-- Facts about this database, such as the fingerprint of the key file that belongs to it.
CREATE TABLE sistem_info (
    nama TEXT NOT NULL,
    nilai TEXT NOT NULL,
    CONSTRAINT pk_sistem_info PRIMARY KEY (nama)
) STRICT;

CREATE TABLE sistem_setelan (
    nama TEXT NOT NULL,
    nilai TEXT NOT NULL,
    CONSTRAINT pk_sistem_setelan PRIMARY KEY (nama)
) STRICT;

-- One signed-in device. Its refresh tokens are kept as SHA-256; a used one stays until it would have ended by itself, so
-- that re-use is noticed.
CREATE TABLE sistem_sesi (
    id TEXT NOT NULL,
    id_pengguna INTEGER,
    id_tamu INTEGER,
    dibuat_pada INTEGER NOT NULL,
    kedaluwarsa_pada INTEGER NOT NULL,
    dicabut_pada INTEGER,
    CONSTRAINT pk_sistem_sesi PRIMARY KEY (id),
    CONSTRAINT fk_sistem_sesi_pengguna FOREIGN KEY (id_pengguna) REFERENCES pengguna (id) ON DELETE CASCADE,
    CONSTRAINT fk_sistem_sesi_tamu FOREIGN KEY (id_tamu) REFERENCES tamu (id) ON DELETE CASCADE,
    CONSTRAINT ck_sistem_sesi_milik CHECK ((id_pengguna IS NULL) <> (id_tamu IS NULL))
) STRICT;

CREATE INDEX ix_sistem_sesi_pengguna ON sistem_sesi (id_pengguna);
CREATE INDEX ix_sistem_sesi_tamu ON sistem_sesi (id_tamu);

CREATE TABLE sistem_token_segar (
    hash BLOB NOT NULL,
    id_sesi TEXT NOT NULL,
    dibuat_pada INTEGER NOT NULL,
    kedaluwarsa_pada INTEGER NOT NULL,
    dipakai_pada INTEGER,
    CONSTRAINT pk_sistem_token_segar PRIMARY KEY (hash),
    CONSTRAINT fk_sistem_token_segar_sesi FOREIGN KEY (id_sesi) REFERENCES sistem_sesi (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_sistem_token_segar_sesi ON sistem_token_segar (id_sesi);

-- Failed logins by account and by address, both as HMAC: known and unknown accounts look the same.
CREATE TABLE sistem_percobaan (
    sidik BLOB NOT NULL,
    gagal INTEGER NOT NULL,
    terkunci_sampai INTEGER,
    terakhir_pada INTEGER NOT NULL,
    CONSTRAINT pk_sistem_percobaan PRIMARY KEY (sidik)
) STRICT;

-- What a scan with an idempotency key did, so that the same one sent again answers the same.
CREATE TABLE sistem_kunci (
    kunci TEXT NOT NULL,
    hasil TEXT NOT NULL,
    id_janji_temu INTEGER NOT NULL,
    dibuat_pada INTEGER NOT NULL,
    CONSTRAINT pk_sistem_kunci PRIMARY KEY (kunci),
    CONSTRAINT fk_sistem_kunci_janji_temu FOREIGN KEY (id_janji_temu) REFERENCES janji_temu (id) ON DELETE CASCADE
) STRICT;

-- Messages to guests and users, to be sent by the outbox. Rows hold identities only; who is told what is read when
-- the message is written.
CREATE TABLE sistem_pesan_keluar (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    jenis TEXT NOT NULL,
    id_janji_temu INTEGER NOT NULL,
    dibuat_pada INTEGER NOT NULL,
    CONSTRAINT fk_sistem_pesan_janji_temu FOREIGN KEY (id_janji_temu) REFERENCES janji_temu (id) ON DELETE CASCADE,
    CONSTRAINT ck_sistem_pesan_jenis CHECK (jenis IN ('undangan', 'kedatangan', 'ulasan', 'batal'))
) STRICT;
