/** The arrivals that ask for the guru now, as cards: who has waited longest on top, each once. */
import { SvelteMap } from 'svelte/reactivity';
import { getJanjiTemu, updateStatus } from '../api/janji_temu';
import { markRead } from '../api/notifikasi';
import type { Failure } from '../api/result';
import type { JanjiTemu, Notifikasi } from '../api/types';
import type { Update } from '../host';
import { Jawaban, type IsiJawaban } from './jawaban.svelte';
import { k } from '../i18n/kabar';
import { Kejadian } from './kejadian.svelte';
import { namaTamu } from './nama';
import { pengumuman } from './pengumuman.svelte';

/** An answered card stays so long, in case it was the wrong press. */
const ANSWERED_MS = 4000;

/** A hand or a focus that has rested for so long is no hand any more. */
const REST_MS = 8000;

export class Kartu {
  notifikasi = $state.raw() as Notifikasi;
  /** Scheduled time and kind, which a notification does not tell; undefined until it is fetched. */
  janji_temu = $state.raw<JanjiTemu>();
  readonly jawaban: Jawaban;
  /** The meeting is being begun. */
  memulai = $state(false);
  gagal_mulai = $state.raw<Failure>();

  constructor(notifikasi: Notifikasi, told: (notifikasi: Notifikasi) => void) {
    this.notifikasi = notifikasi;
    this.jawaban = new Jawaban(notifikasi.id, told);
  }

  get id(): number {
    return this.notifikasi.id;
  }

  /** Nobody has told this guest anything yet. */
  get menunggu(): boolean {
    return this.notifikasi.status === 'menunggu' && this.jawaban.tahap !== 'terkirim';
  }

  /** An answer is under way, refused, or just given. */
  get digarap(): boolean {
    return this.jawaban.tahap !== 'diam';
  }
}

