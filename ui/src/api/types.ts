/** The server's own shapes under their own names. */
import type { components } from './schema.mjs';

type Schemas = components['schemas'];

export type Dasbor = Schemas['Dasbor'];
export type Event = Schemas['Event'];
export type GuruRingkas = Schemas['GuruRingkas'];
export type Hasil = Schemas['Hasil'];
export type JanjiTemu = Schemas['JanjiTemu'];
export type Login = Schemas['Login'];
export type Notifikasi = Schemas['Notifikasi'];
export type Pengguna = Schemas['Pengguna'];
export type Penolakan = Schemas['Penolakan'];
export type Presence = Schemas['Presence'];
export type Role = Schemas['Role'];
export type Scan = Schemas['Scan'];
export type Status = Schemas['Status'];
export type Tamu = Schemas['Tamu'];
export type Verifikasi = Schemas['Verifikasi'];
