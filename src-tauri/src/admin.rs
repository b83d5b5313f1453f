//! The admin's window on the reception's PC. It is a program of its own, with a folder of its own and no sign-in that it
//! keeps: what the admin does there has nothing to do with who is signed in at the desk.

use std::{io, process::Command, thread};

use tauri::State;

use crate::{identity, program::Program};

/// Its folder, in the kiosk's.
const FOLDER: &str = "admin";

/// Opens the admin's window, or brings it to the front. Whoever opens it signs in there.
///
/// # Errors
/// Rejects where there is no way to the server yet, or the system starts no program.
#[tauri::command]
pub(crate) async fn admin_open(program: State<'_, Program>) -> Result<(), &'static str> {
    let link = program.link().await.ok_or("no server yet")?;
    let mut command = command(&program, &link.client.address().to_string()).map_err(|error| {
        tracing::warn!(%error, "this program's own file is not known");
        "not started"
    })?;
    let mut child = command.spawn().map_err(|error| {
        tracing::warn!(%error, "the admin's window cannot be opened");
        "not started"
    })?;
    // On Unix somebody has to hear that it has ended.
    thread::spawn(move || child.wait());
    Ok(())
}

fn command(program: &Program, server: &str) -> io::Result<Command> {
    let mut command = Command::new(identity::own_file()?);
    command.args(["--role", "admin", "--forget", "--server", server, "--data-dir"]);
    command.arg(program.folder.join(FOLDER));
    Ok(command)
}
