//! Takes pages' calls to their handlers. The crate `contract` says which commands there are and which types they have.
//! A command without a handler does not compile.

use std::pin::Pin;

use contract::{ARGS_HEADER, Body, Command, Failure, Reply as _, with_commands};
use serde_json::Value;
use tauri::{
    AppHandle, Manager, State, WebviewWindow, Wry, async_runtime,
    http::HeaderMap,
    ipc::{Invoke, InvokeBody, InvokeMessage, InvokeResolver, Response},
};

pub(crate) trait Handler: Command {
    /// Called on the main thread. Work that waits belongs in [`Answer::later`].
    fn answer(self, caller: Caller) -> Answer<Self>;
}

/// Who calls, and the bytes that the call carries.
pub(crate) struct Caller {
    /// The page's window.
    pub(crate) window: WebviewWindow,
    /// Empty unless the contract says that the call carries bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Caller {
    /// The program.
    pub(crate) fn app(&self) -> &AppHandle {
        self.window.app_handle()
    }

    /// A part of the program's managed state.
    pub(crate) fn state<T: Send + Sync + 'static>(&self) -> State<'_, T> {
        self.window.state()
    }
}

/// The answer, or a future that gives it.
pub(crate) enum Answer<C: Command> {
    /// Answered at once.
    Now(Result<C::Reply, Failure>),
    /// Worked out off the main thread.
    Later(Pin<Box<dyn Future<Output = Result<C::Reply, Failure>> + Send>>),
}

impl<C: Command> Answer<C> {
    /// Answers at once with success.
    pub(crate) fn now(reply: C::Reply) -> Self {
        Self::Now(Ok(reply))
    }

    /// Works the answer out off the main thread.
    pub(crate) fn later(answer: impl Future<Output = Result<C::Reply, Failure>> + Send + 'static) -> Self {
        Self::Later(Box::pin(answer))
    }
}

macro_rules! dispatch {
    ($($windows:tt {$(
        $(#[$about:meta])* $name:ident $Request:ident { $($fields:tt)* } $(with $bytes:ident)? -> $Reply:ty;
    )*})*) => {
        /// Answers a page's call. `false` if there is no such command.
        pub(crate) fn answer(invoke: Invoke<Wry>) -> bool {
            match invoke.message.command() {
                $($(<contract::$Request as Command>::NAME => call::<contract::$Request>(invoke),)*)*
                _ => return false,
            }
            true
        }
    };
}

with_commands!(dispatch);

fn call<C: Handler>(Invoke { message, resolver, .. }: Invoke<Wry>) {
    let answer = match read::<C>(&message) {
        Ok((request, caller)) => request.answer(caller),
        Err(failure) => Answer::Now(Err(failure)),
    };
    match answer {
        Answer::Now(outcome) => respond::<C>(resolver, outcome),
        Answer::Later(outcome) => {
            async_runtime::spawn(async move { respond::<C>(resolver, outcome.await) });
        }
    }
}

fn read<C: Command>(message: &InvokeMessage<Wry>) -> Result<(C, Caller), Failure> {
    let webview = message.webview_ref();
    let window = webview.get_webview_window(webview.label()).ok_or(Failure::Gone)?;
    let (request, bytes) = match message.payload() {
        InvokeBody::Json(args) if !C::HAS_BYTES => (C::deserialize(args), Vec::new()),
        InvokeBody::Raw(bytes) if C::HAS_BYTES => {
            (C::deserialize(&in_header(message.headers())), bytes.clone())
        }
        InvokeBody::Json(_) => return Err(Failure::other("bytes are wanted")),
        InvokeBody::Raw(_) => return Err(Failure::other("JSON is wanted")),
    };
    let request = request.map_err(|error| Failure::other(format!("{}: {error}", C::NAME)))?;
    Ok((request, Caller { window, bytes }))
}

/// The request that comes in a header when the body is bytes; `null` if it is not JSON.
fn in_header(headers: &HeaderMap) -> Value {
    let encoded = headers.get(ARGS_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = percent_encoding::percent_decode_str(encoded).decode_utf8_lossy();
    serde_json::from_str(&text).unwrap_or_default()
}

fn respond<C: Command>(resolver: InvokeResolver<Wry>, outcome: Result<C::Reply, Failure>) {
    let body = outcome.and_then(|reply| reply.into_body().map_err(Failure::other));
    match body {
        Ok(Body::Json(text)) => resolver.resolve(Response::new(text)),
        Ok(Body::Bytes(bytes)) => resolver.resolve(Response::new(bytes)),
        Err(failure) => resolver.reject(failure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_beside_bytes_is_read_from_its_header() {
        let mut headers = HeaderMap::new();
        headers.insert(ARGS_HEADER, "%7B%22name%22%3A%22kode%20D%C3%A9wi.png%22%7D".parse().unwrap());
        let request: contract::SaveFile = serde_json::from_value(in_header(&headers)).unwrap();
        assert_eq!(request.name, "kode Déwi.png");
        assert_eq!(in_header(&HeaderMap::new()), Value::Null);
    }
}
