/** What only the front desk has: a PIN that leaves the full screen, and scanners. */
import type { Devices, Setup, Wizard } from '../host/mulai';
import { t } from '../i18n/mulai';
import { Formulir, type FieldErrors } from './formulir.svelte';

export class FormulirPin extends Formulir<'pin' | 'ulang'> {
  pin = $state('');
  ulang = $state('');

  readonly mudah = $derived(this.pin.length >= 4 && isRow(this.pin));

  protected content(field: 'pin' | 'ulang'): string {
    return this[field];
  }

  protected periksa(): FieldErrors<'pin' | 'ulang'> {
    return {
      ...(/^\d{4,8}$/.test(this.pin) ? {} : { pin: t.pin.salah }),
      ...(this.ulang === this.pin ? {} : { ulang: t.pin.beda }),
    };
  }
}

/** All the same, or one after the other. */
function isRow(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = new Set(digits.slice(1).map((digit, at) => digit - (digits[at] ?? 0)));
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 9);
}

export class FormulirAlat extends Formulir<'folder' | 'serial'> {
  hid = $state(true);
  serial = $state('');
  folder = $state('');
  ada = $state.raw<Devices>();
  is_loading = $state(false);
  failure = $state(false);
  /** Undefined as long as nobody has chosen: then it is used where there is one. */
  #kamera = $state<boolean>();

  readonly kamera = $derived(this.#kamera ?? (this.ada === undefined || this.ada.cameras.length > 0));
  /** A port that was chosen stays in the list while it is unplugged. */
  readonly port_serial = $derived.by(() => {
    const ports = this.ada?.serial ?? [];
    return this.serial && !ports.includes(this.serial) ? [...ports, this.serial] : ports;
  });

  constructor(private readonly wizard: Wizard) {
    super();
  }

  pakaiKamera(is_on: boolean): void {
    this.#kamera = is_on;
  }

  async lihat(): Promise<void> {
    if (this.is_loading) return;
    this.is_loading = true;
    this.failure = false;
    try {
      this.ada = await this.wizard.devices();
    } catch {
      this.failure = true;
    }
    this.is_loading = false;
  }

  get setup(): Setup['scanners'] {
    const { hid, kamera: camera } = this;
    return { hid, camera, serial: this.serial || null, folder: this.folder.trim() || null };
  }

  protected content(field: 'folder' | 'serial'): string {
    return this[field];
  }

  protected periksa(): FieldErrors<'folder' | 'serial'> {
    return {};
  }
}
