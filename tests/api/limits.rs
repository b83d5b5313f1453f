//! How often one user, one address, or one address behind a proxy may ask.

use std::time::Duration;

use reqwest::Method;
use server::{Config, Rate};
use tests::{Answer, App, Caller, Place};

journeys![
    who_asks_too_often_is_refused_on_every_route_and_nobody_else_is,
    all_tokens_of_a_user_count_together,
    a_proxy_speaks_for_others_only_where_it_was_named,
];

/// So many requests, and then none for an hour.
fn seldom(burst: u32) -> impl FnOnce(&mut Config) {
    move |config| {
        config.user_rate = Rate { every: Duration::from_secs(3600), burst };
        config.address_rate = Rate { every: Duration::from_secs(3600), burst };
    }
}

#[track_caller]
fn refused(answer: Answer) {
    assert_ne!(answer.header("retry-after"), "", "{}", answer.request);
    answer.problem(429, "terlalu_sering");
}

async fn spend(caller: &Caller, requests: u32) {
    for _ in 0..requests {
        caller.get("/healthz").await.expect(200);
    }
}

async fn who_asks_too_often_is_refused_on_every_route_and_nobody_else_is(place: Place) {
    let app = App::with(place, seldom(8)).await;
    // Three of the eight requests that an address may send are logins.
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    spend(&guru, 8).await;
    let document = serde_json::to_value(server::openapi()).expect("a document is JSON");
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("operations").keys() {
            let method: Method = method.to_uppercase().parse().expect("a method");
            refused(
                Answer::to(guru.request(method, &path.replace("{id}", "1").replace("{kode}", "X"))).await,
            );
        }
    }
    for path in ["/kiosk", "/nirgends", "/api/openapi.json", "/api/docs/"] {
        refused(guru.get(path).await);
    }
    desk.get("/api/appointments/today").await.expect(200);
    admin.get("/api/users").await.expect(200);
    spend(&app.nobody(), 5).await;
    refused(app.nobody().get("/healthz").await);
    desk.get("/api/appointments/today").await.expect(200);
}

async fn all_tokens_of_a_user_count_together(place: Place) {
    let app = App::with(place, seldom(6)).await;
    let (here, there) = (app.guru().await, app.guru().await);
    spend(&here, 3).await;
    spend(&there, 3).await;
    refused(here.get("/healthz").await);
    refused(there.get("/healthz").await);
    app.other_guru().await.get("/healthz").await.expect(200);
}

async fn a_proxy_speaks_for_others_only_where_it_was_named(place: Place) {
    let ask = async |app: &App, forwarded_for: &str| {
        let request = app.nobody().request(Method::GET, "/healthz").header("x-forwarded-for", forwarded_for);
        Answer::to(request).await
    };
    let named = App::with(place, |config| {
        seldom(2)(config);
        config.trusted_proxies = "127.0.0.0/8".parse().unwrap();
    })
    .await;
    for address in ["203.0.113.7", "203.0.113.8", "198.51.100.1, 203.0.113.9", "2001:db8::1"] {
        ask(&named, address).await.expect(200);
        ask(&named, address).await.expect(200);
        refused(ask(&named, address).await);
        refused(ask(&named, &format!("198.51.100.77, {address}")).await);
    }
    let unnamed = App::with(place, seldom(2)).await;
    ask(&unnamed, "203.0.113.7").await.expect(200);
    ask(&unnamed, "203.0.113.8").await.expect(200);
    refused(ask(&unnamed, "203.0.113.9").await);
}
