//! WAHA, which schools run themselves. It takes numbers that have no WhatsApp, so they are asked for first. Its free
//! edition sends no pictures: then the text goes alone, with the link to the code.

use async_trait::async_trait;
use data_encoding::BASE64;
use domain::{pesan::AlasanPesan, saluran::webhook::waha_id};
use serde_json::{Value, json};

use super::{Gateway, PICTURE_NAME, PNG, answer::Answer, endpoint::Endpoint, http::call, picture};
use crate::channel::{Message, SendError};

pub(super) struct Waha {
    endpoint: Endpoint,
    session: String,
}

impl Waha {
    pub(super) fn new(endpoint: Endpoint, session: &str) -> Self {
        Self { endpoint, session: session.to_owned() }
    }
}

#[async_trait]
impl Gateway for Waha {
    async fn has_whatsapp(&self, number: &str) -> Result<Option<bool>, SendError> {
        let query = [("phone", number), ("session", &self.session)];
        let answer = call(self.endpoint.get(["api", "contacts", "check-exists"]).query(&query)).await?;
        Ok(success(answer)?["numberExists"].as_bool())
    }

    async fn send(&self, number: &str, message: &Message) -> Result<Option<String>, SendError> {
        let chat = format!("{number}@c.us");
        if let Some(png) = picture(message) {
            let file = json!({ "mimetype": PNG, "filename": PICTURE_NAME, "data": BASE64.encode(png) });
            let body =
                json!({ "session": self.session, "chatId": chat, "file": file, "caption": message.isi });
            let answer = call(self.endpoint.post(["api", "sendImage"]).json(&body)).await?;
            if answer.status.as_u16() != 422 || is_of_session(&answer) {
                return id(&success(answer)?).map(Some);
            }
        }
        let body = json!({ "session": self.session, "chatId": chat, "text": message.isi });
        let answer = call(self.endpoint.post(["api", "sendText"]).json(&body)).await?;
        id(&success(answer)?).map(Some)
    }

    async fn check(&self) -> Result<(), SendError> {
        let body = success(call(self.endpoint.get(["api", "sessions", &*self.session])).await?)?;
        match body["status"].as_str() {
            Some("WORKING") => Ok(()),
            Some(_) => Err(AlasanPesan::SesiPutus.into()),
            None => Err(AlasanPesan::Ditolak.into()),
        }
    }
}

/// The body of a success.
fn success(answer: Answer) -> Result<Value, SendError> {
    if is_of_session(&answer) { Err(answer.refused(AlasanPesan::SesiPutus)) } else { answer.success() }
}

/// Whether a refusal is about the session: it is in no state to send, or there is none of that name.
fn is_of_session(answer: &Answer) -> bool {
    const NOT_WORKING: [&str; 4] = ["STOPPED", "STARTING", "SCAN_QR_CODE", "FAILED"];
    let state = answer.body.as_ref().and_then(|body| body["status"].as_str());
    match answer.status.as_u16() {
        404 => answer.words().contains("session"),
        400..=599 => state.is_some_and(|state| NOT_WORKING.contains(&state)),
        _ => false,
    }
}

/// WAHA's name for the message, which each of its engines writes elsewhere.
fn id(body: &Value) -> Result<String, SendError> {
    let places = ["/id/_serialized", "/id/id", "/id", "/key/id", "/_data/id/id"];
    let id = places.iter().find_map(|place| body.pointer(place)?.as_str()).filter(|id| !id.is_empty());
    id.map(|id| waha_id(id).to_owned()).ok_or_else(|| AlasanPesan::Ditolak.into())
}
