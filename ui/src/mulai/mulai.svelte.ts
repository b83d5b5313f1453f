/** The first start: which step comes next, and what comes of all of them. */
import type { ProgramRole } from '../host';
import type { Nilai } from '../api/types';
import type { Finish, FinishReason, Setup, SetupServer, Wizard } from '../host/mulai';
import { language } from '../i18n/language.svelte';
import { fieldText } from '../i18n/failure';
import { t } from '../i18n/mulai';
import { common } from '../i18n/common';
import { PasswordRating } from '../shared/password_rating.svelte';
import { FormulirAdmin } from './admin.svelte';
import { FormulirAlat, FormulirPin } from './meja.svelte';
import { FormulirSekolah } from './sekolah.svelte';
import { PilihServer, type Terlihat } from './server.svelte';

export type Langkah =
  'peran' | 'tempat' | 'sekolah' | 'admin' | 'server' | 'sidik' | 'pin' | 'alat' | 'ringkas';

export type Gagal = { reason: FinishReason; detail: string };

export class Mulai {
  role = $state<ProgramRole>();
  /** Where the guest book is; only a front desk is asked. */
  tempat = $state<SetupServer['kind']>('host');
  langkah = $state<Langkah>('peran');
  /** Somebody wants to go on without a role. */
  tanpa_peran = $state(false);
  menyiapkan = $state(false);
  selesai = $state(false);
  failure = $state.raw<Gagal>();
  /** Undefined as long as nobody has chosen. */
  #autostart = $state<boolean>();

  readonly sekolah = new FormulirSekolah();
  readonly admin = new FormulirAdmin();
  readonly sandi = new PasswordRating((password) => this.#rate(password));
  readonly server: PilihServer;
  readonly pin = new FormulirPin();
  readonly alat: FormulirAlat;

  readonly di_sini = $derived(this.role === 'kiosk' && this.tempat === 'host');
  readonly order: Langkah[] = $derived.by(() => {
    const desk = this.role === 'kiosk';
    return [
      'peran',
      ...(desk ? (['tempat'] as const) : []),
      ...(this.di_sini ? (['sekolah', 'admin'] as const) : (['server', 'sidik'] as const)),
      ...(desk ? (['pin', 'alat'] as const) : []),
      'ringkas',
    ];
  });
  readonly ke = $derived(this.order.indexOf(this.langkah));
  /** An admin looks in now and then; the others are needed as soon as the PC is on. */
  readonly autostart = $derived(this.#autostart ?? this.role !== 'admin');

  constructor(private readonly wizard: Wizard) {
    this.server = new PilihServer(wizard);
    this.alat = new FormulirAlat(wizard);
  }

  get busy(): boolean {
    return this.menyiapkan || this.selesai || this.server.memeriksa;
  }

  pakaiAutostart(is_on: boolean): void {
    this.#autostart = is_on;
  }

  /** Goes on where this step is in order; whether it did. */
  async lanjut(): Promise<boolean> {
    if (this.busy) return false;
    if (this.langkah === 'ringkas') {
      await this.#finish();
      return false;
    }
    if (!(await this.#accepts())) return false;
    this.#go(1);
    return true;
  }

  async pilihServer(server: Terlihat): Promise<void> {
    if (!this.menyiapkan && (await this.server.choose(server))) this.#go(1);
  }

  kembali(): void {
    if (this.menyiapkan || this.selesai || this.ke === 0) return;
    this.server.batal();
    this.#go(-1);
  }

  /** Back to a step that was taken already. */
  buka(langkah: Langkah): void {
    if (!this.busy && this.order.includes(langkah)) this.langkah = langkah;
  }

  /** Undefined where something is missing, which no way leads to. */
  get setup(): Setup | undefined {
    const { role } = this;
    const server = this.#server();
    if (!role || !server) return undefined;
    const desk = role === 'kiosk';
    return {
      role,
      server,
      pin: desk ? this.pin.pin : null,
      scanners: desk ? this.alat.setup : { hid: false, camera: false, serial: null, folder: null },
      autostart: this.autostart,
      language: language.code,
    };
  }

  #server(): SetupServer | undefined {
    if (!this.di_sini) {
      const { dipilih } = this.server;
      return dipilih && { kind: 'remote', url: dipilih.url, fingerprint: dipilih.fingerprint };
    }
    const { nama, email, password, port } = this.admin;
    return {
      kind: 'host',
      port: Number(port),
      nama_sekolah: this.sekolah.nama.trim(),
      tempat: this.sekolah.tempat.trim(),
      zona_waktu: this.sekolah.zona_waktu,
      admin: { nama: nama.trim(), email: email.trim(), password },
    };
  }

  #accepts(): boolean | Promise<boolean> {
    switch (this.langkah) {
      case 'peran':
        this.tanpa_peran = this.role === undefined;
        return !this.tanpa_peran;
      case 'sekolah':
        return this.sekolah.terima();
      case 'admin':
        return this.#acceptsAdmin();
      case 'server':
        return this.server.ketik();
      case 'sidik':
        return this.server.dipilih !== undefined;
      case 'pin':
        return this.pin.terima();
      case 'alat':
        return this.alat.terima();
      default:
        return true;
    }
  }

  async #acceptsAdmin(): Promise<boolean> {
    const { admin } = this;
    const is_whole = admin.terima();
    if (admin.errors.port) admin.lanjutan = true;
    if (!is_whole) return false;
    // Where the program does not say, its word comes at the end.
    const why = (await this.#rate(admin.password))?.alasan;
    if (why) admin.tolak('password', common.sandi.alasan[why]);
    return !why;
  }

  #rate(password: string): Promise<Nilai | undefined> {
    const { nama, email } = this.admin;
    return this.wizard.password(password, nama, email, this.sekolah.nama).catch(() => undefined);
  }

  #go(steps: 1 | -1): void {
    this.langkah = this.order[this.ke + steps] ?? this.langkah;
    this.failure = undefined;
  }

