import { beforeEach, expect, test, vi } from 'vitest';
import { ok, type Result } from '../../api/result';
import type { Setelan } from '../../api/types';

const sent = vi.hoisted(() => ({ setLogo: vi.fn(), removeLogo: vi.fn(), logoFile: vi.fn() }));
vi.mock('../../api/setelan', () => sent);
vi.mock('../../api/laporan', () => sent);

import { refusal } from '../../test_answers';
import { Logo } from './logo.svelte';

const DONE: Result<unknown> = ok(undefined);
const picture = (type = 'image/png', bytes = 10) => new File([new Uint8Array(bytes)], 'logo', { type });

/** A form whose settings become those that the server has next. */
function formOf(...answers: { versi: number; logo: string | null }[]) {
  const form = {
    setelan: answers.shift() as Setelan | undefined,
    loading: {
      load: vi.fn(() => {
        form.setelan = (answers.shift() as Setelan | undefined) ?? form.setelan;
        return Promise.resolve();
      }),
    },
  };
  return form as unknown as ConstructorParameters<typeof Logo>[0] & typeof form;
}

beforeEach(() => {
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.setLogo.mockResolvedValue(DONE);
  sent.removeLogo.mockResolvedValue(DONE);
  sent.logoFile.mockResolvedValue(ok(new Blob([], { type: 'image/png' })));
  URL.createObjectURL = vi.fn(() => 'blob:logo');
  URL.revokeObjectURL = vi.fn();
});

test('what is no picture, or too large, is told before anything is sent', async () => {
  const logo = new Logo(formOf({ versi: 3, logo: null }));
  expect(await logo.choose(picture('image/svg+xml'))).toBe(false);
  expect(logo.error).toContain('PNG atau JPEG');
  expect(await logo.choose(picture('image/png', 512 * 1024 + 1))).toBe(false);
  expect(logo.error).toContain('512 kB');
  expect(sent.setLogo).not.toHaveBeenCalled();
  expect(await logo.choose(picture('image/jpeg', 512 * 1024))).toBe(true);
  expect(logo.error).toBe('');
});

test('a damaged picture is told so, and one with too many pixels', async () => {
  const logo = new Logo(formOf({ versi: 3, logo: null }));
  const damaged = refusal(422, 'isian_tidak_valid', { errors: { logo: 'x' } });
  sent.setLogo.mockResolvedValueOnce(damaged);
  expect(await logo.choose(picture())).toBe(false);
  expect(logo.error).toContain('rusak');
  sent.setLogo.mockResolvedValueOnce(refusal(413, 'terlalu_besar'));
  await logo.choose(picture());
  expect(logo.error).toContain('terlalu besar');
});

test('another admin’s logo is not overwritten unseen, other settings do not matter', async () => {
  const others = formOf({ versi: 3, logo: null }, { versi: 4, logo: null });
  sent.setLogo.mockResolvedValueOnce(refusal(409, 'versi_usang'));
  const logo = new Logo(others);
  expect(await logo.choose(picture())).toBe(true);
  expect(sent.setLogo.mock.calls.map(([, versi]: unknown[]) => versi)).toEqual([3, 4]);
  sent.setLogo.mockClear();
  const theirs = formOf({ versi: 3, logo: null }, { versi: 4, logo: '2026-11-23T02:00:00Z' });
  sent.setLogo.mockResolvedValueOnce(refusal(409, 'versi_usang'));
  const mine = new Logo(theirs);
  expect(await mine.choose(picture())).toBe(false);
  expect(mine.error).toContain('Admin lain');
  expect(sent.setLogo).toHaveBeenCalledTimes(1);
  expect(await mine.remove()).toBe(true);
  expect(sent.removeLogo).toHaveBeenLastCalledWith(4);
});

test('a picture is asked for only if there is one, and once', async () => {
  const logo = new Logo(formOf({ versi: 3, logo: null }));
  await logo.show(null);
  expect(sent.logoFile).not.toHaveBeenCalled();
  await logo.show('2026-11-23T02:00:00Z');
  await logo.show('2026-11-23T02:00:00Z');
  expect([sent.logoFile.mock.calls.length, logo.url]).toEqual([1, 'blob:logo']);
  await logo.show(null);
  expect(logo.url).toBe('');
});
