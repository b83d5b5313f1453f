/** Every outcome of a scan and every refusal: its screen, colour, words and sound. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Failure } from '../api/result';
import type { ErrorCode, Hasil, JanjiTemu, Penolakan, Scan } from '../api/types';

vi.mock('../api/janji_temu', async () => (await import('./test_desk')).sent);
vi.mock('../api/client', async () => (await import('./test_desk')).nobody);
vi.mock('../shared/sounds', async () => (await import('./test_desk')).sound_mocks);

import { host } from '../host';
import { km } from '../i18n/desk_boards';
import { kt } from '../i18n/desk_work';
import { t } from '../i18n/kiosk';
import { clock } from '../shared/clock.svelte';
import { tamuName } from '../shared/names';
import { bodyOf, refusal } from '../test_answers';
import { NOW_MS } from '../test_clock';
import { Kiosk } from './kiosk.svelte';
import type { Screen } from './screen';
import { boardOf, type BoardColor } from './board_state';
import { away, came, sent, sounds, TOKEN } from './test_desk';
import schema from '../api/openapi.json';

const left = bodyOf<Scan>('scan-pulang').appointment as JanjiTemu;
const answers: Record<Hasil, Scan> = {
  datang: bodyOf('scan-datang'),
  sudah_datang: bodyOf('scan-sudah-datang'),
  pulang: bodyOf('scan-pulang'),
  sudah_selesai: bodyOf('scan-sudah-selesai'),
  pilih: bodyOf('scan-pilih'),
  tanpa_janji: bodyOf('scan-tanpa-janji'),
};
/** What these say, the database has: a yes may sound, and the board may be green or indigo. */
const RECORDED: BoardColor[] = ['', 'sebentar', 'pulang'];

let kiosk: Kiosk;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  vi.resetAllMocks();
  sent.lookAtCode.mockResolvedValue(away);
  host.choices.set('antrean', '[]');
  kiosk = new Kiosk();
});
afterEach(() => {
  kiosk.stop();
  vi.useRealTimers();
});

const board = () => boardOf(kiosk.screen, kiosk.janjiTemu, clock.now);
const heard = () => [sounds.soundYes.mock.calls.length, sounds.soundNo.mock.calls.length];
async function scanned(answer: { ok: true; data: Scan } | { ok: false; failure: Failure }): Promise<void> {
  sent.scan.mockResolvedValue(answer);
  await kiosk.scan(TOKEN);
}

/** The answer; then screen, board, the words above it, and how often yes and no sound. */
const OUTCOMES: [
  Hasil,
  Partial<JanjiTemu>,
  Screen['jenis'],
  BoardColor | undefined,
  string,
  number,
  number,
][] = [
  ['datang', {}, 'datang', '', t.datang.tanda, 1, 0],
  // Marked as not come in the night, and here all the same.
  ['datang', { terlambat: true }, 'datang', '', t.datang.tanda, 1, 0],
  ['sudah_datang', {}, 'sudah_datang', 'tanya', km.tanya.tanda, 0, 0],
  ['pulang', {}, 'pulang', 'pulang', t.pulang.tanda, 1, 0],
  ['sudah_selesai', {}, 'pulang', 'pulang', t.pulang.sudah, 0, 0],
  ['pilih', {}, 'pilih', 'tanya', km.pilih.tanda, 0, 0],
  ['tanpa_janji', {}, 'langsung', undefined, '', 0, 0],
];

test.each(OUTCOMES)('%s %o: %s, board “%s”, “%s”', async (hasil, changes, jenis, color, mark, yes, no) => {
  const data = answers[hasil];
  const appointment = data.appointment ? { ...data.appointment, ...changes } : null;
  await scanned({ ok: true, data: { ...data, appointment } });
  expect(kiosk.screen.jenis).toBe(jenis);
  expect([board()?.color, board()?.mark ?? '']).toEqual([color, mark]);
  expect(heard()).toEqual([yes, no]);
  expect(sounds.soundRead).toHaveBeenCalledOnce();
  if (color !== undefined && RECORDED.includes(color)) expect(appointment?.waktu_datang).toBeTruthy();
  else expect(yes).toBe(0);
});

