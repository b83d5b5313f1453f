/** What leaves a page in the desktop program: a native dialog for files, the system's clipboard and browser. */
import type { Outlet } from '../outside';
import { call, callWithBytes, tell } from './ipc';

export const outlet: Outlet = {
  saveFile: (name, content) => worked(callWithBytes('save_file', content, { name })),
  copyText: (text) => worked(call('copy_text', { text })),
  copyPicture: (png) => worked(callWithBytes('copy_picture', png)),
  openLink: (url) => tell(call('open_link', { url })),
};

function worked(answer: Promise<boolean>): Promise<boolean> {
  return answer.catch(() => false);
}
