-- What the national register tells of a user, and nothing else of it.
ALTER TABLE dbo.pengguna ADD nuptk NVARCHAR(16) COLLATE Latin1_General_BIN2 NULL;
ALTER TABLE dbo.pengguna ADD nip NVARCHAR(18) COLLATE Latin1_General_BIN2 NULL;
ALTER TABLE dbo.pengguna ADD tugas_tambahan NVARCHAR(200) COLLATE Latin1_General_BIN2 NULL;
GO
CREATE UNIQUE INDEX uq_pengguna_nuptk ON dbo.pengguna (nuptk) WHERE nuptk IS NOT NULL;
CREATE UNIQUE INDEX uq_pengguna_nip ON dbo.pengguna (nip) WHERE nip IS NOT NULL;
GO

-- What an admin recognises a session by, such as "Chrome, Windows".
ALTER TABLE sistem.sesi ADD keterangan NVARCHAR(100) COLLATE Latin1_General_BIN2 NULL;
GO

-- HMAC of the account that the failures at one place are about, known or unknown: an admin can forget them all.
ALTER TABLE sistem.percobaan ADD akun VARBINARY(32) NULL;
GO
CREATE INDEX ix_sistem_percobaan_akun ON sistem.percobaan (akun);
