/** The page's own camera: opens, looks for codes, and says what is wrong. */
import { host } from '../host';
import { decodeFrame } from './decode';
import type { Answer } from './decode/protocol';
import type { ProgramCamera } from './program_camera.svelte';
import { RepeatFilter } from './repeat';
import { ours } from './token';

/** The time between two looks. Five a second find a code that is held up for a moment. */
const LOOK_EVERY_MS = 200;
/** The wait before the decoder is loaded again. */
const LOAD_AGAIN_MS = 3000;

/** The decoder, without which the camera is only a mirror. */
type DecoderState = 'memuat' | 'siap' | 'gagal';

export type CameraState = 'mati' | 'buka' | 'siap' | 'ditolak' | 'tidak_ada' | 'gagal';

/** Where a guest aims: at the page's own camera, or at the program's. */
export type AnyCamera = PageCamera | ProgramCamera;

export class PageCamera {
  readonly jenis = 'halaman';
  state = $state<CameraState>('mati');
  decoder = $state<DecoderState>('memuat');
  stream = $state.raw<MediaStream>();
  /** More than one camera is there. */
  has_several = $state(false);
  /** The picture is mirrored, as people expect of a camera that faces them. */
  is_mirrored = $state(true);

  readonly #repeat = new RepeatFilter();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #video: HTMLVideoElement | undefined;

  constructor(private readonly onread: (text: string) => void) {}

  /** Opens the camera if somebody allowed it before, so that no question pops up by itself. */
  async startIfAllowed(): Promise<void> {
    if (host.choices.get('kamera') === 'mati') return;
    const permission = await navigator.permissions.query({ name: 'camera' }).catch(() => undefined);
    if (permission?.state === 'granted') await this.start();
  }

  async start(): Promise<void> {
    host.choices.set('kamera', 'nyala');
    this.state = 'buka';
    const kept = host.choices.get('kamera_id');
    const wanted = kept ? { deviceId: { ideal: kept } } : { facingMode: 'user' };
    try {
      // It is absent if the page came over an insecure network.
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (!devices) throw new DOMException('no camera for insecure pages', 'NotAllowedError');
      this.#take(await devices.getUserMedia({ video: { width: { ideal: 1280 }, ...wanted } }));
      const cameras = (await devices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
      this.has_several = cameras.length > 1;
    } catch (error) {
      this.#close();
      const name = error instanceof DOMException ? error.name : '';
      if (name === 'NotAllowedError') this.state = 'ditolak';
      else this.state = name === 'NotFoundError' ? 'tidak_ada' : 'gagal';
    }
  }

  stop(): void {
    host.choices.set('kamera', 'mati');
    this.pause();
  }

  /** Closes it without changing what was chosen. */
  pause(): void {
    this.#close();
    this.state = 'mati';
  }

  /** The next camera of this PC. */
  async next(): Promise<void> {
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(
      ({ kind }) => kind === 'videoinput',
    );
    const current = this.stream?.getVideoTracks()[0]?.getSettings().deviceId;
    const at = cameras.findIndex(({ deviceId }) => deviceId === current);
    const next = cameras[(at + 1) % cameras.length];
    if (!next) return;
    host.choices.set('kamera_id', next.deviceId);
    this.#close();
    await this.start();
  }

  /** Shows the picture in this element. Looking goes on while the element exists. */
  readonly show = (video: HTMLVideoElement): (() => void) => {
    this.#video = video;
    video.srcObject = this.stream ?? null;
    void video.play().catch(() => undefined);
    this.#look();
    return () => {
      clearTimeout(this.#timer);
      video.srcObject = null;
      this.#video = undefined;
    };
  };

  #take(stream: MediaStream): void {
    this.stream = stream;
    this.state = 'siap';
    const track = stream.getVideoTracks()[0];
    this.is_mirrored = track?.getSettings().facingMode !== 'environment';
    track?.addEventListener('ended', () => {
      this.#close();
      this.state = 'gagal';
    });
  }

  #close(): void {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = undefined;
  }

  #look(): void {
    const wait_ms = this.decoder === 'gagal' ? LOAD_AGAIN_MS : LOOK_EVERY_MS;
    this.#timer = setTimeout(() => void this.#lookOnce(), wait_ms);
  }

  async #lookOnce(): Promise<void> {
    const video = this.#video;
    if (!video) return;
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0) {
      const answer = await createImageBitmap(video)
        .then(decodeFrame)
        .catch(() => undefined);
      if (answer) this.#read(answer);
    }
    if (this.#video === video) this.#look();
  }

  #read(answer: Answer): void {
    this.decoder = 'fault' in answer && answer.fault === 'not_loaded' ? 'gagal' : 'siap';
    const [texts, now_ms] = ['texts' in answer ? answer.texts : [], performance.now()];
    for (const text of ours(texts)) if (this.#repeat.admit(text, now_ms)) this.onread(text);
  }
}
