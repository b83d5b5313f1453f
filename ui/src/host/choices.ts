/** Small choices are kept beside the page; in the desktop program that is the webview's own storage. */
import type { Choices } from './host';

export const choices: Choices = {
  get: (name) => localStorage.getItem(`bukutamu.${name}`) ?? undefined,
  set: (name, value) => localStorage.setItem(`bukutamu.${name}`, value),
};
