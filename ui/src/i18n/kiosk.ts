/** What the desk says. */
import { dictionary } from './language.svelte';
import { en } from './kiosk.en';
import { id } from './kiosk.id';

export const t = dictionary(id, en);
