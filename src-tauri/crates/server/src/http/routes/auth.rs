//! Signing in and out.

mod password;

use std::future::Future;

use axum::{
    Json as Reply,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::AppendHeaders,
};
use chrono::{DateTime, Utc};
use domain::{
    Telp,
    audit::{Aksi, Objek},
    isian,
    json::Login,
    sesi::{self, FIRST_PASSWORD_LIFETIME, REFRESH_LIFETIME, TEMPORARY_PASSWORD_LIFETIME, password_lives},
};
use serde::Deserialize;
use store::{
    pengguna::Credentials,
    sesi::{Exchange, NewSesi, Rotation, SessionHolder, SessionIdentity},
};
use utoipa::ToSchema;

pub(super) use password::{__path_change_password, __path_rate, change_password, confirm, rate};

use crate::{
    audit::{self, Act},
    auth::{
        device::Device,
        refresh::{hash, random_token, successor},
        throttle::{Attempt, Source},
    },
    error::ApiError,
    http::{
        extract::{AnySession, ClientAddress, FromDevice, Json, SessionOwner},
        refusals::{NotSignedIn, RefreshRejected},
    },
    refused::refused,
    state::AppState,
};

/// A login, and the cookie that identifies the device from then on.
type SignedIn = (AppendHeaders<[(header::HeaderName, HeaderValue); 1]>, Reply<Login>);

/// A user's login.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LoginRequest {
    email: String,
    password: String,
}

/// Signs a user in. The cookie that comes with the answer makes the device known, which is never needed.
#[utoipa::path(
    post,
    path = "/api/auth/login",
    tag = "auth",
    security(()),
    params(("bukutamu_perangkat" = Option<String>, Cookie, description = "The device's identity, from a login before")),
    request_body = LoginRequest,
    responses(
        (status = 200, body = Login, headers(("Set-Cookie" = String, description = "The device's identity"))),
        NotSignedIn
    )
)]
pub(super) async fn login(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    FromDevice(device): FromDevice,
    headers: HeaderMap,
    Json(request): Json<LoginRequest>,
) -> Result<SignedIn, ApiError> {
    // An address of the wrong form is treated as an account that does not exist. Databases differ in what text they
    // accept, so none is asked.
    let email = isian::login(&request.email);
    let account = email.as_deref().map_or_else(|_| request.email.to_lowercase(), str::to_owned);
    let perangkat = device.map(|device| state.devices.perangkat(device, &account));
    let keterangan = device_words(&headers);
    to_its_end(async move {
        let attempt = state.throttle.begin(&account, Source::Login { perangkat, address }).await?;
        let found = match &email {
            Ok(email) => state.store.pengguna().find_kredensial(email).await?,
            Err(_) => None,
        };
        let is_right = verify(&state, &attempt, request.password, found.as_ref()).await?;
        let id = found.as_ref().map(|found| found.siapa.id);
        match found {
            Some(found) if is_right && found.siapa.aktif => {
                attempt.succeeded(id).await?;
                audit::acts_as_pengguna(&found.siapa);
                let act = Act::new(Aksi::Masuk, Objek::Pengguna).on(found.siapa.id.0);
                let from = SignIn { account: &account, device, keterangan };
                act.record(open_session(&state, found.map(SessionIdentity::Pengguna), from)).await
            }
            _ => {
                attempt.failed(id).await?;
                let act = Act::new(Aksi::GagalMasuk, Objek::Pengguna);
                let act = id.map_or(act.clone(), |id| act.on(id.0));
                act.note(state.store.audit()).await?;
                Err(ApiError::Credentials)
            }
        }
    })
    .await
}

/// A guest's login.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LoginTamuRequest {
    telp: String,
    password: String,
}

