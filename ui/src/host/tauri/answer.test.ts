import { expect, test, vi } from 'vitest';

const invoke = vi.hoisted(() => vi.fn());
vi.mock('@tauri-apps/api/core', () => ({ invoke }));

import { answerText } from '../../test_answers';
import { TauriHost } from '../tauri';
import { readAnswer } from './answer';
import { readPicture } from './picture';

/** What the program says of an answer, as it writes it. */
const HEAD = JSON.parse(answerText('program-sekolah.txt').split('\n')[0] ?? '') as Record<string, unknown>;
const bytes = (head: object, body = '') => {
  expect(Object.keys(HEAD)).toEqual(expect.arrayContaining(Object.keys(head)));
  return new TextEncoder().encode(`${JSON.stringify({ ...HEAD, ...head })}\n${body}`);
};

test('the program’s answers are read as it writes them', async () => {
  const read = (file: string) => readAnswer(new TextEncoder().encode(answerText(file))).response;
  const agreed = read('program-sekolah.txt');
  expect([agreed.status, agreed.headers.get('Retry-After')]).toEqual([200, null]);
  expect(await agreed.json()).toMatchObject({ nama: 'Sekolah' });
  const refused = read('program-database-tidak-tersedia.txt');
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '2']);
  expect(refused.headers.get('Content-Type')).toBe('application/problem+json');
});

test('an answer is a line about it and then its body, line ends and all', async () => {
  const body = '{"nama":\n"SMP Négeri 3"}\n';
  const { response, clock_offset_ms } = readAnswer(bytes({ clock_offset_ms: 123 }, body));
  expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'application/json']);
  expect(await response.text()).toBe(body);
  expect(clock_offset_ms).toBe(123);
});

test('an answer without a body stays without one', async () => {
  const { response } = readAnswer(bytes({ status: 204, content_type: null }));
  expect([response.status, response.body]).toEqual([204, null]);
  const refused = readAnswer(bytes({ status: 429, retry_after: '7' })).response;
  expect([refused.headers.get('Retry-After'), await refused.text()]).toEqual(['7', '']);
});

test('what is no answer is none', () => {
  expect(() => readAnswer(new TextEncoder().encode('no head'))).toThrow();
});

test('a request goes out as method, path and text; the clock is kept where it is told', async () => {
  invoke.mockResolvedValueOnce(bytes({ clock_offset_ms: -4000 }, '{}').buffer);
  const host = new TauriHost();
  const url = 'http://127.0.0.1:8700/api/appointments?q=a%20b';
  await host.fetch(new Request(url, { method: 'POST', body: '{"kunci":"1"}' }));
  expect(invoke.mock.calls[0]?.slice(0, 2)).toEqual([
    'api_fetch',
    { method: 'POST', path: '/api/appointments?q=a%20b', body: '{"kunci":"1"}' },
  ]);
  expect(host.clockOffsetMs()).toBe(-4000);
  // A short message of the program may come as numbers.
  invoke.mockResolvedValueOnce([...bytes({}, '[]')]);
  expect(await (await host.fetch(new Request(url))).json()).toEqual([]);
  expect(invoke.mock.calls[1]?.[1]).toMatchObject({ method: 'GET', body: null });
  expect(host.clockOffsetMs()).toBe(-4000);
});

test('where nobody answers, the request rejects', async () => {
  invoke.mockRejectedValueOnce({ kind: 'unreachable' });
  await expect(new TauriHost().fetch(new Request('http://127.0.0.1:8700/readyz'))).rejects.toBeDefined();
});

test('a preview is its size and its pixels, and nothing is nothing', () => {
  const picture = readPicture(new Uint8Array([2, 0, 1, 0, 0, 255]));
  expect(picture).toMatchObject({ width: 2, height: 1 });
  expect(picture && [...picture.luma]).toEqual([0, 255]);
  expect(readPicture(new Uint8Array())).toBeUndefined();
  expect(readPicture(new Uint8Array([2, 0, 2, 0, 0, 255]))).toBeUndefined();
});
