//! The answers of the national register's own server at the school. The interface is unofficial.

use std::collections::BTreeMap;

use domain::impor::{BARIS_MAX, Golongan, Kolom, Line};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Berkas, InvalidBerkas, JenisBerkas, headings,
    lines::{CELL_MAX, COLUMNS_MAX},
    text,
};

/// The fields that are used. No other is kept.
const FIELDS: [(&str, Kolom); 6] = [
    ("nama", Kolom::Nama),
    ("nuptk", Kolom::Nuptk),
    ("nip", Kolom::Nip),
    ("jenis_ptk_id_str", Kolom::JenisPtk),
    ("email", Kolom::Email),
    ("tugas_tambahan", Kolom::TugasTambahan),
];

#[derive(Deserialize)]
struct Answer<T> {
    rows: T,
}

/// The teachers in the answer of `getGtk`.
///
/// # Errors
/// [`InvalidBerkas`].
pub fn gtk(body: &[u8]) -> Result<Berkas, InvalidBerkas> {
    let answer: Answer<Vec<BTreeMap<String, Value>>> =
        serde_json::from_slice(body).map_err(|_| InvalidBerkas::OtherAnswer)?;
    if answer.rows.len() > BARIS_MAX {
        return Err(InvalidBerkas::TooManyRows);
    }
    let mut others = Vec::<String>::new();
    for name in answer.rows.iter().take(1).flat_map(BTreeMap::keys).take(COLUMNS_MAX as usize) {
        if !FIELDS.iter().any(|(field, _)| field == name) {
            others.push(headings::name(&name.replace('_', " ")));
        }
    }
    let baris = (1..).zip(answer.rows).map(|(nomor, row)| Line { nomor, isi: used(&row), ..Line::default() });
    let baris: Vec<_> = baris.filter(|baris| !baris.isi.is_empty()).collect();
    if baris.is_empty() {
        return Err(InvalidBerkas::NoRows);
    }
    Ok(Berkas {
        jenis: JenisBerkas::Dapodik,
        baris_judul: 0,
        dipakai: FIELDS.iter().map(|(name, kolom)| (*kolom, (*name).to_owned())).collect(),
        dibuang: others.into_iter().map(|name| (Golongan::of_register(&name), name)).collect(),
        baris,
    })
}

fn used(row: &BTreeMap<String, Value>) -> BTreeMap<Kolom, String> {
    let cell = |name: &str| {
        let text = match row.get(name)? {
            Value::String(text) => text::cell(text::cut(text, CELL_MAX)),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some(text).filter(|text| !text.is_empty())
    };
    FIELDS.iter().filter_map(|(name, kolom)| Some((*kolom, cell(name)?))).collect()
}

/// The school in the answer of `getSekolah`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sekolah {
    /// Its name.
    pub nama: String,
    /// Eight digits.
    pub npsn: String,
    /// Street, village, district, city, province, postcode.
    pub alamat: String,
    /// Its telephone number, as it stands there.
    pub telepon: String,
    /// Its address.
    pub email: String,
}

/// The school, if the answer tells one. Some servers put it into a list.
pub fn sekolah(body: &[u8]) -> Option<Sekolah> {
    let answer: Answer<Value> = serde_json::from_slice(body).ok()?;
    let row = match answer.rows {
        Value::Array(rows) => rows.into_iter().next()?,
        row => row,
    };
    let field = |name: &str| {
        let text = row.get(name).and_then(Value::as_str).unwrap_or_default();
        text::cell(text::cut(text, CELL_MAX))
    };
    let parts = ["alamat_jalan", "desa_kelurahan", "kecamatan", "kabupaten_kota", "provinsi", "kode_pos"];
    let parts: Vec<_> = parts.into_iter().map(field).filter(|part| !part.is_empty()).collect();
    let nama = field("nama");
    (!nama.is_empty()).then(|| Sekolah {
        nama,
        npsn: field("npsn"),
        alamat: parts.join(", "),
        telepon: field("nomor_telepon"),
        email: field("email"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_teacher_only_what_is_used_is_kept() {
        let body =
            br#"{"results":1,"rows":[{"ptk_id":"a","nama":"Siti Aminah","nuptk":"3352761662200013","nip":"-",
            "nik":"3404000000000001","jenis_ptk_id_str":"Guru Mapel","email":null}]}"#;
        let read = gtk(body).unwrap();
        let isi: Vec<_> = read.baris[0].isi.iter().map(|(kolom, text)| (kolom.as_str(), &**text)).collect();
        assert_eq!(
            isi,
            [("nama", "Siti Aminah"), ("jenis_ptk", "Guru Mapel"), ("nuptk", "3352761662200013")]
        );
        assert!(read.dibuang.contains(&(Golongan::Nik, "nik".to_owned())));
        assert!(!format!("{read:?}").contains("3404000000000001"));
    }

    #[test]
    fn other_answers_are_refused() {
        for body in [&b""[..], b"<html>", b"{}", b"[]", br#"{"rows":{}}"#] {
            assert_eq!(gtk(body), Err(InvalidBerkas::OtherAnswer));
        }
        assert_eq!(gtk(br#"{"rows":[]}"#), Err(InvalidBerkas::NoRows));
    }

    #[test]
    fn a_school_stands_alone_or_in_a_list() {
        let one = r#"{"nama":"SMP Nusa","npsn":"20400001","alamat_jalan":"Jl. Melati 1","kode_pos":"55281",
            "kabupaten_kota":"Kab. Sleman"}"#;
        for body in [format!(r#"{{"rows":{one}}}"#), format!(r#"{{"rows":[{one}]}}"#)] {
            let found = sekolah(body.as_bytes()).unwrap();
            assert_eq!((&*found.nama, &*found.npsn), ("SMP Nusa", "20400001"));
            assert_eq!(found.alamat, "Jl. Melati 1, Kab. Sleman, 55281");
        }
        assert_eq!(sekolah(br#"{"rows":[]}"#), None);
    }
}
