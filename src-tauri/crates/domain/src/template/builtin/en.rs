//! In English.

use super::Words;
use crate::pesan::JenisPesan;

#[rustfmt::skip]
pub(super) const fn words(jenis: JenisPesan) -> Words {
    match jenis {
        JenisPesan::Undangan => ("Your appointment at {{sekolah}}, {{waktu}}", "\
Dear {{nama_tamu}},

Your appointment with {{nama_guru}} at {{sekolah}} is booked.

When: {{waktu}}
Length: {{durasi}}
Purpose: {{keperluan}}
Where: {{tempat}}
Address: {{alamat}}
How to find us: {{petunjuk_arah}}

When you arrive, show your QR code at the reception desk.
Code: {{kode}}
See your QR code and the time, or tell us that you cannot come: {{tautan}}

All your appointments are at: {{alamat_masuk}}
Sign in with your telephone number and this password: {{password}}

Questions? Please contact: {{kontak}}

Thank you.
{{sekolah}}"),
        JenisPesan::Pindah => ("New time of your appointment at {{sekolah}}: {{waktu}}", "\
Dear {{nama_tamu}},

Your appointment with {{nama_guru}} at {{sekolah}} has a new time:

When: {{waktu}}
Length: {{durasi}}
Purpose: {{keperluan}}
Where: {{tempat}}
Reason for the change: {{alasan}}

The QR code that you already have stays valid.
Code: {{kode}}
See your QR code and the time, or tell us that you cannot come: {{tautan}}

Questions? Please contact: {{kontak}}

Thank you for your understanding.
{{sekolah}}"),
        JenisPesan::Batal => ("Your appointment at {{sekolah}} is cancelled", "\
Dear {{nama_tamu}},

We are sorry: your appointment with {{nama_guru}} at {{sekolah}}, {{waktu}}, is cancelled.

Purpose: {{keperluan}}
Reason: {{alasan}}

To find another time, please contact {{nama_guru}} or the school.
Contact: {{kontak}}

Thank you for your understanding.
{{sekolah}}"),
        JenisPesan::Pengingat => ("Reminder: your appointment at {{sekolah}}, {{waktu}}", "\
Dear {{nama_tamu}},

This is a reminder of your appointment with {{nama_guru}} at {{sekolah}}.

When: {{waktu}}
Purpose: {{keperluan}}
Where: {{tempat}}
Address: {{alamat}}
How to find us: {{petunjuk_arah}}

When you arrive, show your QR code at the reception desk.
Code: {{kode}}
See your QR code and the time, or tell us that you cannot come: {{tautan}}

We look forward to seeing you.
{{sekolah}}"),
        JenisPesan::Ulasan => ("How was your visit to {{sekolah}}?", "\
Dear {{nama_tamu}},

Thank you for visiting {{sekolah}} and meeting {{nama_guru}}.

How did we do? Please rate your visit by this link. It takes less than a minute.
{{tautan}}

Your rating helps us to do better.
{{sekolah}}"),
        JenisPesan::Kredensial => ("Your temporary password for the guest book of {{sekolah}}", "\
Dear {{nama_pengguna}},

This is the temporary password for your account in the guest book of {{sekolah}}.

Address: {{alamat_masuk}}
Temporary password: {{password}}

Sign in with the e-mail address that the school has for you. \
You will then be asked to choose a password of your own. Do not give this one to anybody.

Any trouble? Please contact: {{kontak}}

{{sekolah}}"),
        JenisPesan::Laporan => ("Visitor report, {{periode}}", "\
Dear {{nama_pengguna}},

Attached is the visitor report of {{sekolah}} for {{periode}}.

The latest figures are in the guest book: {{alamat_masuk}}

{{sekolah}}"),
        JenisPesan::Cadangan => ("The backup of the guest book of {{sekolah}} needs a look", "\
Dear {{nama_pengguna}},

Something is wrong with the backup of the guest book of {{sekolah}}: {{gangguan}}.

The last good backup: {{cadangan_terakhir}}

The server tries again by itself. The page Backups says what to check.
Guest book: {{alamat_masuk}}"),
        JenisPesan::Kedatangan => ("{{nama_tamu}} has arrived", "\
Dear {{nama_guru}},

{{nama_tamu}} has arrived and is waiting.

Where: {{tempat}}
Purpose: {{keperluan}}
Appointment: {{waktu}}

Please answer in the guest book, so that your guest knows whether to wait or to come in.
Guest book: {{alamat_masuk}}"),
        JenisPesan::BatalTamu => ("{{nama_tamu}} cannot come, {{waktu}}", "\
Dear {{nama_guru}},

{{nama_tamu}} cannot come on {{waktu}}. The appointment is cancelled.

Purpose: {{keperluan}}
Reason: {{alasan}}

To find another time, please make a new appointment in the guest book.
Guest book: {{alamat_masuk}}"),
    }
}
