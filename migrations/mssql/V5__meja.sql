-- Whether arrival and departure were taken at the desk, by somebody other than who is visited: only then may the visit be
-- reviewed. Of older visits it is known of walk-ins, and of scans that had a key.

ALTER TABLE dbo.janji_temu ADD datang_di_meja BIT NOT NULL CONSTRAINT df_janji_temu_datang_di_meja DEFAULT 0;
ALTER TABLE dbo.janji_temu ADD pulang_di_meja BIT NOT NULL CONSTRAINT df_janji_temu_pulang_di_meja DEFAULT 0;
GO

UPDATE dbo.janji_temu SET datang_di_meja = 1
WHERE (jenis = N'langsung' AND dibuat_oleh <> id_guru)
    OR id IN (SELECT id_janji_temu FROM sistem.kunci WHERE hasil = N'datang');
UPDATE dbo.janji_temu SET pulang_di_meja = 1
WHERE id IN (SELECT id_janji_temu FROM sistem.kunci WHERE hasil = N'pulang');
