import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Problem, Result } from '../api/result';
import type { ErrorCode, JanjiTemu, JanjiTemuBaru } from '../api/types';

const sent = vi.hoisted(() => ({
  createJanjiTemu: vi.fn(),
  createSeries: vi.fn(),
  reschedule: vi.fn(),
  listDays: vi.fn(),
  listFreeTimes: vi.fn(),
}));
vi.mock('../api/janji_temu', () => sent);
vi.mock('../api/guru', () => sent);
vi.mock('../api/tamu', () => ({ searchTamu: vi.fn(), findByTelp: vi.fn() }));

import { t } from '../i18n/guru';
import { bodyOf, refusal } from '../test_answers';
import { NOW_MS } from '../test_clock';
import { Agenda } from './agenda.svelte';
import { JanjiTemuForm } from '../shared/undang/janji_temu_form.svelte';
import { timeOf } from '../shared/undang/day_minutes';
import { arrange, freePlaces } from './week';
import { hrefOf, parseRoute } from './route.svelte';
import { noLongerMovable } from './move_refusal';
import { RescheduleForm } from './reschedule_form.svelte';

const row = (changes: Partial<JanjiTemu> = {}): JanjiTemuBaru => ({
  ...bodyOf<JanjiTemuBaru>('janji-temu-dibuat'),
  id: 7,
  tanggal: '2026-11-24',
  waktu: '09:45',
  jadwal: '2026-11-24T02:45:00Z',
  ...changes,
});
const done = <T>(data: T): Result<T> => ({ ok: true, data });
const refused = (code: ErrorCode, more: Partial<Problem> = {}) => refusal(409, code, more);
const keys = () => sent.createJanjiTemu.mock.calls.map(([body]) => (body as { kunci: string }).kunci);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.listDays.mockResolvedValue(done([]));
  sent.listFreeTimes.mockResolvedValue(free());
});
afterEach(() => vi.useRealTimers());

test('an address and its screen are each other’s way back', () => {
  for (const hash of ['#/hari', '#/hari/2026-11-24', '#/minggu', '#/riwayat', '#/janji/7']) {
    expect(hrefOf(parseRoute(hash))).toBe(hash);
  }
  expect(parseRoute('#/hari/2026-99-99')).toEqual({ screen: 'hari' });
});

test('of two copies of an appointment the newer one stays', () => {
  const agenda = new Agenda();
  agenda.merge(row({ versi: 3, status: 'menunggu' }));
  agenda.merge(row({ versi: 2 }));
  expect(agenda.of('2026-11-24').map((item) => item.status)).toEqual(['menunggu']);
  expect(agenda.menunggu).toHaveLength(1);
  agenda.merge(row({ versi: 3, status: 'menunggu', waktu: '11:45' }));
  expect(agenda.find(7)?.waktu, 'the same one in another time zone').toBe('11:45');
});

const free = (...times: string[]) => done({ data: times.map((waktu) => ({ waktu })), sampai: '2027-01-23' });

test('what was handed over to another guru is shown no longer', () => {
  const agenda = new Agenda();
  agenda.merge(row({ id_guru: 2, versi: 1 }));
  agenda.merge(row({ id_guru: 5, versi: 2 }));
  expect(agenda.find(7)).toBeUndefined();
});

test('a new appointment is offered the first free time, unless somebody was faster', async () => {
  sent.listFreeTimes.mockResolvedValue(free('07:30', '08:45', '09:15'));
  const form = new JanjiTemuForm(2, { tanggal: '2026-11-24' });
  const chosen = new JanjiTemuForm(2, { tanggal: '2026-11-24' });
  chosen.jadwal.take('08:15');
  const typing = new JanjiTemuForm(2, { tanggal: '2026-11-24' });
  typing.jadwal.typed('11');
  const pressed = new JanjiTemuForm(2, { tanggal: '2026-11-24', waktu: '10:30' });
  await vi.advanceTimersByTimeAsync(0);
  const offered = [form, chosen, typing, pressed].map(({ jadwal }) => jadwal.waktu);
  expect(offered).toEqual(['08:45', '08:15', '08:00', '10:30']);
  expect(sent.listFreeTimes.mock.calls[0]).toEqual([2, '2026-11-24', 30, undefined]);

  sent.listFreeTimes.mockResolvedValue(free());
  const full = new JanjiTemuForm(2, { tanggal: '2026-11-24' });
  await vi.advanceTimersByTimeAsync(0);
  expect(full.jadwal.waktu).toBe('08:00');
});

