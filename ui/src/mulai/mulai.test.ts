import { beforeEach, expect, test, vi } from 'vitest';
import type { Finish, Fingerprint, Setup, Sighting } from '../host/mulai';
import { Mulai } from './mulai.svelte';
import { wizard } from './test_wizard';

const SIDIK = 'AB:CD:EF:01';

const there = (url: string): Fingerprint => ({ ok: true, url, fingerprint: SIDIK });
const refused = (changes: Partial<Extract<Finish, { ok: false }>>): Finish => ({
  ok: false,
  reason: 'lain',
  field: null,
  detail: '',
  ...changes,
});

let mulai: Mulai;
beforeEach(() => {
  vi.resetAllMocks();
  wizard.discover.mockReturnValue(() => undefined);
  wizard.devices.mockResolvedValue({ serial: ['COM3'], cameras: [] });
  wizard.password.mockResolvedValue({ skor: 4 });
  wizard.finish.mockResolvedValue({ ok: true });
  mulai = new Mulai(wizard);
});

/** Fills in a front desk that keeps the guest book, up to the last step. */
async function meja(): Promise<void> {
  mulai.role = 'kiosk';
  mulai.sekolah.nama = ' SMP Negeri 3 ';
  Object.assign(mulai.admin, {
    nama: 'Sri Lestari',
    email: 'sri@smpn3.sch.id',
    password: 'kuda baterai staples',
    ulang: 'kuda baterai staples',
  });
  Object.assign(mulai.pin, { pin: '7302', ulang: '7302' });
  while (mulai.langkah !== 'ringkas') expect(await mulai.lanjut()).toBe(true);
}

test('each role is asked for what it needs', () => {
  mulai.role = 'kiosk';
  expect(mulai.order).toEqual(['peran', 'tempat', 'sekolah', 'admin', 'pin', 'alat', 'ringkas']);
  mulai.tempat = 'remote';
  expect(mulai.order).toEqual(['peran', 'tempat', 'server', 'sidik', 'pin', 'alat', 'ringkas']);
  mulai.role = 'guru';
  expect(mulai.order).toEqual(['peran', 'server', 'sidik', 'ringkas']);
  expect([mulai.autostart, mulai.di_sini]).toEqual([true, false]);
  mulai.role = 'admin';
  expect(mulai.autostart).toBe(false);
});

test('nobody goes on without a role', async () => {
  expect(await mulai.lanjut()).toBe(false);
  expect([mulai.langkah, mulai.tanpa_peran]).toEqual(['peran', true]);
});

test('a step that is not in order names what is missing, and only once somebody wants to go on', async () => {
  mulai.role = 'kiosk';
  await mulai.lanjut();
  await mulai.lanjut();
  expect(mulai.sekolah.errors).toEqual({});
  expect(await mulai.lanjut()).toBe(false);
  expect(Object.keys(mulai.sekolah.errors)).toEqual(['nama']);
  mulai.sekolah.nama = 'SMP Negeri 3';
  expect(mulai.sekolah.errors).toEqual({});
  expect(await mulai.lanjut()).toBe(true);
  expect(mulai.langkah).toBe('admin');
});

test('back keeps what was filled in', async () => {
  await meja();
  for (let steps = 6; steps > 0; steps -= 1) mulai.kembali();
  expect(mulai.langkah).toBe('peran');
  mulai.kembali();
  expect([mulai.langkah, mulai.admin.email]).toEqual(['peran', 'sri@smpn3.sch.id']);
});

test('the first admin’s fields are as the server wants them', () => {
  const { admin } = mulai;
  Object.assign(admin, {
    nama: ' ',
    email: 'sri@sekolah',
    password: '',
    ulang: 'pendek',
    port: '70000',
  });
  expect(admin.terima()).toBe(false);
  expect(Object.keys(admin.errors).sort()).toEqual(['email', 'nama', 'password', 'port', 'ulang']);
});

