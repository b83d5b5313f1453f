/** A few short, woody sounds, made without files. Each has a picture too, so silence loses nothing. */
import type { JenisTanggapan } from '../api/types';
import { host } from '../host';

export type Volume = 'mati' | 'pelan' | 'keras';

const GAIN: Record<Volume, number> = { mati: 0, pelan: 0.25, keras: 0.9 };

/** Two notes a fourth apart. */
const NOTE_LOW_HZ = 587.33;
const NOTE_HIGH_HZ = 783.99;
const NOTE_NO_HZ = 174.61;

let context: AudioContext | undefined;

export function keptVolume(): Volume {
  const kept = host.choices.get('bunyi');
  return kept === 'mati' || kept === 'pelan' ? kept : 'keras';
}

/** A code was seen: one dry tap, 40 ms. */
export function soundRead(volume: Volume): void {
  play(volume, (audio, out, at) => tap(audio, out, at));
}

/** Yes: two soft notes rising a fourth, 350 ms. */
export function soundYes(volume: Volume): void {
  play(volume, (audio, out, at) => {
    marimba(audio, out, at, NOTE_LOW_HZ, 0.16, 0.5);
    marimba(audio, out, at + 0.13, NOTE_HIGH_HZ, 0.22, 0.5);
  });
}

/** Each kind of answer sounds as it looks. */
export function soundTanggapan(volume: Volume, jenis: JenisTanggapan | undefined): void {
  switch (jenis) {
    case 'tidak_bisa':
      return soundSorry(volume);
    case 'sebentar':
      return soundOneNote(volume);
    case 'ke_lobi':
    case 'antar':
    case 'teks':
    case undefined:
      return soundYes(volume);
  }
}

/** Yes, but not yet: the first note alone. */
function soundOneNote(volume: Volume): void {
  play(volume, (audio, out, at) => marimba(audio, out, at, NOTE_LOW_HZ, 0.2, 0.5));
}

/** Sorry: one low note. A refusal has two. */
function soundSorry(volume: Volume): void {
  play(volume, (audio, out, at) => marimba(audio, out, at, NOTE_NO_HZ, 0.2, 0.6));
}

/** Arrivals within this time sound once. */
const QUIET_MS = 1500;
let rung_at = -QUIET_MS;

/** A guest has arrived: the same notes, once, then silence. */
export function soundArrival(volume: Volume): void {
  if (performance.now() - rung_at < QUIET_MS) return;
  rung_at = performance.now();
  soundYes(volume);
}

/** No: one low muted note, twice, 300 ms. */
export function soundNo(volume: Volume): void {
  play(volume, (audio, out, at) => {
    marimba(audio, out, at, NOTE_NO_HZ, 0.12, 0.7);
    marimba(audio, out, at + 0.17, NOTE_NO_HZ, 0.13, 0.7);
  });
}

function play(volume: Volume, score: (audio: AudioContext, out: AudioNode, at: number) => void): void {
  if (volume === 'mati' || !('AudioContext' in window)) return;
  try {
    context ??= new AudioContext();
    // Browsers let a page sound only once somebody has used it.
    if (context.state === 'suspended') void context.resume();
    const out = context.createGain();
    out.gain.value = GAIN[volume];
    out.connect(context.destination);
    score(context, out, context.currentTime + 0.005);
  } catch {
    context = undefined;
  }
}

/** A bar of wood: the note, and its fourth partial that dies at once. */
function marimba(
  audio: AudioContext,
  out: AudioNode,
  at: number,
  hz: number,
  seconds: number,
  gain: number,
): void {
  partial(audio, out, at, hz, seconds, gain);
  partial(audio, out, at, hz * 3.93, seconds / 4, gain / 5);
}

function partial(
  audio: AudioContext,
  out: AudioNode,
  at: number,
  hz: number,
  seconds: number,
  gain: number,
): void {
  const tone = audio.createOscillator();
  const envelope = audio.createGain();
  tone.frequency.value = hz;
  envelope.gain.setValueAtTime(0, at);
  envelope.gain.linearRampToValueAtTime(gain, at + 0.006);
  envelope.gain.exponentialRampToValueAtTime(0.001, at + seconds);
  tone.connect(envelope).connect(out);
  tone.start(at);
  tone.stop(at + seconds + 0.02);
}

/** A knock: noise through a narrow band. */
function tap(audio: AudioContext, out: AudioNode, at: number): void {
  const seconds = 0.04;
  const noise = audio.createBuffer(1, Math.ceil(audio.sampleRate * seconds), audio.sampleRate);
  const samples = noise.getChannelData(0);
  for (let n = 0; n < samples.length; n += 1)
    samples[n] = (Math.random() * 2 - 1) * (1 - n / samples.length) ** 3;
  const source = audio.createBufferSource();
  source.buffer = noise;
  const band = audio.createBiquadFilter();
  band.type = 'bandpass';
  band.frequency.value = 1400;
  band.Q.value = 1.5;
  source.connect(band).connect(out);
  source.start(at);
}
