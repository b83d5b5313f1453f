//! `upkeep`: the upkeep of records, now and by hand. `--dry-run` only counts.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use domain::pemeliharaan::{KeadaanPemeliharaan, Pemeliharaan, Pemicu};
use store::{Store, clock::ClockNote, pemeliharaan::NewPemeliharaan};
use tokio_util::sync::CancellationToken;

use super::{DataArgs, answer::say};
use crate::{Clock, audit::Scene, clock::watch, erasures::ErasureNotes, upkeep};

#[derive(Debug, clap::Args)]
pub(super) struct Upkeep {
    #[command(flatten)]
    data: DataArgs,
    /// Say what would be done, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Upkeep {
    pub(super) async fn run(self) -> Result<()> {
        let data = self.data.open().await?;
        let scene = Scene::of_system(Clock::system());
        let erasures = Arc::new(ErasureNotes::new(&data.path, &data.kunci));
        let done = scene.play(carry_out(&data.store, erasures, self.dry_run)).await;
        data.store.close().await;
        done
    }
}

async fn carry_out(store: &Arc<dyn Store>, erasures: Arc<ErasureNotes>, uji_coba: bool) -> Result<()> {
    let clock = Clock::system();
    if !uji_coba {
        check_clock(&**store, &clock).await?;
    }
    let work = upkeep::Upkeep {
        store: store.clone(),
        setelan: Arc::new(store.setelan().get().await?.setelan),
        clock: clock.clone(),
        erasures,
        stop: CancellationToken::new(),
    };
    let baru = NewPemeliharaan { pemicu: Pemicu::Perintah, oleh: None, uji_coba, waktu: clock.now() };
    let run = work.begin(baru).await?.context("another upkeep is under way")?;
    if uji_coba {
        let (ended, contoh) = work.try_out(run).await?;
        tell(&ended)?;
        for one in contoh {
            say(format_args!("example      {} {}", one.apa.as_str(), one.id))?;
        }
        return say("dry run: nothing was changed");
    }
    let ended = work.carry_out(run).await?;
    tell(&ended)?;
    if ended.keadaan != KeadaanPemeliharaan::Selesai {
        bail!("another program took over; run it again");
    }
    Ok(())
}

/// One line for each kind of work.
fn tell(ended: &Pemeliharaan) -> Result<()> {
    let hasil = ended.hasil;
    for (what, count) in [
        ("no_show", hasil.no_show),
        ("arsip", hasil.arsip),
        ("notifikasi", hasil.notifikasi),
        ("anonim", hasil.anonim),
        ("hapus", hasil.hapus),
    ] {
        say(format_args!("{what:<12} {count}"))?;
    }
    Ok(())
}

/// Nobody looks at the clock for somebody who types this. So it must not be far from the time that the server believed
/// last.
async fn check_clock(store: &dyn Store, clock: &Clock) -> Result<()> {
    let known = match store.clock().find().await? {
        Some(ClockNote { believed, .. }) => Some(believed),
        None => store.clock().find_latest_row().await?,
    };
    match known.filter(|known| watch::is_far(*known, clock.now())) {
        None => Ok(()),
        Some(known) => bail!(
            "this computer's clock says {}, and the school's book was last used at {}; put the clock right, or let \
            the server run for a day",
            clock.now().format("%Y-%m-%d %H:%M UTC"),
            known.format("%Y-%m-%d %H:%M UTC")
        ),
    }
}
