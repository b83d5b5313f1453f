//! The hours of single days of the week, as admins set them.

use std::collections::BTreeMap;

use domain::{
    isian::{self, FieldError, KodeIsian},
    setelan::JamHari,
};
use serde::Deserialize;
use utoipa::ToSchema;

/// The hours of one day of the week.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = JamHariIsian)]
pub(in crate::http::routes) struct JamHariRequest {
    /// Monday 1.
    #[schema(minimum = 1, maximum = 7)]
    hari: i64,
    /// `HH:MM`, before `tutup`.
    buka: String,
    /// `HH:MM`.
    tutup: String,
}

/// The days in their order. The first one that is wrong is told, by its number.
pub(super) fn per_hari(days: &[JamHariRequest]) -> Result<Vec<JamHari>, FieldError> {
    let mut kept = BTreeMap::new();
    for day in days {
        let hari: u8 = isian::number(day.hari, 1, 7)?;
        let (buka, tutup) = (isian::waktu(&day.buka)?, isian::waktu(&day.tutup)?);
        if tutup <= buka {
            return Err(FieldError::new(KodeIsian::SebelumBuka, "jam tutup harus setelah jam buka"));
        }
        kept.insert(hari, JamHari { hari, buka, tutup });
    }
    Ok(kept.into_values().collect())
}
