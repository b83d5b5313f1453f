/** What the admin's page says of the upkeep of records. */
import { en } from './admin_arsip.en';
import { id } from './admin_arsip.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
