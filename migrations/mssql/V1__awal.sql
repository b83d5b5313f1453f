-- The three domain tables of the customer's notes, the views that derive from them, and what the machinery needs, which
-- stands in the schema `sistem`; that is made before the first migration, for the history of migrations.
-- Times are UTC to the millisecond. Constraints have names, which become named conflicts. Lengths are twice what may be
-- entered, because characters outside of the Basic Multilingual Plane take two. Words that are compared to the letter are
-- BIN2; what people read and search is CI_AS. Runs on SQL Server 2016 and on Babelfish; GO ends a batch.

CREATE TABLE dbo.pengguna (
    id BIGINT IDENTITY(1, 1) NOT NULL,
    nama NVARCHAR(200) COLLATE Latin1_General_CI_AS NOT NULL,
    jabatan NVARCHAR(200) COLLATE Latin1_General_CI_AS NULL,
    email NVARCHAR(254) COLLATE Latin1_General_BIN2 NOT NULL,
    telp NVARCHAR(20) COLLATE Latin1_General_BIN2 NULL,
    password_hash NVARCHAR(200) COLLATE Latin1_General_BIN2 NOT NULL,
    role NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    wajib_ganti_password BIT NOT NULL CONSTRAINT df_pengguna_wajib_ganti DEFAULT 0,
    aktif BIT NOT NULL CONSTRAINT df_pengguna_aktif DEFAULT 1,
    gagal_login INT NOT NULL CONSTRAINT df_pengguna_gagal_login DEFAULT 0,
    terkunci_sampai DATETIME2(3) NULL,
    dibuat_pada DATETIME2(3) NOT NULL,
    diubah_pada DATETIME2(3) NOT NULL,
    CONSTRAINT pk_pengguna PRIMARY KEY CLUSTERED (id),
    CONSTRAINT uq_pengguna_email UNIQUE (email),
    CONSTRAINT ck_pengguna_role CHECK (role IN (N'Admin', N'Guru', N'Penerima Tamu'))
);

CREATE TABLE dbo.tamu (
    id BIGINT IDENTITY(1, 1) NOT NULL,
    nama NVARCHAR(200) COLLATE Latin1_General_CI_AS NOT NULL,
    telp VARBINARY(200) NOT NULL,
    telp_indeks VARBINARY(32) NOT NULL,
    telp_akhir NVARCHAR(4) COLLATE Latin1_General_BIN2 NOT NULL,
    email NVARCHAR(254) COLLATE Latin1_General_BIN2 NULL,
    instansi NVARCHAR(200) COLLATE Latin1_General_CI_AS NULL,
    kode_qr NVARCHAR(64) COLLATE Latin1_General_BIN2 NULL,
    password_hash NVARCHAR(200) COLLATE Latin1_General_BIN2 NULL,
    setuju_pada DATETIME2(3) NULL,
    dianonimkan_pada DATETIME2(3) NULL,
    dibuat_pada DATETIME2(3) NOT NULL,
    CONSTRAINT pk_tamu PRIMARY KEY CLUSTERED (id),
    CONSTRAINT uq_tamu_telp_indeks UNIQUE (telp_indeks)
);

-- A code is missing only while its row is being made. A unique constraint would allow one row without.
CREATE UNIQUE INDEX uq_tamu_kode_qr ON dbo.tamu (kode_qr) WHERE kode_qr IS NOT NULL;
CREATE INDEX ix_tamu_nama ON dbo.tamu (nama);
CREATE INDEX ix_tamu_telp_akhir ON dbo.tamu (telp_akhir);

