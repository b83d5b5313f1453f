/** What the desk says aloud, as loud as somebody chose. */
import type { JenisTanggapan } from '../api/types';
import { host } from '../host';
import { soundRead, soundTanggapan, soundNo, soundYes, keptVolume, type Volume } from '../shared/sounds';

const NEXT: Record<Volume, Volume> = { keras: 'pelan', pelan: 'mati', mati: 'keras' };

export class Suara {
  volume = $state<Volume>(keptVolume());

  baca(): void {
    soundRead(this.volume);
  }

  ya(): void {
    soundYes(this.volume);
  }

  tidak(): void {
    soundNo(this.volume);
  }

  tanggapan(jenis: JenisTanggapan | undefined): void {
    soundTanggapan(this.volume, jenis);
  }

  nextVolume(): void {
    this.volume = NEXT[this.volume];
    host.choices.set('bunyi', this.volume);
    this.ya();
  }
}
