-- Reports: an index that answers by itself who came in a span but was scheduled outside, the school's logo, and reports that
-- are sent by themselves.

DROP INDEX ix_janji_temu_datang;
CREATE INDEX ix_janji_temu_datang ON janji_temu (waktu_datang, jadwal) WHERE waktu_datang IS NOT NULL;

-- Pictures of the school, such as its logo, as PNG.
CREATE TABLE sistem_gambar (
    nama TEXT NOT NULL,
    isi BLOB NOT NULL,
    diubah_pada INTEGER NOT NULL,
    CONSTRAINT pk_sistem_gambar PRIMARY KEY (nama),
    CONSTRAINT ck_sistem_gambar_nama CHECK (nama IN ('logo'))
) STRICT;

-- A report is sent to an admin once for each period: `mingguan:2026-11-23`, `bulanan:2026-11-01`.
ALTER TABLE sistem_pesan_keluar ADD COLUMN periode TEXT;
ALTER TABLE sistem_pesan_keluar DROP CONSTRAINT ck_sistem_pesan_jenis;
ALTER TABLE sistem_pesan_keluar ADD CONSTRAINT ck_sistem_pesan_jenis CHECK (
    jenis IN (
        'undangan', 'pindah', 'kedatangan', 'ulasan', 'batal', 'pengingat', 'kredensial', 'batal_tamu', 'laporan'
    )
);
CREATE UNIQUE INDEX uq_sistem_pesan_laporan ON sistem_pesan_keluar (id_pengguna, periode) WHERE periode IS NOT NULL;
