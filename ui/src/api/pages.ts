/** Lists that the server hands out page by page. */
import type { Result } from './result';
import type { Page } from './types';

/** The longest page that the server gives. */
export const PAGE = 200;

/** Loads page after page until there are no more rows. */
export async function allPages<Row>(
  list: (halaman: number) => Promise<Result<Page<Row>>>,
): Promise<Result<Row[]>> {
  const rows: Row[] = [];
  for (let halaman = 1; ; halaman += 1) {
    const page = await list(halaman);
    if (!page.ok) return page;
    rows.push(...page.data.data);
    if (rows.length >= page.data.total || page.data.data.length === 0) return { ok: true, data: rows };
  }
}
