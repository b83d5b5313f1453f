//! `init`: the first admin, made on the server's own computer and never over the network.

use std::io::Read;

use anyhow::{Context, Result, bail};
use chrono::Utc;
use domain::{Role, isian, password};
use store::pengguna::PenggunaBaru;
use zeroize::Zeroizing;

use super::DataArgs;
use crate::auth::password::{COST, Passwords};

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
    #[allow(clippy::print_stdout, reason = "a command line's answer")]
    pub(super) async fn run(self) -> Result<()> {
        let email = isian::email(&self.admin_email).context("--admin-email")?;
        let nama = isian::nama(&self.admin_nama).context("--admin-nama")?;
        let password = read_password()?;
        password::check_new(&password).context("password")?;

        let data = self.data.open().await?;
        if data.store.pengguna().exists(Role::Admin).await? {
            bail!("there is an admin already; new users are added in the admin window");
        }
        let Ok(password_hash) = Passwords::new(COST)?.hash(password.to_string()).await else {
            bail!("the password cannot be hashed");
        };
        let baru = PenggunaBaru {
            nama,
            jabatan: None,
            email,
            telp: None,
            role: Role::Admin,
            password_hash,
            wajib_ganti_password: false,
            waktu: Utc::now(),
        };
        let admin = data.store.pengguna().create(baru).await.context("the admin cannot be added")?;
        data.store.close().await;
        println!("admin {} was made", admin.id);
        Ok(())
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
