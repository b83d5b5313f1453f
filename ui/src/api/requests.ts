/**
 * Bodies of requests, as the server's document describes them. The server refuses a wrong one as
 * `isian_tidak_valid`.
 */
import type { components } from './schema.mjs';

type Schemas = components['schemas'];

/**
 * The pages always send a key, so that a body sent again makes nothing twice. They leave out what is
 * missing.
 */
type Keyed<Body> = { [Field in keyof Omit<Body, 'kunci'>]: Exclude<Body[Field], null> } & { kunci: string };

export type ScanRequest = Keyed<Schemas['ScanRequest']>;
/** Either `tamu` or `id_tamu`. */
export type WalkInRequest = Keyed<Schemas['WalkInRequest']>;
/** Either `tamu` or `id_tamu`; `tanggal` YYYY-MM-DD, `waktu` HH:MM. */
export type JanjiTemuRequest = Keyed<Schemas['JanjiTemuRequest']>;
/** One more guest of the same appointment. */
export type TamuLainRequest = Schemas['TamuLainRequest'];
/** `tanggal` YYYY-MM-DD, `waktu` HH:MM. */
export type JadwalRequest = Schemas['JadwalRequest'];
export type StatusRequest = Schemas['StatusRequest'];
export type RespondRequest = Schemas['RespondRequest'];
/** A missing field stays as it is. */
export type KoreksiRequest = Schemas['KoreksiRequest'];
export type UbahTamuRequest = Schemas['UbahTamuRequest'];
/** A missing field stays as it is; null clears it. */
export type UbahTamuSayaRequest = Schemas['UbahTamuSayaRequest'];
/** At least one element; each 1 (worst) to 4 (best). */
export type SurveiRequest = Schemas['SurveiRequest'];
export type UlasanRequest = Schemas['UlasanRequest'];
/** How a channel is set up: one of the two, by the channel; none removes it. */
export type SaluranRequest = Schemas['SaluranRequest'];
export type SmtpForm = Schemas['SmtpForm'];
/** A provider, with those of the fields that it asks for. */
export type WhatsappForm = Schemas['WhatsappForm'];
/** A missing field stays as it is; empty text empties it. */
export type SetelanRequest = Schemas['SetelanRequest'];
/** A holiday, entered by hand. */
export type GantiHariLiburRequest = Schemas['GantiHariLiburRequest'];
export type PenggunaRequest = Schemas['PenggunaRequest'];
export type UbahPenggunaRequest = Schemas['UbahPenggunaRequest'];

/** A body for the client, which checks it against the document. */
export const json = <Body>(body: Body): { body: Body } => ({ body });
