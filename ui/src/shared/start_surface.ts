/** Starts a surface of a server's: what every such page needs before its first screen. */
import type { Component } from 'svelte';
import { sekolah } from '../i18n/sekolah.svelte';
import { mountSurface } from './mount_surface';

export function startSurface(surface: Component): void {
  sekolah.follow();
  mountSurface(surface);
}
