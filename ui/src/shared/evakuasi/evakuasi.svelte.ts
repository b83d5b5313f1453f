/**
 * The evacuation list of one page. It is kept beside the page, so that it is shown while the server is away, and what
 * was ticked meanwhile is sent in order once the server is back.
 */
import { endEvakuasi, getEvakuasi, startEvakuasi, tickEvakuasi } from '../../api/evakuasi';
import { isTrouble, ok, type Failure, type Result } from '../../api/result';
import type { DaftarEvakuasi, DiGedung } from '../../api/types';
import { host, type Update } from '../../host';
import { clock } from '../clock.svelte';
import { Loading } from '../loading.svelte';

const KEPT = 'evakuasi';
const AGAIN_MS = 3000;
/** Changes that come together are one. */
const SETTLES_MS = 200;
/** Nobody is told of a change while no evacuation goes on. */
const EVERY_MS = 60_000;
/** An older list says nothing of who is in the building. */
const KEPT_MS = 12 * 3_600_000;
/** A tick that is sent so late is one from before. */
const AT_ONCE_MS = 3000;

/** A tick that the server has not confirmed yet. */
type Tick = { id: number; aman: boolean; oleh: string; at: number };
/** A row as it is shown; a tick that is on its way has its time by this PC's clock. */
export type Row = Omit<DiGedung, 'dicentang_pada'> & { dicentang_pada?: string | number | null };
type Kept = { list: DaftarEvakuasi; ticks: Tick[] };

export class EvakuasiList {
  #list = $state.raw<DaftarEvakuasi>();
  #ticks = $state.raw<Tick[]>([]);
  /** Why the last tick, start or end was refused. */
  refusal = $state.raw<Failure>();
  busy = $state(false);
  readonly loading: Loading = new Loading((isOver) => this.#load(isOver));
  /** Grows with every list that is taken over, so that an older one is not. */
  #turn = 0;
  #is_sending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;

  readonly is_here = $derived(this.#list !== undefined);
  readonly rows: Row[] = $derived.by(() => (this.#list?.data ?? []).map((row) => this.#seen(row)));
  /** People are in the building, and who they are is told while an evacuation goes on. */
  readonly is_unnamed = $derived(this.rows.length === 0 && (this.#list?.total_orang ?? 0) > 0);
  readonly total = $derived(this.is_unnamed ? (this.#list?.total_orang ?? 0) : people(this.rows));
  readonly aman = $derived(people(this.rows.filter((row) => row.aman)));
  readonly unsafe = $derived(this.rows.filter((row) => !row.aman));
  readonly mulai = $derived(this.#list?.mulai ?? this.#ticks[0]?.at);
  readonly mulai_oleh = $derived(this.#list?.mulai_oleh ?? undefined);
  readonly selesai = $derived(this.#list?.selesai ?? undefined);
  readonly is_running: boolean = $derived(
    this.#ticks.length > 0 || (Boolean(this.#list?.mulai) && !this.#list?.selesai),
  );
  readonly titik_kumpul = $derived(this.#list?.titik_kumpul ?? '');
  readonly dimuat_pada = $derived(this.#list?.dimuat_pada);
  /** The database is away, and the server answers from its memory. */
  readonly is_copy = $derived(this.#list?.salinan === true);
  /** The server is away. */
  readonly is_away = $derived(this.loading.failure !== undefined && isTrouble(this.loading.failure));
  readonly waiting = $derived(this.#ticks.length);

  /** Call what it returns when the list is shown no longer. */
  show(): () => void {
    this.#restore();
    void this.loading.load();
    this.#poll = setInterval(() => void this.loading.load(), EVERY_MS);
    return () => {
      clearInterval(this.#poll);
      clearTimeout(this.#timer);
      clearTimeout(this.#again);
      this.loading.stop();
    };
  }

  /** Follows the page's events. */
  take(update: Update): void {
    if (update.type === 'connected') void this.loading.load();
    if (update.type !== 'evakuasi') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.loading.load(), SETTLES_MS);
  }

  /** Says whether a visit's guests are safe, at once on this page. */
  tick(id: number, aman: boolean, oleh: string): void {
    const others = this.#ticks.filter((tick) => tick.id !== id);
    this.#ticks = [...others, { id, aman, oleh, at: Date.now() }];
    this.refusal = undefined;
    this.#keep();
    void this.#send();
  }

  start(): Promise<void> {
    return this.#lead(startEvakuasi);
  }

  end(): Promise<void> {
    return this.#lead(endEvakuasi);
  }

  /** Forgets everything on this PC: somebody signed out. */
  forget(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#again);
    this.#list = undefined;
    this.#ticks = [];
    this.loading.forget();
    host.choices.set(KEPT, '');
  }

  async #lead(send: () => Promise<Result<DaftarEvakuasi>>): Promise<void> {
    this.busy = true;
    this.refusal = undefined;
    const done = await send();
    this.busy = false;
    if (done.ok) this.#take(done.data);
    else this.refusal = done.failure;
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const turn = this.#turn;
    const listed = await getEvakuasi();
    if (!listed.ok || isOver()) return listed;
    // What a tick answered meanwhile is newer.
    if (turn === this.#turn) this.#take(listed.data);
    void this.#send();
    return ok(undefined);
  }

  /** Sends what waits, in order. */
  async #send(): Promise<void> {
    if (this.#is_sending) return;
    this.#is_sending = true;
    clearTimeout(this.#again);
    for (let first = this.#ticks[0]; first; first = this.#ticks[0]) {
      const tick = first;
      const age_ms = Date.now() - tick.at;
      const age_seconds = age_ms > AT_ONCE_MS ? Math.min(Math.round(age_ms / 1000), 86_400) : 0;
      const sent = await tickEvakuasi(tick.id, tick.aman, age_seconds);
      if (!sent.ok && isTrouble(sent.failure)) {
        this.#again = setTimeout(() => void this.#send(), AGAIN_MS);
        break;
      }
      this.#ticks = this.#ticks.filter((other) => other !== tick);
      if (sent.ok) this.#take(sent.data);
      else {
        // Whoever left meanwhile is on no list; anything else is told.
        if (!(sent.failure.kind === 'problem' && sent.failure.problem.status === 404)) {
          this.refusal = sent.failure;
        }
        this.#keep();
      }
    }
    this.#is_sending = false;
  }

  #take(list: DaftarEvakuasi): void {
    this.#turn += 1;
    this.#list = list;
    this.#keep();
  }

  /** The row with what was ticked here and is on its way. */
  #seen(row: DiGedung): Row {
    const tick = this.#ticks.find(({ id }) => id === row.id);
    if (!tick) return row;
    return { ...row, aman: tick.aman, dicentang_oleh: tick.oleh, dicentang_pada: tick.at };
  }

  #keep(): void {
    const kept = this.#list && { list: this.#list, ticks: this.#ticks };
    try {
      host.choices.set(KEPT, kept ? JSON.stringify(kept satisfies Kept) : '');
    } catch {
      // No room is left beside the page; the list stays on it.
    }
  }

  #restore(): void {
    if (this.#list) return;
    try {
      const kept = JSON.parse(host.choices.get(KEPT) || 'null') as Kept | null;
      if (!kept || clock.now - Date.parse(kept.list.dimuat_pada) > KEPT_MS) return;
      this.#list = kept.list;
      this.#ticks = kept.ticks;
    } catch {
      host.choices.set(KEPT, '');
    }
  }
}

function people(rows: Row[]): number {
  return rows.reduce((sum, row) => sum + row.jumlah_orang, 0);
}
