import { afterEach, expect, test, vi } from 'vitest';
import { failed, ok, type Result } from '../../api/result';
import type { Tamu } from '../../api/types';
import type { TamuSesi } from '../../host';
import { refusal } from '../../test_answers';
import { kunjungan } from '../test_kunjungan';
import { saveKunjungan, savedKunjungan } from '../visit/saved_kunjungan';
import { Account } from './account.svelte';

const RATNA: Tamu = {
  id: 7,
  nama: 'Ratna Wulandari',
  kode_qr: 'x',
  dibuat_pada: '2026-09-02T01:00:00Z',
};

afterEach(() => vi.useRealTimers());

function account(login: Result<Tamu> = ok(RATNA)) {
  let ended: (reason: 'signed_out' | 'ended') => void = () => undefined;
  const sesi = {
    restore: vi.fn<TamuSesi['restore']>(() => Promise.resolve(ok(undefined))),
    login: vi.fn(() => Promise.resolve(login)),
    changePassword: vi.fn<TamuSesi['changePassword']>(() => Promise.resolve(ok(RATNA))),
    logout: vi.fn(() => Promise.resolve()),
    watch: (listener: typeof ended) => {
      ended = listener;
      return () => undefined;
    },
  } satisfies TamuSesi;
  return { account: new Account(sesi), sesi, end: () => ended('ended') };
}

test('a guest signs in with number and password', async () => {
  const { account: own, sesi } = account();
  await own.start();
  expect(own.phase).toBe('keluar');
  await own.login(' 0812 0000 2289 ', 'rahasia12');
  expect(sesi.login).toHaveBeenCalledWith('0812 0000 2289', 'rahasia12');
  expect([own.phase, own.tamu?.nama]).toEqual(['masuk', 'Ratna Wulandari']);
});

test('an unknown number and a wrong password are refused in the same words', async () => {
  const { account: own } = account(refusal(401, 'kredensial_salah'));
  await own.start();
  await own.login('0812', 'apa');
  expect(own.errors).toEqual({ password: 'Nomor atau kata sandi tidak cocok. Periksa lagi.' });
});

test('too many attempts say how long to wait', async () => {
  const limited = refusal(429, 'terlalu_sering');
  const { account: own } = account({
    ...limited,
    failure: { ...limited.failure, retry_after_s: 60 } as never,
  });
  await own.start();
  await own.login('0812', 'apa');
  expect(own.errors.password).toContain('60 detik');
});

test('nothing is sent without number and password', async () => {
  const { account: own, sesi } = account();
  await own.start();
  await own.login('0812', '');
  expect(sesi.login).not.toHaveBeenCalled();
  expect(own.errors.password).toBeDefined();
});

test('where the server lets nothing else be done the first password is changed, and not asked for again', async () => {
  const { account: own, sesi } = account();
  await own.start();
  await own.login('0812', 'sementara');
  own.refused(refusal(403, 'wajib_ganti_password').failure);
  expect([own.phase, own.asks_old]).toEqual(['wajib_ganti_password', false]);
  expect(await own.changePassword('', 'kuda baterai staples')).toEqual({});
  expect(sesi.changePassword).toHaveBeenCalledWith('sementara', 'kuda baterai staples');
  expect(own.phase).toBe('masuk');
});

test('later a change asks for the present password', async () => {
  const { account: own, sesi } = account();
  await own.start();
  await own.login('0812', 'lama');
  await own.changePassword('lama', 'baru sekali ini');
  expect(sesi.changePassword).toHaveBeenCalledWith('lama', 'baru sekali ini');
  sesi.changePassword.mockResolvedValueOnce(refusal(401, 'kredensial_salah'));
  expect(await own.changePassword('salah', 'baru sekali ini')).toHaveProperty('lama');
});

test('after signing out, and after the session ended, the phone keeps no visit', async () => {
  const { account: own, end } = account();
  await own.start();
  await own.login('0812', 'rahasia12');
  saveKunjungan(kunjungan(), 1);
  end();
  expect([own.phase, own.message !== '', savedKunjungan(kunjungan().kode)]).toEqual([
    'keluar',
    true,
    undefined,
  ]);
  await own.login('0812', 'rahasia12');
  saveKunjungan(kunjungan(), 1);
  await own.logout();
  expect([own.phase, savedKunjungan(kunjungan().kode)]).toEqual(['keluar', undefined]);
});

test('a session that cannot be asked for is asked for again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const { account: own, sesi } = account();
  sesi.restore.mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  await own.start();
  expect([own.phase, own.unreachable?.kind]).toEqual(['mulai', 'unreachable']);
  sesi.restore.mockResolvedValueOnce(ok(RATNA));
  await vi.advanceTimersByTimeAsync(3000);
  expect([own.phase, own.unreachable]).toEqual(['masuk', undefined]);
});
