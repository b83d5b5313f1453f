import type { FinishReason, RestoreStep, TroubleReason } from '../host/mulai';

/** What the first start says, in Indonesian. */
export const id = {
  layar: 'Penyiapan pertama',
  langkah: (n: number, dari: number) => `Langkah ${n} dari ${dari}`,
  lanjut: 'Lanjut',
  boleh_kosong: '(boleh kosong)',
  peran: {
    judul: 'Selamat datang di Buku Tamu',
    teks: 'Beberapa pertanyaan saja, lalu PC ini siap dipakai. Untuk apa PC ini?',
    pilihan: {
      kiosk: { judul: 'Meja depan', teks: 'Memindai kode tamu, mencatat yang datang dan pulang.' },
      guru: { judul: 'Guru', teks: 'Mengundang tamu dan mendapat kabar begitu mereka tiba.' },
      admin: { judul: 'Admin', teks: 'Mengatur akun guru dan penerima tamu.' },
    },
    kosong: 'Pilih dahulu untuk apa PC ini',
  },
  tempat: {
    judul: 'Di mana buku tamunya disimpan?',
    teks: 'Setiap sekolah punya satu buku tamu. PC lain terhubung ke sana.',
    pilihan: {
      host: {
        judul: 'PC ini menyimpan buku tamu',
        teks: 'Cocok untuk sekolah yang baru mulai. PC ini harus menyala selama jam sekolah.',
      },
      restored: {
        judul: 'Pulihkan dari cadangan',
        teks: 'PC yang lama rusak atau diganti. Siapkan berkas cadangan dan lembar pemulihan.',
      },
      remote: {
        judul: 'Sambungkan ke server lain',
        teks: 'Sekolah sudah punya buku tamu di PC atau server lain.',
      },
    },
  },
  cadangan: {
    judul: 'Pulihkan dari cadangan',
    teks: 'Dari satu berkas cadangan dan kode di lembar pemulihan, buku tamu kembali seperti semula di PC ini.',
    berkas: 'Berkas cadangan',
    berkas_bantu: 'Namanya berakhiran .cadangan, misalnya di flashdisk atau folder bersama',
    pilih: 'Pilih berkas…',
    kosong: 'Pilih berkas cadangannya',
    isi: (hari: string, jam: string, janji: number, tamu: number) =>
      `seperti ${hari}, ${jam}: ${janji.toLocaleString('id-ID')} janji temu, ${tamu.toLocaleString('id-ID')} tamu`,
    kode: 'Kode di lembar pemulihan',
    kode_bantu: '8 kelompok, masing-masing 4 huruf atau angka. Huruf besar atau kecil sama saja.',
    kode_panjang: (n: number) => `Kodenya 32 huruf dan angka; yang terisi ${n}`,
    pulihkan: 'Pulihkan',
    mulai: 'Memulai…',
    tahap: {
      membuka: 'Membuka berkas cadangan…',
      mencocokkan: 'Mencocokkan isinya…',
      menyiapkan: 'Menyiapkan buku tamu…',
    } satisfies Record<RestoreStep, string>,
    siap: (nama: string) => `Buku tamu ${nama} sudah kembali. Tekan Lanjut.`,
  },
  sekolah: {
    judul: 'Tentang sekolah',
    teks: 'Tampil di layar tamu dan di pesan undangan.',
    nama: 'Nama sekolah',
    nama_kosong: 'Tulis nama sekolah',
    tempat: 'Tempat bertemu',
    tempat_bantu: 'Tamu diminta menunggu di sini',
    tempat_kosong: 'Tulis tempat tamu menunggu',
    tempat_biasa: 'Lobi utama',
    zona: 'Zona waktu',
    zona_pilihan: {
      'Asia/Jakarta': { judul: 'WIB', teks: 'Jakarta' },
      'Asia/Makassar': { judul: 'WITA', teks: 'Makassar' },
      'Asia/Jayapura': { judul: 'WIT', teks: 'Jayapura' },
    },
  },
  admin: {
    judul: 'Admin pertama',
    teks: 'Akun ini mengatur semuanya dan menambahkan guru serta penerima tamu. Simpan kata sandinya baik-baik.',
    nama: 'Nama lengkap',
    nama_kosong: 'Tulis nama admin',
    email: 'Alamat e-mail',
    email_bantu: 'Dipakai untuk masuk',
    email_kosong: 'Tulis alamat e-mail',
    email_salah: 'Alamat ini belum lengkap, misalnya admin@sekolah.sch.id',
    password: 'Kata sandi',
    password_bantu:
      'Paling sedikit 8 karakter. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak.',
    ulang: 'Kata sandi sekali lagi',
    ulang_beda: 'Kedua kata sandi belum sama',
    lanjutan: 'Setelan jaringan',
    port: 'Nomor port',
    port_bantu: 'PC guru terhubung lewat nomor ini. Biarkan bila tidak yakin.',
    port_salah: 'Isi angka dari 1 sampai 65535',
    port_dipakai: (port: string) =>
      `Port ${port} dipakai program lain di PC ini. Coba nomor lain, misalnya 8444.`,
  },
  server: {
    judul: 'Pilih buku tamu sekolah Anda',
    teks: 'PC ini dan PC meja depan harus berada di jaringan yang sama.',
    ditemukan: 'Ditemukan di jaringan',
    jumlah: (n: number) => `${n} ditemukan`,
    mencari: 'Sedang mencari',
    mencari_teks:
      'Belum ada yang muncul? Pastikan PC meja depan menyala dan terhubung ke Wi-Fi atau kabel yang sama.',
    tak_bisa: 'Jaringan ini tidak mengizinkan pencarian',
    tak_bisa_teks: 'Ketik alamatnya di bawah ini.',
    pilih: (nama: string) => `Sambungkan ke ${nama}`,
    memeriksa: 'Memeriksa…',
    alamat: 'Atau ketik alamatnya',
    alamat_bantu:
      'Lihat di PC meja depan: menu penerima tamu, “Sambungkan PC guru”. Contoh: 192.168.1.10:8443',
    alamat_kosong: 'Pilih dari daftar, atau ketik alamatnya',
    gagal: {
      address: 'Alamat ini belum benar. Contoh: 192.168.1.10:8443',
      unreachable:
        'Tidak ada yang menjawab di alamat itu. Pastikan PC meja depan menyala dan di jaringan yang sama.',
      tls: 'Yang menjawab di alamat itu bukan server Buku Tamu. Periksa alamat dan nomor portnya.',
      lain: 'Alamat itu belum bisa diperiksa. Coba lagi.',
    },
  },
  sidik: {
    judul: 'Bandingkan sidik jarinya',
    teks:
      'Di PC meja depan, masuk sebagai penerima tamu atau admin, buka menu penerima tamu, lalu “Sambungkan ' +
      'PC guru”. Semua huruf dan angka di sana harus sama dengan ini:',
    beda: 'Ada yang berbeda? Jangan sambungkan. Tekan Kembali dan tanyakan admin sekolah.',
    sama: 'Sama, sambungkan',
    tanpa_judul: 'Sambungkan ke server ini?',
    tanpa:
      'Sambungan ini tidak memakai sertifikat, jadi tidak ada sidik jari untuk dibandingkan. ' +
      'Lanjutkan hanya bila servernya di PC ini juga.',
    tanpa_sama: 'Sambungkan',
  },
  pin: {
    judul: 'PIN penerima tamu',
    teks: 'Meja depan memenuhi layar supaya tamu tidak membuka program lain. PIN ini untuk keluar dari layar penuh.',
    pin: 'PIN',
    bantu: '4 sampai 8 angka',
    salah: 'Isi 4 sampai 8 angka',
    mudah: 'Mudah ditebak, dan tamu berdiri di depan layar ini. Lebih baik angka yang acak.',
    ulang: 'PIN sekali lagi',
    beda: 'Keduanya belum sama',
  },
  alat: {
    judul: 'Pemindai kode QR',
    teks: 'Semuanya bisa dipakai bersamaan. Pemindai yang mengetik seperti keyboard selalu terbaca.',
    hid: 'Pemindai USB',
    hid_bantu: 'Langsung dikenali dan dipakai begitu dicolokkan',
    kamera: 'Kamera',
    kamera_ada: (nama: string) => `Tamu menunjukkan kode ke ${nama}`,
    kamera_tak_ada: 'Kamera tidak ditemukan di PC ini',
    serial: 'Pemindai di port serial',
    serial_tidak: 'Tidak ada',
    serial_bantu: 'Hanya untuk pemindai lama dengan port COM',
    folder: 'Folder gambar',
    folder_bantu: 'Gambar kode yang disimpan ke folder ini ikut dibaca',
    folder_salah: 'Folder ini tidak bisa dipakai',
    memuat: 'Mencari alat yang terpasang…',
    gagal: 'Alat yang terpasang belum bisa dilihat.',
    lagi: 'Cari lagi',
  },
  ringkas: {
    judul: 'Periksa sekali lagi',
    teks: 'Bila semuanya benar, tekan Selesai.',
    ubah: 'Ubah',
    ubah_label: (apa: string) => `Ubah: ${apa}`,
    peran: 'PC ini',
    tempat: 'Buku tamu',
    di_sini: 'Disimpan di PC ini',
    sekolah: 'Sekolah',
    admin: 'Admin',
    server: 'Server',
    pin: 'PIN penerima tamu',
    pin_angka: (n: number) => `${n} angka`,
    alat: 'Pemindai',
    alat_tanpa: 'Hanya yang mengetik seperti keyboard',
    selesai: 'Selesai',
    siapkan: {
      host: 'Menyiapkan basis data…',
      remote: 'Menyambungkan…',
    },
    siapkan_teks: 'Ini bisa sampai satu menit. Biarkan jendela ini terbuka.',
    beres: 'Selesai. Buku Tamu dibuka.',
    lalu: 'Sesudah ini: masuk dengan akun admin tadi, lalu tambahkan guru dan petugas.',
    dari: (nama: string) => `Dari ${nama}`,
    lalu_pulih: 'Sesudah ini: masuk dengan akun yang dipakai di PC lama, lalu sambungkan lagi PC para guru.',
    rincian: 'Rincian untuk teknisi',
  },
  kendala: {
    layar: 'Belum bisa dibuka',
    judul: 'Buku Tamu belum bisa dibuka',
    teks: 'Isi buku tamu tidak berubah. Baca penyebabnya di bawah, perbaiki, lalu coba lagi.',
    sebab: {
      port_dipakai:
        'Port buku tamu sedang dipakai program lain di PC ini, atau disimpan Windows untuk program lain. ' +
        'Tutup program itu, atau ganti nomor port di bawah.',
      port_ditolak:
        'Nomor port ini tidak boleh dipakai di PC ini. Ganti dengan nomor di atas 1023, misalnya 8443.',
      folder_dipakai:
        'Buku tamu ini sedang dibuka program lain, misalnya server buku tamu yang berjalan sendiri. ' +
        'Tutup program itu dahulu.',
      folder: 'Folder data tidak bisa dibaca atau ditulis. Periksa ruang kosong dan izin foldernya.',
      database:
        'Basis data buku tamu rusak, sedang dipakai, atau tidak bisa dijangkau. ' +
        'Bila rusak, kembalikan dari salinan cadangan ke folder data.',
      kunci:
        'File kunci sekolah (bukutamu.kunci) hilang, rusak, atau milik buku tamu lain. ' +
        'Kembalikan file itu dari salinan cadangan.',
      sertifikat:
        'Sertifikat buku tamu hilang atau rusak. Kembalikan sertifikat.pem dan sertifikat.kunci.pem dari ' +
        'salinan cadangan; bila tidak ada, hapus keduanya, lalu sambungkan lagi PC para guru.',
      cadangan:
        'Versi baru ini mengubah basis data, dan cadangan yang dibuat sebelumnya gagal, jadi belum ada yang diubah. ' +
        'Periksa ruang kosong di PC ini, lalu coba lagi.',
      setelan:
        'Setelan PC ini (program.toml) tidak bisa dibaca. Perbaiki filenya, atau atur PC ini dari awal; ' +
        'isi buku tamu tetap ada.',
      lain: 'Ada yang belum beres. Rinciannya di bawah.',
    } satisfies Record<TroubleReason, string>,
    port_bantu: 'Bila diganti, PC guru perlu disambungkan lagi ke nomor yang baru.',
    folder: 'Folder data:',
    coba_lagi: 'Coba lagi',
    dari_awal: 'Atur PC ini dari awal',
  },
  gagal: {
    isian: 'Ada isian yang belum bisa dipakai. Periksa lagi, lalu tekan Selesai.',
    port_dipakai:
      'Port dipakai program lain di PC ini. Ubah nomor port pada bagian Admin, “Setelan jaringan”.',
    port_ditolak: 'Nomor port itu tidak boleh dipakai di PC ini. Ganti dengan nomor di atas 1023.',
    folder_dipakai:
      'Folder data sedang dipakai program buku tamu lain. Tutup program itu, lalu tekan Selesai lagi.',
    kunci:
      'File kunci sekolah (bukutamu.kunci) hilang, rusak, atau milik buku tamu lain. Kembalikan dari salinan cadangan.',
    sertifikat:
      'Sertifikat buku tamu hilang atau rusak. Kembalikan dari salinan cadangan, lalu tekan Selesai lagi.',
    cadangan: 'Cadangan sebelum pembaruan gagal, jadi belum ada yang diubah. Periksa ruang kosong di PC ini.',
    setelan: 'Setelan PC ini tidak bisa dibaca. Tekan Selesai untuk menggantinya.',
    folder: 'Folder data tidak bisa ditulis. Periksa ruang kosong dan izin folder, lalu tekan Selesai lagi.',
    database: 'Basis data belum bisa disiapkan. Periksa ruang kosong di PC ini, lalu tekan Selesai lagi.',
    sudah_ada_admin:
      'Buku tamu di PC ini sudah dipakai. Isi e-mail dan kata sandi adminnya untuk melanjutkan, atau ' +
      'minta teknisi memindahkan folder data yang lama.',
    berkas_cadangan:
      'Berkas ini bukan cadangan Buku Tamu, rusak, atau dibuat versi yang lebih baru. Pilih berkas lain.',
    kode_pemulihan:
      'Kodenya keliru, atau dari sekolah lain. Bandingkan lagi dengan lembar pemulihan, huruf demi huruf.',
    lain: 'Belum berhasil. Tekan Selesai untuk mencoba lagi.',
  } satisfies Record<FinishReason, string>,
};
