//! The admin's window on the reception's PC. It is a program of its own, with a folder of its own and no sign-in that
//! it keeps: what the admin does there has nothing to do with who is signed in at the desk.

use std::{io, path::Path, process::Command, thread};

use contract::{AdminOpen, Failure};

use crate::{
    commands::{Answer, Caller, Handler},
    connection::Connection,
    folder::Folder,
    identity,
};

/// Its folder, in the kiosk's.
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

/// Starts it, or brings it to the front.
fn open(folder: &Path, server: &str) -> io::Result<()> {
    let mut command = Command::new(identity::own_file()?);
    command.args(["--role", "admin", "--forget", "--server", server, "--data-dir"]);
    let mut child = command.arg(folder.join(FOLDER)).spawn()?;
    // On Unix somebody has to hear that it has ended.
    thread::spawn(move || child.wait());
    Ok(())
}
