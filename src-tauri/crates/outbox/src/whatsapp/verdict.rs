//! What a gateway says by `status: true` or `false`, whichever status HTTP has.

use domain::pesan::AlasanPesan;
use serde_json::Value;

use super::{
    answer::{Answer, field, is_yes, text},
    words,
};
use crate::channel::SendError;

/// What a gateway says.
pub(super) enum Verdict {
    /// It did what it was asked for.
    Yes(Value),
    /// It did not.
    No(Refusal),
}

/// Why a gateway did not do what it was asked for.
pub(super) struct Refusal {
    alasan: AlasanPesan,
    /// Whether the text alone may pass: gateways take files only with the dearer packages.
    pub(super) is_only_of_the_picture: bool,
}

impl From<Refusal> for SendError {
    fn from(refusal: Refusal) -> Self {
        refusal.alasan.into()
    }
}

/// Reads an answer.
///
/// # Errors
/// What the status of HTTP says, or `Ditolak` for a shape that no gateway has.
pub(super) fn verdict(answer: Answer) -> Result<Verdict, SendError> {
    let says = answer.body.as_ref().and_then(|body| is_yes(body, "status"));
    let is_explained =
        says == Some(false) && answer.refusal().is_none_or(|refusal| refusal.alasan == AlasanPesan::Ditolak);
    if is_explained {
        let body = answer.body.unwrap_or_default();
        let reason = ["reason", "message"].iter().find_map(|name| text(field(&body, name)?));
        return Ok(Verdict::No(refusal(&reason.unwrap_or_default())));
    }
    let body = answer.success()?;
    if says == Some(true) { Ok(Verdict::Yes(body)) } else { Err(AlasanPesan::Ditolak.into()) }
}

fn refusal(reason: &str) -> Refusal {
    let alasan = words::reason(reason);
    let is_only_of_the_picture = alasan == AlasanPesan::Ditolak && words::is_about_pictures(reason);
    Refusal { alasan, is_only_of_the_picture }
}
