//! The OpenAPI document is complete, and readable without the internet.

use serde_json::Value;
use tests::{App, Place};

journeys![
    every_reference_leads_somewhere,
    every_operation_says_how_it_refuses,
    every_body_is_described,
    the_page_comes_from_this_server,
];

/// Every `$ref` in a document.
fn refs<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|field| refs(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| refs(item, found)),
        _ => {}
    }
}

async fn every_reference_leads_somewhere(place: Place) {
    let app = App::start(place).await;
    let document = app.nobody().get("/api/openapi.json").await.expect(200);
    let mut found = Vec::new();
    refs(&document, &mut found);
    assert!(found.len() > 20, "{found:?}");
    found.retain(|reference| document.pointer(reference.trim_start_matches('#')).is_none());
    assert!(found.is_empty(), "these lead nowhere: {found:?}");
}

/// The statuses that an operation must name, because of its input.
fn refusals(method: &str, path: &str, operation: &Value) -> Vec<&'static str> {
    let mut named = vec!["429", "500"];
    let is_public =
        operation["security"].as_array().is_some_and(|ways| ways.contains(&serde_json::json!({})));
    let takes = |place: &str| {
        let parameters = operation["parameters"].as_array();
        parameters.is_some_and(|all| all.iter().any(|parameter| parameter["in"] == place))
    };
    if path != "/healthz" {
        named.push("503");
    }
    if !is_public {
        named.push("401");
    }
    // An operation that any signed-in user may call, even a guest, refuses no role.
    const ANY_SESSION: [&str; 4] =
        ["/api/auth/logout", "/api/auth/me", "/api/auth/change-password", "/api/nilai-sandi"];
    if !is_public && !ANY_SESSION.contains(&path) {
        named.push("403");
    }
    if operation["requestBody"].is_object() {
        named.extend(["400", "408", "413", "415", "422"]);
    }
    // A code that cannot be read is an answer, not a refusal.
    if takes("query") || path.contains("{id}") {
        named.push("422");
    }
    // An unknown user's list is empty.
    if path.contains("{id}") && path != "/api/appointments/guru/{id}" {
        named.push("404");
    }
    // What is no code of a visit, and one that has ended.
    if path.starts_with("/api/kunjungan/") {
        named.extend(["404", "410"]);
    }
    if MAY_CONFLICT.contains(&(method, path)) {
        named.push("409");
    }
    named
}

/// Operations whose input may contradict what is stored.
const MAY_CONFLICT: [(&str, &str); 15] = [
    ("put", "/api/settings"),
    ("post", "/api/users"),
    ("put", "/api/users/{id}"),
    ("delete", "/api/users/{id}"),
    ("post", "/api/tamu"),
    ("put", "/api/tamu/{id}"),
    ("post", "/api/appointments"),
    ("post", "/api/appointments/walk-in"),
    ("post", "/api/appointments/scan"),
    ("put", "/api/appointments/{id}/status"),
    ("put", "/api/appointments/{id}/schedule"),
    ("put", "/api/tamu/saya"),
    ("post", "/api/kunjungan/{kode}/batal"),
    ("post", "/api/kunjungan/{kode}/setuju"),
    ("post", "/api/kunjungan/{kode}/survei"),
];

async fn every_operation_says_how_it_refuses(place: Place) {
    let app = App::start(place).await;
    let document = app.nobody().get("/api/openapi.json").await.expect(200);
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            assert!(operation["summary"].is_string(), "{method} {path} has no summary");
            let responses = operation["responses"].as_object().expect("responses");
            for status in refusals(method, path, operation) {
                assert!(responses.contains_key(status), "{method} {path} does not name {status}");
            }
            for (status, response) in responses {
                let number: u16 = status.parse().unwrap_or_else(|_| panic!("{method} {path} names {status}"));
                let is_described = response["description"].as_str().is_some_and(|text| !text.is_empty());
                assert!(is_described, "{method} {path}: {status} is not described");
                let problem = &response["content"]["application/problem+json"];
                assert_eq!(problem.is_object(), number >= 400, "{method} {path}: {status}");
                let codes = response["x-codes"].as_array();
                assert_eq!(
                    codes.is_some_and(|codes| !codes.is_empty()),
                    number >= 400,
                    "{method} {path}: {status}"
                );
                let waits = response["headers"]["Retry-After"].is_object();
                assert_eq!(waits, [429, 503].contains(&number), "{method} {path}: {status}");
            }
        }
    }
}

