-- Days on which the school is closed. `perkiraan`: predicted, not announced yet. What was entered by hand stays if a file
-- brings the same day.
CREATE TABLE sistem_hari_libur (
    tanggal TEXT NOT NULL,
    nama TEXT NOT NULL,
    jenis TEXT NOT NULL,
    perkiraan INTEGER NOT NULL,
    sumber TEXT NOT NULL,
    CONSTRAINT pk_sistem_hari_libur PRIMARY KEY (tanggal),
    CONSTRAINT ck_sistem_hari_libur_jenis CHECK (jenis IN ('libur_nasional', 'cuti_bersama', 'sekolah')),
    CONSTRAINT ck_sistem_hari_libur_perkiraan CHECK (perkiraan IN (0, 1)),
    CONSTRAINT ck_sistem_hari_libur_sumber CHECK (sumber IN ('impor', 'manual'))
) STRICT;
