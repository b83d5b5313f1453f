//! The command through which pages call the server's API.

use client::Forwarded;
use contract::{ApiFetch, Bytes, Failure};

use crate::{
    commands::{Answer, Caller, Handler},
    connection::Connection,
};

impl Handler for ApiFetch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let client = caller.state::<Connection>().client().await?;
            let body = self.body.map(String::into_bytes);
            let forwarded = match client.forward(&self.method, &self.path, body).await {
                Ok(forwarded) => forwarded,
                Err(client::Error::Unauthorised) => Forwarded::unauthorised(),
                Err(error) => {
                    tracing::info!(%error, "no answer");
                    return Err(Failure::Unreachable);
                }
            };
            Ok(Bytes(forwarded.into_bytes(client.clock_offset())))
        })
    }
}
