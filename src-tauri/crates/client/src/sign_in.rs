//! Signing in and out.

use domain::{json::Login, pengguna::Pengguna};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::{
    Client, Error, Result,
    http::Call,
    sesi::{Reason, Status, is_about_token},
};

impl Client {
    /// Signs a user in and forgets the session before.
    ///
    /// # Errors
    /// [`Error::Problem`] with 401 for a wrong e-mail or password, or with 429 after too many attempts.
    pub async fn login(&self, email: &str, password: &str) -> Result<Login> {
        #[derive(Serialize)]
        struct Body<'a> {
            email: &'a str,
            password: &'a str,
        }
        let call = Call::post("/api/auth/login").body(&Body { email, password })?;
        let login: Login = self.inner.http.send(&call, None).await?.json()?;
        self.inner.sesi.adopt(&login).await;
        Ok(login)
    }

    /// Ends the session here and on the server.
    ///
    /// # Errors
    /// What kept the server from being told. This PC forgets the session in any case.
    pub async fn logout(&self) -> Result<()> {
        let told = match self.empty(Call::post("/api/auth/logout").repeatable()).await {
            Err(Error::Unauthorised) => Ok(()),
            other => other,
        };
        self.inner.sesi.end(Reason::SignedOut, None).await;
        told
    }

    /// Sets a new password. This session goes on; all other sessions of the user end.
    ///
    /// # Errors
    /// [`Error::Problem`] with a message on `password_lama` or `password_baru`.
    pub async fn change_password(&self, password_lama: &str, password_baru: &str) -> Result<Login> {
        #[derive(Serialize)]
        struct Body<'a> {
            password_lama: &'a str,
            password_baru: &'a str,
        }
        let call = Call::put("/api/auth/change-password").body(&Body { password_lama, password_baru })?;
        let sesi = &self.inner.sesi;
        let mut access = sesi.access().await?;
        let mut may_renew = true;
        loop {
            let replacing = sesi.replacing().await;
            match self.inner.http.send(&call, Some(access.token())).await {
                Err(error) if may_renew && is_about_token(&error) => {
                    drop(replacing);
                    access = sesi.renew(&access).await?;
                    may_renew = false;
                }
                answer => {
                    let login: Login = answer?.json()?;
                    sesi.adopt(&login).await;
                    return Ok(login);
                }
            }
        }
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// [`Error::Unauthorised`] if nobody is; otherwise as any request.
    pub async fn me(&self) -> Result<Pengguna> {
        #[derive(Deserialize)]
        struct Answer {
            pengguna: Option<Pengguna>,
        }
        let answer: Answer = self.json(Call::get("/api/auth/me")).await?;
        answer.pengguna.ok_or_else(|| Error::Protocol("/api/auth/me: no user".to_owned()))
    }

    /// Whether somebody is signed in, now and after each change.
    pub fn session(&self) -> watch::Receiver<Status> {
        self.inner.sesi.status()
    }
}
