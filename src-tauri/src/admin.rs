//! The admin's window on the reception's PC. It is a separate program with its own folder and keeps no sign-in, so it
//! does not depend on who is signed in at the desk.

use std::{io, path::Path, process::Command, thread};

use contract::{AdminOpen, Failure};

use crate::{
    commands::{Answer, Caller, Handler},
    connection::Connection,
    folder::Folder,
    identity,
};

/// The admin's folder, inside the kiosk's folder.
const FOLDER: &str = "admin";

impl Handler for AdminOpen {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let client = caller.state::<Connection>().client().await?;
            let opened = open(&caller.state::<Folder>().0, &client.address().to_string());
            opened.map_err(|error| {
                tracing::warn!(%error, "the admin's window cannot be opened");
                Failure::other(error)
            })
        })
    }
}

/// Starts the admin's program. If it is running already, it comes to the front.
fn open(folder: &Path, server: &str) -> io::Result<()> {
    let mut command = Command::new(identity::own_file()?);
    command.args(["--role", "admin", "--forget", "--server", server, "--data-dir"]);
    let mut child = command.arg(folder.join(FOLDER)).spawn()?;
    // On Unix, an ended process stays a zombie until its parent waits for it.
    thread::spawn(move || child.wait());
    Ok(())
}
