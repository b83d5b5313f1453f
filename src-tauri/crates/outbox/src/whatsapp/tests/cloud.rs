//! The Cloud API, played.

use super::*;

const SETUP: &str = "cloud:1055:rahasia-token-77";
const MEDIA: &str = "/v23.0/1055/media";
const MESSAGES: &str = "/v23.0/1055/messages";

async fn taking() -> MockServer {
    let server = MockServer::start().await;
    answers(&server, "POST", MEDIA, 200, json!({ "id": "9001" })).await;
    let taken = json!({ "messaging_product": "whatsapp", "messages": [{ "id": "wamid.A" }] });
    answers(&server, "POST", MESSAGES, 200, taken).await;
    server
}

#[tokio::test]
async fn an_invitation_is_a_template_with_the_uploaded_ticket() {
    let server = taking().await;
    let channel = channel_to(&server, SETUP);
    assert_eq!(channel.send(&invitation()).await, taken("wamid.A"));
    let upload = &requests(&server, MEDIA).await[0];
    assert_eq!(header(upload, "authorization"), format!("Bearer {SECRET}"));
    assert_eq!(part(upload, "messaging_product").as_deref(), Some("whatsapp"));
    assert_eq!(part(upload, "type").as_deref(), Some("image/png"));
    assert!(part(upload, "file").unwrap().ends_with("PNG ticket"));
    let message = &requests(&server, MESSAGES).await[0];
    assert_eq!(header(message, "authorization"), format!("Bearer {SECRET}"));
    let text = |text| json!({ "type": "text", "text": text });
    let expected = json!({
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": NUMBER, "type": "template",
        "template": { "name": "bukutamu_undangan", "language": { "code": "id" }, "components": [
            { "type": "header", "parameters": [{ "type": "image", "image": { "id": "9001" } }] },
            { "type": "body", "parameters": [text("Siti Aminah"), text("Senin, 1 Juni"), text("-")] },
        ] },
    });
    assert_eq!(body(message), expected);
    assert_eq!(channel.spacing(), Duration::from_millis(100));
}

#[tokio::test]
async fn the_schools_own_template_goes_in_its_language_and_without_a_picture_there_is_no_header() {
    let server = taking().await;
    let config = json!({
        "penyedia": "cloud", "base": server.uri(), "phone_id": "1055", "token": SECRET, "version": "v25.0",
        "template": { "batal": { "nama": "batal_smp", "bahasa": "en_US" } },
    });
    answers(&server, "POST", "/v25.0/1055/messages", 200, json!({ "messages": [{ "id": "wamid.B" }] })).await;
    let channel = channel(&serde_json::from_value(config).unwrap(), &http(QUICK));
    let message = Message { jenis: JenisPesan::Batal, values: Vec::new(), ..text() };
    assert_eq!(channel.send(&message).await, taken("wamid.B"));
    let sent = body(&requests(&server, "/v25.0/1055/messages").await[0]);
    let template = json!({ "name": "batal_smp", "language": { "code": "en_US" }, "components": [] });
    assert_eq!(sent["template"], template);
}

#[tokio::test]
async fn a_refusal_means_what_its_number_says() {
    for (status, code, alasan) in [
        (401, 190, AlasanPesan::TokenDitolak),
        (400, 131_047, AlasanPesan::DiLuar24Jam),
        (400, 131_026, AlasanPesan::NomorTanpaWhatsapp),
        (400, 131_056, AlasanPesan::TerlaluCepat),
        (429, 130_429, AlasanPesan::TerlaluCepat),
        (404, 132_001, AlasanPesan::TemplateTidakAda),
        (400, 131_030, AlasanPesan::AlamatDitolak),
        (500, 131_000, AlasanPesan::TidakMenjawab),
        (400, 100, AlasanPesan::Ditolak),
        (503, 999_999, AlasanPesan::TidakMenjawab),
        // A code within a success is no success.
        (200, 190, AlasanPesan::TokenDitolak),
    ] {
        let server = MockServer::start().await;
        let error = json!({ "error": { "message": "(#1) x", "type": "OAuthException", "code": code } });
        answers(&server, "POST", MESSAGES, status, error).await;
        assert_eq!(channel_to(&server, SETUP).send(&text()).await, refused(alasan), "{code}");
    }
}

#[tokio::test]
async fn a_picture_that_is_refused_sends_nothing() {
    let server = MockServer::start().await;
    let error = json!({ "error": { "code": 190 } });
    answers(&server, "POST", MEDIA, 401, error).await;
    assert_eq!(channel_to(&server, SETUP).send(&invitation()).await, refused(AlasanPesan::TokenDitolak));
    assert!(requests(&server, MESSAGES).await.is_empty());
}

#[tokio::test]
async fn the_check_asks_for_the_number() {
    let server = MockServer::start().await;
    answers(&server, "GET", "/v23.0/1055", 200, json!({ "id": "1055" })).await;
    assert_eq!(channel_to(&server, SETUP).check().await, Ok(()));
    let server = MockServer::start().await;
    answers(&server, "GET", "/v23.0/1055", 401, json!({ "error": { "code": 190 } })).await;
    assert_eq!(channel_to(&server, SETUP).check().await, refused(AlasanPesan::TokenDitolak));
}
