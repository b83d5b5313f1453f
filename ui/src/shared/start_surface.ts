/** Starts a surface that needs a server. */
import './font.css';
import type { Component } from 'svelte';
import { sekolah } from '../i18n/sekolah.svelte';
import { mountSurface } from './mount_surface';

export function startSurface(surface: Component): void {
  sekolah.follow();
  mountSurface(surface);
}
