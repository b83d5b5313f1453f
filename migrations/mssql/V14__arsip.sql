-- The archive: visits of long ago, with their identities. They leave the table that every day works on and stay in
-- lists, searches and reports, which read `janji_temu_semua`. No row is in both. A rule that a row kept when it was
-- made needs no second check here.

CREATE TABLE sistem.arsip (
    id BIGINT NOT NULL,
    versi BIGINT NOT NULL,
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
    terlambat BIT NOT NULL,
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
    atas_nama NVARCHAR(200) COLLATE Latin1_General_CI_AS NULL,
    jumlah_orang INT NOT NULL,
    tanggapan_jenis NVARCHAR(20) COLLATE Latin1_General_BIN2 NULL,
    tanggapan_menit INT NULL,
    tanggapan_tempat NVARCHAR(200) COLLATE Latin1_General_CI_AS NULL,
    ditanggapi_pada DATETIME2(3) NULL,
    diberi_tahu_pada DATETIME2(3) NULL,
    kata NVARCHAR(800) COLLATE Latin1_General_BIN2 NOT NULL,
    datang_di_meja BIT NOT NULL,
    pulang_di_meja BIT NOT NULL,
    instansi NVARCHAR(200) COLLATE Latin1_General_CI_AS NULL,
    email NVARCHAR(254) COLLATE Latin1_General_BIN2 NULL,
    batal_oleh_tamu BIT NOT NULL,
    survei_diisi BIT NOT NULL,
    seri NVARCHAR(40) COLLATE Latin1_General_BIN2 NULL,
    id_tamu_asal BIGINT NULL,
    CONSTRAINT pk_sistem_arsip PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_sistem_arsip_guru FOREIGN KEY (id_guru) REFERENCES dbo.pengguna (id),
    CONSTRAINT fk_sistem_arsip_tamu FOREIGN KEY (id_tamu) REFERENCES dbo.tamu (id),
    CONSTRAINT fk_sistem_arsip_dibuat_oleh FOREIGN KEY (dibuat_oleh) REFERENCES dbo.pengguna (id)
);

CREATE UNIQUE INDEX uq_sistem_arsip_kunci ON sistem.arsip (kunci) WHERE kunci IS NOT NULL;
CREATE INDEX ix_sistem_arsip_jadwal ON sistem.arsip (jadwal);
CREATE INDEX ix_sistem_arsip_guru ON sistem.arsip (id_guru, jadwal);
CREATE INDEX ix_sistem_arsip_tamu ON sistem.arsip (id_tamu, jadwal);
CREATE INDEX ix_sistem_arsip_dibuat_oleh ON sistem.arsip (dibuat_oleh);
CREATE INDEX ix_sistem_arsip_datang ON sistem.arsip (waktu_datang) WHERE waktu_datang IS NOT NULL;
CREATE INDEX ix_sistem_arsip_ulasan ON sistem.arsip (ulasan_pada) WHERE ulasan_pada IS NOT NULL;

-- What was done to the records, and when. `oleh` is missing where nobody asked for it; `denyut_pada` moves with each
-- batch, so that a run that was cut off is known by its silence.
CREATE TABLE sistem.pemeliharaan (
    id BIGINT IDENTITY(1, 1) NOT NULL,
    pemicu NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    oleh BIGINT NULL,
    uji_coba BIT NOT NULL,
    mulai DATETIME2(3) NOT NULL,
    selesai DATETIME2(3) NULL,
    denyut_pada DATETIME2(3) NOT NULL,
    keadaan NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    no_show BIGINT NOT NULL CONSTRAINT df_sistem_pemeliharaan_no_show DEFAULT 0,
    arsip BIGINT NOT NULL CONSTRAINT df_sistem_pemeliharaan_arsip DEFAULT 0,
    notifikasi BIGINT NOT NULL CONSTRAINT df_sistem_pemeliharaan_kabar DEFAULT 0,
    anonim BIGINT NOT NULL CONSTRAINT df_sistem_pemeliharaan_anonim DEFAULT 0,
    hapus BIGINT NOT NULL CONSTRAINT df_sistem_pemeliharaan_hapus DEFAULT 0,
    CONSTRAINT pk_sistem_pemeliharaan PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_sistem_pemeliharaan_oleh FOREIGN KEY (oleh) REFERENCES dbo.pengguna (id) ON DELETE SET NULL,
    CONSTRAINT ck_sistem_pemeliharaan_pemicu CHECK (pemicu IN (N'jadwal', N'tangan', N'perintah')),
    CONSTRAINT ck_sistem_pemeliharaan_keadaan CHECK (
        keadaan IN (N'berjalan', N'selesai', N'gagal', N'terputus')
    )
);

-- One run at a time.
CREATE UNIQUE INDEX uq_sistem_pemeliharaan_jalan ON sistem.pemeliharaan (keadaan) WHERE keadaan = N'berjalan';

-- What was read long ago is put away without reading the whole book for it.
CREATE INDEX ix_janji_temu_dibaca ON dbo.janji_temu (dibaca_pada)
WHERE dibaca_pada IS NOT NULL AND notifikasi_dihapus_pada IS NULL;
-- Keys of scans are looked for by their visit, too: a visit that has one stays.
CREATE INDEX ix_sistem_kunci_janji ON sistem.kunci (id_janji_temu);
