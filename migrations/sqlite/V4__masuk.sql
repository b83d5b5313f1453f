-- Ends of what lets people in, and the devices that have let them in before.

-- A password that somebody else has made up ends at this time; one that its owner chose has none. Those given out before
-- end as if they were given out now.
ALTER TABLE pengguna ADD COLUMN password_sampai INTEGER;
ALTER TABLE tamu ADD COLUMN password_sampai INTEGER;
UPDATE pengguna SET password_sampai = CAST(strftime('%s', 'now') AS INTEGER) * 1000 + 604800000
WHERE wajib_ganti_password = 1;

-- HMAC of the device that signed in, where it has one.
ALTER TABLE sistem_sesi ADD COLUMN perangkat BLOB;

-- Devices that an account has signed in from, as HMAC of both: what others guess elsewhere does not slow them down.
CREATE TABLE sistem_perangkat (
    sidik BLOB NOT NULL,
    id_pengguna INTEGER,
    id_tamu INTEGER,
    terakhir_pada INTEGER NOT NULL,
    CONSTRAINT pk_sistem_perangkat PRIMARY KEY (sidik),
    CONSTRAINT fk_sistem_perangkat_pengguna FOREIGN KEY (id_pengguna) REFERENCES pengguna (id) ON DELETE CASCADE,
    CONSTRAINT fk_sistem_perangkat_tamu FOREIGN KEY (id_tamu) REFERENCES tamu (id) ON DELETE CASCADE,
    CONSTRAINT ck_sistem_perangkat_milik CHECK ((id_pengguna IS NULL) <> (id_tamu IS NULL))
) STRICT;

CREATE INDEX ix_sistem_perangkat_pengguna ON sistem_perangkat (id_pengguna, terakhir_pada);
CREATE INDEX ix_sistem_perangkat_tamu ON sistem_perangkat (id_tamu, terakhir_pada);
