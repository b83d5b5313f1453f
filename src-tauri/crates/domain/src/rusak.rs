//! Rows of which something cannot be read any more, as a disk that fails leaves them. They are shown for what they are,
//! so that one of them keeps nobody from the others.

use crate::{Jenis, Role, Status};

/// What stands in place of words that cannot be read.
pub const RUSAK: &str = "(data rusak)";

/// What stands in place of a status: nothing can be done with such an appointment.
pub const STATUS: Status = Status::Batal;
/// What stands in place of a kind of visit.
pub const JENIS: Jenis = Jenis::Janji;
/// What stands in place of rights: the fewest.
pub const ROLE: Role = Role::Guru;

/// What of a row cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// All of it can.
    #[default]
    Tidak,
    /// Something that is only shown, such as a name or a number.
    Isi,
    /// Something that decisions rest on, such as the status of an appointment: it can be shown, but not moved.
    Pokok,
}

impl Damage {
    /// Whether anything cannot be read.
    pub fn ada(self) -> bool {
        self != Self::Tidak
    }
}
