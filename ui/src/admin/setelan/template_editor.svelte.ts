/** The words of one kind of message in one language, with a preview that follows what is typed. */
import {
  listTemplate,
  previewTemplate,
  resetTemplate,
  updateTemplate,
  type TemplateKey,
} from '../../api/template';
import { codeOf, type Failure, type Result } from '../../api/result';
import type { JenisPesan, Placeholder, SubjekIsi, TemplateRow } from '../../api/types';
import { failureText, fieldTexts } from '../../i18n/failure';
import { t } from '../../i18n/admin_setelan';
import { Loading } from '../../shared/loading.svelte';

const AFTER_MS = 350;
/** In the order in which a guest meets them. */
export const KINDS: JenisPesan[] = [
  'undangan',
  'pengingat',
  'pindah',
  'batal',
  'ulasan',
  'kedatangan',
  'batal_tamu',
  'kredensial',
  'laporan',
  'cadangan',
];

type FieldErrors = Partial<Record<keyof SubjekIsi, string>>;

export class TemplateEditor {
  jenis = $state<JenisPesan>('undangan');
  bahasa = $state<TemplateRow['bahasa']>('id');
  subjek = $state('');
  isi = $state('');
  preview = $state.raw<SubjekIsi>();
  busy = $state<'simpan' | 'asli'>();
  message = $state('');
  /** What another admin wrote while this one typed. */
  other = $state.raw<SubjekIsi>();
  rows = $state.raw<TemplateRow[]>([]);
  #isian = $state.raw<Partial<Record<JenisPesan, Placeholder[]>>>({});
  #refused = $state.raw<FieldErrors>({});
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly row = $derived(this.rows.find((row) => row.jenis === this.jenis && row.bahasa === this.bahasa));
  readonly placeholders = $derived(this.#isian[this.jenis] ?? []);
  readonly is_changed = $derived(
    this.row !== undefined && (this.row.subjek !== this.subjek || this.row.isi !== this.isi),
  );
  readonly #wrong = $derived.by(() => {
    const wrong: FieldErrors = {};
    for (const field of ['subjek', 'isi'] as const) {
      const unknown = placeholdersIn(this[field]).find(
        (name) => !this.placeholders.some((one) => one === name),
      );
      if (unknown !== undefined) wrong[field] = t.templat.tak_dikenal(`{{${unknown}}}`);
    }
    return wrong;
  });
  readonly errors: FieldErrors = $derived({ ...this.#refused, ...this.#wrong });
  readonly is_known = $derived(Object.values(this.errors).every((error) => !error));

  stop(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.loading.stop();
  }

  choose(jenis: JenisPesan, bahasa: TemplateRow['bahasa']): void {
    this.jenis = jenis;
    this.bahasa = bahasa;
    this.undo();
  }

  undo(): void {
    this.subjek = this.row?.subjek ?? '';
    this.isi = this.row?.isi ?? '';
    this.preview = undefined;
    this.other = undefined;
    this.typed(0);
  }

  typed(after_ms = AFTER_MS): void {
    this.#refused = {};
    this.message = '';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#show(), after_ms);
  }

  async save(): Promise<boolean> {
    if (this.busy || !this.is_known) return false;
    this.busy = 'simpan';
    this.message = '';
    this.other = undefined;
    return this.#taken(await this.#send());
  }

  /** Whoever saved other settings meanwhile is no reason to refuse; whoever saved this template is told of. */
  async #send(): Promise<Result<TemplateRow>> {
    const before = this.row;
    const sent = await updateTemplate(this.#key(), { ...this.#words(), versi: before?.versi ?? null });
    if (sent.ok || codeOf(sent.failure) !== 'versi_usang') return sent;
    await this.loading.load();
    const now = this.row;
    if (this.loading.failure || !now) return sent;
    if (now.subjek === before?.subjek && now.isi === before.isi) return this.#send();
    this.other = { subjek: now.subjek, isi: now.isi };
    return sent;
  }

  /** Puts the built-in words back. */
  async reset(): Promise<boolean> {
    if (this.busy) return false;
    this.busy = 'asli';
    const is_back = this.#taken(await resetTemplate(this.#key()));
    if (is_back) this.undo();
    return is_back;
  }

  #taken(answer: Result<TemplateRow>): boolean {
    this.busy = undefined;
    if (answer.ok) {
      this.other = undefined;
      this.#merge(answer.data);
    } else if (this.other) this.message = t.templat.usang;
    else this.#refuse(answer.failure);
    return answer.ok;
  }

  async #show(): Promise<void> {
    if (!this.row || Object.keys(this.#wrong).length > 0) return;
    const turn = ++this.#turn;
    const shown = await previewTemplate(this.#key(), this.#words());
    if (turn !== this.#turn) return;
    if (shown.ok) this.preview = shown.data;
    else this.#refuse(shown.failure);
  }

  #refuse(failure: Failure): void {
    const { subjek, isi } = fieldTexts(failure);
    this.#refused = { ...(subjek ? { subjek } : {}), ...(isi ? { isi } : {}) };
    if (Object.keys(this.#refused).length === 0) this.message = failureText(failure);
  }

  #merge(row: TemplateRow): void {
    this.rows = this.rows.map((known) =>
      known.jenis === row.jenis && known.bahasa === row.bahasa ? row : known,
    );
  }

  #key(): TemplateKey {
    return { jenis: this.jenis, bahasa: this.bahasa };
  }

  #words(): SubjekIsi {
    return { subjek: this.subjek, isi: this.isi };
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const loaded = await listTemplate();
    if (loaded.ok && !isOver()) {
      const keeps = this.is_changed;
      this.rows = loaded.data.data;
      this.#isian = loaded.data.isian;
      if (!keeps) this.undo();
    }
    return loaded;
  }
}

/** The names between `{{` and `}}`. */
function placeholdersIn(text: string): string[] {
  return [...text.matchAll(/\{\{([^{}]*)\}\}/g)].map((found) => (found[1] ?? '').trim());
}
