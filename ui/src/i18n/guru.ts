/** What the guru's page says. */
import { kamus } from './bahasa.svelte';
import { en } from './guru.en';
import { id } from './guru.id';

export const t = kamus(id, en);
