-- Two entries of one guest made one, which can be undone for a day, and what lists of years need.

-- Whom a guest who was merged is now. A number or a code of the merged one leads there.
ALTER TABLE dbo.tamu ADD digabung_ke BIGINT NULL;
GO
-- Whose visit it was before its guest was merged.
ALTER TABLE dbo.janji_temu ADD id_tamu_asal BIGINT NULL;
GO

-- Who went into whom, first: `tamu.digabung_ke` is where a chain of these ends. What the kept guest got from the merged
-- one is taken back with the merge. After `selesai_pada` it cannot be undone any more.
CREATE TABLE sistem.gabung (
    id_tamu BIGINT NOT NULL,
    id_ke BIGINT NOT NULL,
    oleh BIGINT NOT NULL,
    pada DATETIME2(3) NOT NULL,
    selesai_pada DATETIME2(3) NULL,
    telp_indeks VARBINARY(32) NULL,
    email_diisi BIT NOT NULL,
    instansi_diisi BIT NOT NULL,
    hapus_diisi BIT NOT NULL,
    CONSTRAINT pk_sistem_gabung PRIMARY KEY CLUSTERED (id_tamu),
    CONSTRAINT fk_sistem_gabung_tamu FOREIGN KEY (id_tamu) REFERENCES dbo.tamu (id),
    CONSTRAINT fk_sistem_gabung_ke FOREIGN KEY (id_ke) REFERENCES dbo.tamu (id),
    CONSTRAINT ck_sistem_gabung_sendiri CHECK (id_tamu <> id_ke)
);
GO

CREATE INDEX ix_sistem_gabung_pada ON sistem.gabung (pada) WHERE selesai_pada IS NULL;
CREATE INDEX ix_tamu_digabung_ke ON dbo.tamu (digabung_ke) WHERE digabung_ke IS NOT NULL;
CREATE INDEX ix_tamu_hapus_diminta ON dbo.tamu (hapus_diminta_pada) WHERE hapus_diminta_pada IS NOT NULL;
-- All guests by name, without those who are none any more.
CREATE INDEX ix_tamu_ada ON dbo.tamu (nama) WHERE dianonimkan_pada IS NULL AND digabung_ke IS NULL;
-- Years of one status by time.
CREATE INDEX ix_janji_temu_status ON dbo.janji_temu (status, jadwal);
