/** The first admin, and the port that the others connect to. */
import { t } from '../i18n/mulai';
import { umum } from '../i18n/umum';
import { Formulir, type Salah } from './formulir.svelte';

type Field = 'nama' | 'email' | 'password' | 'ulang' | 'port';

const PORT = '8443';

export class FormulirAdmin extends Formulir<Field> {
  nama = $state('');
  email = $state('');
  password = $state('');
  ulang = $state('');
  port = $state(PORT);
  /** What nobody needs as a rule is shown. */
  lanjutan = $state(false);

  lupakanPassword(): void {
    this.password = '';
    this.ulang = '';
  }

  protected isi(field: Field): string {
    return this[field];
  }

  protected periksa(): Salah<Field> {
    const email = this.email.trim();
    const port = Number(this.port);
    const salah: Salah<Field> = {};
    if (!this.nama.trim()) salah.nama = t.admin.nama_kosong;
    if (!email) salah.email = t.admin.email_kosong;
    else if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) salah.email = t.admin.email_salah;
    // How good it is only the program says.
    if (!this.password) salah.password = umum.sandi.alasan.terlalu_pendek;
    if (this.ulang !== this.password) salah.ulang = t.admin.ulang_beda;
    if (!/^\d{1,5}$/.test(this.port.trim()) || port < 1 || port > 65535) salah.port = t.admin.port_salah;
    return salah;
  }
}
