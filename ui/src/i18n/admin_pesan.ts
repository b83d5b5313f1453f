/** What the admin's page says of messages and channels. */
import { en } from './admin_pesan.en';
import { id } from './admin_pesan.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
