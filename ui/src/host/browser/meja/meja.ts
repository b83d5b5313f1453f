/**
 * The kiosk in a browser goes on while no server can be reached: it sends the page's requests, and answers them itself
 * while nobody else does, by the same rules as the desktop program (the crate `luring`). What it writes down goes to
 * the server in its order once that is back.
 */
import { failureOf, isTrouble } from '../../../api/result';
import type { JanjiTemu, Pengguna } from '../../../api/types';
import type { Luring, Unsettled, Update } from '../../contract.mjs';
import type { Journal, JournalLimit } from '../../journal';
import type { BrowserSesi } from '../sesi';
import { Desk } from './desk';
import { DeskModule, type Asked, type Bekal, type Belum } from './module';
import { canKeep, isLasting, keepsPage, turnAt } from './place';
import { Vault } from './vault';

/** For so long after a failure nobody waits for the server again. */
const AWAY_MS = 5000;
/** How often waiting entries are tried, and what is old is looked after. */
const EVERY_MS = 3000;
const SAVE_MS = 60_000;
const REFRESH_MS = 15 * 60_000;
/** A tab that waits longer for its turn says so. */
const TURN_MS = 1500;
/** Gurus of one page of the list. */
const PAGE = 200;

/** As much of a session as a desk uses. */
type DeskSesi = Pick<BrowserSesi, 'fetch' | 'exists'>;

/** What a browser gives; a test has its own. */
export type Surroundings = {
  can_keep: boolean;
  turn(): Promise<void>;
  open(): Promise<Desk>;
  isLasting(): Promise<boolean>;
  keepsPage(): Promise<boolean>;
};

const browser = (): Surroundings => ({
  can_keep: canKeep(),
  turn: () => turnAt('bukutamu.meja'),
  open: async () => {
    const [module, vault] = await Promise.all([DeskModule.load(), Vault.open()]);
    return new Desk(module, vault);
  },
  isLasting,
  keepsPage,
});

export class Meja implements Journal {
  #desk: Desk | undefined;
  #pengguna: Pengguna | undefined;
  readonly #limits = new Set<JournalLimit>();
  #away_until = 0;
  /** The server answered last, and only its database was away. */
  #is_database_away = false;
  #is_stale = true;
  #refreshed_at = 0;
  #saved_at = 0;
  #is_working = false;
  /** What was kept is known, or will not be soon. */
  readonly #opened: Promise<void>;
  readonly #tellers = new Set<(update: Update) => void>();
  readonly #limit_tellers = new Set<(limits: readonly JournalLimit[]) => void>();

  constructor(
    private readonly sesi: DeskSesi,
    private readonly place: Surroundings = browser(),
  ) {
    this.#opened = new Promise((resolve) => void this.#open(resolve));
  }

  /** Who was signed in when the server last told. */
  async pengguna(): Promise<Pengguna | undefined> {
    await this.#opened;
    return this.#pengguna;
  }

