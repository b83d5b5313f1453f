//! The command through which pages call the server's API. The reception's go by its desk, which answers where no server
//! does.

use client::Forwarded;
use contract::{ApiFetch, Bytes, Failure};

use crate::{
    commands::{Answer, Caller, Handler},
    connection::Connection,
    luring,
};

impl Handler for ApiFetch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let client = caller.state::<Connection>().client().await?;
            let body = self.body.map(String::into_bytes);
            let desk = caller.state::<luring::Current>().of(&caller.window);
            let answer = match desk {
                Some(desk) => desk.forward(&self.method, &self.path, body).await,
                None => client.forward(&self.method, &self.path, body).await,
            };
            let forwarded = match answer {
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