test('a time that nobody chose is offered anew for another day or length; a full evening, the nearest', async () => {
  sent.listFreeTimes.mockResolvedValue(free('08:00', '09:00'));
  const { jadwal } = new JanjiTemuForm(2, { tanggal: '2026-11-24' });
  await vi.advanceTimersByTimeAsync(0);
  sent.listFreeTimes.mockResolvedValue(free('07:00', '10:00'));
  jadwal.chooseLength(60);
  await vi.advanceTimersByTimeAsync(0);
  expect(jadwal.waktu).toBe('10:00');
  sent.listFreeTimes.mockResolvedValue(free('07:00', '07:30'));
  jadwal.chooseDate('2026-11-25');
  await vi.advanceTimersByTimeAsync(0);
  expect(jadwal.waktu).toBe('07:30');
  jadwal.take('07:00');
  sent.listFreeTimes.mockResolvedValue(free('09:00'));
  jadwal.chooseDate('2026-11-26');
  await vi.advanceTimersByTimeAsync(0);
  expect(jadwal.waktu).toBe('07:00');
});

test('the nearest free time after a clash may be before it', async () => {
  const { jadwal } = new JanjiTemuForm(2, { tanggal: '2026-11-24', waktu: '10:00' });
  sent.listFreeTimes.mockResolvedValue(free('08:00', '09:30', '11:00'));
  await jadwal.refuse(refused('bentrok', { waktu_kosong: '11:00' }).failure);
  expect(jadwal.clash?.free_time).toBe('09:30');
});

test('another day or length asks for its own free times, and those of before are gone at once', async () => {
  sent.listFreeTimes.mockResolvedValue(free('08:00'));
  const { jadwal } = new JanjiTemuForm(2, { tanggal: '2026-11-24' });
  await vi.advanceTimersByTimeAsync(0);
  expect(jadwal.free_times).toEqual(['08:00']);
  jadwal.chooseDate('2026-11-25');
  expect(jadwal.free_times).toBeUndefined();
  jadwal.chooseLength(60);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.listFreeTimes.mock.calls.slice(1)).toEqual([
    [2, '2026-11-25', 30, undefined],
    [2, '2026-11-25', 60, undefined],
  ]);
});

test('what is typed counts once it is left, and what is no time stays to be corrected', async () => {
  const { jadwal } = new JanjiTemuForm(2, { tanggal: '2026-11-24' });
  await vi.advanceTimersByTimeAsync(0);
  jadwal.typed('2/12 1100');
  expect([jadwal.text, jadwal.tanggal]).toEqual(['2/12 1100', '2026-11-24']);
  expect(jadwal.apply()).toBe(true);
  expect([jadwal.text, jadwal.waktu]).toEqual(['Rab, 2 Des 2026 · 11.00', '11:00']);
  jadwal.typed('nanti');
  expect(jadwal.apply()).toBe(false);
  expect([jadwal.text, jadwal.is_complete]).toEqual(['nanti', false]);
  jadwal.typed('kemarin');
  jadwal.chooseDate('2026-11-26');
  expect([jadwal.text, jadwal.is_complete]).toEqual(['Kam, 26 Nov 2026 · 11.00', true]);
  jadwal.typed('24/1/2027 9.00');
  jadwal.apply();
  expect(jadwal.errors, 'later than the server says').toEqual({ tanggal: 'Paling lambat Sabtu, 23 Januari' });
  jadwal.typed('23/1/2027 9.00');
  expect(jadwal.apply() && jadwal.is_complete).toBe(true);
});

