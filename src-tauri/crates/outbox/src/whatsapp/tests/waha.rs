//! WAHA, played.

use super::*;

const SETUP: &str = "waha:rahasia-token-77:tu";
const EXISTS: &str = "/api/contacts/check-exists";
const TEXT: &str = "/api/sendText";
const IMAGE: &str = "/api/sendImage";

async fn knowing() -> MockServer {
    let server = MockServer::start().await;
    let found = json!({ "numberExists": true, "chatId": format!("{NUMBER}@c.us") });
    answers(&server, "GET", EXISTS, 200, found).await;
    server
}

fn not_working(status: &str) -> Value {
    json!({ "error": "Session status is not as expected", "session": "tu", "status": status, "expected": ["WORKING"] })
}

#[tokio::test]
async fn a_number_is_asked_for_and_the_ticket_goes_with_the_text_under_it() {
    let server = knowing().await;
    let id = json!({ "id": { "fromMe": true, "_serialized": format!("true_{NUMBER}@c.us_3EB0A1") } });
    answers(&server, "POST", IMAGE, 201, id).await;
    assert_eq!(channel_to(&server, SETUP).send(&invitation()).await, taken("3EB0A1"));
    let asked = &requests(&server, EXISTS).await[0];
    assert_eq!(asked.url.query(), Some(&*format!("phone={NUMBER}&session=tu")));
    assert_eq!(header(asked, "x-api-key"), SECRET);
    let sent = &requests(&server, IMAGE).await[0];
    assert_eq!(header(sent, "x-api-key"), SECRET);
    let sent = body(sent);
    assert_eq!(sent["session"], "tu");
    assert_eq!(sent["chatId"], format!("{NUMBER}@c.us"));
    assert_eq!(sent["caption"], text().isi);
    assert_eq!(sent["file"]["mimetype"], "image/png");
    assert_eq!(sent["file"]["data"], data_encoding::BASE64.encode(b"\x89PNG ticket"));
}

#[tokio::test]
async fn the_free_edition_sends_text_and_link() {
    let server = knowing().await;
    let plus = json!({ "statusCode": 422, "message": "The feature is available only in Plus version" });
    answers(&server, "POST", IMAGE, 422, plus).await;
    answers(&server, "POST", TEXT, 201, json!({ "key": { "id": "3EB0A1", "fromMe": true } })).await;
    assert_eq!(channel_to(&server, SETUP).send(&invitation()).await, taken("3EB0A1"));
    let sent = body(&requests(&server, TEXT).await[0]);
    assert_eq!(sent, json!({ "session": "tu", "chatId": format!("{NUMBER}@c.us"), "text": text().isi }));
}

#[tokio::test]
async fn a_dead_number_is_not_written_to_although_it_would_be_taken() {
    let server = MockServer::start().await;
    answers(&server, "GET", EXISTS, 200, json!({ "numberExists": false })).await;
    answers(&server, "POST", TEXT, 201, json!({ "id": "true_1@c.us_A" })).await;
    assert_eq!(channel_to(&server, SETUP).send(&text()).await, refused(AlasanPesan::NomorTanpaWhatsapp));
    assert!(requests(&server, TEXT).await.is_empty());
}

#[tokio::test]
async fn a_lost_session_is_no_picture_that_cannot_be_sent() {
    for state in ["STOPPED", "STARTING", "SCAN_QR_CODE", "FAILED"] {
        let server = MockServer::start().await;
        answers(&server, "GET", EXISTS, 422, not_working(state)).await;
        assert_eq!(channel_to(&server, SETUP).send(&text()).await, refused(AlasanPesan::SesiPutus));
        let server = knowing().await;
        answers(&server, "POST", IMAGE, 422, not_working(state)).await;
        answers(&server, "POST", TEXT, 201, json!({ "id": "true_1@c.us_A" })).await;
        assert_eq!(channel_to(&server, SETUP).send(&invitation()).await, refused(AlasanPesan::SesiPutus));
        assert!(requests(&server, TEXT).await.is_empty());
    }
    let server = MockServer::start().await;
    answers(&server, "GET", EXISTS, 404, json!({ "message": "Session \"tu\" does not exist" })).await;
    assert_eq!(channel_to(&server, SETUP).send(&text()).await, refused(AlasanPesan::SesiPutus));
}

#[tokio::test]
async fn an_old_server_that_cannot_be_asked_is_written_to() {
    let server = MockServer::start().await;
    answers(&server, "GET", EXISTS, 404, json!({ "message": "Cannot GET /api" })).await;
    answers(&server, "POST", TEXT, 201, json!({ "id": format!("true_{NUMBER}@c.us_A7") })).await;
    assert_eq!(channel_to(&server, SETUP).send(&text()).await, taken("A7"));
}

#[tokio::test]
async fn the_check_asks_for_the_session() {
    let lost = || refused(AlasanPesan::SesiPutus);
    for (status, answer, expected) in [
        (200, json!({ "name": "tu", "status": "WORKING" }), Ok(())),
        (200, json!({ "name": "tu", "status": "SCAN_QR_CODE" }), lost()),
        (200, json!({ "name": "tu", "status": "STOPPED" }), lost()),
        (404, json!({ "message": "Session not found" }), lost()),
        (401, json!({ "message": "Unauthorized" }), refused(AlasanPesan::TokenDitolak)),
        (200, json!([]), refused(AlasanPesan::Ditolak)),
    ] {
        let server = MockServer::start().await;
        answers(&server, "GET", "/api/sessions/tu", status, answer).await;
        assert_eq!(channel_to(&server, SETUP).check().await, expected);
    }
}
