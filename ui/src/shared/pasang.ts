/** Puts a surface on its page. */
import './shared.css';
import { mount, type Component } from 'svelte';
import { host } from '../host';
import { bahasa } from '../i18n/bahasa.svelte';

export function pasang(surface: Component): void {
  const target = document.getElementById('app');
  if (!target) throw new Error('the page has no place for the surface');
  document.documentElement.lang = bahasa.kode;
  host.tellLanguage?.(bahasa.kode);
  // What stood there until now.
  target.replaceChildren();
  mount(surface, { target });
}
