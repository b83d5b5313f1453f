//! Signing in and out.

use axum::{Json as Reply, extract::State, http::StatusCode};
use domain::{
    Telp,
    isian::{self},
    json::Login,
    password,
};
use serde::Deserialize;
use store::sesi::{Pemilik, Penyegaran, SesiBaru, Siapa};
use utoipa::ToSchema;

use crate::{
    app::AppState,
    auth::refresh::{REFRESH_LIFETIME, hash, random_token, successor},
    error::ApiError,
    extract::{AnySession, Json, PeerAddress, SessionOwner},
    refusals::{Credentials, RefreshRejected},
};

/// A user's login.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LoginRequest {
    email: String,
    password: String,
}

/// Signs a user in.
#[utoipa::path(post, path = "/api/auth/login", tag = "auth", security(()), request_body = LoginRequest, responses((status = 200, body = Login), Credentials))]
pub(super) async fn login(
    State(state): State<AppState>,
    PeerAddress(address): PeerAddress,
    Json(request): Json<LoginRequest>,
) -> Result<Reply<Login>, ApiError> {
    let now = state.clock.now();
    // An address of the wrong form is only another account that does not exist. Databases differ in what text they take, so
    // none is asked for it.
    let email = isian::email(&request.email);
    let account = email.as_deref().map_or_else(|_| request.email.to_lowercase(), str::to_owned);
    let attempt = state.throttle.begin(&*state.store, &account, address, now).await?;
    let found = match &email {
        Ok(email) => state.store.pengguna().find_kredensial(email).await?,
        Err(_) => None,
    };
    let password_hash = found.as_ref().and_then(|found| found.password_hash.clone());
    let right = state.passwords.verify(request.password, password_hash).await?;
    match found.map(|found| found.siapa) {
        Some(pengguna) if right && pengguna.aktif => {
            attempt.succeeded(&*state.store, Some(pengguna.id)).await?;
            open_session(&state, Siapa::Pengguna(pengguna)).await.map(Reply)
        }
        found => {
            attempt.failed(&*state.store, found.map(|pengguna| pengguna.id), now).await?;
            Err(ApiError::Credentials)
        }
    }
}

/// A guest's login.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LoginTamuRequest {
    telp: String,
    password: String,
}

/// Signs a guest in.
#[utoipa::path(post, path = "/api/auth/tamu", tag = "auth", security(()), request_body = LoginTamuRequest, responses((status = 200, body = Login), Credentials))]
pub(super) async fn tamu(
    State(state): State<AppState>,
    PeerAddress(address): PeerAddress,
    Json(request): Json<LoginTamuRequest>,
) -> Result<Reply<Login>, ApiError> {
    let now = state.clock.now();
    let telp = Telp::parse(&request.telp).map_err(|error| ApiError::field("telp", error))?;
    let attempt = state.throttle.begin(&*state.store, telp.as_str(), address, now).await?;
    let found = state.store.tamu().find_kredensial(&telp).await?;
    let password_hash = found.as_ref().and_then(|found| found.password_hash.clone());
    let right = state.passwords.verify(request.password, password_hash).await?;
    match found {
        Some(found) if right => {
            attempt.succeeded(&*state.store, None).await?;
            open_session(&state, Siapa::Tamu(found.siapa)).await.map(Reply)
        }
        _ => {
            attempt.failed(&*state.store, None, now).await?;
            Err(ApiError::Credentials)
        }
    }
}

/// A refresh token, good once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RefreshRequest {
    token_segar: String,
    /// Idempotency key: whoever lost the answer asks again with the same one and gets the same.
    kunci: Option<String>,
}

/// Exchanges a refresh token for a new pair. One that is shown twice, without the key of the first time, ends its session.
#[utoipa::path(post, path = "/api/auth/refresh", tag = "auth", security(()), request_body = RefreshRequest, responses((status = 200, body = Login), RefreshRejected))]
pub(super) async fn refresh(
    State(state): State<AppState>,
    Json(request): Json<RefreshRequest>,
) -> Result<Reply<Login>, ApiError> {
    let now = state.clock.now();
    let kunci = isian::kunci(request.kunci.as_deref()).map_err(|error| ApiError::field("kunci", error))?;
    let token_segar = match kunci {
        Some(kunci) => successor(&state.kunci.sesi, &request.token_segar, &kunci),
        None => random_token()?,
    };
    let (old, new) = (hash(&request.token_segar), hash(&token_segar));
    match state.store.sesi().refresh(old, new, now + REFRESH_LIFETIME, now).await? {
        Penyegaran::Disegarkan { id_sesi, siapa } => Ok(Reply(answer(&state, &id_sesi, token_segar, siapa))),
        Penyegaran::DipakaiUlang { id_sesi } => {
            tracing::warn!("a refresh token was used twice; its session has been ended");
            state.hub.close_sesi(&id_sesi);
            Err(ApiError::RefreshRejected)
        }
        Penyegaran::Ditolak => Err(ApiError::RefreshRejected),
    }
}