test('an empty place of the week is half an hour that is ahead and that nobody has', () => {
  const rows = [
    row({ waktu: '07:45', durasi_menit: 30 }),
    row({ id: 8, waktu: '09:00', durasi_menit: 30, status: 'batal' }),
  ];
  const places = freePlaces(rows, { dari: 7, sampai: 10 }, 29);
  expect(places.map((at) => timeOf(7 * 60 + at))).toEqual(['08:30', '09:00', '09:30']);
});

test('who has no answer yet stands before who has', () => {
  const agenda = new Agenda();
  const waiting = (id: number, waktu_datang: string, answer: Partial<JanjiTemu> = {}) =>
    agenda.merge(row({ id, status: 'menunggu', waktu_datang, ...answer }));
  waiting(1, '2026-11-23T02:10:00Z', { tanggapan: 'Saya ke lobi', tanggapan_jenis: 'ke_lobi' });
  waiting(2, '2026-11-23T02:30:00Z');
  waiting(3, '2026-11-23T02:20:00Z');
  expect(agenda.menunggu.map(({ id }) => id)).toEqual([3, 2, 1]);
});

test('of today it is the hour that is over, of another day the date', async () => {
  for (const [tanggal, field] of [
    ['2026-11-23', 'waktu'],
    ['2026-11-22', 'tanggal'],
  ] as const) {
    sent.createJanjiTemu.mockResolvedValue(
      refused('isian_tidak_valid', { errors: { tanggal: 'sudah lewat' } }),
    );
    const form = new JanjiTemuForm(2, { tanggal });
    Object.assign(form, { tamu: { id: 9 }, keperluan: 'Konsultasi' });
    await form.submit();
    expect(Object.keys(form.jadwal.errors)).toEqual([field]);
  }
});

test('appointments at the same time stand beside each other', () => {
  const places = arrange([row(), row({ id: 8, waktu: '10:00' }), row({ id: 9, waktu: '11:00' })], 7).map(
    ({ row: { id }, lane, lanes }) => [id, lane, lanes],
  );
  expect(places).toEqual([
    [7, 0, 2],
    [8, 1, 2],
    [9, 0, 1],
  ]);
});

test('nothing is sent before the form is whole, and every gap is named', async () => {
  const form = new JanjiTemuForm(2, { tanggal: '2026-11-24' });
  expect(await form.submit()).toBeUndefined();
  expect(Object.keys(form.errors)).toEqual(['tamu', 'keperluan']);
  expect(sent.createJanjiTemu).not.toHaveBeenCalled();
});

test('a clash names who is in the way, offers the free time and may be allowed', async () => {
  const form = new JanjiTemuForm(2, { tanggal: '2026-11-24' });
  form.newTamu();
  Object.assign(form, { nama: 'Hendra', telp: '081200007731', keperluan: 'Praktik kerja' });
  form.jadwal.waktu = '10:00';
  sent.listDays.mockResolvedValue(done([row({ id_guru: 2 }), row({ id: 8, id_guru: 2, waktu: '10:30' })]));
  sent.createJanjiTemu.mockResolvedValueOnce(
    refused('bentrok', { waktu_kosong: '11:00', errors: { waktu: 'kata-kata' } }),
  );
  expect(await form.submit()).toBeUndefined();
  expect(form.jadwal.clash?.free_time).toBe('11:00');
  expect(form.jadwal.clash?.others.map((other) => other.id)).toEqual([7]);
  form.jadwal.izinkan_bentrok = true;
  sent.createJanjiTemu.mockResolvedValueOnce(done(row({ id: 10 })));
  expect(await form.submit()).toMatchObject({ id: 10 });
  // Something else was asked for, so it is no repetition.
  expect(new Set(keys()).size).toBe(2);
});

