//! A report as it is sent to an admin: read, drawn and written out when its turn has come.

use domain::{IdPengguna, Role, laporan::Period};
use laporan::Report;
use store::{RunningSchool, StoreError};

use crate::{channel::Message, compose::School};

/// The message; `None` if the admin is none any more, or does not want it any more.
pub(crate) async fn compose(
    school: &dyn RunningSchool,
    id: IdPengguna,
    periode: Period,
) -> store::Result<Option<Message>> {
    let (store, setelan) = (school.store(), school.setelan());
    let admin = store.pengguna().find(id).await?;
    let Some(admin) = admin.filter(|admin| admin.aktif && admin.role == Role::Admin) else { return Ok(None) };
    if !setelan.report_recipients(periode.jenis).contains(&id) {
        return Ok(None);
    }
    let banding = store::laporan::compared(&*store, periode, setelan.zona_waktu, true).await?;
    let report = Report {
        periode,
        banding,
        bahasa: setelan.bahasa_bawaan,
        zona: setelan.zona_waktu,
        dibuat_pada: school.now(),
        sekolah: laporan::School::of(&setelan, store.logo().find().await?),
    };
    let drawn = tokio::task::spawn_blocking(move || laporan::pdf(&report).map(|pdf| (report, pdf))).await;
    let failed = |error: &dyn std::fmt::Display| StoreError::Other(error.to_string());
    let (report, pdf) = drawn.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
    Ok(Some(School::of(school, None).about_report(&admin, &report, pdf)))
}
