-- Reports: an index that answers by itself who came in a span but was scheduled outside, the school's logo, and reports that
-- are sent by themselves.

DROP INDEX ix_janji_temu_datang ON dbo.janji_temu;
GO
CREATE INDEX ix_janji_temu_datang ON dbo.janji_temu (waktu_datang, jadwal) WHERE waktu_datang IS NOT NULL;
GO

-- Pictures of the school, such as its logo, as PNG.
CREATE TABLE sistem.gambar (
    nama NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    isi VARBINARY(MAX) NOT NULL,
    diubah_pada DATETIME2(3) NOT NULL,
    CONSTRAINT pk_sistem_gambar PRIMARY KEY CLUSTERED (nama),
    CONSTRAINT ck_sistem_gambar_nama CHECK (nama IN (N'logo'))
);
GO

-- A report is sent to an admin once for each period: `mingguan:2026-11-23`, `bulanan:2026-11-01`.
ALTER TABLE sistem.pesan_keluar ADD periode NVARCHAR(40) COLLATE Latin1_General_BIN2 NULL;
GO
ALTER TABLE sistem.pesan_keluar DROP CONSTRAINT ck_sistem_pesan_jenis;
GO
ALTER TABLE sistem.pesan_keluar ADD CONSTRAINT ck_sistem_pesan_jenis CHECK (
    jenis IN (
        N'undangan', N'pindah', N'kedatangan', N'ulasan', N'batal', N'pengingat', N'kredensial', N'batal_tamu',
        N'laporan'
    )
);
GO
CREATE UNIQUE INDEX uq_sistem_pesan_laporan ON sistem.pesan_keluar (id_pengguna, periode) WHERE periode IS NOT NULL;
GO
