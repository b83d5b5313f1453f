//! What a desk reads codes with.

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// How a scanner reaches the desk's PC.
    pub enum JenisPerangkat, else UnknownJenisPerangkat "jenis perangkat tidak dikenal" {
        /// It types as a keyboard does.
        Ketik = "ketik",
        /// A serial port.
        Serial = "serial",
        /// USB, in HID POS mode.
        Hid = "hid",
        /// A camera.
        Kamera = "kamera",
        /// A folder of pictures.
        Folder = "folder",
    }
}

words! {
    /// How it is.
    pub enum KeadaanPerangkat, else UnknownKeadaanPerangkat "keadaan perangkat tidak dikenal" {
        /// It reads.
        Siap = "siap",
        /// It is being opened.
        Membuka = "membuka",
        /// It does not read.
        Gagal = "gagal",
    }
}

/// A scanner of a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Perangkat {
    /// How it reaches the PC.
    pub jenis: JenisPerangkat,
    /// How it is.
    pub keadaan: KeadaanPerangkat,
}
