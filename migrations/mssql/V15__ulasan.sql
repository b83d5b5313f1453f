-- A review's words can be hidden, with a reason: the stars stay, and who hid them and when is kept. Both tables of
-- visits have the same columns, and one view reads them. Who hid words has history: that user is never deleted.

ALTER TABLE dbo.janji_temu ADD disembunyikan_pada DATETIME2(3) NULL;
ALTER TABLE dbo.janji_temu ADD disembunyikan_oleh BIGINT NULL;
ALTER TABLE dbo.janji_temu ADD disembunyikan_alasan NVARCHAR(400) COLLATE Latin1_General_CI_AS NULL;
ALTER TABLE sistem.arsip ADD disembunyikan_pada DATETIME2(3) NULL;
ALTER TABLE sistem.arsip ADD disembunyikan_oleh BIGINT NULL;
ALTER TABLE sistem.arsip ADD disembunyikan_alasan NVARCHAR(400) COLLATE Latin1_General_CI_AS NULL;
GO

ALTER TABLE dbo.janji_temu ADD CONSTRAINT fk_janji_temu_disembunyikan FOREIGN KEY (disembunyikan_oleh)
REFERENCES dbo.pengguna (id);
ALTER TABLE sistem.arsip ADD CONSTRAINT fk_sistem_arsip_disembunyikan FOREIGN KEY (disembunyikan_oleh)
REFERENCES dbo.pengguna (id);
CREATE INDEX ix_janji_temu_disembunyikan ON dbo.janji_temu (disembunyikan_oleh) WHERE disembunyikan_oleh IS NOT NULL;
CREATE INDEX ix_sistem_arsip_disembunyikan ON sistem.arsip (disembunyikan_oleh) WHERE disembunyikan_oleh IS NOT NULL;
GO

CREATE VIEW dbo.janji_temu_semua AS
SELECT
    id, versi, id_guru, id_tamu, keperluan, jadwal, durasi_menit, jenis, status, alasan, kode_qr, waktu_datang,
    terlambat, waktu_mulai, waktu_selesai, tanggapan, dibaca_pada, notifikasi_dihapus_pada, rating, komentar,
    ulasan_pada, kunci, dibuat_oleh, dibuat_pada, atas_nama, jumlah_orang, tanggapan_jenis, tanggapan_menit,
    tanggapan_tempat, ditanggapi_pada, diberi_tahu_pada, kata, datang_di_meja, pulang_di_meja, instansi, email,
    batal_oleh_tamu, survei_diisi, seri, id_tamu_asal, disembunyikan_pada, disembunyikan_oleh,
    disembunyikan_alasan
FROM dbo.janji_temu
UNION ALL
SELECT
    id, versi, id_guru, id_tamu, keperluan, jadwal, durasi_menit, jenis, status, alasan, kode_qr, waktu_datang,
    terlambat, waktu_mulai, waktu_selesai, tanggapan, dibaca_pada, notifikasi_dihapus_pada, rating, komentar,
    ulasan_pada, kunci, dibuat_oleh, dibuat_pada, atas_nama, jumlah_orang, tanggapan_jenis, tanggapan_menit,
    tanggapan_tempat, ditanggapi_pada, diberi_tahu_pada, kata, datang_di_meja, pulang_di_meja, instansi, email,
    batal_oleh_tamu, survei_diisi, seri, id_tamu_asal, disembunyikan_pada, disembunyikan_oleh,
    disembunyikan_alasan
FROM sistem.arsip;
GO

DROP VIEW dbo.ulasan;
GO

CREATE VIEW dbo.ulasan AS
SELECT
    j.id AS id_janji_temu, j.id_guru, j.id_tamu, j.rating, j.komentar, j.ulasan_pada,
    CAST(CASE WHEN j.disembunyikan_pada IS NULL THEN 0 ELSE 1 END AS BIT) AS tersembunyi
FROM dbo.janji_temu_semua AS j
WHERE j.ulasan_pada IS NOT NULL;
