//! In Indonesian, as a school writes to parents.

use super::Words;
use crate::pesan::JenisPesan;

#[rustfmt::skip]
pub(super) const fn words(jenis: JenisPesan) -> Words {
    match jenis {
        JenisPesan::Undangan => ("Janji temu di {{sekolah}}, {{waktu}}", "\
Yth. {{nama_tamu}},

Janji temu Bapak/Ibu dengan {{nama_guru}} di {{sekolah}} sudah dicatat.

Waktu: {{waktu}}
Lama: {{durasi}}
Keperluan: {{keperluan}}
Tempat: {{tempat}}
Alamat: {{alamat}}
Petunjuk arah: {{petunjuk_arah}}

Saat tiba di sekolah, tunjukkan kode QR Bapak/Ibu kepada penerima tamu.
Kode: {{kode}}
Lihat kode QR dan jadwal, atau beri tahu kami bila berhalangan: {{tautan}}

Semua janji temu Bapak/Ibu dapat dilihat di: {{alamat_masuk}}
Masuk dengan nomor telepon Bapak/Ibu dan password ini: {{password}}

Pertanyaan? Silakan hubungi: {{kontak}}

Terima kasih.
{{sekolah}}"),
        JenisPesan::Pindah => ("Jadwal baru janji temu di {{sekolah}}: {{waktu}}", "\
Yth. {{nama_tamu}},

Jadwal janji temu Bapak/Ibu dengan {{nama_guru}} di {{sekolah}} diubah. Jadwal yang baru:

Waktu: {{waktu}}
Lama: {{durasi}}
Keperluan: {{keperluan}}
Tempat: {{tempat}}
Alasan perubahan: {{alasan}}

Kode QR yang sudah Bapak/Ibu terima tetap berlaku.
Kode: {{kode}}
Lihat kode QR dan jadwal, atau beri tahu kami bila berhalangan: {{tautan}}

Pertanyaan? Silakan hubungi: {{kontak}}

Terima kasih atas pengertiannya.
{{sekolah}}"),
        JenisPesan::Batal => ("Janji temu di {{sekolah}} dibatalkan", "\
Yth. {{nama_tamu}},

Mohon maaf, janji temu Bapak/Ibu dengan {{nama_guru}} di {{sekolah}} pada {{waktu}} dibatalkan.

Keperluan: {{keperluan}}
Alasan: {{alasan}}

Untuk jadwal pengganti, silakan hubungi {{nama_guru}} atau pihak sekolah.
Kontak sekolah: {{kontak}}

Terima kasih atas pengertiannya.
{{sekolah}}"),
        JenisPesan::Pengingat => ("Pengingat janji temu di {{sekolah}}, {{waktu}}", "\
Yth. {{nama_tamu}},

Kami mengingatkan janji temu Bapak/Ibu dengan {{nama_guru}} di {{sekolah}}.

Waktu: {{waktu}}
Keperluan: {{keperluan}}
Tempat: {{tempat}}
Alamat: {{alamat}}
Petunjuk arah: {{petunjuk_arah}}

Saat tiba di sekolah, tunjukkan kode QR Bapak/Ibu kepada penerima tamu.
Kode: {{kode}}
Lihat kode QR dan jadwal, atau beri tahu kami bila berhalangan: {{tautan}}

Sampai jumpa di sekolah.
{{sekolah}}"),
        JenisPesan::Ulasan => ("Bagaimana kunjungan Bapak/Ibu ke {{sekolah}}?", "\
Yth. {{nama_tamu}},

Terima kasih sudah berkunjung ke {{sekolah}} dan bertemu dengan {{nama_guru}}.

Bagaimana pelayanan kami? Mohon beri penilaian lewat tautan ini. Waktunya tidak sampai satu menit.
{{tautan}}

Penilaian Bapak/Ibu membantu kami melayani dengan lebih baik.
{{sekolah}}"),
        JenisPesan::Kredensial => ("Password sementara Buku Tamu {{sekolah}}", "\
Yth. Bapak/Ibu {{nama_pengguna}},

Berikut password sementara untuk akun Bapak/Ibu di Buku Tamu {{sekolah}}.

Alamat: {{alamat_masuk}}
Password sementara: {{password}}

Masuklah dengan alamat email Bapak/Ibu yang terdaftar di sekolah. \
Setelah masuk, Bapak/Ibu diminta membuat password sendiri. Jangan berikan password ini kepada siapa pun.

Ada kesulitan? Silakan hubungi: {{kontak}}

{{sekolah}}"),
        JenisPesan::Laporan => ("Laporan kunjungan tamu, {{periode}}", "\
Yth. Bapak/Ibu {{nama_pengguna}},

Terlampir laporan kunjungan tamu {{sekolah}} untuk {{periode}}.

Angka yang selalu terbaru ada di Buku Tamu: {{alamat_masuk}}

{{sekolah}}"),
        JenisPesan::Cadangan => ("Cadangan Buku Tamu {{sekolah}} perlu dilihat", "\
Yth. Bapak/Ibu {{nama_pengguna}},

Ada masalah dengan cadangan Buku Tamu {{sekolah}}: {{gangguan}}.

Cadangan baik yang terakhir: {{cadangan_terakhir}}

Server mencoba lagi dengan sendirinya. Apa yang perlu diperiksa tertulis di menu Cadangan.
Buku Tamu: {{alamat_masuk}}"),
        JenisPesan::Kedatangan => ("{{nama_tamu}} sudah datang", "\
Yth. {{nama_guru}},

{{nama_tamu}} sudah datang dan menunggu.

Tempat: {{tempat}}
Keperluan: {{keperluan}}
Jadwal: {{waktu}}

Silakan beri jawaban di Buku Tamu, supaya tamu tahu harus menunggu atau langsung masuk.
Buku Tamu: {{alamat_masuk}}"),
        JenisPesan::BatalTamu => ("{{nama_tamu}} batal datang, {{waktu}}", "\
Yth. {{nama_guru}},

{{nama_tamu}} memberi tahu bahwa tidak bisa datang pada {{waktu}}. Janji temu ini sudah dibatalkan.

Keperluan: {{keperluan}}
Alasan: {{alasan}}

Untuk jadwal pengganti, silakan buat janji temu baru di Buku Tamu.
Buku Tamu: {{alamat_masuk}}"),
    }
}
