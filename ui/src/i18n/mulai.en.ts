import type { id } from './mulai.id';

/** What the first start says, in English. */
export const en: typeof id = {
  layar: 'First start',
  langkah: (n, dari) => `Step ${n} of ${dari}`,
  lanjut: 'Next',
  boleh_kosong: '(optional)',
  peran: {
    judul: 'Welcome to the guest book',
    teks: 'A few questions, and this PC is ready. What is it for?',
    pilihan: {
      kiosk: { judul: 'Front desk', teks: "Scans guests' codes and records who comes and goes." },
      guru: { judul: 'Teacher', teks: 'Invites guests and is told the moment they arrive.' },
      admin: { judul: 'Admin', teks: 'Looks after the accounts of teachers and receptionists.' },
    },
    kosong: 'Choose what this PC is for first',
  },
  tempat: {
    judul: 'Where is the guest book kept?',
    teks: 'A school has one guest book. The other PCs connect to it.',
    pilihan: {
      host: {
        judul: 'This PC keeps the guest book',
        teks: 'The usual choice for a school that begins. This PC has to stay on during school hours.',
      },
      restored: {
        judul: 'Restore from a backup',
        teks: 'The old PC broke or was replaced. Have a backup file and the recovery sheet at hand.',
      },
      remote: {
        judul: 'Connect to another server',
        teks: 'The school has a guest book already, on another PC or server.',
      },
    },
  },
  cadangan: {
    judul: 'Restore from a backup',
    teks: 'One backup file and the code on the recovery sheet bring the whole guest book back on this PC.',
    berkas: 'Backup file',
    berkas_bantu: 'Its name ends in .cadangan, for example on a USB stick or in a shared folder',
    pilih: 'Choose a file…',
    kosong: 'Choose the backup file',
    isi: (hari, jam, janji, tamu) =>
      `as of ${hari}, ${jam}: ${janji.toLocaleString('en-GB')} appointments, ${tamu.toLocaleString('en-GB')} guests`,
    kode: 'Code on the recovery sheet',
    kode_bantu: '8 groups of 4 letters or digits. Capitals or not, it is the same.',
    kode_panjang: (n) => `The code has 32 letters and digits; there are ${n}`,
    pulihkan: 'Restore',
    mulai: 'Beginning…',
    tahap: {
      membuka: 'Opening the backup…',
      mencocokkan: 'Comparing what it holds…',
      menyiapkan: 'Preparing the guest book…',
    },
    siap: (nama) => `The guest book of ${nama} is back. Press Next.`,
  },
  sekolah: {
    judul: 'About the school',
    teks: "Shown on the guests' screens and in invitations.",
    nama: "The school's name",
    nama_kosong: "Write the school's name",
    tempat: 'Place to meet',
    tempat_bantu: 'Guests are asked to wait here',
    tempat_kosong: 'Write where guests wait',
    tempat_biasa: 'Lobi utama',
    zona: 'Time zone',
    zona_pilihan: {
      'Asia/Jakarta': { judul: 'WIB', teks: 'Jakarta' },
      'Asia/Makassar': { judul: 'WITA', teks: 'Makassar' },
      'Asia/Jayapura': { judul: 'WIT', teks: 'Jayapura' },
    },
  },
  admin: {
    judul: 'The first admin',
    teks: 'This account manages everything and adds teachers and receptionists. Keep its password safe.',
    nama: 'Full name',
    nama_kosong: "Write the admin's name",
    email: 'E-mail address',
    email_bantu: 'Used for signing in',
    email_kosong: 'Write the e-mail address',
    email_salah: 'This address is not complete; for example admin@sekolah.sch.id',
    password: 'Password',
    password_bantu:
      'At least 8 characters. A few words that have nothing to do with each other are easy to remember ' +
      'and hard to guess.',
    ulang: 'Password once more',
    ulang_beda: 'The two passwords are not the same yet',
    lanjutan: 'Network settings',
    port: 'Port number',
    port_bantu: "Teachers' PCs connect to this number. Leave it if you are not sure.",
    port_salah: 'Write a number from 1 to 65535',
    port_dipakai: (port) =>
      `Port ${port} is used by another program on this PC. Try another one, such as 8444.`,
  },
  server: {
    judul: "Choose your school's guest book",
    teks: 'This PC and the front desk’s PC have to be on the same network.',
    ditemukan: 'Found on the network',
    jumlah: (n) => `${n} found`,
    mencari: 'Searching',
    mencari_teks: 'Nothing yet? Make sure that the front desk’s PC is on, and on the same Wi-Fi or cable.',
    tak_bisa: 'This network does not allow searching',
    tak_bisa_teks: 'Type the address below.',
    pilih: (nama) => `Connect to ${nama}`,
    memeriksa: 'Checking…',
    alamat: 'Or type its address',
    alamat_bantu:
      'See the front desk’s PC: receptionist’s menu, “Connect a teacher’s PC”. Example: 192.168.1.10:8443',
    alamat_kosong: 'Choose from the list, or type the address',
    gagal: {
      address: 'This address is not right yet. Example: 192.168.1.10:8443',
      unreachable:
        'Nobody answers at that address. Make sure that the front desk’s PC is on, and on the same network.',
      tls: 'What answers at that address is no guest book server. Check the address and its port number.',
      lain: 'That address could not be checked. Try again.',
    },
  },
  sidik: {
    judul: 'Compare the fingerprint',
    teks:
      'On the front desk’s PC, sign in as receptionist or admin, open the receptionist’s menu, then ' +
      '“Connect a teacher’s PC”. All the letters and digits there have to be the same as these:',
    beda: 'Is anything different? Do not connect. Press Back and ask the school’s admin.',
    sama: 'Same, connect',
    tanpa_judul: 'Connect to this server?',
    tanpa:
      'This connection has no certificate, so there is no fingerprint to compare. ' +
      'Go on only if the server is on this PC too.',
    tanpa_sama: 'Connect',
  },
  pin: {
    judul: 'The receptionist’s PIN',
    teks: 'The front desk fills the screen, so that guests open no other program. This PIN leaves the full screen.',
    pin: 'PIN',
    bantu: '4 to 8 digits',
    salah: 'Write 4 to 8 digits',
    mudah: 'Easy to guess, and guests stand before this screen. Random digits are better.',
    ulang: 'PIN once more',
    beda: 'The two are not the same yet',
  },
  alat: {
    judul: 'QR code scanners',
    teks: 'All of them can be used together. A scanner that types like a keyboard is always read.',
    hid: 'USB scanner',
    hid_bantu: 'Found and used as soon as it is plugged in',
    kamera: 'Camera',
    kamera_ada: (nama) => `Guests show their code to ${nama}`,
    kamera_tak_ada: 'No camera was found on this PC',
    serial: 'Scanner at a serial port',
    serial_tidak: 'None',
    serial_bantu: 'Only for older scanners with a COM port',
    folder: 'Picture folder',
    folder_bantu: 'Pictures of codes that are saved into this folder are read too',
    folder_salah: 'This folder cannot be used',
    memuat: 'Looking for connected devices…',
    gagal: 'The connected devices could not be listed.',
    lagi: 'Search again',
  },
  ringkas: {
    judul: 'Check once more',
    teks: 'If everything is right, press Finish.',
    ubah: 'Change',
    ubah_label: (apa) => `Change: ${apa}`,
    peran: 'This PC',
    tempat: 'Guest book',
    di_sini: 'Kept on this PC',
    sekolah: 'School',
    admin: 'Admin',
    server: 'Server',
    pin: 'Receptionist’s PIN',
    pin_angka: (n) => `${n} digits`,
    alat: 'Scanners',
    alat_tanpa: 'Only those that type like a keyboard',
    selesai: 'Finish',
    siapkan: {
      host: 'Setting up the database…',
      remote: 'Connecting…',
    },
    siapkan_teks: 'This may take up to a minute. Leave this window open.',
    beres: 'Done. The guest book opens.',
    lalu: 'After this: sign in with that admin account, then add teachers and receptionists.',
    dari: (nama) => `From ${nama}`,
    lalu_pulih: 'After this: sign in with the account used on the old PC, then pair the teachers’ PCs again.',
    rincian: 'Details for a technician',
  },
  kendala: {
    layar: 'Cannot be opened yet',
    judul: 'The guest book cannot be opened yet',
    teks: 'Nothing in the guest book has changed. Read below what is in the way, mend it, then try again.',
    sebab: {
      port_dipakai:
        'The guest book’s port is used by another program on this PC, or kept back by Windows for one. ' +
        'Close that program, or change the port below.',
      port_ditolak: 'This port may not be used on this PC. Take one above 1023, such as 8443.',
      folder_dipakai:
        'Another program has this guest book open, such as a guest book server that runs by itself. ' +
        'Close that one first.',
      folder: 'The data folder cannot be read or written. Check its free space and permissions.',
      database:
        'The guest book’s database is damaged, in use, or out of reach. ' +
        'If it is damaged, restore a backup into the data folder.',
      kunci:
        'The school’s key file (bukutamu.kunci) is missing, damaged or another guest book’s. ' +
        'Restore it from your backup.',
      sertifikat:
        'The guest book’s certificate is missing or damaged. ' +
        'Restore sertifikat.pem and sertifikat.kunci.pem from your backup; ' +
        'without one, delete both, then pair the teachers’ PCs again.',
      cadangan:
        'This new version changes the database, and the backup before that failed, so nothing was changed. ' +
        'Check the free space on this PC, then try again.',
      setelan:
        'This PC’s settings (program.toml) cannot be read. Mend the file, or set this PC up anew; ' +
        'the guest book stays as it is.',
      lain: 'Something is not right yet. The details are below.',
    },
    port_bantu: 'If it changes, teachers’ PCs have to be paired with the new one.',
    folder: 'Data folder:',
    coba_lagi: 'Try again',
    dari_awal: 'Set this PC up anew',
  },
  gagal: {
    isian: 'Something you entered cannot be used yet. Check it again, then press Finish.',
    port_dipakai:
      'The port is used by another program on this PC. Change it under Admin, “Network settings”.',
    port_ditolak: 'That port may not be used on this PC. Take one above 1023.',
    folder_dipakai: 'Another guest book program uses the data folder. Close it, then press Finish again.',
    kunci:
      'The school’s key file (bukutamu.kunci) is missing, damaged or another guest book’s. ' +
      'Restore it from your backup.',
    sertifikat:
      'The certificate is missing or damaged. Restore it from your backup, then press Finish again.',
    cadangan: 'The backup before the update failed, so nothing was changed. Check the free space on this PC.',
    setelan: 'This PC’s settings cannot be read. Press Finish to replace them.',
    folder:
      'The data folder cannot be written to. Check free space and permissions, then press Finish again.',
    database: 'The database could not be set up. Check the free space on this PC, then press Finish again.',
    sudah_ada_admin:
      'The guest book on this PC is in use already. ' +
      'Fill in its admin’s e-mail and password to go on, or have a technician move the old data folder ' +
      'away.',
    berkas_cadangan:
      'This file is no guest book backup, is damaged, or was made by a newer version. Choose another.',
    kode_pemulihan:
      'The code is wrong, or another school’s. Compare it with the recovery sheet letter by letter.',
    lain: 'That did not work. Press Finish to try again.',
  },
};
