/** The form of a new appointment: whom, what for, when, and whether it repeats. */
import { createJanjiTemu, createSeries } from '../../api/janji_temu';
import { newIdempotencyKey } from '../../api/idempotency_key';
import type { JanjiTemuRequest, TamuLainRequest } from '../../api/requests';
import type { Failure } from '../../api/result';
import { findByTelp } from '../../api/tamu';
import type { GuruRingkas, JanjiTemuBaru, JanjiTemuSeri, TamuRingkas } from '../../api/types';
import { failureText, fieldTexts } from '../../i18n/failure';
import { t } from '../../i18n/undang';
import { foldedWords } from '../folded_words';
import { isEmail } from './tamu_list';
import { TamuSearch } from './tamu_search.svelte';
import { JadwalFields } from './jadwal_fields.svelte';
import { RepeatFields } from './repeat_fields.svelte';
import { SeveralTamu } from './several_tamu.svelte';

/** A number is looked up if it may be complete and nobody typed for this long. */
const LOOKUP_AFTER_MS = 600;
const isWhole = (telp: string) => [...telp.matchAll(/\p{Nd}/gu)].length >= 9;

type FieldName = 'guru' | 'tamu' | 'nama' | 'telp' | 'email' | 'instansi' | 'keperluan' | 'jumlah_orang';
type FieldErrors = Partial<Record<FieldName, string>>;

/** One guest, several with a code each, or a group with one code. */
export type Attendance = 'satu' | 'beberapa' | 'rombongan';
export const ATTENDANCES: Attendance[] = ['satu', 'beberapa', 'rombongan'];
const ORANG_MAX = 999;

const FIELDS: Record<string, FieldName> = {
  id_guru: 'guru',
  tamu: 'tamu',
  id_tamu: 'tamu',
  'tamu.nama': 'nama',
  'tamu.telp': 'telp',
  'tamu.email': 'email',
  'tamu.instansi': 'instansi',
  keperluan: 'keperluan',
  jumlah_orang: 'jumlah_orang',
};

export class JanjiTemuForm {
  readonly search = new TamuSearch();
  readonly jadwal: JadwalFields;
  readonly repeat: RepeatFields;
  readonly several = new SeveralTamu();
  attendance = $state<Attendance>('satu');
  /** The unit in whose name the guest is invited; undefined if it is the guru's own guest. */
  unit = $state<number>();
  /** Whom the guest is to meet, chosen at the reception; a guru's own guest meets the guru. */
  guru = $state.raw<GuruRingkas>();
  /** The reception invites: for any guru, and any guest. */
  readonly by_reception: boolean;
  /** How many a group are, as it is typed. */
  jumlah_orang = $state('');
  tamu = $state.raw<TamuRingkas>();
  /** A guest who is not in the book yet. */
  is_new = $state(false);
  nama = $state('');
  telp = $state('');
  email = $state('');
  instansi = $state('');
  /** The owner of the number, if the book knows one. */
  owner = $state.raw<TamuRingkas>();
  /** The owner and the guest are one person whose stored name is wrong. */
  is_same_person = $state(false);
  keperluan = $state('');
  busy = $state(false);
  message = $state('');
  #attempted = $state(false);
  #refused = $state.raw<FieldErrors>({});
  #kunci = newIdempotencyKey();
  #sent = '';

