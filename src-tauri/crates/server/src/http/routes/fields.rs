//! The limits of fields, for the document. A field's name means the same everywhere, so each limit stands here once.
//! The numbers come from `domain`, which checks them.

use std::sync::LazyLock;

use domain::{
    Status, evakuasi, isian, password, pesan::KeadaanPesan, sesi::DEVICE_COOKIE, setelan, tanggapan, telp,
    template, token,
};
use utoipa::openapi::{
    OpenApi, RefOr, Schema,
    path::{Parameter, ParameterIn},
    schema::{Object, SchemaType, Type},
};

use crate::http::{extract::TERJADI_PADA, refusals::operations};

enum Limit {
    /// Text: least and most characters.
    Text(usize, usize),
    /// Text: least and most characters, and a pattern.
    Word(usize, usize, &'static str),
    /// Text that matches a pattern.
    Form(&'static str),
    /// A number: least and most.
    Number(i64, i64),
}

use Limit::{Form, Number, Text, Word};

/// Statuses, separated by commas.
static STATUSES: LazyLock<String> = LazyLock::new(|| {
    let words = Status::ALL.map(Status::as_str).join("|");
    format!("^ *({words}) *(, *({words}) *)*$")
});

/// States of messages, separated by commas.
static MESSAGE_STATES: LazyLock<String> = LazyLock::new(|| {
    let words = KeadaanPesan::ALL.map(KeadaanPesan::as_str).join("|");
    format!("^ *({words}) *(, *({words}) *)*$")
});

/// The limit of a request's field or of a parameter, by its name. Ids of rows start at 1. The version of a row is a
/// number, and that of a text is what the school calls it.
fn limit(name: &str, is_text: bool) -> Option<Limit> {
    Some(match name {
        "nama" | "nama_tamu" | "nama_sekolah" | "tempat" => Text(1, isian::NAMA_MAX),
        "unit" if is_text => Text(0, isian::BARIS_MAX),
        "atas_nama" | "instansi" | "jabatan" | "q" => Text(0, isian::BARIS_MAX),
        "tanggapan_tempat" => Text(0, isian::BARIS_MAX),
        "keperluan" => Text(1, isian::KEPERLUAN_MAX),
        "versi" if is_text => Text(1, isian::VERSI_MAX),
        "alasan" | "tanggapan" => Text(0, isian::TANGGAPAN_MAX),
        "komentar" | "saran" | "petunjuk_arah" | "persetujuan_teks" => Text(0, isian::KOMENTAR_MAX),
        "alamat" | "kontak" | "titik_kumpul" => Text(0, isian::BARIS_MAX),
        "subjek" => Text(1, template::SUBJEK_MAX),
        "isi" if is_text => Text(1, template::ISI_MAX),
        "persetujuan_versi" => Word(1, isian::VERSI_MAX, "^[!-~]*$"),
        "rahasia" => Text(0, isian::BARIS_MAX),
        "tujuan" => Text(1, isian::EMAIL_MAX),
        "keadaan" => Form(&MESSAGE_STATES),
        "npsn" => Form("^([0-9]{8})?$"),
        "token" => Text(1, isian::TANGGAPAN_MAX),
        "tugas_tambahan" => Text(0, isian::BARIS_MAX),
        "nuptk" => Form("^([0-9]{16})?$"),
        "nip" => Form("^([0-9]{18})?$"),
        "email" => Text(0, isian::EMAIL_MAX),
        "telp" => Text(0, telp::TEXT_MAX),
        "kunci" => Word(1, isian::KUNCI_MAX, "^[!-~]*$"),
        "kode" => Text(token::TOKEN_LEN, token::MAX_TEXT_BYTES),
        "password" | "password_lama" => Text(0, password::MAX_BYTES),
        "password_baru" => Text(password::MIN_BYTES, password::MAX_BYTES),
        DEVICE_COOKIE => Text(0, isian::BARIS_MAX),
        "token_segar" => Text(1, isian::BARIS_MAX),
        "sapaan" => Form("^(Bu|Pak)?$"),
        "tahun" => Number(2000, 2999),
        "tanggal" | "dari" | "sampai" => Form("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        "bulan" => Form("^[0-9]{4}-[0-9]{2}$"),
        TERJADI_PADA => Form("^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]+([Zz]|[+-][0-9]{2}:[0-9]{2})$"),
        "waktu" | "buka" | "tutup" | "jam_buka" | "jam_tutup" | "jam_tenang_mulai" | "jam_tenang_selesai"
        | "jam_cadangan" => Form("^[0-9]{2}:[0-9]{2}(:[0-9]{2})?$"),
        "zona_waktu" => Form("^[A-Za-z0-9_+/-]+$"),
        "status" => Form(&STATUSES),
        "rating" => Number(1, 5),
        "durasi_menit" | "durasi_bawaan_menit" => between(isian::DURASI_MENIT),
        "toleransi_terlambat_menit" => between(setelan::TOLERANSI_MENIT),
        "jeda_pulang_menit" => between(setelan::JEDA_PULANG_MENIT),
        "batas_urung_menit" => between(setelan::BATAS_URUNG_MENIT),
        "lewat_tengah_malam_jam" => between(setelan::LEWAT_TENGAH_MALAM_JAM),
        "folder_cadangan" => Text(0, setelan::FOLDER_MAX),
        "audit_bulan" => between(setelan::AUDIT_BULAN),
        "batas_pesan_bulan" => between(setelan::BATAS_PESAN_BULAN),
        "arsip_bulan" => between(setelan::ARSIP_BULAN),
        "retensi_tamu_bulan" => between(setelan::RETENSI_TAMU_BULAN),
        "kiosk_diam_detik" => between(setelan::KIOSK_DIAM_DETIK),
        "kiosk_pin" => Form("^([0-9]{4,8})?$"),
        "sapaan_tamu" => Text(0, isian::BARIS_MAX),
        "alamat_publik" => Form("^(https?://[^/]+/?)?$"),
        "kode_berlaku_hari" => between(setelan::KODE_BERLAKU_HARI),
        "versi" => Number(0, i64::MAX),
        "jumlah_orang" => Number(1, isian::JUMLAH_ORANG_MAX),
        "tanggapan_menit" => Number(1, tanggapan::MENIT_MAX),
        "umur_detik" => between(evakuasi::UMUR_DETIK),
        "halaman" => Number(1, 1_000_000),
        "ukuran" => Number(1, 200),
        name if name.starts_with("id_") || name == "id" || name == "kecuali" || name == "pelaku" => {
            Number(1, i64::MAX)
        }
        _ => return None,
    })
}

const fn between((min, max): (i64, i64)) -> Limit {
    Number(min, max)
}

/// Writes the limits into every request of the document.
pub(super) fn write(document: &mut OpenApi) {
    let schemas = document.components.iter_mut().flat_map(|components| &mut components.schemas);
    for (_, schema) in schemas.filter(|(name, _)| name.ends_with("Request")) {
        let RefOr::T(Schema::Object(request)) = schema else { continue };
        request.properties.iter_mut().for_each(|(name, field)| apply(name, field));
    }
    for (_, operation) in document.paths.paths.values_mut().flat_map(operations) {
        for parameter in operation.parameters.iter_mut().flatten() {
            let RefOr::T(Parameter { name, parameter_in, schema: Some(schema), .. }) = parameter else {
                continue;
            };
            // A code in a path has no limit, because any text is looked up.
            if *parameter_in != ParameterIn::Path || ["id", "nama", "tanggal"].contains(&name.as_str()) {
                apply(name, schema);
            }
        }
    }
}

fn apply(name: &str, field: &mut RefOr<Schema>) {
    let RefOr::T(Schema::Object(field)) = field else { return };
    let is_text = match &field.schema_type {
        SchemaType::Type(kind) => *kind == Type::String,
        SchemaType::Array(kinds) => kinds.contains(&Type::String),
        SchemaType::AnyValue => false,
    };
    match limit(name, is_text) {
        Some(Text(min, max)) => {
            field.min_length = (min > 0).then_some(min);
            field.max_length = Some(max);
        }
        Some(Word(min, max, pattern)) => {
            (field.min_length, field.max_length) = (Some(min), Some(max));
            field.pattern = Some(pattern.to_owned());
        }
        Some(Form(pattern)) => field.pattern = Some(pattern.to_owned()),
        Some(Number(min, max)) => bound(field, min, max),
        None => {}
    }
}

fn bound(field: &mut Object, min: i64, max: i64) {
    // A float cannot hold the largest integers. The format says that the numbers are integers.
    let number = |number: i64| utoipa::Number::Int(number as isize);
    (field.minimum, field.maximum) = (Some(number(min)), (max < i64::MAX).then(|| number(max)));
}
