/** What is sent, as the server's document describes it; what does not fit is refused there as `isian_tidak_valid`. */
import type { components } from './schema.mjs';

type Schemas = components['schemas'];

/** Sent again under the same key it makes nothing twice; the pages never go without. What is missing they leave out. */
type Keyed<Body> = { [Field in keyof Omit<Body, 'kunci'>]: Exclude<Body[Field], null> } & { kunci: string };

export type ScanRequest = Keyed<Schemas['ScanRequest']>;
/** Either `tamu` or `id_tamu`. */
export type WalkInRequest = Keyed<Schemas['WalkInRequest']>;
/** Either `tamu` or `id_tamu`; `tanggal` YYYY-MM-DD, `waktu` HH:MM. */
export type JanjiTemuRequest = Keyed<Schemas['JanjiTemuRequest']>;
/** `tanggal` YYYY-MM-DD, `waktu` HH:MM. */
export type JadwalRequest = Schemas['JadwalRequest'];
export type StatusRequest = Schemas['StatusRequest'];
export type RespondRequest = Schemas['RespondRequest'];
/** What is missing stays. */
export type KoreksiRequest = Schemas['KoreksiRequest'];
export type UbahTamuRequest = Schemas['UbahTamuRequest'];
export type UlasanRequest = Schemas['UlasanRequest'];
export type PenggunaRequest = Schemas['PenggunaRequest'];
export type UbahPenggunaRequest = Schemas['UbahPenggunaRequest'];

/** A body for the client, which checks it against the document. */
export const json = <Body>(body: Body): { body: Body } => ({ body });
