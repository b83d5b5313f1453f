//! Commands about the session. Tokens stay on this side; a page learns who is signed in, and nothing else.

use client::{
    Client, Error,
    sesi::{Reason, Status},
};
use domain::{Pengguna, json::Login};
use serde::Serialize;
use tauri::{
    AppHandle, Manager, State, WebviewWindow,
    async_runtime::{self, JoinHandle},
};
use zeroize::Zeroizing;

use crate::{
    channel::Channel,
    failure::{Failure, Outcome},
    program::Program,
    watchers::Watchers,
};

/// Whether somebody is signed in, as pages know it.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub(crate) enum SesiStatus {
    /// Yes.
    In {
        /// Who.
        pengguna: Pengguna,
    },
    /// No.
    Out {
        /// `signed_out` or `ended`.
        reason: &'static str,
    },
}

impl From<Reason> for SesiStatus {
    fn from(reason: Reason) -> Self {
        let reason = match reason {
            Reason::SignedOut => "signed_out",
            Reason::Ended => "ended",
        };
        Self::Out { reason }
    }
}

/// Pages that want to know whether somebody is signed in.
pub(crate) type SesiWatchers = Watchers<SesiStatus>;

/// Tells pages when a session ends, until the program is started otherwise.
pub(crate) fn follow(app: AppHandle, client: Client) -> JoinHandle<()> {
    async_runtime::spawn(async move {
        let mut status = client.session();
        while status.changed().await.is_ok() {
            let now = *status.borrow_and_update();
            if let Status::Out(reason) = now {
                app.state::<SesiWatchers>().tell(&reason.into());
            }
        }
    })
}

/// Who a session kept from before belongs to, if it still is one.
#[tauri::command]
pub(crate) async fn sesi_restore(app: AppHandle) -> Outcome<SesiStatus> {
    restore(&app).await.into()
}

async fn restore(app: &AppHandle) -> Result<SesiStatus, Failure> {
    let client = client(&app.state()).await?;
    let status = *client.session().borrow();
    match status {
        Status::Out(reason) => Ok(reason.into()),
        Status::In(_) => match client.me().await {
            Ok(pengguna) => Ok(SesiStatus::In { pengguna }),
            Err(Error::Unauthorised) => Ok(Reason::Ended.into()),
            Err(error) => Err(Failure::from(&error)),
        },
    }
}

/// Signs a user in.
#[tauri::command]
pub(crate) async fn sesi_login(app: AppHandle, email: String, password: String) -> Outcome<Pengguna> {
    let password = Zeroizing::new(password);
    let login = async { Ok(client(&app.state()).await?.login(&email, &password).await?) };
    entered(&app, login.await).into()
}

/// Sets a new password; the session goes on.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn sesi_change_password(
    app: AppHandle,
    password_lama: String,
    password_baru: String,
) -> Outcome<Pengguna> {
    let (lama, baru) = (Zeroizing::new(password_lama), Zeroizing::new(password_baru));
    let login = async { Ok(client(&app.state()).await?.change_password(&lama, &baru).await?) };
    entered(&app, login.await).into()
}

/// Signs out; on this PC in any case.
#[tauri::command]
pub(crate) async fn sesi_logout(app: AppHandle) {
    let Ok(client) = client(&app.state()).await else { return };
    if let Err(error) = client.logout().await {
        tracing::info!(%error, "the server was not told of the logout");
    }
}

/// Tells the window of every change from now on.
#[tauri::command]
pub(crate) fn sesi_watch(
    window: WebviewWindow,
    watchers: State<'_, SesiWatchers>,
    channel: Channel<SesiStatus>,
) {
    watchers.watch(window.label(), channel);
}

/// Tells it no more.
#[tauri::command]
pub(crate) fn sesi_unwatch(window: WebviewWindow, watchers: State<'_, SesiWatchers>) {
    watchers.unwatch(window.label());
}

/// The way to the server, for a command.
///
/// # Errors
/// [`Failure::Unreachable`] where there is none yet.
pub(crate) async fn client(program: &Program) -> Result<Client, Failure> {
    program.link().await.map(|link| link.client).ok_or(Failure::Unreachable)
}

/// Every window learns of it: the pop-up of a teacher who signs in in the other one.
fn entered(app: &AppHandle, login: Result<Login, Failure>) -> Result<Pengguna, Failure> {
    let pengguna = login?.pengguna.ok_or(Failure::Unreachable)?;
    app.state::<SesiWatchers>().tell(&SesiStatus::In { pengguna: pengguna.clone() });
    Ok(pengguna)
}
