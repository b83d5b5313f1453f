/** What the dashboard says. */
import { en } from './admin_dasbor.en';
import { id } from './admin_dasbor.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