/// Signs a guest in, as [`login`] does a user.
#[utoipa::path(
    post,
    path = "/api/auth/tamu",
    tag = "auth",
    security(()),
    params(("bukutamu_perangkat" = Option<String>, Cookie, description = "The device's identity, from a login before")),
    request_body = LoginTamuRequest,
    responses(
        (status = 200, body = Login, headers(("Set-Cookie" = String, description = "The device's identity"))),
        NotSignedIn
    )
)]
pub(super) async fn tamu(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    FromDevice(device): FromDevice,
    headers: HeaderMap,
    Json(request): Json<LoginTamuRequest>,
) -> Result<SignedIn, ApiError> {
    let telp = Telp::parse(&request.telp).map_err(|error| ApiError::field("telp", error))?;
    let perangkat = device.map(|device| state.devices.perangkat(device, telp.as_str()));
    let keterangan = device_words(&headers);
    to_its_end(async move {
        let attempt = state.throttle.begin(telp.as_str(), Source::Login { perangkat, address }).await?;
        let found = state.store.tamu().find_kredensial(&telp).await?;
        let is_right = verify(&state, &attempt, request.password, found.as_ref()).await?;
        match found {
            Some(found) if is_right => {
                attempt.succeeded(None).await?;
                audit::acts_as_tamu(found.siapa.id);
                let act = Act::on_tamu(Aksi::Masuk, &found.siapa);
                let siapa = found.map(SessionIdentity::Tamu);
                let from = SignIn { account: telp.as_str(), device, keterangan };
                act.record(open_session(&state, siapa, from)).await
            }
            found => {
                attempt.failed(None).await?;
                let act = match &found {
                    Some(found) => Act::on_tamu(Aksi::GagalMasuk, &found.siapa),
                    None => Act::new(Aksi::GagalMasuk, Objek::Tamu),
                };
                act.note(state.store.audit()).await?;
                Err(ApiError::Credentials)
            }
        }
    })
    .await
}

/// Finishes the work even if the client hangs up. So hanging up does not prevent a failed attempt from being counted.
async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, ApiError>> + Send + 'static,
) -> Result<T, ApiError> {
    tokio::spawn(audit::carried(work)).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a login was broken off");
        Err(ApiError::Internal)
    })
}

async fn verify<T>(
    state: &AppState,
    attempt: &Attempt,
    password: String,
    found: Option<&Credentials<T>>,
) -> Result<bool, ApiError> {
    let password_hash = found.and_then(|found| found.password_hash.clone());
    state.passwords.verify(attempt.place(), password, password_hash).await
}

/// A refresh token, good once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RefreshRequest {
    token_segar: String,
    /// Idempotency key: whoever lost the answer asks again with the same one and gets the same.
    kunci: Option<String>,
}

/// Exchanges a refresh token for a new pair. One that is shown twice, without the key of the first time, ends its
/// session, unless the session's own device shows it again within half a minute.
#[utoipa::path(
    post,
    path = "/api/auth/refresh",
    tag = "auth",
    security(()),
    params(("bukutamu_perangkat" = Option<String>, Cookie, description = "The device's identity, from the login")),
    request_body = RefreshRequest,
    responses((status = 200, body = Login), RefreshRejected)
)]
pub(super) async fn refresh(
    State(state): State<AppState>,
    FromDevice(device): FromDevice,
    Json(request): Json<RefreshRequest>,
) -> Result<Reply<Login>, ApiError> {
    let waktu = state.clock.now();
    let kunci = isian::kunci(request.kunci.as_deref()).map_err(|error| ApiError::field("kunci", error))?;
    let token_segar = match kunci {
        Some(kunci) => successor(&state.kunci.sesi, &request.token_segar, &kunci),
        None => random_token()?,
    };
    let pertukaran = Exchange {
        lama: hash(&request.token_segar),
        baru: hash(&token_segar),
        perangkat: device.map(|device| state.devices.sidik(device)),
        kedaluwarsa_pada: waktu + REFRESH_LIFETIME,
        waktu,
    };
    match state.store.sesi().refresh(pertukaran).await? {
        Rotation::Disegarkan { id_sesi, siapa } => Ok(Reply(answer(&state, &id_sesi, token_segar, siapa))),
        Rotation::DipakaiUlang { id_sesi } => {
            refused!(WARN, "token_dipakai_ulang");
            state.hub.close_sesi(&id_sesi);
            Act::new(Aksi::AkhiriSesi, Objek::Sesi).note(state.store.audit()).await?;
            Err(ApiError::RefreshRejected)
        }
        Rotation::Ditolak => Err(ApiError::RefreshRejected),
    }
}

