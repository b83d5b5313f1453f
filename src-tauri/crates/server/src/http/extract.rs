//! What handlers take out of a request. If something is wrong, the problem document names the field.

mod akses;
mod body;
mod client_address;
mod device;
mod happened;
mod path;
mod query;
mod request_state;
mod staff;
mod token;
mod visit_code;

pub(crate) use akses::{
    AnySession, AsAdmin, AsPengguna, AsReception, AsTamu, MaybeSession, SessionOwner, acts_for,
};
pub(crate) use body::{BODY_MAX_BYTES, FileBody, Json, Object, RawBody};
pub(crate) use client_address::ClientAddress;
pub(crate) use device::FromDevice;
pub(crate) use happened::{Happened, TERJADI_PADA};
pub(crate) use path::{PathDay, PathId, PathWord, PathWords};
pub(crate) use query::{LembarQuery, PageQuery, Query, cari, halaman};
pub(crate) use staff::{AsStaff, AsStaffReception};
pub(crate) use token::ShownToken;
pub(crate) use visit_code::PathVisit;

use domain::isian::InvalidIsian;

use crate::error::ApiError;

/// The field at which serde failed, and why. Nothing of what was sent is repeated.
fn field_error(path: &str, message: &str) -> ApiError {
    let named = || message.split('`').nth(1).unwrap_or_default();
    // A place in a list is named as any other field is.
    let path = path.replace('[', ".").replace(']', "");
    let path = if path == "." { "" } else { path.trim_end_matches(".?") };
    let inside = |name: &str| match (path, name) {
        ("", name) => name.to_owned(),
        (path, name) => format!("{path}.{name}"),
    };
    if message.starts_with("missing field") {
        return ApiError::field(&inside(named()), InvalidIsian::Empty);
    }
    if message.starts_with("duplicate field") {
        return ApiError::field(&inside(named()), "disebut dua kali");
    }
    let (field, what) = if message.starts_with("unknown field") {
        // If serde got as far as the field's value, the path already ends in the unknown field.
        let name = named();
        let field =
            if path == name || path.ends_with(&format!(".{name}")) { path.to_owned() } else { inside(name) };
        (field, "isian tidak dikenal")
    } else if message.starts_with("unknown variant") {
        (path.to_owned(), "pilihan tidak dikenal")
    } else if message.starts_with("invalid type") {
        (path.to_owned(), "jenis nilai tidak sesuai")
    } else {
        (path.to_owned(), "nilai tidak valid")
    };
    let field = if field.is_empty() { "isi".to_owned() } else { field };
    ApiError::field(&field, what)
}
