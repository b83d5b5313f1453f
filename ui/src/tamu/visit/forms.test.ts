import { afterEach, expect, test, vi } from 'vitest';
import { cancelKunjungan, getKunjungan } from '../../api/kunjungan';
import { failed, ok } from '../../api/result';
import { createUlasan } from '../../api/ulasan';
import { language } from '../../i18n/language.svelte';
import { refusal } from '../../test_answers';
import { KODE, kunjungan } from '../test_kunjungan';
import { CancelForm } from './cancel_form.svelte';
import { KunjunganPage } from './kunjungan_page.svelte';
import { UlasanForm } from './ulasan_form.svelte';

vi.mock('../../api/ulasan', () => ({ createUlasan: vi.fn() }));
vi.mock('../../api/kunjungan', () => ({ cancelKunjungan: vi.fn(), getKunjungan: vi.fn() }));
const create = vi.mocked(createUlasan);
const cancel = vi.mocked(cancelKunjungan);
afterEach(() => vi.resetAllMocks());

function cancelForm() {
  const page = new KunjunganPage(KODE);
  page.take(kunjungan());
  return { page, form: new CancelForm(page) };
}

test('a review needs a star, and takes a comment', async () => {
  const form = new UlasanForm(KODE);
  expect(await form.submit()).toBe(false);
  expect(form.message).toBe('Pilih bintang dahulu');
  expect(create).not.toHaveBeenCalled();
  form.choose(4);
  form.komentar = 'Ramah';
  create.mockResolvedValue(ok(undefined));
  expect(await form.submit()).toBe(true);
  expect(create).toHaveBeenCalledWith(KODE, 4, 'Ramah');
});

test('a review that was left at the desk meanwhile counts; one that was not sent is not lost', async () => {
  const form = new UlasanForm(KODE);
  form.choose(5);
  form.komentar = 'Ramah';
  create.mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  expect(await form.submit()).toBe(false);
  expect([form.rating, form.komentar, form.message !== '']).toEqual([5, 'Ramah', true]);
  create.mockResolvedValueOnce(refusal(409, 'ulasan_sudah_ada'));
  expect(await form.submit()).toBe(true);
});

test('a guest who cannot come gives a reason or none, and the guru reads it in the school’s language', async () => {
  const { page, form } = cancelForm();
  expect(form.alasan).toBe('');
  language.borrow('en');
  form.reason = 'sakit';
  expect(form.alasan).toBe('Sakit');
  language.giveBack();
  form.reason = 'tulis';
  form.words = '  Hujan deras  ';
  expect(form.alasan).toBe('Hujan deras');
  cancel.mockResolvedValue(ok(kunjungan({ versi: 2, status: 'batal', batal_oleh_tamu: true })));
  expect(await form.submit()).toBe(true);
  expect(cancel).toHaveBeenCalledWith(KODE, 'Hujan deras');
  expect(page.kunjungan?.status).toBe('batal');
});

test('a visit that has begun meanwhile is not called off, and the page says so', async () => {
  const { page, form } = cancelForm();
  cancel.mockResolvedValue(refusal(409, 'transisi_tidak_sah'));
  vi.mocked(getKunjungan).mockResolvedValue(ok(kunjungan({ versi: 2, status: 'menunggu' })));
  expect(await form.submit()).toBe(false);
  expect(page.message).not.toBe('');
  await vi.waitFor(() => expect(page.kunjungan?.status).toBe('menunggu'));
});
