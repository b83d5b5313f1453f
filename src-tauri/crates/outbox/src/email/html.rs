//! A message as HTML: its text, with the link to press and the code to show. No script, no picture from elsewhere.

use html_escape::{encode_double_quoted_attribute, encode_text};

use crate::channel::Message;

/// The page. `kode` is the content identity of the code's picture.
pub(super) fn page(message: &Message, kode: Option<&str>) -> String {
    let text: String =
        message.isi.split("\n\n").map(|part| paragraph(part, message.tautan.as_deref())).collect();
    let code = kode.map_or(String::new(), |kode| {
        format!(
            "<p style=\"margin:24px 0;text-align:center\"><img src=\"cid:{kode}\" width=\"240\" height=\"240\" \
             alt=\"{}\" style=\"background:#fff;border:1px solid #ddd2bb;border-radius:12px;padding:8px\"></p>",
            match message.bahasa {
                domain::Language::Id => "Kode QR Anda",
                domain::Language::En => "Your QR code",
            }
        )
    });
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{}</title></head>\
         <body style=\"margin:0;background:#f5eee0\"><div style=\"max-width:560px;margin:0 auto;padding:24px;\
         font:16px/1.5 system-ui,sans-serif;color:#1c2420;background:#fffdf6\">{code}{text}</div></body></html>",
        message.bahasa.as_str(),
        encode_text(&message.subjek),
    )
}

/// A paragraph; the guest's link in it can be pressed.
fn paragraph(text: &str, tautan: Option<&str>) -> String {
    let mut escaped = encode_text(text).replace('\n', "<br>");
    if let Some(tautan) = tautan {
        let link = format!(
            "<a href=\"{}\" style=\"color:#1d5c47\">{}</a>",
            encode_double_quoted_attribute(tautan),
            encode_text(tautan)
        );
        escaped = escaped.replace(&*encode_text(tautan), &link);
    }
    format!("<p style=\"margin:0 0 16px\">{escaped}</p>")
}
