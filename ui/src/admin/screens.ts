/** The admin's screens: where they stand in the menu, and the file that is loaded when one is first opened. */
import {
  Archive,
  CalendarDays,
  ChartColumn,
  ContactRound,
  DatabaseBackup,
  LayoutDashboard,
  ScrollText,
  Send,
  Settings,
  Siren,
  Star,
  UsersRound,
} from '@lucide/svelte';
import type { Component } from 'svelte';
import type { Role } from '../api/types';
import type { Sesi } from '../shared/sesi.svelte';
import type { Admin } from './admin.svelte';

/** `rest` is what follows the screen's name in the address, as `sekolah` in `#/setelan/sekolah`. */
export type ScreenProps = { admin: Admin; sesi: Sesi; rest: string };
type ScreenFile = { default: Component<ScreenProps> };
type Screen = { icon: typeof Send; load: () => Promise<ScreenFile> };

export const SCREENS = {
  dasbor: { icon: LayoutDashboard, load: () => import('./dasbor/DasborScreen.svelte') },
  evakuasi: { icon: Siren, load: () => import('./evakuasi/EvakuasiScreen.svelte') },
  janji: { icon: CalendarDays, load: () => import('./janji/JanjiScreen.svelte') },
  tamu: { icon: ContactRound, load: () => import('./tamu/TamuScreen.svelte') },
  pengguna: { icon: UsersRound, load: () => import('./pengguna/PenggunaScreen.svelte') },
  laporan: { icon: ChartColumn, load: () => import('./laporan/LaporanScreen.svelte') },
  ulasan: { icon: Star, load: () => import('./ulasan/UlasanScreen.svelte') },
  pesan: { icon: Send, load: () => import('./pesan/PesanScreen.svelte') },
  audit: { icon: ScrollText, load: () => import('./audit/AuditScreen.svelte') },
  cadangan: { icon: DatabaseBackup, load: () => import('./cadangan/CadanganScreen.svelte') },
  arsip: { icon: Archive, load: () => import('./arsip/ArsipScreen.svelte') },
  setelan: { icon: Settings, load: () => import('./setelan/SetelanScreen.svelte') },
} satisfies Record<string, Screen>;

export type ScreenName = keyof typeof SCREENS;

/** The menu, in its groups. The evacuation list opens from the dashboard. */
const MENU: ScreenName[][] = [
  ['dasbor', 'janji', 'tamu', 'pengguna'],
  ['laporan', 'ulasan', 'pesan'],
  ['cadangan', 'audit', 'arsip', 'setelan'],
];

/** What the server tells a receptionist, too. */
const OF_RECEPTION: ScreenName[] = ['dasbor', 'evakuasi', 'janji', 'tamu'];

export function menuOf(role: Role): ScreenName[][] {
  return role === 'Admin' ? MENU : [OF_RECEPTION];
}

export function mayOpen(role: Role, screen: ScreenName): boolean {
  return role === 'Admin' || OF_RECEPTION.includes(screen);
}
