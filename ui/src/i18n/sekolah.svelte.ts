/** What the screens know of the school. Until the server tells it, the values that a school starts with. */
import { getSekolah } from '../api/sekolah';
import { host } from '../host';

class Sekolah {
  nama = $state('Buku Tamu');
  tempat = $state('Lobi utama');
  zona_waktu = $state('Asia/Jakarta');
  toleransi_terlambat_menit = $state(15);

  /** Loads now and at every sign-in, because a session is told more. */
  follow(): void {
    void this.#load();
    host.sesi.watch(({ status }) => {
      if (status === 'in') void this.#load();
    });
  }

  async #load(): Promise<void> {
    const told = await getSekolah();
    if (!told.ok) return;
    const { nama, tempat, zona_waktu, toleransi_terlambat_menit } = told.data;
    this.nama = nama;
    this.tempat = tempat ?? this.tempat;
    this.zona_waktu = zona_waktu ?? this.zona_waktu;
    this.toleransi_terlambat_menit = toleransi_terlambat_menit ?? this.toleransi_terlambat_menit;
  }
}

export const sekolah = new Sekolah();
