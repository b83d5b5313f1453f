/** What stands on a printed report beside the figures: the school's letterhead and who signs. */
import { getLetterhead, logoFile } from '../../api/laporan';
import type { Kop, PenandaTangan } from '../../api/types';
import { sekolah } from '../../i18n/sekolah.svelte';

class Letterhead {
  kop = $state.raw<Partial<Kop>>({});
  signer = $state.raw<Partial<PenandaTangan>>({});
  address = $state('');
  /** An address of the page's own; empty if the school has no sign. */
  logo_url = $state('');

  /** The lines above the rule; the last is the school's name if the settings have no other. */
  readonly lines = $derived.by(() => {
    const { baris1, baris2, baris3 } = this.kop;
    const above = [baris1, baris2].map((line) => line?.trim() ?? '').filter(Boolean);
    return [...above, baris3?.trim() || sekolah.nama];
  });

  /** Without it a report is printed with the school's name alone. */
  async load(): Promise<void> {
    const told = await getLetterhead();
    if (told.ok) {
      this.kop = told.data.kop;
      this.signer = told.data.penanda_tangan;
      this.address = told.data.alamat;
    }
    // A picture is asked for only if there is one.
    const logo = told.ok && told.data.logo ? await logoFile() : undefined;
    if (this.logo_url) URL.revokeObjectURL(this.logo_url);
    this.logo_url = logo?.ok && logo.data.type.startsWith('image/') ? URL.createObjectURL(logo.data) : '';
  }
}

export const letterhead = new Letterhead();
