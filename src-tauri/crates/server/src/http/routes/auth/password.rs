//! Changing one's own password.

use axum::{Json as Reply, http::HeaderMap};
use domain::{
    audit::Aksi,
    isian::{FieldError, KodeIsian},
    password::{InvalidPassword, Known, Rating},
};
use serde::{Deserialize, Serialize};
use store::{
    StoreError,
    pengguna::{Credentials, NewPassword},
    sesi::SessionIdentity,
};
use utoipa::ToSchema;

use super::{SignIn, SignedIn, device_words, open_session, opens, to_its_end, verify};
use crate::{
    auth::throttle::Source,
    error::ApiError,
    http::{
        extract::{AnySession, FromDevice, Json, SessionOwner},
        refusals::{Busy, NotSignedIn},
    },
    state::{AppState, RequestState},
};

/// A change of password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http::routes) struct ChangePasswordRequest {
    password_lama: String,
    /// 8 to 72 bytes, hard to guess, not made of what others know of the person.
    password_baru: String,
}

/// Changes one's own password. Every session ends, and a new one begins.
#[utoipa::path(
    put,
    path = "/api/auth/change-password",
    tag = "auth",
    request_body = ChangePasswordRequest,
    responses((status = 200, body = domain::json::Login), NotSignedIn)
)]
pub(in crate::http::routes) async fn change_password(
    state: RequestState,
    session: AnySession,
    FromDevice(device): FromDevice,
    headers: HeaderMap,
    Json(request): Json<ChangePasswordRequest>,
) -> Result<SignedIn, ApiError> {
    let keterangan = device_words(&headers);
    to_its_end(async move {
        check_new(&state, &session.owner, &request).await?;
        let (account, found) = verified(&state, &session, request.password_lama).await?;
        let act = session.owner.act(Aksi::GantiPassword);
        let changed = act.record(replace(&state, found, request.password_baru)).await?;
        open_session(&state, changed, SignIn { account: &account, device, keterangan }).await
    })
    .await
}

/// Makes sure that whoever asks is who signed in: by the own password, once more.
pub(in crate::http::routes) async fn confirm(
    state: AppState,
    session: AnySession,
    password: String,
) -> Result<(), ApiError> {
    to_its_end(async move { verified(&state, &session, password).await.map(drop) }).await
}

/// The session's account with its credentials, if the password is right. Limited like a login, so that a stolen session
/// cannot be used to guess it.
async fn verified(
    state: &AppState,
    session: &AnySession,
    password: String,
) -> Result<(String, Credentials<SessionIdentity>), ApiError> {
    let (account, found) = match &session.owner {
        SessionOwner::Pengguna(pengguna) => {
            let found = state.store.pengguna().find_kredensial_by_id(pengguna.id).await?;
            (pengguna.email.clone(), found.map(|found| found.map(SessionIdentity::Pengguna)))
        }
        SessionOwner::Tamu(tamu) => {
            let found = state.store.tamu().find_kredensial_by_id(tamu.id).await?;
            // A guest whose number has been removed since is identified by the guest's id.
            let account = tamu
                .telp
                .as_ref()
                .map_or_else(|| format!("tamu {}", tamu.id), |telp| telp.as_str().to_owned());
            (account, found.map(|found| found.map(SessionIdentity::Tamu)))
        }
    };
    let id_pengguna = match &session.owner {
        SessionOwner::Pengguna(pengguna) => Some(pengguna.id),
        SessionOwner::Tamu(_) => None,
    };
    let attempt = state.throttle.begin(&account, Source::Session(&session.id_sesi)).await?;
    let is_right = verify(state, &attempt, password, found.as_ref()).await?;
    let Some(found) = found.filter(|_| is_right) else {
        attempt.failed(id_pengguna).await?;
        session.owner.act(Aksi::GagalMasuk).note(state.store.audit()).await?;
        return Err(ApiError::Credentials);
    };
    attempt.succeeded(id_pengguna).await?;
    Ok((account, found))
}

