//! Wablas, played.

use super::*;

const SETUP: &str = "wablas:rahasia-token-77:kunci";
const TEXT: &str = "/api/send-message";
const IMAGE: &str = "/api/send-image-from-local";

fn queued(id: &str, status: &str) -> Value {
    let messages = json!([{ "id": id, "phone": NUMBER, "message": "x", "status": status }]);
    json!({ "status": true, "message": "Message is pending", "data": { "quota": 10, "messages": messages } })
}

#[tokio::test]
async fn text_and_picture_go_as_forms() {
    let server = MockServer::start().await;
    answers(&server, "POST", TEXT, 200, queued("a1-b2", "pending")).await;
    answers(&server, "POST", IMAGE, 200, queued("c3-d4", "pending")).await;
    let channel = channel_to(&server, SETUP);
    assert_eq!(channel.send(&text()).await, taken("a1-b2"));
    assert_eq!(channel.send(&invitation()).await, taken("c3-d4"));
    let sent = &requests(&server, TEXT).await[0];
    assert_eq!(header(sent, "authorization"), format!("{SECRET}.kunci"));
    assert_eq!(form(sent), [("phone".to_owned(), NUMBER.to_owned()), ("message".to_owned(), text().isi)]);
    let sent = form(&requests(&server, IMAGE).await[0]);
    assert_eq!(sent[0], ("phone".to_owned(), NUMBER.to_owned()));
    assert_eq!(sent[1], ("caption".to_owned(), text().isi));
    assert_eq!(sent[2], ("file".to_owned(), data_encoding::BASE64.encode(b"\x89PNG ticket")));
    assert_eq!(sent[3].0, "data");
}

#[tokio::test]
async fn refusals_are_told_by_status_and_words() {
    for (status, answer, alasan) in [
        (200, json!({ "status": false, "message": "token invalid" }), AlasanPesan::TokenDitolak),
        (400, json!({ "status": false, "message": "Device is disconnected" }), AlasanPesan::SesiPutus),
        (401, json!({ "status": false, "message": "x" }), AlasanPesan::TokenDitolak),
        (500, json!({ "status": false, "message": "token invalid" }), AlasanPesan::TidakMenjawab),
        (200, json!({ "status": false, "message": "phone invalid" }), AlasanPesan::AlamatDitolak),
        (200, queued("a", "reject"), AlasanPesan::Ditolak),
        (200, json!({ "status": true, "data": { "messages": [] } }), AlasanPesan::Ditolak),
        (404, json!({ "error": "x" }), AlasanPesan::Ditolak),
    ] {
        let server = MockServer::start().await;
        answers(&server, "POST", TEXT, status, answer.clone()).await;
        assert_eq!(channel_to(&server, SETUP).send(&text()).await, refused(alasan), "{answer}");
    }
}

#[tokio::test]
async fn without_a_package_for_files_the_text_goes_alone() {
    let server = MockServer::start().await;
    let no_file = json!({ "status": false, "message": "Your package can not send file" });
    answers(&server, "POST", IMAGE, 200, no_file).await;
    answers(&server, "POST", TEXT, 200, queued("a1-b2", "pending")).await;
    assert_eq!(channel_to(&server, SETUP).send(&invitation()).await, taken("a1-b2"));
}

#[tokio::test]
async fn the_check_asks_for_the_device_where_the_server_has_that() {
    for (status, answer, expected) in [
        (200, json!({ "status": true, "data": { "name": "TU", "status": "connected" } }), Ok(())),
        (
            200,
            json!({ "status": true, "data": [{ "status": "disconnected" }] }),
            refused(AlasanPesan::SesiPutus),
        ),
        (200, json!({ "status": false, "message": "token invalid" }), refused(AlasanPesan::TokenDitolak)),
        (404, json!({}), Ok(())),
        (502, json!({}), refused(AlasanPesan::TidakMenjawab)),
    ] {
        let server = MockServer::start().await;
        answers(&server, "GET", "/api/device/info", status, answer).await;
        assert_eq!(channel_to(&server, SETUP).check().await, expected);
    }
}
