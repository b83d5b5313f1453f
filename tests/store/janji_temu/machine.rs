//! Random steps compared with a model: whatever is tried in whatever order, the table follows the status machine.

use chrono::Duration;
use domain::{IdJanjiTemu, Role, Status, VisitStep};
use proptest::{prelude::*, test_runner::TestRunner};
use store::Store;

use crate::school::{School, at, perubahan};

stories![random_steps_follow_the_status_machine];

/// A step that somebody believes to be possible, given how they last saw the appointment.
#[derive(Clone, Debug)]
struct Attempt {
    dari: Status,
    langkah: VisitStep,
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let langkah = prop_oneof![
        any::<bool>().prop_map(|terlambat| VisitStep::Datang { terlambat, di_meja: true }),
        Just(VisitStep::Mulai),
        Just(VisitStep::Pulang { waktu_selesai: at("10:00"), di_meja: true }),
        Just(VisitStep::Batal { alasan: None, oleh_tamu: false }),
        Just(VisitStep::TidakHadir { alasan: None }),
    ];
    let attempt = (prop::sample::select(&Status::ALL), langkah)
        .prop_map(|(dari, langkah)| Attempt { dari, langkah })
        // No caller asks for what `domain` forbids.
        .prop_filter("a move of the machine", |attempt| attempt.dari.can_become(attempt.langkah.tujuan()));
    prop::collection::vec(attempt, 1..12)
}

async fn random_steps_follow_the_status_machine(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let cases = std::cell::Cell::new(0);
    let tokio = tokio::runtime::Handle::current();
    let mut runner = TestRunner::new(ProptestConfig { cases: 64, ..ProptestConfig::default() });
    tokio::task::block_in_place(|| {
        let run = |attempts| {
            // Each case has a day of its own, so that no appointment is in another's way.
            cases.set(cases.get() + 1);
            let jadwal = at("09:00") + Duration::days(cases.get());
            tokio.block_on(async {
                let janji = school.janji(&guru, jadwal).await;
                follow(&*school.store, janji.id, attempts).await;
            });
            Ok(())
        };
        runner.run(&attempts(), run).unwrap();
    });
}

async fn follow(store: &dyn Store, id: IdJanjiTemu, attempts: Vec<Attempt>) {
    let mut status = Status::Belum;
    let mut versi = 1;
    let tried = format!("{attempts:?}");
    for Attempt { dari, langkah } in attempts {
        let tujuan = langkah.tujuan();
        let result = store.janji_temu().apply(perubahan(id, dari, langkah, at("09:30"))).await.unwrap();
        if dari == status {
            (status, versi) = (tujuan, versi + 1);
            let row = result.unwrap_or_else(|| panic!("{dari} → {tujuan} was refused: {tried}"));
            assert_eq!((row.status, row.versi), (status, versi), "{tried}");
        } else {
            assert_eq!(result, None, "{dari} → {tujuan} happened from {status}: {tried}");
        }
        let row = store.janji_temu().find(id).await.unwrap().unwrap();
        assert_eq!((row.status, row.versi), (status, versi), "{tried}");
        let arrived = !matches!(status, Status::Belum | Status::Batal | Status::TidakHadir);
        assert_eq!(row.waktu_datang.is_some(), arrived, "{tried}");
        assert_eq!(row.waktu_selesai.is_some(), status == Status::Selesai, "{tried}");
    }
}
