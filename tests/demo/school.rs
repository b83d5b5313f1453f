//! A school that is made up for this run, on a server as a school runs it: SQLite, and TLS with its own certificate.

use std::{fs, io, net::SocketAddr, path::Path};

use anyhow::{Context, Result, bail};
use server::{
    Clock, Config, Options, Server, data_dir,
    demo::{self, School},
};

/// Marks a folder as the demo's, so that no other folder is ever emptied.
const MARK: &str = ".demo-bukutamu";

/// A running school.
pub(crate) struct Demo {
    /// The server.
    pub(crate) server: Server,
    /// Who can sign in, and who is expected.
    pub(crate) school: School,
}

/// Empties the demo's folder, puts a school into it and starts its server.
pub(crate) async fn open(folder: &Path, listen: SocketAddr) -> Result<Demo> {
    make_folder(folder)?;
    let data = data_dir::open(&folder.join("data"), None).await?;
    let school = demo::fill(&*data.store, &Clock::system()).await?;
    let options =
        Options { listen: free(listen), config: Config::default(), clock: Clock::system(), announce: false };
    let server = Server::start(data, options).await?;
    Ok(Demo { server, school })
}

fn make_folder(folder: &Path) -> Result<()> {
    let mark = folder.join(MARK);
    if folder.exists() && !mark.exists() && fs::read_dir(folder)?.next().is_some() {
        bail!("{} is not the demo's folder; choose another with --folder", folder.display());
    }
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("{} cannot be emptied", folder.display()));
        }
        _ => {}
    }
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    fs::write(mark, []).with_context(|| format!("{} cannot be written", folder.display()))
}

/// The wanted address, or one with a free port if somebody else listens there.
fn free(wanted: SocketAddr) -> SocketAddr {
    match std::net::TcpListener::bind(wanted) {
        Ok(_) => wanted,
        Err(_) => SocketAddr::new(wanted.ip(), 0),
    }
}
