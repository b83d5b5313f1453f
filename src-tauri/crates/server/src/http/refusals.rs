//! The refusals of each operation, for the OpenAPI document.
//!
//! Most follow from what a handler takes: [`describe`] reads the handler's signature, so that a new handler cannot
//! forget them. A handler names its other refusals beside its answers, as in
//! `responses((status = 200, …), NotFound, Clash)`. In both cases [`ApiError`] gives the statuses and codes.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use axum::{
    extract::{Request, State},
    handler::Handler,
    http::{HeaderMap, StatusCode},
};
use domain::{
    Penolakan,
    isian::{FieldErrors, HARI_PERTAMA},
};
use serde_json::Value;
use utoipa::{
    IntoResponses,
    openapi::{
        Content, HeaderBuilder, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder, Type,
        extensions::ExtensionsBuilder,
        path::{Operation, PathItem},
    },
};
use utoipa_axum::router::UtoipaMethodRouter;

use crate::{error::ApiError, state::AppState};

/// The extension that holds the `code`s of a status in the document.
const CODES: &str = "x-codes";

/// An argument of a handler, and the refusals that a request may get while it is extracted.
pub(crate) trait Refuses {
    /// One error of each kind.
    fn refusals() -> Vec<ApiError>;
}

/// The refusals of any operation: too many requests, or a fault of this program.
fn everywhere() -> [ApiError; 3] {
    [ApiError::TooMany(Duration::ZERO), ApiError::Internal, ApiError::Damaged]
}

/// A handler that can reach the database may find it unavailable.
impl Refuses for State<AppState> {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::Unavailable, ApiError::Restoring]
    }
}

impl Refuses for Request {
    fn refusals() -> Vec<ApiError> {
        Vec::new()
    }
}

impl Refuses for HeaderMap {
    fn refusals() -> Vec<ApiError> {
        Vec::new()
    }
}

/// The handler itself answers if extracting fails.
impl<T, E> Refuses for Result<T, E> {
    fn refusals() -> Vec<ApiError> {
        Vec::new()
    }
}

impl Refuses for ((),) {
    fn refusals() -> Vec<ApiError> {
        Vec::new()
    }
}

/// Everything that a handler takes, as axum lists it: a marker, then each argument.
macro_rules! all_of {
    ($($taken:ident),+) => {
        impl<Marker, $($taken: Refuses),+> Refuses for (Marker, $($taken),+) {
            fn refusals() -> Vec<ApiError> {
                [$($taken::refusals()),+].into_iter().flatten().collect()
            }
        }
    };
}

all_of!(A);
all_of!(A, B);
all_of!(A, B, C);
all_of!(A, B, C, D);
all_of!(A, B, C, D, E);
all_of!(A, B, C, D, E, F);

/// The route of one handler. The document gets every refusal of its operation.
pub(crate) fn describe<H, T>(
    mut route: UtoipaMethodRouter<AppState>,
    _handler: H,
) -> UtoipaMethodRouter<AppState>
where
    H: Handler<T, AppState>,
    T: Refuses,
{
    let refusals: Vec<_> = everywhere().into_iter().chain(T::refusals()).collect();
    for (_, operation) in route.1.paths.values_mut().flat_map(operations) {
        operation.responses.responses.extend(refusals.iter().map(entry));
        fold(operation);
    }
    route
}

/// Every operation of a path, with its method.
pub(crate) fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, post, put, delete, .. } = item;
    [("get", get), ("post", post), ("put", put), ("delete", delete)]
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// A refusal by its status, with its code. Several of one status stay separate until [`fold`] joins them.
fn entry(error: &ApiError) -> (String, RefOr<Response>) {
    let problem = error.problem();
    (format!("{} {}", problem.status, problem.code), Response::new("").into())
}