/// Operations without a body.
const WITHOUT_BODY: [&str; 16] = [
    "/api/auth/logout",
    "/api/users/{id}/reset-password",
    "/api/tamu/{id}/reset-password",
    "/api/tamu/{id}/hapus",
    "/api/tamu/saya/hapus",
    "/api/tamu/saya/tarik-persetujuan",
    "/api/notifications/{id}/read",
    "/api/appointments/{id}/beri-tahu",
    "/api/pesan/{id}/kirim-ulang",
    "/api/saluran/{nama}/sambungkan",
    // The provider says what is in it.
    "/api/webhook/whatsapp",
    "/api/kalender/saya",
    "/api/evakuasi",
    "/api/cadangan",
    "/api/lembar-pemulihan",
    "/api/users/{id}/unlock",
];

/// A path with something for each of its names.
fn filled(path: &str) -> String {
    let names = [("{id}", "1"), ("{nama}", "email"), ("{jenis}", "undangan"), ("{bahasa}", "id")];
    names.iter().fold(path.to_owned(), |path, (name, text)| path.replace(name, text))
}

async fn every_body_is_described(place: Place) {
    let app = App::start(place).await;
    let document = app.nobody().get("/api/openapi.json").await.expect(200);
    let admin = app.admin().await;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in ["post", "put"].into_iter().filter(|method| item[method].is_object()) {
            let content = &item[method]["requestBody"]["content"];
            let schema = &content["application/json"]["schema"]["$ref"];
            if WITHOUT_BODY.contains(&path.as_str()) {
                assert!(schema.is_null(), "{method} {path} takes no body, but describes {schema}");
                continue;
            }
            let schema = schema.as_str().unwrap_or_else(|| panic!("{method} {path} describes no body"));
            let described = document.pointer(schema.trim_start_matches('#')).expect("it leads somewhere");
            // The document and the server know the same fields.
            let fields: Vec<_> = described["properties"].as_object().expect("fields").keys().collect();
            let body: Value = fields.iter().map(|field| ((*field).clone(), Value::Null)).collect();
            let request = admin.request(method.to_uppercase().parse().expect("a method"), &filled(path));
            let answer = tests::Answer::to(request.json(&body)).await;
            assert!(
                !answer.text().contains("isian tidak dikenal"),
                "{method} {path}: {body}: {}",
                answer.text()
            );
        }
    }
}

/// The pages' types are made from this copy, without a server.
#[test]
fn the_pages_know_this_document() {
    let committed: Value =
        serde_json::from_str(include_str!("../../ui/src/api/openapi.json")).expect("it is JSON");
    let document = serde_json::to_value(server::openapi()).expect("a document is JSON");
    if let Some(path) = std::env::var_os("BUKUTAMU_WRITE_OPENAPI") {
        let text = serde_json::to_string_pretty(&server::openapi()).expect("a document is JSON") + "\n";
        return std::fs::write(path, text).expect("the document can be written");
    }
    let write =
        "BUKUTAMU_WRITE_OPENAPI=$PWD/ui/src/api/openapi.json cargo test -p tests --test api the_pages_know";
    assert!(
        committed == document,
        "ui/src/api/openapi.json is another than this server's. Write it and the types anew:\n  {write} && \
         npm --prefix ui run generate"
    );
}

async fn the_page_comes_from_this_server(place: Place) {
    let app = App::start(place).await;
    let page = app.nobody().get("/api/docs/").await;
    assert_eq!(page.status, 200, "{}", page.text());
    let html = page.text();
    let links = html.split(['"', '\'']).filter(|text| text.contains("://")).collect::<Vec<_>>();
    assert!(links.is_empty(), "the page needs the internet: {links:?}");
    for file in ["swagger-ui-bundle.js", "swagger-ui.css", "swagger-initializer.js"] {
        assert_eq!(app.nobody().get(&format!("/api/docs/{file}")).await.status, 200, "{file}");
    }
    let initializer = app.nobody().get("/api/docs/swagger-initializer.js").await.text();
    assert!(initializer.contains("/api/openapi.json"), "it shows another document: {initializer}");
    // The plain address also leads to the page.
    assert_eq!(app.nobody().get("/api/docs").await.status, 200);
}
