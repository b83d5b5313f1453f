//! The first admin: made on this computer, once, with a password from standard input.

use crate::{
    api::Api,
    program::{Ended, Place},
    school::{ADMIN, PASSWORD},
};

fn init(place: &Place, email: &str, password: &str) -> Ended {
    place.run(&["init", "--admin-email", email, "--admin-nama", ADMIN.0], password)
}

#[tokio::test]
async fn the_first_admin_is_made_and_signs_in() {
    let place = Place::new();
    let said = init(&place, "Hendra@Sekolah.Example", &format!("{PASSWORD}\n")).success();
    assert_eq!(said, "admin 1 was made\n");
    let server = place.serve();
    let admin = Api::login(&server, ADMIN.1).await;
    let (_, me) = admin.get("/api/auth/me").await.expect("an answer");
    assert_eq!(me["pengguna"]["role"], "Admin", "{me}");
    let (status, _) =
        Api::nobody(&server).post("/api/users", serde_json::json!({})).await.expect("an answer");
    assert_eq!(status, 401, "no admin is made over the network");
}

#[test]
fn there_is_only_one_first_admin() {
    let place = Place::new();
    init(&place, ADMIN.1, PASSWORD).success();
    let line = init(&place, "lain@sekolah.example", PASSWORD).failure();
    assert!(line.contains("there is an admin already"), "{line}");
}

#[test]
fn what_was_given_wrong_is_named_and_never_repeated() {
    for (email, password, word) in [
        (ADMIN.1, "", "password"),
        (ADMIN.1, "\nmeja hijau 7", "password"),
        (ADMIN.1, "pendek\n", "password"),
        (ADMIN.1, "password123\n", "password"),
        ("bukan-alamat", PASSWORD, "--admin-email"),
    ] {
        let place = Place::new();
        let line = init(&place, email, password).failure();
        assert!(line.contains(word), "{line} should say {word}");
        let secret = password.trim();
        assert!(secret.is_empty() || secret == "password123" || !line.contains(secret), "{line}");
        assert!(!place.data().exists(), "nothing is made where something is wrong: {line}");
    }
}
