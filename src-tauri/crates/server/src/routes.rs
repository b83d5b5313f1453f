//! One file per entity, named as the entity, from the address to the store call.

mod auth;
mod dasbor;
mod docs;
mod janji_temu;
mod kesehatan;
mod laporan;
mod notifikasi;
mod pages;
mod pengguna;
mod pindai;
mod qr;
mod sekolah;
mod tamu;
mod ulasan;
mod ws;

use axum::Router;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::AppState;

fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(docs::document())
        .routes(routes!(auth::login))
        .routes(routes!(auth::tamu))
        .routes(routes!(auth::refresh))
        .routes(routes!(auth::logout))
        .routes(routes!(auth::change_password))
        .routes(routes!(auth::me))
        .routes(routes!(pengguna::list, pengguna::create))
        .routes(routes!(pengguna::update, pengguna::delete))
        .routes(routes!(pengguna::reset_password))
        .routes(routes!(pengguna::guru))
        .routes(routes!(tamu::list, tamu::create))
        .routes(routes!(tamu::search))
        .routes(routes!(tamu::saya))
        .routes(routes!(tamu::update))
        .routes(routes!(tamu::reset_password))
        .routes(routes!(janji_temu::list, janji_temu::create))
        .routes(routes!(janji_temu::today))
        .routes(routes!(janji_temu::of_guru))
        .routes(routes!(janji_temu::walk_in))
        .routes(routes!(janji_temu::get))
        .routes(routes!(janji_temu::update_status))
        .routes(routes!(janji_temu::reschedule))
        .routes(routes!(pindai::verify))
        .routes(routes!(pindai::scan))
        .routes(routes!(qr::png))
        .routes(routes!(qr::svg))
        .routes(routes!(notifikasi::list))
        .routes(routes!(notifikasi::mark_read))
        .routes(routes!(notifikasi::delete))
        .routes(routes!(notifikasi::respond))
        .routes(routes!(laporan::daily))
        .routes(routes!(laporan::weekly))
        .routes(routes!(laporan::monthly))
        .routes(routes!(dasbor::get))
        .routes(routes!(sekolah::get))
        .routes(routes!(ulasan::list, ulasan::create))
        .routes(routes!(ulasan::ringkasan))
        .routes(routes!(kesehatan::healthz))
        .routes(routes!(kesehatan::readyz))
        .routes(routes!(kesehatan::metrics))
        .routes(routes!(ws::connect))
}

/// Every route, and the document that describes them.
pub(crate) fn router() -> Router<AppState> {
    let (router, document) = api().split_for_parts();
    let document = docs::complete(document);
    router.merge(docs::pages(document)).merge(pages::router())
}

/// The OpenAPI document, as `/api/openapi.json` serves it.
pub fn openapi() -> utoipa::openapi::OpenApi {
    docs::complete(api().into_openapi())
}
