//! Requests over one kept-alive HTTP/1.1 connection.

use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request,
    body::Bytes,
    client::conn::http1::{SendRequest, handshake},
    header,
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::task::JoinHandle;

use crate::net::Address;

/// One connection for one request at a time. It is made anew if the server has closed it because it was idle.
pub struct Http {
    sender: SendRequest<Full<Bytes>>,
    connection: JoinHandle<()>,
    address: Address,
    authorization: Option<String>,
}

impl Http {
    /// Connects; `token` is sent with every request.
    ///
    /// # Errors
    /// The network's.
    pub async fn connect(address: &Address, token: Option<&str>) -> Result<Self> {
        let (sender, connection) = open(address).await?;
        let authorization = token.map(|token| format!("Bearer {token}"));
        Ok(Self { sender, connection, address: address.clone(), authorization })
    }

    /// Sends JSON and returns the body, if the status is a success.
    ///
    /// # Errors
    /// If there is no answer, or it is no success.
    pub async fn send(&mut self, method: Method, path: &str, body: &Value) -> Result<Bytes> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut request =
            Request::builder().method(method).uri(path).header(header::HOST, self.address.host());
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let request = request.header(header::CONTENT_TYPE, "application/json").body(Full::from(body))?;
        if self.sender.ready().await.is_err() {
            (self.sender, self.connection) = open(&self.address).await?;
        }
        let response = self.sender.send_request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        if !status.is_success() {
            bail!("{path} answered {status}: {}", String::from_utf8_lossy(&body));
        }
        Ok(body)
    }
}

async fn open(address: &Address) -> Result<(SendRequest<Full<Bytes>>, JoinHandle<()>)> {
    let stream = address.connect().await.context("cannot connect")?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(async move {
        // The sender learns of a broken connection by the missing answer.
        let _ = connection.await;
    });
    Ok((sender, connection))
}

impl Drop for Http {
    fn drop(&mut self) {
        self.connection.abort();
    }
}
