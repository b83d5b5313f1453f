-- The words of each guest's name and institution, so that a search finds guests by the beginnings of words without
-- reading them all. Each guest has a row from each word on, with the words before it at the end: words in a row are one
-- range of the primary key, a page of hits comes off it in order, and a row tells by itself which other words there are. Rows
-- are written with the guest, in the same transaction; those of older guests are filled in when the database is opened.

CREATE TABLE sistem_kata_tamu (
    frasa TEXT NOT NULL,
    id_tamu INTEGER NOT NULL,
    CONSTRAINT pk_sistem_kata_tamu PRIMARY KEY (frasa, id_tamu),
    CONSTRAINT fk_sistem_kata_tamu_tamu FOREIGN KEY (id_tamu) REFERENCES tamu (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_sistem_kata_tamu_tamu ON sistem_kata_tamu (id_tamu, frasa);

-- Whose numbers end alike, in the order in which they are shown.
DROP INDEX ix_tamu_telp_akhir;
CREATE INDEX ix_tamu_telp_akhir ON tamu (telp_akhir, nama COLLATE NOCASE);
