/** What surrounds the front desk's page in the desktop program: scanners, the camera, the full screen. */
import type { Pairing, Scanner, ScanRejection } from '../contract.mjs';
import type { Desk, Preview, PreviewPicture, Scanners } from '../desk';
import type { Choice } from '../outside';
import { Feed } from './feed';
import { bytesOf, call, tell } from './ipc';
import { readPicture } from './picture';

export class TauriScanners implements Scanners {
  readonly #texts = new Feed<string>(
    (channel) => call('scans_watch', { channel }),
    () => call('scans_unwatch'),
  );
  readonly #rejections = new Feed<ScanRejection>(
    (channel) => call('rejections_watch', { channel }),
    () => call('rejections_unwatch'),
  );
  readonly #states = new Feed<Scanner[]>(
    (channel) => call('scanners_watch', { channel }),
    () => call('scanners_unwatch'),
    true,
  );

  watchTexts(listener: (text: string) => void): () => void {
    return this.#texts.listen(listener);
  }

  watchRejections(listener: (rejection: ScanRejection) => void): () => void {
    return this.#rejections.listen(listener);
  }

  watchStates(listener: (scanners: Scanner[]) => void): () => void {
    return this.#states.listen(listener);
  }
}

export class TauriPreview implements Preview {
  watch(listener: (picture: PreviewPicture | undefined) => void): () => void {
    const end = new AbortController();
    tell(show(listener, end.signal));
    return () => end.abort();
  }
}

/** Between two attempts, where no camera is in use. */
const PAUSE_MS = 1000;

/** One picture after the other, no faster than they can be shown. */
async function show(
  listener: (picture: PreviewPicture | undefined) => void,
  end: AbortSignal,
): Promise<void> {
  for (;;) {
    const data = await call('preview_next').catch(() => undefined);
    if (end.aborted) return;
    if (data) listener(readPicture(bytesOf(data)));
    else await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

export class TauriDesk implements Desk {
  readonly camera: Choice = {
    get: () => call('camera_get'),
    set: async (on: boolean) => {
      await call('camera_set', { on });
    },
  };
  readonly #refusals = new Feed<null>(
    (channel) => call('close_watch', { channel }),
    () => call('close_unwatch'),
  );

  leave(pin: string): Promise<boolean> {
    return call('kiosk_leave', { pin });
  }

  hasPin(): Promise<boolean> {
    return call('kiosk_has_pin');
  }

  verifyPin(pin: string): Promise<boolean> {
    return call('kiosk_verify', { pin });
  }

  async enter(): Promise<void> {
    await call('kiosk_return');
  }

  close(pin: string): Promise<boolean> {
    return call('kiosk_close', { pin });
  }

  watchClose(listener: () => void): () => void {
    return this.#refusals.listen(listener);
  }

  pairing(): Promise<Pairing | null> {
    return call('pairing');
  }
}
