/** What stands largest on a visit's page: where the guest is, and what the guru answered. */
import type { Kunjungan } from '../../api/types';
import { timeText } from '../../i18n/format';
import { t } from '../../i18n/tamu';
import { spokenGuru } from '../../shared/names';
import { tanggapanOf } from '../../shared/tanggapan';

export type Headline = { title: string; lines: string[] };

/** Undefined while the code is the largest thing. `now_ms`: the server's time. */
export function headlineOf(row: Kunjungan, now_ms: number): Headline | undefined {
  switch (row.status) {
    case 'belum':
      return undefined;
    case 'menunggu':
      return waiting(row, now_ms);
    case 'sedang berlangsung':
      return {
        title: t.berlangsung.judul(spokenGuru(row)),
        lines: row.waktu_mulai ? [t.berlangsung.sejak(timeText(row.waktu_mulai))] : [],
      };
    case 'selesai':
      return { title: t.selesai.judul, lines: row.rating ? [t.selesai.dinilai] : [] };
    case 'batal':
      return cancelled(row);
    case 'tidak hadir':
      return { title: t.tidak_hadir.judul, lines: [t.tidak_hadir.teks(spokenGuru(row))] };
  }
}

function waiting(row: Kunjungan, now_ms: number): Headline {
  const guru = spokenGuru(row);
  const answer = tanggapanOf({ ...row, diberi_tahu_pada: null });
  if (!answer) return { title: t.menunggu.judul(guru), lines: [t.menunggu.teks(row.tempat)] };
  const answered = answer.pada === undefined ? '' : t.jawaban.dijawab(timeText(answer.pada));
  const note = answer.note === undefined ? [] : [t.jawaban.kutip(answer.note)];
  switch (answer.jenis) {
    case 'ke_lobi':
      return { title: t.jawaban.ke_lobi(guru, row.tempat), lines: [answered, ...note] };
    case 'sebentar': {
      const left = answer.sampai === undefined ? 0 : Math.ceil((answer.sampai - now_ms) / 60_000);
      const when = left > 0 ? t.jawaban.lagi(left) : t.jawaban.segera;
      return { title: t.jawaban.sebentar(guru), lines: [`${answered} · ${when}`, ...note] };
    }
    case 'antar':
      return {
        title: answer.tempat ? t.jawaban.antar(answer.tempat) : t.jawaban.antar_saja(guru),
        lines: [t.jawaban.diantar, answered, ...note],
      };
    case 'tidak_bisa':
      return { title: t.jawaban.tidak_bisa(guru), lines: [t.jawaban.tidak_bisa_teks, answered, ...note] };
    case 'teks':
      return { title: t.jawaban.kutip(answer.words), lines: [`${guru} · ${answered}`] };
  }
}

function cancelled(row: Kunjungan): Headline {
  const guru = spokenGuru(row);
  const reason = row.alasan ? [t.batal.alasan(row.alasan)] : [];
  const title = row.batal_oleh_tamu ? t.batal.oleh_tamu : t.batal.oleh_sekolah;
  return { title, lines: [...reason, t.batal.waktu_baru(guru)] };
}
