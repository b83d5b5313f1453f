/** An import: a file or the register's server is looked at, and then written as a whole. */
import {
  importDapodik,
  importFile,
  importProgress,
  type ImporHasil,
  type ImporKemajuan,
  type LineOutcome,
  type Tindakan,
} from '../../api/impor';
import { base64 } from '../../api/base64';
import type { Failure, Result } from '../../api/result';
import { failureText } from '../../i18n/failure';
import { penggunaCodeText, penggunaFieldTexts, t } from '../../i18n/admin_pengguna';
import { clock } from '../../shared/clock.svelte';

export const PAGE_SIZE = 50;
const POLL_MS = 1000;
/** 8 MiB; the server refuses more, too. */
const FILE_MAX_BYTES = 8 * 1024 * 1024;
const ORDER: Tindakan[] = ['salah', 'buat', 'ubah', 'tetap'];

export type Dapodik = { alamat: string; npsn: string; token: string };

export class Impor {
  phase = $state<'pilih' | 'membaca' | 'pratinjau' | 'menulis' | 'selesai'>('pilih');
  /** The file's name, or the server's address. */
  source_name = $state('');
  /** When it was chosen, by the server's clock. */
  chosen_at = $state(0);
  hasil = $state.raw<ImporHasil>();
  message = $state('');
  /** What is wrong with what was typed for the register's server. */
  errors = $state.raw<Record<string, string>>({});
  progress = $state.raw({ selesai: 0, total: 0 });
  shows_all = $state(false);
  page = $state(1);
  #send: ((pratinjau: boolean) => Promise<Result<ImporHasil | ImporKemajuan>>) | undefined;
  #is_gone = false;

  readonly #sorted = $derived.by(() => {
    const rank = (row: LineOutcome) => ORDER.indexOf(row.tindakan as Tindakan);
    return [...(this.hasil?.baris ?? [])].sort((a, b) => rank(a) - rank(b) || a.nomor - b.nomor);
  });
  readonly #seen = $derived(
    this.shows_all
      ? this.#sorted
      : this.#sorted.filter((row) => row.tindakan !== 'tetap' || row.catatan.length > 0),
  );
  readonly rows = $derived(this.#seen.slice((this.page - 1) * PAGE_SIZE, this.page * PAGE_SIZE));
  readonly total = $derived(this.#seen.length);
  readonly worth_seeing = $derived(
    this.#sorted.filter((row) => row.tindakan !== 'tetap' || row.catatan.length > 0).length,
  );
  /** People who would be added or changed. */
  readonly to_write = $derived((this.hasil?.jumlah.buat ?? 0) + (this.hasil?.jumlah.ubah ?? 0));

  async chooseFile(file: File): Promise<void> {
    if (file.size > FILE_MAX_BYTES) {
      this.#refuse(fieldText('berkas_besar'));
      return;
    }
    const berkas = await base64(file);
    await this.#look(file.name, (pratinjau) => importFile(berkas, pratinjau));
  }

  async askDapodik(dapodik: Dapodik): Promise<void> {
    const missing = Object.entries(dapodik).filter(([, text]) => !text.trim());
    this.errors = Object.fromEntries(missing.map(([field]) => [field, fieldText('wajib')]));
    if (missing.length > 0) return;
    await this.#look(dapodik.alamat, (pratinjau) => importDapodik({ ...dapodik, pratinjau }));
  }

  /** Writes what was looked at. */
  async write(): Promise<void> {
    if (!this.#send || this.phase !== 'pratinjau') return;
    this.phase = 'menulis';
    this.progress = { selesai: 0, total: this.hasil?.jumlah.buat ?? 0 };
    this.message = '';
    const sent = await this.#send(false);
    // A lost answer does not tell whether the import goes on; the server does.
    const is_lost = !sent.ok && sent.failure.kind === 'unreachable';
    const written = is_lost || (sent.ok && !isHasil(sent.data)) ? await this.#wait() : sent;
    if (written.ok && isHasil(written.data)) {
      this.hasil = written.data;
      this.phase = 'selesai';
    } else if (written.ok) this.#fail(t.terputus);
    else this.#fail(textOf(written.failure));
  }

  /** Forgets everything. */
  startAgain(): void {
    this.phase = 'pilih';
    this.hasil = undefined;
    this.message = '';
    this.#send = undefined;
  }

  stop(): void {
    this.#is_gone = true;
  }

  show(all: boolean): void {
    this.shows_all = all;
    this.page = 1;
  }

  async #look(
    name: string,
    send: (pratinjau: boolean) => Promise<Result<ImporHasil | ImporKemajuan>>,
  ): Promise<void> {
    const before = this.hasil ? 'pratinjau' : 'pilih';
    this.phase = 'membaca';
    this.message = '';
    this.errors = {};
    const looked = await send(true);
    if (!looked.ok) {
      this.phase = before;
      const { alamat, npsn, token, ...others } = penggunaFieldTexts(looked.failure);
      this.errors = {
        ...(alamat ? { alamat } : {}),
        ...(npsn ? { npsn } : {}),
        ...(token ? { token } : {}),
      };
      if (Object.keys(this.errors).length === 0)
        this.message = Object.values(others)[0] ?? failureText(looked.failure);
      return;
    }
    if (!isHasil(looked.data)) return;
    this.#send = send;
    this.source_name = name;
    this.chosen_at = clock.now;
    this.hasil = looked.data;
    this.phase = 'pratinjau';
    this.show(false);
  }

  /** Asks how far the import is until it is over. */
  async #wait(): Promise<Result<ImporHasil | ImporKemajuan>> {
    for (;;) {
      const told = await importProgress();
      if (told.ok && told.data.hasil) return { ok: true, data: told.data.hasil };
      if (this.#is_gone || (told.ok && !told.data.berjalan)) return told;
      if (told.ok) this.progress = told.data;
      else if (told.failure.kind !== 'unreachable') return told;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  #refuse(text: string): void {
    this.message = text;
  }

  #fail(text: string): void {
    this.phase = 'pratinjau';
    this.message = text;
  }
}

function isHasil(data: ImporHasil | ImporKemajuan): data is ImporHasil {
  return 'baris' in data;
}

function textOf(failure: Failure): string {
  return Object.values(penggunaFieldTexts(failure))[0] ?? failureText(failure);
}

function fieldText(kode: string): string {
  return penggunaCodeText(kode) ?? '';
}
