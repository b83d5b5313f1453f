//! What each node serves, in a bucket of JetStream: a key for each node, which is written again and again and forgotten
//! once its node is silent.

use std::time::Duration;

use async_nats::{
    Client,
    jetstream::{self, kv, stream},
};
use futures_util::StreamExt;
use tokio::{
    sync::{mpsc, watch},
    time::{MissedTickBehavior, interval, sleep},
};
use tokio_util::sync::CancellationToken;

use crate::{Heard, link::Member};

/// A node that was silent for so long serves nobody any more.
pub const FORGOTTEN_AFTER: Duration = Duration::from_secs(15);

/// How often a node says that it is still there.
const SAID_EVERY: Duration = Duration::from_secs(5);

/// The pause after something failed.
const AGAIN: Duration = Duration::from_secs(1);

/// Says what this node serves, and hands on what the others say.
pub(crate) async fn keep(
    client: Client,
    member: Member,
    mut said: watch::Receiver<Vec<u8>>,
    heard: mpsc::Sender<Heard>,
    mut connected: watch::Receiver<bool>,
    stop: CancellationToken,
) {
    let context = jetstream::new(client);
    let mut is_told = false;
    loop {
        let kept = tokio::select! {
            () = stop.cancelled() => break,
            kept = keep_once(&context, &member, &mut said, &heard, &mut connected) => kept,
        };
        match kept {
            Ok(()) => return,
            Err(error) if !is_told => {
                is_told = true;
                tracing::warn!(error, "NATS does not keep whom the nodes serve: is JetStream switched on?");
            }
            Err(error) => tracing::debug!(error, "NATS keeps no presence now"),
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = sleep(AGAIN) => {}
        }
    }
    // The others need not wait until it is forgotten.
    if let Ok(bucket) = context.get_key_value(bucket_of(&member)).await {
        let _ = bucket.delete(&*member.node).await;
    }
}

fn bucket_of(member: &Member) -> String {
    format!("bukutamu_hadir_{}", member.school)
}

/// The bucket as the stream that it is. The library's own call for it first asks for limits that servers before 2.10 do
/// not name.
fn stream_of(bucket: &str) -> stream::Config {
    stream::Config {
        name: format!("KV_{bucket}"),
        subjects: vec![format!("$KV.{bucket}.>")],
        max_messages_per_subject: 1,
        max_age: FORGOTTEN_AFTER,
        discard: stream::DiscardPolicy::New,
        storage: stream::StorageType::Memory,
        num_replicas: 1,
        allow_rollup: true,
        deny_delete: true,
        allow_direct: true,
        ..stream::Config::default()
    }
}

/// The seal's place for what a node says.
fn place(node: &str) -> String {
    format!("hadir:{node}")
}

/// Ends with the reason, or well if nobody listens any more.
async fn keep_once(
    context: &jetstream::Context,
    member: &Member,
    said: &mut watch::Receiver<Vec<u8>>,
    heard: &mpsc::Sender<Heard>,
    connected: &mut watch::Receiver<bool>,
) -> Result<(), String> {
    if connected.wait_for(|connected| *connected).await.is_err() {
        return Ok(());
    }
    let name = bucket_of(member);
    if context.get_key_value(&name).await.is_err() {
        context.create_stream(stream_of(&name)).await.map_err(|error| error.to_string())?;
    }
    let bucket = context.get_key_value(&name).await.map_err(|error| error.to_string())?;
    let mut changes = bucket.watch_with_history(">").await.map_err(|error| error.to_string())?;
    let mut again = interval(SAID_EVERY);
    again.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            changed = connected.changed() => match changed {
                Ok(()) if *connected.borrow_and_update() => {}
                Ok(()) => return Err("the connection is lost".to_owned()),
                Err(_) => return Ok(()),
            },
            change = changes.next() => {
                let entry = change.ok_or("the bucket is gone")?.map_err(|error| error.to_string())?;
                if entry.key == *member.node {
                    continue;
                }
                let content = match entry.operation {
                    kv::Operation::Put => match member.seal.open(&place(&entry.key), &entry.value) {
                        Some(content) => Some(content),
                        None => continue,
                    },
                    kv::Operation::Delete | kv::Operation::Purge => None,
                };
                if heard.send(Heard::Present { node: entry.key, content }).await.is_err() {
                    return Ok(());
                }
            }
            changed = said.changed() => {
                if changed.is_err() {
                    return Ok(());
                }
                say(&bucket, member, said).await?;
            }
            _ = again.tick() => say(&bucket, member, said).await?,
        }
    }
}

async fn say(bucket: &kv::Store, member: &Member, said: &mut watch::Receiver<Vec<u8>>) -> Result<(), String> {
    let sealed = member.seal.close(&place(&member.node), &said.borrow_and_update());
    bucket.put(&*member.node, sealed.into()).await.map(drop).map_err(|error| error.to_string())
}
