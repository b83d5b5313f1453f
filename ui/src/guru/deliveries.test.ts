import { beforeEach, expect, test, vi } from 'vitest';
import type { JanjiTemuBaru, PesanKeluar } from '../api/types';

const sent = vi.hoisted(() => ({ listAllPesan: vi.fn(), sendPesanAgain: vi.fn() }));
vi.mock('../api/pesan', () => sent);

import { bodyOf, refusal } from '../test_answers';
import { CalledOff, calledOffText } from './called_off.svelte';
import { Deliveries } from './deliveries.svelte';

const pesan = (id: number, changes: Partial<PesanKeluar> = {}): PesanKeluar => ({
  id,
  jenis: 'undangan',
  id_janji_temu: 7,
  penerima: 'Ratna Wulandari',
  saluran: 'whatsapp',
  keadaan: 'menunggu',
  percobaan: 0,
  dibuat_pada: '2026-11-23T02:40:00Z',
  diubah_pada: '2026-11-23T02:40:00Z',
  ...changes,
});
const janji = (changes: Partial<JanjiTemuBaru> = {}): JanjiTemuBaru => ({
  ...bodyOf<JanjiTemuBaru>('janji-temu-dibuat'),
  id: 7,
  tanggal: '2026-11-24',
  waktu: '09:45',
  ...changes,
});
const called_off = (changes: Partial<JanjiTemuBaru> = {}) =>
  janji({ status: 'batal', batal_oleh_tamu: true, alasan: 'Anak sakit', ...changes });

beforeEach(() => {
  for (const mock of Object.values(sent)) mock.mockReset();
});

test('of two copies of a message the one that changed last stays, whatever came first', async () => {
  const deliveries = new Deliveries();
  deliveries.merge(pesan(1, { keadaan: 'dibaca', diubah_pada: '2026-11-23T02:41:00Z' }));
  sent.listAllPesan.mockResolvedValue({ ok: true, data: [pesan(1, { keadaan: 'terkirim' })] });
  await deliveries.load({ id_janji_temu: 7 });
  expect(deliveries.latest(7)?.keadaan).toBe('dibaca');
});

test('what is shown beside a guest is the newest message to the guest that is still needed', () => {
  const deliveries = new Deliveries();
  deliveries.merge(pesan(1, { keadaan: 'dibaca' }));
  deliveries.merge(pesan(2, { jenis: 'pindah', keadaan: 'gagal', alasan: 'nomor_tanpa_whatsapp' }));
  deliveries.merge(pesan(3, { jenis: 'pengingat', keadaan: 'usang' }));
  deliveries.merge(pesan(4, { jenis: 'kedatangan', keadaan: 'terkirim' }));
  deliveries.merge(pesan(5, { id_janji_temu: 8 }));
  deliveries.merge(pesan(6, { id_janji_temu: null, jenis: 'kredensial' }));
  expect(deliveries.of(7).map(({ id }) => id)).toEqual([3, 2, 1]);
  expect(deliveries.latest(7)?.id).toBe(2);
});

test('a message is sent again once at a time, and what stops it is told beside it', async () => {
  const deliveries = new Deliveries();
  const row = pesan(1, { keadaan: 'gagal' });
  deliveries.merge(row);
  let answer: (value: unknown) => void = () => undefined;
  sent.sendPesanAgain.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const first = deliveries.sendAgain(row);
  expect(await deliveries.sendAgain(row)).toBe(false);
  answer({ ok: true, data: pesan(1, { diubah_pada: '2026-11-23T02:45:00Z' }) });
  expect(await first).toBe(true);
  expect(sent.sendPesanAgain).toHaveBeenCalledTimes(1);
  expect(deliveries.latest(7)?.keadaan).toBe('menunggu');
  const refused = refusal(429, 'terlalu_sering');
  sent.sendPesanAgain.mockResolvedValueOnce(refused);
  expect(await deliveries.sendAgain(row)).toBe(false);
  expect(deliveries.failureOf(row)).toBe(refused.failure);
  expect(deliveries.isBusy(row)).toBe(false);
});

test('a guest who calls off is told once, by an event or by the list after a gap', () => {
  const told = vi.fn();
  const news = new CalledOff(told);
  news.told(janji(), called_off());
  news.changed(janji(), called_off());
  news.told(undefined, called_off({ versi: 9 }));
  expect(told).toHaveBeenCalledTimes(1);
  expect(calledOffText(called_off())).toContain('Alasan: Anak sakit');
  news.close(7);
  expect(news.list).toEqual([]);
  news.changed(janji({ id: 8 }), called_off({ id: 8 }));
  expect(news.list.map(({ id }) => id)).toEqual([8]);
});

test('what the school or the guru called off is no news of a guest', () => {
  const told = vi.fn();
  const news = new CalledOff(told);
  news.told(janji(), janji({ status: 'batal', batal_oleh_tamu: false }));
  news.told(called_off(), called_off({ versi: 9 }));
  expect(told).not.toHaveBeenCalled();
});
