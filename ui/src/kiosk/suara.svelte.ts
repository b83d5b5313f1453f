/** What the desk says aloud, as loud as somebody chose. */
import type { JenisTanggapan } from '../api/types';
import { host } from '../host';
import { bunyiBaca, bunyiTanggapan, bunyiTidak, bunyiYa, keptVolume, type Volume } from '../shared/bunyi';

const NEXT: Record<Volume, Volume> = { keras: 'pelan', pelan: 'mati', mati: 'keras' };

export class Suara {
  volume = $state<Volume>(keptVolume());

  baca(): void {
    bunyiBaca(this.volume);
  }

  ya(): void {
    bunyiYa(this.volume);
  }

  tidak(): void {
    bunyiTidak(this.volume);
  }

  tanggapan(jenis: JenisTanggapan | undefined): void {
    bunyiTanggapan(this.volume, jenis);
  }

  nextVolume(): void {
    this.volume = NEXT[this.volume];
    host.choices.set('bunyi', this.volume);
    this.ya();
  }
}
