import { beforeEach, expect, test, vi } from 'vitest';
import type { Finish, Fingerprint, Setup, Sighting } from '../host/mulai';
import { FirstStart } from './first_start.svelte';
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

let first_start: FirstStart;
beforeEach(() => {
  vi.resetAllMocks();
  wizard.discover.mockReturnValue(() => undefined);
  wizard.devices.mockResolvedValue({ serial: ['COM3'], cameras: [] });
  wizard.password.mockResolvedValue({ skor: 4 });
  wizard.finish.mockResolvedValue({ ok: true });
  first_start = new FirstStart(wizard);
});

/** Fills in a front desk that keeps the guest book, up to the last step. */
async function meja(): Promise<void> {
  first_start.role = 'kiosk';
  first_start.sekolah.nama = ' SMP Negeri 3 ';
  Object.assign(first_start.admin, {
    nama: 'Sri Lestari',
    email: 'sri@smpn3.sch.id',
    password: 'kuda baterai staples',
    ulang: 'kuda baterai staples',
  });
  Object.assign(first_start.pin, { pin: '7302', ulang: '7302' });
  while (first_start.step !== 'ringkas') expect(await first_start.goOn()).toBe(true);
}

test('each role is asked for what it needs', () => {
  first_start.role = 'kiosk';
  expect(first_start.order).toEqual(['peran', 'tempat', 'sekolah', 'admin', 'pin', 'alat', 'ringkas']);
  first_start.tempat = 'remote';
  expect(first_start.order).toEqual(['peran', 'tempat', 'server', 'sidik', 'pin', 'alat', 'ringkas']);
  first_start.role = 'guru';
  expect(first_start.order).toEqual(['peran', 'server', 'sidik', 'ringkas']);
  expect([first_start.autostart, first_start.is_host]).toEqual([true, false]);
  first_start.role = 'admin';
  expect(first_start.autostart).toBe(false);
});

test('nobody goes on without a role', async () => {
  expect(await first_start.goOn()).toBe(false);
  expect([first_start.step, first_start.role_is_missing]).toEqual(['peran', true]);
});

test('a step that is not in order names what is missing, and only once somebody wants to go on', async () => {
  first_start.role = 'kiosk';
  await first_start.goOn();
  await first_start.goOn();
  expect(first_start.sekolah.errors).toEqual({});
  expect(await first_start.goOn()).toBe(false);
  expect(Object.keys(first_start.sekolah.errors)).toEqual(['nama']);
  first_start.sekolah.nama = 'SMP Negeri 3';
  expect(first_start.sekolah.errors).toEqual({});
  expect(await first_start.goOn()).toBe(true);
  expect(first_start.step).toBe('admin');
});

test('back keeps what was filled in', async () => {
  await meja();
  for (let steps = 6; steps > 0; steps -= 1) first_start.goBack();
  expect(first_start.step).toBe('peran');
  first_start.goBack();
  expect([first_start.step, first_start.admin.email]).toEqual(['peran', 'sri@smpn3.sch.id']);
});

test('the first admin’s fields are as the server wants them', () => {
  const { admin } = first_start;
  Object.assign(admin, {
    nama: ' ',
    email: 'sri@sekolah',
    password: '',
    ulang: 'pendek',
    port: '70000',
  });
  expect(admin.accept()).toBe(false);
  expect(Object.keys(admin.errors).sort()).toEqual(['email', 'nama', 'password', 'port', 'ulang']);
});

test('a password is judged with the names of the admin and the school, before anything is made', async () => {
  first_start.role = 'kiosk';
  first_start.sekolah.nama = 'SMP Negeri 3';
  Object.assign(first_start.admin, {
    nama: 'Sri Lestari',
    email: 'sri@smpn3.sch.id',
    password: 'lestari2026',
    ulang: 'lestari2026',
  });
  while (first_start.step !== 'admin') expect(await first_start.goOn()).toBe(true);
  wizard.password.mockResolvedValueOnce({ skor: 0, alasan: 'memuat_nama' });
  expect(await first_start.goOn()).toBe(false);
  expect(wizard.password.mock.calls[0]).toEqual([
    'lestari2026',
    'Sri Lestari',
    'sri@smpn3.sch.id',
    'SMP Negeri 3',
  ]);
  expect(first_start.admin.errors.password).toContain('nama Anda');
  wizard.password.mockRejectedValueOnce('the program has gone');
  expect(await first_start.goOn()).toBe(true);
});

test('a PIN is 4 to 8 digits, twice', () => {
  const { pin } = first_start;
  Object.assign(pin, { pin: '12a4', ulang: '12a4' });
  expect(pin.accept()).toBe(false);
  Object.assign(pin, { pin: '123456789', ulang: '123456789' });
  expect(Object.keys(pin.errors)).toEqual(['pin']);
  Object.assign(pin, { pin: '4321', ulang: '4312' });
  expect([pin.is_easy, ...Object.keys(pin.errors)]).toEqual([true, 'ulang']);
  Object.assign(pin, { pin: '7302', ulang: '7302' });
  expect([pin.is_easy, pin.accept()]).toEqual([false, true]);
});

test('a camera is used where there is one, unless somebody says otherwise', async () => {
  await first_start.devices.look();
  expect([first_start.devices.camera, ...first_start.devices.serial_ports]).toEqual([false, 'COM3']);
  first_start.devices.useCamera(true);
  expect(first_start.devices.setup).toEqual({ hid: true, camera: true, serial: null, folder: null });
  wizard.devices.mockRejectedValue('gone');
  await first_start.devices.look();
  expect(first_start.devices.failure).toBe(true);
});

