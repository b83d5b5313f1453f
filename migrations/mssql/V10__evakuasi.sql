-- Evacuations, and which visits' guests were seen safe in each. At most one goes on. Users are named without a reference,
-- so that nothing here keeps one from being deleted.
CREATE TABLE sistem.evakuasi (
    id BIGINT IDENTITY(1, 1) NOT NULL,
    mulai DATETIME2(3) NOT NULL,
    id_mulai BIGINT NOT NULL,
    selesai DATETIME2(3) NULL,
    id_selesai BIGINT NULL,
    CONSTRAINT pk_sistem_evakuasi PRIMARY KEY CLUSTERED (id)
);

CREATE TABLE sistem.centang (
    id BIGINT IDENTITY(1, 1) NOT NULL,
    id_evakuasi BIGINT NOT NULL,
    id_janji_temu BIGINT NOT NULL,
    aman BIT NOT NULL,
    id_pengguna BIGINT NOT NULL,
    pada DATETIME2(3) NOT NULL,
    CONSTRAINT pk_sistem_centang PRIMARY KEY CLUSTERED (id),
    CONSTRAINT uq_sistem_centang UNIQUE (id_evakuasi, id_janji_temu),
    CONSTRAINT fk_sistem_centang_evakuasi FOREIGN KEY (id_evakuasi) REFERENCES sistem.evakuasi (id) ON DELETE CASCADE,
    CONSTRAINT fk_sistem_centang_janji_temu FOREIGN KEY (id_janji_temu) REFERENCES dbo.janji_temu (id) ON DELETE CASCADE
);

CREATE INDEX ix_sistem_centang_janji ON sistem.centang (id_janji_temu);
GO
