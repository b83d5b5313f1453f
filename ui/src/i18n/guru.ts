/** What the guru's page says. */
import { dictionary } from './language.svelte';
import { en } from './guru.en';
import { id } from './guru.id';

export const t = dictionary(id, en);
