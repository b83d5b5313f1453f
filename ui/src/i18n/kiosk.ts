/** What the desk says. */
import { kamus } from './bahasa.svelte';
import { en } from './kiosk.en';
import { id } from './kiosk.id';

export const t = kamus(id, en);
