//! The unread state. If its size is usual, all of it stands in `ready`. Otherwise everything follows in further frames.

use axum::extract::ws::{Message, WebSocket};
use domain::{
    IdJanjiTemu, IdPengguna, Pengguna,
    json::{ChannelState, Event, Ready, ReadyLanjutan},
    notifikasi::Notifikasi,
};

use crate::{
    hub::{
        self,
        connection::{self, Close, Connection},
    },
    state::AppState,
};

/// Most notifications in one frame.
const ROWS: u32 = 200;

/// Most bytes of notifications in one frame. Clients ignore events of more than 64 KiB, and a connection keeps the
/// memory that a frame took.
const BYTES: usize = 60 << 10;

/// The part of the unread state that one frame holds.
struct Part {
    /// In the order in which they were read.
    rows: Vec<Notifikasi>,
    /// More follows.
    is_partial: bool,
}

impl Part {
    /// Takes as many rows as fit, but at least one.
    fn of(mut rows: Vec<Notifikasi>) -> Self {
        let mut bytes = 0;
        let fitting = rows.iter().take(ROWS as usize).take_while(|row| {
            let is_first = bytes == 0;
            bytes += serde_json::to_string(row).map_or(0, |text| text.len()) + 1;
            is_first || bytes <= BYTES
        });
        let fitting = fitting.count();
        let is_partial = rows.len() > fitting;
        rows.truncate(fitting);
        Self { rows, is_partial }
    }
}

/// Sends what is unread. Live events may come in between; the same notification may come twice.
///
/// # Errors
/// Why the connection is to be closed; `None` if the other end has gone.
pub(super) async fn send(
    state: &AppState,
    connection: &Connection,
    socket: &mut WebSocket,
    pengguna: Pengguna,
) -> Result<(), Option<Close>> {
    let id = pengguna.id;
    let newest = state.store.notifikasi().list_belum_dibaca_terbaru(id, ROWS + 1).await;
    let Part { mut rows, is_partial } = Part::of(newest.map_err(unavailable)?);
    rows.reverse();
    let online = match hub::sees_presence(pengguna.role) {
        true => state.hub.online().into_iter().collect(),
        false => Vec::new(),
    };
    let is_reception = pengguna.role.is_reception();
    let ready = Ready { pengguna, belum_dibaca: rows, sebagian: is_partial, online };
    send_event(socket, &Event::Ready(ready)).await?;
    if is_partial {
        send_rest(state, connection, socket, id).await?;
    }
    if is_reception {
        send_broken_channels(state, socket).await?;
        send_backup_alarm(state, socket).await?;
    }
    Ok(())
}

/// Tells what is wrong with the backups.
async fn send_backup_alarm(state: &AppState, socket: &mut WebSocket) -> Result<(), Option<Close>> {
    match state.backups.alarm(&state.settings.now().setelan, state.clock.now()) {
        Some(alarm) => send_event(socket, &Event::Cadangan { data: Some(alarm) }).await,
        None => Ok(()),
    }
}

/// Tells of each channel that is broken now: whoever comes later hears of it too.
async fn send_broken_channels(state: &AppState, socket: &mut WebSocket) -> Result<(), Option<Close>> {
    let kept = state.store.saluran().list().await.map_err(unavailable)?;
    for row in kept.into_iter().filter(|row| row.alasan.is_some()) {
        let data = ChannelState { nama: row.nama, alasan: row.alasan };
        send_event(socket, &Event::Saluran { data }).await?;
    }
    Ok(())
}

/// Sends everything unread again, including what stood in `ready`. The largest id comes first, because the database
/// stores it in that order.
async fn send_rest(
    state: &AppState,
    connection: &Connection,
    socket: &mut WebSocket,
    id: IdPengguna,
) -> Result<(), Option<Close>> {
    let mut before = IdJanjiTemu(i64::MAX);
    while !connection.is_closing() {
        // Sends the events that have come meanwhile, so that they do not pile up.
        connection.send_waiting(socket).await?;
        let rows = state.store.notifikasi().list_belum_dibaca_sebelum(id, before, ROWS + 1).await;
        let Part { rows, is_partial } = Part::of(rows.map_err(unavailable)?);
        before = rows.last().map_or(before, |row| row.id);
        let more = ReadyLanjutan { belum_dibaca: rows, sebagian: is_partial };
        send_event(socket, &Event::ReadyLanjutan(more)).await?;
        if !is_partial {
            break;
        }
    }
    Ok(())
}

async fn send_event(socket: &mut WebSocket, event: &Event) -> Result<(), Option<Close>> {
    connection::send(socket, [Message::Text(hub::encode(event))]).await
}

fn unavailable(_: store::StoreError) -> Option<Close> {
    Some(Close::Unavailable)
}

#[cfg(test)]
mod tests {
    use domain::Status;

    use super::*;

    fn rows(count: usize, keperluan: &str) -> Vec<Notifikasi> {
        let row = |n: usize| Notifikasi {
            id: IdJanjiTemu(n as i64),
            id_pengguna: IdPengguna(1),
            unit: None,
            id_janji_temu: IdJanjiTemu(n as i64),
            pesan: String::new(),
            nama_tamu: "Dewi Lestari".to_owned(),
            jumlah_orang: 1,
            instansi: None,
            keperluan: keperluan.to_owned(),
            waktu: "2026-11-23T02:00:00Z".parse().unwrap(),
            terlambat: false,
            is_read: false,
            dihapus: false,
            tanggapan: None,
            tanggapan_jenis: None,
            tanggapan_menit: None,
            tanggapan_tempat: None,
            ditanggapi_pada: None,
            ditanggapi_oleh: None,
            diberi_tahu_pada: None,
            status: Status::Menunggu,
            rusak: false,
            versi: 1,
        };
        (0..count).map(row).collect()
    }

    #[track_caller]
    fn fitting(count: usize, keperluan: &str) -> (usize, bool) {
        let Part { rows, is_partial } = Part::of(rows(count, keperluan));
        (rows.len(), is_partial)
    }

    #[test]
    fn a_frame_holds_what_fits() {
        assert_eq!(fitting(0, ""), (0, false));
        assert_eq!(fitting(90, ""), (90, false));
        let (many, is_partial) = fitting(ROWS as usize + 1, "");
        assert!(is_partial && many >= 90, "{many}");
        let (long, is_partial) = fitting(50, &"x".repeat(4096));
        assert!(is_partial && (10..15).contains(&long), "{long}");
        assert_eq!(fitting(2, &"x".repeat(1 << 20)), (1, true), "one always goes");
    }
}
