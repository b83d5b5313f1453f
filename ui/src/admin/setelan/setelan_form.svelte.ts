/**
 * The settings as the admin changes them, saved together. What somebody else changes meanwhile comes in beside it:
 * where both changed the same, the other's value stands beside this one's until somebody has chosen, so nobody
 * overwrites unseen.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { SetelanRequest } from '../../api/requests';
import { getSetelan, previewSetelan, updateSetelan } from '../../api/setelan';
import { codeOf, type Failure, type Result } from '../../api/result';
import type { Dampak, Saluran, Setelan } from '../../api/types';
import { failureText, fieldTexts } from '../../i18n/failure';
import { t } from '../../i18n/admin_setelan';
import { Loading } from '../../shared/loading.svelte';
import {
  draftOf,
  isSame,
  kindOf,
  NAMES,
  PIN_REMOVED,
  sentOf,
  type Draft,
  type FieldName,
  type Value,
} from './fields';
import { wrongOf } from './field_errors';

type FieldErrors = Partial<Record<FieldName, string>>;

/** After the last key, what a change touches is asked. */
const PREVIEW_AFTER_MS = 400;
const DEFAULT_QUIET = { jam_tenang_mulai: '19:00', jam_tenang_selesai: '06:00' };

export class SetelanForm {
  draft = $state<Draft>({} as Draft);
  busy = $state(false);
  message = $state('');
  /** What the server keeps, beside what the form holds. */
  setelan = $state.raw<Setelan>();
  /** What the changes touch. */
  dampak = $state.raw<Dampak[]>([]);
  /** Where another admin set something else than was set here; the other's value. */
  readonly conflicts = new SvelteMap<FieldName, Value>();
  #kept = $state.raw<Draft>({} as Draft);
  #refused = $state.raw<FieldErrors>({});
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly changed = $derived(
    this.setelan ? NAMES.filter((name) => !isSame(name, this.draft[name], this.#kept[name])) : [],
  );
  readonly is_changed = $derived(this.changed.length > 0);
  readonly #wrong: FieldErrors = $derived(this.setelan ? wrongOf(this.draft, this.changed) : {});
  readonly errors: FieldErrors = $derived({ ...this.#refused, ...this.#wrong });
  readonly is_quiet = $derived(this.draft.jam_tenang_mulai !== this.draft.jam_tenang_selesai);
  /** Guests who agreed to the text of before would not be asked about this one. */
  readonly is_silent_change = $derived.by(() => {
    if (!this.setelan) return false;
    const { draft } = this;
    const kept = this.#kept;
    const had_texts = draft.persetujuan_teks.trim() !== '' && kept.persetujuan_teks.trim() !== '';
    const is_other = !isSame('persetujuan_teks', draft.persetujuan_teks, kept.persetujuan_teks);
    return (
      had_texts && is_other && isSame('persetujuan_versi', draft.persetujuan_versi, kept.persetujuan_versi)
    );
  });
  readonly removes_pin = $derived(this.draft.kiosk_pin === PIN_REMOVED);

  isChanged(name: FieldName): boolean {
    return this.changed.includes(name);
  }

  /** What is kept of a setting now. */
  before(name: FieldName): Value {
    return this.#kept[name];
  }

  set<Name extends FieldName>(name: Name, value: Draft[Name]): void {
    this.draft[name] = value;
    this.typed(name);
  }

  typed(name: FieldName): void {
    this.#refused = { ...this.#refused, [name]: undefined };
    this.message = '';
    this.ask();
  }

  /** Asks what the changes touch, once nobody types any more. */
  ask(after_ms = PREVIEW_AFTER_MS): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#timer = setTimeout(() => void this.#preview(), after_ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.loading.stop();
  }

  setQuiet(is_quiet: boolean): void {
    const quiet = is_quiet ? DEFAULT_QUIET : { jam_tenang_mulai: '00:00', jam_tenang_selesai: '00:00' };
    Object.assign(this.draft, quiet);
    this.ask();
  }

  /** The next version of what guests agree to. */
  raiseVersion(): void {
    const number = Number(this.draft.persetujuan_versi);
    this.draft.persetujuan_versi = Number.isInteger(number)
      ? String(number + 1)
      : `${this.draft.persetujuan_versi}+`;
    this.ask();
  }

  /** Moves a channel to another place in the order. */
  moveSaluran(nama: Saluran, by: 1 | -1): void {
    const order = [...this.draft.urutan_saluran];
    const at = order.indexOf(nama);
    const to = at + by;
    if (at < 0 || to < 0 || to >= order.length) return;
    order.splice(at, 1);
    order.splice(to, 0, nama);
    this.set('urutan_saluran', order);
  }

  /** Whether messages may leave by it. */
  useSaluran(nama: Saluran, is_used: boolean): void {
    const others = this.draft.urutan_saluran.filter((one) => one !== nama);
    this.set('urutan_saluran', is_used ? [...others, nama] : others);
  }

  undo(): void {
    this.draft = { ...this.#kept };
    this.#refused = {};
    this.message = '';
    this.conflicts.clear();
    this.dampak = [];
  }

  /** Takes the other admin's value, or keeps this one knowingly. */
  settle(name: FieldName, whose: 'theirs' | 'mine'): void {
    if (whose === 'theirs') Object.assign(this.draft, { [name]: this.#kept[name] });
    this.conflicts.delete(name);
    if (this.conflicts.size === 0) this.message = '';
    this.ask(0);
  }

  /** Says that the days on which the school works are right as they are kept. True if that is kept, too. */
  async confirmDays(): Promise<boolean> {
    if (this.busy || !this.setelan) return false;
    this.busy = true;
    this.message = '';
    const { versi, hari_kerja } = this.setelan;
    const told = await updateSetelan({ versi, hari_kerja });
    this.busy = false;
    if (told.ok) this.#take(told.data, false);
    else this.#refuse(told.failure);
    return told.ok;
  }

  /** Whether it was saved. */
  async save(): Promise<boolean> {
    if (this.busy || !this.is_changed || Object.keys(this.#wrong).length > 0) return false;
    if (this.conflicts.size > 0) {
      this.message = t.usang;
      return false;
    }
    this.busy = true;
    this.message = '';
    this.#refused = {};
    const is_saved = await this.#send();
    this.busy = false;
    return is_saved;
  }

  async #send(): Promise<boolean> {
    const saved = await updateSetelan(this.#changes());
    if (saved.ok) {
      this.#take(saved.data, true);
      return true;
    }
    if (codeOf(saved.failure) !== 'versi_usang') {
      this.#refuse(saved.failure);
      return false;
    }
    // Somebody was faster. If they changed other things, this goes in beside them.
    await this.loading.load();
    if (this.loading.failure) return false;
    if (this.conflicts.size > 0) {
      this.message = t.usang;
      return false;
    }
    return this.is_changed ? this.#send() : true;
  }

  #changes(): SetelanRequest {
    const changes = Object.fromEntries(this.changed.map((name) => [name, sentOf(name, this.draft[name])]));
    return { versi: this.setelan?.versi ?? 0, ...changes };
  }

  async #preview(): Promise<void> {
    const turn = ++this.#turn;
    if (!this.is_changed || Object.keys(this.#wrong).length > 0) {
      this.dampak = [];
      return;
    }
    const told = await previewSetelan(this.#changes());
    // What cannot be told is no reason not to save.
    if (turn === this.#turn) this.dampak = told.ok ? told.data.dampak : [];
  }

  #refuse(failure: Failure): void {
    const errors = fieldTexts(failure);
    // Of a group the server names the line: `kop.baris1`.
    const refused: FieldErrors = {};
    for (const [field, text] of Object.entries(errors)) {
      const name = NAMES.find((known) => known === field.split('.')[0]);
      if (name) refused[name] = text;
    }
    this.#refused = refused;
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
    const own = saved ? [] : this.changed;
    if (saved) this.conflicts.clear();
    for (const name of own) this.#compare(name, kept[name]);
    const mine = Object.fromEntries(own.map((name) => [name, this.draft[name]]));
    this.setelan = setelan;
    this.#kept = kept;
    this.draft = { ...kept, ...mine };
    this.ask(0);
  }

  /** A PIN is never told, so nobody can see whether another admin set one too. */
  #compare(name: FieldName, theirs: Value): void {
    const is_other = kindOf(name).kind !== 'pin' && !isSame(name, this.#kept[name], theirs);
    const is_mine = isSame(name, this.draft[name], theirs);
    if (is_mine) this.conflicts.delete(name);
    else if (is_other || this.conflicts.has(name)) this.conflicts.set(name, theirs);
  }
}