test('all of it goes to the program in one piece', async () => {
  await meja();
  await first_start.goOn();
  expect(wizard.finish.mock.calls[0]?.[0]).toEqual({
    role: 'kiosk',
    server: {
      kind: 'host',
      port: 8443,
      nama_sekolah: 'SMP Negeri 3',
      tempat: 'Lobi utama',
      zona_waktu: first_start.sekolah.zona_waktu,
      admin: { nama: 'Sri Lestari', email: 'sri@smpn3.sch.id', password: 'kuda baterai staples' },
    },
    pin: '7302',
    scanners: { hid: true, camera: true, serial: null, folder: null },
    autostart: true,
    language: 'id',
  } satisfies Setup);
  expect([first_start.is_finished, first_start.admin.password]).toEqual([true, '']);
});

test('a teacher’s PC has neither PIN nor scanners', async () => {
  first_start.role = 'guru';
  await first_start.goOn();
  first_start.server.alamat = '192.168.1.10';
  wizard.fingerprint.mockResolvedValue(there('https://192.168.1.10:8443'));
  for (let steps = 0; steps < 3; steps += 1) await first_start.goOn();
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
  await first_start.goOn();
  expect([first_start.step, first_start.admin.shows_advanced, first_start.is_setting_up]).toEqual([
    'admin',
    true,
    false,
  ]);
  expect(first_start.admin.errors.port).toContain('8443');
  first_start.admin.port = '8444';
  expect(first_start.admin.errors).toEqual({});
  while (first_start.step !== 'ringkas') await first_start.goOn();
  wizard.finish.mockResolvedValueOnce(
    refused({ reason: 'isian', field: 'admin.password', detail: 'terlalu umum' }),
  );
  await first_start.goOn();
  expect([first_start.step, first_start.admin.errors.password]).toEqual(['admin', 'Terlalu umum']);
});

test('any other failure stays on the last step, to be tried again', async () => {
  await meja();
  wizard.finish.mockResolvedValueOnce(refused({ reason: 'database', detail: 'disk full' }));
  await first_start.goOn();
  expect([first_start.step, first_start.failure]).toEqual([
    'ringkas',
    { reason: 'database', detail: 'disk full' },
  ]);
  wizard.finish.mockRejectedValueOnce('the program has gone');
  await first_start.goOn();
  expect(first_start.failure).toEqual({ reason: 'lain', detail: 'the program has gone' });
  await first_start.goOn();
  expect([first_start.is_finished, first_start.failure]).toEqual([true, undefined]);
});

test('while it is being set up there is no way back and no second time', async () => {
  await meja();
  let finished: (answer: Finish) => void = () => undefined;
  wizard.finish.mockReturnValueOnce(new Promise((resolve) => (finished = resolve)));
  const first = first_start.goOn();
  first_start.goBack();
  first_start.openStep('peran');
  await first_start.goOn();
  expect([first_start.step, wizard.finish.mock.calls.length]).toEqual(['ringkas', 1]);
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
  first_start.server.search();
  tell(seen('b', 'https://b'));
  tell(seen('a', 'https://a'));
  tell(seen('b', 'https://b2'));
  expect(first_start.server.list.map(({ addresses }) => addresses[0]?.url)).toEqual([
    'https://a',
    'https://b2',
  ]);
  tell({ type: 'lost', name: 'a' });
  tell({ type: 'failed' });
  expect([first_start.server.list.length, first_start.server.cannot_look]).toEqual([1, true]);
});

test('of a server’s addresses the first that answers is taken, with the fingerprint it answers with', async () => {
  first_start.role = 'guru';
  await first_start.goOn();
  wizard.fingerprint.mockResolvedValueOnce({ ok: false, reason: 'unreachable' });
  wizard.fingerprint.mockResolvedValueOnce(there('https://b'));
  await first_start.chooseServer(seen('x', 'https://a', 'https://b'));
  expect(first_start.step).toBe('sidik');
  expect(first_start.server.chosen).toEqual({ url: 'https://b', fingerprint: SIDIK, nama: 'Sekolah x' });
});

test('a server that does not answer says so in its place', async () => {
  first_start.role = 'guru';
  await first_start.goOn();
  expect(await first_start.goOn()).toBe(false);
  expect(first_start.server.errors.alamat).toContain('Pilih');
  first_start.server.alamat = 'bukan alamat';
  wizard.fingerprint.mockResolvedValueOnce({ ok: false, reason: 'address' });
  expect(await first_start.goOn()).toBe(false);
  expect(first_start.server.errors.alamat).toContain('belum benar');
  const server = seen('x', 'https://a');
  wizard.fingerprint.mockResolvedValueOnce({ ok: false, reason: 'tls' });
  await first_start.chooseServer(server);
  expect([first_start.step, first_start.server.failureOf(server)?.includes('bukan server')]).toEqual([
    'server',
    true,
  ]);
});

test('an answer that comes after going back counts for nothing', async () => {
  first_start.role = 'guru';
  await first_start.goOn();
  let answer: (found: Fingerprint) => void = () => undefined;
  wizard.fingerprint.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const looked = first_start.chooseServer(seen('x', 'https://a'));
  first_start.goBack();
  answer(there('https://a'));
  await looked;
  expect([first_start.step, first_start.server.chosen, first_start.busy]).toEqual([
    'peran',
    undefined,
    false,
  ]);
});
