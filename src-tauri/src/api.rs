//! The command by which pages reach the server's API.

use client::Forwarded;
use tauri::{AppHandle, Manager, ipc::Response};

use crate::{program::Program, sesi};

/// Sends a page's request in the session's name. The answer is as [`Forwarded::into_bytes`] writes it.
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
        Err(client::Error::Unauthorised) => Forwarded::unauthorised(),
        Err(error) => {
            tracing::info!(%error, "no answer");
            return Err("unreachable");
        }
    };
    Ok(Response::new(forwarded.into_bytes(client.clock_offset())))
}
