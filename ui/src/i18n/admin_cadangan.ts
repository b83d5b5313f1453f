/** What the admin's page says of backups. */
import { en } from './admin_cadangan.en';
import { id } from './admin_cadangan.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
