-- The archive: visits of long ago, with their identities. They leave the table that every day works on and stay in
-- lists, searches and reports, which read `janji_temu_semua`. No row is in both. A rule that a row kept when it was
-- made needs no second check here.

CREATE TABLE sistem_arsip (
    id INTEGER PRIMARY KEY,
    versi INTEGER NOT NULL,
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
    terlambat INTEGER NOT NULL,
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
    atas_nama TEXT,
    jumlah_orang INTEGER NOT NULL,
    tanggapan_jenis TEXT,
    tanggapan_menit INTEGER,
    tanggapan_tempat TEXT,
    ditanggapi_pada INTEGER,
    diberi_tahu_pada INTEGER,
    kata TEXT NOT NULL,
    datang_di_meja INTEGER NOT NULL,
    pulang_di_meja INTEGER NOT NULL,
    instansi TEXT,
    email TEXT,
    batal_oleh_tamu INTEGER NOT NULL,
    survei_diisi INTEGER NOT NULL,
    seri TEXT,
    id_tamu_asal INTEGER,
    CONSTRAINT fk_sistem_arsip_guru FOREIGN KEY (id_guru) REFERENCES pengguna (id),
    CONSTRAINT fk_sistem_arsip_tamu FOREIGN KEY (id_tamu) REFERENCES tamu (id),
    CONSTRAINT fk_sistem_arsip_dibuat_oleh FOREIGN KEY (dibuat_oleh) REFERENCES pengguna (id),
    CONSTRAINT uq_sistem_arsip_kunci UNIQUE (kunci)
) STRICT;

CREATE INDEX ix_sistem_arsip_jadwal ON sistem_arsip (jadwal);
CREATE INDEX ix_sistem_arsip_guru ON sistem_arsip (id_guru, jadwal);
CREATE INDEX ix_sistem_arsip_tamu ON sistem_arsip (id_tamu, jadwal);
CREATE INDEX ix_sistem_arsip_datang ON sistem_arsip (waktu_datang) WHERE waktu_datang IS NOT NULL;
CREATE INDEX ix_sistem_arsip_ulasan ON sistem_arsip (ulasan_pada) WHERE ulasan_pada IS NOT NULL;

-- What was done to the records, and when. `oleh` is missing where nobody asked for it; `denyut_pada` moves with each
-- batch, so that a run that was cut off is known by its silence.
CREATE TABLE sistem_pemeliharaan (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pemicu TEXT NOT NULL,
    oleh INTEGER,
    uji_coba INTEGER NOT NULL,
    mulai INTEGER NOT NULL,
    selesai INTEGER,
    denyut_pada INTEGER NOT NULL,
    keadaan TEXT NOT NULL,
    no_show INTEGER NOT NULL DEFAULT 0,
    arsip INTEGER NOT NULL DEFAULT 0,
    notifikasi INTEGER NOT NULL DEFAULT 0,
    anonim INTEGER NOT NULL DEFAULT 0,
    hapus INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT fk_sistem_pemeliharaan_oleh FOREIGN KEY (oleh) REFERENCES pengguna (id) ON DELETE SET NULL,
    CONSTRAINT ck_sistem_pemeliharaan_pemicu CHECK (pemicu IN ('jadwal', 'tangan', 'perintah')),
    CONSTRAINT ck_sistem_pemeliharaan_uji CHECK (uji_coba IN (0, 1)),
    CONSTRAINT ck_sistem_pemeliharaan_keadaan CHECK (keadaan IN ('berjalan', 'selesai', 'gagal', 'terputus'))
) STRICT;

-- One run at a time.
CREATE UNIQUE INDEX uq_sistem_pemeliharaan_jalan ON sistem_pemeliharaan (keadaan) WHERE keadaan = 'berjalan';

-- What was read long ago is put away without reading the whole book for it.
CREATE INDEX ix_janji_temu_dibaca ON janji_temu (dibaca_pada)
WHERE dibaca_pada IS NOT NULL AND notifikasi_dihapus_pada IS NULL;
-- Keys of scans are looked for by their visit, too: a visit that has one stays.
CREATE INDEX ix_sistem_kunci_janji ON sistem_kunci (id_janji_temu);
