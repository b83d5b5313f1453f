/** What is said of one message: when, by which channel, why. */
import type { PesanKeluar } from '../api/types';
import { isoDate, shortDate, timeText } from '../i18n/format';
import { p } from '../i18n/pesan';
import { clock } from './clock.svelte';

/** 09.41 of today, else with the day. */
export function momentText(moment: string): string {
  const time = timeText(moment);
  return isoDate(moment) === isoDate(clock.now) ? time : `${shortDate(moment)} ${time}`;
}

/** Which channel has it, or had it last. */
export function saluranText({ saluran, keadaan }: PesanKeluar): string {
  if (saluran) return p.saluran[saluran];
  return keadaan === 'menunggu' ? p.belum_dipilih : p.tanpa_saluran;
}

/** Why it is where it is, and when it goes on. */
export function whyText({ keadaan, alasan, percobaan_berikut }: PesanKeluar): string {
  const why = alasan ? p.alasan[alasan] : p.arti[keadaan];
  if (keadaan !== 'menunggu' || !percobaan_berikut) return why;
  if (Date.parse(percobaan_berikut) <= clock.now) return why;
  const saat = momentText(percobaan_berikut);
  return `${why}; ${alasan ? p.dicoba_lagi(saat) : p.dikirim(saat)}`;
}
