/** Starts a surface: what every page needs before its first screen. */
import './shared.css';
import { mount, type Component } from 'svelte';
import { bahasa } from '../i18n/bahasa.svelte';
import { sekolah } from '../i18n/sekolah.svelte';

export function mulai(surface: Component): void {
  const target = document.getElementById('app');
  if (!target) throw new Error('the page has no place for the surface');
  document.documentElement.lang = bahasa.kode;
  sekolah.follow();
  mount(surface, { target });
}
