//! Which channel a message goes by, and what follows a failure.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use domain::pesan::{AlasanPesan, Saluran};
use store::pesan::LeasedPesan;

use crate::channel::{Recipient, SendError};

/// Attempts by one channel before the next one is tried.
const ATTEMPTS: u32 = 8;

/// Attempts by a channel that does not answer, if another one could carry the message.
const ATTEMPTS_BEFORE_ANOTHER: u32 = 3;

/// The first and the longest pause between two attempts.
const PAUSE: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(3_600));

/// The channel for a message's next attempt.
///
/// # Errors
/// No channel is left, with the reason.
pub(crate) fn channel(
    pesan: &LeasedPesan,
    order: &[Saluran],
    ready: &[Saluran],
    recipient: &Recipient,
) -> Result<Saluran, AlasanPesan> {
    if ready.is_empty() {
        return Err(AlasanPesan::TanpaSaluran);
    }
    let open: Vec<_> = usable(order, ready, recipient).collect();
    let Some(tried) = pesan.saluran else { return open.first().copied().ok_or(AlasanPesan::TanpaAlamat) };
    let alasan = pesan.alasan.unwrap_or(AlasanPesan::TidakMenjawab);
    let next = after(order, tried, &open);
    let attempts = if next.is_some() { ATTEMPTS_BEFORE_ANOTHER } else { ATTEMPTS };
    let may_stay = open.contains(&tried) && alasan.is_passing() && pesan.percobaan < attempts;
    if may_stay { Ok(tried) } else { next.ok_or(alasan) }
}

/// When a message whose attempt failed is tried again, from now; none at once, by the next channel or as failed.
pub(crate) fn pause(failed: &SendError, attempts: u32) -> Duration {
    if !failed.alasan.is_passing() {
        return Duration::ZERO;
    }
    let backoff = ExponentialBuilder::default()
        .with_min_delay(PAUSE.0)
        .with_max_delay(PAUSE.1)
        .with_jitter()
        .without_max_times()
        .build()
        .nth(attempts as usize)
        .unwrap_or(PAUSE.1);
    failed.retry_after.map_or(backoff, |asked| asked.clamp(PAUSE.0, PAUSE.1).max(backoff))
}

/// Channels that are set up and have an address, in the school's order.
fn usable<'a>(
    order: &'a [Saluran],
    ready: &'a [Saluran],
    recipient: &'a Recipient,
) -> impl Iterator<Item = Saluran> + 'a {
    order.iter().copied().filter(|saluran| ready.contains(saluran) && recipient.has(*saluran))
}

/// The first usable channel after the one that was tried.
fn after(order: &[Saluran], tried: Saluran, open: &[Saluran]) -> Option<Saluran> {
    let place = order.iter().position(|saluran| *saluran == tried)?;
    order[place + 1..].iter().copied().find(|saluran| open.contains(saluran))
}

#[cfg(test)]
mod tests;
