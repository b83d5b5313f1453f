import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { agree, getKunjungan } from '../../api/kunjungan';
import { failed, ok } from '../../api/result';
import { announcer } from '../../shared/announcer.svelte';
import { NOW_MS } from '../../test_clock';
import { refusal } from '../../test_answers';
import { KODE, kunjungan } from '../test_kunjungan';
import { KunjunganPage } from './kunjungan_page.svelte';
import { forgetEveryKunjungan, savedKunjungan, saveKunjungan } from './saved_kunjungan';

vi.mock('../../api/kunjungan', () => ({ getKunjungan: vi.fn(), agree: vi.fn() }));
const get = vi.mocked(getKunjungan);

const noSocket = () => {
  throw new Error('no socket');
};
const open = () => new KunjunganPage(KODE, noSocket, () => true);
const offline = failed({ kind: 'unreachable' });

beforeEach(() => {
  forgetEveryKunjungan();
  announcer.text = '';
});
afterEach(() => vi.resetAllMocks());

test('what the server tells is shown, and kept on the phone', async () => {
  get.mockResolvedValue(ok(kunjungan()));
  const page = open();
  expect(page.kunjungan).toBeUndefined();
  await page.ask();
  expect(page.kunjungan).toEqual(kunjungan());
  expect(page.is_today).toBe(true);
  expect(savedKunjungan(KODE)).toEqual({ pada: NOW_MS, kunjungan: kunjungan() });
});

test('without a connection a page that was opened once shows what it knows, and how old it is', async () => {
  saveKunjungan(kunjungan(), NOW_MS - 90 * 60_000);
  get.mockResolvedValue(offline);
  const page = open();
  await page.ask();
  expect(page.kunjungan).toEqual(kunjungan());
  expect([page.is_stale, page.as_of]).toEqual([true, NOW_MS - 90 * 60_000]);
  get.mockResolvedValue(ok(kunjungan({ versi: 2 })));
  await page.ask();
  expect([page.is_stale, page.as_of]).toEqual([false, NOW_MS]);
});

test('a page that was never opened says so and shows nothing', async () => {
  get.mockResolvedValue(offline);
  const page = open();
  await page.ask();
  expect([page.kunjungan, page.failure?.kind, page.is_stale]).toEqual([undefined, 'unreachable', false]);
});

test('an older copy does not replace a newer one', () => {
  const page = open();
  page.take(kunjungan({ versi: 3, status: 'menunggu' }));
  page.take(kunjungan({ versi: 2 }));
  expect(page.kunjungan?.status).toBe('menunggu');
});

test('a change is said to a screen reader, the first sight is not', () => {
  const page = open();
  page.take(kunjungan());
  expect(announcer.text).toBe('');
  page.take(kunjungan({ versi: 2, status: 'menunggu' }));
  expect(announcer.text).toContain('Pak Bambang Prasetyo sudah diberi tahu');
  page.take(
    kunjungan({
      versi: 3,
      status: 'menunggu',
      tanggapan: 'Saya ke lobi',
      tanggapan_jenis: 'ke_lobi',
      ditanggapi_pada: '2026-11-23T02:40:00Z',
    }),
  );
  expect(announcer.text).toBe('Pak Bambang Prasetyo menuju Lobi utama. Dijawab 09.40');
});

test.each([
  ['tidak_ditemukan', 404, 'tidak_ada'],
  ['kedaluwarsa', 410, 'kedaluwarsa'],
] as const)('%s ends the page, and the phone forgets the visit', async (code, status, closed) => {
  saveKunjungan(kunjungan(), NOW_MS);
  get.mockResolvedValue(refusal(status, code));
  const page = open();
  await page.ask();
  expect([page.closed, page.kunjungan, savedKunjungan(KODE)]).toEqual([closed, undefined, undefined]);
});

test('an address without a code asks nobody', () => {
  const page = new KunjunganPage('', noSocket);
  page.start();
  expect(page.closed).toBe('tidak_ada');
  expect(get).not.toHaveBeenCalled();
});

test('a refused step says why, and shows how the visit stands now', async () => {
  vi.mocked(agree).mockResolvedValue(refusal(409, 'versi_usang'));
  get.mockResolvedValue(ok(kunjungan({ versi: 5 })));
  const page = open();
  page.take(kunjungan({ persetujuan: { teks: 'Izin', versi: '1' } }));
  await page.agree();
  expect(agree).toHaveBeenCalledWith(KODE, '1');
  expect(page.message).not.toBe('');
  await vi.waitFor(() => expect(page.kunjungan?.versi).toBe(5));
});

test('what the guest presses counts while the page asks', async () => {
  get.mockReturnValue(new Promise(() => undefined));
  vi.mocked(agree).mockResolvedValue(ok(kunjungan({ versi: 2 })));
  const page = open();
  page.take(kunjungan({ persetujuan: { teks: 'Izin', versi: '1' } }));
  void page.ask();
  await page.agree();
  expect(page.kunjungan?.persetujuan).toBeNull();
});
