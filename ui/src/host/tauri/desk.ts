/** What surrounds the front desk's page in the desktop program: scanners, the camera, the full screen. */
import type { Desk, Preview, PreviewPicture, Scanner, Scanners } from '../desk';
import { Feed } from './feed';
import { bytesOf, call, type Bytes } from './ipc';
import { readPicture } from './picture';

export class TauriScanners implements Scanners {
  readonly #texts = new Feed<string>(
    (channel) => call('scans_watch', { channel }),
    () => call('scans_unwatch'),
  );
  readonly #states = new Feed<Scanner[]>(
    (channel) => call('scanners_watch', { channel }),
    () => call('scanners_unwatch'),
    true,
  );

  watchTexts(listener: (text: string) => void): () => void {
    return this.#texts.listen(listener);
  }

  watchStates(listener: (scanners: Scanner[]) => void): () => void {
    return this.#states.listen(listener);
  }
}

export class TauriPreview implements Preview {
  readonly #pictures = new Feed<Bytes>(
    (channel) => call('preview_watch', { channel }),
    () => call('preview_unwatch'),
  );

  watch(listener: (picture: PreviewPicture | undefined) => void): () => void {
    return this.#pictures.listen((data) => listener(readPicture(bytesOf(data))));
  }
}

export const desk: Desk = {
  leave: (pin) => call('kiosk_leave', { pin }),
  enter: async () => {
    await call('kiosk_return');
  },
  pairing: () => call('pairing'),
};
