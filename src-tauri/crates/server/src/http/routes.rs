//! The routes. Each entity has one file with its name, from the address to the store call.

mod audit;
mod auth;
mod cadangan;
mod csv;
mod dasbor;
mod data_tamu;
mod docs;
mod ekspor;
mod evakuasi;
mod fields;
mod file;
mod hari_libur;
mod janji_temu;
mod kalender;
mod kesehatan;
mod kiosk;
mod kunjungan;
mod laporan;
mod logo;
mod masalah;
mod meja;
mod notifikasi;
mod pages;
mod pemeliharaan;
mod pemulihan;
mod pengguna;
mod pesan;
mod pindai;
mod qr;
mod saluran;
mod sekolah;
mod setelan;
mod survei;
mod tamu;
mod template;
mod tiket;
mod ulasan;
mod webhook;
mod ws;

use axum::Router;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{http::refusals::describe, state::AppState};

/// Handlers, with the refusals that follow from their signatures.
macro_rules! operations {
    ($($handler:path),+ $(,)?) => {
        OpenApiRouter::with_openapi(docs::document())
            $(.routes(describe(routes!($handler), $handler)))+
    };
}

fn api() -> OpenApiRouter<AppState> {
    operations![
        audit::list,
        audit::check,
        audit::export,
        auth::login,
        auth::tamu,
        auth::refresh,
        auth::logout,
        auth::change_password,
        auth::rate,
        auth::me,
        pengguna::list,
        pengguna::create,
        pengguna::update,
        pengguna::delete,
        pengguna::reset_password,
        pengguna::unlock,
        pengguna::list_sesi,
        pengguna::revoke_sesi,
        pengguna::revoke_all_sesi,
        pengguna::export,
        pengguna::import,
        pengguna::import_dapodik,
        pengguna::progress,
        pengguna::guru,
        janji_temu::kosong,
        janji_temu::hari,
        tamu::list,
        tamu::create,
        tamu::search,
        tamu::saya,
        tamu::get,
        tamu::update,
        tamu::merge,
        tamu::part,
        tamu::reset_password,
        data_tamu::mine,
        data_tamu::update,
        data_tamu::withdraw,
        data_tamu::erase_me,
        data_tamu::keep_me,
        data_tamu::of_guest,
        data_tamu::erase_guest,
        janji_temu::list,
        janji_temu::create,
        janji_temu::today,
        janji_temu::of_guru,
        janji_temu::walk_in,
        janji_temu::get,
        janji_temu::update,
        janji_temu::update_status,
        janji_temu::beri_tahu,
        janji_temu::reschedule,
        kalender::get,
        kalender::create,
        kalender::delete,
        kalender::feed,
        pindai::verify,
        pindai::scan,
        qr::png,
        qr::svg,
        tiket::png,
        kunjungan::get,
        kunjungan::batal,
        kunjungan::setuju,
        kunjungan::kalender,
        survei::create,
        survei::sum,
        notifikasi::list,
        notifikasi::mark_read,
        notifikasi::delete,
        notifikasi::respond,
        laporan::daily,
        laporan::weekly,
        laporan::monthly,
        laporan::range,
        ekspor::create,
        ekspor::get,
        ekspor::berkas,
        ekspor::delete,
        logo::get,
        logo::update,
        logo::delete,
        logo::of_sekolah,
        dasbor::get,
        dasbor::hari_pertama,
        evakuasi::get,
        evakuasi::start,
        evakuasi::end,
        evakuasi::tick,
        meja::update,
        meja::bekal,
        meja::kabar,
        sekolah::get,
        kiosk::pin,
        hari_libur::list,
        hari_libur::set,
        hari_libur::delete,
        hari_libur::import,
        hari_libur::replace,
        setelan::get,
        setelan::update,
        setelan::preview,
        setelan::trial,
        pesan::list,
        pesan::resend,
        saluran::list,
        saluran::configure,
        saluran::remove,
        saluran::trial,
        saluran::connect,
        webhook::receive,
        webhook::answer,
        template::list,
        template::update,
        template::delete,
        template::preview,
        cadangan::list,
        cadangan::create,
        cadangan::sheet,
        cadangan::try_sheet,
        pemulihan::show,
        pemulihan::create,
        pemeliharaan::list,
        pemeliharaan::create,
        ulasan::list,
        ulasan::export,
        ulasan::create,
        ulasan::hide,
        ulasan::ringkasan,
        kesehatan::healthz,
        kesehatan::readyz,
        kesehatan::metrics,
        masalah::get,
        ws::connect,
    ]
}

/// Every route, and the document that describes them.
pub(crate) fn router() -> Router<AppState> {
    let (router, document) = api().split_for_parts();
    let document = docs::complete(document);
    router.merge(docs::pages(&document)).merge(pages::router())
}

/// The OpenAPI document, as `/api/openapi.json` serves it.
pub fn openapi() -> utoipa::openapi::OpenApi {
    docs::complete(api().into_openapi())
}
