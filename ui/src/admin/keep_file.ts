/** A file for whoever asked for it. */
import { host } from '../host';
import { t } from '../i18n/admin';
import { toast } from '../shared/toast.svelte';

/** Saves it, and says under which name. Whether it was saved: somebody may call it off. */
export async function keepFile(name: string, content: Blob): Promise<boolean> {
  const is_saved = await host.outlet.saveFile(name, content);
  if (is_saved) toast.show(t.berkas_tersimpan(name));
  return is_saved;
}
