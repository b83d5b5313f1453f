/** Lists of people to choose from, whole, however many there are. */
import type { Result } from './result';
import type { Page } from './types';

/** The most rows that the server gives at once. */
export const MOST_AT_ONCE = 200;

/** All rows of a list, page by page. */
export async function everyPage<T>(
  load: (halaman: number, ukuran: number) => Promise<Result<Page<T>>>,
): Promise<Result<T[]>> {
  const rows: T[] = [];
  for (let halaman = 1; ; halaman += 1) {
    const listed = await load(halaman, MOST_AT_ONCE);
    if (!listed.ok) return listed;
    rows.push(...listed.data.data);
    if (listed.data.data.length < MOST_AT_ONCE || rows.length >= listed.data.total) {
      return { ...listed, data: rows };
    }
  }
}
