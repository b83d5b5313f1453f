//! What a page may ask of the program: the two lists are one, and a window gets no more than its part.

use std::collections::BTreeSet;

use serde_json::json;

use crate::{school::School, stage};

/// Every command, as the program's build script names them.
fn of_the_program() -> BTreeSet<String> {
    let source = include_str!("../../src-tauri/build.rs");
    let list =
        source.split("const COMMANDS").nth(1).and_then(|rest| rest.split("];").next()).expect("a list");
    list.lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","))
        .map(str::to_owned)
        .collect()
}

#[test]
fn pages_know_the_commands_that_the_program_has() {
    let source = include_str!("../../ui/src/host/tauri/commands.ts");
    let list = source.split("export interface Commands {").nth(1).and_then(|rest| rest.split("\n}").next());
    let of_pages: BTreeSet<String> = list
        .expect("a list")
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .filter_map(|line| line.split_once(": (").map(|(name, _)| name.trim().to_owned()))
        .collect();
    assert_eq!(of_pages, of_the_program());
}

#[test]
fn every_command_is_handled_and_allowed_somewhere() {
    let main = include_str!("../../src-tauri/src/main.rs");
    let handled = main.split("generate_handler![").nth(1).and_then(|rest| rest.split(']').next());
    let handled: BTreeSet<String> = handled
        .expect("a handler")
        .split(',')
        .filter_map(|path| path.trim().rsplit("::").next().filter(|name| !name.is_empty()).map(str::to_owned))
        .collect();
    assert_eq!(handled, of_the_program());

    let capabilities = [
        include_str!("../../src-tauri/capabilities/kiosk.json"),
        include_str!("../../src-tauri/capabilities/guru.json"),
        include_str!("../../src-tauri/capabilities/popup.json"),
        include_str!("../../src-tauri/capabilities/admin.json"),
        include_str!("../../src-tauri/capabilities/mulai.json"),
    ];
    let mut allowed = BTreeSet::new();
    for capability in capabilities {
        let capability: serde_json::Value = serde_json::from_str(capability).expect("JSON");
        for permission in capability["permissions"].as_array().expect("a list") {
            let name = permission.as_str().and_then(|name| name.strip_prefix("allow-"));
            allowed.insert(name.expect("only commands of our own are allowed").replace('-', "_"));
        }
    }
    assert_eq!(allowed, of_the_program());
}

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
