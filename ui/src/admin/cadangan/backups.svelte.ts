/** The backups on screen: taken when asked for, and looked at until that one is done. */
import { createCadangan, getRecoverySheet, listCadangan, tryRecoverySheet } from '../../api/cadangan';
import { tryBackupFolder } from '../../api/setelan';
import type { Failure, Result } from '../../api/result';
import type { DaftarCadangan } from '../../api/types';
import { Loading } from '../../shared/loading.svelte';

/** How often a backup that is being taken is looked at. */
const LOOK_MS = 1500;

export class Backups {
  list = $state.raw<DaftarCadangan>();
  failure = $state.raw<Failure>();
  is_asking = $state(false);
  /** The code, while the sheet is on screen. */
  sheet = $state<string>();
  /** Whether the code that was typed is right; undefined before. */
  is_right = $state<boolean>();
  is_trying = $state(false);
  /** Whether the folder can be used; undefined until that was tried. */
  folder_works = $state<boolean>();
  /** Whether the second place can be used; undefined without one. */
  second_works = $state<boolean>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly loading = new Loading((isOver) => this.#load(isOver));
  readonly is_running = $derived(this.list?.berjalan ?? false);
  /** The newest that is not known to be damaged. */
  readonly newest = $derived(this.list?.data.find(({ uji }) => uji !== 'rusak'));

  start(): void {
    void this.loading.load();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.loading.stop();
    this.sheet = undefined;
  }

  async take(): Promise<void> {
    if (this.is_asking || this.is_running) return;
    this.is_asking = true;
    const begun = await createCadangan();
    this.is_asking = false;
    this.failure = begun.ok ? undefined : begun.failure;
    if (begun.ok) this.#keep(begun.data);
  }

  async showSheet(): Promise<void> {
    const sheet = await getRecoverySheet();
    this.failure = sheet.ok ? undefined : sheet.failure;
    if (sheet.ok) this.sheet = sheet.data.kode;
  }

  async trySheet(kode: string): Promise<void> {
    const tried = await tryRecoverySheet(kode);
    this.failure = tried.ok ? undefined : tried.failure;
    this.is_right = tried.ok ? tried.data.berhasil : undefined;
  }

  async tryFolder(): Promise<void> {
    if (this.is_trying) return;
    this.is_trying = true;
    this.folder_works = undefined;
    const tried = await tryBackupFolder();
    this.is_trying = false;
    this.failure = tried.ok ? undefined : tried.failure;
    this.folder_works = tried.ok ? tried.data.berhasil : undefined;
    this.second_works = tried.ok ? (tried.data.tempat_kedua ?? undefined) : undefined;
  }

  #keep(list: DaftarCadangan): void {
    this.list = list;
    clearTimeout(this.#timer);
    if (list.berjalan || list.menguji || list.kedua?.berjalan)
      this.#timer = setTimeout(() => void this.loading.load(), LOOK_MS);
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const listed = await listCadangan();
    if (listed.ok && !isOver()) this.#keep(listed.data);
    return listed;
  }
}
