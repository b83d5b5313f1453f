/** What each setting is called and does, and the words of holidays, in Indonesian. */

export const id = {
  lembar: {
    kop: 'Kop surat',
    identitas: 'Identitas sekolah',
    tamu: 'Untuk tamu',
    jam: 'Jam sekolah',
    janji: 'Janji temu',
    pilihan: 'Pilihan di formulir',
    meja: 'Meja depan',
    simpan: 'Lama disimpan',
    cadangan: 'Cadangan',
  },
  isian: {
    nama_sekolah: { judul: 'Nama sekolah', teks: 'Tampil di semua layar, undangan, dan laporan.' },
    npsn: { judul: 'NPSN', teks: '8 angka; boleh kosong.' },
    alamat: {
      judul: 'Alamat sekolah',
      teks: 'Tampil di undangan dan di halaman tamu. Yang kosong tidak ditampilkan.',
    },
    petunjuk_arah: {
      judul: 'Petunjuk arah',
      teks: 'Misalnya gerbang mana yang dibuka, dan di mana tempat parkir.',
    },
    kontak: {
      judul: 'Kontak sekolah',
      teks: 'Nomor atau e-mail untuk pertanyaan tamu, juga tentang datanya.',
    },
    alamat_publik: {
      judul: 'Alamat publik',
      teks:
        'Awal tautan dan kode QR, seperti https://tamu.sekolah.example. ' +
        'Kosongkan jika hanya dipakai di jaringan sekolah.',
    },
    bahasa: { judul: 'Bahasa untuk tamu', teks: 'Yang bisa dipilih tamu di meja depan.' },
    bahasa_bawaan: {
      judul: 'Bahasa utama',
      teks: 'Untuk pesan, dan untuk layar yang bahasanya belum dipilih.',
    },
    sapaan_tamu: {
      judul: 'Sapaan untuk tamu',
      teks: 'Ditulis sebelum nama di pesan, misalnya Bapak/Ibu. Boleh kosong.',
    },
    titik_kumpul: {
      judul: 'Titik kumpul',
      teks: 'Tempat berkumpul saat keadaan darurat; tampil di daftar evakuasi.',
    },
    hari_kerja: { judul: 'Hari sekolah', teks: 'Undangan pada hari lain ditanya dulu.' },
    jam_buka: { judul: 'Jam buka', teks: 'Jam kosong ditawarkan mulai jam ini.' },
    jam_tutup: { judul: 'Jam tutup', teks: 'Janji temu yang ditawarkan selesai sebelum jam ini.' },
    zona_waktu: { judul: 'Zona waktu sekolah', teks: 'Menentukan “hari ini” dan semua jam yang tampil.' },
    toleransi_terlambat_menit: {
      judul: 'Toleransi terlambat',
      teks: 'Tamu yang tiba setelah jadwal ditambah menit ini ditandai terlambat.',
    },
    durasi_bawaan_menit: { judul: 'Lama kunjungan', teks: 'Ditawarkan untuk janji temu baru.' },
    batas_pesan_bulan: { judul: 'Batas membuat janji', teks: 'Paling jauh sekian bulan dari sekarang.' },
    kode_berlaku_hari: {
      judul: 'Masa baca kode',
      teks: 'Setelah harinya lewat, kode masih bisa dibuka untuk ulasan.',
    },
    keperluan: {
      judul: 'Keperluan',
      teks: 'Ditawarkan di meja depan dan di formulir guru. Kosong: pilihan bawaan.',
    },
    tempat: { judul: 'Tempat bertemu', teks: 'Tertulis di undangan.' },
    tempat_lain: { judul: 'Tempat lain', teks: 'Ditawarkan kepada guru saat minta tamu diantar.' },
    jeda_pulang_menit: {
      judul: 'Jeda pindai pulang',
      teks: 'Pindai ulang sebelum jeda ini tidak dianggap pulang, sehingga kode yang terbaca dua kali aman.',
    },
    batas_urung_menit: {
      judul: 'Waktu mengurungkan',
      teks: 'Datang dan pulang masih bisa dibatalkan di meja depan.',
    },
    lewat_tengah_malam_jam: {
      judul: 'Lewat tengah malam',
      teks: 'Janji temu sedekat ini masih dianggap hari ini.',
    },
    kiosk_diam_detik: {
      judul: 'Meja terkunci sendiri',
      teks: 'Setelah tidak dipakai selama ini. Pindai tetap jalan.',
    },
    kiosk_pin: {
      judul: 'PIN meja depan',
      teks: '4–8 angka, untuk membuka kunci dan keluar dari layar penuh di semua meja. Tanpa ini berlaku PIN tiap PC.',
    },
    jam_tenang_mulai: { judul: 'Jam tenang mulai', teks: '' },
    jam_tenang_selesai: { judul: 'Jam tenang sampai', teks: '' },
    pengingat: { judul: 'Pengingat sehari sebelumnya', teks: '' },
    minta_ulasan: { judul: 'Tautan ulasan setelah pulang', teks: '' },
    kabari_guru: { judul: 'Kabari guru lewat pesan juga', teks: '' },
    survei: { judul: 'Survei kepuasan', teks: '' },
    persetujuan_teks: { judul: 'Teks persetujuan', teks: '' },
    persetujuan_versi: { judul: 'Versi teks persetujuan', teks: '' },
    jam_per_hari: { judul: 'Jam hari tertentu', teks: '' },
    laporan_mingguan: { judul: 'Penerima laporan mingguan', teks: '' },
    laporan_bulanan: { judul: 'Penerima laporan bulanan', teks: '' },
    arsip_bulan: {
      judul: 'Kunjungan lama masuk arsip',
      teks: 'Tetap ada di laporan dan pencarian. 0: tidak pernah.',
    },
    retensi_tamu_bulan: {
      judul: 'Data tamu yang tidak datang lagi',
      teks: 'Setelah selama ini nama dan nomornya dihapus; kunjungannya tetap terhitung. 0: tidak pernah.',
    },
    kop: { judul: 'Kop surat', teks: 'Di kepala laporan; baris kosong tidak dicetak.' },
    penanda_tangan: { judul: 'Penanda tangan', teks: 'Di akhir laporan: biasanya kepala sekolah.' },
    jam_cadangan: { judul: 'Jam cadangan harian', teks: 'Pilih jam saat PC server menyala.' },
    folder_cadangan: {
      judul: 'Tempat kedua untuk cadangan',
      teks:
        'Folder di drive lain atau di jaringan, ditulis lengkap seperti E:\\Cadangan atau \\\\server\\cadangan. ' +
        'Setiap cadangan yang baik disalin juga ke sana. Kosong: tidak ada.',
    },
    audit_bulan: { judul: 'Jejak audit', teks: 'Catatan yang lebih lama dihapus.' },
    urutan_saluran: { judul: 'Urutan saluran', teks: '' },
  },
  satuan: { menit: 'menit', jam: 'jam', bulan: 'bulan', hari: 'hari' },
  bagian_kop: {
    baris1: 'Baris 1 (pemerintah atau yayasan)',
    baris2: 'Baris 2 (dinas)',
    baris3: 'Baris 3 (sekolah)',
    telp: 'Telepon',
    email: 'E-mail',
    situs: 'Situs',
    nama: 'Nama dan gelar',
    nip: 'NIP',
    jabatan: 'Jabatan',
  },
  satu_per_baris: 'Satu per baris',
  alamat_tetap: 'Alamat diatur saat server dijalankan (--public-url), jadi isian ini tidak dipakai.',
  hapus_pin: 'Hapus PIN',
  pin_dihapus: 'PIN dihapus',
  menyala: 'Menyala',
  mati: 'Mati',
  bawaan: 'bawaan',
  tidak_pernah: 'tidak pernah',
  kosong: 'kosong',
  lihat: 'Lihat sebelum menyimpan',
  salah: {
    kosong: 'Belum diisi',
    sebelum_buka: 'Jam tutup harus setelah jam buka',
    bahasa: 'Pilih salah satu bahasa yang ditawarkan kepada tamu',
    rentang: (min: number, max: number) => `Tulis angka ${min} sampai ${max}`,
    pin: 'Tulis 4 sampai 8 angka',
    baris: (n: number) => `Paling banyak ${n} baris`,
    panjang: (n: number) => `Tiap baris paling banyak ${n} karakter`,
  },
  tinjau: { judul: 'Sebelum disimpan', menjadi: 'menjadi' },
  dampak: {
    di_luar_jam: (n: number) =>
      n > 0
        ? `${n} janji temu berada di luar jam sekolah; tetap berlaku.`
        : 'Tidak ada janji temu di luar jam sekolah.',
    hari_tutup: (n: number) =>
      n > 0
        ? `${n} janji temu jatuh pada hari tutup; tetap berlaku.`
        : 'Tidak ada janji temu pada hari tutup.',
    jam_lain: (n: number) => `${n} janji temu tampil pada jam lain.`,
    terlalu_jauh: (n: number) =>
      n > 0
        ? `${n} janji temu lebih jauh dari batas baru; tetap berlaku.`
        : 'Tidak ada janji temu yang lebih jauh.',
    pesan_menunggu: (n: number) =>
      n > 0
        ? `Berlaku untuk pesan berikutnya; ${n} pesan yang menunggu ikut.`
        : 'Berlaku untuk pesan berikutnya.',
    kode_lama: (n: number) => `Kode yang sudah dikirim tetap berlaku (${n} janji temu).`,
    tak_surut: () => 'Yang sudah tercatat tidak berubah.',
    tanya_lagi: () => 'Tamu yang sudah setuju ditanya lagi.',
    semua_meja: () => 'Berlaku di semua meja depan.',
    ke_arsip: (n: number) =>
      n > 0
        ? `${n} kunjungan masuk arsip malam ini; tetap bisa dicari.`
        : 'Tidak ada kunjungan yang masuk arsip.',
    dianonimkan: (n: number) =>
      n > 0
        ? `${n}${n >= 10_000 ? ' lebih' : ''} tamu dianonimkan malam ini; tidak bisa dikembalikan.`
        : 'Tidak ada tamu yang dianonimkan.',
    audit_dihapus: (n: number) =>
      n > 0
        ? `${n}${n >= 10_000 ? ' lebih' : ''} catatan audit dihapus malam ini; tidak bisa dikembalikan.`
        : 'Tidak ada catatan audit yang dihapus.',
  },
  bentrok: {
    judul: 'Admin lain mengubah setelan yang sama',
    teks: 'Pilih nilai yang dipakai. Belum ada yang tertimpa.',
    setelan: 'Setelan',
    mereka: 'Admin lain',
    saya: 'Anda',
    pakai_mereka: 'Pakai yang ini',
    pakai_saya: 'Tetap milik saya',
  },
  logo: {
    judul: 'Logo sekolah',
    teks: 'Tampil di kop laporan. PNG atau JPEG, paling besar 512 kB.',
    belum: 'Belum ada',
    milik: (nama: string) => `Logo ${nama}`,
    pilih: 'Pilih gambar',
    ganti: 'Ganti gambar',
    hapus: 'Hapus logo',
    tersimpan: 'Logo tersimpan',
    dihapus: 'Logo dihapus',
    jenis: 'Logo harus gambar PNG atau JPEG.',
    besar: 'Gambar terlalu besar. Paling besar 512 kB dan 6000 piksel.',
    rusak: 'Gambar ini rusak atau terlalu besar. Simpan ulang sebagai PNG, lalu coba lagi.',
    bentrok: 'Admin lain baru saja mengganti logo. Lihat dulu yang baru, lalu ulangi jika perlu.',
  },
  penerima: {
    judul: 'Laporan lewat e-mail',
    teks: 'Dikirim dengan PDF pukul 07.00: mingguan setiap Senin, bulanan setiap tanggal 1.',
    admin: 'Admin',
    laporan_mingguan: 'Mingguan',
    laporan_bulanan: 'Bulanan',
    tidak_ada: 'tidak ada',
    nomor: (id: number) => `Pengguna ${id}`,
    bukan_admin: 'bukan admin aktif lagi; tidak dikirimi',
    belum_ada_email: 'belum ada e-mail',
    tanpa_email: 'Belum ada admin yang punya e-mail, jadi laporan tidak bisa dikirim.',
    ke_pengguna: 'Isi e-mail di Pengguna',
    tanpa_saluran: 'E-mail belum diatur, jadi laporan belum bisa dikirim.',
    ke_saluran: 'Atur e-mail',
    gagal: 'Daftar admin belum bisa dimuat',
  },
  dapodik: {
    judul: 'Data sekolah dari Dapodik',
    tawaran: 'Nama, NPSN, alamat, telepon, dan e-mail bisa diambil dari server Dapodik di sekolah.',
    buka: 'Ambil dari Dapodik',
    teks:
      'Buat token di Dapodik: Pengaturan → WebService, dengan alamat IP server buku tamu. ' +
      'Token dipakai sekali dan tidak disimpan. Sambungan ini tidak resmi; jika gagal, isi sendiri.',
    ambil: 'Ambil data sekolah',
    pilih: 'Pilih yang dipakai. Isian berubah setelah Anda menyimpan setelan.',
    sama: 'Semua data Dapodik sudah sama dengan setelan.',
    pakai: (n: number) => `Pakai ${n} isian`,
    sekarang: (teks: string) => (teks.trim() ? `sekarang: ${teks}` : 'sekarang kosong'),
    gagal: 'Server Dapodik tidak memberi data sekolah.',
    baris: {
      nama: 'Nama sekolah',
      npsn: 'NPSN',
      alamat: 'Alamat sekolah',
      telepon: 'Telepon di kop',
      email: 'E-mail di kop',
    },
  },
  libur: {
    hari: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'],
    belum_diperiksa: (n: number) =>
      n === 7
        ? 'Sekarang tujuh hari buka, Minggu juga. Hilangkan centang hari tutup lalu simpan, atau nyatakan sudah benar.'
        : `Sekarang ${n} hari buka. Ubah lalu simpan, atau nyatakan sudah benar.`,
    belum_diperiksa_lain: 'Hari dan jam buka belum diperiksa.',
    periksa: 'Periksa hari dan jam buka',
    benar: 'Sudah benar',
    sudah_diperiksa: 'Hari buka sudah diperiksa',
    hari_sekolah: (n: number) => `${n} hari; undangan di hari tutup ditanya dulu`,
    tutup: 'tutup',
    buka: 'Jam buka',
    sama_semua: 'sama setiap hari',
    jam_biasa: 'Jam biasa',
    jam_biasa_hari: (hari: string) => `Pakai jam biasa pada hari ${hari}`,
    ubah_jam: (hari: string) => `Ubah jam hari ${hari}`,
    judul: (tahun: number) => `Hari libur ${tahun}`,
    tahun: (tahun: number) => `Tahun ${tahun}`,
    muat: 'Muat .ics atau CSV',
    tambah: 'Tambah',
    ubah: 'Ubah',
    ubah_judul: 'Ubah hari libur',
    tambah_judul: 'Tambah hari libur',
    kolom: { tanggal: 'Tanggal', nama: 'Hari libur', kepastian: 'Kepastian' },
    jenis_label: 'Jenis',
    jenis: { libur_nasional: 'Libur nasional', cuti_bersama: 'Cuti bersama', sekolah: 'Libur sekolah' },
    kepastian: {
      diumumkan: 'Diumumkan',
      cuti_bersama: 'Cuti bersama',
      sekolah: 'Sekolah',
      perkiraan: 'Perkiraan',
    },
    manual: 'diisi sendiri',
    nama: 'Nama hari libur',
    dari: 'Tanggal',
    sampai: 'Sampai',
    tanggal_bantu: 'Misalnya 25 Desember 2026',
    perkiraan: 'Masih perkiraan',
    perkiraan_teks: 'Belum diumumkan; ditandai sampai pasti.',
    jadi_manual: 'Setelah diubah sendiri, hari ini tidak ikut berubah saat berkas dimuat.',
    hapus: 'Hapus hari libur',
    dihapus: (nama: string) => `${nama} dihapus dari hari libur.`,
    tersimpan: 'Hari libur tersimpan',
    dimuat: 'Hari libur dimuat',
    tetap: (nama: string[]) => `Tetap ada: ${nama.join(', ')}`,
    sudah_libur: (nama: string[]) => `Sudah libur: ${nama.join(', ')}. Ubah yang itu.`,
    terdampak: (n: number) => `${n} janji temu jatuh pada hari libur ini; tetap berlaku.`,
    tanggal_salah: 'Tulis tanggal seperti 25 Desember 2026',
    terbalik: 'Harus pada atau setelah tanggal pertama',
    terlalu_lama: 'Paling lama 366 hari',
    nama_kosong: 'Tulis namanya',
    gagal: 'Hari libur belum bisa dimuat',
    kosong: (tahun: number) => `Belum ada hari libur ${tahun}`,
    kosong_teks: 'Muat dari kalender (.ics) atau tabel (CSV), atau tambahkan satu per satu.',
    ringkas: (n: number, perkiraan: number) =>
      perkiraan > 0 ? `${n} hari libur; ${perkiraan} di antaranya masih perkiraan.` : `${n} hari libur.`,
  },
  impor: {
    judul: 'Muat hari libur',
    jumlah: ({ buat, ubah, tetap, salah }: { buat: number; ubah: number; tetap: number; salah: number }) =>
      `${buat} baru, ${ubah} berubah, ${tetap} tetap${salah > 0 ? `, ${salah} salah` : ''}`,
    ada_salah: 'Perbaiki baris yang salah di berkasnya, lalu muat lagi. Tidak ada yang dimuat sebagian.',
    sudah: 'Semua hari ini sudah ada. Tidak ada yang berubah.',
    dilewati: (n: number) => `${n} acara bukan hari libur, jadi dilewati.`,
    semula: (nama: string) => `semula ${nama}`,
    pindah: (dari: string, ke: string) => `pindah dari ${dari} (perkiraan) ke ${ke}`,
    catatan: {
      dua_nama: 'berkas menyebut lebih dari satu nama untuk hari ini; digabung',
      dua_jenis: 'berkas menyebut lebih dari satu jenis untuk hari ini; periksa jenisnya',
    },
    dipertahankan: (nama: string) => `yang diisi sendiri dipertahankan: ${nama}`,
    kolom: (nama: string) =>
      ({ tanggal: 'Tanggal', sampai: 'Sampai', nama: 'Nama', jenis: 'Jenis' })[nama] ?? nama,
    tindakan: { buat: 'Baru', ubah: 'Berubah', tetap: 'Tetap', salah: 'Salah' },
    muat: (n: number) => (n > 0 ? `Muat ${n} hari` : 'Muat'),
  },
};
