-- A unit such as "Tata Usaha" is a user that is visited, never signs in, and has several people behind it. Each of them
-- is told of its guests, in the book and by messages, and may answer in its name; who answered is kept with the answer.

ALTER TABLE pengguna ADD COLUMN unit INTEGER NOT NULL DEFAULT 0 CONSTRAINT ck_pengguna_unit CHECK (unit IN (0, 1));

CREATE TABLE sistem_anggota (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    id_unit INTEGER NOT NULL,
    id_pengguna INTEGER NOT NULL,
    CONSTRAINT uq_sistem_anggota UNIQUE (id_unit, id_pengguna),
    CONSTRAINT fk_sistem_anggota_unit FOREIGN KEY (id_unit) REFERENCES pengguna (id) ON DELETE CASCADE,
    CONSTRAINT fk_sistem_anggota_pengguna FOREIGN KEY (id_pengguna) REFERENCES pengguna (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_sistem_anggota_pengguna ON sistem_anggota (id_pengguna);

-- Of a message that goes to each member of the unit: which member.
ALTER TABLE sistem_pesan_keluar ADD COLUMN untuk INTEGER;

ALTER TABLE janji_temu ADD COLUMN ditanggapi_oleh INTEGER
CONSTRAINT fk_janji_temu_ditanggapi REFERENCES pengguna (id);
ALTER TABLE sistem_arsip ADD COLUMN ditanggapi_oleh INTEGER
CONSTRAINT fk_sistem_arsip_ditanggapi REFERENCES pengguna (id);
CREATE INDEX ix_janji_temu_ditanggapi ON janji_temu (ditanggapi_oleh) WHERE ditanggapi_oleh IS NOT NULL;
CREATE INDEX ix_sistem_arsip_ditanggapi ON sistem_arsip (ditanggapi_oleh) WHERE ditanggapi_oleh IS NOT NULL;

DROP VIEW ulasan;
DROP VIEW janji_temu_semua;
CREATE VIEW janji_temu_semua AS
SELECT
    id, versi, id_guru, id_tamu, keperluan, jadwal, durasi_menit, jenis, status, alasan, kode_qr, waktu_datang,
    terlambat, waktu_mulai, waktu_selesai, tanggapan, dibaca_pada, notifikasi_dihapus_pada, rating, komentar,
    ulasan_pada, kunci, dibuat_oleh, dibuat_pada, atas_nama, jumlah_orang, tanggapan_jenis, tanggapan_menit,
    tanggapan_tempat, ditanggapi_pada, diberi_tahu_pada, kata, datang_di_meja, pulang_di_meja, instansi, email,
    batal_oleh_tamu, survei_diisi, seri, id_tamu_asal, disembunyikan_pada, disembunyikan_oleh,
    disembunyikan_alasan, ditanggapi_oleh
FROM janji_temu
UNION ALL
SELECT
    id, versi, id_guru, id_tamu, keperluan, jadwal, durasi_menit, jenis, status, alasan, kode_qr, waktu_datang,
    terlambat, waktu_mulai, waktu_selesai, tanggapan, dibaca_pada, notifikasi_dihapus_pada, rating, komentar,
    ulasan_pada, kunci, dibuat_oleh, dibuat_pada, atas_nama, jumlah_orang, tanggapan_jenis, tanggapan_menit,
    tanggapan_tempat, ditanggapi_pada, diberi_tahu_pada, kata, datang_di_meja, pulang_di_meja, instansi, email,
    batal_oleh_tamu, survei_diisi, seri, id_tamu_asal, disembunyikan_pada, disembunyikan_oleh,
    disembunyikan_alasan, ditanggapi_oleh
FROM sistem_arsip;
CREATE VIEW ulasan AS
SELECT
    j.id AS id_janji_temu, j.id_guru, j.id_tamu, j.rating, j.komentar, j.ulasan_pada,
    j.disembunyikan_pada IS NOT NULL AS tersembunyi
FROM janji_temu_semua AS j
WHERE j.ulasan_pada IS NOT NULL;