/// Joins the refusals of each status into one response.
fn fold(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    let mut codes = BTreeMap::<String, BTreeSet<String>>::new();
    responses.retain(|key, _| match key.split_once(' ') {
        Some((status, code)) => {
            codes.entry(status.to_owned()).or_default().insert(code.to_owned());
            false
        }
        None => true,
    });
    for (status, codes) in codes {
        responses.insert(status.clone(), response(&status, &codes).into());
    }
}

fn response(status: &str, codes: &BTreeSet<String>) -> Response {
    let reason = status.parse().ok().and_then(|status: StatusCode| status.canonical_reason());
    let listed = codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ");
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    let codes: Value = codes.iter().cloned().collect();
    let response = ResponseBuilder::new()
        .description(format!("{}: {listed}", reason.unwrap_or(status)))
        .content("application/problem+json", content)
        .extensions(Some(ExtensionsBuilder::new().add(CODES, codes).build()));
    let response = match status {
        "429" | "503" => {
            let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).build();
            let wait = HeaderBuilder::new().schema(Some(seconds)).description(Some("Seconds to wait."));
            response.header("Retry-After", wait.build())
        }
        _ => response,
    };
    response.build()
}

/// Types with which handlers name their own refusals.
macro_rules! own {
    ($($(#[$doc:meta])* $name:ident = $($error:expr),+;)+) => {$(
        $(#[$doc])*
        pub(crate) struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([$(entry(&$error.into())),+])
            }
        }
    )+};
}

own! {
    /// The thing does not exist, or the user may not see it.
    NotFound = ApiError::NotFound;
    /// Fields contradict each other, or name something that does not exist.
    Fields = ApiError::Isian(FieldErrors::new());
    /// The status machine forbids the move.
    Transition = ApiError::Transition;
    /// The guru has another appointment then.
    Clash = ApiError::Clash(None);
    /// The school is closed on that day.
    Closed = ApiError::Closed(HARI_PERTAMA, None);
    /// A value that must be unique is already taken.
    Taken = ApiError::Taken("");
    /// There is no merge to undo.
    NotMerged = ApiError::NotMerged;
    /// The last admin cannot be removed.
    LastAdmin = ApiError::LastAdmin;
    /// Another member of the unit has answered first.
    Answered = ApiError::Answered;
    /// Somebody else changed it first.
    Outdated = ApiError::Outdated;
    /// The idempotency key was used for something else.
    KeyReused = ApiError::KeyReused;
    /// The login or the old password is wrong, a temporary password has ended, or too many sign in at once.
    NotSignedIn = ApiError::Credentials, ApiError::TemporaryPasswordEnded, ApiError::Busy(Duration::ZERO);
    /// Upkeep is under way already, or the clock cannot be believed yet.
    NoUpkeep = ApiError::UpkeepRuns, ApiError::ClockDoubted(Duration::ZERO);
    /// A backup is being taken or restored already, or the database is restored by command.
    NoRestore = ApiError::BackupRuns, ApiError::RestoreByCommand;
    /// Too many requests at once for a password to be hashed or rated.
    Busy = ApiError::Busy(Duration::ZERO);
    /// The refresh token is not valid.
    RefreshRejected = ApiError::RefreshRejected;
    /// The password must be changed first.
    PasswordFirst = ApiError::PasswordChangeRequired;
    /// The page is of another origin.
    Origin = ApiError::Origin;
    /// The reasons to refuse a review.
    NoReview = ApiError::NotFinished, ApiError::ReviewExists, ApiError::OwnReview;
    /// The reasons to refuse a survey.
    NoSurvey = ApiError::NoSurvey, ApiError::SurveyExists, ApiError::NotFinished, ApiError::OwnReview;
    /// It is not the day of the appointment.
    NotToday = Penolakan::BukanHariIni;
    /// The code cannot be read, or is no longer valid.
    NoCode = Penolakan::FormatTidakValid, Penolakan::TandaTanganTidakValid, Penolakan::Kedaluwarsa,
        Penolakan::TidakDitemukan;
    /// The code's appointment takes no guest now.
    NotDue = Penolakan::BukanHariIni, Penolakan::SudahDiproses, Penolakan::Dibatalkan;
}
