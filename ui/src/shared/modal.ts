/** Opens a dialog above the page, and gives the focus back to where it was. */

/** Where the focus goes after the last dialog. One may follow another at once. */
let place: HTMLElement | undefined;

export function modal(dialog: HTMLDialogElement): () => void {
  const focused = document.activeElement;
  const before = focused instanceof HTMLElement && focused !== document.body ? focused : place;
  place = before;
  dialog.showModal();
  // Focuses the first field rather than the closing button. A menu keeps the focus itself.
  const field = 'input:not([type=radio], [type=checkbox]), textarea';
  if (!dialog.autofocus) dialog.querySelector<HTMLElement>(field)?.focus();
  return () => {
    dialog.close();
    // Waits, because another dialog may follow.
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      // If that element is gone too, the page gets the focus.
      (before?.isConnected ? before : document.querySelector<HTMLElement>('main'))?.focus();
    });
  };
}
