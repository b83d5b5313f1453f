//! The document: whole, and readable without the internet.

use serde_json::Value;
use tests::{App, Place};

journeys![
    every_reference_leads_somewhere,
    every_operation_says_how_it_refuses,
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

async fn every_operation_says_how_it_refuses(place: Place) {
    let app = App::start(place).await;
    let document = app.nobody().get("/api/openapi.json").await.expect(200);
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"];
            assert!(problem.is_object(), "{method} {path} names no problem document");
            assert!(operation["summary"].is_string(), "{method} {path} has no summary");
        }
    }
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
    // The plain address leads to the page too.
    assert_eq!(app.nobody().get("/api/docs").await.status, 200);
}
