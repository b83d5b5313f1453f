import { beforeEach, expect, test, vi } from 'vitest';

const sent = vi.hoisted(() => ({ updateSaluran: vi.fn(), removeSaluran: vi.fn(), trySaluran: vi.fn() }));
vi.mock('../../api/saluran', () => sent);

import { ok } from '../../api/result';
import { refusal } from '../../test_answers';
import { ChannelForm } from './channel_form.svelte';
import { addressOf, faultOf } from './smtp_address';
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

test('e-mail is set up by what the provider’s help names', async () => {
  const form = new ChannelForm({ ...whatsapp, nama: 'email', penyedia: null });
  expect(await form.save()).toBeUndefined();
  expect(Object.keys(form.errors)).toEqual(['server']);
  form.values = { server: ' surat.example ', sandi: 'p@ ss:/é' };
  expect(await form.save()).toBeUndefined();
  expect([Object.keys(form.errors), sent.updateSaluran.mock.calls]).toEqual([['pengguna'], []]);
  form.values = { ...form.values, pengguna: 'tu@sekolah.example', dari: 'tu@sekolah.example' };
  const more = { errors: { url: 'tulis seperti smtps://…' } };
  sent.updateSaluran.mockResolvedValueOnce(refusal(422, 'isian_tidak_valid', more));
  expect(await form.save()).toBeUndefined();
  expect(form.errors['server']).toContain('Tulis seperti');
  expect(sent.updateSaluran.mock.calls[0]).toEqual([
    'email',
    {
      smtp: {
        url: 'smtps://tu%40sekolah.example:p%40%20ss%3A%2F%C3%A9@surat.example:465',
        dari: 'tu@sekolah.example',
      },
    },
  ]);
});

test.each([
  [{ server: 'surat.example', keamanan: 'starttls' }, 'smtp://surat.example:587?tls=required'],
  [{ server: '[::1]', keamanan: 'tanpa', port: '2525' }, 'smtp://[::1]:2525'],
  [{ server: 'smtps://a:b@surat.example:465', sandi: 'x' }, 'smtps://a:b@surat.example:465'],
] as const)('a mail server of parts %o is one address', (parts, address) => {
  const server = { keamanan: 'tls', port: '', pengguna: '', sandi: '', ...parts } as const;
  expect([faultOf(server), addressOf(server)]).toEqual([undefined, address]);
});

test.each([
  [{ server: 'surat.example:465' }, 'server'],
  [{ server: 'surat.example/masuk' }, 'server'],
  [{ server: 'surat dua.example' }, 'server'],
  [{ server: 'surat.example', port: '70000' }, 'port'],
  [{ server: 'surat.example', port: '-1' }, 'port'],
] as const)('of %o the fault is told at its field', (parts, field) => {
  expect(faultOf({ keamanan: 'tls', port: '', pengguna: '', sandi: '', ...parts })).toBe(field);
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
