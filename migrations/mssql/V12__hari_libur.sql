-- Days on which the school is closed. `perkiraan`: predicted, not announced yet. What was entered by hand stays if a file
-- brings the same day.
CREATE TABLE sistem.hari_libur (
    tanggal NVARCHAR(10) COLLATE Latin1_General_BIN2 NOT NULL,
    nama NVARCHAR(100) COLLATE Latin1_General_CI_AS NOT NULL,
    jenis NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    perkiraan BIT NOT NULL,
    sumber NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    CONSTRAINT pk_sistem_hari_libur PRIMARY KEY CLUSTERED (tanggal),
    CONSTRAINT ck_sistem_hari_libur_jenis CHECK (jenis IN (N'libur_nasional', N'cuti_bersama', N'sekolah')),
    CONSTRAINT ck_sistem_hari_libur_sumber CHECK (sumber IN (N'impor', N'manual'))
);
