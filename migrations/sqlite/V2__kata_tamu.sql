-- The words of each guest's name and institution, so that a search finds guests by the beginnings of words without
-- reading them all. `urut` is the folded name: a page of hits comes off the primary key in its order, by the word found,
-- then by name. Rows are written with the guest, in the same transaction; those of older guests are filled in when the
-- database is opened.

CREATE TABLE sistem_kata_tamu (
    kata TEXT NOT NULL,
    urut TEXT NOT NULL,
    id_tamu INTEGER NOT NULL,
    CONSTRAINT pk_sistem_kata_tamu PRIMARY KEY (kata, urut, id_tamu),
    CONSTRAINT fk_sistem_kata_tamu_tamu FOREIGN KEY (id_tamu) REFERENCES tamu (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_sistem_kata_tamu_tamu ON sistem_kata_tamu (id_tamu, kata);
