-- Admins are told by a message that something is wrong with the backups, once a day: `periode` is `cadangan:2026-11-30`.
ALTER TABLE sistem.pesan_keluar DROP CONSTRAINT ck_sistem_pesan_jenis;
GO
ALTER TABLE sistem.pesan_keluar ADD CONSTRAINT ck_sistem_pesan_jenis CHECK (
    jenis IN (
        N'undangan', N'pindah', N'kedatangan', N'ulasan', N'batal', N'pengingat', N'kredensial', N'batal_tamu',
        N'laporan', N'cadangan'
    )
);
GO
