//! Corrections of a guest, as far as a desk without a server can tell them.

use domain::{IdTamu, Tamu, isian, json::TamuBekal};

use crate::{book::Book, request::GuestBody};

/// The guest afterwards. `None` if only a server can say: it does not know the guest, or a field is wrong.
pub(crate) fn corrected(book: &Book, id: IdTamu, body: &GuestBody) -> Option<TamuBekal> {
    let mut tamu = book.find_tamu(id)?.clone();
    if let Some(nama) = &body.nama {
        tamu.nama = isian::nama(nama).ok()?;
    }
    if body.telp.is_some() {
        let telp = isian::optional_telp(body.telp.as_deref()).ok()?;
        tamu.telp_akhir = telp.map(|telp| telp.akhir().to_owned());
    }
    if body.instansi.is_some() {
        tamu.instansi = isian::optional_line(body.instansi.as_deref()).ok()?;
    }
    isian::optional_email(body.email.as_deref()).ok()?;
    Some(tamu)
}

/// A guest as a page is told of one. Number, address and code stay on the server.
pub(crate) fn shown(book: &Book, tamu: &TamuBekal) -> Tamu {
    Tamu {
        id: tamu.id,
        nama: tamu.nama.clone(),
        telp: None,
        email: None,
        instansi: tamu.instansi.clone(),
        kode_qr: String::new(),
        dibuat_pada: book.pack.bekal.pada,
        rusak: false,
    }
}
