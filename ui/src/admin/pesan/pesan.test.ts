import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PesanKeluar, SaluranRow } from '../../api/types';

const sent = vi.hoisted(() => ({
  listPesan: vi.fn(),
  listAllPesan: vi.fn(),
  sendPesanAgain: vi.fn(),
  listSaluran: vi.fn(),
  connectSaluran: vi.fn(),
}));
vi.mock('../../api/pesan', () => sent);
vi.mock('../../api/saluran', () => sent);

import { failed, ok } from '../../api/result';
import { NOW_MS } from '../../test_clock';
import { saluranText, whyText } from '../../shared/pesan_text';
import { Channels } from '../setelan/channels.svelte';
import { PesanList } from './pesan_list.svelte';

const pesan = (id: number, changes: Partial<PesanKeluar> = {}): PesanKeluar => ({
  id,
  jenis: 'undangan',
  id_janji_temu: id,
  penerima: 'Ratna Wulandari',
  saluran: 'whatsapp',
  keadaan: 'gagal',
  percobaan: 1,
  dibuat_pada: '2026-11-23T02:40:00Z',
  diubah_pada: '2026-11-23T02:40:00Z',
  ...changes,
});
const page = (...rows: PesanKeluar[]) => ok({ data: rows, total: rows.length });
const saluran = (nama: 'whatsapp' | 'email', changes: Partial<SaluranRow> = {}): SaluranRow => ({
  nama,
  penyedia: nama === 'email' ? 'smtp' : 'waha',
  dari_lingkungan: false,
  keadaan: 'siap',
  ...changes,
});

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.listPesan.mockResolvedValue(page(pesan(2), pesan(1)));
  sent.sendPesanAgain.mockImplementation((id: number) =>
    Promise.resolve(ok(pesan(id, { keadaan: 'menunggu', diubah_pada: '2026-11-23T02:41:00Z' }))),
  );
});
afterEach(() => vi.useRealTimers());

async function listed(): Promise<PesanList> {
  const list = new PesanList();
  list.start();
  await vi.advanceTimersByTimeAsync(0);
  return list;
}

test('messages are filtered by state, and failed ones are counted whatever is shown', async () => {
  const list = await listed();
  expect(list.failed_count).toBe(2);
  list.choose('terkirim');
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.listPesan.mock.calls.at(-2)).toEqual([{ keadaan: ['diserahkan', 'terkirim'] }, 1, 20]);
  expect(sent.listPesan.mock.calls.at(-1)).toEqual([{ keadaan: ['gagal'] }, 1, 1]);
});

test('an event shows at once, an older one does not, and many load the list once', async () => {
  const list = await listed();
  list.told(pesan(2, { keadaan: 'dibaca', diubah_pada: '2026-11-23T02:41:00Z' }));
  list.told(pesan(2, { keadaan: 'terkirim', diubah_pada: '2026-11-23T02:39:00Z' }));
  list.told(pesan(9));
  expect(list.rows.map(({ id, keadaan }) => [id, keadaan])).toEqual([
    [2, 'dibaca'],
    [1, 'gagal'],
  ]);
  sent.listPesan.mockClear();
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent.listPesan).toHaveBeenCalledTimes(2);
});

test('all failed ones are sent again, those on other pages too, and none after the server went away', async () => {
  const list = await listed();
  sent.listAllPesan.mockResolvedValue(ok([pesan(3), pesan(2), pesan(1)]));
  expect(await list.sendFailedAgain()).toBe(3);
  expect(sent.sendPesanAgain.mock.calls.flat()).toEqual([3, 2, 1]);
  sent.sendPesanAgain.mockReset().mockResolvedValue(failed({ kind: 'unreachable' }));
  expect(await list.sendFailedAgain()).toBe(0);
  expect(sent.sendPesanAgain).toHaveBeenCalledTimes(1);
  expect(list.progress).toBeUndefined();
});

test('a refusal stands at its row and keeps no other from being sent', async () => {
  const list = await listed();
  list.toggle(pesan(2));
  list.toggle(pesan(1));
  const gone = failed({ kind: 'signed_out' });
  sent.sendPesanAgain.mockResolvedValueOnce(gone);
  expect(await list.sendChosenAgain()).toBe(1);
  expect(list.failureOf(pesan(2))).toBe(gone.failure);
  expect(list.chosen.size).toBe(0);
});

test('a channel that breaks shows at once and goes when it works again', async () => {
  sent.listSaluran.mockResolvedValue(
    ok({ data: [saluran('email'), saluran('whatsapp')], urutan: ['whatsapp', 'email'] }),
  );
  const channels = new Channels();
  await channels.loading.load();
  expect(channels.ordered.map(({ nama }) => nama)).toEqual(['whatsapp', 'email']);
  channels.told({ nama: 'whatsapp', alasan: 'sesi_putus' });
  expect(channels.faulty.map(({ nama, alasan }) => [nama, alasan])).toEqual([['whatsapp', 'sesi_putus']]);
  channels.told({ nama: 'whatsapp', alasan: null });
  expect(channels.faulty).toEqual([]);
});

test('a channel that is not set up is no fault, and one that is not used comes last', async () => {
  sent.listSaluran.mockResolvedValue(
    ok({ data: [saluran('whatsapp', { keadaan: 'belum_diatur' }), saluran('email')], urutan: ['email'] }),
  );
  const channels = new Channels();
  await channels.loading.load();
  expect(channels.faulty).toEqual([]);
  expect(channels.ordered.map(({ nama }) => nama)).toEqual(['email', 'whatsapp']);
});

test('looking again tells what was found, or why nobody could look', async () => {
  sent.listSaluran.mockResolvedValue(
    ok({ data: [saluran('whatsapp', { keadaan: 'terganggu', alasan: 'sesi_putus' })], urutan: [] }),
  );
  const channels = new Channels();
  await channels.loading.load();
  sent.connectSaluran.mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  await channels.connect('whatsapp');
  expect([channels.failure?.kind, channels.faulty.length]).toEqual(['unreachable', 1]);
  const broken = saluran('whatsapp', { keadaan: 'terganggu', alasan: 'sesi_putus' });
  sent.connectSaluran.mockResolvedValueOnce(ok(broken));
  await channels.connect('whatsapp');
  expect([channels.failure, channels.still_faulty]).toEqual([undefined, 'whatsapp']);
  sent.connectSaluran.mockResolvedValueOnce(ok(saluran('whatsapp')));
  await channels.connect('whatsapp');
  expect([channels.failure, channels.faulty.length]).toEqual([undefined, 0]);
});

test('a message says why it waits and when it goes on, of another day with the day', () => {
  const waiting = (changes: Partial<PesanKeluar>) => whyText(pesan(1, { keadaan: 'menunggu', ...changes }));
  expect(waiting({ alasan: 'sesi_putus', percobaan_berikut: '2026-11-23T03:08:00Z' })).toBe(
    'WhatsApp sekolah terputus; dicoba lagi 10.08',
  );
  expect(waiting({ percobaan_berikut: '2026-11-23T23:00:00Z' })).toBe(
    'Dalam antrean; dikirim Sel, 24 Nov 06.00',
  );
  expect(waiting({ percobaan_berikut: '2026-11-23T02:00:00Z' }), 'now').toBe('Dalam antrean');
  expect(whyText(pesan(1, { alasan: 'nomor_tanpa_whatsapp' }))).toBe('Nomor ini tidak memakai WhatsApp');
  expect(saluranText(pesan(1, { saluran: null }))).toBe('Tanpa saluran');
  expect(saluranText(pesan(1, { saluran: null, keadaan: 'menunggu' }))).toBe('Belum dipilih');
});
