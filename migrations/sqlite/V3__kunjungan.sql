-- The visit as it is: guests without a phone, other people under a known number, groups, answers that are a kind with their
-- words, and how gurus are addressed. Names are searched as they are spoken: folded, in `kata`.

ALTER TABLE pengguna ADD COLUMN sapaan TEXT CONSTRAINT ck_pengguna_sapaan CHECK (sapaan IN ('Bu', 'Pak'));
-- Name, position and address, folded; filled in when the database is opened.
ALTER TABLE pengguna ADD COLUMN kata TEXT NOT NULL DEFAULT '';

-- A guest without a phone has none of the three.
ALTER TABLE tamu ALTER COLUMN telp DROP NOT NULL;
ALTER TABLE tamu ALTER COLUMN telp_indeks DROP NOT NULL;
ALTER TABLE tamu ALTER COLUMN telp_akhir DROP NOT NULL;

-- Who really comes, where that is not the guest whose number it is.
ALTER TABLE janji_temu ADD COLUMN atas_nama TEXT;
ALTER TABLE janji_temu ADD COLUMN jumlah_orang INTEGER NOT NULL DEFAULT 1
CONSTRAINT ck_janji_temu_jumlah_orang CHECK (jumlah_orang BETWEEN 1 AND 999);
ALTER TABLE janji_temu ADD COLUMN tanggapan_jenis TEXT
CONSTRAINT ck_janji_temu_tanggapan_jenis CHECK (
    tanggapan_jenis IN ('ke_lobi', 'sebentar', 'antar', 'tidak_bisa', 'teks')
);
ALTER TABLE janji_temu ADD COLUMN tanggapan_menit INTEGER
CONSTRAINT ck_janji_temu_tanggapan_menit CHECK (tanggapan_menit BETWEEN 1 AND 240);
ALTER TABLE janji_temu ADD COLUMN tanggapan_tempat TEXT;
ALTER TABLE janji_temu ADD COLUMN ditanggapi_pada INTEGER;
-- When the desk had the guru told again.
ALTER TABLE janji_temu ADD COLUMN diberi_tahu_pada INTEGER;
-- Purpose and `atas_nama`, folded; filled in when the database is opened.
ALTER TABLE janji_temu ADD COLUMN kata TEXT NOT NULL DEFAULT '';

-- Answers given so far are the kinds whose words they are. An answer counted as read, so it is no older than that.
UPDATE janji_temu SET
    tanggapan_jenis = CASE tanggapan
        WHEN 'Saya ke lobi' THEN 'ke_lobi'
        WHEN '5 menit lagi' THEN 'sebentar'
        WHEN 'Antar ke ruang' THEN 'antar'
        WHEN 'Tidak bisa' THEN 'tidak_bisa'
        ELSE 'teks'
    END,
    tanggapan_menit = CASE tanggapan WHEN '5 menit lagi' THEN 5 END,
    ditanggapi_pada = dibaca_pada
WHERE tanggapan IS NOT NULL;

DROP VIEW notifikasi;
CREATE VIEW notifikasi AS
SELECT
    j.id,
    j.id_guru AS id_pengguna,
    j.id AS id_janji_temu,
    'Tamu ' || COALESCE(j.atas_nama, t.nama) || ' telah datang untuk ' || j.keperluan AS pesan,
    j.waktu_datang AS waktu,
    j.dibaca_pada IS NOT NULL AS is_read
FROM janji_temu AS j
INNER JOIN tamu AS t ON t.id = j.id_tamu
WHERE j.waktu_datang IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL;