test('who was found by the number is invited by the number, who was found by name as known', async () => {
  for (const [q, guest, expected] of [
    ['yoha', { id: 9, nama: 'Yohanes', telp: '+6281200007731' }, { id_tamu: 9 }],
    // Of a stranger only the name is told.
    [' 0812 0000 7731 ', { id: 9, nama: 'Yohanes' }, { tamu: { nama: 'Yohanes', telp: '0812 0000 7731' } }],
  ] as const) {
    const form = new JanjiTemuForm(2, { tanggal: '2026-11-24' });
    form.search.q = q;
    form.choose(guest);
    form.keperluan = 'Contoh buku';
    sent.createJanjiTemu.mockResolvedValueOnce(done(row()));
    await form.submit();
    const body = sent.createJanjiTemu.mock.calls.at(-1)?.[0] as object;
    const { id_tamu, tamu } = body as { id_tamu?: number; tamu?: object };
    expect({ ...(id_tamu ? { id_tamu } : {}), ...(tamu ? { tamu } : {}) }).toEqual(expected);
  }
});

test('rescheduling is one request, and what it answers is the appointment', async () => {
  const change = new RescheduleForm(row());
  expect(change.is_unchanged).toBe(true);
  change.jadwal.take('10:00');
  const moved = row({ versi: 2, waktu: '10:00' });
  sent.reschedule.mockResolvedValueOnce(done(moved));
  expect(await change.submit()).toBe(moved);
  const body = { tanggal: '2026-11-24', waktu: '10:00', durasi_menit: 30, izinkan_bentrok: false };
  expect(sent.reschedule.mock.calls).toEqual([[7, body]]);
  expect(sent.listFreeTimes.mock.calls, 'its own time is free for it').toEqual([[3, '2026-11-24', 30, 7]]);
});

test('an appointment is never named as what is in its own way', async () => {
  const change = new RescheduleForm(row());
  change.jadwal.take('10:00');
  sent.listDays.mockResolvedValue(done([row(), row({ id: 8, waktu: '10:15' })]));
  sent.reschedule.mockResolvedValueOnce(
    refused('bentrok', { waktu_kosong: '11:00', errors: { waktu: 'kata-kata' } }),
  );
  expect(await change.submit()).toBeUndefined();
  expect(change.jadwal.clash?.others.map((other) => other.id)).toEqual([8]);
  change.jadwal.izinkan_bentrok = true;
  sent.reschedule.mockResolvedValueOnce(done(row({ versi: 2 })));
  expect((await change.submit())?.id).toBe(7);
  expect(sent.reschedule.mock.calls.at(-1)?.[1]).toMatchObject({ izinkan_bentrok: true });
});

test('who has come meanwhile is no more moved or called off, and it is said why', () => {
  const why = (changes: Partial<JanjiTemu>) => noLongerMovable(row(changes), t.ubah.tiba);
  expect(why({ status: 'belum' })).toBeUndefined();
  expect(why({ status: 'menunggu', waktu_datang: '2026-11-23T01:25:00Z' })).toBe(
    'Tamu ini baru saja tiba (08.25); jadwal tidak bisa diubah lagi.',
  );
  expect(why({ status: 'batal' })).toBe(t.rincian.berubah);
});

test('where the guest has come meanwhile, it says so and nothing is half done', async () => {
  const change = new RescheduleForm(row());
  change.jadwal.take('13:00');
  sent.reschedule.mockResolvedValueOnce(refused('transisi_tidak_sah'));
  expect(await change.submit()).toBeUndefined();
  expect(change.message).toContain('baru saja diubah');
  sent.reschedule.mockResolvedValueOnce({ ok: false, failure: { kind: 'unreachable' } });
  expect(await change.submit()).toBeUndefined();
  expect(change.busy).toBe(false);
});

test('what was put off while nobody told goes from its old day', async () => {
  const agenda = new Agenda();
  agenda.merge(row());
  agenda.merge(row({ id: 8, tanggal: '2026-11-25' }));
  agenda.show('2026-11-24', '2026-11-24');
  await vi.waitFor(() => expect(agenda.of('2026-11-24')).toEqual([]));
  expect(agenda.of('2026-11-25')).toHaveLength(1);
});
