/**
 * The page's side of the crate `luring_wasm`: what a desk without a server knows, decides and remembers, by the same
 * rules as the server. The module keeps nothing and sends nothing; `desk.ts` and `meja.ts` do.
 */
import type { JanjiTemu, Pengguna } from '../../../api/types';
import address from './luring.wasm?url';

export type Exports = {
  memory: WebAssembly.Memory;
  question(length: number): number;
  ask(): number;
  answer(): number;
};

/** What is to be written down. Only the module looks inside. */
export type Catatan = { readonly apa: string };

/** What the server told of the school. The module looks at the rest. */
export type Bekal = {
  bekal: { pada: string };
  sekolah: unknown;
  guru: unknown[];
  pengguna: Pengguna;
  /** How far the server's clock was ahead of this PC's. */
  offset_ms: number;
};

export type Keadaan = { siap: boolean; menunggu: number; kunjungan: number[]; periksa: number };

/** A page's request. */
export type Asked = { method: string; path: string; body: string | null };

export type Told = {
  jawaban: { status: number; jenis: string; isi: string };
  /** To be written down before the page is told. */
  catatan: Catatan | null;
  /** By which a guru can be told at once. */
  kabar: unknown;
};

export type Sent = { method: string; path: string; body: string; pada: string };

/** An entry that somebody has to look at, as the crate tells it. */
export type Belum = {
  nomor: number;
  pada: string;
  kegiatan: 'pindai' | 'pindah' | 'langsung' | 'betulkan';
  nama: string | null;
  di_meja: JanjiTemu | null;
  bentrok: {
    alasan: 'status_lain' | 'bergantung' | { ditolak: string } | { hasil_lain: string };
    janji_temu: JanjiTemu | null;
  };
};

/** The questions, each with its answer, as `luring_wasm/src/desk.rs` has them. */
type Questions = {
  buka: [{ catatan: Catatan[]; bekal: Bekal | null }, number | null];
  kenal: [Asked, boolean];
  jawab: [Asked & { sekarang_ms: number }, Told | null];
  tercatat: [{ catatan: Catatan }, null];
  alamat: [{ path: string }, string | null];
  bekal: [{ bekal: Bekal }, null];
  ambil: [{ janji_temu: JanjiTemu }, boolean];
  simpan: [object, Bekal | null];
  berikut: [object, { kirim: Sent } | { catatan: Catatan } | null];
  putusan: [{ status: number; isi: string }, Catatan | null];
  periksa: [object, Belum[]];
  selesai: [{ nomor: number }, Catatan | null];
  sisa: [object, Catatan[] | null];
};

type Answer<Hasil> = { hasil: Hasil; keadaan: Keadaan } | { salah: string };

export class DeskModule {
  keadaan: Keadaan = { siap: false, menunggu: 0, kunjungan: [], periksa: 0 };

  constructor(private readonly exports: Exports) {}

  static async load(): Promise<DeskModule> {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(address));
    // The crate's own, of the same build.
    return new DeskModule(instance.exports as unknown as Exports);
  }

  /** Throws where the module was built for other questions, or has panicked. */
  ask<Name extends keyof Questions>(tanya: Name, about: Questions[Name][0]): Questions[Name][1] {
    const question = new TextEncoder().encode(JSON.stringify({ tanya, ...about }));
    const at = this.exports.question(question.length);
    // The memory moves when it grows.
    new Uint8Array(this.exports.memory.buffer).set(question, at);
    const length = this.exports.ask();
    const bytes = new Uint8Array(this.exports.memory.buffer, this.exports.answer(), length);
    const told = JSON.parse(new TextDecoder().decode(bytes)) as Answer<Questions[Name][1]>;
    if ('salah' in told) throw new Error(`luring: ${told.salah}`);
    this.keadaan = told.keadaan;
    return told.hasil;
  }
}
