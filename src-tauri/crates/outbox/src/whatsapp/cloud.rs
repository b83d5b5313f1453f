//! WhatsApp's own Cloud API. It keeps the words of a message itself (see `domain::saluran::Templates`), and tells only
//! by its reports that a number has no WhatsApp.

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    pesan::AlasanPesan,
    saluran::{Templates, cloud},
};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::{
    Gateway, OFFICIAL_SPACING, PICTURE_NAME, PNG, answer::Answer, endpoint::Endpoint, http::call, picture,
};
use crate::channel::{Message, SendError};

/// Characters of one value, which the whole message may have.
const VALUE_MAX: usize = 1024;

pub(super) struct Cloud {
    endpoint: Endpoint,
    version: String,
    phone_id: String,
    templates: Templates,
}

impl Cloud {
    pub(super) fn new(endpoint: Endpoint, version: &str, phone_id: &str, templates: Templates) -> Self {
        Self { endpoint, version: version.to_owned(), phone_id: phone_id.to_owned(), templates }
    }

    fn path<'a>(&'a self, last: &'a str) -> [&'a str; 3] {
        [&self.version, &self.phone_id, last]
    }

    /// Uploads a picture, and answers with its identity there.
    async fn upload(&self, png: &[u8]) -> Result<String, SendError> {
        let file = Part::bytes(png.to_vec()).file_name(PICTURE_NAME).mime_str(PNG);
        let form = Form::new()
            .text("messaging_product", "whatsapp")
            .text("type", PNG)
            .part("file", file.map_err(|_| AlasanPesan::Ditolak)?);
        let answer = call(self.endpoint.post(self.path("media")).multipart(form)).await?;
        id(&success(answer)?["id"])
    }

    fn template(&self, number: &str, message: &Message, picture: Option<String>) -> Value {
        let (name, language) = self.templates.get(message.jenis, message.bahasa);
        let mut components = Vec::new();
        if let Some(id) = picture {
            let image = json!({ "type": "image", "image": { "id": id } });
            components.push(json!({ "type": "header", "parameters": [image] }));
        }
        if !message.values.is_empty() {
            let values =
                message.values.iter().map(|value| json!({ "type": "text", "text": parameter(value) }));
            components.push(json!({ "type": "body", "parameters": values.collect::<Vec<_>>() }));
        }
        json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": number,
            "type": "template",
            "template": { "name": name, "language": { "code": language }, "components": components },
        })
    }
}

#[async_trait]
impl Gateway for Cloud {
    fn spacing(&self) -> Duration {
        OFFICIAL_SPACING
    }

    async fn send(&self, number: &str, message: &Message) -> Result<Option<String>, SendError> {
        let picture = match picture(message) {
            Some(png) => Some(self.upload(png).await?),
            None => None,
        };
        let body = self.template(number, message, picture);
        let answer = call(self.endpoint.post(self.path("messages")).json(&body)).await?;
        id(&success(answer)?["messages"][0]["id"]).map(Some)
    }

    async fn check(&self) -> Result<(), SendError> {
        let request = self.endpoint.get([&*self.version, &*self.phone_id]).query(&[("fields", "id")]);
        id(&success(call(request).await?)?["id"]).map(drop)
    }
}

/// The body of a success; a refusal by its own number.
fn success(answer: Answer) -> Result<Value, SendError> {
    let code = answer.body.as_ref().and_then(|body| body["error"]["code"].as_i64());
    match code.map(cloud::reason) {
        Some(alasan) if alasan != AlasanPesan::Ditolak => Err(answer.refused(alasan)),
        Some(alasan) => Err(answer.refusal().unwrap_or_else(|| alasan.into())),
        None => answer.success(),
    }
}

fn id(value: &Value) -> Result<String, SendError> {
    value.as_str().filter(|id| !id.is_empty()).map(str::to_owned).ok_or_else(|| AlasanPesan::Ditolak.into())
}

/// A value as the API takes it: on one line, without rows of blanks, and never empty.
fn parameter(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "-".to_owned() } else { line.chars().take(VALUE_MAX).collect() }
}