test('the table knows every outcome that the server has', () => {
  const known = new Set(OUTCOMES.map(([hasil]) => hasil));
  expect([...known].sort()).toEqual([...schema.components.schemas.Hasil.enum].sort());
});

const REFUSALS = Object.keys(t.tolak.sebab_kode) as Penolakan[];

test('the words know every refusal that the server has', () => {
  expect([...REFUSALS].sort()).toEqual([...schema.components.schemas.Penolakan.enum].sort());
});

test.each(REFUSALS)(
  'refused as %s: brick, its own words, no yes, and nothing is promised',
  async (alasan) => {
    await scanned(refusal(422, alasan));
    expect(kiosk.screen).toMatchObject({ jenis: 'ditolak', alasan });
    expect(board()).toEqual({ color: 'tolak', mark: t.tolak.tanda });
    expect(heard()).toEqual([0, 1]);
    const { judul: title, lakukan } = t.tolak.sebab_kode[alasan];
    expect(`${title} ${lakukan}`).not.toMatch(/tercatat|selamat|terima kasih/i);
  },
);

test.each<[number, ErrorCode]>([
  [401, 'kredensial_salah'],
  [403, 'terlarang'],
  [405, 'metode_tidak_didukung'],
  [409, 'transisi_tidak_sah'],
  [422, 'isian_tidak_valid'],
  [500, 'kesalahan_server'],
])('%i %s says that the code could not be checked', async (status, code) => {
  await scanned(refusal(status, code));
  expect(kiosk.screen).toEqual({ jenis: 'ditolak', alasan: 'lain' });
  expect(board()?.color).toBe('tolak');
  expect(heard()).toEqual([0, 1]);
});

test.each<Failure>([
  { kind: 'unreachable' },
  { kind: 'unavailable' },
  refusal(429, 'terlalu_sering').failure,
])('not now ($kind): turmeric, it waits, and is not called recorded', async (failure) => {
  await scanned({ ok: false, failure });
  expect(kiosk.screen.jenis).toBe('tertunda');
  expect(board()).toEqual({ color: 'maaf', mark: t.tertunda.tanda });
  expect(heard()).toEqual([0, 1]);
  expect(kiosk.queue.scans).toHaveLength(1);
});

test('what cannot be read is turmeric, and nothing is asked', async () => {
  await kiosk.scan(TOKEN.slice(0, 30));
  expect(board()).toEqual({ color: 'maaf', mark: t.tak_terbaca.tanda });
  expect(heard()).toEqual([0, 1]);
  expect(sent.scan).not.toHaveBeenCalled();
});

test('what waits, and what has still to be picked, says itself that it is not recorded', () => {
  for (const words of [t.tertunda.tanda, km.pilih.tanda]) expect(words).toMatch(/belum tercatat/i);
});

const MINUTE_MS = 60_000;
const answered = (changes: Partial<JanjiTemu>): JanjiTemu => ({
  ...came,
  status: 'menunggu',
  tanggapan: 'x',
  ditanggapi_pada: new Date(NOW_MS).toISOString(),
  ...changes,
});
const shown: Screen = { jenis: 'datang', id: came.id, origin: 'kode', pada: NOW_MS };

test.each<[string, Partial<JanjiTemu>, number, BoardColor]>([
  ['comes', { tanggapan_jenis: 'ke_lobi' }, 0, ''],
  ['comes soon', { tanggapan_jenis: 'sebentar', tanggapan_menit: 5 }, 4 * MINUTE_MS, 'sebentar'],
  ['came not in time', { tanggapan_jenis: 'sebentar', tanggapan_menit: 5 }, 6 * MINUTE_MS, 'maaf'],
  ['has the guest brought', { tanggapan_jenis: 'antar', tanggapan_tempat: 'Ruang 3' }, 0, ''],
  ['cannot', { tanggapan_jenis: 'tidak_bisa' }, 0, 'maaf'],
  // What it means for the guest nobody here knows: nothing is promised in green.
  ['writes', { tanggapan_jenis: 'teks' }, 0, 'tanya'],
  ['wrote before answers had a kind', { tanggapan_jenis: null }, 0, 'tanya'],
  // Whoever has met the guru was answered in person.
  ['could not, and met the guest', { tanggapan_jenis: 'tidak_bisa', status: 'sedang berlangsung' }, 0, ''],
])('a guru who %s', (_, changes, later_ms, color) => {
  expect(boardOf(shown, answered(changes), NOW_MS + later_ms)?.color).toBe(color);
});