/// Replaces the password that was verified. Gives the credentials that hold from now on.
async fn replace(
    state: &AppState,
    found: Credentials<SessionIdentity>,
    password: String,
) -> Result<Credentials<SessionIdentity>, ApiError> {
    let waktu = state.clock.now();
    if !opens(&found, waktu) {
        return Err(ApiError::TemporaryPasswordEnded);
    }
    let hash = state.passwords.hash(password).await?;
    let baru =
        NewPassword { hash: hash.clone(), sementara: false, lama: found.password_hash, rahasia: None, waktu };
    let mut siapa = found.siapa;
    let done = match &mut siapa {
        SessionIdentity::Pengguna(pengguna) => {
            let done = state.store.pengguna().update_password(pengguna.id, baru).await;
            state.hub.close_pengguna(pengguna.id);
            pengguna.wajib_ganti_password = false;
            done
        }
        SessionIdentity::Tamu(tamu) => state.store.tamu().update_password(tamu.id, baru).await,
    };
    match done {
        Ok(()) => Ok(Credentials { siapa, password_hash: Some(hash), password_sampai: None }),
        // Somebody else was faster. The verified password is no longer the current one.
        Err(StoreError::NotFound) => Err(ApiError::Credentials),
        Err(error) => Err(error.into()),
    }
}

async fn check_new(
    state: &RequestState,
    owner: &SessionOwner,
    request: &ChangePasswordRequest,
) -> Result<(), ApiError> {
    let rating = state.passwords.rate(request.password_baru.clone(), known(state, owner)).await?;
    if let Some(refused) = rating.refused {
        return Err(ApiError::Password("password_baru", refused));
    }
    if request.password_baru == request.password_lama {
        return Err(ApiError::field(
            "password_baru",
            FieldError::new(KodeIsian::Sama, "harus berbeda dari kata sandi lama"),
        ));
    }
    Ok(())
}

/// What others can know about the owner. A password must not be made of it.
fn known(state: &RequestState, owner: &SessionOwner) -> Known {
    let nama_sekolah = state.setelan.nama_sekolah.clone();
    match owner {
        SessionOwner::Pengguna(pengguna) => Known {
            nama: pengguna.nama.clone(),
            email: pengguna.email.clone(),
            telp: pengguna.telp.as_ref().map(|telp| telp.as_str().to_owned()).unwrap_or_default(),
            nama_sekolah,
        },
        SessionOwner::Tamu(tamu) => Known {
            nama: tamu.nama.clone(),
            email: tamu.email.clone().unwrap_or_default(),
            telp: tamu.telp.as_ref().map(|telp| telp.as_str().to_owned()).unwrap_or_default(),
            nama_sekolah,
        },
    }
}

/// A password that somebody thinks of choosing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http::routes) struct RateRequest {
    password_baru: String,
}

/// How hard a password is to guess.
#[derive(Serialize, ToSchema)]
pub(in crate::http::routes) struct Nilai {
    /// 0, guessed at once, to 4, guessed by nobody.
    #[schema(minimum = 0, maximum = 4)]
    skor: u8,
    /// Why a change of password would refuse it.
    #[serde(skip_serializing_if = "Option::is_none")]
    alasan: Option<InvalidPassword>,
}

/// Rates a password for whoever is signed in, by the very rule of a change of password, and keeps nothing of it.
#[utoipa::path(
    post,
    path = "/api/nilai-sandi",
    tag = "auth",
    request_body = RateRequest,
    responses((status = 200, body = Nilai), Busy)
)]
pub(in crate::http::routes) async fn rate(
    state: RequestState,
    session: AnySession,
    Json(request): Json<RateRequest>,
) -> Result<Reply<Nilai>, ApiError> {
    let Rating { score, refused } =
        state.passwords.rate(request.password_baru, known(&state, &session.owner)).await?;
    Ok(Reply(Nilai { skor: score, alasan: refused }))
}
