//! Every step: its columns, its message.

use super::*;

fn waktu() -> DateTime<Utc> {
    "2026-11-23T02:00:00Z".parse().unwrap()
}

fn steps() -> Vec<VisitStep> {
    let alasan = Some("Sakit".to_owned());
    vec![
        VisitStep::Datang { terlambat: true, di_meja: true },
        VisitStep::Mulai,
        VisitStep::Pulang { waktu_selesai: waktu(), di_meja: true },
        VisitStep::Pulang { waktu_selesai: waktu(), di_meja: false },
        VisitStep::Pamit,
        VisitStep::Batal { alasan: alasan.clone(), oleh_tamu: false },
        VisitStep::TidakHadir { alasan: alasan.clone() },
        VisitStep::UrungDatang,
        VisitStep::UrungLangsung { alasan },
        VisitStep::UrungPulang { ke: Status::Menunggu },
    ]
}

/// What a step sets of a column; `None` where it leaves it alone.
fn set(langkah: &VisitStep, column: &str) -> Option<Value> {
    langkah.columns(waktu()).into_iter().find(|(name, _)| *name == column).map(|(_, value)| value)
}

#[test]
fn every_step_says_where_it_leads_and_names_a_column_once() {
    for langkah in steps() {
        let columns = langkah.columns(waktu());
        assert_eq!(set(&langkah, "status"), Some(Value::Word(langkah.tujuan().as_str())));
        for (name, _) in &columns {
            assert_eq!(columns.iter().filter(|(other, _)| other == name).count(), 1, "{langkah:?}: {name}");
        }
    }
}

#[test]
fn a_step_sets_its_own_time_and_no_other() {
    let times = |langkah: &VisitStep| {
        let columns = langkah.columns(waktu());
        let set = columns.into_iter().filter(|(_, value)| *value == Value::Time(Some(waktu())));
        set.map(|(name, _)| name).collect::<Vec<_>>()
    };
    let [datang, mulai, pulang, pulang_sendiri, others @ ..] = &steps()[..] else { panic!() };
    assert_eq!(times(datang), ["waktu_datang"]);
    assert_eq!(times(mulai), ["waktu_mulai"]);
    assert_eq!((times(pulang), times(pulang_sendiri)), (vec!["waktu_selesai"], vec!["waktu_selesai"]));
    others.iter().for_each(|langkah| assert_eq!(times(langkah), [""; 0], "{langkah:?}"));
}

#[test]
fn only_what_is_closed_without_a_visit_has_a_reason() {
    for langkah in steps() {
        let expected = match &langkah {
            VisitStep::Batal { .. } | VisitStep::TidakHadir { .. } | VisitStep::UrungLangsung { .. } => {
                Some(Value::Text(Some("Sakit".to_owned())))
            }
            VisitStep::Datang { .. } | VisitStep::UrungDatang => Some(Value::Text(None)),
            _ => None,
        };
        assert_eq!(set(&langkah, "alasan"), expected, "{langkah:?}");
    }
}

#[test]
fn an_arrival_that_was_none_leaves_nothing_behind() {
    for langkah in [VisitStep::UrungDatang, VisitStep::UrungLangsung { alasan: None }] {
        for time in
            ["waktu_datang", "ditanggapi_pada", "diberi_tahu_pada", "dibaca_pada", "notifikasi_dihapus_pada"]
        {
            assert_eq!(set(&langkah, time), Some(Value::Time(None)), "{time}");
        }
        for text in ["tanggapan", "tanggapan_jenis", "tanggapan_tempat"] {
            assert_eq!(set(&langkah, text), Some(Value::Text(None)), "{text}");
        }
        assert_eq!(set(&langkah, "terlambat"), Some(Value::Bit(false)));
    }
}

#[test]
fn a_step_tells_whom_it_concerns() {
    let queueing: Vec<_> = steps().iter().map(VisitStep::queueing).collect();
    let expected = [
        Some(Queueing::Add(JenisPesan::Kedatangan)),
        None,
        Some(Queueing::Add(JenisPesan::Ulasan)),
        None,
        Some(Queueing::Add(JenisPesan::Ulasan)),
        Some(Queueing::Add(JenisPesan::Batal)),
        None,
        Some(Queueing::Remove(JenisPesan::Kedatangan)),
        Some(Queueing::Remove(JenisPesan::Kedatangan)),
        Some(Queueing::Remove(JenisPesan::Ulasan)),
    ];
    assert_eq!(queueing, expected);
}

#[test]
fn what_is_agreed_awaits_its_guest_and_clashes_only_where_asked_for() {
    for izinkan_bentrok in [false, true] {
        let awal = Awal::of(Jenis::Janji, waktu(), false, izinkan_bentrok);
        assert_eq!((awal.boleh_bentrok, awal.pesan), (izinkan_bentrok, JenisPesan::Undangan));
        assert!(awal.columns.contains(&("status", Value::Word("belum"))));
        assert!(awal.columns.contains(&("waktu_datang", Value::Time(None))));
        assert!(awal.columns.contains(&("datang_di_meja", Value::Bit(false))));
    }
}

#[test]
fn who_comes_without_an_appointment_is_here_and_never_refused() {
    for oleh_guru in [false, true] {
        let awal = Awal::of(Jenis::Langsung, waktu(), oleh_guru, false);
        assert_eq!((awal.boleh_bentrok, awal.pesan), (true, JenisPesan::Kedatangan));
        assert!(awal.columns.contains(&("status", Value::Word("menunggu"))));
        assert!(awal.columns.contains(&("waktu_datang", Value::Time(Some(waktu())))));
        assert!(awal.columns.contains(&("datang_di_meja", Value::Bit(!oleh_guru))));
    }
}