test('a password is judged by what the program knows of the admin and the school, before anything is made', async () => {
  mulai.role = 'kiosk';
  mulai.sekolah.nama = 'SMP Negeri 3';
  Object.assign(mulai.admin, {
    nama: 'Sri Lestari',
    email: 'sri@smpn3.sch.id',
    password: 'lestari2026',
    ulang: 'lestari2026',
  });
  while (mulai.langkah !== 'admin') expect(await mulai.lanjut()).toBe(true);
  wizard.password.mockResolvedValueOnce({ skor: 0, alasan: 'memuat_nama' });
  expect(await mulai.lanjut()).toBe(false);
  expect(wizard.password.mock.calls[0]).toEqual([
    'lestari2026',
    'Sri Lestari',
    'sri@smpn3.sch.id',
    'SMP Negeri 3',
  ]);
  expect(mulai.admin.errors.password).toContain('nama Anda');
  wizard.password.mockRejectedValueOnce('the program has gone');
  expect(await mulai.lanjut()).toBe(true);
});

test('a PIN is 4 to 8 digits, twice', () => {
  const { pin } = mulai;
  Object.assign(pin, { pin: '12a4', ulang: '12a4' });
  expect(pin.terima()).toBe(false);
  Object.assign(pin, { pin: '123456789', ulang: '123456789' });
  expect(Object.keys(pin.errors)).toEqual(['pin']);
  Object.assign(pin, { pin: '4321', ulang: '4312' });
  expect([pin.mudah, ...Object.keys(pin.errors)]).toEqual([true, 'ulang']);
  Object.assign(pin, { pin: '7302', ulang: '7302' });
  expect([pin.mudah, pin.terima()]).toEqual([false, true]);
});

test('a camera is used where there is one, unless somebody says otherwise', async () => {
  await mulai.alat.lihat();
  expect([mulai.alat.kamera, ...mulai.alat.port_serial]).toEqual([false, 'COM3']);
  mulai.alat.pakaiKamera(true);
  expect(mulai.alat.setup).toEqual({ hid: true, camera: true, serial: null, folder: null });
  wizard.devices.mockRejectedValue('gone');
  await mulai.alat.lihat();
  expect(mulai.alat.failure).toBe(true);
});

test('all of it goes to the program in one piece', async () => {
  await meja();
  await mulai.lanjut();
  expect(wizard.finish.mock.calls[0]?.[0]).toEqual({
    role: 'kiosk',
    server: {
      kind: 'host',
      port: 8443,
      nama_sekolah: 'SMP Negeri 3',
      tempat: 'Lobi utama',
      zona_waktu: mulai.sekolah.zona_waktu,
      admin: { nama: 'Sri Lestari', email: 'sri@smpn3.sch.id', password: 'kuda baterai staples' },
    },
    pin: '7302',
    scanners: { hid: true, camera: true, serial: null, folder: null },
    autostart: true,
    language: 'id',
  } satisfies Setup);
  expect([mulai.selesai, mulai.admin.password]).toEqual([true, '']);
});

test('a teacher’s PC has neither PIN nor scanners', async () => {
  mulai.role = 'guru';
  await mulai.lanjut();
  mulai.server.alamat = '192.168.1.10';
  wizard.fingerprint.mockResolvedValue(there('https://192.168.1.10:8443'));
  for (let steps = 0; steps < 3; steps += 1) await mulai.lanjut();
  expect(wizard.finish.mock.calls[0]?.[0]).toMatchObject({
    role: 'guru',
    server: { kind: 'remote', url: 'https://192.168.1.10:8443', fingerprint: SIDIK },
    pin: null,
    scanners: { hid: false, camera: false },
  });
});

test('where a field is to blame its step opens and says so, until it is changed', async () => {
  await meja();
  wizard.finish.mockResolvedValueOnce(refused({ reason: 'port_dipakai', field: 'port' }));
  await mulai.lanjut();
  expect([mulai.langkah, mulai.admin.lanjutan, mulai.menyiapkan]).toEqual(['admin', true, false]);
  expect(mulai.admin.errors.port).toContain('8443');
  mulai.admin.port = '8444';
  expect(mulai.admin.errors).toEqual({});
  while (mulai.langkah !== 'ringkas') await mulai.lanjut();
  wizard.finish.mockResolvedValueOnce(
    refused({ reason: 'isian', field: 'admin.password', detail: 'terlalu umum' }),
  );
  await mulai.lanjut();
  expect([mulai.langkah, mulai.admin.errors.password]).toEqual(['admin', 'Terlalu umum']);
});

