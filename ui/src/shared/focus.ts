/** Moves the focus after its element is gone: to `find`, else to the open drawer or the page. */
import { tick } from 'svelte';

export async function moveFocus(find?: () => HTMLElement | null | undefined): Promise<void> {
  await tick();
  if (document.activeElement !== document.body && !(document.activeElement instanceof HTMLDialogElement))
    return;
  const drawer = document.querySelector<HTMLElement>('dialog[open] h2[tabindex]');
  (find?.() ?? drawer ?? document.querySelector<HTMLElement>('main'))?.focus();
}