test('what another desk takes back leaves the screen', async () => {
  await scanned({ ok: true, data: answers.datang });
  kiosk.changed({ ...came, versi: came.versi + 1, status: 'belum', waktu_datang: null });
  expect(kiosk.screen.jenis).toBe('siap');
  await scanned({ ok: true, data: answers.pulang });
  // Old news is none.
  kiosk.changed({ ...left, versi: 0, status: 'menunggu' });
  expect(kiosk.screen.jenis).toBe('pulang');
  kiosk.changed({ ...left, versi: left.versi + 1, status: 'menunggu', waktu_selesai: null });
  expect(kiosk.screen.jenis).toBe('siap');
});

const UNANSWERED = { tanggapan: null, tanggapan_jenis: null };
test('a departure that is taken back shows the guest as waiting, and is no new arrival', async () => {
  await scanned({ ok: true, data: answers.pulang });
  const back = {
    ...left,
    versi: left.versi + 1,
    status: 'menunggu' as const,
    waktu_selesai: null,
    ...UNANSWERED,
  };
  sent.updateStatus.mockResolvedValue({ ok: true, data: back });
  sounds.soundYes.mockClear();
  // The event may come before the answer.
  kiosk.changed(back);
  await kiosk.moves.takeBack(left, 'menunggu');
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: left.id, origin: 'urung' });
  expect(board()).toEqual({ color: 'tanya', mark: kt.urung.tanda });
  expect(kiosk.side_notices.newest).toMatchObject({
    jenis: 'diurungkan',
    what: 'menunggu',
    tamu: tamuName(left),
  });
  expect(sounds.soundYes).not.toHaveBeenCalled();
});

test('an arrival that is taken back leaves the screen, and is said', async () => {
  await scanned({ ok: true, data: answers.datang });
  const none = { ...came, versi: came.versi + 1, status: 'belum' as const, waktu_datang: null };
  sent.updateStatus.mockResolvedValue({ ok: true, data: none });
  sounds.soundYes.mockClear();
  await kiosk.moves.takeBack(came, 'belum');
  expect(kiosk.screen.jenis).toBe('siap');
  expect(kiosk.side_notices.newest).toMatchObject({
    jenis: 'diurungkan',
    what: 'datang',
    tamu: tamuName(came),
  });
  expect(sounds.soundYes).not.toHaveBeenCalled();
});

test('what is taken back in the book leaves the book open', async () => {
  kiosk.openSearch();
  const back = { ...left, versi: left.versi + 1, status: 'menunggu' as const, waktu_selesai: null };
  sent.updateStatus.mockResolvedValue({ ok: true, data: back });
  await kiosk.moves.takeBack(left, 'menunggu');
  expect([kiosk.screen.jenis, kiosk.side_notices.newest?.jenis]).toEqual(['cari', 'diurungkan']);
});

test.each([true, false])('taken back, a visit opens again the one whose place it took: %s', async (works) => {
  const walk_in: JanjiTemu = { ...came, id: 90, jenis: 'langsung' };
  const ended: JanjiTemu = { ...came, versi: came.versi + 1, status: 'selesai' };
  const again: JanjiTemu = { ...ended, versi: ended.versi + 1, status: 'menunggu' };
  sent.updateStatus.mockResolvedValueOnce({ ok: true, data: ended });
  await kiosk.moves.close(came.id, walk_in.id);
  const off: JanjiTemu = { ...walk_in, versi: walk_in.versi + 1, status: 'batal' };
  sent.updateStatus
    .mockResolvedValueOnce({ ok: true, data: off })
    .mockResolvedValueOnce(works ? { ok: true, data: again } : refusal(409, 'kesalahan_server'));
  await kiosk.moves.takeBack(walk_in, 'batal');
  expect(sent.updateStatus.mock.calls.slice(1)).toEqual([
    [90, 'batal'],
    [came.id, 'menunggu'],
  ]);
  expect(kiosk.screen).toMatchObject(works ? { jenis: 'datang', id: came.id } : { jenis: 'siap' });
  expect(kiosk.side_notices.newest).toMatchObject({ what: works ? 'semula' : 'semula_gagal' });
});
