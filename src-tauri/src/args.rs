//! The program's command line (DESIGN §9).

use std::{path::PathBuf, process::ExitCode};

use clap::{
    Parser,
    builder::{PossibleValuesParser, TypedValueParser},
};
use client::ServerAddress;
use contract::Role;
use rfd::MessageLevel;

use crate::dialog;

/// The guest book: the reception's kiosk, the teacher's alert, the admin's window.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "bukutamu", version)]
pub(crate) struct Args {
    /// What this PC is for; asked at the first start unless given
    #[arg(long, value_parser = role_parser())]
    pub(crate) role: Option<Role>,
    /// The server, as https://HOST:PORT#FINGERPRINT, for this run
    #[arg(long, value_name = "URL")]
    pub(crate) server: Option<ServerAddress>,
    /// Folder for everything that this program keeps
    #[arg(long, value_name = "DIR", env = "BUKUTAMU_DATA_DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Stay in the tray until a guest arrives, as when the PC has just been switched on
    #[arg(long)]
    pub(crate) hidden: bool,
    /// Keep no sign-in: at every start somebody signs in
    #[arg(long)]
    pub(crate) forget: bool,
}

fn role_parser() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::as_str)).try_map(|word| word.parse::<Role>())
}

/// Shows the parser's output: help, the version, or what it does not understand. A released program for Windows has no
/// output unless somebody redirects it. Then a window shows the text.
pub(crate) fn tell(words: &clap::Error) -> ExitCode {
    if has_output() {
        // The reader may have closed the output.
        let _ = words.print();
    } else {
        let level = if words.use_stderr() { MessageLevel::Error } else { MessageLevel::Info };
        dialog::show(level, &words.render().to_string());
    }
    if words.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

#[cfg(windows)]
fn has_output() -> bool {
    use std::os::windows::io::AsRawHandle;
    !std::io::stdout().as_raw_handle().is_null()
}

#[cfg(not(windows))]
fn has_output() -> bool {
    true
}
