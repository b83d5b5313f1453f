/** What the admin's page says of reports. */
import { en } from './admin_laporan.en';
import { id } from './admin_laporan.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
