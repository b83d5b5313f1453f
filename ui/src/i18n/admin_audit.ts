/** What the admin's page says of the audit. */
import { en } from './admin_audit.en';
import { id } from './admin_audit.id';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);
/** Every verb and every object that a filter offers. */
export const AKSI = id.aksi;
export const OBJEK = id.objek;
