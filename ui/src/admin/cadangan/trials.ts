/** How it looks whether a backup can be restored. */
import { Hourglass, ShieldAlert, ShieldCheck } from '@lucide/svelte';
import type { UjiCadangan } from '../../api/types';

export const TRIALS = {
  terbukti: { color: 'siap', icon: ShieldCheck },
  belum: { color: 'menunggu', icon: Hourglass },
  rusak: { color: 'gagal', icon: ShieldAlert },
} satisfies Record<UjiCadangan, object>;
