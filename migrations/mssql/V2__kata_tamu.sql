-- The words of each guest's name and institution, so that a search finds guests by the beginnings of words without
-- reading them all. Each guest has a row from each word on, with the words before it at the end: words in a row are one
-- range of the primary key, a page of hits comes off it in order, and a row tells by itself which other words there are. Rows
-- are written with the guest, in the same transaction; those of older guests are filled in when the database is opened.

CREATE TABLE sistem.kata_tamu (
    frasa NVARCHAR(420) COLLATE Latin1_General_BIN2 NOT NULL,
    id_tamu BIGINT NOT NULL,
    CONSTRAINT pk_sistem_kata_tamu PRIMARY KEY CLUSTERED (frasa, id_tamu),
    CONSTRAINT fk_sistem_kata_tamu_tamu FOREIGN KEY (id_tamu) REFERENCES dbo.tamu (id) ON DELETE CASCADE
);

CREATE INDEX ix_sistem_kata_tamu_tamu ON sistem.kata_tamu (id_tamu, frasa);

-- Whose numbers end alike, in the order in which they are shown.
DROP INDEX ix_tamu_telp_akhir ON dbo.tamu;
CREATE INDEX ix_tamu_telp_akhir ON dbo.tamu (telp_akhir, nama, id);
