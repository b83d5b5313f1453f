/** The first start: the order of its steps, and the setup that they make. */
import type { ProgramRole } from '../host';
import type { Nilai } from '../api/types';
import type { Finish, FinishReason, Setup, SetupServer, Wizard } from '../host/mulai';
import { language } from '../i18n/language.svelte';
import { fieldText } from '../i18n/failure';
import { t } from '../i18n/mulai';
import { common } from '../i18n/common';
import { PasswordRating } from '../shared/password_rating.svelte';
import { AdminForm } from './admin_form.svelte';
import { DevicesForm, PinStepForm } from './desk_forms.svelte';
import { SekolahForm } from './sekolah_form.svelte';
import { RestoreForm } from './restore_form.svelte';
import { ServerChoice, type FoundServer } from './server_choice.svelte';

export type Step =
  'peran' | 'tempat' | 'cadangan' | 'sekolah' | 'admin' | 'server' | 'sidik' | 'pin' | 'alat' | 'ringkas';

type SetupFailure = { reason: FinishReason; detail: string };

export class FirstStart {
  role = $state<ProgramRole>();
  /** Where the guest book is; only a front desk is asked. */
  tempat = $state<SetupServer['kind']>('host');
  step = $state<Step>('peran');
  /** Somebody wants to go on without a role. */
  role_is_missing = $state(false);
  is_setting_up = $state(false);
  is_finished = $state(false);
  failure = $state.raw<SetupFailure>();
  /** Undefined until somebody chooses. */
  #autostart = $state<boolean>();

  readonly sekolah = new SekolahForm();
  readonly admin = new AdminForm();
  readonly password_rating = new PasswordRating((password) => this.#rate(password));
  readonly server: ServerChoice;
  readonly restore: RestoreForm;
  readonly pin = new PinStepForm();
  readonly devices: DevicesForm;

  readonly is_host = $derived(this.role === 'kiosk' && this.tempat === 'host');
  /** The guest book is kept here, and begins from a backup. */
  readonly is_restored = $derived(this.role === 'kiosk' && this.tempat === 'restored');
  readonly order: Step[] = $derived.by(() => {
    const desk = this.role === 'kiosk';
    return [
      'peran',
      ...(desk ? (['tempat'] as const) : []),
      ...this.#of_the_book(),
      ...(desk ? (['pin', 'alat'] as const) : []),
      'ringkas',
    ];
  });
  readonly step_index = $derived(this.order.indexOf(this.step));
  /** An admin looks in now and then; the others are needed as soon as the PC is on. */
  readonly autostart = $derived(this.#autostart ?? this.role !== 'admin');

  constructor(private readonly wizard: Wizard) {
    this.server = new ServerChoice(wizard);
    this.restore = new RestoreForm(wizard);
    this.devices = new DevicesForm(wizard);
  }

  get busy(): boolean {
    return this.is_setting_up || this.is_finished || this.server.is_checking || this.restore.busy;
  }

  useAutostart(is_on: boolean): void {
    this.#autostart = is_on;
  }

  /** Goes on if this step is right; whether it did. */
  async goOn(): Promise<boolean> {
    if (this.busy) return false;
    if (this.step === 'ringkas') {
      await this.#finish();
      return false;
    }
    if (!(await this.#accepts())) return false;
    this.#go(1);
    return true;
  }

  async chooseServer(server: FoundServer): Promise<void> {
    if (!this.is_setting_up && (await this.server.choose(server))) this.#go(1);
  }

  goBack(): void {
    const is_held = this.is_setting_up || this.is_finished || this.restore.is_restoring;
    if (is_held || this.step_index === 0) return;
    this.server.cancel();
    this.#go(-1);
  }

  /** Opens an earlier step. */
  openStep(step: Step): void {
    if (!this.busy && this.order.includes(step)) this.step = step;
  }

  /** What the program is to set up; undefined if something is missing. */
  get setup(): Setup | undefined {
    const { role } = this;
    const server = this.#server();
    if (!role || !server) return undefined;
    const desk = role === 'kiosk';
    return {
      role,
      server,
      pin: desk ? this.pin.pin : null,
      scanners: desk ? this.devices.setup : { hid: false, camera: false, serial: null, folder: null },
      autostart: this.autostart,
      language: language.code,
    };
  }

  #of_the_book(): Step[] {
    if (this.is_restored) return ['cadangan'];
    return this.is_host ? ['sekolah', 'admin'] : ['server', 'sidik'];
  }

  #server(): SetupServer | undefined {
    if (this.is_restored) return { kind: 'restored', port: Number(this.restore.port) };
    if (!this.is_host) {
      const { chosen } = this.server;
      return chosen && { kind: 'remote', url: chosen.url, fingerprint: chosen.fingerprint };
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
    switch (this.step) {
      case 'peran':
        this.role_is_missing = this.role === undefined;
        return !this.role_is_missing;
      case 'cadangan':
        return this.restore.begin();
      case 'sekolah':
        return this.sekolah.accept();
      case 'admin':
        return this.#acceptsAdmin();
      case 'server':
        return this.server.takeTyped();
      case 'sidik':
        return this.server.chosen !== undefined;
      case 'pin':
        return this.pin.accept();
      case 'alat':
        return this.devices.accept();
      default:
        return true;
    }
  }

  async #acceptsAdmin(): Promise<boolean> {
    const { admin } = this;
    const is_whole = admin.accept();
    if (admin.errors.port) admin.shows_advanced = true;
    if (!is_whole) return false;
    // If the program cannot say now, it will at the end.
    const why = (await this.#rate(admin.password))?.alasan;
    if (why) admin.refuse('password', common.sandi.alasan[why]);
    return !why;
  }

  #rate(password: string): Promise<Nilai | undefined> {
    const { nama, email } = this.admin;
    return this.wizard.password(password, nama, email, this.sekolah.nama).catch(() => undefined);
  }

  #go(steps: 1 | -1): void {
    this.step = this.order[this.step_index + steps] ?? this.step;
    this.failure = undefined;
  }

  async #finish(): Promise<void> {
    const { setup } = this;
    if (!setup) return;
    this.is_setting_up = true;
    this.failure = undefined;
    const lost: Finish = { ok: false, reason: 'lain', field: null, detail: '' };
    const finished = await this.wizard
      .finish(setup)
      .catch((error: unknown) => ({ ...lost, detail: String(error) }));
    this.is_setting_up = false;
    if (finished.ok) {
      this.is_finished = true;
      this.admin.forgetPassword();
    } else this.#refused(finished);
  }

