-- Messages with what became of them, the channels that carry them, what guests say of a visit without an account, and what
-- gurus subscribe to.

-- A message is about an appointment, or it brings a user the first password. Who is told what is read when it is written;
-- `rahasia` is an encrypted password, there only until it has left. What was queued before there were channels goes.
DROP TABLE sistem_pesan_keluar;
CREATE TABLE sistem_pesan_keluar (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    jenis TEXT NOT NULL,
    id_janji_temu INTEGER,
    id_pengguna INTEGER,
    rahasia BLOB,
    keadaan TEXT NOT NULL DEFAULT 'menunggu',
    saluran TEXT,
    alasan TEXT,
    id_penyedia TEXT,
    percobaan INTEGER NOT NULL DEFAULT 0,
    kirim_pada INTEGER NOT NULL,
    disewa_oleh TEXT,
    disewa_sampai INTEGER,
    dibuat_pada INTEGER NOT NULL,
    diubah_pada INTEGER NOT NULL,
    CONSTRAINT fk_sistem_pesan_janji_temu FOREIGN KEY (id_janji_temu) REFERENCES janji_temu (id) ON DELETE CASCADE,
    CONSTRAINT fk_sistem_pesan_pengguna FOREIGN KEY (id_pengguna) REFERENCES pengguna (id) ON DELETE CASCADE,
    CONSTRAINT ck_sistem_pesan_tentang CHECK ((id_janji_temu IS NULL) <> (id_pengguna IS NULL)),
    CONSTRAINT ck_sistem_pesan_jenis CHECK (
        jenis IN (
            'undangan', 'pindah', 'kedatangan', 'ulasan', 'batal', 'pengingat', 'kredensial', 'batal_tamu'
        )
    ),
    CONSTRAINT ck_sistem_pesan_keadaan CHECK (
        keadaan IN ('menunggu', 'diserahkan', 'terkirim', 'sampai', 'dibaca', 'gagal', 'usang')
    ),
    CONSTRAINT ck_sistem_pesan_saluran CHECK (saluran IN ('whatsapp', 'email'))
) STRICT;

CREATE INDEX ix_sistem_pesan_antre ON sistem_pesan_keluar (kirim_pada) WHERE keadaan = 'menunggu';
CREATE INDEX ix_sistem_pesan_janji ON sistem_pesan_keluar (id_janji_temu);
CREATE INDEX ix_sistem_pesan_pengguna ON sistem_pesan_keluar (id_pengguna);
CREATE INDEX ix_sistem_pesan_penyedia ON sistem_pesan_keluar (id_penyedia) WHERE id_penyedia IS NOT NULL;

-- The ways out. `konfigurasi` is encrypted; `boleh_pada` spaces what all nodes send.
CREATE TABLE sistem_saluran (
    nama TEXT NOT NULL,
    konfigurasi BLOB,
    keadaan TEXT NOT NULL,
    alasan TEXT,
    boleh_pada INTEGER NOT NULL DEFAULT 0,
    diperiksa_pada INTEGER,
    versi INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT pk_sistem_saluran PRIMARY KEY (nama),
    CONSTRAINT ck_sistem_saluran_nama CHECK (nama IN ('whatsapp', 'email')),
    CONSTRAINT ck_sistem_saluran_keadaan CHECK (keadaan IN ('belum_diatur', 'siap', 'terganggu'))
) STRICT;

-- What a guest answered to the survey, without a name and without the visit: the identity is random, the day the only time,
-- and the answers stand by the names of their elements. Row numbers would tell in which order they came.
CREATE TABLE sistem_survei (
    id TEXT NOT NULL,
    tanggal TEXT NOT NULL,
    usia TEXT,
    pendidikan TEXT,
    pekerjaan TEXT,
    jenis_kelamin TEXT,
    saran TEXT,
    persyaratan INTEGER,
    prosedur INTEGER,
    waktu INTEGER,
    biaya INTEGER,
    produk INTEGER,
    kompetensi INTEGER,
    perilaku INTEGER,
    pengaduan INTEGER,
    sarana INTEGER,
    CONSTRAINT pk_sistem_survei PRIMARY KEY (id),
    CONSTRAINT ck_sistem_survei_persyaratan CHECK (persyaratan BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_prosedur CHECK (prosedur BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_waktu CHECK (waktu BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_biaya CHECK (biaya BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_produk CHECK (produk BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_kompetensi CHECK (kompetensi BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_perilaku CHECK (perilaku BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_pengaduan CHECK (pengaduan BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_sarana CHECK (sarana BETWEEN 1 AND 4)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_sistem_survei_tanggal ON sistem_survei (tanggal);

-- A guru's own feed, by SHA-256 of its secret.
CREATE TABLE sistem_kalender (
    id_pengguna INTEGER NOT NULL,
    rahasia BLOB NOT NULL,
    dibuat_pada INTEGER NOT NULL,
    CONSTRAINT pk_sistem_kalender PRIMARY KEY (id_pengguna),
    CONSTRAINT uq_sistem_kalender_rahasia UNIQUE (rahasia),
    CONSTRAINT fk_sistem_kalender_pengguna FOREIGN KEY (id_pengguna) REFERENCES pengguna (id) ON DELETE CASCADE
) STRICT;

-- The guest's own: called off by the guest, the survey filled in (once), consent with its version, erasure asked for.
ALTER TABLE janji_temu ADD COLUMN batal_oleh_tamu INTEGER NOT NULL DEFAULT 0
CONSTRAINT ck_janji_temu_batal_oleh_tamu CHECK (batal_oleh_tamu IN (0, 1));
ALTER TABLE janji_temu ADD COLUMN survei_diisi INTEGER NOT NULL DEFAULT 0
CONSTRAINT ck_janji_temu_survei_diisi CHECK (survei_diisi IN (0, 1));
-- Those that were made together: repeated, or for several guests.
ALTER TABLE janji_temu ADD COLUMN seri TEXT;
ALTER TABLE tamu ADD COLUMN setuju_versi TEXT;
ALTER TABLE tamu ADD COLUMN hapus_diminta_pada INTEGER;
