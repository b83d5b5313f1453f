/** A kiosk in a browser whose server comes and goes, with the real module and a vault in memory. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JanjiTemu, Pengguna, Scan } from '../../../api/types';
import { bodyOf } from '../../../test_answers';
import type { Luring, Update } from '../../contract.mjs';
import { Desk, type Kept } from './desk';
import { Meja } from './meja';
import { DeskModule, type Exports } from './module';

const FILE = new URL('./luring.wasm', import.meta.url);
const NOW_MS = Date.parse('2026-11-23T02:00:00Z');

/** Of the appointment 42, until 2027. */
const CODE = 'CAAQAAAAAAAAAABKAD776OKIVPXUHWTQDLZNABAYSIEGABY';
const came = bodyOf<Scan>('scan-datang').appointment as JanjiTemu;
const expected: JanjiTemu = { ...came, id: 42, versi: 1, status: 'belum', waktu_datang: null };

const pengguna: Pengguna = {
  id: 2,
  nama: 'Budi',
  sapaan: null,
  jabatan: null,
  email: 'resepsionis@sekolah.example',
  telp: null,
  role: 'Penerima Tamu',
  unit: false,
  aktif: true,
  wajib_ganti_password: false,
  dibuat_pada: '2026-01-01T00:00:00Z',
} as unknown as Pengguna;

const bekal = {
  pada: new Date(NOW_MS).toISOString(),
  aturan: {
    zona_waktu: 'Asia/Jakarta',
    toleransi_terlambat_menit: 15,
    jeda_pulang_menit: 5,
    batas_urung_menit: 5,
    lewat_tengah_malam_jam: 3,
    durasi_bawaan_menit: 30,
  },
  hari: ['2026-11-23'],
  janji_temu: [
    {
      ...expected,
      telp: null,
      kode_qr: '',
      kode_sha256: createHash('sha256').update(CODE).digest('hex'),
      datang_di_meja: false,
      pulang_di_meja: false,
    },
  ],
  tamu: [],
};

/** As a vault, without a browser. */
class Memory implements Kept {
  texts: string[] = [];
  kept: string | undefined;
  is_full = false;
  records = () => Promise.resolve({ texts: [...this.texts], damaged: 0 });
  add = (text: string) => {
    if (this.is_full) return Promise.reject(new Error('full'));
    this.texts.push(text);
    return Promise.resolve();
  };
  replace = (texts: readonly string[]) => {
    this.texts = [...texts];
    return Promise.resolve();
  };
  pack = () => Promise.resolve(this.kept);
  keepPack = (text: string) => {
    this.kept = text;
    return Promise.resolve();
  };
  forgetPack = () => {
    this.kept = undefined;
    return Promise.resolve();
  };
}

type Server = (request: Request) => Response | Promise<Response>;
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

/** What a server tells a desk of its school. */
const tells: Server = ({ url }) => {
  const { pathname } = new URL(url);
  if (pathname === '/api/auth/me') return json({ pengguna });
  if (pathname === '/api/meja/bekal') return json(bekal);
  if (pathname === '/api/guru') return json({ data: [], total: 0 });
  return json({});
};

let memory: Memory;
let server: Server | undefined;
let seen: Request[];
let standing: Luring | undefined;

const sesi = {
  exists: true,
  fetch: async (request: Request): Promise<Response> => {
    if (!server) throw new TypeError('nobody answers');
    seen.push(request.clone());
    return server(request);
  },
};

async function meja(): Promise<Meja> {
  if (!existsSync(FILE)) throw new Error('the desk is not built yet: run `cargo xtask pages`');
  const { instance } = await WebAssembly.instantiate(readFileSync(FILE));
  const module = new DeskModule(instance.exports as unknown as Exports);
  const opened = new Meja(sesi, {
    can_keep: true,
    turn: () => Promise.resolve(),
    open: () => Promise.resolve(new Desk(module, memory, () => Date.now())),
    isLasting: () => Promise.resolve(false),
    keepsPage: () => Promise.resolve(true),
  });
  opened.watch((update: Update) => {
    if (update.type === 'luring') standing = update.data;
  });
  await opened.pengguna();
  await opened.work();
  return opened;
}

