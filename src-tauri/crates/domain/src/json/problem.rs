//! Problem documents (RFC 9457).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ErrorCode;
#[cfg(feature = "openapi")]
use crate::isian::KodeField;

/// Why a request was refused. A program branches on `code`, a person reads `title` and `detail`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// The kind of problem in few words.
    pub title: String,
    /// What happened and what to do.
    pub detail: String,
    /// The kind of problem for programs.
    pub code: ErrorCode,
    /// What is wrong with each field, in the customer's language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub errors: BTreeMap<String, String>,
    /// For `bentrok`: the time from which the guru is free on that day, `HH:MM`; missing if the day has no such time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-2][0-9]:[0-5][0-9]$"))]
    pub waktu_kosong: Option<String>,
    /// For `hari_libur`: the holiday's name; missing if nobody works on that day of the week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hari_libur: Option<String>,
    /// What is wrong with each field, for a program that has its own words for it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, KodeField>))]
    pub codes: BTreeMap<String, String>,
    /// The limits that a field's code refers to, in the order in which its text names them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub batas: BTreeMap<String, Vec<i64>>,
}
