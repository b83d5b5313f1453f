/** Opens a dialog above the page, and gives the focus back to where it was. */

/** Where the focus goes when the last dialog is gone: one may follow another at once. */
let place: HTMLElement | undefined;

export function modal(dialog: HTMLDialogElement): () => void {
  const focused = document.activeElement;
  const before = focused instanceof HTMLElement && focused !== document.body ? focused : place;
  place = before;
  dialog.showModal();
  // To what is to be filled in, rather than to the button that closes; a menu keeps the focus itself.
  const field = 'input:not([type=radio], [type=checkbox]), textarea';
  if (!dialog.autofocus) dialog.querySelector<HTMLElement>(field)?.focus();
  return () => {
    dialog.close();
    // After the page has settled: what comes next may be a dialog too.
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      // Where it was is gone too: the page itself.
      (before?.isConnected ? before : document.querySelector<HTMLElement>('main'))?.focus();
    });
  };
}
