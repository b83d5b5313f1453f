//! The operating system's own window, for text that no page can show.

use rfd::{MessageDialog, MessageLevel};

/// Shows the text until somebody closes the window. Does nothing if `BUKUTAMU_NO_DIALOG` is set.
pub(crate) fn show(level: MessageLevel, text: &str) {
    if std::env::var_os("BUKUTAMU_NO_DIALOG").is_none() {
        MessageDialog::new().set_level(level).set_title("Buku Tamu").set_description(text).show();
    }
}
