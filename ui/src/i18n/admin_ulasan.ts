/** What the admin's page says of reviews and of the survey. */
import { en } from './admin_ulasan.en';
import { id } from './admin_ulasan.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
