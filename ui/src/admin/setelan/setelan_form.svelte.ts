/** The settings as the admin changes them, saved together. What somebody else changes meanwhile comes in beside it. */
import { getSetelan, updateSetelan } from '../../api/setelan';
import { codeOf, type Failure, type Result } from '../../api/result';
import type { Saluran, Setelan } from '../../api/types';
import { failureText, fieldTexts } from '../../i18n/failure';
import { t } from '../../i18n/admin_setelan';
import { Loading } from '../../shared/loading.svelte';
import { waktuOf } from './waktu';

const FIELDS = [
  'alamat',
  'petunjuk_arah',
  'kontak',
  'jam_tenang_mulai',
  'jam_tenang_selesai',
  'pengingat',
  'minta_ulasan',
  'kabari_guru',
  'survei',
  'persetujuan_teks',
  'persetujuan_versi',
  'urutan_saluran',
] as const;
type FieldName = (typeof FIELDS)[number];
export type Draft = Pick<Setelan, FieldName>;
type FieldErrors = Partial<Record<FieldName, string>>;

const EMPTY: Draft = {
  alamat: '',
  petunjuk_arah: '',
  kontak: '',
  jam_tenang_mulai: '19:00',
  jam_tenang_selesai: '06:00',
  pengingat: true,
  minta_ulasan: true,
  kabari_guru: false,
  survei: false,
  persetujuan_teks: '',
  persetujuan_versi: '1',
  urutan_saluran: [],
};
const DEFAULT_QUIET = {
  jam_tenang_mulai: EMPTY.jam_tenang_mulai,
  jam_tenang_selesai: EMPTY.jam_tenang_selesai,
};

export class SetelanForm {
  draft = $state<Draft>({ ...EMPTY });
  busy = $state(false);
  message = $state('');
  #kept = $state.raw<Draft>(EMPTY);
  #versi = 0;
  #refused = $state.raw<FieldErrors>({});
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly changed = $derived(FIELDS.filter((name) => !isSame(this.draft[name], this.#kept[name])));
  readonly is_changed = $derived(this.changed.length > 0);
  readonly #wrong = $derived.by(() => {
    const wrong: FieldErrors = {};
    for (const name of ['jam_tenang_mulai', 'jam_tenang_selesai'] as const)
      if (!waktuOf(this.draft[name])) wrong[name] = t.tenang.tak_dikenal;
    if (this.draft.persetujuan_teks.trim() && !this.draft.persetujuan_versi.trim())
      wrong.persetujuan_versi = t.data.versi_kosong;
    return wrong;
  });
  readonly errors: FieldErrors = $derived({ ...this.#refused, ...this.#wrong });
  readonly is_quiet = $derived(this.draft.jam_tenang_mulai !== this.draft.jam_tenang_selesai);
  /** Guests who agreed to the text of before would not be asked about this one. */
  readonly is_silent_change = $derived(
    this.draft.persetujuan_teks.trim() !== '' &&
      this.#kept.persetujuan_teks.trim() !== '' &&
      !isSame(this.draft.persetujuan_teks, this.#kept.persetujuan_teks) &&
      isSame(this.draft.persetujuan_versi, this.#kept.persetujuan_versi),
  );

  typed(name: FieldName): void {
    this.#refused = { ...this.#refused, [name]: undefined };
    this.message = '';
  }

  setQuiet(is_quiet: boolean): void {
    const quiet = is_quiet ? DEFAULT_QUIET : { jam_tenang_mulai: '00:00', jam_tenang_selesai: '00:00' };
    Object.assign(this.draft, quiet);
  }

  /** The next version of what guests agree to. */
  raiseVersion(): void {
    const number = Number(this.draft.persetujuan_versi);
    this.draft.persetujuan_versi = Number.isInteger(number)
      ? String(number + 1)
      : `${this.draft.persetujuan_versi}+`;
  }

  /** Moves a channel to another place in the order. */
  moveSaluran(nama: Saluran, by: 1 | -1): void {
    const order = [...this.draft.urutan_saluran];
    const at = order.indexOf(nama);
    const to = at + by;
    if (at < 0 || to < 0 || to >= order.length) return;
    order.splice(at, 1);
    order.splice(to, 0, nama);
    this.draft.urutan_saluran = order;
  }

  /** Whether messages may leave by it. */
  useSaluran(nama: Saluran, is_used: boolean): void {
    const others = this.draft.urutan_saluran.filter((one) => one !== nama);
    this.draft.urutan_saluran = is_used ? [...others, nama] : others;
  }

  undo(): void {
    this.draft = { ...this.#kept };
    this.#refused = {};
    this.message = '';
  }

  /** Whether it was saved. */
  async save(): Promise<boolean> {
    if (this.busy || !this.is_changed || Object.keys(this.#wrong).length > 0) return false;
    this.busy = true;
    this.message = '';
    this.#refused = {};
    const changes = Object.fromEntries(this.changed.map((name) => [name, sentOf(name, this.draft[name])]));
    const saved = await updateSetelan({ versi: this.#versi, ...changes });
    this.busy = false;
    if (saved.ok) this.#take(saved.data, true);
    else await this.#refuse(saved.failure);
    return saved.ok;
  }

  async #refuse(failure: Failure): Promise<void> {
    if (codeOf(failure) === 'versi_usang') {
      await this.loading.load();
      this.message = t.usang;
      return;
    }
    const errors = fieldTexts(failure);
    this.#refused = Object.fromEntries(
      FIELDS.filter((name) => errors[name]).map((name) => [name, errors[name]]),
    );
    if (Object.keys(this.#refused).length === 0) this.message = failureText(failure);
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const loaded = await getSetelan();
    if (loaded.ok && !isOver()) this.#take(loaded.data, false);
    return loaded;
  }

  /** `saved`: what was changed here is in it. Otherwise it stays changed. */
  #take(setelan: Setelan, saved: boolean): void {
    const kept = draftOf(setelan);
    const own = saved ? {} : Object.fromEntries(this.changed.map((name) => [name, this.draft[name]]));
    const is_first = this.#versi === 0;
    this.#versi = setelan.versi;
    this.#kept = kept;
    this.draft = is_first ? { ...kept } : { ...kept, ...own };
  }
}

function draftOf(setelan: Setelan): Draft {
  const draft = { ...EMPTY };
  for (const name of FIELDS) Object.assign(draft, { [name]: setelan[name] });
  draft.jam_tenang_mulai = draft.jam_tenang_mulai.slice(0, 5);
  draft.jam_tenang_selesai = draft.jam_tenang_selesai.slice(0, 5);
  return draft;
}

type Value = Draft[FieldName];

function sentOf(name: FieldName, value: Value): Value {
  if (typeof value !== 'string') return value;
  const is_time = name === 'jam_tenang_mulai' || name === 'jam_tenang_selesai';
  return (is_time ? waktuOf(value) : undefined) ?? value.trim();
}

function isSame(a: Value, b: Value): boolean {
  return JSON.stringify(typeof a === 'string' ? a.trim() : a) === JSON.stringify(b);
}
