-- Ends of what lets people in, and the devices that have let them in before.

-- A password that somebody else has made up ends at this time; one that its owner chose has none. Those given out before
-- end as if they were given out now.
ALTER TABLE dbo.pengguna ADD password_sampai DATETIME2(3) NULL;
GO
ALTER TABLE dbo.tamu ADD password_sampai DATETIME2(3) NULL;
GO
UPDATE dbo.pengguna SET password_sampai = DATEADD(day, 7, SYSUTCDATETIME()) WHERE wajib_ganti_password = 1;
GO

-- HMAC of the device that signed in, where it has one.
ALTER TABLE sistem.sesi ADD perangkat VARBINARY(32) NULL;
GO

-- Devices that an account has signed in from, as HMAC of both: what others guess elsewhere does not slow them down.
CREATE TABLE sistem.perangkat (
    sidik VARBINARY(32) NOT NULL,
    id_pengguna BIGINT NULL,
    id_tamu BIGINT NULL,
    terakhir_pada DATETIME2(3) NOT NULL,
    CONSTRAINT pk_sistem_perangkat PRIMARY KEY CLUSTERED (sidik),
    CONSTRAINT fk_sistem_perangkat_pengguna FOREIGN KEY (id_pengguna) REFERENCES dbo.pengguna (id) ON DELETE CASCADE,
    CONSTRAINT fk_sistem_perangkat_tamu FOREIGN KEY (id_tamu) REFERENCES dbo.tamu (id) ON DELETE CASCADE,
    CONSTRAINT ck_sistem_perangkat_milik CHECK (
        (id_pengguna IS NULL AND id_tamu IS NOT NULL) OR (id_pengguna IS NOT NULL AND id_tamu IS NULL)
    )
);

CREATE INDEX ix_sistem_perangkat_pengguna ON sistem.perangkat (id_pengguna, terakhir_pada);
CREATE INDEX ix_sistem_perangkat_tamu ON sistem.perangkat (id_tamu, terakhir_pada);
