//! The place to sign.

use domain::{Language, jadwal};

use super::{
    face::Face,
    paper::{Align, Ink, Paper, RIGHT},
};
use crate::{Imprint, kata};

/// How wide the place is, and how high, with room for a signature and a stamp.
const SIZE: (f32, f32) = (210.0, 128.0);

/// What is left for the signature.
const ROOM: f32 = 58.0;

pub(super) fn draw(paper: &mut Paper, imprint: &Imprint<'_>) {
    let signer = &imprint.sekolah.penanda_tangan;
    paper.make_room(SIZE.1);
    let x = RIGHT - SIZE.0;
    let write = |paper: &mut Paper, face: Face, text: &str| {
        for line in face.wrapped(text, SIZE.0) {
            paper.text((x, paper.y), Align::Left, face, Ink::BLACK, &line);
            paper.y += face.line();
        }
    };
    paper.y += 8.0;
    write(paper, Face::TEXT, &imprint.bahasa.tanggal(jadwal::local_date(imprint.dibuat_pada, imprint.zona)));
    write(paper, Face::TEXT, kata::of(imprint.bahasa).mengetahui);
    let usual = match imprint.bahasa {
        Language::Id => "Kepala Sekolah",
        Language::En => "Head of school",
    };
    write(paper, Face::TEXT, if signer.jabatan.is_empty() { usual } else { &signer.jabatan });
    paper.y += ROOM;
    if !signer.nama.is_empty() {
        write(paper, Face::STRONG, &signer.nama);
    }
    paper.area(x, paper.y, SIZE.0, 0.6, Ink::BLACK);
    paper.y += 3.0;
    write(paper, Face::TEXT, format!("NIP. {}", signer.nip).trim_end());
}
