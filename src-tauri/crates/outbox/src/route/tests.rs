//! Order, fallback, attempts and pauses.

use chrono::DateTime;
use domain::{
    IdJanjiTemu, Telp,
    pesan::{JenisPesan, Tentang},
};

use super::*;

const ORDER: [Saluran; 2] = [Saluran::Whatsapp, Saluran::Email];

fn row(tried: Option<(Saluran, AlasanPesan, u32)>) -> LeasedPesan {
    LeasedPesan {
        id: 1,
        jenis: JenisPesan::Undangan,
        untuk: None,
        tentang: Tentang::JanjiTemu(IdJanjiTemu(1)),
        rahasia: None,
        saluran: tried.map(|(saluran, _, _)| saluran),
        alasan: tried.map(|(_, alasan, _)| alasan),
        percobaan: tried.map_or(0, |(_, _, percobaan)| percobaan),
        sudah_dikabari: false,
        dibuat_pada: DateTime::UNIX_EPOCH,
    }
}

fn guest(telp: bool, email: bool) -> Recipient {
    Recipient {
        nama: "Budi".to_owned(),
        telp: telp.then(|| Telp::parse("081234567890").unwrap()),
        email: email.then(|| "budi@rumah.example".to_owned()),
    }
}

#[test]
fn the_first_channel_that_is_set_up_and_has_an_address_carries_it() {
    let first = |ready: &[Saluran], recipient| channel(&row(None), &ORDER, ready, &recipient);
    assert_eq!(first(&ORDER, guest(true, true)), Ok(Saluran::Whatsapp));
    assert_eq!(first(&ORDER, guest(false, true)), Ok(Saluran::Email));
    assert_eq!(first(&[Saluran::Email], guest(true, true)), Ok(Saluran::Email));
    assert_eq!(first(&[Saluran::Email], guest(true, false)), Err(AlasanPesan::TanpaAlamat));
    assert_eq!(first(&[], guest(true, true)), Err(AlasanPesan::TanpaSaluran));
    let turned = channel(&row(None), &[Saluran::Email], &ORDER, &guest(true, true));
    assert_eq!(turned, Ok(Saluran::Email), "a channel that is not in the order is not used");
}

#[test]
fn a_final_refusal_goes_to_the_next_channel_at_once_and_the_last_one_fails() {
    let dead = row(Some((Saluran::Whatsapp, AlasanPesan::NomorTanpaWhatsapp, 1)));
    assert_eq!(channel(&dead, &ORDER, &ORDER, &guest(true, true)), Ok(Saluran::Email));
    assert_eq!(
        channel(&dead, &ORDER, &ORDER, &guest(true, false)),
        Err(AlasanPesan::NomorTanpaWhatsapp),
        "why it failed is what the guru is told"
    );
    let refused = row(Some((Saluran::Email, AlasanPesan::AlamatDitolak, 1)));
    assert_eq!(channel(&refused, &ORDER, &ORDER, &guest(true, true)), Err(AlasanPesan::AlamatDitolak));
    assert_eq!(pause(&AlasanPesan::AlamatDitolak.into(), 0), Duration::ZERO);
}

#[test]
fn a_silent_channel_is_tried_again_and_given_up_sooner_where_there_is_another() {
    let silent = |attempts| row(Some((Saluran::Whatsapp, AlasanPesan::TidakMenjawab, attempts)));
    assert_eq!(channel(&silent(2), &ORDER, &ORDER, &guest(true, true)), Ok(Saluran::Whatsapp));
    assert_eq!(channel(&silent(3), &ORDER, &ORDER, &guest(true, true)), Ok(Saluran::Email));
    assert_eq!(channel(&silent(7), &ORDER, &ORDER, &guest(true, false)), Ok(Saluran::Whatsapp));
    assert_eq!(channel(&silent(8), &ORDER, &ORDER, &guest(true, false)), Err(AlasanPesan::TidakMenjawab));
}

#[test]
fn pauses_grow_to_a_bound_and_what_the_provider_asks_for_counts() {
    let silent = SendError::from(AlasanPesan::TidakMenjawab);
    for attempts in 0..20 {
        let pause = pause(&silent, attempts);
        // Jitter adds up to one more of the same.
        assert!(pause >= PAUSE.0 && pause <= 2 * PAUSE.1, "{attempts}: {pause:?}");
    }
    assert!(pause(&silent, 6) > PAUSE.0 * 8);
    let asked = SendError { alasan: AlasanPesan::TerlaluCepat, retry_after: Some(Duration::from_secs(600)) };
    assert!(pause(&asked, 0) >= Duration::from_secs(600));
    let absurd = SendError { retry_after: Some(Duration::MAX), ..asked };
    assert!(pause(&absurd, 0) <= 2 * PAUSE.1);
}
