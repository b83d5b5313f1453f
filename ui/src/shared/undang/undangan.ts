/**
 * The words that go with a ticket if the server has not written them: for the guest, in the school's
 * language.
 */
import type { JanjiTemu, Pesan } from '../../api/types';
import { sekolah } from '../../i18n/sekolah.svelte';
import { guruName, tamuName } from '../names';

export function undanganOf(row: JanjiTemu): Pesan {
  const { jadwal, waktu, keperluan, kode_qr, telp } = row;
  const teks =
    `Yth. ${tamuName(row)}, Anda punya janji temu dengan ${guruName(row)} (${sekolah.tempat}) pada ` +
    `${longDateOf(jadwal)} pukul ${waktu.replace(':', '.')} untuk ${keperluan}.\n` +
    `Kode Anda: ${kode_qr}\nTunjukkan tiket atau kode ini kepada penerima tamu.`;
  const digits = telp?.replace(/\D/g, '') ?? '';
  return { teks, tautan_wa: `https://wa.me/${digits}?text=${encodeURIComponent(teks)}` };
}

function longDateOf(jadwal: string): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('id-ID', { ...options, timeZone: sekolah.zona_waktu }).format(
    new Date(jadwal),
  );
}