/// Signs out: the session's tokens and connections end at once.
#[utoipa::path(post, path = "/api/auth/logout", tag = "auth", responses((status = 204)))]
pub(super) async fn logout(
    State(state): State<AppState>,
    session: AnySession,
) -> Result<StatusCode, ApiError> {
    let act = session.owner.act(Aksi::Keluar);
    act.record(state.store.sesi().revoke(&session.id_sesi, state.clock.now())).await?;
    state.hub.close_sesi(&session.id_sesi);
    Ok(StatusCode::NO_CONTENT)
}

/// Who is signed in.
#[derive(serde::Serialize, ToSchema)]
pub(super) struct Me {
    /// The user, where a user is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pengguna: Option<domain::Pengguna>,
    /// The guest, where a guest is.
    #[serde(skip_serializing_if = "Option::is_none")]
    tamu: Option<domain::Tamu>,
}

/// Tells who is signed in.
#[utoipa::path(get, path = "/api/auth/me", tag = "auth", responses((status = 200, body = Me)))]
pub(super) async fn me(session: AnySession) -> Reply<Me> {
    Reply(match session.owner {
        SessionOwner::Pengguna(pengguna) => Me { pengguna: Some(pengguna), tamu: None },
        SessionOwner::Tamu(tamu) => Me { pengguna: None, tamu: Some(tamu) },
    })
}

/// Where somebody signs in.
struct SignIn<'a> {
    account: &'a str,
    device: Option<Device>,
    /// What an admin recognises the device by.
    keterangan: Option<String>,
}

fn device_words(headers: &HeaderMap) -> Option<String> {
    headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).and_then(sesi::device_words)
}

/// Opens a session after the password of `found` was verified. Refuses if the password has changed since.
async fn open_session(
    state: &AppState,
    found: Credentials<SessionIdentity>,
    from: SignIn<'_>,
) -> Result<SignedIn, ApiError> {
    let SignIn { account, device, keterangan } = from;
    let waktu = state.clock.now();
    if !opens(&found, waktu) {
        return Err(ApiError::TemporaryPasswordEnded);
    }
    let device = device.map_or_else(|| state.devices.create(), Ok)?;
    let (id, token_segar) = (random_token()?, random_token()?);
    let baru = NewSesi {
        id: id.clone(),
        pemilik: pemilik(&found.siapa),
        password_hash: found.password_hash.unwrap_or_default(),
        perangkat: Some(state.devices.perangkat(device, account)),
        keterangan,
        token: hash(&token_segar),
        kedaluwarsa_pada: waktu + REFRESH_LIFETIME,
        waktu,
    };
    if !state.store.sesi().create(baru).await? {
        // The password was changed or the user was deactivated while the password was verified.
        return Err(ApiError::Credentials);
    }
    let cookie = AppendHeaders([(header::SET_COOKIE, state.devices.cookie(device))]);
    Ok((cookie, Reply(answer(state, &id, token_segar, found.siapa))))
}

/// Whether the password is still good. A guest's first one was given for longer than a user's.
fn opens(found: &Credentials<SessionIdentity>, waktu: DateTime<Utc>) -> bool {
    let longest = match found.siapa {
        SessionIdentity::Pengguna(_) => TEMPORARY_PASSWORD_LIFETIME,
        SessionIdentity::Tamu(_) => FIRST_PASSWORD_LIFETIME,
    };
    password_lives(found.password_sampai, waktu, longest)
}

fn answer(state: &AppState, id_sesi: &str, token_segar: String, siapa: SessionIdentity) -> Login {
    let (token, kedaluwarsa_pada) = state.tokens.issue_to(pemilik(&siapa), id_sesi, state.clock.now());
    let (pengguna, tamu) = match siapa {
        SessionIdentity::Pengguna(pengguna) => (Some(pengguna), None),
        SessionIdentity::Tamu(tamu) => (None, Some(tamu)),
    };
    Login { token, token_segar, kedaluwarsa_pada, pengguna, tamu }
}

fn pemilik(siapa: &SessionIdentity) -> SessionHolder {
    match siapa {
        SessionIdentity::Pengguna(pengguna) => SessionHolder::Pengguna(pengguna.id),
        SessionIdentity::Tamu(tamu) => SessionHolder::Tamu(tamu.id),
    }
}
