//! Each provider as it answers, played by a server of the test.

mod cloud;
mod evolution;
mod fonnte;
mod limits;
mod wablas;
mod waha;

use std::sync::Arc;

use domain::{
    Language, Telp,
    pesan::{AlasanPesan, JenisPesan, KeadaanPesan},
    saluran::WhatsappConfig,
};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

use super::*;
use crate::channel::Recipient;

/// A made-up number.
const NUMBER: &str = "6281255501234";

/// A made-up secret, of which nothing may be seen.
const SECRET: &str = "rahasia-token-77";

const QUICK: Limits = Limits { connect: Duration::from_secs(5), whole: Duration::from_secs(20) };

fn text() -> Message {
    Message {
        id: "7".to_owned(),
        jenis: JenisPesan::Undangan,
        bahasa: Language::Id,
        recipient: Recipient {
            nama: "Siti Aminah".to_owned(),
            telp: Some(Telp::parse(NUMBER).unwrap()),
            email: None,
        },
        subjek: "Janji temu".to_owned(),
        isi: "Yth. Siti Aminah,\nhttps://tamu.smp.example/k/ABC".to_owned(),
        values: vec!["Siti Aminah".to_owned(), " Senin,\n\t1 Juni ".to_owned(), String::new()],
        tautan: None,
        kode: None,
        tiket: None,
        kalender: None,
        lampiran: None,
    }
}

fn invitation() -> Message {
    Message { tiket: Some(b"\x89PNG ticket".to_vec()), kode: Some(b"\x89PNG code".to_vec()), ..text() }
}

/// Without a proxy, and without the certificates of this computer, which take long to read.
fn http(limits: Limits) -> Http {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let tls = tls.with_root_certificates(RootCertStore::empty()).with_no_client_auth();
    Http::with(reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls), limits).unwrap()
}

fn channel_to(server: &MockServer, setup: &str) -> Box<dyn Channel> {
    channel(&WhatsappConfig::from_environment(setup, Some(&server.uri()), None).unwrap(), &http(QUICK))
}

/// Answers a request for as long as the server lives.
async fn answers(server: &MockServer, verb: &str, at: &str, status: u16, body: Value) {
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(server).await;
}

/// The requests to one path, in their order.
async fn requests(server: &MockServer, at: &str) -> Vec<Request> {
    let all = server.received_requests().await.unwrap();
    all.into_iter().filter(|request| request.url.path() == at).collect()
}

fn body(request: &Request) -> Value {
    request.body_json().unwrap()
}

fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    request.headers.get(name).unwrap().to_str().unwrap()
}

fn form(request: &Request) -> Vec<(String, String)> {
    url::form_urlencoded::parse(&request.body).into_owned().collect()
}

/// A part of a form with files.
fn part(request: &Request, name: &str) -> Option<String> {
    let body = String::from_utf8_lossy(&request.body).into_owned();
    let (_, rest) = body.split_once(&format!("name=\"{name}\""))?;
    let (_, value) = rest.split_once("\r\n\r\n")?;
    Some(value.split("\r\n--").next().unwrap().to_owned())
}

fn taken(id: &str) -> Result<Sent, SendError> {
    Ok(Sent { keadaan: KeadaanPesan::Diserahkan, id_penyedia: Some(id.to_owned()) })
}

fn refused<T>(alasan: AlasanPesan) -> Result<T, SendError> {
    Err(alasan.into())
}
