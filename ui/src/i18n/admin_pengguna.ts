/** What the admin's page says of users, their sessions and their import. */
import { en } from './admin_pengguna.en';
import { id } from './admin_pengguna.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
