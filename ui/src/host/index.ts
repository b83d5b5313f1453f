/** Which host this page runs in. */
import { BrowserHost } from './browser';
import type { Host } from './host';

export type * from './outside';
export type * from './host';

export const host: Host = new BrowserHost();
