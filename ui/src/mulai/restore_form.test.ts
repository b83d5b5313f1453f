import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Begun, FoundBackup } from '../host/mulai';
import { FirstStart } from './first_start.svelte';
import type { RestoreForm } from './restore_form.svelte';
import { wizard } from './test_wizard';

const PATH = '/media/flashdisk/bukutamu-20261122-190000.cadangan';
const KODE = 'abcd-efgh-jkmn-pqrs-tvwx-yz01-2345-6789';
const FOUND: FoundBackup = {
  path: PATH,
  nama: 'bukutamu-20261122-190000.cadangan',
  dibuat_pada: '2026-11-22T19:00:00Z',
  ukuran: 120_000,
  janji_temu: 400,
  tamu: 300,
};
const refused = (reason: Extract<Begun, { ok: false }>['reason'], field: string | null = null) => ({
  ok: false as const,
  reason,
  field,
  detail: 'because',
});

let first_start: FirstStart;
let form: RestoreForm;
beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  wizard.backup.mockResolvedValue({ ok: true, found: FOUND });
  wizard.restore.mockResolvedValue({ ok: true, school: { nama_sekolah: 'SMP Harapan', disimpan: null } });
  wizard.restoreProgress.mockResolvedValue(null);
  wizard.finish.mockResolvedValue({ ok: true });
  first_start = new FirstStart(wizard);
  first_start.role = 'kiosk';
  first_start.tempat = 'restored';
  form = first_start.restore;
});
afterEach(() => vi.useRealTimers());

/** Goes to the backup's step. */
async function there(): Promise<void> {
  while (first_start.step !== 'cadangan') expect(await first_start.goOn()).toBe(true);
}

test('a desk that begins from a backup is asked for nothing that the backup knows', () => {
  expect(first_start.order).toEqual(['peran', 'tempat', 'cadangan', 'pin', 'alat', 'ringkas']);
  first_start.role = 'guru';
  expect(first_start.order).toEqual(['peran', 'server', 'sidik', 'ringkas']);
});

test('what is missing is named before anything is restored', async () => {
  await there();
  form.kode = 'abcd';
  form.port = '70000';
  expect(await first_start.goOn()).toBe(false);
  expect(Object.keys(form.errors).sort()).toEqual(['cadangan', 'kode', 'port']);
  expect([form.errors.kode, form.shows_advanced]).toEqual([expect.stringContaining('4'), true]);
  expect(wizard.restore).not.toHaveBeenCalled();
});

test('a file is chosen, restored once, and the PC set up with the school that is there', async () => {
  await there();
  await form.choose();
  expect([form.cadangan, form.found?.tamu]).toEqual([PATH, 300]);
  form.kode = KODE;
  expect(await first_start.goOn()).toBe(true);
  expect(wizard.restore).toHaveBeenCalledWith(PATH, KODE);
  expect([first_start.step, form.school?.nama_sekolah]).toEqual(['pin', 'SMP Harapan']);
  first_start.goBack();
  expect(await first_start.goOn()).toBe(true);
  expect(wizard.restore).toHaveBeenCalledTimes(1);
  Object.assign(first_start.pin, { pin: '7302', ulang: '7302' });
  wizard.devices.mockResolvedValue({ serial: [], cameras: [] });
  while (first_start.step !== 'ringkas') expect(await first_start.goOn()).toBe(true);
  await first_start.goOn();
  expect(wizard.finish.mock.calls[0]?.[0].server).toEqual({ kind: 'restored', port: 8443 });
});

test('nobody chose a file: nothing changes', async () => {
  wizard.backup.mockResolvedValue({ ok: true, found: undefined });
  await form.choose();
  expect([form.cadangan, form.found, form.errors]).toEqual(['', undefined, {}]);
});

test('a typed path is looked at first, and a file that is no backup is told at its field', async () => {
  await there();
  form.cadangan = ` ${PATH} `;
  form.kode = KODE;
  wizard.backup.mockResolvedValueOnce(refused('berkas_cadangan', 'cadangan'));
  expect(await first_start.goOn()).toBe(false);
  expect(wizard.backup).toHaveBeenCalledWith(PATH);
  expect(form.errors.cadangan).toBeTruthy();
  expect(wizard.restore).not.toHaveBeenCalled();
});

test('a wrong code is told at its field, and anything else below', async () => {
  await there();
  await form.choose();
  form.kode = KODE;
  wizard.restore.mockResolvedValueOnce(refused('kode_pemulihan', 'kode'));
  expect(await first_start.goOn()).toBe(false);
  expect([Object.keys(form.errors), form.failure]).toEqual([['kode'], undefined]);
  wizard.restore.mockResolvedValueOnce(refused('folder'));
  expect(await first_start.goOn()).toBe(false);
  expect([form.errors, form.failure?.reason]).toEqual([{}, 'folder']);
  wizard.restore.mockRejectedValueOnce('the program has gone');
  expect(await first_start.goOn()).toBe(false);
  expect(form.failure?.detail).toContain('gone');
});

test('it says how far it is, and nobody goes back meanwhile', async () => {
  await there();
  await form.choose();
  form.kode = KODE;
  let done: (begun: Begun) => void = () => undefined;
  wizard.restore.mockReturnValue(new Promise<Begun>((resolve) => (done = resolve)));
  wizard.restoreProgress.mockResolvedValue({ tahap: 'mencocokkan', persen: 40 });
  const going = first_start.goOn();
  await vi.advanceTimersByTimeAsync(600);
  expect([form.progress?.persen, first_start.busy]).toEqual([40, true]);
  first_start.goBack();
  expect(first_start.step).toBe('cadangan');
  done({ ok: true, school: { nama_sekolah: 'SMP Harapan', disimpan: null } });
  expect(await going).toBe(true);
});

test('a port that is taken leads back to where it was chosen', async () => {
  await there();
  await form.choose();
  form.kode = KODE;
  Object.assign(first_start.pin, { pin: '7302', ulang: '7302' });
  wizard.devices.mockResolvedValue({ serial: [], cameras: [] });
  while (first_start.step !== 'ringkas') expect(await first_start.goOn()).toBe(true);
  wizard.finish.mockResolvedValue(refused('port_dipakai', 'port'));
  await first_start.goOn();
  expect([first_start.step, form.shows_advanced]).toEqual(['cadangan', true]);
  expect(form.errors.port).toContain('8443');
});
