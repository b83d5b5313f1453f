/** What only the front desk has: a PIN that leaves the full screen, and scanners. */
import type { Devices, Setup, Wizard } from '../host/mulai';
import { t } from '../i18n/mulai';
import { StepForm, type FieldErrors } from './step_form.svelte';

export class PinStepForm extends StepForm<'pin' | 'ulang'> {
  pin = $state('');
  ulang = $state('');

  readonly is_easy = $derived(this.pin.length >= 4 && isRow(this.pin));

  protected valueOf(field: 'pin' | 'ulang'): string {
    return this[field];
  }

  protected check(): FieldErrors<'pin' | 'ulang'> {
    return {
      ...(/^\d{4,8}$/.test(this.pin) ? {} : { pin: t.pin.salah }),
      ...(this.ulang === this.pin ? {} : { ulang: t.pin.beda }),
    };
  }
}

/** Whether the digits are all the same, or in a row. */
function isRow(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = new Set(digits.slice(1).map((digit, at) => digit - (digits[at] ?? 0)));
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 9);
}

export class DevicesForm extends StepForm<'folder' | 'serial'> {
  hid = $state(true);
  serial = $state('');
  folder = $state('');
  found = $state.raw<Devices>();
  is_loading = $state(false);
  failure = $state(false);
  /** Undefined until somebody chooses. Until then a camera is used if there is one. */
  #camera = $state<boolean>();

  readonly camera = $derived(this.#camera ?? (this.found === undefined || this.found.cameras.length > 0));
  /** A port that was chosen stays in the list while it is unplugged. */
  readonly serial_ports = $derived.by(() => {
    const ports = this.found?.serial ?? [];
    return this.serial && !ports.includes(this.serial) ? [...ports, this.serial] : ports;
  });

  constructor(private readonly wizard: Wizard) {
    super();
  }

  useCamera(is_on: boolean): void {
    this.#camera = is_on;
  }

  async look(): Promise<void> {
    if (this.is_loading) return;
    this.is_loading = true;
    this.failure = false;
    try {
      this.found = await this.wizard.devices();
    } catch {
      this.failure = true;
    }
    this.is_loading = false;
  }

  get setup(): Setup['scanners'] {
    const { hid, camera } = this;
    return { hid, camera, serial: this.serial || null, folder: this.folder.trim() || null };
  }

  protected valueOf(field: 'folder' | 'serial'): string {
    return this[field];
  }

  protected check(): FieldErrors<'folder' | 'serial'> {
    return {};
  }
}
