/** Puts a surface on its page. */
import './shared.css';
import { mount, type Component } from 'svelte';
import { host } from '../host';
import { language } from '../i18n/language.svelte';
import { swallowStrayClicks } from './stray_click';

export function mountSurface(surface: Component): void {
  const target = document.getElementById('app');
  if (!target) throw new Error('the page has no place for the surface');
  document.documentElement.lang = language.code;
  host.tellLanguage?.(language.code);
  swallowStrayClicks(document);
  // Removes the opening picture.
  target.replaceChildren();
  mount(surface, { target });
}
