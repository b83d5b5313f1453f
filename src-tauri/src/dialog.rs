//! The operating system's own window for words that no page can say.

use rfd::{MessageDialog, MessageLevel};

/// Shows them until somebody has read them, unless whoever started the program wants no such window.
pub(crate) fn show(level: MessageLevel, text: &str) {
    if std::env::var_os("BUKUTAMU_NO_DIALOG").is_none() {
        MessageDialog::new().set_level(level).set_title("Buku Tamu").set_description(text).show();
    }
}
