/** Starts a surface of a server's: what every such page needs before its first screen. */
import type { Component } from 'svelte';
import { sekolah } from '../i18n/sekolah.svelte';
import { pasang } from './pasang';

export function mulai(surface: Component): void {
  sekolah.follow();
  pasang(surface);
}
