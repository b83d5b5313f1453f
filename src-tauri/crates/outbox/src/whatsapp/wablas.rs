//! Wablas. Its server has another name for each customer. It does not tell whether a number has WhatsApp.

use async_trait::async_trait;
use data_encoding::BASE64;
use domain::{pesan::AlasanPesan, saluran::Secret};
use serde_json::{Value, json};

use super::{
    Gateway, PICTURE_NAME, PNG,
    answer::{field, text},
    endpoint::Endpoint,
    http::call,
    picture,
    verdict::{Verdict, verdict},
};
use crate::channel::{Message, SendError};

pub(super) struct Wablas {
    endpoint: Endpoint,
    token: Secret,
}

impl Wablas {
    pub(super) fn new(endpoint: Endpoint, token: Secret) -> Self {
        Self { endpoint, token }
    }
}

#[async_trait]
impl Gateway for Wablas {
    async fn send(&self, number: &str, message: &Message) -> Result<Option<String>, SendError> {
        if let Some(png) = picture(message) {
            let file = BASE64.encode(png);
            let about = json!({ "name": PICTURE_NAME, "type": PNG, "size": png.len() }).to_string();
            let form = [("phone", number), ("caption", &message.isi), ("file", &file), ("data", &about)];
            let request = self.endpoint.post(["api", "send-image-from-local"]).form(&form);
            match verdict(call(request).await?)? {
                Verdict::Yes(body) => return id(&body).map(Some),
                // Without a package that takes files the text goes alone, with the link to the code.
                Verdict::No(refusal) if refusal.is_only_of_the_picture => {}
                Verdict::No(refusal) => return Err(refusal.into()),
            }
        }
        let form = [("phone", number), ("message", &message.isi)];
        match verdict(call(self.endpoint.post(["api", "send-message"]).form(&form)).await?)? {
            Verdict::Yes(body) => id(&body).map(Some),
            Verdict::No(refusal) => Err(refusal.into()),
        }
    }

    async fn check(&self) -> Result<(), SendError> {
        // This one request wants the token in its address; none of these addresses is ever written to a log.
        let request = self.endpoint.get(["api", "device", "info"]).query(&[("token", self.token.expose())]);
        let answer = call(request).await?;
        if answer.status.as_u16() == 404 {
            // A server without this request answers, and more is not known of it.
            return Ok(());
        }
        let body = match verdict(answer)? {
            Verdict::Yes(body) => body,
            Verdict::No(refusal) => return Err(refusal.into()),
        };
        let device = field(&body, "data").map(|data| data.get(0).unwrap_or(data));
        match device.and_then(|device| field(device, "status")?.as_str()) {
            Some(status) if !status.eq_ignore_ascii_case("connected") => Err(AlasanPesan::SesiPutus.into()),
            _ => Ok(()),
        }
    }
}

/// Wablas' name for the message, which it may refuse within a success.
fn id(body: &Value) -> Result<String, SendError> {
    let message = &body["data"]["messages"][0];
    let status = message["status"].as_str().unwrap_or_default();
    if ["reject", "rejected", "cancel", "failed"].contains(&&*status.to_lowercase()) {
        return Err(AlasanPesan::Ditolak.into());
    }
    text(&message["id"]).ok_or_else(|| AlasanPesan::Ditolak.into())
}
