/** What the admin's page says of appointments. */
import { en } from './admin_janji.en';
import { id } from './admin_janji.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
