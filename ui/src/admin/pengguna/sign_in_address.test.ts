import { beforeEach, expect, test, vi } from 'vitest';

const sent = vi.hoisted(() => ({ getSetelan: vi.fn() }));
vi.mock('../../api/setelan', () => sent);

import { failed, ok } from '../../api/result';
import { SignInAddress } from './sign_in_address.svelte';

const PROGRAM = { protocol: 'http:', hostname: 'tauri.localhost', origin: 'http://tauri.localhost' };
const BROWSER = { protocol: 'https:', hostname: '192.168.1.7', origin: 'https://192.168.1.7:8700' };
const LOCAL = { alamat_masuk: 'https://192.168.1.5:8700', alamat_publik: '', alamat_publik_tetap: false };

async function told(page: typeof PROGRAM, setelan?: Partial<typeof LOCAL> | { alamat_masuk: null }) {
  const answer = setelan ? ok({ ...LOCAL, ...setelan }) : failed({ kind: 'unavailable' });
  sent.getSetelan.mockResolvedValue(answer);
  const address = new SignInAddress(page);
  await address.load();
  return address;
}

beforeEach(() => sent.getSetelan.mockReset());

test('a slip names the server’s address in the school, also where the page itself has none', async () => {
  const address = await told(PROGRAM, {});
  expect(address.of('Guru')).toBe('https://192.168.1.5:8700/guru');
  expect(address.of('Penerima Tamu')).toBe('https://192.168.1.5:8700/kiosk');
  expect(address.of()).toBe('https://192.168.1.5:8700/guru');
  expect(address.is_local).toBe(true);
});

test('a public address is good everywhere', async () => {
  const public_address = 'https://tamu.sekolah.example';
  const address = await told(PROGRAM, { alamat_masuk: public_address, alamat_publik: public_address });
  expect([address.of('Admin'), address.is_local]).toEqual([`${public_address}/admin`, false]);
  expect((await told(PROGRAM, { alamat_masuk: public_address, alamat_publik_tetap: true })).is_local).toBe(
    false,
  );
});

test('without one, the page’s own address is named if others can open it', async () => {
  expect((await told(BROWSER, { alamat_masuk: null })).of()).toBe('https://192.168.1.7:8700/guru');
  expect((await told(BROWSER)).of()).toBe('https://192.168.1.7:8700/guru');
  for (const hostname of ['localhost', '127.0.0.1', '[::1]', 'tauri.localhost']) {
    expect((await told({ ...BROWSER, hostname })).of(), hostname).toBe('');
  }
});
