/** The guru's page: brings events, appointments, arrivals and notifications together. */
import { listOwnUnits } from '../api/guru';
import { updateStatus } from '../api/janji_temu';
import type { Result } from '../api/result';
import type { GuruRingkas, JanjiTemu, Kedatangan, Notifikasi, Status } from '../api/types';
import { host, type Update } from '../host';
import { timeText } from '../i18n/format';
import { t } from '../i18n/guru';
import { k, arrivalText } from '../i18n/arrivals';
import { soundArrival, soundYes, keptVolume, type Volume } from '../shared/sounds';
import { Reply, type ReplyBody } from '../shared/reply.svelte';
import { tamuName } from '../shared/names';
import { announcer } from '../shared/announcer.svelte';
import { EvakuasiList } from '../shared/evakuasi/evakuasi.svelte';
import { EventStream } from '../shared/event_stream.svelte';
import { CardStack } from '../shared/card_stack.svelte';
import { Agenda } from './agenda.svelte';
import { CalledOff, calledOffText } from './called_off.svelte';
import { Deliveries } from './deliveries.svelte';
import { NotifikasiList } from './notifikasi_list.svelte';
import { Router } from './route.svelte';

export type Drawer =
  | { jenis: 'buat'; tanggal?: string; waktu?: string }
  | { jenis: 'ubah'; row: JanjiTemu }
  | { jenis: 'kabar' };

