import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Problem } from '../api/result';

const sent = vi.hoisted(() => ({
  createJanjiTemu: vi.fn(),
  createSeries: vi.fn(),
  listDays: vi.fn(),
  listFreeTimes: vi.fn(),
}));
vi.mock('../api/janji_temu', () => sent);
vi.mock('../api/guru', () => sent);
vi.mock('../api/tamu', () => ({ searchTamu: vi.fn(), findByTelp: vi.fn() }));

import { refusal } from '../test_answers';
import { NOW_MS } from '../test_clock';
import { JanjiTemuForm } from '../shared/undang/janji_temu_form.svelte';

const done = { ok: true, data: { data: [], dilewati: [{ tanggal: '2026-12-01', alasan: 'libur' }] } };

async function formOf(text = 'Dewi,081200005160\nTogi,081200008842'): Promise<JanjiTemuForm> {
  const form = new JanjiTemuForm(2, { tanggal: '2026-11-24', waktu: '09:00' });
  await vi.advanceTimersByTimeAsync(0);
  form.attendance = 'beberapa';
  form.several.add(text);
  form.keperluan = 'Rapat komite';
  return form;
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.listFreeTimes.mockResolvedValue({ ok: true, data: { data: [], sampai: '2027-01-23' } });
  sent.createSeries.mockResolvedValue(done);
});
afterEach(() => vi.useRealTimers());

test('several guests are one request, the first of them apart', async () => {
  const form = await formOf();
  expect(await form.submit()).toBe(done.data);
  expect(sent.createSeries.mock.calls[0]?.[0]).toMatchObject({
    tamu: { nama: 'Dewi', telp: '081200005160' },
    tamu_lain: [{ nama: 'Togi', telp: '081200008842' }],
    keperluan: 'Rapat komite',
    tanggal: '2026-11-24',
  });
  expect(sent.createSeries.mock.calls[0]?.[0]).not.toHaveProperty('ulang');
});

test('nothing is sent while a line is wrong, and a line that is left out is not missed', async () => {
  const form = await formOf('Dewi,081200005160\nSukirman,0812 44\nTogi,081200008842');
  expect(await form.submit()).toBeUndefined();
  expect(sent.createSeries).not.toHaveBeenCalled();
  expect(form.errors.tamu).toContain('1 baris');
  expect(form.several.faultAt(1)).toMatchObject({ column: 'telp' });
  form.several.remove(form.several.lines[1]?.id ?? 0);
  expect(await form.submit()).toBe(done.data);
});

test('no more than sixty guests at once', async () => {
  const many = Array.from({ length: 61 }, (_, at) => `Tamu ${at},0812000${10_000 + at}`).join('\n');
  const form = await formOf(many);
  expect(form.several.is_full).toBe(true);
  expect(await form.submit()).toBeUndefined();
  form.several.remove(form.several.lines[60]?.id ?? 0);
  expect(await form.submit()).toBe(done.data);
});

test('what the server finds wrong with a guest stands at that guest until it is mended', async () => {
  const form = await formOf('Dewi,081200005160\nTogi,081200008842\nLim,081200003041');
  for (const [field, place] of [
    ['tamu.telp', 0],
    ['tamu_lain.1.telp', 2],
    ['tamu_lain[0].telp', 1],
  ] as const) {
    const more: Partial<Problem> = { errors: { [field]: 'nomor ini salah' } };
    sent.createSeries.mockResolvedValueOnce(refusal(422, 'isian_tidak_valid', more));
    await form.submit();
    expect(
      [0, 1, 2].filter((at) => form.several.faultAt(at)),
      field,
    ).toEqual([place]);
    expect(form.message).toBe('');
    const line = form.several.lines[place];
    if (line) form.several.changed(line);
    expect(form.several.faulty_count).toBe(0);
  }
});

test('an appointment repeats weekly until a day, which is typed as people type it', async () => {
  const form = await formOf('Dewi,081200005160');
  form.repeat.is_on = true;
  expect(form.repeat.days).toEqual(['2026-11-24', '2026-12-01', '2026-12-08', '2026-12-15']);
  form.repeat.typed('6 jan');
  await form.submit();
  expect(sent.createSeries.mock.calls[0]?.[0]).toMatchObject({
    ulang: { setiap: 'minggu', sampai: '2027-01-06' },
  });
  expect(form.repeat.days.at(-1)).toBe('2027-01-05');
});

test('a series ends neither before it begins nor later than can be booked', async () => {
  const form = await formOf('Dewi,081200005160');
  form.repeat.is_on = true;
  for (const text of ['nanti', '23/11/2026', '24/1/2027']) {
    form.repeat.typed(text);
    expect(await form.submit(), text).toBeUndefined();
    expect(form.repeat.error, text).not.toBe('');
  }
  expect(sent.createSeries).not.toHaveBeenCalled();
  form.repeat.is_on = false;
  sent.createJanjiTemu.mockResolvedValue({ ok: true, data: { id: 10 } });
  expect(await form.submit(), 'what is switched off is not looked at').toEqual({ id: 10 });
});

test('a group has one code and two people at least', async () => {
  const form = await formOf();
  form.attendance = 'rombongan';
  form.tamu = { id: 4, nama: 'Ratna' };
  for (const text of ['', '1', '1000', 'banyak', '2,5']) {
    form.jumlah_orang = text;
    expect(await form.submit(), text).toBeUndefined();
    expect(form.errors.jumlah_orang, text).toBeDefined();
  }
  form.jumlah_orang = ' 12 ';
  sent.createJanjiTemu.mockResolvedValue({ ok: true, data: { id: 10 } });
  await form.submit();
  expect(sent.createJanjiTemu.mock.calls[0]?.[0]).toMatchObject({ id_tamu: 4, jumlah_orang: 12 });
  expect(sent.createJanjiTemu.mock.calls[0]?.[0]).not.toHaveProperty('tamu_lain');
});
