-- Evacuations, and which visits' guests were seen safe in each. At most one goes on. Users are named without a reference,
-- so that nothing here keeps one from being deleted.
CREATE TABLE sistem_evakuasi (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mulai INTEGER NOT NULL,
    id_mulai INTEGER NOT NULL,
    selesai INTEGER,
    id_selesai INTEGER
) STRICT;

CREATE TABLE sistem_centang (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    id_evakuasi INTEGER NOT NULL,
    id_janji_temu INTEGER NOT NULL,
    aman INTEGER NOT NULL,
    id_pengguna INTEGER NOT NULL,
    pada INTEGER NOT NULL,
    CONSTRAINT uq_sistem_centang UNIQUE (id_evakuasi, id_janji_temu),
    CONSTRAINT ck_sistem_centang_aman CHECK (aman IN (0, 1)),
    CONSTRAINT fk_sistem_centang_evakuasi FOREIGN KEY (id_evakuasi) REFERENCES sistem_evakuasi (id) ON DELETE CASCADE,
    CONSTRAINT fk_sistem_centang_janji_temu FOREIGN KEY (id_janji_temu) REFERENCES janji_temu (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_sistem_centang_janji ON sistem_centang (id_janji_temu);
