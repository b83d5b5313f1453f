//! What holds for every provider: limits of time and size, redirects, and that nothing is given away.

use std::net::SocketAddr;

use rustls::{ServerConfig, pki_types::PrivateKeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;

/// Each provider, with the request that a text message ends in.
const PROVIDERS: [(&str, &str); 5] = [
    ("cloud:1055:rahasia-token-77", "/v23.0/1055/messages"),
    ("fonnte:rahasia-token-77", "/send"),
    ("wablas:rahasia-token-77:kunci", "/api/send-message"),
    ("waha:rahasia-token-77", "/api/sendText"),
    ("evolution:tu:rahasia-token-77", "/message/sendText/tu"),
];

/// A server that answers the question for the number, where there is one, and the message like this.
async fn answering(at: &str, answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    answers(&server, "POST", "/validate", 200, json!({ "status": true, "registered": [NUMBER] })).await;
    answers(&server, "GET", "/api/contacts/check-exists", 200, json!({ "numberExists": true })).await;
    answers(&server, "POST", "/chat/whatsappNumbers/tu", 200, json!([{ "exists": true }])).await;
    Mock::given(method("POST")).and(path(at)).respond_with(answer).mount(&server).await;
    server
}

#[tokio::test]
async fn whoever_takes_too_long_is_given_up() {
    let limits = Limits { connect: Duration::from_secs(5), whole: Duration::from_millis(300) };
    for (setup, at) in PROVIDERS {
        let server = answering(at, ResponseTemplate::new(200).set_delay(Duration::from_secs(120))).await;
        let config = WhatsappConfig::from_environment(setup, Some(&server.uri()), None).unwrap();
        let sent = channel(&config, &http(limits)).send(&text()).await;
        assert_eq!(sent, refused(AlasanPesan::TidakMenjawab), "{setup}");
    }
}

#[tokio::test]
async fn whoever_is_not_there_does_not_answer() {
    // Nobody listens at a port that was just given back.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for (setup, _) in PROVIDERS {
        let base = format!("http://127.0.0.1:{port}");
        let config = WhatsappConfig::from_environment(setup, Some(&base), None).unwrap();
        let channel = channel(&config, &http(QUICK));
        assert_eq!(channel.send(&text()).await, refused(AlasanPesan::TidakMenjawab), "{setup}");
        assert_eq!(channel.check().await, refused(AlasanPesan::TidakMenjawab), "{setup}");
    }
}

/// A server that shows a certificate of its own making.
async fn unknown_server() -> SocketAddr {
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let tls = tls.with_no_client_auth().with_single_cert(vec![own.cert.der().clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let _ = acceptor.accept(connection).await;
        }
    });
    address
}

#[tokio::test]
async fn a_server_with_a_certificate_of_its_own_making_is_not_believed() {
    let base = format!("https://localhost:{}", unknown_server().await.port());
    for (setup, _) in PROVIDERS {
        let config = WhatsappConfig::from_environment(setup, Some(&base), None).unwrap();
        let sent = channel(&config, &http(QUICK)).send(&text()).await;
        assert_eq!(sent, refused(AlasanPesan::SertifikatDitolak), "{setup}");
    }
}

#[tokio::test]
async fn a_status_means_the_same_everywhere() {
    for (status, alasan) in [
        (401, AlasanPesan::TokenDitolak),
        (403, AlasanPesan::TokenDitolak),
        (408, AlasanPesan::TidakMenjawab),
        (500, AlasanPesan::TidakMenjawab),
        (502, AlasanPesan::TidakMenjawab),
        (418, AlasanPesan::Ditolak),
    ] {
        for (setup, at) in PROVIDERS {
            let server = answering(at, ResponseTemplate::new(status).set_body_string("<html>")).await;
            let sent = channel_to(&server, setup).send(&text()).await;
            assert_eq!(sent, refused(alasan), "{setup} {status}");
        }
    }
}

#[tokio::test]
async fn who_is_too_fast_hears_how_long_to_wait() {
    for (header, seconds) in [("17", Some(17)), ("999999999", Some(86_400)), ("besok", None), ("-1", None)] {
        for (setup, at) in PROVIDERS {
            let server = answering(at, ResponseTemplate::new(429).insert_header("retry-after", header)).await;
            let retry_after = seconds.map(Duration::from_secs);
            let expected = Err(SendError { alasan: AlasanPesan::TerlaluCepat, retry_after });
            assert_eq!(channel_to(&server, setup).send(&text()).await, expected, "{setup} {header}");
        }
    }
}

#[tokio::test]
async fn a_success_in_another_shape_or_without_end_is_a_refusal() {
    let huge = format!("{{\"status\":true,\"id\":[\"{}\"]}}", "1".repeat(300 * 1024));
    for answer in ["<html>Masuk ke Wi-Fi sekolah</html>", "", "[]", "null", "{\"status\":1}", &huge] {
        for (setup, at) in PROVIDERS {
            let server = answering(at, ResponseTemplate::new(200).set_body_string(answer)).await;
            let sent = channel_to(&server, setup).send(&text()).await;
            assert_eq!(sent, refused(AlasanPesan::Ditolak), "{setup} {:.20}", answer);
        }
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = MockServer::start().await;
    for (setup, at) in PROVIDERS {
        for status in [302, 307, 308] {
            let answer = ResponseTemplate::new(status).insert_header("location", other.uri());
            let server = answering(at, answer).await;
            assert_eq!(
                channel_to(&server, setup).send(&text()).await,
                refused(AlasanPesan::Ditolak),
                "{setup}"
            );
        }
    }
    assert!(other.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_error_holds_neither_token_nor_number() {
    let echo = format!("{{\"message\":\"{SECRET} {NUMBER}\",\"status\":false,\"reason\":\"{SECRET}\"}}");
    for (setup, at) in PROVIDERS {
        for status in [200, 400, 500] {
            let server = answering(at, ResponseTemplate::new(status).set_body_string(&echo)).await;
            let error = channel_to(&server, setup).send(&text()).await.unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains(SECRET) && !shown.contains(NUMBER), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_name_for_the_message_that_could_not_be_kept_is_left_out() {
    let id = "7".repeat(ID_MAX + 1);
    let server =
        answering("/send", ResponseTemplate::new(200).set_body_json(json!({ "status": true, "id": id })))
            .await;
    let sent = channel_to(&server, "fonnte:t").send(&text()).await.unwrap();
    assert_eq!(sent, Sent { keadaan: KeadaanPesan::Diserahkan, id_penyedia: None });
}

#[tokio::test]
async fn nobody_without_a_number_is_written_to() {
    let server = MockServer::start().await;
    let mut message = text();
    message.recipient.telp = None;
    for (setup, _) in PROVIDERS {
        assert_eq!(channel_to(&server, setup).send(&message).await, refused(AlasanPesan::TanpaAlamat));
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}
