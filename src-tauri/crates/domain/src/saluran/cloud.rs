//! The Cloud API's own numbers for what went wrong, in answers and in reports.

use crate::pesan::AlasanPesan;

/// What an error code of the Cloud API means for a message.
pub const fn reason(code: i64) -> AlasanPesan {
    match code {
        // Token, permission, access.
        0 | 3 | 10 | 190 | 200..=299 | 131_005 => AlasanPesan::TokenDitolak,
        // Limits of the app, the account, the number and the pair of numbers.
        4 | 80_007 | 130_429 | 131_048 | 131_056 | 133_016 => AlasanPesan::TerlaluCepat,
        // The API has trouble of its own.
        1 | 2 | 131_000 | 131_016 | 131_057 | 133_004 => AlasanPesan::TidakMenjawab,
        // Undeliverable: mostly a number without WhatsApp.
        131_026 => AlasanPesan::NomorTanpaWhatsapp,
        131_047 => AlasanPesan::DiLuar24Jam,
        // The number itself: the sender's own, or one that a test account may not write to.
        131_021 | 131_030 => AlasanPesan::AlamatDitolak,
        // Missing, paused, switched off, or with other parameters than ours: the school's template has to be seen to.
        132_000..=132_999 => AlasanPesan::TemplateTidakAda,
        // The school's number is not registered any more.
        131_045 | 133_010 => AlasanPesan::SesiPutus,
        _ => AlasanPesan::Ditolak,
    }
}
