/** The upkeep of records: its runs, and one more by hand. */
import { call, client } from './client';
import { PAGE } from './pages';
import { json } from './requests';
import type { Result } from './result';
import type { Page, Pemeliharaan, PemeliharaanBaru } from './types';

/** One page, newest first. */
export function listPemeliharaan(halaman = 1, ukuran = PAGE): Promise<Result<Page<Pemeliharaan>>> {
  return call(client.GET('/api/pemeliharaan', { params: { query: { halaman, ukuran } } }));
}

/** A dry run (`uji_coba`) only counts what is due. Any other may still be under way when it is answered. */
export function createPemeliharaan(uji_coba: boolean): Promise<Result<PemeliharaanBaru>> {
  return call(client.POST('/api/pemeliharaan', json({ uji_coba })));
}