  #asked = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The owner of the number, if the visit is in another name. */
  readonly other = $derived.by(() => {
    const { owner } = this;
    const nama = this.nama.trim();
    return owner && nama && foldedWords(owner.nama) !== foldedWords(nama) ? owner : undefined;
  });
  readonly #missing = $derived.by(() => {
    const missing: FieldErrors = {};
    if (this.by_reception && !this.guru) missing.guru = t.formulir.guru_kosong;
    if (this.attendance === 'beberapa') {
      if (!this.several.is_complete) missing.tamu = this.#severalText();
    } else if (this.is_new) {
      if (!isWhole(this.telp)) missing.telp = t.formulir.telp_kosong;
      if (!this.nama.trim()) missing.nama = t.formulir.nama_kosong;
      if (this.email.trim() && !isEmail(this.email.trim())) missing.email = t.beberapa.salah.email;
    } else if (!this.tamu) missing.tamu = t.formulir.tamu_kosong;
    if (this.attendance === 'rombongan' && !this.#head_count) missing.jumlah_orang = t.formulir.jumlah_salah;
    if (!this.keperluan.trim()) missing.keperluan = t.formulir.keperluan_kosong;
    return missing;
  });
  readonly errors: FieldErrors = $derived(
    this.#attempted ? { ...this.#refused, ...this.#missing } : this.#refused,
  );
  /** Closing would lose something. */
  readonly has_input = $derived(
    Boolean(
      this.tamu ??
      this.guru ??
      (this.is_new || this.keperluan.trim() || this.search.q.trim() || this.several.lines.length > 0),
    ),
  );

  /** Keeps a time that was already chosen. Without a guru, the reception chooses one. */
  constructor(
    private readonly id_guru: number | undefined,
    day_time: { tanggal?: string | undefined; waktu?: string | undefined } = {},
  ) {
    this.by_reception = id_guru === undefined;
    this.jadwal = new JadwalFields(id_guru, day_time);
    this.repeat = new RepeatFields(this.jadwal);
    void (day_time.waktu ? this.jadwal.loading.load() : this.jadwal.offer());
  }

  /** Whom the guest is to meet: the guru, or a unit. */
  chooseUnit(unit: number | undefined): void {
    this.unit = unit;
    this.#refused = {};
    this.jadwal.chooseGuru(unit ?? this.id_guru);
  }

  /** Whom the guest is to meet, as the reception chooses. */
  chooseGuru(guru: GuruRingkas | undefined): void {
    this.guru = guru;
    this.#refused = {};
    this.jadwal.chooseGuru(guru?.id);
  }

  choose(tamu: TamuRingkas | undefined): void {
    this.tamu = tamu;
    this.is_new = false;
    this.#refused = {};
  }

  newTamu(): void {
    this.is_new = true;
    this.tamu = undefined;
    if (this.search.is_number) this.telp = this.search.q.trim();
    else this.nama = this.search.q.trim();
    this.typed();
  }

  typed(): void {
    this.#refused = {};
    this.message = '';
    if (this.telp === this.#asked) return;
    this.#asked = this.telp;
    this.owner = undefined;
    this.is_same_person = false;
    clearTimeout(this.#timer);
    if (isWhole(this.telp)) this.#timer = setTimeout(() => void this.#lookUp(), LOOKUP_AFTER_MS);
  }

  /** Ends all lookups. */
  stop(): void {
    clearTimeout(this.#timer);
    this.search.stop();
    this.jadwal.stop();
  }

  /** If the lookup fails, the visit is still in the entered name, and the server's answer says so. */
  async #lookUp(): Promise<void> {
    const { telp } = this;
    const found = await findByTelp(telp);
    if (found.ok && telp === this.telp) this.owner = found.data;
  }

  /** How many a group are; undefined if it is no group of two or more. */
  get #head_count(): number | undefined {
    const count = Number(this.jumlah_orang.trim() || NaN);
    return Number.isInteger(count) && count >= 2 && count <= ORANG_MAX ? count : undefined;
  }

  #severalText(): string {
    const { is_full, faulty_count } = this.several;
    if (is_full) return t.beberapa.terlalu_banyak;
    return faulty_count > 0 ? t.beberapa.ada_salah(faulty_count) : t.beberapa.belum_ada;
  }

  /** What was made: one appointment, or several with the days that were left out. Undefined if nothing was. */
  async submit(): Promise<JanjiTemuBaru | JanjiTemuSeri | undefined> {
    if (this.busy) return undefined;
    this.#attempted = true;
    this.jadwal.apply();
    this.repeat.apply();
    this.message = '';
    this.#refused = {};
    if (Object.keys(this.#missing).length > 0 || !this.jadwal.is_complete) return undefined;
    if (this.repeat.error) return undefined;
    this.busy = true;
    const body = this.#body();
    const is_series = body.ulang !== undefined || body.tamu_lain !== undefined;
    const made = is_series ? await createSeries(body) : await createJanjiTemu(body);
    if (!made.ok) await this.#refuse(made.failure);
    this.busy = false;
    return made.ok ? made.data : undefined;
  }

  #body(): JanjiTemuRequest {
    const id_guru = this.guru?.id ?? this.unit;
    const body = {
      ...this.#whom(),
      ...(id_guru === undefined ? {} : { id_guru }),
      keperluan: this.keperluan.trim(),
      ...this.jadwal.request(),
      ...this.repeat.request(),
    };
    // Keeps the key for the same content only, so that a correction is not taken for a repetition.
    const content = JSON.stringify(body);
    if (this.#sent && this.#sent !== content) this.#kunci = newIdempotencyKey();
    this.#sent = content;
    return { ...body, kunci: this.#kunci };
  }

  #whom(): Partial<JanjiTemuRequest> {
    if (this.attendance === 'beberapa') {
      const [tamu, ...tamu_lain] = this.several.requests() as [TamuLainRequest, ...TamuLainRequest[]];
      return { tamu, ...(tamu_lain.length > 0 ? { tamu_lain } : {}) };
    }
    const instansi = this.instansi.trim();
    const email = this.email.trim();
    const is_new = {
      nama: this.nama.trim(),
      telp: this.telp.trim(),
      ...(email ? { email } : {}),
      ...(instansi ? { instansi } : {}),
    };
    return {
      ...(this.tamu ? this.#known(this.tamu) : { tamu: is_new }),
      ...(this.is_new && this.other && this.is_same_person ? { orang_yang_sama: true } : {}),
      ...(this.attendance === 'rombongan' && this.#head_count ? { jumlah_orang: this.#head_count } : {}),
    };
  }

  /** A guest found by name is known by id, at the reception any guest. The server finds others by the number. */
  #known(tamu: TamuRingkas): Pick<JanjiTemuRequest, 'tamu' | 'id_tamu'> {
    if (this.by_reception || !this.search.is_number) return { id_tamu: tamu.id };
    return { tamu: { nama: tamu.nama, telp: this.search.q.trim() } };
  }

  async #refuse(failure: Failure): Promise<void> {
    const refused: FieldErrors = {};
    const errors = fieldTexts(failure);
    const about_lines = this.attendance === 'beberapa' && this.several.refuse(errors);
    const about_repeat = this.repeat.refuse(errors);
    for (const [name, message] of Object.entries(errors)) {
      const field = FIELDS[name];
      if (field) refused[field] = message;
    }
    this.#refused = refused;
    const about_time = await this.jadwal.refuse(failure);
    const is_told = about_time || about_lines || about_repeat || Object.keys(refused).length > 0;
    if (!is_told) this.message = failureText(failure);
  }
}
