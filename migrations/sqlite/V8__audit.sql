-- The audit: who did what, written with the change itself. It is only added to; the triggers let three things happen to an
-- entry: it is sealed once, what it tells of an erased guest is emptied, and the oldest are removed once that is recorded.
CREATE TABLE sistem_audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    waktu INTEGER NOT NULL,
    id_pelaku INTEGER,
    nama_pelaku TEXT,
    role TEXT,
    alamat TEXT,
    aksi TEXT NOT NULL,
    objek TEXT NOT NULL,
    id_objek INTEGER,
    id_tamu INTEGER,
    sebelum TEXT,
    sesudah TEXT,
    nomor INTEGER,
    pribadi BLOB,
    segel BLOB,
    CONSTRAINT uq_sistem_audit_nomor UNIQUE (nomor),
    CONSTRAINT ck_sistem_audit_segel CHECK (
        (nomor IS NULL AND pribadi IS NULL AND segel IS NULL)
        OR (nomor IS NOT NULL AND pribadi IS NOT NULL AND segel IS NOT NULL)
    )
) STRICT;

CREATE INDEX ix_sistem_audit_waktu ON sistem_audit (waktu);
CREATE INDEX ix_sistem_audit_pelaku ON sistem_audit (id_pelaku, waktu) WHERE id_pelaku IS NOT NULL;
CREATE INDEX ix_sistem_audit_aksi ON sistem_audit (aksi, waktu);
CREATE INDEX ix_sistem_audit_objek ON sistem_audit (objek, waktu);
CREATE INDEX ix_sistem_audit_id_objek ON sistem_audit (objek, id_objek, waktu) WHERE id_objek IS NOT NULL;
CREATE INDEX ix_sistem_audit_tamu ON sistem_audit (id_tamu) WHERE id_tamu IS NOT NULL;

-- The ends of the chain: `terbaru` the newest sealed entry, `terhapus` the last one that was removed.
CREATE TABLE sistem_audit_ujung (
    nama TEXT NOT NULL,
    nomor INTEGER NOT NULL,
    segel BLOB NOT NULL,
    bukti BLOB NOT NULL,
    CONSTRAINT pk_sistem_audit_ujung PRIMARY KEY (nama),
    CONSTRAINT ck_sistem_audit_ujung_nama CHECK (nama IN ('terbaru', 'terhapus'))
) STRICT;

CREATE TRIGGER tr_sistem_audit_ubah BEFORE UPDATE ON sistem_audit
WHEN NOT (
    NEW.id = OLD.id AND NEW.waktu = OLD.waktu AND NEW.id_pelaku IS OLD.id_pelaku
    AND NEW.nama_pelaku IS OLD.nama_pelaku AND NEW.role IS OLD.role AND NEW.aksi = OLD.aksi
    AND NEW.objek = OLD.objek AND NEW.id_objek IS OLD.id_objek AND NEW.id_tamu IS OLD.id_tamu
    AND (
        (
            OLD.nomor IS NULL AND NEW.nomor IS NOT NULL AND NEW.alamat IS OLD.alamat
            AND NEW.sebelum IS OLD.sebelum AND NEW.sesudah IS OLD.sesudah
        )
        OR (
            NEW.nomor IS OLD.nomor AND NEW.pribadi IS OLD.pribadi AND NEW.segel IS OLD.segel
            AND NEW.sebelum IS NULL AND NEW.sesudah IS NULL
            AND (NEW.alamat IS OLD.alamat OR (NEW.alamat IS NULL AND OLD.role = 'Tamu'))
            AND EXISTS (SELECT 1 FROM tamu WHERE id = OLD.id_tamu AND dianonimkan_pada IS NOT NULL)
        )
    )
)
BEGIN
    SELECT RAISE(ABORT, 'sistem_audit is only added to');
END;

CREATE TRIGGER tr_sistem_audit_hapus BEFORE DELETE ON sistem_audit
WHEN OLD.nomor IS NULL
    OR OLD.nomor > COALESCE((SELECT nomor FROM sistem_audit_ujung WHERE nama = 'terhapus'), 0)
BEGIN
    SELECT RAISE(ABORT, 'sistem_audit is only added to');
END;
