-- What the national register tells of a user, and nothing else of it.
ALTER TABLE pengguna ADD COLUMN nuptk TEXT;
ALTER TABLE pengguna ADD COLUMN nip TEXT;
ALTER TABLE pengguna ADD COLUMN tugas_tambahan TEXT;
CREATE UNIQUE INDEX uq_pengguna_nuptk ON pengguna (nuptk);
CREATE UNIQUE INDEX uq_pengguna_nip ON pengguna (nip);

-- What an admin recognises a session by, such as "Chrome, Windows".
ALTER TABLE sistem_sesi ADD COLUMN keterangan TEXT;

-- HMAC of the account that the failures at one place are about, known or unknown: an admin can forget them all.
ALTER TABLE sistem_percobaan ADD COLUMN akun BLOB;
CREATE INDEX ix_sistem_percobaan_akun ON sistem_percobaan (akun);
