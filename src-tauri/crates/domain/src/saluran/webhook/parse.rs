//! What each provider writes about its messages. `None` where the body is not of its shape.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Phone, Provider, Received, Report, waha_id};
use crate::{
    pesan::{AlasanPesan, KeadaanPesan},
    saluran::cloud,
};

pub(super) fn parse(provider: &Provider, body: &[u8]) -> Option<Received> {
    match provider {
        Provider::Cloud { phone_id, .. } => of_cloud(phone_id, body),
        Provider::Fonnte { .. } => of_fonnte(body),
        Provider::Wablas { .. } => of_wablas(body),
        Provider::Waha { session, .. } => of_waha(session, body),
        Provider::Evolution { instance, .. } => of_evolution(instance, body),
    }
}

/// `entry[].changes[].value.statuses[]`. Of several numbers of one account only the school's own counts.
fn of_cloud(phone_id: &str, body: &[u8]) -> Option<Received> {
    #[derive(Deserialize)]
    struct Body {
        entry: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        #[serde(default)]
        changes: Vec<Change>,
    }
    #[derive(Deserialize)]
    struct Change {
        value: Value,
    }
    #[derive(Deserialize)]
    struct Status {
        id: String,
        status: String,
        #[serde(default)]
        errors: Vec<CloudError>,
    }
    #[derive(Deserialize)]
    struct CloudError {
        code: i64,
    }
    let Body { entry } = json(body)?;
    let mut reports = Vec::new();
    for Change { mut value } in entry.into_iter().flat_map(|entry| entry.changes) {
        let own = value.pointer("/metadata/phone_number_id").is_none_or(|id| id == phone_id);
        let Some(statuses) = value.get_mut("statuses").map(Value::take).filter(|_| own) else { continue };
        let statuses: Vec<Status> = serde_json::from_value(statuses).ok()?;
        for Status { id, status, errors } in statuses {
            let keadaan = match &*status {
                "sent" => KeadaanPesan::Terkirim,
                "delivered" => KeadaanPesan::Sampai,
                "read" | "played" => KeadaanPesan::Dibaca,
                "failed" => {
                    let alasan =
                        errors.first().map_or(AlasanPesan::Ditolak, |error| cloud::reason(error.code));
                    reports.push(failed(id, alasan));
                    continue;
                }
                _ => continue,
            };
            reports.push(report(id, keadaan));
        }
    }
    Some(Received { reports, phone: None })
}

/// A message: `{id, status, state?, stateid?}`, of which reports about a later state hold only `stateid`; the phone:
/// `{device, status: "connect" | "disconnect"}`.
fn of_fonnte(body: &[u8]) -> Option<Received> {
    let fields = fields(body)?;
    let Some(id) = text(&fields, "id").or_else(|| text(&fields, "stateid")) else {
        return phone_of_fonnte(&fields);
    };
    let state = text(&fields, "state").or_else(|| text(&fields, "status"))?.to_ascii_lowercase();
    let found = match &*state {
        "sent" => report(id, KeadaanPesan::Terkirim),
        "delivered" | "received" => report(id, KeadaanPesan::Sampai),
        "read" => report(id, KeadaanPesan::Dibaca),
        "invalid" => failed(id, AlasanPesan::NomorTanpaWhatsapp),
        "expired" => failed(id, AlasanPesan::SesiPutus),
        "failed" | "error" | "url unreachable" => failed(id, AlasanPesan::Ditolak),
        _ => return Some(Received::default()),
    };
    Some(Received { reports: vec![found], phone: None })
}

fn phone_of_fonnte(fields: &Value) -> Option<Received> {
    let phone = match &*text(fields, "status")? {
        "connect" => Some(Phone::Connected),
        "disconnect" => Some(Phone::Lost),
        _ => None,
    };
    Some(Received { reports: Vec::new(), phone })
}

/// `{id, status}`, as JSON or as a form.
fn of_wablas(body: &[u8]) -> Option<Received> {
    let fields = fields(body)?;
    let (id, status) = (text(&fields, "id")?, text(&fields, "status")?.to_ascii_lowercase());
    let found = match &*status {
        "sent" => report(id, KeadaanPesan::Terkirim),
        "received" | "delivered" => report(id, KeadaanPesan::Sampai),
        "read" => report(id, KeadaanPesan::Dibaca),
        "reject" | "rejected" | "cancel" | "failed" => failed(id, AlasanPesan::Ditolak),
        _ => return Some(Received::default()),
    };
    Some(Received { reports: vec![found], phone: None })
}

