//! Whether the program starts with the PC, in the tray.

use std::path::Path;

use anyhow::{Context, Result};
use auto_launch::{AutoLaunch, AutoLaunchBuilder};
use contract::{AutostartGet, AutostartSet, Failure};
use tauri::{AppHandle, Manager};

use crate::{
    commands::{Answer, Caller, Handler},
    identity,
};

/// The autostart entry, whether or not it exists yet.
pub(crate) struct Autostart(AutoLaunch);

impl Autostart {
    /// The entry for this program. `folder` is the data folder if one was given on the command line.
    ///
    /// # Errors
    /// The program's own file is not known.
    pub(crate) fn of(folder: Option<&Path>) -> Result<Self> {
        let program = identity::own_file().context("this program's own file is not known")?;
        let mut args = vec!["--hidden".to_owned()];
        if let Some(folder) = folder {
            args.extend(["--data-dir".to_owned(), word(&folder.to_string_lossy())]);
        }
        let mut builder = AutoLaunchBuilder::new();
        builder.set_app_name("bukutamu").set_app_path(&word(&program.to_string_lossy())).set_args(&args);
        #[cfg(windows)]
        builder.set_windows_enable_mode(auto_launch::WindowsEnableMode::CurrentUser);
        #[cfg(target_os = "macos")]
        builder.set_macos_launch_mode(auto_launch::MacOSLaunchMode::LaunchAgent);
        Ok(Self(builder.build()?))
    }
}

/// Quotes one word of a command line that is split at blanks. macOS takes a list and needs no quotes.
fn word(text: &str) -> String {
    if cfg!(target_os = "macos") {
        text.to_owned()
    } else if cfg!(windows) {
        for_windows(text)
    } else {
        for_desktop_entry(text)
    }
}

/// Doubles backslashes at the end: otherwise they would escape the closing quote.
fn for_windows(text: &str) -> String {
    let ending = text.len() - text.trim_end_matches('\\').len();
    format!("\"{text}{}\"", "\\".repeat(ending))
}

/// Quotes as the Desktop Entry Specification demands.
fn for_desktop_entry(text: &str) -> String {
    let mut word = String::from('"');
    for sign in text.chars() {
        match sign {
            '"' | '`' | '$' => word.push_str("\\\\"),
            '\\' => word.push_str("\\\\\\"),
            '%' => word.push('%'),
            _ => {}
        }
        word.push(sign);
    }
    word.push('"');
    word
}

impl Handler for AutostartGet {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::now(caller.state::<Autostart>().0.is_enabled().unwrap_or(false))
    }
}

impl Handler for AutostartSet {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::Now(set(caller.app(), self.on).map_err(|error| {
            tracing::warn!(%error, "autostart cannot be changed");
            Failure::other(error)
        }))
    }
}

/// Makes the program start with the PC, or not.
///
/// # Errors
/// The system refuses.
pub(crate) fn set(app: &AppHandle, on: bool) -> Result<(), auto_launch::Error> {
    let Autostart(entry) = &*app.state::<Autostart>();
    match on {
        true => entry.enable(),
        // Some systems report an error if the entry to remove does not exist.
        false if !entry.is_enabled().unwrap_or(true) => Ok(()),
        false => entry.disable(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_whatever_stands_in_it() {
        assert_eq!(
            for_windows(r"C:\Program Files\Buku Tamu\bukutamu.exe"),
            r#""C:\Program Files\Buku Tamu\bukutamu.exe""#
        );
        assert_eq!(for_windows(r"D:\data\"), r#""D:\data\\""#);
        assert_eq!(for_desktop_entry("/opt/bu ratna/100%"), r#""/opt/bu ratna/100%%""#);
        assert_eq!(for_desktop_entry(r#"/a"b$c\d"#), r#""/a\\"b\\$c\\\\d""#);
    }
}
