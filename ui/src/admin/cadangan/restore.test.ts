import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Pemulihan, Problem } from '../../api/types';

const sent = vi.hoisted(() => ({ getPemulihan: vi.fn(), startPemulihan: vi.fn() }));
vi.mock('../../api/pemulihan', () => sent);

import { failed, ok } from '../../api/result';
import { NOW_MS } from '../../test_clock';
import { Restore } from './restore.svelte';

const CHOSEN = { nama: 'bukutamu-20261122-190000.cadangan', dibuat_pada: '2026-11-22T19:00:00Z' };

const state = (changes: Partial<Pemulihan> = {}): Pemulihan => ({
  berjalan: null,
  gagal: null,
  lewat_perintah: false,
  terakhir: null,
  ...changes,
});
const at = (tahap: 'membuka' | 'mencocokkan' | 'menukar', persen: number): Pemulihan =>
  state({ berjalan: { nama: CHOSEN.nama, tahap, persen } });
const problem = (code: Problem['code']): Problem => ({
  status: 401,
  title: '',
  detail: '',
  code,
  errors: {},
});

let restore: Restore;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.getPemulihan.mockResolvedValue(ok(state()));
  restore = new Restore();
});
afterEach(() => {
  restore.stop();
  vi.useRealTimers();
});

function filled(): void {
  restore.choose(CHOSEN);
  restore.password = 'meja hijau 7';
  restore.is_understood = true;
}

test('nothing begins before somebody has understood and typed the own password', async () => {
  restore.choose(CHOSEN);
  expect(restore.can_start).toBe(false);
  restore.password = 'meja hijau 7';
  await restore.go();
  expect(sent.startPemulihan).not.toHaveBeenCalled();
  restore.is_understood = true;
  expect(restore.can_start).toBe(true);
});

test('a wrong password is told at its field, and is not kept', async () => {
  filled();
  sent.startPemulihan.mockResolvedValue(failed({ kind: 'problem', problem: problem('kredensial_salah') }));
  await restore.go();
  expect([restore.is_wrong_password, restore.password, restore.chosen]).toEqual([true, '', CHOSEN]);
  restore.close();
  expect([restore.failure, restore.chosen]).toEqual([undefined, undefined]);
});

test('one that is under way is followed until the server is away, and then until it is back', async () => {
  await restore.start();
  filled();
  sent.startPemulihan.mockResolvedValue(ok(at('membuka', 0)));
  await restore.go();
  expect(sent.startPemulihan).toHaveBeenCalledWith(CHOSEN.nama, 'meja hijau 7');
  expect([restore.chosen, restore.running?.tahap]).toEqual([undefined, 'membuka']);
  sent.getPemulihan.mockResolvedValue(ok(at('mencocokkan', 40)));
  await vi.advanceTimersByTimeAsync(1000);
  expect([restore.running?.persen, restore.is_switching]).toEqual([40, false]);
  sent.getPemulihan.mockResolvedValue(ok(at('menukar', 0)));
  await vi.advanceTimersByTimeAsync(1000);
  expect(restore.is_switching).toBe(true);
  for (const kind of ['unavailable', 'unreachable'] as const) {
    sent.getPemulihan.mockResolvedValue(failed({ kind }));
    await vi.advanceTimersByTimeAsync(1000);
    expect(restore.is_switching).toBe(true);
  }
  // The session is over, and the page asks to sign in.
  sent.getPemulihan.mockResolvedValue(failed({ kind: 'signed_out' }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(restore.is_switching).toBe(false);
  const looks = sent.getPemulihan.mock.calls.length;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent.getPemulihan.mock.calls.length).toBe(looks);
});

test('why it failed is told, and nobody looks again', async () => {
  sent.getPemulihan.mockResolvedValue(ok(at('mencocokkan', 99)));
  await restore.start();
  const gagal = { nama: CHOSEN.nama, pada: '2026-11-23T02:00:00Z', alasan: 'tidak_terbukti' } as const;
  sent.getPemulihan.mockResolvedValue(ok(state({ gagal })));
  await vi.advanceTimersByTimeAsync(1000);
  expect([restore.running, restore.failed]).toEqual([undefined, gagal]);
  const looks = sent.getPemulihan.mock.calls.length;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent.getPemulihan.mock.calls.length).toBe(looks);
});

test('a page that is left looks no more', async () => {
  sent.getPemulihan.mockResolvedValue(ok(at('membuka', 1)));
  await restore.start();
  restore.stop();
  const looks = sent.getPemulihan.mock.calls.length;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent.getPemulihan.mock.calls.length).toBe(looks);
});
