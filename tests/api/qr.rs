//! Codes as pictures: a decoder reads back the code.

use scan::decode::Decoder;
use serde_json::Value;
use tests::{App, OTHER_GURU, Place, invite};

journeys![
    the_png_reads_back_as_the_code,
    with_a_public_address_it_is_a_url_in_capitals_that_the_desk_accepts,
    the_svg_shows_the_same_modules,
    another_gurus_code_is_not_shown,
];

async fn picture_text(app: &App, path: &str) -> Vec<String> {
    let answer = app.guru().await.get(path).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"), "{}", answer.text());
    let luma = scan::picture::load_bytes(&answer.bytes).expect("a picture");
    Decoder::new().decode_picture(&luma)
}

fn path(row: &Value, kind: &str) -> String {
    format!("/api/appointments/{}/qr.{kind}", row["id"])
}

async fn the_png_reads_back_as_the_code(place: Place) {
    let app = App::start(place).await;
    let made = invite(&app.guru().await, 1, "10:00").await;
    let texts = picture_text(&app, &path(&made, "png")).await;
    assert_eq!(texts, [made["kode_qr"].as_str().expect("a code")]);
}

async fn with_a_public_address_it_is_a_url_in_capitals_that_the_desk_accepts(place: Place) {
    let app =
        App::with(place, |config| config.public_url = "https://tamu.sekolah.example/".parse().ok()).await;
    let made = invite(&app.guru().await, 1, "10:00").await;
    let texts = picture_text(&app, &path(&made, "png")).await;
    let kode = made["kode_qr"].as_str().expect("a code");
    assert_eq!(texts, [format!("HTTPS://TAMU.SEKOLAH.EXAMPLE/K/{kode}")]);
    app.desk().await.scan(&texts[0].as_str().into()).await.expect(200);
}

async fn the_svg_shows_the_same_modules(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let made = invite(&guru, 1, "10:00").await;
    let answer = guru.get(&path(&made, "svg")).await;
    assert_eq!(answer.header("content-type"), "image/svg+xml");
    let svg = answer.text();
    assert!(svg.contains("<svg") && !svg.contains("<script"), "{svg:.200}");
    let code = qrcode::QrCode::with_error_correction_level(
        made["kode_qr"].as_str().expect("a code"),
        qrcode::EcLevel::M,
    )
    .expect("a code");
    let expected = code.render::<qrcode::render::svg::Color<'_>>().module_dimensions(12, 12).build();
    assert_eq!(svg, expected);
}

async fn another_gurus_code_is_not_shown(place: Place) {
    let app = App::start(place).await;
    let made = invite(&app.guru().await, 1, "10:00").await;
    let other = app.login(&OTHER_GURU).await;
    for kind in ["png", "svg"] {
        other.get(&path(&made, kind)).await.problem(404, "tidak_ditemukan");
        assert_eq!(app.desk().await.get(&path(&made, kind)).await.status, 200);
    }
}
