/** What the screens know of the school. Until the server tells it, the values that a school starts with. */
import { getSekolah } from '../api/sekolah';
import { host, type Update } from '../host';
import { language, type LanguageCode } from './language.svelte';

/** What a visit tells of the school; an old copy on a phone may say nothing of languages. */
type ToldSekolah = {
  nama: string;
  tempat?: string;
  zona_waktu: string;
  bahasa?: LanguageCode[];
  bahasa_bawaan?: LanguageCode;
};

class Sekolah {
  nama = $state('Buku Tamu');
  tempat = $state('Lobi utama');
  zona_waktu = $state('Asia/Jakarta');
  toleransi_terlambat_menit = $state(15);
  batas_urung_menit = $state(5);
  /** Which settings these are. */
  versi = $state(0);
  /** What visits are for, as the school offers it; if there is none, forms offer their own. */
  keperluan = $state.raw<string[]>([]);
  /** Where else guests can be brought. */
  tempat_lain = $state.raw<string[]>([]);
  /** The desk locks itself if nobody uses it for so long. */
  kiosk_diam_detik = $state(15 * 60);

  /** Loads now and at every sign-in, because a session is told more. */
  follow(): void {
    void this.#load();
    host.sesi.watch(({ status }) => {
      if (status === 'in') void this.#load();
    });
  }

  /** Takes what the server told elsewhere. */
  told(of: ToldSekolah): void {
    this.nama = of.nama;
    this.tempat = of.tempat ?? this.tempat;
    this.zona_waktu = of.zona_waktu;
    language.offer(of.bahasa, of.bahasa_bawaan);
  }

  /** Asks again, because a session is told more. */
  refresh(): void {
    void this.#load();
  }

  /**
   * Asks again whenever it may be other than before: when the server says so, and after a gap in which it may have.
   * Of `settings` the listener is told only what differs, and only when it is known here.
   */
  followed(listener: (update: Update) => void): (update: Update) => void {
    return (update) => {
      if (update.type !== 'settings') listener(update);
      if (update.type !== 'settings' && update.type !== 'connected') return;
      void this.#load().then((is_other) => {
        if (is_other) listener({ type: 'settings' });
      });
    };
  }

  /** Whether it is other than before. */
  async #load(): Promise<boolean> {
    const told = await getSekolah();
    if (!told.ok) return false;
    const before = this.#values();
    const { nama, tempat, zona_waktu, toleransi_terlambat_menit, batas_urung_menit, versi } = told.data;
    this.nama = nama;
    this.tempat = tempat ?? this.tempat;
    this.zona_waktu = zona_waktu ?? this.zona_waktu;
    this.toleransi_terlambat_menit = toleransi_terlambat_menit ?? this.toleransi_terlambat_menit;
    this.batas_urung_menit = batas_urung_menit ?? this.batas_urung_menit;
    this.versi = versi ?? this.versi;
    this.keperluan = told.data.keperluan ?? this.keperluan;
    this.tempat_lain = told.data.tempat_lain ?? this.tempat_lain;
    this.kiosk_diam_detik = told.data.kiosk_diam_detik ?? this.kiosk_diam_detik;
    language.offer(told.data.bahasa, told.data.bahasa_bawaan);
    return this.#values().some((value, place) => value !== before[place]);
  }

  #values(): (string | number)[] {
    const { nama, tempat, zona_waktu, toleransi_terlambat_menit, batas_urung_menit, versi } = this;
    return [nama, tempat, zona_waktu, toleransi_terlambat_menit, batas_urung_menit, versi];
  }
}

export const sekolah = new Sekolah();