const scan = (kode: string, kunci: string) =>
  new Request(new URL('/api/appointments/scan', location.origin), {
    method: 'POST',
    body: JSON.stringify({ kode, kunci }),
  });

const FAKED = ['Date', 'setInterval', 'clearInterval', 'performance'] as const;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS, toFake: [...FAKED] });
  memory = new Memory();
  memory.kept = JSON.stringify({ bekal, sekolah: {}, guru: [], pengguna, offset_ms: 0 });
  server = undefined;
  seen = [];
  standing = undefined;
});
afterEach(() => vi.useRealTimers());

test('a known code is answered by name, and kept before it is', async () => {
  const desk = await meja();
  const told = await desk.fetch(scan(CODE, 'satu'));
  const { hasil, appointment } = (await told.json()) as Scan;
  expect([told.status, hasil, appointment?.nama_tamu]).toEqual([200, 'datang', came.nama_tamu]);
  expect(memory.texts.length).toBe(1);
  expect(standing).toMatchObject({ siap: true, menunggu: 1, kunjungan: [42] });
  const again = (await (await desk.fetch(scan(CODE, 'satu'))).json()) as Scan;
  expect([again.hasil, memory.texts.length]).toEqual(['datang', 1]);
});

test('where nothing can be kept, nothing is told', async () => {
  const desk = await meja();
  memory.is_full = true;
  await expect(desk.fetch(scan(CODE, 'satu'))).rejects.toThrow();
  expect(standing?.menunggu).toBe(0);
});

test('what waits goes on after a reload, with its time, and once', async () => {
  await (await meja()).fetch(scan(CODE, 'satu'));
  const desk = await meja();
  expect([standing?.menunggu, (await desk.pengguna())?.nama]).toEqual([1, 'Budi']);
  vi.useFakeTimers({ now: NOW_MS + 3_600_000, toFake: [...FAKED] });
  server = (request) =>
    request.url.endsWith('/scan') ? json({ hasil: 'datang', appointment: came }) : tells(request);
  await desk.work();
  const sent = seen.filter(({ url }) => url.endsWith('/scan'));
  expect(sent.map(({ headers }) => headers.get('Terjadi-Pada'))).toEqual(['2026-11-23T02:00:00Z']);
  expect([standing?.menunggu, standing?.periksa, memory.texts]).toEqual([0, 0, []]);
});

test('what the server takes otherwise is listed until somebody has looked at it', async () => {
  const desk = await meja();
  await desk.fetch(scan(CODE, 'satu'));
  server = (request) =>
    request.url.endsWith('/scan')
      ? json({ status: 422, title: '', detail: '', code: 'dibatalkan' }, 422)
      : tells(request);
  await desk.work();
  const [row] = await desk.unsettled();
  expect(row).toMatchObject({ alasan: 'ditolak', kode: 'dibatalkan', nama: came.nama_tamu, pada: NOW_MS });
  await desk.settle(row?.nomor ?? 0);
  expect([await desk.unsettled(), memory.texts]).toEqual([[], []]);
});

test('a server in trouble gets nothing twice, and one that is there is asked', async () => {
  const desk = await meja();
  await desk.fetch(scan(CODE, 'satu'));
  server = () => json({ status: 503, title: '', detail: '', code: 'database_tidak_tersedia' }, 503);
  await desk.work();
  expect(standing?.menunggu).toBe(1);

  memory = new Memory();
  server = (request) =>
    request.url.endsWith('/scan') ? json({ hasil: 'datang', appointment: came }) : tells(request);
  const other = await meja();
  await other.fetch(scan(CODE, 'dua'));
  expect([standing?.menunggu, memory.texts]).toEqual([0, []]);
  await vi.waitFor(() => expect(memory.kept).toContain(came.nama_tamu));
});

test('whoever signs out takes the list of guests along, and leaves what waits', async () => {
  const desk = await meja();
  await desk.fetch(scan(CODE, 'satu'));
  await desk.signedOut();
  expect([memory.kept, memory.texts.length, standing?.siap, standing?.menunggu]).toEqual([
    undefined,
    1,
    false,
    1,
  ]);
});
