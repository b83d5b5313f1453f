//! The ticket: a decoder that this program does not ship reads back the code, whatever is written around it.

use serde_json::{Value, json};
use tests::{App, Caller, OTHER_GURU, Place, invitation};

journeys![
    the_code_reads_back_whatever_is_written_around_it,
    it_is_written_in_the_language_asked_for,
    it_is_shown_to_whom_the_code_is_shown,
];

async fn picture(caller: &Caller, row: &Value, query: &str) -> image::GrayImage {
    let answer = caller.get(&format!("/api/appointments/{}/tiket.png{query}", row["id"])).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"), "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    image::load_from_memory_with_format(&answer.bytes, image::ImageFormat::Png).expect("a picture").to_luma8()
}

/// Read with quircs, which neither draws the codes nor is in the program.
fn texts(picture: &image::GrayImage) -> Vec<String> {
    let mut decoder = quircs::Quirc::default();
    let (width, height) = picture.dimensions();
    let codes = decoder.identify(width as usize, height as usize, picture);
    codes
        .map(|code| code.expect("a code").decode().expect("it can be read").payload)
        .map(|payload| String::from_utf8(payload).expect("text"))
        .collect()
}

async fn invited(guru: &Caller, nama: &str, waktu: &str) -> Value {
    let mut body = invitation(1, waktu);
    body["tamu"] = json!({ "nama": nama });
    guru.post("/api/appointments", body).await.expect(201)
}

async fn the_code_reads_back_whatever_is_written_around_it(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let long = "Raden Ajeng Kusumawardhani Prameswari Cokroaminoto Wirahadikusumah bin Abdurrahma";
    let mut heights = Vec::new();
    for (nama, waktu) in
        [("A", "09:00"), (&long[..80], "10:00"), (&*"W".repeat(80), "11:00"), ("Nguyễn 王", "12:00")]
    {
        let made = invited(&guru, nama, waktu).await;
        let drawn = picture(&guru, &made, "").await;
        assert_eq!(texts(&drawn), [made["kode_qr"].as_str().expect("a code")], "{nama}");
        let (width, height) = drawn.dimensions();
        assert!(width == 1080 && (1800..=3200).contains(&height), "{nama}: {width} × {height}");
        // Nothing is cut off, because the edges are white all around.
        let is_white = |x, y| drawn.get_pixel(x, y).0[0] == 255;
        assert!((0..height).all(|y| is_white(0, y) && is_white(width - 1, y)), "{nama}");
        assert!((0..width).all(|x| is_white(x, 0) && is_white(x, height - 1)), "{nama}");
        // It is also read on a phone of 320 pixels.
        let small = image::imageops::thumbnail(&drawn, 320, height * 320 / 1080);
        assert_eq!(texts(&small).len(), 1, "{nama}");
        heights.push(height);
    }
    assert!(heights[0] < heights[1] && heights[1] <= heights[2], "long names wrap: {heights:?}");
}

async fn it_is_written_in_the_language_asked_for(place: Place) {
    let app = App::public(place).await;
    let guru = app.guru().await;
    let made = invited(&guru, "Budi", "09:00").await;
    let (indonesian, english) = (picture(&guru, &made, "").await, picture(&guru, &made, "?bahasa=en").await);
    assert!(indonesian != english);
    assert!(picture(&guru, &made, "?bahasa=id").await == indonesian);
    let url = format!("HTTPS://TAMU.SEKOLAH.EXAMPLE/K/{}", made["kode_qr"].as_str().expect("a code"));
    assert_eq!((texts(&indonesian), texts(&english)), (vec![url.clone()], vec![url]));
    for query in ["?bahasa=fr", "?bahasa="] {
        guru.get(&format!("/api/appointments/{}/tiket.png{query}", made["id"]))
            .await
            .wrong_fields(&["bahasa"]);
    }
}

async fn it_is_shown_to_whom_the_code_is_shown(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let made = tests::invite(&guru, 1, "09:00").await;
    let path = format!("/api/appointments/{}/tiket.png", made["id"]);
    app.login(&OTHER_GURU).await.get(&path).await.problem(404, "tidak_ditemukan");
    app.nobody().get(&path).await.problem(401, "belum_masuk");
    let guest = desk.get(&format!("/api/tamu/{}", made["id_tamu"])).await.expect(200);
    assert_eq!(app.tamu(&guest).await.get(&path).await.status, 200);
    let other = desk.post("/api/tamu", tests::tamu(2)).await.expect(201);
    app.tamu(&other).await.get(&path).await.problem(404, "tidak_ditemukan");
}
