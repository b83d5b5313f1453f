//! The unread state as the stand-in tells it.

use domain::{
    json::{Event, Ready, ReadyLanjutan},
    notifikasi::Notifikasi,
};

use super::rows;

/// How many notifications one frame holds.
pub(crate) const IN_FRAME: usize = 200;

/// `ready`, and the parts that follow it if more is unread than one frame holds.
pub(crate) fn in_parts(mut belum_dibaca: Vec<Notifikasi>) -> Vec<String> {
    let newest = belum_dibaca.split_off(belum_dibaca.len().saturating_sub(IN_FRAME));
    let rest: Vec<_> = belum_dibaca.chunks(IN_FRAME).collect();
    let ready = Ready {
        pengguna: rows::guru(1),
        belum_dibaca: newest,
        sebagian: !rest.is_empty(),
        online: Vec::new(),
    };
    let parts = rest.iter().rev().enumerate().map(|(n, part)| {
        let sebagian = n + 1 < rest.len();
        Event::ReadyLanjutan(ReadyLanjutan { belum_dibaca: part.to_vec(), sebagian })
    });
    [Event::Ready(ready)]
        .into_iter()
        .chain(parts)
        .map(|event| serde_json::to_string(&event).unwrap())
        .collect()
}
