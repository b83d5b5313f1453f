import { beforeEach, expect, test, vi } from 'vitest';
import type { Kunjungan } from '../../api/types';
import { KODE, kunjungan } from '../test_kunjungan';
import { KunjunganPage } from './kunjungan_page.svelte';
import { VisitParts } from './visit_parts.svelte';

beforeEach(() => localStorage.removeItem(`bukutamu.ulasan.${KODE}`));

const left = { status: 'selesai', bisa_batal: false, bisa_ulas: true, survei: true } as const;

function parts(changes: Partial<Kunjungan>, name = '') {
  const page = new KunjunganPage(KODE);
  page.take(kunjungan(changes));
  const route = { name, open: vi.fn(), close: vi.fn() };
  return { page, route, parts: new VisitParts(page, route) };
}

test('the address names a part, and what the visit does not allow is not shown', () => {
  expect(parts({}, 'batal').parts.current).toBe('batal');
  expect(parts({ bisa_batal: false }, 'batal').parts.current).toBe('janji');
  expect(parts({ ...left, rating: 4, bisa_ulas: false }, 'survei').parts.current).toBe('survei');
  expect(parts({}, 'survei').parts.current).toBe('janji');
});

test('after leaving the review comes by itself until it is left or skipped', () => {
  const { page, route, parts: shown } = parts(left);
  expect(shown.current).toBe('ulasan');
  shown.close();
  expect(shown.current).toBe('janji');
  expect(new VisitParts(page, { ...route, name: '' }).current).toBe('janji');
  expect(new VisitParts(page, { ...route, name: 'ulasan' }).current).toBe('ulasan');
  expect(parts({ ...left, rating: 5, bisa_ulas: false }).parts.current).toBe('janji');
});

test('without a connection there is only what needs none', () => {
  const { page, parts: shown } = parts({}, 'batal');
  page.failure = { kind: 'unreachable' };
  expect(shown.current).toBe('janji');
});
