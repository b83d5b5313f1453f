import type { id } from './admin_pesan.id';
import { totalText } from './number';

const PENYEDIA: Record<string, string> = {
  cloud: 'WhatsApp Cloud API',
  fonnte: 'Fonnte',
  wablas: 'Wablas',
  waha: 'WAHA',
  evolution: 'Evolution API',
  smtp: 'SMTP',
};

/** What the admin's page says of messages and channels, in English. */
export const en: typeof id = {
  judul: 'Messages',
  jumlah: (n) => (n === 1 ? '1 message' : `${totalText(n)} messages`),
  diperbarui: (jam) => `updated ${jam}`,
  data_pukul: (jam) => `As of ${jam}; may have changed.`,
  saring: 'State',
  semua: 'All',
  pilih: (nama) => `Choose the message to ${nama}`,
  kirim_gagal: (n) => (n === 1 ? 'Send 1 failed again' : `Send ${n} failed again`),
  kirim_terpilih: (n) => `Send ${n} chosen again`,
  sedang: (sudah, semua) => `${sudah} of ${semua}`,
  dikirim: (n) => (n === 1 ? '1 message is queued again' : `${n} messages are queued again`),
  kosong: 'No messages yet',
  kosong_teks: 'Invitations, reminders and other news to guests are listed here.',
  tanpa_gagal: 'No message has failed',
  tak_ada: 'No message is in this state',
  gagal: 'The messages could not be loaded',
  saluran: {
    judul: 'Channels',
    keadaan: { siap: 'Ready', terganggu: 'Out of order', belum_diatur: 'Not set up' },
    penyedia: (nama) => PENYEDIA[nama] ?? nama,
    rusak: (nama, sejak) => (sejak ? `${nama} out of order since ${sejak}.` : `${nama} out of order.`),
    saran: {
      tanpa_saluran: 'Set the channel up in the settings.',
      tanpa_alamat: "Add the recipient's number or e-mail.",
      nomor_tanpa_whatsapp: 'Check the number.',
      alamat_ditolak: "Check the sender's address in the settings.",
      token_ditolak: 'Enter the new key in the settings.',
      sesi_putus: "Open WhatsApp on the school's phone and scan the QR code on the provider's page again.",
      terlalu_cepat: 'Messages go on at a slower pace; nothing has to be done.',
      tidak_menjawab: "Check the school's internet and the provider's server.",
      template_tidak_ada: 'Submit the template in WhatsApp Manager.',
      di_luar_24_jam: 'Submit the template in WhatsApp Manager.',
      sertifikat_ditolak: "Mend the mail server's certificate, or its address in the settings.",
      ditolak: "See what the provider's page says.",
      dibatalkan: '',
      sudah_lewat: '',
      tidak_perlu: '',
      dipulihkan: '',
    },
    masih: 'Looked at just now: still out of order.',
    sambungkan: 'Check again',
    ke_setelan: 'Channel settings',
  },
};
