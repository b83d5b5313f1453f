//! `init`: the first admin, made on the server's own computer and never over the network.

use std::io::Read;

use anyhow::{Context, Result, bail};
use domain::{
    isian,
    password::{self, Known},
};
use zeroize::Zeroizing;

use super::{DataArgs, answer::say};
use crate::{
    Clock,
    first_admin::{self, FirstAdmin},
};

#[derive(Debug, clap::Args)]
pub(super) struct Init {
    #[command(flatten)]
    data: DataArgs,
    /// The admin's address, to sign in with
    #[arg(long, value_name = "EMAIL")]
    admin_email: String,
    /// The admin's name
    #[arg(long, value_name = "NAME")]
    admin_nama: String,
}

impl Init {
    pub(super) async fn run(self) -> Result<()> {
        // Checked before anything is opened or made. Messages name the arguments as they were typed.
        let email = isian::email(&self.admin_email).context("--admin-email")?;
        let nama = isian::nama(&self.admin_nama).context("--admin-nama")?;
        let password = read_password()?;
        let known = Known { nama: nama.clone(), email: email.clone(), ..Known::default() };
        password::check_new(&password, &known).context("password")?;
        let data = self.data.open().await?;
        let admin = FirstAdmin { nama, email, password };
        let id = first_admin::create(&*data.store, &Clock::system(), admin).await?;
        data.store.close().await;
        say(format_args!("admin {id} was made"))
    }
}

/// The first line of standard input.
fn read_password() -> Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    std::io::stdin()
        .take(4096)
        .read_to_string(&mut text)
        .context("the password on standard input is not UTF-8 text")?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        bail!("give the password on standard input");
    }
    Ok(Zeroizing::new(line.to_owned()))
}
