import { beforeEach, expect, test, vi } from 'vitest';
import { ok } from '../../api/result';
import type { TemplateRow } from '../../api/types';

const sent = vi.hoisted(() => ({
  listTemplate: vi.fn(),
  previewTemplate: vi.fn(),
  resetTemplate: vi.fn(),
  updateTemplate: vi.fn(),
}));
vi.mock('../../api/template', () => sent);

import { refusal } from '../../test_answers';
import { TemplateEditor } from './template_editor.svelte';

const template = (changes: Partial<TemplateRow> = {}): TemplateRow => ({
  jenis: 'undangan',
  bahasa: 'id',
  subjek: 'Undangan',
  isi: 'Yth. {{nama_tamu}}',
  bawaan: true,
  versi: 3,
  ...changes,
});

const listed = (row: TemplateRow) => ok({ data: [row], isian: { undangan: ['nama_tamu', 'kode'] } });

async function typed(): Promise<TemplateEditor> {
  const editor = new TemplateEditor();
  await editor.loading.load();
  editor.isi = 'Halo {{nama_tamu}}';
  return editor;
}

const versions = () => sent.updateTemplate.mock.calls.map(([, words]) => (words as { versi: number }).versi);

beforeEach(() => {
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.listTemplate.mockResolvedValue(listed(template()));
  sent.previewTemplate.mockImplementation((_: unknown, words: unknown) => Promise.resolve(ok(words)));
});

test('of two admins who change one template the second one is told, and keeps what was typed', async () => {
  const editor = await typed();
  sent.updateTemplate.mockResolvedValueOnce(refusal(409, 'versi_usang'));
  sent.listTemplate.mockResolvedValue(listed(template({ isi: 'Selamat datang, {{nama_tamu}}', versi: 7 })));
  expect(await editor.save()).toBe(false);
  expect([editor.isi, editor.other?.isi]).toEqual(['Halo {{nama_tamu}}', 'Selamat datang, {{nama_tamu}}']);
  expect(editor.message).not.toBe('');
  sent.updateTemplate.mockResolvedValueOnce(ok(template({ isi: editor.isi, versi: 8 })));
  expect(await editor.save()).toBe(true);
  expect([versions(), editor.other, editor.message]).toEqual([[3, 7], undefined, '']);
});

test('whoever would rather have the other words takes them', async () => {
  const editor = await typed();
  sent.updateTemplate.mockResolvedValueOnce(refusal(409, 'versi_usang'));
  sent.listTemplate.mockResolvedValue(listed(template({ isi: 'Selamat datang, {{nama_tamu}}', versi: 7 })));
  await editor.save();
  editor.undo();
  expect([editor.isi, editor.other, editor.is_changed]).toEqual([
    'Selamat datang, {{nama_tamu}}',
    undefined,
    false,
  ]);
  editor.stop();
});

test('another setting that was changed meanwhile keeps no template from being saved', async () => {
  const editor = await typed();
  sent.updateTemplate.mockResolvedValueOnce(refusal(409, 'versi_usang'));
  sent.listTemplate.mockResolvedValue(listed(template({ versi: 9 })));
  sent.updateTemplate.mockResolvedValueOnce(ok(template({ isi: editor.isi, versi: 10 })));
  expect(await editor.save()).toBe(true);
  expect([versions(), editor.other, editor.is_changed]).toEqual([[3, 9], undefined, false]);
});
