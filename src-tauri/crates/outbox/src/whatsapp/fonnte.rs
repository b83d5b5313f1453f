//! Fonnte. It answers with status 200 whatever happens, and takes numbers that have no WhatsApp, so they are asked for
//! first.

use async_trait::async_trait;
use domain::pesan::AlasanPesan;
use reqwest::multipart::{Form, Part};
use serde_json::Value;

use super::{
    Gateway, PICTURE_NAME, PNG,
    answer::{field, text},
    endpoint::Endpoint,
    http::call,
    picture,
    verdict::{Verdict, verdict},
};
use crate::channel::{Message, SendError};

pub(super) struct Fonnte {
    endpoint: Endpoint,
}

impl Fonnte {
    pub(super) fn new(endpoint: Endpoint) -> Self {
        Self { endpoint }
    }

    async fn send_form(&self, form: Form) -> Result<Verdict, SendError> {
        verdict(call(self.endpoint.post(["send"]).multipart(form)).await?)
    }
}

#[async_trait]
impl Gateway for Fonnte {
    async fn has_whatsapp(&self, number: &str) -> Result<Option<bool>, SendError> {
        let form = [("target", number), ("countryCode", country(number))];
        let body = match verdict(call(self.endpoint.post(["validate"]).form(&form)).await?)? {
            Verdict::Yes(body) => body,
            Verdict::No(refusal) => return Err(refusal.into()),
        };
        let lists = |name| {
            let numbers = field(&body, name).and_then(Value::as_array);
            numbers.is_some_and(|numbers| numbers.iter().any(|one| text(one).as_deref() == Some(number)))
        };
        Ok(if lists("registered") { Some(true) } else { lists("not_registered").then_some(false) })
    }

    async fn send(&self, number: &str, message: &Message) -> Result<Option<String>, SendError> {
        if let Some(png) = picture(message) {
            let file = Part::bytes(png.to_vec()).file_name(PICTURE_NAME).mime_str(PNG);
            let form = form(number, message).part("file", file.map_err(|_| AlasanPesan::Ditolak)?);
            match self.send_form(form.text("filename", PICTURE_NAME)).await? {
                Verdict::Yes(body) => return Ok(id(&body)),
                // Without a package that takes files the text goes alone, with the link to the code.
                Verdict::No(refusal) if refusal.is_only_of_the_picture => {}
                Verdict::No(refusal) => return Err(refusal.into()),
            }
        }
        match self.send_form(form(number, message)).await? {
            Verdict::Yes(body) => Ok(id(&body)),
            Verdict::No(refusal) => Err(refusal.into()),
        }
    }

    async fn check(&self) -> Result<(), SendError> {
        match verdict(call(self.endpoint.post(["device"])).await?)? {
            Verdict::Yes(body) => match field(&body, "device_status").and_then(Value::as_str) {
                Some("connect") | None => Ok(()),
                Some(_) => Err(AlasanPesan::SesiPutus.into()),
            },
            Verdict::No(refusal) => Err(refusal.into()),
        }
    }
}

fn form(number: &str, message: &Message) -> Form {
    Form::new()
        .text("target", number.to_owned())
        .text("message", message.isi.clone())
        .text("countryCode", country(number))
}

/// The country that Fonnte would put before a number; `0` leaves a foreign one as it is.
fn country(number: &str) -> &'static str {
    if number.starts_with("62") { "62" } else { "0" }
}

fn id(body: &Value) -> Option<String> {
    let id = field(body, "id")?;
    text(id.get(0).unwrap_or(id))
}
