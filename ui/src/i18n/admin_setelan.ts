/** What the admin's page says of the settings. */
import { en } from './admin_setelan.en';
import { id } from './admin_setelan.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
