/** The guru's page: brings events, appointments, arrivals and notifications together. */
import { updateStatus } from '../api/janji_temu';
import type { Result } from '../api/result';
import type { JanjiTemu, Kedatangan, Notifikasi, Status } from '../api/types';
import { host, type Update } from '../host';
import { jam as jamTeks } from '../i18n/format';
import { t } from '../i18n/guru';
import { k, kabarTiba } from '../i18n/kabar';
import { bunyiTiba, bunyiYa, keptVolume, type Volume } from '../shared/bunyi';
import { Jawaban, type IsiJawaban } from '../shared/jawaban.svelte';
import { namaTamu } from '../shared/nama';
import { pengumuman } from '../shared/pengumuman.svelte';
import { Saluran } from '../shared/saluran.svelte';
import { Tumpukan } from '../shared/tumpukan.svelte';
import { Agenda } from './agenda.svelte';
import { Kabar } from './kabar.svelte';
import { Penunjuk } from './rute.svelte';

export type Laci =
  | { jenis: 'buat'; tanggal?: string; waktu?: string }
  | { jenis: 'ubah'; row: JanjiTemu }
  | { jenis: 'kabar' };

export class Guru {
  readonly penunjuk = new Penunjuk();
  readonly agenda = new Agenda();
  readonly kabar = new Kabar();
  readonly tumpukan = new Tumpukan(
    (notifikasi) => this.#told(notifikasi),
    (row) => this.agenda.merge(row),
  );
  readonly saluran = new Saluran((update) => this.#take(update));
  laci = $state.raw<Laci>();
  volume = $state<Volume>(keptVolume());
  // Nothing on screen follows what is in it, only what each one says.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #jawaban = new Map<number, Jawaban>();
  #unwatch: (() => void)[] = [];

  start(): void {
    this.saluran.start();
    this.agenda.refresh();
    void this.kabar.muatan.load();
    this.#unwatch = [
      host.notices.watch((tag) => this.#buka(tag)),
      host.tray?.watch((choice) => {
        if (choice === 'new') this.laci = { jenis: 'buat' };
      }) ?? (() => undefined),
    ];
  }

  stop(): void {
    this.saluran.stop();
    this.agenda.clear();
    this.kabar.clear();
    this.tumpukan.clear();
    for (const jawaban of this.#jawaban.values()) jawaban.lupakan();
    this.#jawaban.clear();
    this.laci = undefined;
    for (const unwatch of this.#unwatch.splice(0)) unwatch();
  }

  /** The answer to one guest: the card's own while there is a card. */
  jawaban(row: JanjiTemu): Jawaban {
    const card = this.tumpukan.find(row.id)?.jawaban;
    if (card) return card;
    let jawaban = this.#jawaban.get(row.id);
    if (!jawaban) {
      jawaban = new Jawaban(row.id, (notifikasi) => this.#told(notifikasi), row);
      this.#jawaban.set(row.id, jawaban);
    }
    return jawaban;
  }

  jawab(row: JanjiTemu, isi: IsiJawaban): Promise<void> {
    const card = this.tumpukan.find(row.id);
    return card ? this.tumpukan.jawab(card, isi) : this.jawaban(row).kirim(isi);
  }

  urungkan(row: JanjiTemu): Promise<void> {
    const card = this.tumpukan.find(row.id);
    return card ? this.tumpukan.urungkan(card) : this.jawaban(row).urungkan();
  }

  cobaJawab(row: JanjiTemu): Promise<void> {
    const card = this.tumpukan.find(row.id);
    return card ? this.tumpukan.cobaSekarang(card) : this.jawaban(row).cobaSekarang();
  }

  /** Moves an appointment; what the server says of it, with a message for the guest where it is called off. */
  async pindah(row: JanjiTemu, status: Status, alasan?: string): Promise<Result<Kedatangan>> {
    const moved = await this.tumpukan.kejadian.own(row.id, () => this.#pindah(row.id, status, alasan));
    // Somebody else moved it meanwhile: show where it stands.
    if (!moved.ok) this.agenda.refresh();
    return moved;
  }

  async #pindah(id: number, status: Status, alasan?: string): Promise<Result<Kedatangan>> {
    const moved = await updateStatus(id, status, alasan);
    if (moved.ok) {
      const said = k.pindah(status, namaTamu(moved.data));
      if (said) pengumuman.say(said);
      this.agenda.merge(moved.data);
      this.tumpukan.take({ type: 'appointment', data: moved.data });
    }
    return moved;
  }

  setVolume(volume: Volume): void {
    this.volume = volume;
    host.choices.set('bunyi', volume);
    bunyiYa(volume);
  }

  /** An answer's consequence, before the event comes back. */
  #told(notifikasi: Notifikasi): void {
    this.kabar.merge(notifikasi);
    const row = this.agenda.find(notifikasi.id);
    if (row && row.versi <= notifikasi.versi) {
      const { versi, tanggapan, tanggapan_jenis, tanggapan_menit, tanggapan_tempat, ditanggapi_pada } =
        notifikasi;
      this.agenda.merge({
        ...row,
        versi,
        tanggapan: tanggapan ?? null,
        tanggapan_jenis: tanggapan_jenis ?? null,
        tanggapan_menit: tanggapan_menit ?? null,
        tanggapan_tempat: tanggapan_tempat ?? null,
        ditanggapi_pada: ditanggapi_pada ?? null,
      });
    }
  }

  #take(update: Update): void {
    // Before it is known where the guest stands now.
    if (update.type === 'appointment') this.#noteMove(update.data);
    this.tumpukan.take(update);
    this.kabar.take(update);
    switch (update.type) {
      case 'connected':
        this.agenda.refresh();
        void this.kabar.muatan.load();
        break;
      case 'alert':
        if (update.data.status === 'menunggu') this.#alert(update.data);
        break;
      case 'changed':
        if (update.data.is_read) host.notices.clear(tagOf(update.data.id));
        break;
      case 'removed':
        host.notices.clear(tagOf(update.id));
        break;
      case 'appointment':
        this.agenda.merge(update.data);
        this.#jawaban.get(update.data.id)?.adopt(update.data);
    }
  }

  /** Whoever stood on today's page goes from it with a word. */
  #noteMove(row: JanjiTemu): void {
    const before = this.agenda.find(row.id);
    if (!before || before.versi >= row.versi || before.tanggal !== this.agenda.hari_ini) return;
    this.tumpukan.kejadian.moved(before.status, row);
  }

  /** A notification was pressed, here or where the host showed it. */
  #buka(tag: string): void {
    const id = Number(tag.slice(TAG.length));
    if (!tag.startsWith(TAG) || !Number.isSafeInteger(id)) return;
    // A form that is being filled in stays.
    if (this.laci?.jenis === 'kabar') this.laci = undefined;
    this.penunjuk.buka({ layar: 'janji', id });
  }

  #alert(notifikasi: Notifikasi): void {
    // Where arrivals have a window, it comes up and sounds, or the host shows a notice; this page need not be open.
    if (host.popup) return;
    const { id, nama_tamu, keperluan, waktu, diberi_tahu_pada: lagi } = notifikasi;
    pengumuman.say(kabarTiba(notifikasi));
    const body = `${keperluan}\n${lagi ? k.dipanggil(jamTeks(lagi)) : `${k.tiba} ${jamTeks(waktu)}`}`;
    host.notices.show({ tag: tagOf(id), title: t.pemberitahuan(nama_tamu), body });
    bunyiTiba(this.volume);
  }
}

const TAG = 'tamu-';
const tagOf = (id: number) => `${TAG}${id}`;
