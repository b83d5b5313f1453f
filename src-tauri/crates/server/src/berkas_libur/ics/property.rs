//! What an entry of a calendar says of itself.

use icalendar::parser::Component;

use crate::berkas_libur::kata;

pub(super) fn is_cancelled(event: &Component<'_>) -> bool {
    text_of(event, "STATUS").trim().eq_ignore_ascii_case("CANCELLED")
}

/// A property's text; empty if there is none.
pub(super) fn text_of(event: &Component<'_>, name: &str) -> String {
    let property = event.find_prop(name);
    let text = property.map(|found| found.val.clone().unescape_text().as_str().to_owned());
    text.map(|text| kata::cut(&text).to_owned()).unwrap_or_default()
}