test('any other failure stays on the last step, to be tried again', async () => {
  await meja();
  wizard.finish.mockResolvedValueOnce(refused({ reason: 'database', detail: 'disk full' }));
  await mulai.lanjut();
  expect([mulai.langkah, mulai.failure]).toEqual(['ringkas', { reason: 'database', detail: 'disk full' }]);
  wizard.finish.mockRejectedValueOnce('the program has gone');
  await mulai.lanjut();
  expect(mulai.failure).toEqual({ reason: 'lain', detail: 'the program has gone' });
  await mulai.lanjut();
  expect([mulai.selesai, mulai.failure]).toEqual([true, undefined]);
});

test('while it is being set up there is no way back and no second time', async () => {
  await meja();
  let finished: (answer: Finish) => void = () => undefined;
  wizard.finish.mockReturnValueOnce(new Promise((resolve) => (finished = resolve)));
  const first = mulai.lanjut();
  mulai.kembali();
  mulai.buka('peran');
  await mulai.lanjut();
  expect([mulai.langkah, wizard.finish.mock.calls.length]).toEqual(['ringkas', 1]);
  finished({ ok: true });
  await first;
});

const seen = (name: string, ...urls: string[]): Extract<Sighting, { type: 'found' }> => ({
  type: 'found',
  name,
  nama: `Sekolah ${name}`,
  addresses: urls.map((url) => ({ url, fingerprint: null })),
});

test('servers come and go in the list, each once', () => {
  let tell: (sighting: Sighting) => void = () => undefined;
  wizard.discover.mockImplementation((listener) => {
    tell = listener;
    return () => undefined;
  });
  mulai.server.search();
  tell(seen('b', 'https://b'));
  tell(seen('a', 'https://a'));
  tell(seen('b', 'https://b2'));
  expect(mulai.server.daftar.map(({ addresses }) => addresses[0]?.url)).toEqual(['https://a', 'https://b2']);
  tell({ type: 'lost', name: 'a' });
  tell({ type: 'failed' });
  expect([mulai.server.daftar.length, mulai.server.tak_bisa]).toEqual([1, true]);
});

test('of a server’s addresses the first that answers is taken, with the fingerprint it answers with', async () => {
  mulai.role = 'guru';
  await mulai.lanjut();
  wizard.fingerprint.mockResolvedValueOnce({ ok: false, reason: 'unreachable' });
  wizard.fingerprint.mockResolvedValueOnce(there('https://b'));
  await mulai.pilihServer(seen('x', 'https://a', 'https://b'));
  expect(mulai.langkah).toBe('sidik');
  expect(mulai.server.dipilih).toEqual({ url: 'https://b', fingerprint: SIDIK, nama: 'Sekolah x' });
});

test('a server that does not answer says so in its place', async () => {
  mulai.role = 'guru';
  await mulai.lanjut();
  expect(await mulai.lanjut()).toBe(false);
  expect(mulai.server.errors.alamat).toContain('Pilih');
  mulai.server.alamat = 'bukan alamat';
  wizard.fingerprint.mockResolvedValueOnce({ ok: false, reason: 'address' });
  expect(await mulai.lanjut()).toBe(false);
  expect(mulai.server.errors.alamat).toContain('belum benar');
  const server = seen('x', 'https://a');
  wizard.fingerprint.mockResolvedValueOnce({ ok: false, reason: 'tls' });
  await mulai.pilihServer(server);
  expect([mulai.langkah, mulai.server.gagalnya(server)?.includes('bukan server')]).toEqual(['server', true]);
});

test('an answer that comes after going back counts for nothing', async () => {
  mulai.role = 'guru';
  await mulai.lanjut();
  let answer: (found: Fingerprint) => void = () => undefined;
  wizard.fingerprint.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const looked = mulai.pilihServer(seen('x', 'https://a'));
  mulai.kembali();
  answer(there('https://a'));
  await looked;
  expect([mulai.langkah, mulai.server.dipilih, mulai.busy]).toEqual(['peran', undefined, false]);
});
