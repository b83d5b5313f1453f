/** The desk's sounds, at the chosen volume. */
import type { JenisTanggapan } from '../api/types';
import { host } from '../host';
import { soundRead, soundTanggapan, soundNo, soundYes, keptVolume, type Volume } from '../shared/sounds';

const NEXT: Record<Volume, Volume> = { keras: 'pelan', pelan: 'mati', mati: 'keras' };

export class DeskSound {
  volume = $state<Volume>(keptVolume());

  read(): void {
    soundRead(this.volume);
  }

  yes(): void {
    soundYes(this.volume);
  }

  no(): void {
    soundNo(this.volume);
  }

  tanggapan(jenis: JenisTanggapan | undefined): void {
    soundTanggapan(this.volume, jenis);
  }

  nextVolume(): void {
    this.volume = NEXT[this.volume];
    host.choices.set('bunyi', this.volume);
    this.yes();
  }
}
