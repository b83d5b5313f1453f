//! The command by which pages reach the server's API.

use serde::Serialize;
use tauri::{AppHandle, Manager, ipc::Response};

use crate::{program::Program, sesi};

/// The first line of the answer to [`api_fetch`]; the body follows.
#[derive(Serialize)]
struct Head {
    status: u16,
    content_type: String,
    /// How far the server's clock is ahead of this PC's.
    clock_offset_ms: Option<i64>,
}

/// Sends a page's request in the session's name. The answer is a line of JSON, a line feed, and the body's bytes, so that a
/// picture needs no second encoding.
///
/// # Errors
/// Rejects where nobody answered.
#[tauri::command]
pub(crate) async fn api_fetch(
    app: AppHandle,
    method: String,
    path: String,
    body: Option<String>,
) -> Result<Response, &'static str> {
    let client = sesi::client(&app.state::<Program>()).await.map_err(|_| "unreachable")?;
    let forwarded = match client.forward(&method, &path, body.map(String::into_bytes)).await {
        Ok(forwarded) => forwarded,
        Err(client::Error::Unauthorised) => client::Forwarded {
            status: 401,
            content_type: "application/problem+json".to_owned(),
            body: br#"{"status":401,"title":"","detail":"","code":"belum_masuk"}"#.to_vec(),
        },
        Err(error) => {
            tracing::info!(%error, "no answer");
            return Err("unreachable");
        }
    };
    let head = Head {
        status: forwarded.status,
        content_type: forwarded.content_type,
        clock_offset_ms: client.clock_offset().map(|offset| offset.num_milliseconds()),
    };
    let mut bytes = serde_json::to_vec(&head).map_err(|_| "unreachable")?;
    bytes.push(b'\n');
    bytes.extend(forwarded.body);
    Ok(Response::new(bytes))
}