  /** Sends a page's request, or answers it. Rejects where nobody answers. */
  async fetch(request: Request): Promise<Response> {
    const asked = await askedOf(request);
    if (!this.sesi.exists || this.#desk?.knows(asked) === false) return this.#pass(request);
    let missing: Response | Error | undefined;
    if (!this.#isAlone()) {
      missing = await this.#send(asked);
      if (missing instanceof Response && !(await isAway(missing))) {
        if (request.method !== 'GET' && missing.ok) await this.#learn(missing.clone());
        return missing;
      }
      this.#away_until = performance.now() + AWAY_MS;
      this.#is_database_away = missing instanceof Response;
      await this.#opened;
    }
    const told = this.#desk?.knows(asked) ? await this.#desk.answer(asked) : undefined;
    this.#tell();
    if (told) {
      const { status, jenis, isi } = told.jawaban;
      const is_heard = Boolean(told.kabar) && this.#is_database_away && (await this.#tellGuru(told.kabar));
      return new Response(is_heard ? withGuruTold(isi) : isi, { status, headers: { 'Content-Type': jenis } });
    }
    missing ??= await this.#send(asked);
    if (missing instanceof Response) return missing;
    throw missing;
  }

  /** Takes what the event stream tells. */
  follow(update: Update): void {
    if (update.type === 'appointment') this.#desk?.take(update.data);
    if (update.type !== 'connected' && update.type !== 'settings') return;
    this.#is_stale = true;
    this.#noteThere();
  }

  /** Calls back now and with every change of how the desk stands. */
  watch(listener: (update: Update) => void): () => void {
    this.#tellers.add(listener);
    if (this.#desk) listener({ type: 'luring', data: standing(this.#desk) });
    return () => this.#tellers.delete(listener);
  }

  watchLimits(listener: (limits: readonly JournalLimit[]) => void): () => void {
    this.#limit_tellers.add(listener);
    listener([...this.#limits]);
    return () => this.#limit_tellers.delete(listener);
  }

  async unsettled(): Promise<Unsettled[]> {
    await this.#opened;
    return this.#desk?.unsettled().map(shown) ?? [];
  }

  async settle(nomor: number): Promise<void> {
    await this.#desk?.settle(nomor);
    this.#tell();
  }

  /** Somebody signed out: what the server told of the school leaves this browser, and what waits does not. */
  async signedOut(): Promise<void> {
    this.#pengguna = undefined;
    await this.#desk?.forgetPack();
    this.#is_stale = true;
    this.#tell();
  }

  /** Sends what waits, and keeps what is needed. */
  async work(): Promise<void> {
    const desk = this.#desk;
    if (!desk || this.#is_working || !this.sesi.exists) return;
    this.#is_working = true;
    try {
      await this.#replay(desk);
      const now = performance.now();
      if (this.#is_stale || now - this.#refreshed_at >= REFRESH_MS) await this.#refresh(desk);
      if (desk.is_unsaved && now - this.#saved_at >= SAVE_MS) {
        this.#saved_at = now;
        await desk.save();
      }
    } catch {
      // Nobody answers, or nothing can be kept: what was kept before is still there, and it is tried again.
    } finally {
      this.#is_working = false;
    }
  }

  async #open(opened: () => void): Promise<void> {
    const { place } = this;
    if (!place.can_keep) {
      this.#limit('tanpa_simpan', true);
      opened();
      return;
    }
    const waits = setTimeout(() => {
      this.#limit('tab_lain', true);
      opened();
    }, TURN_MS);
    try {
      await place.turn();
      const desk = await place.open();
      this.#pengguna = (await desk.open())?.pengguna;
      this.#desk = desk;
    } catch {
      this.#limit('tanpa_simpan', true);
    }
    clearTimeout(waits);
    this.#limit('tab_lain', false);
    opened();
    if (!this.#desk) return;
    this.#tell();
    setInterval(() => void this.work(), EVERY_MS);
    void this.work();
    this.#limit('bisa_dihapus', !(await place.isLasting()));
    // A worker that cannot be installed never says so.
    this.#limit('tanpa_halaman', true);
    this.#limit('tanpa_halaman', !(await place.keepsPage()));
  }

  async #pass(request: Request): Promise<Response> {
    const response = await this.sesi.fetch(request);
    if (response.ok) this.#noteThere();
    return response;
  }

  async #send(asked: Asked): Promise<Response | Error> {
    try {
      return await this.sesi.fetch(
        requestOf({ ...asked, path: this.#desk?.pathOf(asked.path) ?? asked.path }),
      );
    } catch (error) {
      return error instanceof Error ? error : new TypeError('nobody answers');
    }
  }

  /** Whether the desk answers without asking: the server was away a moment ago, or entries are before this one. */
  #isAlone(): boolean {
    return performance.now() < this.#away_until || (this.#desk?.keadaan.menunggu ?? 0) > 0;
  }

  #noteThere(): void {
    this.#away_until = 0;
    void this.work();
  }

  /** Takes the visit that an answer tells, so that a desk whose events do not come knows it too. */
  async #learn(response: Response): Promise<void> {
    const body = (await response.json().catch(() => null)) as
      (JanjiTemu & { appointment?: JanjiTemu }) | null;
    const row = body?.appointment ?? body;
    if (row?.versi !== undefined) this.#desk?.take(row);
  }

  /** Sends the entries that wait, in their order, until one has to wait longer. */
  async #replay(desk: Desk): Promise<void> {
    for (let sent = await desk.next(); sent; sent = await desk.next()) {
      const response = await this.sesi.fetch(requestOf(sent, { 'Terjadi-Pada': sent.pada }));
      if (!(await desk.said(response.status, await response.text()))) {
        this.#away_until = performance.now() + AWAY_MS;
        break;
      }
      this.#is_stale = true;
      if (desk.keadaan.menunggu === 0) this.#away_until = 0;
      this.#tell();
    }
    this.#tell();
  }

  /** Tells a guru of an arrival, where only the database is away. Whether anybody hears it. */
  async #tellGuru(kabar: unknown): Promise<boolean> {
    const asked = { method: 'POST', path: '/api/meja/kabar', body: JSON.stringify(kabar) };
    const response = await this.#send(asked);
    if (!(response instanceof Response) || !response.ok) return false;
    return ((await response.json()) as { terjangkau: boolean }).terjangkau;
  }

  async #refresh(desk: Desk): Promise<void> {
    const { pengguna } = await this.#get<{ pengguna?: Pengguna }>('/api/auth/me');
    if (!pengguna) return;
    const bekal = await this.#get<Bekal['bekal']>('/api/meja/bekal');
    const offset_ms = Date.parse(bekal.pada) - Date.now();
    const sekolah = await this.#get<unknown>('/api/sekolah');
    const guru: unknown[] = [];
    for (let halaman = 1, more = true; more; halaman += 1) {
      const { data } = await this.#get<{ data: unknown[] }>(`/api/guru?halaman=${halaman}&ukuran=${PAGE}`);
      guru.push(...data);
      more = data.length === PAGE;
    }
    this.#is_stale = false;
    this.#refreshed_at = this.#saved_at = performance.now();
    this.#pengguna = pengguna;
    await desk.takePack({ bekal, sekolah, guru, pengguna, offset_ms });
    this.#tell();
  }