CREATE TABLE dbo.janji_temu (
    id BIGINT IDENTITY(1, 1) NOT NULL,
    versi BIGINT NOT NULL CONSTRAINT df_janji_temu_versi DEFAULT 1,
    id_guru BIGINT NOT NULL,
    id_tamu BIGINT NOT NULL,
    keperluan NVARCHAR(400) COLLATE Latin1_General_CI_AS NOT NULL,
    jadwal DATETIME2(3) NOT NULL,
    durasi_menit INT NOT NULL,
    jenis NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    status NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    alasan NVARCHAR(400) COLLATE Latin1_General_CI_AS NULL,
    kode_qr NVARCHAR(64) COLLATE Latin1_General_BIN2 NULL,
    waktu_datang DATETIME2(3) NULL,
    terlambat BIT NOT NULL CONSTRAINT df_janji_temu_terlambat DEFAULT 0,
    waktu_mulai DATETIME2(3) NULL,
    waktu_selesai DATETIME2(3) NULL,
    tanggapan NVARCHAR(400) COLLATE Latin1_General_CI_AS NULL,
    dibaca_pada DATETIME2(3) NULL,
    notifikasi_dihapus_pada DATETIME2(3) NULL,
    rating INT NULL,
    komentar NVARCHAR(2000) COLLATE Latin1_General_CI_AS NULL,
    ulasan_pada DATETIME2(3) NULL,
    kunci NVARCHAR(64) COLLATE Latin1_General_BIN2 NULL,
    dibuat_oleh BIGINT NOT NULL,
    dibuat_pada DATETIME2(3) NOT NULL,
    CONSTRAINT pk_janji_temu PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_janji_temu_guru FOREIGN KEY (id_guru) REFERENCES dbo.pengguna (id),
    CONSTRAINT fk_janji_temu_tamu FOREIGN KEY (id_tamu) REFERENCES dbo.tamu (id),
    CONSTRAINT fk_janji_temu_dibuat_oleh FOREIGN KEY (dibuat_oleh) REFERENCES dbo.pengguna (id),
    CONSTRAINT ck_janji_temu_jenis CHECK (jenis IN (N'janji', N'langsung')),
    CONSTRAINT ck_janji_temu_status CHECK (
        status IN (N'belum', N'menunggu', N'sedang berlangsung', N'selesai', N'batal', N'tidak hadir')
    ),
    CONSTRAINT ck_janji_temu_durasi CHECK (durasi_menit BETWEEN 5 AND 480),
    CONSTRAINT ck_janji_temu_rating CHECK (rating BETWEEN 1 AND 5)
);

CREATE UNIQUE INDEX uq_janji_temu_kode_qr ON dbo.janji_temu (kode_qr) WHERE kode_qr IS NOT NULL;
CREATE UNIQUE INDEX uq_janji_temu_kunci ON dbo.janji_temu (kunci) WHERE kunci IS NOT NULL;
CREATE INDEX ix_janji_temu_jadwal ON dbo.janji_temu (jadwal);
CREATE INDEX ix_janji_temu_guru ON dbo.janji_temu (id_guru, jadwal);
CREATE INDEX ix_janji_temu_tamu ON dbo.janji_temu (id_tamu, jadwal);
-- A user without history may be deleted; SQL Server looks here whether there is any.
CREATE INDEX ix_janji_temu_dibuat_oleh ON dbo.janji_temu (dibuat_oleh);
CREATE INDEX ix_janji_temu_datang ON dbo.janji_temu (waktu_datang) WHERE waktu_datang IS NOT NULL;
CREATE INDEX ix_janji_temu_ulasan ON dbo.janji_temu (ulasan_pada) WHERE ulasan_pada IS NOT NULL;
CREATE INDEX ix_janji_temu_belum ON dbo.janji_temu (jadwal) WHERE status = N'belum';
CREATE INDEX ix_janji_temu_di_lokasi ON dbo.janji_temu (status)
WHERE status IN (N'menunggu', N'sedang berlangsung');
CREATE INDEX ix_janji_temu_belum_dibaca ON dbo.janji_temu (id_guru, waktu_datang)
WHERE waktu_datang IS NOT NULL AND dibaca_pada IS NULL AND notifikasi_dihapus_pada IS NULL;
GO

CREATE VIEW dbo.notifikasi AS
SELECT
    j.id,
    j.id_guru AS id_pengguna,
    j.id AS id_janji_temu,
    N'Tamu ' + t.nama + N' telah datang untuk ' + j.keperluan AS pesan,
    j.waktu_datang AS waktu,
    CAST(CASE WHEN j.dibaca_pada IS NULL THEN 0 ELSE 1 END AS BIT) AS is_read
FROM dbo.janji_temu AS j
INNER JOIN dbo.tamu AS t ON t.id = j.id_tamu
WHERE j.waktu_datang IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL;
GO

CREATE VIEW dbo.ulasan AS
SELECT j.id AS id_janji_temu, j.id_guru, j.id_tamu, j.rating, j.komentar, j.ulasan_pada
FROM dbo.janji_temu AS j
WHERE j.ulasan_pada IS NOT NULL;
GO

-- Facts about this database, such as the fingerprint of the key file that belongs to it.
CREATE TABLE sistem.info (
    nama NVARCHAR(100) COLLATE Latin1_General_BIN2 NOT NULL,
    nilai NVARCHAR(400) COLLATE Latin1_General_BIN2 NOT NULL,
    CONSTRAINT pk_sistem_info PRIMARY KEY CLUSTERED (nama)
);