export class Guru {
  readonly router = new Router();
  readonly deliveries = new Deliveries();
  /** Guests who cannot come. */
  readonly called_off = new CalledOff((row) => this.#noteCalledOff(row));
  readonly agenda = new Agenda({
    loads: (dari, sampai) => void this.deliveries.load({ dari, sampai }),
    changed: (before, now) => this.called_off.changed(before, now),
  });
  readonly notifikasi_list = new NotifikasiList();
  readonly evakuasi = new EvakuasiList();
  readonly stack = new CardStack(
    (notifikasi) => this.#told(notifikasi),
    (row) => this.agenda.merge(row),
  );
  readonly events = new EventStream((update) => this.#take(update));
  drawer = $state.raw<Drawer>();
  /** The units in whose name the guru invites, too. */
  units = $state.raw<GuruRingkas[]>([]);
  volume = $state<Volume>(keptVolume());
  // The screen follows each reply, not the map.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #reply = new Map<number, Reply>();
  #unwatch: (() => void)[] = [];

  start(): void {
    this.events.start();
    this.agenda.refresh();
    void this.notifikasi_list.loading.load();
    void this.#loadUnits();
    this.#unwatch = [
      host.notices.watch((tag) => this.#open(tag)),
      host.tray?.watch((choice) => {
        if (choice === 'new') this.drawer = { jenis: 'buat' };
      }) ?? (() => undefined),
    ];
  }

  stop(): void {
    this.events.stop();
    this.agenda.clear();
    this.deliveries.clear();
    this.called_off.clear();
    this.notifikasi_list.clear();
    this.evakuasi.forget();
    this.stack.clear();
    this.units = [];
    for (const reply of this.#reply.values()) reply.forget();
    this.#reply.clear();
    this.drawer = undefined;
    for (const unwatch of this.#unwatch.splice(0)) unwatch();
  }

  /** The reply to one guest. The card and the page share it. */
  reply(row: JanjiTemu): Reply {
    const card = this.stack.find(row.id)?.reply;
    if (card) return card;
    let reply = this.#reply.get(row.id);
    if (!reply) {
      reply = new Reply(row.id, (notifikasi) => this.#told(notifikasi), row);
      this.#reply.set(row.id, reply);
    }
    return reply;
  }

  sendReply(row: JanjiTemu, body: ReplyBody): Promise<void> {
    const card = this.stack.find(row.id);
    return card ? this.stack.sendReply(card, body) : this.reply(row).send(body);
  }

  takeBack(row: JanjiTemu): Promise<void> {
    const card = this.stack.find(row.id);
    return card ? this.stack.takeBack(card) : this.reply(row).takeBack();
  }

  retryReply(row: JanjiTemu): Promise<void> {
    const card = this.stack.find(row.id);
    return card ? this.stack.retryNow(card) : this.reply(row).retryNow();
  }

  /** Moves an appointment. Answers as the server does, with a message for the guest if it is called off. */
  async moveTo(row: JanjiTemu, status: Status, alasan?: string): Promise<Result<Kedatangan>> {
    const moved = await this.stack.desk_news.own(row.id, () => this.#moveTo(row.id, status, alasan));
    // Somebody else may have moved it: load where it stands.
    if (!moved.ok) this.agenda.refresh();
    return moved;
  }

  async #moveTo(id: number, status: Status, alasan?: string): Promise<Result<Kedatangan>> {
    const moved = await updateStatus(id, status, alasan);
    if (moved.ok) {
      const said = k.pindah(status, tamuName(moved.data));
      if (said) announcer.say(said);
      this.agenda.merge(moved.data);
      this.stack.take({ type: 'appointment', data: moved.data });
    }
    return moved;
  }

  setVolume(volume: Volume): void {
    this.volume = volume;
    host.choices.set('bunyi', volume);
    soundYes(volume);
  }

  /** Applies an answer before its event comes back. */
  #told(notifikasi: Notifikasi): void {
    this.notifikasi_list.merge(notifikasi);
    const row = this.agenda.find(notifikasi.id);
    if (row && row.versi <= notifikasi.versi) {
      const { versi, tanggapan, tanggapan_jenis, tanggapan_menit, tanggapan_tempat } = notifikasi;
      const { ditanggapi_pada, ditanggapi_oleh } = notifikasi;
      this.agenda.merge({
        ...row,
        versi,
        tanggapan: tanggapan ?? null,
        tanggapan_jenis: tanggapan_jenis ?? null,
        tanggapan_menit: tanggapan_menit ?? null,
        tanggapan_tempat: tanggapan_tempat ?? null,
        ditanggapi_pada: ditanggapi_pada ?? null,
        ditanggapi_oleh: ditanggapi_oleh ?? null,
      });
    }
  }

  #take(update: Update): void {
    // This needs the status from before the event.
    if (update.type === 'appointment') this.#noteMove(update.data);
    this.stack.take(update);
    this.notifikasi_list.take(update);
    this.evakuasi.take(update);
    switch (update.type) {
      case 'connected':
      case 'settings':
        void this.#loadUnits();
        this.agenda.refresh();
        void this.notifikasi_list.loading.load();
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
      case 'pesan':
        this.deliveries.merge(update.data);
        break;
      case 'appointment':
        this.called_off.told(this.agenda.find(update.data.id), update.data);
        this.agenda.merge(update.data);
        this.#reply.get(update.data.id)?.adopt(update.data);
    }
  }

  /** If nobody answers, what is known stays. */
  async #loadUnits(): Promise<void> {
    const listed = await listOwnUnits();
    if (listed.ok) this.units = listed.data.data;
  }

  /** Tells why a guest leaves today's page. */
  #noteMove(row: JanjiTemu): void {
    const before = this.agenda.find(row.id);
    if (!before || before.versi >= row.versi || before.tanggal !== this.agenda.today) return;
    if (row.batal_oleh_tamu) return;
    this.stack.desk_news.moved(before.status, row);
  }

  /** The page says it by itself, the host also when another window covers it. */
  #noteCalledOff(row: JanjiTemu): void {
    const body = calledOffText(row);
    announcer.say(body);
    host.notices.show({ tag: tagOf(row.id), title: t.dibatalkan_tamu.pemberitahuan(tamuName(row)), body });
  }

  /** Opens the appointment whose notification was pressed. */
  #open(tag: string): void {
    const id = Number(tag.slice(TAG.length));
    if (!tag.startsWith(TAG) || !Number.isSafeInteger(id)) return;
    // An open form stays open.
    if (this.drawer?.jenis === 'kabar') this.drawer = undefined;
    this.router.open({ screen: 'janji', id });
  }

  #alert(notifikasi: Notifikasi): void {
    // If arrivals have a window, the host raises it or shows a notice, and this page stays quiet.
    if (host.popup) return;
    const { id, nama_tamu, keperluan, waktu, unit, diberi_tahu_pada: more_count } = notifikasi;
    announcer.say(arrivalText(notifikasi));
    const what = unit ? `${unit} · ${keperluan}` : keperluan;
    const body = `${what}\n${more_count ? k.dipanggil(timeText(more_count)) : `${k.tiba} ${timeText(waktu)}`}`;
    host.notices.show({ tag: tagOf(id), title: t.pemberitahuan(nama_tamu), body });
    soundArrival(this.volume);
  }
}

const TAG = 'tamu-';
const tagOf = (id: number) => `${TAG}${id}`;
