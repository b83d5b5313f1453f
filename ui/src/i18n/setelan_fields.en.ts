/** What each setting is called and does, and the words of holidays, in English. */
import type { id } from './setelan_fields.id';

export const en: typeof id = {
  lembar: {
    kop: 'Letterhead',
    identitas: 'The school',
    tamu: 'For guests',
    jam: 'School hours',
    janji: 'Appointments',
    pilihan: 'What forms offer',
    meja: 'Front desk',
    simpan: 'How long things are kept',
    cadangan: 'Backups',
  },
  isian: {
    nama_sekolah: { judul: 'Name of the school', teks: 'Shown on every screen, invitation and report.' },
    npsn: { judul: 'NPSN', teks: 'The school’s number, 8 digits; may be empty.' },
    alamat: {
      judul: 'Address',
      teks: 'Shown on invitations and on guests’ pages. What is empty is not shown.',
    },
    petunjuk_arah: { judul: 'How to find us', teks: 'Such as which gate is open, and where to park.' },
    kontak: {
      judul: 'Contact',
      teks: 'A number or an e-mail address for guests’ questions, about their data too.',
    },
    alamat_publik: {
      judul: 'Public address',
      teks:
        'Links and QR codes begin with it, such as https://tamu.sekolah.example. ' +
        'Empty: only in the school’s network.',
    },
    bahasa: { judul: 'Languages for guests', teks: 'What guests can choose at the front desk.' },
    bahasa_bawaan: {
      judul: 'First language',
      teks: 'Of messages, and of screens on which nobody has chosen one.',
    },
    sapaan_tamu: {
      judul: 'Form of address',
      teks: 'Before a guest’s name in messages, such as Bapak/Ibu. May be empty.',
    },
    titik_kumpul: {
      judul: 'Meeting point',
      teks: 'Where everybody gathers in an emergency; shown on the evacuation list.',
    },
    hari_kerja: { judul: 'School days', teks: 'Invitations on other days are asked about first.' },
    jam_buka: { judul: 'Opens at', teks: 'Free times are offered from then on.' },
    jam_tutup: { judul: 'Closes at', teks: 'Appointments that are offered end before.' },
    zona_waktu: { judul: 'Time zone', teks: 'Decides what “today” is, and every time that is shown.' },
    toleransi_terlambat_menit: {
      judul: 'Late after',
      teks: 'Who comes so many minutes after the scheduled time is marked as late.',
    },
    durasi_bawaan_menit: { judul: 'Length of a visit', teks: 'Offered for a new appointment.' },
    batas_pesan_bulan: { judul: 'Booking ahead', teks: 'At most so many months from now.' },
    kode_berlaku_hari: {
      judul: 'Codes stay readable',
      teks: 'After their day they can be opened for a review.',
    },
    keperluan: {
      judul: 'Purposes',
      teks: 'Offered at the front desk and to teachers. Empty: the usual ones.',
    },
    tempat: { judul: 'Meeting place', teks: 'Stands on invitations.' },
    tempat_lain: { judul: 'Other places', teks: 'Offered to teachers who have a guest brought to them.' },
    jeda_pulang_menit: {
      judul: 'Scan to leave after',
      teks: 'A second scan before that does not mean leaving, so a code that is read twice is safe.',
    },
    batas_urung_menit: {
      judul: 'Time to undo',
      teks: 'Arrivals and departures can be taken back at the desk.',
    },
    lewat_tengah_malam_jam: {
      judul: 'Past midnight',
      teks: 'Appointments that near still count as today’s.',
    },
    kiosk_diam_detik: {
      judul: 'Desk locks itself',
      teks: 'After nobody has used it so long. Scanning goes on.',
    },
    kiosk_pin: {
      judul: 'PIN of the desks',
      teks: '4–8 digits that unlock every desk and leave its full screen. Without it each PC’s own PIN counts.',
    },
    jam_tenang_mulai: { judul: 'Quiet from', teks: '' },
    jam_tenang_selesai: { judul: 'Quiet until', teks: '' },
    pengingat: { judul: 'Reminder the day before', teks: '' },
    minta_ulasan: { judul: 'Link to the review after leaving', teks: '' },
    kabari_guru: { judul: 'Tell teachers by a message too', teks: '' },
    survei: { judul: 'Satisfaction survey', teks: '' },
    persetujuan_teks: { judul: 'Consent text', teks: '' },
    persetujuan_versi: { judul: 'Version of the consent text', teks: '' },
    jam_per_hari: { judul: 'Hours of single days', teks: '' },
    laporan_mingguan: { judul: 'Who gets the week’s report', teks: '' },
    laporan_bulanan: { judul: 'Who gets the month’s report', teks: '' },
    arsip_bulan: {
      judul: 'Old visits go to the archive',
      teks: 'They stay in reports and searches. 0: never.',
    },
    retensi_tamu_bulan: {
      judul: 'Guests who do not come again',
      teks: 'After that, names and numbers are erased; their visits still count. 0: never.',
    },
    kop: { judul: 'Letterhead', teks: 'At the head of reports; empty lines are not printed.' },
    penanda_tangan: { judul: 'Who signs', teks: 'At the end of reports: mostly the headmaster.' },
    jam_cadangan: { judul: 'Hour of the daily backup', teks: 'Choose one at which the server’s PC is on.' },
    folder_cadangan: {
      judul: 'Second place for backups',
      teks:
        'A folder on another drive or on the network, in full, such as E:\\Backup or \\\\server\\backup. ' +
        'Each good backup is copied there too. Empty: none.',
    },
    audit_bulan: { judul: 'Audit', teks: 'Older entries are removed.' },
    urutan_saluran: { judul: 'Order of channels', teks: '' },
  },
  satuan: { menit: 'minutes', jam: 'hours', bulan: 'months', hari: 'days' },
  bagian_kop: {
    baris1: 'Line 1 (government or foundation)',
    baris2: 'Line 2 (office)',
    baris3: 'Line 3 (school)',
    telp: 'Telephone',
    email: 'E-mail',
    situs: 'Site',
    nama: 'Name with degrees',
    nip: 'NIP',
    jabatan: 'Position',
  },
  satu_per_baris: 'One a line',
  alamat_tetap:
    'The address is given where the server is started (--public-url), so this field counts for nothing.',
  hapus_pin: 'Remove PIN',
  pin_dihapus: 'PIN removed',
  menyala: 'On',
  mati: 'Off',
  bawaan: 'the usual',
  tidak_pernah: 'never',
  kosong: 'empty',
  lihat: 'See before saving',
  salah: {
    kosong: 'Not filled in yet',
    sebelum_buka: 'Closing must come after opening',
    bahasa: 'Choose one of the languages that guests are offered',
    rentang: (min, max) => `Enter a number from ${min} to ${max}`,
    pin: 'Enter 4 to 8 digits',
    baris: (n) => `At most ${n} lines`,
    panjang: (n) => `At most ${n} characters a line`,
  },
  tinjau: { judul: 'Before it is saved', menjadi: 'becomes' },
  dampak: {
    di_luar_jam: (n) =>
      n > 0
        ? `${n} appointments lie outside the school’s hours; they stay.`
        : 'No appointment lies outside the hours.',
    hari_tutup: (n) =>
      n > 0 ? `${n} appointments lie on closed days; they stay.` : 'No appointment lies on a closed day.',
    jam_lain: (n) => `${n} appointments are shown at another time.`,
    terlalu_jauh: (n) =>
      n > 0 ? `${n} appointments lie beyond the new limit; they stay.` : 'No appointment lies beyond it.',
    pesan_menunggu: (n) =>
      n > 0 ? `Counts for the next messages, ${n} that wait included.` : 'Counts for the next messages.',
    kode_lama: (n) => `Codes that were sent already stay good (${n} appointments).`,
    tak_surut: () => 'What was recorded stays as it is.',
    tanya_lagi: () => 'Guests who agreed before are asked again.',
    semua_meja: () => 'Counts at every front desk.',
    ke_arsip: (n) =>
      n > 0
        ? `${n} visits go to the archive tonight; they can still be found.`
        : 'No visit goes to the archive.',
    dianonimkan: (n) =>
      n > 0
        ? `${n}${n >= 10_000 ? ' or more' : ''} guests are made anonymous tonight; that cannot be undone.`
        : 'No guest is made anonymous.',
    audit_dihapus: (n) =>
      n > 0
        ? `${n}${n >= 10_000 ? ' or more' : ''} audit entries are removed tonight; that cannot be undone.`
        : 'No audit entry is removed.',
  },
  bentrok: {
    judul: 'Another admin changed the same settings',
    teks: 'Choose which to use. Nothing has been overwritten.',
    setelan: 'Setting',
    mereka: 'Other admin',
    saya: 'You',
    pakai_mereka: 'Use this one',
    pakai_saya: 'Keep mine',
  },
  logo: {
    judul: 'Logo',
    teks: 'Shown in the letterhead of reports. PNG or JPEG, at most 512 kB.',
    belum: 'None yet',
    milik: (nama) => `The logo of ${nama}`,
    pilih: 'Choose a picture',
    ganti: 'Change the picture',
    hapus: 'Remove the logo',
    tersimpan: 'Logo saved',
    dihapus: 'Logo removed',
    jenis: 'The logo has to be a PNG or JPEG picture.',
    besar: 'The picture is too large: at most 512 kB and 6000 pixels.',
    rusak: 'The picture is damaged or too large. Save it anew as PNG and try again.',
    bentrok:
      'Another admin has just changed the logo. Look at the new one first, then do it again if needed.',
  },
  penerima: {
    judul: 'Reports by e-mail',
    teks: 'Sent with the PDF at 07.00: the week’s on Monday, the month’s on the 1st.',
    admin: 'Admin',
    laporan_mingguan: 'Weekly',
    laporan_bulanan: 'Monthly',
    tidak_ada: 'nobody',
    nomor: (id) => `User ${id}`,
    bukan_admin: 'no active admin any more; gets nothing',
    belum_ada_email: 'no e-mail address yet',
    tanpa_email: 'No admin has an e-mail address, so no report can be sent.',
    ke_pengguna: 'Enter one under Users',
    tanpa_saluran: 'E-mail is not set up, so no report can be sent yet.',
    ke_saluran: 'Set up e-mail',
    gagal: 'The admins cannot be loaded yet',
  },
  dapodik: {
    judul: 'The school from Dapodik',
    tawaran: 'Name, NPSN, address, telephone and e-mail can be taken from the school’s Dapodik server.',
    buka: 'Get from Dapodik',
    teks:
      'Make a token in Dapodik: Pengaturan → WebService, for the IP address of the guest book’s server. ' +
      'It is used once and not kept. The interface is unofficial; if it fails, type the data.',
    ambil: 'Get the school’s data',
    pilih: 'Choose what to use. Nothing changes until you save the settings.',
    sama: 'Everything is the same in Dapodik and here.',
    pakai: (n) => (n === 1 ? 'Use 1 field' : `Use ${n} fields`),
    sekarang: (teks) => (teks.trim() ? `now: ${teks}` : 'empty now'),
    gagal: 'The Dapodik server tells nothing of the school.',
    baris: {
      nama: 'Name of the school',
      npsn: 'NPSN',
      alamat: 'Address',
      telepon: 'Telephone in the letterhead',
      email: 'E-mail in the letterhead',
    },
  },
  libur: {
    hari: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    belum_diperiksa: (n) =>
      n === 7
        ? 'All seven days are open now, Sunday too. Untick the closed ones and save, or say that this is right.'
        : `${n} days are open now. Change them and save, or say that this is right.`,
    belum_diperiksa_lain: 'Nobody has looked at the open days and hours yet.',
    periksa: 'Check the open days and hours',
    benar: 'This is right',
    sudah_diperiksa: 'The open days are checked',
    hari_sekolah: (n) => `${n} days; invitations on closed days are asked about first`,
    tutup: 'closed',
    buka: 'Opens at',
    sama_semua: 'the same every day',
    jam_biasa: 'Usual hours',
    jam_biasa_hari: (hari) => `Use the usual hours on ${hari}`,
    ubah_jam: (hari) => `Change the hours of ${hari}`,
    judul: (tahun) => `Holidays ${tahun}`,
    tahun: (tahun) => `Year ${tahun}`,
    muat: 'Load .ics or CSV',
    tambah: 'Add',
    ubah: 'Edit',
    ubah_judul: 'Edit holiday',
    tambah_judul: 'Add holiday',
    kolom: { tanggal: 'Date', nama: 'Holiday', kepastian: 'How certain' },
    jenis_label: 'Kind',
    jenis: {
      libur_nasional: 'National holiday',
      cuti_bersama: 'Collective leave',
      sekolah: 'School holiday',
    },
    kepastian: {
      diumumkan: 'Announced',
      cuti_bersama: 'Collective leave',
      sekolah: 'School',
      perkiraan: 'Predicted',
    },
    manual: 'entered by hand',
    nama: 'Name of the holiday',
    dari: 'Date',
    sampai: 'Until',
    tanggal_bantu: 'Such as 25 December 2026',
    perkiraan: 'Predicted only',
    perkiraan_teks: 'Not announced yet; marked until it is certain.',
    jadi_manual: 'Once it was edited by hand, loading a file does not change it.',
    hapus: 'Remove holiday',
    dihapus: (nama) => `${nama} is no holiday any more.`,
    tersimpan: 'Holiday saved',
    dimuat: 'Holidays loaded',
    tetap: (nama) => `Still there: ${nama.join(', ')}`,
    sudah_libur: (nama) => `Closed already: ${nama.join(', ')}. Change that one.`,
    terdampak: (n) => `${n} appointments lie on these days; they stay.`,
    tanggal_salah: 'Write a date such as 25 December 2026',
    terbalik: 'It must be on or after the first date',
    terlalu_lama: 'At most 366 days',
    nama_kosong: 'Write its name',
    gagal: 'Holidays cannot be loaded yet',
    kosong: (tahun) => `No holidays in ${tahun} yet`,
    kosong_teks: 'Load them from a calendar (.ics) or a table (CSV), or add them one by one.',
    ringkas: (n, perkiraan) =>
      perkiraan > 0 ? `${n} days, ${perkiraan} of the holidays predicted only.` : `${n} days.`,
  },
  impor: {
    judul: 'Load holidays',
    jumlah: ({ buat, ubah, tetap, salah }) =>
      `${buat} new, ${ubah} changed, ${tetap} as before${salah > 0 ? `, ${salah} wrong` : ''}`,
    ada_salah: 'Correct the wrong lines in the file, then load it again. Nothing is taken in part.',
    sudah: 'All these days are there already. Nothing changes.',
    dilewati: (n) => `${n} entries are no holidays and are left out.`,
    semula: (nama) => `before: ${nama}`,
    pindah: (dari, ke) => `moves from ${dari} (predicted) to ${ke}`,
    catatan: {
      dua_nama: 'the file gives this day several names; they are put together',
      dua_jenis: 'the file gives this day several kinds; check which it is',
    },
    dipertahankan: (nama) => `what was entered by hand stays: ${nama}`,
    kolom: (nama) => ({ tanggal: 'Date', sampai: 'Until', nama: 'Name', jenis: 'Kind' })[nama] ?? nama,
    tindakan: { buat: 'New', ubah: 'Changed', tetap: 'As before', salah: 'Wrong' },
    muat: (n) => (n > 0 ? `Load ${n} days` : 'Load'),
  },
};
