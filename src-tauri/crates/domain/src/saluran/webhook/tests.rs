//! Reports that are genuine, forged, repeated, late or no reports at all.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha512;

use super::*;
use crate::hmac_sha256;

const SECRET: &str = "rahasia-yang-acak-1234";

fn config(text: &str) -> WhatsappConfig {
    let webhook =
        if text.starts_with("cloud") { format!("{SECRET}:token-verifikasi") } else { SECRET.to_owned() };
    WhatsappConfig::from_environment(text, Some("http://gateway.example"), Some(&webhook)).unwrap()
}

fn sha256(body: &[u8]) -> String {
    format!("sha256={}", HEXLOWER.encode(&hmac_sha256(SECRET.as_bytes(), &[body])))
}

fn sha512(body: &[u8]) -> String {
    let mac = Hmac::<Sha512>::new_from_slice(SECRET.as_bytes()).unwrap();
    HEXLOWER.encode(&mac.chain_update(body).finalize().into_bytes())
}

/// Receives a body with the proof that its provider would give.
fn genuine(text: &str, body: &[u8]) -> Result<Received, InvalidReport> {
    let (hub, waha) = (sha256(body), sha512(body));
    let proof = match config(text).penyedia() {
        Penyedia::Cloud => Proof { hub_signature: Some(&hub), ..Proof::default() },
        Penyedia::Waha => Proof { webhook_hmac: Some(&waha), ..Proof::default() },
        _ => Proof { rahasia: Some(SECRET), ..Proof::default() },
    };
    receive(&config(text), proof, body)
}

fn reports(text: &str, body: &Value) -> Vec<(String, KeadaanPesan, Option<AlasanPesan>)> {
    let received = genuine(text, body.to_string().as_bytes()).unwrap();
    received.reports.into_iter().map(|one| (one.id_penyedia, one.keadaan, one.alasan)).collect()
}

fn one(id: &str, keadaan: KeadaanPesan) -> Vec<(String, KeadaanPesan, Option<AlasanPesan>)> {
    vec![(id.to_owned(), keadaan, None)]
}

fn one_failed(id: &str, alasan: AlasanPesan) -> Vec<(String, KeadaanPesan, Option<AlasanPesan>)> {
    vec![(id.to_owned(), KeadaanPesan::Gagal, Some(alasan))]
}

fn cloud(phone_id: &str, statuses: Value) -> Value {
    let value = json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "622155500", "phone_number_id": phone_id },
        "statuses": statuses,
    });
    let change = json!({ "field": "messages", "value": value });
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [change] }] })
}

#[test]
fn the_cloud_api_tells_each_state_and_why_a_message_failed() {
    let status =
        |status| cloud("1055", json!([{ "id": "wamid.A", "status": status, "recipient_id": "62812" }]));
    for (word, keadaan) in [
        ("sent", KeadaanPesan::Terkirim),
        ("delivered", KeadaanPesan::Sampai),
        ("read", KeadaanPesan::Dibaca),
    ] {
        assert_eq!(reports("cloud:1055:t", &status(word)), one("wamid.A", keadaan));
    }
    for (code, alasan) in [
        (131_026, AlasanPesan::NomorTanpaWhatsapp),
        (131_047, AlasanPesan::DiLuar24Jam),
        (131_056, AlasanPesan::TerlaluCepat),
        (132_001, AlasanPesan::TemplateTidakAda),
        (190, AlasanPesan::TokenDitolak),
        (131_049, AlasanPesan::Ditolak),
    ] {
        let failed =
            json!([{ "id": "wamid.A", "status": "failed", "errors": [{ "code": code, "title": "x" }] }]);
        assert_eq!(reports("cloud:1055:t", &cloud("1055", failed)), one_failed("wamid.A", alasan));
    }
}

#[test]
fn what_is_no_state_of_ours_is_ignored() {
    let guest_writes = json!({ "entry": [{ "changes": [{ "field": "messages", "value": {
        "messages": [{ "from": "62812", "id": "wamid.B", "type": "text", "text": { "body": "ya" } }] } }] }] });
    assert_eq!(reports("cloud:1055:t", &guest_writes), []);
    let other_number = cloud("2066", json!([{ "id": "wamid.A", "status": "read" }]));
    assert_eq!(reports("cloud:1055:t", &other_number), []);
    assert_eq!(
        reports("cloud:1055:t", &cloud("1055", json!([{ "id": "wamid.A", "status": "deleted" }]))),
        []
    );
    let waha = |session, from_me| {
        json!({ "event": "message.ack", "session": session, "payload": {
        "id": "true_6281@c.us_3EB0", "fromMe": from_me, "ack": 3, "ackName": "READ" } })
    };
    assert_eq!(reports("waha:k", &waha("lain", true)), []);
    assert_eq!(reports("waha:k", &waha("default", false)), []);
    assert_eq!(reports("waha:k", &json!({ "event": "message", "session": "default", "payload": {} })), []);
    assert_eq!(
        reports("evolution:tu:k", &json!({ "event": "chats.update", "instance": "tu", "data": [] })),
        []
    );
}

