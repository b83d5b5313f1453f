//! Storage of the school's settings.

use async_trait::async_trait;
use domain::Setelan;

use serde_json::{Map, Value};

use crate::{Result, StoreError};

/// The settings as they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tersimpan {
    /// Grows with every change; 0 if nothing was ever set.
    pub versi: i64,
    /// What was set; the rest as from the start.
    pub setelan: Setelan,
}

/// The school's settings.
#[async_trait]
pub trait SetelanStore: Send + Sync {
    /// All of them.
    async fn get(&self) -> Result<Tersimpan>;
    /// Which version is kept.
    async fn versi(&self) -> Result<i64>;
    /// Sets everything if the settings are still of version `versi`. Gives the new version; `None` if somebody else was
    /// faster.
    async fn update(&self, setelan: Setelan, versi: i64) -> Result<Option<i64>>;
    /// Of which key the recovery sheet was tried last, by its fingerprint.
    async fn find_tried_sheet(&self) -> Result<Option<String>>;
    /// Keeps that this key's sheet was tried and is right. It is no setting, so no version counts it.
    async fn note_tried_sheet(&self, kunci: String) -> Result<()>;
    /// Whether somebody said on which days the school works.
    async fn were_days_told(&self) -> Result<bool>;
    /// Keeps that somebody said it. It is no setting, so no version counts it.
    async fn note_told_days(&self) -> Result<()>;
}

/// The row that keeps the version.
pub(crate) const VERSI: &str = "versi";

/// The row that keeps which key's recovery sheet was tried.
pub(crate) const SHEET_TRIED: &str = "lembar_teruji";

/// The row that keeps that somebody said on which days the school works.
pub(crate) const DAYS_TOLD: &str = "hari_kerja_diperiksa";

/// The settings from rows, one field each. A row that cannot be read is reported, and its field keeps the default. A
/// name that this program does not know is ignored.
pub(crate) fn of_rows(rows: impl IntoIterator<Item = (String, Option<String>)>) -> Result<Tersimpan> {
    let (mut versi, mut setelan) = (0, Setelan::default());
    let mut fields = fields_of(&setelan)?;
    for (nama, nilai) in rows {
        if nama == VERSI {
            versi = nilai.and_then(|nilai| nilai.parse().ok()).unwrap_or(0);
            continue;
        }
        let Some(before) = fields.get(&nama).cloned() else { continue };
        let value = nilai.and_then(|nilai| serde_json::from_str(&nilai).ok());
        let set = value.and_then(|value: Value| {
            fields.insert(nama.clone(), value);
            serde_json::from_value(Value::Object(fields.clone())).ok()
        });
        match set {
            Some(set) => setelan = set,
            None => {
                tracing::error!(nama, "a setting is damaged; it is as from the start until it is set anew");
                fields.insert(nama, before);
            }
        }
    }
    Ok(Tersimpan { versi, setelan })
}

/// Each field with its value.
pub(crate) fn fields_of(setelan: &Setelan) -> Result<Map<String, Value>> {
    match serde_json::to_value(setelan) {
        Ok(Value::Object(fields)) => Ok(fields),
        _ => Err(StoreError::Other("settings are no object".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_damaged_setting_leaves_the_others() {
        let rows = [
            ("nama_sekolah", Some("\"SMP Tunas Bangsa\"")),
            ("zona_waktu", Some("\"Asia/Jayapurr\"")),
            ("toleransi_terlambat_menit", Some("tujuh")),
            ("tempat", None),
            ("kelak", Some("1")),
            ("versi", Some("7")),
        ];
        let rows = rows.map(|(nama, nilai)| (nama.to_owned(), nilai.map(str::to_owned)));
        let usual = Setelan::default();
        let setelan = Setelan { nama_sekolah: "SMP Tunas Bangsa".to_owned(), ..usual };
        assert_eq!(of_rows(rows).unwrap(), Tersimpan { versi: 7, setelan });
    }
}
