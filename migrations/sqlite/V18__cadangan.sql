-- Admins are told by a message that something is wrong with the backups, once a day: `periode` is `cadangan:2026-11-30`.
ALTER TABLE sistem_pesan_keluar DROP CONSTRAINT ck_sistem_pesan_jenis;
ALTER TABLE sistem_pesan_keluar ADD CONSTRAINT ck_sistem_pesan_jenis CHECK (
    jenis IN (
        'undangan', 'pindah', 'kedatangan', 'ulasan', 'batal', 'pengingat', 'kredensial', 'batal_tamu', 'laporan',
        'cadangan'
    )
);
