/** Messages on their way: all of them for an admin, those about own appointments for a guru. */
import { call, client } from './client';
import { allPages, PAGE } from './pages';
import type { Result } from './result';
import type { KeadaanPesan, Page, PesanKeluar } from './types';

/** Days are of the appointments, YYYY-MM-DD, both included. */
export type PesanFilter = {
  keadaan?: KeadaanPesan[];
  id_janji_temu?: number;
  id_tamu?: number;
  dari?: string;
  sampai?: string;
};

/** One page, newest first. */
export function listPesan(
  filter: PesanFilter,
  halaman = 1,
  ukuran = PAGE,
): Promise<Result<Page<PesanKeluar>>> {
  const { keadaan, ...rest } = filter;
  const query = { ...rest, ...(keadaan ? { keadaan: keadaan.join(',') } : {}), halaman, ukuran };
  return call(client.GET('/api/pesan', { params: { query } }));
}

export function listAllPesan(filter: PesanFilter): Promise<Result<PesanKeluar[]>> {
  return allPages((halaman) => listPesan(filter, halaman));
}

/** Sends it again, from the school's first channel on. One that waits is tried now. */
export function sendPesanAgain(id: number): Promise<Result<PesanKeluar>> {
  return call(client.POST('/api/pesan/{id}/kirim-ulang', { params: { path: { id } } }));
}
