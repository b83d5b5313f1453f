//! Commands about the session. Tokens stay in this process; a page only learns who is signed in.

use client::{
    Client, Error,
    sesi::{Reason, Status},
};
use contract::{
    Api, Failure, SesiChangePassword, SesiLogin, SesiLogout, SesiRestore, SesiStatus, SesiUnwatch, SesiWatch,
    SignedOut,
};
use domain::{Pengguna, json::Login};
use tauri::{
    AppHandle, Manager,
    async_runtime::{self, JoinHandle},
};

use crate::{
    channel::Sender,
    commands::{Answer, Caller, Handler},
    connection::Connection,
    failure, luring,
    watchers::Watchers,
};

/// Pages that want to know whether somebody is signed in.
pub(crate) type SesiWatchers = Watchers<SesiStatus>;

/// Tells pages when a session ends. Aborted when the program starts as something else.
pub(crate) fn follow(app: AppHandle, client: Client) -> JoinHandle<()> {
    async_runtime::spawn(async move {
        let mut status = client.session();
        while status.changed().await.is_ok() {
            let now = *status.borrow_and_update();
            if let Status::Out(reason) = now {
                app.state::<SesiWatchers>().tell(&out(reason));
            }
        }
    })
}

fn out(reason: Reason) -> SesiStatus {
    let reason = match reason {
        Reason::SignedOut => SignedOut::SignedOut,
        Reason::Ended => SignedOut::Ended,
    };
    SesiStatus::Out { reason }
}

impl Handler for SesiRestore {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let client = caller.state::<Connection>().client().await?;
            let status = *client.session().borrow();
            match status {
                Status::Out(reason) => Ok(out(reason)),
                Status::In(_) => match client.me().await {
                    Ok(pengguna) => Ok(SesiStatus::In { pengguna }),
                    Err(Error::Unauthorised) => Ok(out(Reason::Ended)),
                    Err(error) => {
                        // The desk goes on with whom it knows.
                        let desk = caller.state::<luring::Current>().of(&caller.window);
                        let known = desk.filter(|_| error.is_temporary()).and_then(|desk| desk.pengguna());
                        known.map(|pengguna| SesiStatus::In { pengguna }).ok_or_else(|| failure::of(&error))
                    }
                },
            }
        })
    }
}

impl Handler for SesiLogin {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let client = caller.state::<Connection>().client().await?;
            entered(&caller, client.login(&self.email, &self.password).await)
        })
    }
}

impl Handler for SesiChangePassword {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let client = caller.state::<Connection>().client().await?;
            entered(&caller, client.change_password(&self.password_lama, &self.password_baru).await)
        })
    }
}

impl Handler for SesiLogout {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            if let Ok(client) = caller.state::<Connection>().client().await
                && let Err(error) = client.logout().await
            {
                tracing::info!(%error, "the server was not told of the logout");
            }
            Ok(())
        })
    }
}

impl Handler for SesiWatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let sender = Sender::to(&caller.window, &self.channel);
        caller.state::<SesiWatchers>().watch(caller.window.label(), sender);
        Answer::now(())
    }
}

impl Handler for SesiUnwatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        caller.state::<SesiWatchers>().unwatch(caller.window.label());
        Answer::now(())
    }
}

/// Tells every window: the pop-up must learn that a teacher has signed in in the other window.
fn entered(caller: &Caller, login: client::Result<Login>) -> Result<Api<Pengguna>, Failure> {
    let login = login.map_err(|error| failure::of(&error))?;
    let pengguna = login.pengguna.ok_or(Failure::Unreachable)?;
    caller.state::<SesiWatchers>().tell(&SesiStatus::In { pengguna: pengguna.clone() });
    Ok(Api(pengguna))
}
