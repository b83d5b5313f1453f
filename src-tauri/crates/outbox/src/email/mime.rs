//! One mail, put together.

use domain::pesan::AlasanPesan;
use lettre::{
    Address, Message as Mail,
    message::{
        Attachment, Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType},
    },
};

use super::html;
use crate::channel::{Calendar, Message};

/// The content identity of the code's picture.
const KODE: &str = "kode-qr";

/// The mail. Its identity is the message's, so that a copy that is sent once more is known as one.
///
/// # Errors
/// The recipient's address is missing or none.
pub(super) fn mail(message: &Message, from: &Mailbox, host: &str) -> Result<Mail, AlasanPesan> {
    let address: Address = message
        .recipient
        .email
        .as_deref()
        .ok_or(AlasanPesan::TanpaAlamat)?
        .parse()
        .map_err(|_| AlasanPesan::AlamatDitolak)?;
    let builder = Mail::builder()
        .from(from.clone())
        .to(Mailbox::new(Some(message.recipient.nama.clone()), address))
        .subject(message.subjek.clone())
        .message_id(Some(format!("<{}@{host}>", message.id)))
        // Absence notes and the like need not answer.
        .header(AutoSubmitted);
    builder.multipart(parts(message)).map_err(|error| {
        tracing::error!(%error, "a mail cannot be put together");
        AlasanPesan::Ditolak
    })
}

/// Text, the same as HTML with the code inline, and the calendar's part, as three forms of one; then the attachments.
fn parts(message: &Message) -> MultiPart {
    let page = html::page(message, message.kode.as_ref().map(|_| KODE));
    let html = match &message.kode {
        Some(png) => {
            let code = Attachment::new_inline(KODE.to_owned()).body(Body::new(png.clone()), png_type());
            MultiPart::related().singlepart(SinglePart::html(page)).singlepart(code)
        }
        None => MultiPart::related().singlepart(SinglePart::html(page)),
    };
    let mut forms =
        MultiPart::alternative().singlepart(SinglePart::plain(message.isi.clone())).multipart(html);
    if let Some(calendar) = &message.kalender {
        forms = forms.singlepart(
            SinglePart::builder()
                .header(calendar_type(calendar))
                .header(ContentTransferEncoding::Base64)
                .body(calendar.text.clone()),
        );
    }
    let mut whole = MultiPart::mixed().multipart(forms);
    if let Some(png) = &message.tiket {
        let ticket = Attachment::new("tiket.png".to_owned());
        whole = whole.singlepart(ticket.body(Body::new(png.clone()), png_type()));
    }
    if let Some(paper) = &message.lampiran {
        let file = Attachment::new(paper.nama.clone());
        whole = whole.singlepart(file.body(Body::new(paper.pdf.clone()), pdf_type()));
    }
    if let Some(calendar) = &message.kalender {
        let file = Attachment::new("undangan.ics".to_owned());
        whole = whole.singlepart(file.body(calendar.text.clone(), calendar_type(calendar)));
    }
    whole
}

fn png_type() -> ContentType {
    ContentType::parse("image/png").expect("a fixed type is one")
}

fn pdf_type() -> ContentType {
    ContentType::parse("application/pdf").expect("a fixed type is one")
}

fn calendar_type(calendar: &Calendar) -> ContentType {
    let text = format!("text/calendar; charset=utf-8; method={}", calendar.method);
    ContentType::parse(&text).expect("a fixed type is one")
}

/// `Auto-Submitted: auto-generated` (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
