/** What the screens say about the school. The server does not tell it yet; these are its own defaults. */
class Sekolah {
  nama = $state('Buku Tamu');
  tempat = $state('Lobi utama');
  zona_waktu = $state('Asia/Jakarta');
}

export const sekolah = new Sekolah();
