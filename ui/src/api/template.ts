/** The words of messages, for an admin. */
import { call, client } from './client';
import { json } from './requests';
import type { Result } from './result';
import type { JenisPesan, SubjekIsi, TemplateList, TemplateRequest, TemplateRow } from './types';

/** Which one: each kind has its words in each language. */
export type TemplateKey = { jenis: JenisPesan; bahasa: TemplateRow['bahasa'] };

const pathOf = ({ jenis, bahasa }: TemplateKey) => ({ params: { path: { jenis, bahasa } } });

export function listTemplate(): Promise<Result<TemplateList>> {
  return call(client.GET('/api/template'));
}

/** Messages that are still to be sent follow it. `versi` is that of the row which was changed. */
export function updateTemplate(key: TemplateKey, words: TemplateRequest): Promise<Result<TemplateRow>> {
  return call(client.PUT('/api/template/{jenis}/{bahasa}', { ...pathOf(key), ...json(words) }));
}

/** Puts the built-in words back. */
export function resetTemplate(key: TemplateKey): Promise<Result<TemplateRow>> {
  return call(client.DELETE('/api/template/{jenis}/{bahasa}', pathOf(key)));
}

/** The message that it makes of sample data. */
export function previewTemplate(key: TemplateKey, words: SubjekIsi): Promise<Result<SubjekIsi>> {
  return call(client.POST('/api/template/{jenis}/{bahasa}/pratinjau', { ...pathOf(key), ...json(words) }));
}
