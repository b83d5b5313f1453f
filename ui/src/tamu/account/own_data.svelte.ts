/** What the school keeps about the signed-in guest, and what the guest may do about it. */
import type { Failure, Result } from '../../api/result';
import type { DataTamu } from '../../api/types';
import {
  dataSayaText,
  getDataSaya,
  requestErasure,
  takeErasureBack,
  updateDataSaya,
  withdrawConsent,
} from '../../api/tamu_saya';
import { host } from '../../host';
import { failureText, fieldTexts } from '../../i18n/failure';
import { t } from '../../i18n/tamu_account';
import { Loading } from '../../shared/loading.svelte';
import type { Account } from './account.svelte';

export class OwnData {
  data = $state.raw<DataTamu>();
  busy = $state(false);
  /** What has just been done, or why it was not. */
  done = $state('');
  message = $state('');
  /** By when the request is answered, as the server said. */
  answered_by = $state('');
  readonly loading: Loading;

  /** Whether the school's present text waits for consent. */
  readonly asks_consent = $derived.by(() => {
    const text = this.data?.persetujuan;
    return Boolean(text) && this.data?.setuju_versi !== text?.versi;
  });

  constructor(private readonly account: Account) {
    this.loading = new Loading(async (isOver) => {
      const told = await getDataSaya();
      if (isOver()) return told;
      if (told.ok) this.data = told.data;
      else account.refused(told.failure);
      return told;
    });
  }

  agree(): Promise<boolean> {
    const versi = this.data?.persetujuan?.versi ?? '';
    return this.#change(() => updateDataSaya({ setuju: { versi } }), t.izin.diberikan);
  }

  withdraw(): Promise<boolean> {
    return this.#change(withdrawConsent, t.izin.ditarik);
  }

  /** Asks for erasure; the account ends if nothing forbade it. */
  async erase(): Promise<boolean> {
    const asked = await this.#try(requestErasure);
    if (!asked) return false;
    if (asked.selesai) {
      await this.account.erased();
      return true;
    }
    this.answered_by = asked.selambatnya;
    if (this.data) this.data = { ...this.data, hapus_diminta_pada: asked.hapus_diminta_pada };
    return true;
  }

  async keepAfterAll(): Promise<void> {
    this.busy = true;
    this.message = '';
    const taken = await takeErasureBack();
    this.busy = false;
    if (!taken.ok) {
      this.#failed(taken.failure);
      return;
    }
    this.answered_by = '';
    this.done = t.hapus.ditarik;
    if (this.data) this.data = { ...this.data, hapus_diminta_pada: null };
  }

  /** Saves a copy on the phone. */
  async download(format: 'txt' | 'json'): Promise<void> {
    this.busy = true;
    this.message = '';
    const content = format === 'txt' ? await dataSayaText() : await this.#json();
    this.busy = false;
    if (content.ok) await host.outlet.saveFile(`${t.salinan.nama_berkas}.${format}`, content.data);
    else this.message = `${t.salinan.gagal} ${failureText(content.failure)}`;
  }

  async #json(): Promise<Result<Blob>> {
    const told = await getDataSaya();
    if (!told.ok) return told;
    const text = `${JSON.stringify(told.data, undefined, 2)}\n`;
    return { ok: true, data: new Blob([text], { type: 'application/json' }) };
  }

  async #change(request: () => Promise<Result<DataTamu>>, done: string): Promise<boolean> {
    const data = await this.#try(request);
    if (!data) return false;
    this.data = data;
    this.done = done;
    return true;
  }

  async #try<Reply>(request: () => Promise<Result<Reply>>): Promise<Reply | undefined> {
    this.busy = true;
    this.done = '';
    this.message = '';
    const answered = await request();
    this.busy = false;
    if (answered.ok) return answered.data;
    this.#failed(answered.failure);
    return undefined;
  }

  #failed(failure: Failure): void {
    this.message = failureText(failure);
  }
}

/** Own name, e-mail and origin while they are corrected. */
export class CorrectionForm {
  nama = $state('');
  email = $state('');
  instansi = $state('');
  busy = $state(false);
  errors = $state<Record<string, string>>({});

  constructor(private readonly own: OwnData) {
    const { data } = own;
    this.nama = data?.nama ?? '';
    this.email = data?.email ?? '';
    this.instansi = data?.instansi ?? '';
  }

  /** Whether it is saved. */
  async submit(): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    const or_null = (text: string) => text.trim() || null;
    const { nama, email, instansi } = this;
    const saved = await updateDataSaya({
      nama: nama.trim(),
      email: or_null(email),
      instansi: or_null(instansi),
    });
    this.busy = false;
    if (saved.ok) {
      this.own.data = saved.data;
      this.own.done = t.perbaiki.tersimpan;
      return true;
    }
    const fields = fieldTexts(saved.failure);
    this.errors = Object.keys(fields).length > 0 ? fields : { common: failureText(saved.failure) };
    return false;
  }
}
