/** What the admin's page says of guests. */
import { en } from './admin_tamu.en';
import { id } from './admin_tamu.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
