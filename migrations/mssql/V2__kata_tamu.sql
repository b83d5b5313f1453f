-- The words of each guest's name and institution, so that a search finds guests by the beginnings of words without
-- reading them all. `urut` is the folded name: a page of hits comes off the primary key in its order, by the word found,
-- then by name. Rows are written with the guest, in the same transaction; those of older guests are filled in when the
-- database is opened.

CREATE TABLE sistem.kata_tamu (
    kata NVARCHAR(80) COLLATE Latin1_General_BIN2 NOT NULL,
    urut NVARCHAR(120) COLLATE Latin1_General_BIN2 NOT NULL,
    id_tamu BIGINT NOT NULL,
    CONSTRAINT pk_sistem_kata_tamu PRIMARY KEY CLUSTERED (kata, urut, id_tamu),
    CONSTRAINT fk_sistem_kata_tamu_tamu FOREIGN KEY (id_tamu) REFERENCES dbo.tamu (id) ON DELETE CASCADE
);

CREATE INDEX ix_sistem_kata_tamu_tamu ON sistem.kata_tamu (id_tamu, kata);
