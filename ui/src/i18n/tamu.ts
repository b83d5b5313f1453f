/** What a guest's phone says about a visit. */
import { dictionary } from './language.svelte';
import { en } from './tamu.en';
import { id } from './tamu.id';

export const t = dictionary(id, en);