export class Tumpukan {
  readonly #kartu = new SvelteMap<number, Kartu>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen follows it
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  /** Somebody points at the cards or has the focus there: nothing goes from under their hands. */
  #ditahan = false;
  readonly kejadian = new Kejadian();
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** Who is answered keeps the place, and is gone soon. */
  readonly kartu = $derived(
    [...this.#kartu.values()].sort((a, b) => a.notifikasi.waktu.localeCompare(b.notifikasi.waktu)),
  );

  /** `told` hears what the server says of an answer, `moved` of a meeting that has begun. */
  constructor(
    private readonly told: (notifikasi: Notifikasi) => void = () => undefined,
    private readonly moved: (row: JanjiTemu) => void = () => undefined,
  ) {}

  find(id: number): Kartu | undefined {
    return this.#kartu.get(id);
  }

  take(update: Update): void {
    if (update.type === 'alert' || update.type === 'changed' || update.type === 'appointment')
      this.kejadian.stands(update.data);
    switch (update.type) {
      case 'alert':
        if (update.data.status === 'menunggu') this.#add(update.data);
        break;
      case 'changed':
        this.#changed(update.data);
        break;
      case 'removed':
        this.#handledElsewhere(update.id);
        break;
      case 'appointment':
        this.#moved(update.data);
    }
  }

  async jawab(kartu: Kartu, isi: IsiJawaban): Promise<void> {
    this.#keep(kartu.id);
    await kartu.jawaban.kirim(isi);
    this.#expire(kartu);
  }

  async urungkan(kartu: Kartu): Promise<void> {
    this.#keep(kartu.id);
    await kartu.jawaban.urungkan();
  }

  async cobaSekarang(kartu: Kartu): Promise<void> {
    await kartu.jawaban.cobaSekarang();
    this.#expire(kartu);
  }

  /** The guest is with the guru now. */
  async mulai(kartu: Kartu): Promise<void> {
    if (kartu.memulai) return;
    kartu.memulai = true;
    kartu.gagal_mulai = undefined;
    const begun = await this.kejadian.own(kartu.id, () => updateStatus(kartu.id, 'sedang berlangsung'));
    kartu.memulai = false;
    if (!begun.ok) {
      kartu.gagal_mulai = begun.failure;
      return;
    }
    this.tutup(kartu);
    pengumuman.say(k.pindah(begun.data.status, namaTamu(begun.data)));
    this.moved(begun.data);
  }

  /** Read, without an answer. */
  async tandaiDibaca(kartu: Kartu): Promise<void> {
    this.tutup(kartu);
    const read = await markRead(kartu.id);
    if (read.ok) this.told(read.data);
  }

  /** Away from the screen; the notification stays unread. */
  tutup(kartu: Kartu): void {
    this.#keep(kartu.id);
    if (kartu.jawaban.tahap === 'gagal') kartu.jawaban.lupakan();
    this.#kartu.delete(kartu.id);
  }

  tutupSemua(): void {
    for (const kartu of this.kartu) this.tutup(kartu);
  }

  hold(): void {
    this.#ditahan = true;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.release(), REST_MS);
    for (const id of [...this.#timers.keys()]) this.#keep(id);
  }

  release(): void {
    clearTimeout(this.#rest);
    this.#ditahan = false;
    for (const kartu of this.kartu) this.#expire(kartu);
  }

  clear(): void {
    for (const id of [...this.#timers.keys()]) this.#keep(id);
    for (const kartu of this.kartu) kartu.jawaban.lupakan();
    this.#kartu.clear();
    this.kejadian.clear();
  }

  #add(notifikasi: Notifikasi): void {
    const known = this.#kartu.get(notifikasi.id);
    if (known && known.notifikasi.versi > notifikasi.versi) return;
    if (known && known.jawaban.tahap !== 'terkirim') {
      known.notifikasi = notifikasi;
      return;
    }
    // The desk calls again: what was answered before is not enough.
    this.#keep(notifikasi.id);
    const kartu = new Kartu(notifikasi, (told) => {
      kartu.notifikasi = told;
      this.told(told);
    });
    this.#kartu.set(notifikasi.id, kartu);
    void this.#complete(kartu);
  }

  async #complete(kartu: Kartu): Promise<void> {
    const found = await getJanjiTemu(kartu.id);
    if (found.ok) kartu.janji_temu = newer(kartu.janji_temu, found.data);
  }

  #changed(notifikasi: Notifikasi): void {
    const kartu = this.#kartu.get(notifikasi.id);
    if (!kartu || kartu.notifikasi.versi > notifikasi.versi) return;
    kartu.notifikasi = notifikasi;
    if (notifikasi.status !== 'menunggu') {
      this.kejadian.told('menunggu', notifikasi);
      this.#over(kartu);
    } else if (notifikasi.is_read) this.#handledElsewhere(notifikasi.id);
  }

  #moved(row: JanjiTemu): void {
    const kartu = this.#kartu.get(row.id);
    if (!kartu) return;
    kartu.janji_temu = newer(kartu.janji_temu, row);
    if (row.status === 'menunggu') return;
    this.kejadian.moved('menunggu', row);
    this.#over(kartu);
  }

  /** The guest is with the guru, or has left. */
  #over(kartu: Kartu): void {
    if (kartu.jawaban.tahap === 'terkirim') this.#expire(kartu);
    else this.tutup(kartu);
  }

  /** What this screen itself is about stays until it is through with it. */
  #handledElsewhere(id: number): void {
    const kartu = this.#kartu.get(id);
    if (kartu && !kartu.digarap && !kartu.jawaban.diurungkan) this.#kartu.delete(id);
  }

  #keep(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #expire(kartu: Kartu): void {
    if (this.#ditahan || kartu.jawaban.tahap !== 'terkirim' || this.#timers.has(kartu.id)) return;
    const gone = () => {
      this.#timers.delete(kartu.id);
      if (kartu.jawaban.tahap === 'terkirim') this.#kartu.delete(kartu.id);
    };
    this.#timers.set(kartu.id, setTimeout(gone, ANSWERED_MS));
  }
}

function newer(known: JanjiTemu | undefined, row: JanjiTemu): JanjiTemu {
  return known && known.versi > row.versi ? known : row;
}
