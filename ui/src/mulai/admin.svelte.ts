/** The first admin, and the port that the others connect to. */
import { t } from '../i18n/mulai';
import { Formulir, type Salah } from './formulir.svelte';
import { kekuatan, ragam, type Kekuatan } from './kekuatan';

type Field = 'nama' | 'email' | 'password' | 'ulang' | 'port';

const PORT = '8443';
/** As the server counts; bcrypt ignores what is beyond. */
const PASSWORD_BYTES = { min: 8, max: 72 };

export class FormulirAdmin extends Formulir<Field> {
  nama = $state('');
  email = $state('');
  password = $state('');
  ulang = $state('');
  port = $state(PORT);
  /** What nobody needs as a rule is shown. */
  lanjutan = $state(false);

  readonly kekuatan: Kekuatan | undefined = $derived(
    this.password
      ? kekuatan(this.password, [...this.nama.split(/\s+/), this.email.split('@')[0] ?? ''])
      : undefined,
  );

  lupakanPassword(): void {
    this.password = '';
    this.ulang = '';
  }

  protected isi(field: Field): string {
    return this[field];
  }

  protected periksa(): Salah<Field> {
    const email = this.email.trim();
    const bytes = new TextEncoder().encode(this.password).length;
    const port = Number(this.port);
    const salah: Salah<Field> = {};
    if (!this.nama.trim()) salah.nama = t.admin.nama_kosong;
    if (!email) salah.email = t.admin.email_kosong;
    else if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) salah.email = t.admin.email_salah;
    if (bytes < PASSWORD_BYTES.min) salah.password = t.admin.password_pendek;
    else if (bytes > PASSWORD_BYTES.max) salah.password = t.admin.password_panjang;
    else if (ragam(this.password) === 1) salah.password = t.admin.password_umum;
    if (this.ulang !== this.password) salah.ulang = t.admin.ulang_beda;
    if (!/^\d{1,5}$/.test(this.port.trim()) || port < 1 || port > 65535) salah.port = t.admin.port_salah;
    return salah;
  }
}
