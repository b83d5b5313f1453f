-- A unit such as "Tata Usaha" is a user that is visited, never signs in, and has several people behind it. Each of them
-- is told of its guests, in the book and by messages, and may answer in its name; who answered is kept with the answer.

ALTER TABLE dbo.pengguna ADD unit BIT NOT NULL CONSTRAINT df_pengguna_unit DEFAULT 0;

CREATE TABLE sistem.anggota (
    id BIGINT IDENTITY(1, 1) NOT NULL,
    id_unit BIGINT NOT NULL,
    id_pengguna BIGINT NOT NULL,
    CONSTRAINT pk_sistem_anggota PRIMARY KEY CLUSTERED (id),
    CONSTRAINT uq_sistem_anggota UNIQUE (id_unit, id_pengguna),
    CONSTRAINT fk_sistem_anggota_unit FOREIGN KEY (id_unit) REFERENCES dbo.pengguna (id),
    CONSTRAINT fk_sistem_anggota_pengguna FOREIGN KEY (id_pengguna) REFERENCES dbo.pengguna (id) ON DELETE CASCADE
);

CREATE INDEX ix_sistem_anggota_pengguna ON sistem.anggota (id_pengguna);

-- Of a message that goes to each member of the unit: which member.
ALTER TABLE sistem.pesan_keluar ADD untuk BIGINT NULL;

ALTER TABLE dbo.janji_temu ADD ditanggapi_oleh BIGINT NULL;
ALTER TABLE sistem.arsip ADD ditanggapi_oleh BIGINT NULL;
GO

ALTER TABLE dbo.janji_temu ADD CONSTRAINT fk_janji_temu_ditanggapi FOREIGN KEY (ditanggapi_oleh)
REFERENCES dbo.pengguna (id);
ALTER TABLE sistem.arsip ADD CONSTRAINT fk_sistem_arsip_ditanggapi FOREIGN KEY (ditanggapi_oleh)
REFERENCES dbo.pengguna (id);
CREATE INDEX ix_janji_temu_ditanggapi ON dbo.janji_temu (ditanggapi_oleh) WHERE ditanggapi_oleh IS NOT NULL;
CREATE INDEX ix_sistem_arsip_ditanggapi ON sistem.arsip (ditanggapi_oleh) WHERE ditanggapi_oleh IS NOT NULL;
GO

DROP VIEW dbo.ulasan;
GO

DROP VIEW dbo.janji_temu_semua;
GO

CREATE VIEW dbo.janji_temu_semua AS
SELECT
    id, versi, id_guru, id_tamu, keperluan, jadwal, durasi_menit, jenis, status, alasan, kode_qr, waktu_datang,
    terlambat, waktu_mulai, waktu_selesai, tanggapan, dibaca_pada, notifikasi_dihapus_pada, rating, komentar,
    ulasan_pada, kunci, dibuat_oleh, dibuat_pada, atas_nama, jumlah_orang, tanggapan_jenis, tanggapan_menit,
    tanggapan_tempat, ditanggapi_pada, diberi_tahu_pada, kata, datang_di_meja, pulang_di_meja, instansi, email,
    batal_oleh_tamu, survei_diisi, seri, id_tamu_asal, disembunyikan_pada, disembunyikan_oleh,
    disembunyikan_alasan, ditanggapi_oleh
FROM dbo.janji_temu
UNION ALL
SELECT
    id, versi, id_guru, id_tamu, keperluan, jadwal, durasi_menit, jenis, status, alasan, kode_qr, waktu_datang,
    terlambat, waktu_mulai, waktu_selesai, tanggapan, dibaca_pada, notifikasi_dihapus_pada, rating, komentar,
    ulasan_pada, kunci, dibuat_oleh, dibuat_pada, atas_nama, jumlah_orang, tanggapan_jenis, tanggapan_menit,
    tanggapan_tempat, ditanggapi_pada, diberi_tahu_pada, kata, datang_di_meja, pulang_di_meja, instansi, email,
    batal_oleh_tamu, survei_diisi, seri, id_tamu_asal, disembunyikan_pada, disembunyikan_oleh,
    disembunyikan_alasan, ditanggapi_oleh
FROM sistem.arsip;
GO

CREATE VIEW dbo.ulasan AS
SELECT
    j.id AS id_janji_temu, j.id_guru, j.id_tamu, j.rating, j.komentar, j.ulasan_pada,
    CAST(CASE WHEN j.disembunyikan_pada IS NULL THEN 0 ELSE 1 END AS BIT) AS tersembunyi
FROM dbo.janji_temu_semua AS j
WHERE j.ulasan_pada IS NOT NULL;
