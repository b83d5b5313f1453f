-- Two entries of one guest made one, which can be undone for a day, and what lists of years need.

-- Whom a guest who was merged is now. A number or a code of the merged one leads there.
ALTER TABLE tamu ADD COLUMN digabung_ke INTEGER;
-- Whose visit it was before its guest was merged.
ALTER TABLE janji_temu ADD COLUMN id_tamu_asal INTEGER;

-- Who went into whom, first: `tamu.digabung_ke` is where a chain of these ends. What the kept guest got from the merged
-- one is taken back with the merge. After `selesai_pada` it cannot be undone any more.
CREATE TABLE sistem_gabung (
    id_tamu INTEGER NOT NULL,
    id_ke INTEGER NOT NULL,
    oleh INTEGER NOT NULL,
    pada INTEGER NOT NULL,
    selesai_pada INTEGER,
    telp_indeks BLOB,
    email_diisi INTEGER NOT NULL,
    instansi_diisi INTEGER NOT NULL,
    hapus_diisi INTEGER NOT NULL,
    CONSTRAINT pk_sistem_gabung PRIMARY KEY (id_tamu),
    CONSTRAINT fk_sistem_gabung_tamu FOREIGN KEY (id_tamu) REFERENCES tamu (id),
    CONSTRAINT fk_sistem_gabung_ke FOREIGN KEY (id_ke) REFERENCES tamu (id),
    CONSTRAINT ck_sistem_gabung_email CHECK (email_diisi IN (0, 1)),
    CONSTRAINT ck_sistem_gabung_instansi CHECK (instansi_diisi IN (0, 1)),
    CONSTRAINT ck_sistem_gabung_hapus CHECK (hapus_diisi IN (0, 1)),
    CONSTRAINT ck_sistem_gabung_sendiri CHECK (id_tamu <> id_ke)
) STRICT;

CREATE INDEX ix_sistem_gabung_pada ON sistem_gabung (pada) WHERE selesai_pada IS NULL;
CREATE INDEX ix_tamu_digabung_ke ON tamu (digabung_ke) WHERE digabung_ke IS NOT NULL;
CREATE INDEX ix_tamu_hapus_diminta ON tamu (hapus_diminta_pada) WHERE hapus_diminta_pada IS NOT NULL;
-- All guests by name, without those who are none any more.
CREATE INDEX ix_tamu_ada ON tamu (nama COLLATE NOCASE) WHERE dianonimkan_pada IS NULL AND digabung_ke IS NULL;
-- Years of one status by time.
CREATE INDEX ix_janji_temu_status ON janji_temu (status, jadwal);
