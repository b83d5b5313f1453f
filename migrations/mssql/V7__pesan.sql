-- Messages with what became of them, the channels that carry them, what guests say of a visit without an account, and what
-- gurus subscribe to.

-- A message is about an appointment, or it brings a user the first password. Who is told what is read when it is written;
-- `rahasia` is an encrypted password, there only until it has left. What was queued before there were channels goes.
DROP TABLE sistem.pesan_keluar;
GO

CREATE TABLE sistem.pesan_keluar (
    id BIGINT IDENTITY(1, 1) NOT NULL,
    jenis NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    id_janji_temu BIGINT NULL,
    id_pengguna BIGINT NULL,
    rahasia VARBINARY(400) NULL,
    keadaan NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT df_sistem_pesan_keadaan DEFAULT N'menunggu',
    saluran NVARCHAR(20) COLLATE Latin1_General_BIN2 NULL,
    alasan NVARCHAR(40) COLLATE Latin1_General_BIN2 NULL,
    id_penyedia NVARCHAR(200) COLLATE Latin1_General_BIN2 NULL,
    percobaan INT NOT NULL CONSTRAINT df_sistem_pesan_percobaan DEFAULT 0,
    kirim_pada DATETIME2(3) NOT NULL,
    disewa_oleh NVARCHAR(40) COLLATE Latin1_General_BIN2 NULL,
    disewa_sampai DATETIME2(3) NULL,
    dibuat_pada DATETIME2(3) NOT NULL,
    diubah_pada DATETIME2(3) NOT NULL,
    CONSTRAINT pk_sistem_pesan_keluar PRIMARY KEY CLUSTERED (id),
    CONSTRAINT fk_sistem_pesan_janji_temu FOREIGN KEY (id_janji_temu) REFERENCES dbo.janji_temu (id)
    ON DELETE CASCADE,
    CONSTRAINT fk_sistem_pesan_pengguna FOREIGN KEY (id_pengguna) REFERENCES dbo.pengguna (id) ON DELETE CASCADE,
    CONSTRAINT ck_sistem_pesan_tentang CHECK (
        (id_janji_temu IS NULL AND id_pengguna IS NOT NULL) OR (id_janji_temu IS NOT NULL AND id_pengguna IS NULL)
    ),
    CONSTRAINT ck_sistem_pesan_jenis CHECK (
        jenis IN (
            N'undangan', N'pindah', N'kedatangan', N'ulasan', N'batal', N'pengingat', N'kredensial', N'batal_tamu'
        )
    ),
    CONSTRAINT ck_sistem_pesan_keadaan CHECK (
        keadaan IN (N'menunggu', N'diserahkan', N'terkirim', N'sampai', N'dibaca', N'gagal', N'usang')
    ),
    CONSTRAINT ck_sistem_pesan_saluran CHECK (saluran IN (N'whatsapp', N'email'))
);
GO

CREATE INDEX ix_sistem_pesan_antre ON sistem.pesan_keluar (keadaan, kirim_pada);
CREATE INDEX ix_sistem_pesan_janji ON sistem.pesan_keluar (id_janji_temu);
CREATE INDEX ix_sistem_pesan_pengguna ON sistem.pesan_keluar (id_pengguna);
CREATE INDEX ix_sistem_pesan_penyedia ON sistem.pesan_keluar (id_penyedia);
GO

-- The ways out. `konfigurasi` is encrypted; `boleh_pada` spaces what all nodes send.
CREATE TABLE sistem.saluran (
    nama NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    konfigurasi VARBINARY(4000) NULL,
    keadaan NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    alasan NVARCHAR(40) COLLATE Latin1_General_BIN2 NULL,
    boleh_pada DATETIME2(3) NOT NULL CONSTRAINT df_sistem_saluran_boleh_pada DEFAULT '1970-01-01T00:00:00',
    diperiksa_pada DATETIME2(3) NULL,
    versi BIGINT NOT NULL CONSTRAINT df_sistem_saluran_versi DEFAULT 0,
    CONSTRAINT pk_sistem_saluran PRIMARY KEY CLUSTERED (nama),
    CONSTRAINT ck_sistem_saluran_nama CHECK (nama IN (N'whatsapp', N'email')),
    CONSTRAINT ck_sistem_saluran_keadaan CHECK (keadaan IN (N'belum_diatur', N'siap', N'terganggu'))
);

-- What a guest answered to the survey, without a name and without the visit: the identity is random, the day the only time,
-- and the answers stand by the names of their elements.
CREATE TABLE sistem.survei (
    id NVARCHAR(40) COLLATE Latin1_General_BIN2 NOT NULL,
    tanggal NVARCHAR(10) COLLATE Latin1_General_BIN2 NOT NULL,
    usia NVARCHAR(20) COLLATE Latin1_General_BIN2 NULL,
    pendidikan NVARCHAR(20) COLLATE Latin1_General_BIN2 NULL,
    pekerjaan NVARCHAR(20) COLLATE Latin1_General_BIN2 NULL,
    jenis_kelamin NVARCHAR(20) COLLATE Latin1_General_BIN2 NULL,
    saran NVARCHAR(1000) COLLATE Latin1_General_CI_AS NULL,
    persyaratan INT NULL,
    prosedur INT NULL,
    waktu INT NULL,
    biaya INT NULL,
    produk INT NULL,
    kompetensi INT NULL,
    perilaku INT NULL,
    pengaduan INT NULL,
    sarana INT NULL,
    CONSTRAINT pk_sistem_survei PRIMARY KEY CLUSTERED (id),
    CONSTRAINT ck_sistem_survei_persyaratan CHECK (persyaratan BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_prosedur CHECK (prosedur BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_waktu CHECK (waktu BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_biaya CHECK (biaya BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_produk CHECK (produk BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_kompetensi CHECK (kompetensi BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_perilaku CHECK (perilaku BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_pengaduan CHECK (pengaduan BETWEEN 1 AND 4),
    CONSTRAINT ck_sistem_survei_sarana CHECK (sarana BETWEEN 1 AND 4)
);
CREATE INDEX ix_sistem_survei_tanggal ON sistem.survei (tanggal);

-- A guru's own feed, by SHA-256 of its secret.
CREATE TABLE sistem.kalender (
    id_pengguna BIGINT NOT NULL,
    rahasia VARBINARY(32) NOT NULL,
    dibuat_pada DATETIME2(3) NOT NULL,
    CONSTRAINT pk_sistem_kalender PRIMARY KEY CLUSTERED (id_pengguna),
    CONSTRAINT uq_sistem_kalender_rahasia UNIQUE (rahasia),
    CONSTRAINT fk_sistem_kalender_pengguna FOREIGN KEY (id_pengguna) REFERENCES dbo.pengguna (id) ON DELETE CASCADE
);
GO

-- The guest's own: called off by the guest, the survey filled in (once), consent with its version, erasure asked for.
ALTER TABLE dbo.janji_temu ADD batal_oleh_tamu BIT NOT NULL CONSTRAINT df_janji_temu_batal_oleh_tamu DEFAULT 0;
ALTER TABLE dbo.janji_temu ADD survei_diisi BIT NOT NULL CONSTRAINT df_janji_temu_survei_diisi DEFAULT 0;
-- Those that were made together: repeated, or for several guests.
ALTER TABLE dbo.janji_temu ADD seri NVARCHAR(40) COLLATE Latin1_General_BIN2 NULL;
ALTER TABLE dbo.tamu ADD setuju_versi NVARCHAR(100) COLLATE Latin1_General_BIN2 NULL;
ALTER TABLE dbo.tamu ADD hapus_diminta_pada DATETIME2(3) NULL;