  /** Shows a refusal at the field to blame, or at the last step. */
  #refused({ reason, field, detail }: Extract<Finish, { ok: false }>): void {
    this.failure = { reason, detail };
    const step = this.#blame(reason, field, detail);
    if (step && this.order.includes(step)) this.step = step;
  }

  #blame(reason: FinishReason, field: string | null, detail: string): Step | undefined {
    const text = fieldText(detail) || t.gagal[reason];
    if (this.is_restored && (field === 'port' || reason === 'port_dipakai' || reason === 'port_ditolak')) {
      this.restore.shows_advanced = true;
      this.restore.refuse(
        'port',
        reason === 'port_ditolak' ? t.gagal.port_ditolak : t.admin.port_dipakai(this.restore.port),
      );
      return 'cadangan';
    }
    if (reason === 'berkas_cadangan') {
      this.restore.refuse('cadangan', t.gagal.berkas_cadangan);
      return 'cadangan';
    }
    if (reason === 'port_ditolak') {
      this.admin.shows_advanced = true;
      this.admin.refuse('port', t.gagal.port_ditolak);
      return 'admin';
    }
    if (reason === 'sudah_ada_admin') {
      this.admin.refuse('email', t.gagal.sudah_ada_admin);
      return 'admin';
    }
    if (reason === 'port_dipakai' || (reason === 'isian' && field === 'port')) {
      this.admin.shows_advanced = true;
      this.admin.refuse('port', reason === 'isian' ? text : t.admin.port_dipakai(this.admin.port));
      return 'admin';
    }
    switch (reason === 'isian' || reason === 'folder' ? field : null) {
      case 'nama_sekolah':
        this.sekolah.refuse('nama', text);
        return 'sekolah';
      case 'tempat':
        this.sekolah.refuse('tempat', text);
        return 'sekolah';
      case 'admin.nama':
        this.admin.refuse('nama', text);
        return 'admin';
      case 'admin.email':
        this.admin.refuse('email', text);
        return 'admin';
      case 'admin.password':
        this.admin.refuse('password', text);
        return 'admin';
      case 'pin':
        this.pin.refuse('pin', t.pin.salah);
        return 'pin';
      case 'folder':
        this.devices.refuse('folder', t.alat.folder_salah);
        return 'alat';
      case 'serial':
        this.devices.refuse('serial', text);
        return 'alat';
      default:
        return undefined;
    }
  }
}