CREATE TABLE sistem.setelan (
    nama NVARCHAR(100) COLLATE Latin1_General_BIN2 NOT NULL,
    nilai NVARCHAR(MAX) COLLATE Latin1_General_BIN2 NOT NULL,
    CONSTRAINT pk_sistem_setelan PRIMARY KEY CLUSTERED (nama)
);

-- One signed-in device. Its refresh tokens are kept as SHA-256; a used one stays until it would have ended by itself, so
-- that re-use is noticed. The identity is random text, kept as its UTF-8 bytes: it is compared byte by byte, and Babelfish
-- cannot check a foreign key of text that has a collation of its own.
CREATE TABLE sistem.sesi (
    id VARBINARY(100) NOT NULL,
    id_pengguna BIGINT NULL,
    id_tamu BIGINT NULL,
    dibuat_pada DATETIME2(3) NOT NULL,
    kedaluwarsa_pada DATETIME2(3) NOT NULL,
    dicabut_pada DATETIME2(3) NULL,
    CONSTRAINT pk_sistem_sesi PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_sistem_sesi_pengguna FOREIGN KEY (id_pengguna) REFERENCES dbo.pengguna (id) ON DELETE CASCADE,
    CONSTRAINT fk_sistem_sesi_tamu FOREIGN KEY (id_tamu) REFERENCES dbo.tamu (id) ON DELETE CASCADE,
    CONSTRAINT ck_sistem_sesi_milik CHECK (
        (id_pengguna IS NULL AND id_tamu IS NOT NULL) OR (id_pengguna IS NOT NULL AND id_tamu IS NULL)
    )
);

CREATE INDEX ix_sistem_sesi_pengguna ON sistem.sesi (id_pengguna);
CREATE INDEX ix_sistem_sesi_tamu ON sistem.sesi (id_tamu);

CREATE TABLE sistem.token_segar (
    hash VARBINARY(32) NOT NULL,
    id_sesi VARBINARY(100) NOT NULL,
    dibuat_pada DATETIME2(3) NOT NULL,
    kedaluwarsa_pada DATETIME2(3) NOT NULL,
    dipakai_pada DATETIME2(3) NULL,
    CONSTRAINT pk_sistem_token_segar PRIMARY KEY CLUSTERED (hash),
    CONSTRAINT fk_sistem_token_segar_sesi FOREIGN KEY (id_sesi) REFERENCES sistem.sesi (id) ON DELETE CASCADE
);

CREATE INDEX ix_sistem_token_segar_sesi ON sistem.token_segar (id_sesi);

-- Failed logins by account and by address, both as HMAC: known and unknown accounts look the same.
CREATE TABLE sistem.percobaan (
    sidik VARBINARY(32) NOT NULL,
    gagal INT NOT NULL,
    terkunci_sampai DATETIME2(3) NULL,
    terakhir_pada DATETIME2(3) NOT NULL,
    CONSTRAINT pk_sistem_percobaan PRIMARY KEY CLUSTERED (sidik)
);

-- What a scan with an idempotency key did, so that the same one sent again answers the same.
CREATE TABLE sistem.kunci (
    kunci NVARCHAR(64) COLLATE Latin1_General_BIN2 NOT NULL,
    hasil NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    id_janji_temu BIGINT NOT NULL,
    dibuat_pada DATETIME2(3) NOT NULL,
    CONSTRAINT pk_sistem_kunci PRIMARY KEY CLUSTERED (kunci),
    CONSTRAINT fk_sistem_kunci_janji_temu FOREIGN KEY (id_janji_temu) REFERENCES dbo.janji_temu (id)
    ON DELETE CASCADE
);

-- Messages to guests and users, to be sent by the outbox. Rows hold identities only; who is told what is read when
-- the message is written.
CREATE TABLE sistem.pesan_keluar (
    id BIGINT IDENTITY(1, 1) NOT NULL,
    jenis NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    id_janji_temu BIGINT NOT NULL,
    dibuat_pada DATETIME2(3) NOT NULL,
    CONSTRAINT pk_sistem_pesan_keluar PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_sistem_pesan_janji_temu FOREIGN KEY (id_janji_temu) REFERENCES dbo.janji_temu (id)
    ON DELETE CASCADE,
    CONSTRAINT ck_sistem_pesan_jenis CHECK (jenis IN (N'undangan', N'kedatangan', N'ulasan', N'batal'))
);
