//! What a page may ask of the program: a window gets no more than its part.

use serde_json::json;

use crate::{school::School, stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_window_may_not_call_what_is_another_ones() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let (kiosk, _scanner) = school.kiosk(&stage).await;
    for command in ["wizard_finish", "popup_raise", "tray_words"] {
        let refused = kiosk.invoke(command, json!({})).await.expect_err(command);
        assert!(refused.contains("not allowed"), "{command}: {refused}");
    }
    // Tokens and other hosts are out of reach by the command that it does have.
    for path in ["/api/auth/refresh", "/metrics", "https://lain.example/api/x"] {
        let args = json!({ "method": "GET", "path": path, "body": null });
        assert!(kiosk.invoke("api_fetch", args).await.is_err(), "{path} is within reach");
    }
}
