-- The visit as it is: guests without a phone, other people under a known number, groups, answers that are a kind with their
-- words, and how gurus are addressed. Names are searched as they are spoken: folded, in `kata`.

ALTER TABLE dbo.pengguna ADD sapaan NVARCHAR(10) COLLATE Latin1_General_BIN2 NULL;
-- Name, position and address, folded; filled in when the database is opened.
ALTER TABLE dbo.pengguna ADD kata NVARCHAR(1000) COLLATE Latin1_General_BIN2 NOT NULL
CONSTRAINT df_pengguna_kata DEFAULT N'';
GO

ALTER TABLE dbo.pengguna ADD CONSTRAINT ck_pengguna_sapaan CHECK (sapaan IN (N'Bu', N'Pak'));

-- A guest without a phone has none of the three. Not every server takes NOT NULL off a column, so each is made anew.
ALTER TABLE dbo.tamu DROP CONSTRAINT uq_tamu_telp_indeks;
DROP INDEX ix_tamu_telp_akhir ON dbo.tamu;
ALTER TABLE dbo.tamu ADD telp_lama VARBINARY(200) NULL;
ALTER TABLE dbo.tamu ADD telp_indeks_lama VARBINARY(32) NULL;
ALTER TABLE dbo.tamu ADD telp_akhir_lama NVARCHAR(4) COLLATE Latin1_General_BIN2 NULL;
GO

UPDATE dbo.tamu SET telp_lama = telp, telp_indeks_lama = telp_indeks, telp_akhir_lama = telp_akhir;
GO

ALTER TABLE dbo.tamu DROP COLUMN telp;
ALTER TABLE dbo.tamu DROP COLUMN telp_indeks;
ALTER TABLE dbo.tamu DROP COLUMN telp_akhir;
GO

ALTER TABLE dbo.tamu ADD telp VARBINARY(200) NULL;
ALTER TABLE dbo.tamu ADD telp_indeks VARBINARY(32) NULL;
ALTER TABLE dbo.tamu ADD telp_akhir NVARCHAR(4) COLLATE Latin1_General_BIN2 NULL;
GO

UPDATE dbo.tamu SET telp = telp_lama, telp_indeks = telp_indeks_lama, telp_akhir = telp_akhir_lama;
GO

ALTER TABLE dbo.tamu DROP COLUMN telp_lama;
ALTER TABLE dbo.tamu DROP COLUMN telp_indeks_lama;
ALTER TABLE dbo.tamu DROP COLUMN telp_akhir_lama;
GO

-- A unique constraint would allow one guest without.
CREATE UNIQUE INDEX uq_tamu_telp_indeks ON dbo.tamu (telp_indeks) WHERE telp_indeks IS NOT NULL;
CREATE INDEX ix_tamu_telp_akhir ON dbo.tamu (telp_akhir, nama, id);

-- Who really comes, where that is not the guest whose number it is.
ALTER TABLE dbo.janji_temu ADD atas_nama NVARCHAR(200) COLLATE Latin1_General_CI_AS NULL;
ALTER TABLE dbo.janji_temu ADD jumlah_orang INT NOT NULL CONSTRAINT df_janji_temu_jumlah_orang DEFAULT 1;
ALTER TABLE dbo.janji_temu ADD tanggapan_jenis NVARCHAR(20) COLLATE Latin1_General_BIN2 NULL;
ALTER TABLE dbo.janji_temu ADD tanggapan_menit INT NULL;
ALTER TABLE dbo.janji_temu ADD tanggapan_tempat NVARCHAR(200) COLLATE Latin1_General_CI_AS NULL;
ALTER TABLE dbo.janji_temu ADD ditanggapi_pada DATETIME2(3) NULL;
-- When the desk had the guru told again.
ALTER TABLE dbo.janji_temu ADD diberi_tahu_pada DATETIME2(3) NULL;
-- Purpose and `atas_nama`, folded; filled in when the database is opened.
ALTER TABLE dbo.janji_temu ADD kata NVARCHAR(800) COLLATE Latin1_General_BIN2 NOT NULL
CONSTRAINT df_janji_temu_kata DEFAULT N'';
GO

ALTER TABLE dbo.janji_temu ADD CONSTRAINT ck_janji_temu_jumlah_orang CHECK (jumlah_orang BETWEEN 1 AND 999);
ALTER TABLE dbo.janji_temu ADD CONSTRAINT ck_janji_temu_tanggapan_jenis CHECK (
    tanggapan_jenis IN (N'ke_lobi', N'sebentar', N'antar', N'tidak_bisa', N'teks')
);
ALTER TABLE dbo.janji_temu ADD CONSTRAINT ck_janji_temu_tanggapan_menit CHECK (tanggapan_menit BETWEEN 1 AND 240);
GO

-- Answers given so far are the kinds whose words they are. An answer counted as read, so it is no older than that.
UPDATE dbo.janji_temu SET
    tanggapan_jenis = CASE tanggapan
        WHEN N'Saya ke lobi' THEN N'ke_lobi'
        WHEN N'5 menit lagi' THEN N'sebentar'
        WHEN N'Antar ke ruang' THEN N'antar'
        WHEN N'Tidak bisa' THEN N'tidak_bisa'
        ELSE N'teks'
    END,
    tanggapan_menit = CASE tanggapan WHEN N'5 menit lagi' THEN 5 END,
    ditanggapi_pada = dibaca_pada
WHERE tanggapan IS NOT NULL;
GO

DROP VIEW dbo.notifikasi;
GO

CREATE VIEW dbo.notifikasi AS
SELECT
    j.id,
    j.id_guru AS id_pengguna,
    j.id AS id_janji_temu,
    N'Tamu ' + COALESCE(j.atas_nama, t.nama) + N' telah datang untuk ' + j.keperluan AS pesan,
    j.waktu_datang AS waktu,
    CAST(CASE WHEN j.dibaca_pada IS NULL THEN 0 ELSE 1 END AS BIT) AS is_read
FROM dbo.janji_temu AS j
INNER JOIN dbo.tamu AS t ON t.id = j.id_tamu
WHERE j.waktu_datang IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL;
