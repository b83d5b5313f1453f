/** What the first start says. */
import { dictionary } from './language.svelte';
import { en } from './mulai.en';
import { id } from './mulai.id';

export const t = dictionary(id, en);
