//! The reasons of gateways that have words instead of numbers.

use domain::pesan::AlasanPesan;

/// What a gateway means by its words. The phone goes first: a lost one is often told together with its token.
pub(super) fn reason(words: &str) -> AlasanPesan {
    const MEANINGS: [(&[&str], AlasanPesan); 5] = [
        (
            &["disconnect", "not connected", "connection closed", "scan qr", "logged out", "not ready"],
            AlasanPesan::SesiPutus,
        ),
        (
            &["not registered", "no whatsapp", "not on whatsapp", "not a whatsapp", "number not exist"],
            AlasanPesan::NomorTanpaWhatsapp,
        ),
        (
            &[
                "invalid number",
                "number invalid",
                "invalid phone",
                "phone invalid",
                "invalid target",
                "target invalid",
            ],
            AlasanPesan::AlamatDitolak,
        ),
        (&["too many", "too fast", "rate limit", "slow down"], AlasanPesan::TerlaluCepat),
        (
            &[
                "token",
                "unauthorized",
                "unauthenticated",
                "api key",
                "apikey",
                "secret key",
                "unknown user",
                "invalid device",
            ],
            AlasanPesan::TokenDitolak,
        ),
    ];
    let words = words.to_lowercase();
    let means = |(said, _): &&(&[&str], AlasanPesan)| said.iter().any(|part| words.contains(part));
    MEANINGS.iter().find(means).map_or(AlasanPesan::Ditolak, |(_, alasan)| *alasan)
}

/// Whether a gateway says that it takes no pictures: the free ones do not.
pub(super) fn is_about_pictures(words: &str) -> bool {
    let words = words.to_lowercase();
    ["attachment", "file", "image", "media", "package", "paket"].iter().any(|part| words.contains(part))
}