/// Signs out: the session's tokens and connections end at once.
#[utoipa::path(post, path = "/api/auth/logout", tag = "auth", responses((status = 204)))]
pub(super) async fn logout(
    State(state): State<AppState>,
    session: AnySession,
) -> Result<StatusCode, ApiError> {
    state.store.sesi().revoke(&session.id_sesi, state.clock.now()).await?;
    state.hub.close_sesi(&session.id_sesi);
    Ok(StatusCode::NO_CONTENT)
}

/// A change of password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangePasswordRequest {
    password_lama: String,
    /// 8 to 72 bytes, not among the commonest.
    password_baru: String,
}

/// Changes one's own password. Every session ends, and a new one begins.
#[utoipa::path(put, path = "/api/auth/change-password", tag = "auth", request_body = ChangePasswordRequest, responses((status = 200, body = Login), Credentials))]
pub(super) async fn change_password(
    State(state): State<AppState>,
    session: AnySession,
    PeerAddress(address): PeerAddress,
    Json(request): Json<ChangePasswordRequest>,
) -> Result<Reply<Login>, ApiError> {
    let now = state.clock.now();
    let wrong = |error: &str| ApiError::field("password_baru", error);
    password::check_new(&request.password_baru).map_err(|error| wrong(&error.to_string()))?;
    if request.password_baru == request.password_lama {
        return Err(wrong("harus berbeda dari kata sandi lama"));
    }
    let (account, id_pengguna, old_hash) = match &session.owner {
        SessionOwner::Pengguna(pengguna) => {
            let found = state.store.pengguna().find_kredensial_by_id(pengguna.id).await?;
            (pengguna.email.clone(), Some(pengguna.id), found.and_then(|found| found.password_hash))
        }
        SessionOwner::Tamu(tamu) => {
            let found = state.store.tamu().find_kredensial_by_id(tamu.id).await?;
            // Whose number was taken away since is known by identity.
            let account = tamu
                .telp
                .as_ref()
                .map_or_else(|| format!("tamu {}", tamu.id), |telp| telp.as_str().to_owned());
            (account, None, found.and_then(|found| found.password_hash))
        }
    };
    // A stolen session must not become a place to guess the password at leisure.
    let attempt = state.throttle.begin(&*state.store, &account, address, now).await?;
    if !state.passwords.verify(request.password_lama, old_hash).await? {
        attempt.failed(&*state.store, id_pengguna, now).await?;
        return Err(ApiError::Credentials);
    }
    attempt.succeeded(&*state.store, id_pengguna).await?;
    let new_hash = state.passwords.hash(request.password_baru).await?;
    let siapa = match session.owner {
        SessionOwner::Pengguna(mut pengguna) => {
            state.store.pengguna().update_password(pengguna.id, new_hash, false, now).await?;
            state.hub.close_pengguna(pengguna.id);
            pengguna.wajib_ganti_password = false;
            Siapa::Pengguna(pengguna)
        }
        SessionOwner::Tamu(tamu) => {
            state.store.tamu().update_password(tamu.id, new_hash, now).await?;
            Siapa::Tamu(tamu)
        }
    };
    open_session(&state, siapa).await.map(Reply)
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

async fn open_session(state: &AppState, siapa: Siapa) -> Result<Login, ApiError> {
    let now = state.clock.now();
    let (id, token_segar) = (random_token()?, random_token()?);
    let pemilik = match &siapa {
        Siapa::Pengguna(pengguna) => Pemilik::Pengguna(pengguna.id),
        Siapa::Tamu(tamu) => Pemilik::Tamu(tamu.id),
    };
    let baru = SesiBaru {
        id: id.clone(),
        pemilik,
        token: hash(&token_segar),
        kedaluwarsa_pada: now + REFRESH_LIFETIME,
        waktu: now,
    };
    state.store.sesi().create(baru).await?;
    Ok(answer(state, &id, token_segar, siapa))
}

fn answer(state: &AppState, id_sesi: &str, token_segar: String, siapa: Siapa) -> Login {
    let (token, kedaluwarsa_pada) = state.tokens.issue(id_sesi, state.clock.now());
    let (pengguna, tamu) = match siapa {
        Siapa::Pengguna(pengguna) => (Some(pengguna), None),
        Siapa::Tamu(tamu) => (None, Some(tamu)),
    };
    Login { token, token_segar, kedaluwarsa_pada, pengguna, tamu }
}