/// `{event: "message.ack", session, payload: {id, ack, ackName, fromMe}}` and
/// `{event: "session.status", session, payload: {status}}`.
fn of_waha(own: &str, body: &[u8]) -> Option<Received> {
    #[derive(Deserialize)]
    struct Body {
        event: String,
        session: String,
        #[serde(default)]
        payload: Value,
    }
    let Body { event, session, payload } = json(body)?;
    let mut received = Received::default();
    if session != own {
        return Some(received);
    }
    match &*event {
        "message.ack" if payload.get("fromMe") != Some(&Value::Bool(false)) => {
            let id = waha_id(&text(&payload, "id")?).to_owned();
            let ack = text(&payload, "ackName").or_else(|| text(&payload, "ack"))?;
            received.reports.extend(match &*ack {
                "ERROR" | "-1" => Some(failed(id, AlasanPesan::Ditolak)),
                "SERVER" | "1" => Some(report(id, KeadaanPesan::Terkirim)),
                "DEVICE" | "2" => Some(report(id, KeadaanPesan::Sampai)),
                "READ" | "PLAYED" | "3" | "4" => Some(report(id, KeadaanPesan::Dibaca)),
                _ => None,
            });
        }
        "session.status" => {
            received.phone = match &*text(&payload, "status")? {
                "WORKING" => Some(Phone::Connected),
                "STOPPED" | "SCAN_QR_CODE" | "FAILED" => Some(Phone::Lost),
                _ => None,
            };
        }
        _ => {}
    }
    Some(received)
}

/// `{event: "messages.update", instance, data}` with one message or several, and
/// `{event: "connection.update", instance, data: {state}}`. Versions write the event and the message otherwise.
fn of_evolution(own: &str, body: &[u8]) -> Option<Received> {
    #[derive(Deserialize)]
    struct Body {
        event: String,
        instance: String,
        #[serde(default)]
        data: Value,
    }
    let Body { event, instance, data } = json(body)?;
    let mut received = Received::default();
    if instance != own {
        return Some(received);
    }
    match &*event.to_ascii_lowercase().replace('_', ".") {
        "messages.update" => {
            let messages = match data {
                Value::Array(messages) => messages,
                message => vec![message],
            };
            for message in &messages {
                received.reports.extend(of_evolution_message(message)?);
            }
        }
        "connection.update" => {
            received.phone = match &*text(&data, "state")? {
                "open" => Some(Phone::Connected),
                "close" | "refused" => Some(Phone::Lost),
                _ => None,
            };
        }
        _ => {}
    }
    Some(received)
}

/// One message, if its state is news. `None` outside where it is none.
fn of_evolution_message(message: &Value) -> Option<Option<Report>> {
    let key = message.get("key").unwrap_or(message);
    if key.get("fromMe") == Some(&Value::Bool(false)) {
        return Some(None);
    }
    let id = text(message, "keyId").or_else(|| text(key, "id"))?;
    let Some(status) = text(message, "status").or_else(|| text(message.get("update")?, "status")) else {
        return Some(None);
    };
    Some(match &*status {
        "ERROR" | "0" => Some(failed(id, AlasanPesan::Ditolak)),
        "SERVER_ACK" | "2" => Some(report(id, KeadaanPesan::Terkirim)),
        "DELIVERY_ACK" | "3" => Some(report(id, KeadaanPesan::Sampai)),
        "READ" | "PLAYED" | "4" | "5" => Some(report(id, KeadaanPesan::Dibaca)),
        _ => None,
    })
}

fn report(id_penyedia: String, keadaan: KeadaanPesan) -> Report {
    Report { id_penyedia, keadaan, alasan: None }
}

fn failed(id_penyedia: String, alasan: AlasanPesan) -> Report {
    Report { id_penyedia, keadaan: KeadaanPesan::Gagal, alasan: Some(alasan) }
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

/// The fields of a JSON object or, if it is none, of a form.
fn fields(body: &[u8]) -> Option<Value> {
    if let Some(value) = json::<Value>(body) {
        return value.is_object().then_some(value);
    }
    let text = std::str::from_utf8(body).ok()?;
    let fields = url::form_urlencoded::parse(text.as_bytes());
    Some(Value::Object(fields.map(|(name, value)| (name.into_owned(), value.into())).collect()))
}

/// A field's text or number, if it is not empty.
fn text(fields: &Value, name: &str) -> Option<String> {
    match fields.get(name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
