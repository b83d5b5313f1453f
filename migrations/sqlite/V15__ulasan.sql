-- A review's words can be hidden, with a reason: the stars stay, and who hid them and when is kept. Both tables of
-- visits have the same columns, and one view reads them. Who hid words has history: that user is never deleted.

ALTER TABLE janji_temu ADD COLUMN disembunyikan_pada INTEGER;
ALTER TABLE janji_temu ADD COLUMN disembunyikan_oleh INTEGER
CONSTRAINT fk_janji_temu_disembunyikan REFERENCES pengguna (id);
ALTER TABLE janji_temu ADD COLUMN disembunyikan_alasan TEXT;
ALTER TABLE sistem_arsip ADD COLUMN disembunyikan_pada INTEGER;
ALTER TABLE sistem_arsip ADD COLUMN disembunyikan_oleh INTEGER
CONSTRAINT fk_sistem_arsip_disembunyikan REFERENCES pengguna (id);
ALTER TABLE sistem_arsip ADD COLUMN disembunyikan_alasan TEXT;
CREATE INDEX ix_janji_temu_disembunyikan ON janji_temu (disembunyikan_oleh) WHERE disembunyikan_oleh IS NOT NULL;
CREATE INDEX ix_sistem_arsip_disembunyikan ON sistem_arsip (disembunyikan_oleh) WHERE disembunyikan_oleh IS NOT NULL;

CREATE VIEW janji_temu_semua AS
SELECT
    id, versi, id_guru, id_tamu, keperluan, jadwal, durasi_menit, jenis, status, alasan, kode_qr, waktu_datang,
    terlambat, waktu_mulai, waktu_selesai, tanggapan, dibaca_pada, notifikasi_dihapus_pada, rating, komentar,
    ulasan_pada, kunci, dibuat_oleh, dibuat_pada, atas_nama, jumlah_orang, tanggapan_jenis, tanggapan_menit,
    tanggapan_tempat, ditanggapi_pada, diberi_tahu_pada, kata, datang_di_meja, pulang_di_meja, instansi, email,
    batal_oleh_tamu, survei_diisi, seri, id_tamu_asal, disembunyikan_pada, disembunyikan_oleh,
    disembunyikan_alasan
FROM janji_temu
UNION ALL
SELECT
    id, versi, id_guru, id_tamu, keperluan, jadwal, durasi_menit, jenis, status, alasan, kode_qr, waktu_datang,
    terlambat, waktu_mulai, waktu_selesai, tanggapan, dibaca_pada, notifikasi_dihapus_pada, rating, komentar,
    ulasan_pada, kunci, dibuat_oleh, dibuat_pada, atas_nama, jumlah_orang, tanggapan_jenis, tanggapan_menit,
    tanggapan_tempat, ditanggapi_pada, diberi_tahu_pada, kata, datang_di_meja, pulang_di_meja, instansi, email,
    batal_oleh_tamu, survei_diisi, seri, id_tamu_asal, disembunyikan_pada, disembunyikan_oleh,
    disembunyikan_alasan
FROM sistem_arsip;

DROP VIEW ulasan;
CREATE VIEW ulasan AS
SELECT
    j.id AS id_janji_temu, j.id_guru, j.id_tamu, j.rating, j.komentar, j.ulasan_pada,
    j.disembunyikan_pada IS NOT NULL AS tersembunyi
FROM janji_temu_semua AS j
WHERE j.ulasan_pada IS NOT NULL;
