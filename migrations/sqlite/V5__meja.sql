-- Whether arrival and departure were taken at the desk, by somebody other than who is visited: only then may the visit be
-- reviewed. Of older visits it is known of walk-ins, and of scans that had a key.

ALTER TABLE janji_temu ADD COLUMN datang_di_meja INTEGER NOT NULL DEFAULT 0
CONSTRAINT ck_janji_temu_datang_di_meja CHECK (datang_di_meja IN (0, 1));
ALTER TABLE janji_temu ADD COLUMN pulang_di_meja INTEGER NOT NULL DEFAULT 0
CONSTRAINT ck_janji_temu_pulang_di_meja CHECK (pulang_di_meja IN (0, 1));

UPDATE janji_temu SET datang_di_meja = 1
WHERE (jenis = 'langsung' AND dibuat_oleh <> id_guru)
    OR id IN (SELECT id_janji_temu FROM sistem_kunci WHERE hasil = 'datang');
UPDATE janji_temu SET pulang_di_meja = 1
WHERE id IN (SELECT id_janji_temu FROM sistem_kunci WHERE hasil = 'pulang');
