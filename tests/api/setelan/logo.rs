//! The school's logo, as one of the settings.

use serde_json::{Value, json};
use tests::{App, Caller, Place};

use super::settings;

journeys![a_logo_is_one_of_the_settings];

/// The smallest picture, as the desktop program sends one.
const DOT: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async fn a_logo_is_one_of_the_settings(place: Place) {
    let app = App::start(place).await;
    let (admin, other) = (app.admin().await, app.admin().await);
    assert_eq!(settings(&admin).await["logo"], Value::Null);
    let put = async |caller: &Caller, versi: i64, berkas: &str| {
        caller.put(&format!("/api/settings/logo?versi={versi}"), json!({ "berkas": berkas })).await
    };
    put(&admin, 0, DOT).await.expect(204);
    let told = settings(&admin).await;
    assert_eq!((&told["versi"], told["logo"].is_string()), (&json!(1), true), "{told}");
    // The other one has looked at the settings before.
    put(&other, 0, DOT).await.problem(409, "versi_usang");
    other.delete("/api/settings/logo?versi=0").await.problem(409, "versi_usang");
    let gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    put(&other, 1, gif).await.wrong_fields(&["logo"]);
    put(&other, 1, &format!("{}AAAA", &DOT[..64])).await.wrong_fields(&["logo"]);
    put(&other, 1, &"A".repeat((512 << 10) / 3 * 4 + 8)).await.problem(413, "terlalu_besar");
    put(&other, 1, "%").await.wrong_fields(&["berkas"]);
    assert_eq!(settings(&admin).await, told, "nothing of that is kept");
    other.delete("/api/settings/logo?versi=1").await.expect(204);
    let told = settings(&admin).await;
    assert_eq!((&told["versi"], &told["logo"]), (&json!(2), &Value::Null), "{told}");
}