#[test]
fn fonnte_tells_by_identity_or_by_a_later_one() {
    let body =
        json!({ "device": "62812", "id": 26_412, "stateid": "3EB0", "status": "sent", "state": "delivered" });
    assert_eq!(reports("fonnte:t", &body), one("26412", KeadaanPesan::Sampai));
    assert_eq!(
        reports("fonnte:t", &json!({ "id": "7", "status": "sent" })),
        one("7", KeadaanPesan::Terkirim)
    );
    let later = json!({ "device": "62812", "id": null, "stateid": "3EB0", "state": "read" });
    assert_eq!(reports("fonnte:t", &later), one("3EB0", KeadaanPesan::Dibaca));
    let invalid = json!({ "id": "7", "status": "invalid" });
    assert_eq!(reports("fonnte:t", &invalid), one_failed("7", AlasanPesan::NomorTanpaWhatsapp));
    assert_eq!(reports("fonnte:t", &json!({ "id": "7", "status": "processing" })), []);
}

#[test]
fn wablas_tells_as_json_or_as_a_form() {
    let body = json!({ "id": "a1-b2", "phone": "62812", "status": "received", "device_id": "X" });
    assert_eq!(reports("wablas:t:s", &body), one("a1-b2", KeadaanPesan::Sampai));
    let form = genuine("wablas:t:s", b"id=a1-b2&phone=62812&status=reject&device_id=X").unwrap();
    assert_eq!(form.reports[0].alasan, Some(AlasanPesan::Ditolak));
    assert_eq!(form.reports[0].id_penyedia, "a1-b2");
}

#[test]
fn waha_tells_without_the_number_of_the_guest() {
    let ack = |id, name| {
        json!({ "event": "message.ack", "session": "default", "engine": "NOWEB",
        "payload": { "id": id, "from": "62812@c.us", "fromMe": true, "ackName": name } })
    };
    assert_eq!(
        reports("waha:k", &ack("true_6281234567890@c.us_3EB0", "DEVICE")),
        one("3EB0", KeadaanPesan::Sampai)
    );
    assert_eq!(reports("waha:k", &ack("true_9_9@lid_3EB0", "PENDING")), []);
    let error = reports("waha:k", &ack("true_6281234567890@c.us_3EB0", "ERROR"));
    assert_eq!(error, one_failed("3EB0", AlasanPesan::Ditolak));
    let by_number =
        json!({ "event": "message.ack", "session": "default", "payload": { "id": "3EB0", "ack": 1 } });
    assert_eq!(reports("waha:k", &by_number), one("3EB0", KeadaanPesan::Terkirim));
}

#[test]
fn evolution_tells_in_the_words_of_each_version() {
    let update = |event, data| json!({ "event": event, "instance": "tu", "data": data, "apikey": "k" });
    let v2 = json!({ "keyId": "BAE5", "messageId": "cm1", "remoteJid": "62812@s.whatsapp.net", "fromMe": true,
        "status": "DELIVERY_ACK" });
    assert_eq!(reports("evolution:tu:k", &update("messages.update", v2)), one("BAE5", KeadaanPesan::Sampai));
    let v1 = json!([{ "id": "BAE5", "fromMe": true, "status": "READ" }]);
    assert_eq!(reports("evolution:tu:k", &update("MESSAGES_UPDATE", v1)), one("BAE5", KeadaanPesan::Dibaca));
    let raw = json!([{ "key": { "id": "BAE5", "fromMe": true }, "update": { "status": 2 } }]);
    assert_eq!(
        reports("evolution:tu:k", &update("messages.update", raw)),
        one("BAE5", KeadaanPesan::Terkirim)
    );
}

#[test]
fn a_phone_that_is_lost_or_back_is_told_too() {
    let phone = |text, body: Value| genuine(text, body.to_string().as_bytes()).unwrap().phone;
    let waha =
        |status| json!({ "event": "session.status", "session": "default", "payload": { "status": status } });
    let evolution =
        |state| json!({ "event": "connection.update", "instance": "tu", "data": { "state": state } });
    let fonnte = |status| json!({ "device": "62812", "status": status, "token": "t", "reason": "" });
    assert_eq!(phone("waha:k", waha("SCAN_QR_CODE")), Some(Phone::Lost));
    assert_eq!(phone("waha:k", waha("WORKING")), Some(Phone::Connected));
    assert_eq!(phone("waha:k", waha("STARTING")), None);
    assert_eq!(phone("evolution:tu:k", evolution("close")), Some(Phone::Lost));
    assert_eq!(phone("evolution:tu:k", evolution("open")), Some(Phone::Connected));
    assert_eq!(phone("fonnte:t", fonnte("disconnect")).and_then(Phone::alasan), Some(AlasanPesan::SesiPutus));
    assert_eq!(phone("fonnte:t", fonnte("connect")), Some(Phone::Connected));
}

