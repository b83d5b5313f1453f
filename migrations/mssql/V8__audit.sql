-- The audit: who did what, written with the change itself. It is only added to; the triggers let three things happen to an
-- entry: it is sealed once, what it tells of an erased guest is emptied, and the oldest are removed once that is recorded.
CREATE TABLE sistem.audit (
    id BIGINT IDENTITY(1, 1) NOT NULL,
    waktu DATETIME2(3) NOT NULL,
    id_pelaku BIGINT NULL,
    nama_pelaku NVARCHAR(200) COLLATE Latin1_General_CI_AS NULL,
    role NVARCHAR(20) COLLATE Latin1_General_BIN2 NULL,
    alamat NVARCHAR(60) COLLATE Latin1_General_BIN2 NULL,
    aksi NVARCHAR(40) COLLATE Latin1_General_BIN2 NOT NULL,
    objek NVARCHAR(40) COLLATE Latin1_General_BIN2 NOT NULL,
    id_objek BIGINT NULL,
    id_tamu BIGINT NULL,
    sebelum NVARCHAR(MAX) COLLATE Latin1_General_CI_AS NULL,
    sesudah NVARCHAR(MAX) COLLATE Latin1_General_CI_AS NULL,
    nomor BIGINT NULL,
    pribadi VARBINARY(32) NULL,
    segel VARBINARY(32) NULL,
    CONSTRAINT pk_sistem_audit PRIMARY KEY CLUSTERED (id),
    CONSTRAINT ck_sistem_audit_segel CHECK (
        (nomor IS NULL AND pribadi IS NULL AND segel IS NULL)
        OR (nomor IS NOT NULL AND pribadi IS NOT NULL AND segel IS NOT NULL)
    )
);
GO

CREATE UNIQUE INDEX uq_sistem_audit_nomor ON sistem.audit (nomor) WHERE nomor IS NOT NULL;
CREATE INDEX ix_sistem_audit_waktu ON sistem.audit (waktu);
CREATE INDEX ix_sistem_audit_pelaku ON sistem.audit (id_pelaku, waktu);
CREATE INDEX ix_sistem_audit_aksi ON sistem.audit (aksi, waktu);
CREATE INDEX ix_sistem_audit_objek ON sistem.audit (objek, waktu);
CREATE INDEX ix_sistem_audit_id_objek ON sistem.audit (objek, id_objek, waktu);
CREATE INDEX ix_sistem_audit_tamu ON sistem.audit (id_tamu);
CREATE INDEX ix_sistem_audit_baru ON sistem.audit (id) WHERE nomor IS NULL;
GO

-- The ends of the chain: `terbaru` the newest sealed entry, `terhapus` the last one that was removed.
CREATE TABLE sistem.audit_ujung (
    nama NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL,
    nomor BIGINT NOT NULL,
    segel VARBINARY(32) NOT NULL,
    bukti VARBINARY(32) NOT NULL,
    CONSTRAINT pk_sistem_audit_ujung PRIMARY KEY CLUSTERED (nama),
    CONSTRAINT ck_sistem_audit_ujung_nama CHECK (nama IN (N'terbaru', N'terhapus'))
);
GO

CREATE TRIGGER sistem.tr_sistem_audit_ubah ON sistem.audit AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (
        SELECT 1 FROM deleted AS d
        LEFT JOIN inserted AS i ON i.id = d.id
        WHERE i.id IS NULL OR NOT (
            EXISTS (
                SELECT d.waktu, d.id_pelaku, d.nama_pelaku, d.role, d.aksi, d.objek, d.id_objek, d.id_tamu
                INTERSECT
                SELECT i.waktu, i.id_pelaku, i.nama_pelaku, i.role, i.aksi, i.objek, i.id_objek, i.id_tamu
            )
            AND (
                (
                    d.nomor IS NULL AND i.nomor IS NOT NULL
                    AND EXISTS (SELECT d.alamat, d.sebelum, d.sesudah INTERSECT SELECT i.alamat, i.sebelum, i.sesudah)
                )
                OR (
                    i.sebelum IS NULL AND i.sesudah IS NULL
                    AND EXISTS (SELECT d.nomor, d.pribadi, d.segel INTERSECT SELECT i.nomor, i.pribadi, i.segel)
                    AND (
                        EXISTS (SELECT d.alamat INTERSECT SELECT i.alamat)
                        OR (i.alamat IS NULL AND d.role = N'Tamu')
                    )
                    AND EXISTS (SELECT 1 FROM dbo.tamu AS t WHERE t.id = d.id_tamu AND t.dianonimkan_pada IS NOT NULL)
                )
            )
        )
    ) THROW 50008, N'sistem.audit is only added to', 1;
END;
GO

CREATE TRIGGER sistem.tr_sistem_audit_hapus ON sistem.audit AFTER DELETE AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @terhapus BIGINT;
    SELECT @terhapus = nomor FROM sistem.audit_ujung WHERE nama = N'terhapus';
    IF EXISTS (SELECT 1 FROM deleted WHERE nomor IS NULL OR nomor > COALESCE(@terhapus, 0))
        THROW 50008, N'sistem.audit is only added to', 1;
END;
GO
