/** The first admin, and the port that the others connect to. */
import { t } from '../i18n/mulai';
import { common } from '../i18n/common';
import { isPort } from '../shared/port';
import { StepForm, type FieldErrors } from './step_form.svelte';

type Field = 'nama' | 'email' | 'password' | 'ulang' | 'port';

export const PORT = '8443';

export class AdminForm extends StepForm<Field> {
  nama = $state('');
  email = $state('');
  password = $state('');
  ulang = $state('');
  port = $state(PORT);
  /** Whether the advanced fields are shown. */
  shows_advanced = $state(false);

  forgetPassword(): void {
    this.password = '';
    this.ulang = '';
  }

  protected valueOf(field: Field): string {
    return this[field];
  }

  protected check(): FieldErrors<Field> {
    const email = this.email.trim();
    const errors: FieldErrors<Field> = {};
    if (!this.nama.trim()) errors.nama = t.admin.nama_kosong;
    if (!email) errors.email = t.admin.email_kosong;
    else if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) errors.email = t.admin.email_salah;
    // Only the program judges the password.
    if (!this.password) errors.password = common.sandi.alasan.terlalu_pendek;
    if (this.ulang !== this.password) errors.ulang = t.admin.ulang_beda;
    if (!isPort(this.port)) errors.port = t.admin.port_salah;
    return errors;
  }
}
