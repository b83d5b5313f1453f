//! Evolution API, which schools run themselves. Its first version wants other bodies than the second, and says so.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use data_encoding::BASE64;
use domain::{pesan::AlasanPesan, saluran::EvolutionVersion};
use serde_json::{Value, json};

use super::{Gateway, PICTURE_NAME, PNG, answer::Answer, endpoint::Endpoint, http::call, picture, words};
use crate::channel::{Message, SendError};

pub(super) struct Evolution {
    endpoint: Endpoint,
    instance: String,
    /// Whether it is of the first version, as it was set up or as it has shown itself.
    is_v1: AtomicBool,
    /// Whether that may still change.
    is_open: bool,
}

impl Evolution {
    pub(super) fn new(endpoint: Endpoint, instance: &str, version: Option<EvolutionVersion>) -> Self {
        let is_v1 = AtomicBool::new(version == Some(EvolutionVersion::V1));
        Self { endpoint, instance: instance.to_owned(), is_v1, is_open: version.is_none() }
    }

    async fn post(&self, what: &str, number: &str, message: &Message) -> Result<Answer, SendError> {
        let body = self.body(number, message);
        call(self.endpoint.post(["message", what, &*self.instance]).json(&body)).await
    }

    fn body(&self, number: &str, message: &Message) -> Value {
        let is_v1 = self.is_v1.load(Ordering::Relaxed);
        let Some(png) = picture(message) else {
            let text = json!({ "text": message.isi });
            return if is_v1 {
                json!({ "number": number, "textMessage": text })
            } else {
                json!({ "number": number, "text": message.isi })
            };
        };
        // Without `data:` before it, which gives a refusal.
        let mut media = json!({
            "mediatype": "image",
            "mimetype": PNG,
            "caption": message.isi,
            "media": BASE64.encode(png),
            "fileName": PICTURE_NAME,
        });
        if is_v1 {
            return json!({ "number": number, "mediaMessage": media });
        }
        media["number"] = number.into();
        media
    }
}

#[async_trait]
impl Gateway for Evolution {
    async fn has_whatsapp(&self, number: &str) -> Result<Option<bool>, SendError> {
        let body = json!({ "numbers": [number] });
        let request = self.endpoint.post(["chat", "whatsappNumbers", &*self.instance]).json(&body);
        Ok(success(call(request).await?)?[0]["exists"].as_bool())
    }

    async fn send(&self, number: &str, message: &Message) -> Result<Option<String>, SendError> {
        let what = if picture(message).is_some() { "sendMedia" } else { "sendText" };
        let mut answer = self.post(what, number, message).await?;
        if self.is_open && wants_the_other_version(&answer) {
            self.is_v1.fetch_xor(true, Ordering::Relaxed);
            answer = self.post(what, number, message).await?;
        }
        let body = success(answer)?;
        let id = body["key"]["id"].as_str().filter(|id| !id.is_empty()).map(str::to_owned);
        id.map(Some).ok_or_else(|| AlasanPesan::Ditolak.into())
    }

    async fn check(&self) -> Result<(), SendError> {
        let request = self.endpoint.get(["instance", "connectionState", &*self.instance]);
        let body = success(call(request).await?)?;
        match body.get("instance").map(|instance| instance["state"].as_str()) {
            Some(Some("open")) => Ok(()),
            // A state that is missing was seen where the connection had dropped.
            Some(_) => Err(AlasanPesan::SesiPutus.into()),
            None => Err(AlasanPesan::Ditolak.into()),
        }
    }
}

/// Whether it misses a field that only bodies of the other version have.
fn wants_the_other_version(answer: &Answer) -> bool {
    const FIELDS: [&str; 5] = ["textmessage", "mediamessage", "text", "mediatype", "media"];
    let words = answer.words();
    let misses = |field: &str| words.contains(&format!(r#"requires property \"{field}\""#));
    answer.status.as_u16() == 400 && FIELDS.into_iter().any(misses)
}

/// The body of a success; a refusal by its words, where they say more than the status.
fn success(answer: Answer) -> Result<Value, SendError> {
    let Some(refusal) = answer.refusal() else { return answer.success() };
    let words = answer.words();
    if words.contains(r#""exists":false"#) {
        return Err(answer.refused(AlasanPesan::NomorTanpaWhatsapp));
    }
    let has_no_instance = words.contains("instance") && words.contains("not exist");
    if has_no_instance || words::reason(&words) == AlasanPesan::SesiPutus {
        return Err(answer.refused(AlasanPesan::SesiPutus));
    }
    Err(refusal)
}
