/** What leaves a page in a browser: downloads, the clipboard, links. */
import type { Outlet } from '../outside';

export const outlet: Outlet = {
  saveFile(name, content) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    return Promise.resolve(true);
  },

  async copyText(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text);
    }
  },

  async copyPicture(png) {
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
      return true;
    } catch {
      return false;
    }
  },

  openLink(url) {
    window.open(url, '_blank', 'noopener,noreferrer');
  },
};

/** Over a school's plain network a browser offers no clipboard; the old way still works. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  const focused = document.activeElement;
  area.value = text;
  area.className = 'sembunyi';
  // Inside of an open dialog, as nothing else can be selected then.
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a secure origin
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
