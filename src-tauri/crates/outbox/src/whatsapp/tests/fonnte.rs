//! Fonnte, played.

use super::*;

const SETUP: &str = "fonnte:rahasia-token-77";

async fn knowing() -> MockServer {
    let server = MockServer::start().await;
    let known = json!({ "status": true, "registered": [NUMBER], "not_registered": [] });
    answers(&server, "POST", "/validate", 200, known).await;
    server
}

#[tokio::test]
async fn a_number_is_asked_for_once_and_the_ticket_goes_as_a_file() {
    let server = knowing().await;
    let taken_there = json!({ "detail": "success! message in queue", "id": ["80367170"], "status": true });
    answers(&server, "POST", "/send", 200, taken_there).await;
    let channel = channel_to(&server, SETUP);
    assert_eq!(channel.send(&invitation()).await, taken("80367170"));
    assert_eq!(channel.send(&text()).await, taken("80367170"));
    let asked = requests(&server, "/validate").await;
    assert_eq!(asked.len(), 1);
    assert_eq!(header(&asked[0], "authorization"), SECRET);
    let expected = [("target", NUMBER), ("countryCode", "62")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(form(&asked[0]), expected);
    let sent = requests(&server, "/send").await;
    assert_eq!(header(&sent[0], "authorization"), SECRET);
    assert_eq!(part(&sent[0], "target").as_deref(), Some(NUMBER));
    assert_eq!(part(&sent[0], "countryCode").as_deref(), Some("62"));
    assert_eq!(part(&sent[0], "message"), Some(text().isi));
    assert_eq!(part(&sent[0], "filename").as_deref(), Some(PICTURE_NAME));
    assert!(part(&sent[0], "file").unwrap().ends_with("PNG ticket"));
    assert_eq!(part(&sent[1], "file"), None);
    assert!(channel.spacing() >= Duration::from_secs(3));
}

#[tokio::test]
async fn a_number_without_whatsapp_is_not_written_to() {
    let server = MockServer::start().await;
    let unknown = json!({ "Status": true, "Registered": [], "Not_Registered": [NUMBER] });
    answers(&server, "POST", "/validate", 200, unknown).await;
    answers(&server, "POST", "/send", 200, json!({ "status": true, "id": ["1"] })).await;
    let channel = channel_to(&server, SETUP);
    assert_eq!(channel.send(&text()).await, refused(AlasanPesan::NomorTanpaWhatsapp));
    assert_eq!(channel.send(&text()).await, refused(AlasanPesan::NomorTanpaWhatsapp));
    assert_eq!(requests(&server, "/validate").await.len(), 1);
    assert!(requests(&server, "/send").await.is_empty());
}

#[tokio::test]
async fn a_failure_with_status_200_is_told_by_its_words() {
    for (answer, alasan) in [
        (json!({ "status": false, "reason": "token invalid" }), AlasanPesan::TokenDitolak),
        (json!({ "Status": false, "Reason": "Token Invalid" }), AlasanPesan::TokenDitolak),
        (
            json!({ "status": false, "reason": "request invalid on disconnected device" }),
            AlasanPesan::SesiPutus,
        ),
        (json!({ "status": false, "reason": "insufficient quota" }), AlasanPesan::Ditolak),
        (json!({ "status": false, "reason": "target invalid" }), AlasanPesan::AlamatDitolak),
        (json!({ "status": false }), AlasanPesan::Ditolak),
        (json!({ "ok": true }), AlasanPesan::Ditolak),
        (json!("halaman masuk"), AlasanPesan::Ditolak),
    ] {
        let server = knowing().await;
        answers(&server, "POST", "/send", 200, answer.clone()).await;
        assert_eq!(channel_to(&server, SETUP).send(&text()).await, refused(alasan), "{answer}");
    }
}

#[tokio::test]
async fn a_lost_phone_is_told_before_anything_is_sent_and_a_refused_question_hinders_nothing() {
    let server = MockServer::start().await;
    let lost = json!({ "status": false, "reason": "device disconnected" });
    answers(&server, "POST", "/validate", 200, lost).await;
    assert_eq!(channel_to(&server, SETUP).send(&text()).await, refused(AlasanPesan::SesiPutus));
    assert!(requests(&server, "/send").await.is_empty());
    let server = MockServer::start().await;
    answers(&server, "POST", "/validate", 200, json!({ "status": false, "reason": "not in your plan" }))
        .await;
    answers(&server, "POST", "/send", 200, json!({ "status": true, "id": [5] })).await;
    assert_eq!(channel_to(&server, SETUP).send(&text()).await, taken("5"));
}

#[tokio::test]
async fn without_a_package_for_files_the_text_goes_alone() {
    let server = knowing().await;
    let no_file = ResponseTemplate::new(200)
        .set_body_json(json!({ "status": false, "reason": "your package does not support attachment" }));
    Mock::given(path("/send")).respond_with(no_file).up_to_n_times(1).mount(&server).await;
    answers(&server, "POST", "/send", 200, json!({ "status": true, "id": ["6"] })).await;
    assert_eq!(channel_to(&server, SETUP).send(&invitation()).await, taken("6"));
    let sent = requests(&server, "/send").await;
    assert_eq!((sent.len(), part(&sent[1], "file")), (2, None));
    assert_eq!(part(&sent[1], "message"), Some(text().isi));
}

#[tokio::test]
async fn a_foreign_number_keeps_its_country() {
    let server = MockServer::start().await;
    let known = json!({ "status": true, "registered": ["6581234567"], "not_registered": [] });
    answers(&server, "POST", "/validate", 200, known).await;
    answers(&server, "POST", "/send", 200, json!({ "status": true, "id": ["1"] })).await;
    let mut message = text();
    message.recipient.telp = Some(Telp::parse("+65 8123 4567").unwrap());
    assert_eq!(channel_to(&server, SETUP).send(&message).await, taken("1"));
    assert_eq!(part(&requests(&server, "/send").await[0], "countryCode").as_deref(), Some("0"));
}

#[tokio::test]
async fn the_check_asks_for_the_device() {
    for (answer, expected) in [
        (json!({ "status": true, "device_status": "connect", "quota": "78" }), Ok(())),
        (json!({ "status": true, "device_status": "disconnect" }), refused(AlasanPesan::SesiPutus)),
        (json!({ "status": false, "reason": "token invalid" }), refused(AlasanPesan::TokenDitolak)),
    ] {
        let server = MockServer::start().await;
        answers(&server, "POST", "/device", 200, answer).await;
        assert_eq!(channel_to(&server, SETUP).check().await, expected);
    }
}