#[test]
fn a_forged_report_is_refused() {
    let body = cloud("1055", json!([{ "id": "wamid.A", "status": "read" }])).to_string().into_bytes();
    let (hub, waha) = (sha256(&body), sha512(&body));
    let upper = format!("sha256={}", hub["sha256=".len()..].to_uppercase());
    assert!(
        receive(&config("cloud:1055:t"), Proof { hub_signature: Some(&upper), ..Proof::default() }, &body)
            .is_ok()
    );
    let other = sha256(b"another body");
    for hub in
        [None, Some(&*other), Some(""), Some("sha256="), Some(&hub[..20]), Some(&hub[7..]), Some("sha256=zz")]
    {
        let proof = Proof { hub_signature: hub, webhook_hmac: Some(&waha), rahasia: Some(SECRET) };
        assert_eq!(receive(&config("cloud:1055:t"), proof, &body), Err(InvalidReport::Forged), "{hub:?}");
    }
    let proof = Proof { hub_signature: Some(&hub), webhook_hmac: Some(&hub), rahasia: Some(SECRET) };
    assert_eq!(receive(&config("waha:k"), proof, &body), Err(InvalidReport::Forged));
    for shown in [None, Some(""), Some("rahasia-yang-acak-123"), Some("rahasia-yang-acak-12345")] {
        let proof = Proof { rahasia: shown, hub_signature: Some(&hub), webhook_hmac: Some(&waha) };
        for text in ["fonnte:t", "wablas:t:s", "evolution:tu:k"] {
            assert_eq!(
                receive(&config(text), proof, br#"{"id":"7","status":"sent"}"#),
                Err(InvalidReport::Forged)
            );
        }
    }
}

#[test]
fn without_a_secret_nothing_is_believed() {
    for text in ["cloud:1055:t", "fonnte:t", "waha:k"] {
        let open = WhatsappConfig::from_environment(text, Some("http://gateway.example"), None).unwrap();
        let body = br#"{"id":"7","status":"sent"}"#;
        let proof = Proof { rahasia: Some(""), hub_signature: Some(""), webhook_hmac: Some("") };
        assert_eq!(receive(&open, proof, body), Err(InvalidReport::Forged));
    }
}

#[test]
fn a_report_that_is_sent_again_says_the_same_and_one_that_is_behind_has_come_less_far() {
    let body =
        cloud("1055", json!([{ "id": "wamid.A", "status": "read" }, { "id": "wamid.A", "status": "sent" }]));
    let first = reports("cloud:1055:t", &body);
    assert_eq!(first, reports("cloud:1055:t", &body));
    assert!(first[1].1.progress() < first[0].1.progress());
}

#[test]
fn garbage_is_refused_and_so_is_a_flood() {
    for text in ["cloud:1055:t", "fonnte:t", "wablas:t:s", "waha:k", "evolution:tu:k"] {
        for body in
            [&b""[..], b"{", b"[]", b"null", b"42", b"\"x\"", b"{}", b"\xFF\xFE", b"id", b"id=&status="]
        {
            assert_eq!(genuine(text, body), Err(InvalidReport::Malformed), "{text} {body:?}");
        }
        let deep = "[".repeat(10_000);
        assert_eq!(genuine(text, deep.as_bytes()), Err(InvalidReport::Malformed));
    }
    let statuses =
        |count| cloud("1055", json!(vec![json!({ "id": "wamid.A", "status": "read" }); count])).to_string();
    assert_eq!(genuine("cloud:1055:t", statuses(REPORTS_MAX).as_bytes()).unwrap().reports.len(), REPORTS_MAX);
    assert_eq!(genuine("cloud:1055:t", statuses(REPORTS_MAX + 1).as_bytes()), Err(InvalidReport::TooMany));
    let unlike = cloud("1055", json!([{ "status": "read" }])).to_string();
    assert_eq!(genuine("cloud:1055:t", unlike.as_bytes()), Err(InvalidReport::Malformed));
}

#[test]
fn the_cloud_apis_question_is_answered_if_it_shows_our_token() {
    let asked = Question {
        mode: Some("subscribe"),
        verify_token: Some("token-verifikasi"),
        challenge: Some("1158201"),
    };
    assert_eq!(answer(&config("cloud:1055:t"), asked), Some("1158201"));
    assert_eq!(answer(&config("waha:k"), asked), None);
    for wrong in [
        Question { mode: None, ..asked },
        Question { mode: Some("unsubscribe"), ..asked },
        Question { verify_token: Some("token"), ..asked },
        Question { verify_token: None, ..asked },
        Question { challenge: None, ..asked },
        Question { challenge: Some("<b>1</b>"), ..asked },
    ] {
        assert_eq!(answer(&config("cloud:1055:t"), wrong), None);
    }
    let open = WhatsappConfig::from_environment("cloud:1055:t", None, None).unwrap();
    assert_eq!(answer(&open, Question { verify_token: Some(""), ..asked }), None);
}
