import { beforeEach, expect, test, vi } from 'vitest';

const sent = vi.hoisted(() => ({ updateSaluran: vi.fn(), removeSaluran: vi.fn(), trySaluran: vi.fn() }));
vi.mock('../../api/saluran', () => sent);

import { ok } from '../../api/result';
import { refusal } from '../../test_answers';
import { ChannelForm } from './channel_form.svelte';
import { Trial } from './trial.svelte';

beforeEach(() => {
  for (const mock of Object.values(sent)) mock.mockReset();
});

const whatsapp = { nama: 'whatsapp', penyedia: 'waha', dari_lingkungan: false, keadaan: 'siap' } as const;

test('each provider is sent what it asks for and nothing of the others', async () => {
  const form = new ChannelForm(whatsapp);
  expect(form.penyedia).toBe('waha');
  form.values = { base: 'https://wa.example', key: ' rahasia ', session: '' };
  form.penyedia = 'fonnte';
  expect(await form.save()).toBeUndefined();
  expect(Object.keys(form.errors)).toEqual(['token']);
  form.values.token = 'abc';
  sent.updateSaluran.mockResolvedValue(ok(whatsapp));
  await form.save();
  form.penyedia = 'waha';
  await form.save();
  sent.removeSaluran.mockResolvedValue(ok(whatsapp));
  await form.remove();
  expect(sent.removeSaluran.mock.calls).toEqual([['whatsapp']]);
  expect(sent.updateSaluran.mock.calls).toEqual([
    ['whatsapp', { whatsapp: { penyedia: 'fonnte', token: 'abc', base: 'https://wa.example' } }],
    ['whatsapp', { whatsapp: { penyedia: 'waha', base: 'https://wa.example', key: 'rahasia' } }],
  ]);
});

test('e-mail is set up by its server’s address', async () => {
  const form = new ChannelForm({ ...whatsapp, nama: 'email', penyedia: null });
  form.values = { url: 'smtps://a:b@surat.example:465', dari: 'tu@sekolah.example' };
  const more = { errors: { url: 'tulis seperti smtps://…' } };
  sent.updateSaluran.mockResolvedValueOnce(refusal(422, 'isian_tidak_valid', more));
  expect(await form.save()).toBeUndefined();
  expect(form.errors['url']).toContain('Tulis seperti');
  expect(sent.updateSaluran.mock.calls[0]).toEqual([
    'email',
    { smtp: { url: 'smtps://a:b@surat.example:465', dari: 'tu@sekolah.example' } },
  ]);
});

test('a trial says what came of it, and what to do', async () => {
  const trial = new Trial('whatsapp');
  await trial.send();
  expect([trial.error, sent.trySaluran.mock.calls.length]).toEqual(['Tulis tujuannya', 0]);
  trial.tujuan = ' 0812 0000 4417 ';
  sent.trySaluran.mockResolvedValueOnce(ok({ berhasil: false, alasan: 'sesi_putus' }));
  await trial.send();
  expect(sent.trySaluran.mock.calls[0]).toEqual(['whatsapp', '0812 0000 4417']);
  expect(trial.message).toContain('pindai lagi kode QR');
  sent.trySaluran.mockResolvedValueOnce(ok({ berhasil: true, alasan: null }));
  await trial.send();
  expect([trial.message, trial.done_text !== '']).toEqual(['', true]);
  const more = { errors: { tujuan: 'nomor' }, codes: { tujuan: 'telp' as const } };
  sent.trySaluran.mockResolvedValueOnce(refusal(422, 'isian_tidak_valid', more));
  await trial.send();
  expect(trial.error).toContain('Nomor telepon');
});