  async #finish(): Promise<void> {
    const { setup } = this;
    if (!setup) return;
    this.menyiapkan = true;
    this.failure = undefined;
    const lost: Finish = { ok: false, reason: 'lain', field: null, detail: '' };
    const finished = await this.wizard
      .finish(setup)
      .catch((error: unknown) => ({ ...lost, detail: String(error) }));
    this.menyiapkan = false;
    if (finished.ok) {
      this.selesai = true;
      this.admin.lupakanPassword();
    } else this.#refused(finished);
  }

  /** Where a field is to blame, that field says so; else the last step does. */
  #refused({ reason, field, detail }: Extract<Finish, { ok: false }>): void {
    this.failure = { reason, detail };
    const langkah = this.#blame(reason, field, detail);
    if (langkah && this.order.includes(langkah)) this.langkah = langkah;
  }

  #blame(reason: FinishReason, field: string | null, detail: string): Langkah | undefined {
    const text = fieldText(detail) || t.gagal[reason];
    if (reason === 'port_ditolak') {
      this.admin.lanjutan = true;
      this.admin.tolak('port', t.gagal.port_ditolak);
      return 'admin';
    }
    if (reason === 'sudah_ada_admin') {
      this.admin.tolak('email', t.gagal.sudah_ada_admin);
      return 'admin';
    }
    if (reason === 'port_dipakai' || (reason === 'isian' && field === 'port')) {
      this.admin.lanjutan = true;
      this.admin.tolak('port', reason === 'isian' ? text : t.admin.port_dipakai(this.admin.port));
      return 'admin';
    }
    switch (reason === 'isian' || reason === 'folder' ? field : null) {
      case 'nama_sekolah':
        this.sekolah.tolak('nama', text);
        return 'sekolah';
      case 'tempat':
        this.sekolah.tolak('tempat', text);
        return 'sekolah';
      case 'admin.nama':
        this.admin.tolak('nama', text);
        return 'admin';
      case 'admin.email':
        this.admin.tolak('email', text);
        return 'admin';
      case 'admin.password':
        this.admin.tolak('password', text);
        return 'admin';
      case 'pin':
        this.pin.tolak('pin', t.pin.salah);
        return 'pin';
      case 'folder':
        this.alat.tolak('folder', t.alat.folder_salah);
        return 'alat';
      case 'serial':
        this.alat.tolak('serial', text);
        return 'alat';
      default:
        return undefined;
    }
  }
}
