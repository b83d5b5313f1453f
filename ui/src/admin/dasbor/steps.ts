/** Where each of the first steps is done. */
import { hrefOf } from '../route.svelte';
import type { Step } from './dasbor.svelte';

export const STEP_HREF: Record<Step['name'], string> = {
  sekolah: hrefOf('setelan', 'sekolah'),
  guru: hrefOf('pengguna'),
  penerima_tamu: hrefOf('pengguna'),
  hari_libur: hrefOf('setelan', 'libur'),
  email: hrefOf('setelan', 'pesan'),
  lembar_pemulihan: hrefOf('cadangan'),
  undangan: hrefOf('janji', 'buat=ya'),
};
