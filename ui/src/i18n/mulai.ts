/** What the first start says. */
import { kamus } from './bahasa.svelte';
import { en } from './mulai.en';
import { id } from './mulai.id';

export const t = kamus(id, en);
