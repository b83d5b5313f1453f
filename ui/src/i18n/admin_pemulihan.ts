/** What the admin's page says of going back to a backup. */
import { en } from './admin_pemulihan.en';
import { id } from './admin_pemulihan.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
