//! Evolution API in both versions, played.

use wiremock::matchers::body_partial_json;

use super::*;

const SETUP: &str = "evolution:TU SMP:rahasia-token-77";
const NUMBERS: &str = "/chat/whatsappNumbers/TU%20SMP";
const TEXT: &str = "/message/sendText/TU%20SMP";
const MEDIA: &str = "/message/sendMedia/TU%20SMP";

async fn knowing(exists: bool) -> MockServer {
    let server = MockServer::start().await;
    let found = json!([{ "exists": exists, "jid": format!("{NUMBER}@s.whatsapp.net"), "number": NUMBER }]);
    answers(&server, "POST", NUMBERS, 200, found).await;
    server
}

fn accepted(id: &str) -> Value {
    json!({ "key": { "remoteJid": "x", "fromMe": true, "id": id }, "status": "PENDING" })
}

fn misses(field: &str) -> Value {
    let message = json!([[format!("instance requires property \"{field}\"")]]);
    json!({ "status": 400, "error": "Bad Request", "response": { "message": message } })
}

#[tokio::test]
async fn the_second_versions_bodies() {
    let server = knowing(true).await;
    answers(&server, "POST", TEXT, 201, accepted("BAE5")).await;
    answers(&server, "POST", MEDIA, 201, accepted("BAE6")).await;
    let channel = channel_to(&server, SETUP);
    assert_eq!(channel.send(&text()).await, taken("BAE5"));
    assert_eq!(channel.send(&invitation()).await, taken("BAE6"));
    assert_eq!(body(&requests(&server, NUMBERS).await[0]), json!({ "numbers": [NUMBER] }));
    let sent = &requests(&server, TEXT).await[0];
    assert_eq!(header(sent, "apikey"), SECRET);
    assert_eq!(body(sent), json!({ "number": NUMBER, "text": text().isi }));
    let expected = json!({
        "number": NUMBER, "mediatype": "image", "mimetype": "image/png", "caption": text().isi,
        "media": data_encoding::BASE64.encode(b"\x89PNG ticket"), "fileName": PICTURE_NAME,
    });
    assert_eq!(body(&requests(&server, MEDIA).await[0]), expected);
}

#[tokio::test]
async fn the_first_version_is_known_by_what_it_misses_and_asked_in_its_own_form_from_then_on() {
    let server = knowing(true).await;
    let own = json!({ "textMessage": { "text": text().isi } });
    let takes = ResponseTemplate::new(201).set_body_json(accepted("BAE5"));
    Mock::given(path(TEXT))
        .and(body_partial_json(own))
        .respond_with(takes)
        .with_priority(1)
        .mount(&server)
        .await;
    answers(&server, "POST", TEXT, 400, misses("textMessage")).await;
    let channel = channel_to(&server, SETUP);
    assert_eq!(channel.send(&text()).await, taken("BAE5"));
    assert_eq!(channel.send(&text()).await, taken("BAE5"));
    assert_eq!(requests(&server, TEXT).await.len(), 3);
    let pictures = json!({ "mediaMessage": { "mediatype": "image", "fileName": PICTURE_NAME } });
    let takes = ResponseTemplate::new(201).set_body_json(accepted("BAE6"));
    Mock::given(path(MEDIA)).and(body_partial_json(pictures)).respond_with(takes).mount(&server).await;
    assert_eq!(channel.send(&invitation()).await, taken("BAE6"));
}

#[tokio::test]
async fn a_version_that_was_set_up_stays() {
    let server = knowing(true).await;
    answers(&server, "POST", TEXT, 400, misses("text")).await;
    let config = json!({
        "penyedia": "evolution", "base": server.uri(), "instance": "TU SMP", "key": SECRET, "version": "1",
    });
    let channel = channel(&serde_json::from_value(config).unwrap(), &http(QUICK));
    assert_eq!(channel.send(&text()).await, refused(AlasanPesan::Ditolak));
    let sent = requests(&server, TEXT).await;
    assert_eq!((sent.len(), &body(&sent[0])["textMessage"]["text"]), (1, &json!(text().isi)));
}

#[tokio::test]
async fn neither_version_is_tried_for_ever() {
    let server = knowing(true).await;
    answers(&server, "POST", TEXT, 400, misses("textMessage")).await;
    assert_eq!(channel_to(&server, SETUP).send(&text()).await, refused(AlasanPesan::Ditolak));
    assert_eq!(requests(&server, TEXT).await.len(), 2);
}

#[tokio::test]
async fn refusals() {
    let dead = json!({ "status": 400, "response": { "message": [{ "exists": false, "number": NUMBER }] } });
    let gone =
        json!({ "status": 404, "response": { "message": ["The \"TU SMP\" instance does not exist"] } });
    let closed = json!({ "status": 500, "response": { "message": "Connection Closed" } });
    for (status, answer, alasan) in [
        (400, dead, AlasanPesan::NomorTanpaWhatsapp),
        (404, gone, AlasanPesan::SesiPutus),
        (500, closed, AlasanPesan::SesiPutus),
        (500, json!({ "message": "x" }), AlasanPesan::TidakMenjawab),
        (401, json!({ "error": "Unauthorized" }), AlasanPesan::TokenDitolak),
        (201, json!({ "ok": true }), AlasanPesan::Ditolak),
    ] {
        let server = knowing(true).await;
        answers(&server, "POST", TEXT, status, answer.clone()).await;
        assert_eq!(channel_to(&server, SETUP).send(&text()).await, refused(alasan), "{answer}");
    }
    let server = knowing(false).await;
    assert_eq!(channel_to(&server, SETUP).send(&text()).await, refused(AlasanPesan::NomorTanpaWhatsapp));
}

#[tokio::test]
async fn the_check_asks_for_the_connection() {
    let lost = || refused(AlasanPesan::SesiPutus);
    for (answer, expected) in [
        (json!({ "instance": { "instanceName": "TU SMP", "state": "open" } }), Ok(())),
        (json!({ "instance": { "instanceName": "TU SMP", "state": "close" } }), lost()),
        (json!({ "instance": { "instanceName": "TU SMP" } }), lost()),
        (json!({}), refused(AlasanPesan::Ditolak)),
    ] {
        let server = MockServer::start().await;
        answers(&server, "GET", "/instance/connectionState/TU%20SMP", 200, answer).await;
        assert_eq!(channel_to(&server, SETUP).check().await, expected);
    }
}