  async #get<T>(path: string): Promise<T> {
    const response = await this.sesi.fetch(requestOf({ method: 'GET', path, body: null }));
    if (!response.ok) throw new Error(`a desk needs another answer than ${response.status}`);
    return (await response.json()) as T;
  }

  #limit(limit: JournalLimit, is_so: boolean): void {
    if (this.#limits.has(limit) === is_so) return;
    if (is_so) this.#limits.add(limit);
    else this.#limits.delete(limit);
    for (const tell of this.#limit_tellers) tell([...this.#limits]);
  }

  #tell(): void {
    if (!this.#desk) return;
    const update: Update = { type: 'luring', data: standing(this.#desk) };
    for (const tell of this.#tellers) tell(update);
  }
}

function standing({ keadaan, damaged }: Desk): Luring {
  return { ...keadaan, terpotong: false, rusak: damaged };
}

function withGuruTold(isi: string): string {
  return JSON.stringify({ ...(JSON.parse(isi) as object), guru_terhubung: true });
}

/** Whether nobody answered, or only that nothing can be done now. */
async function isAway(response: Response): Promise<boolean> {
  if (response.status < 502) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return isTrouble(failureOf(response.status, body));
}

async function askedOf(request: Request): Promise<Asked> {
  const { pathname, search } = new URL(request.url);
  const body = request.method === 'GET' ? '' : await request.clone().text();
  return { method: request.method, path: pathname + search, body: body || null };
}

function requestOf({ method, path, body }: Asked, headers: Record<string, string> = {}): Request {
  const json = body === null ? {} : { 'Content-Type': 'application/json' };
  return new Request(new URL(path, location.origin), { method, body, headers: { ...headers, ...json } });
}

function shown({ nomor, pada, kegiatan, nama, di_meja, bentrok }: Belum): Unsettled {
  const { alasan, janji_temu } = bentrok;
  const [jenis, kode] =
    typeof alasan === 'string'
      ? [alasan, null]
      : 'ditolak' in alasan
        ? (['ditolak', alasan.ditolak] as const)
        : (['hasil_lain', alasan.hasil_lain] as const);
  return {
    nomor,
    pada: Date.parse(pada),
    kegiatan,
    nama,
    alasan: jenis,
    kode,
    di_meja,
    di_server: janji_temu,
  };
}
