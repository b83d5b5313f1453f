/** What the form of a new appointment says, and the ticket that is made of it. */
import { dictionary } from './language.svelte';
import { en } from './undang.en';
import { id } from './undang.id';

export const t = dictionary(id, en);
