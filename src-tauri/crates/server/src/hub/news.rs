//! What is told, and to whom. It goes to this node's connections, and through the cluster to those of the other nodes.

use domain::{
    IdJanjiTemu, IdPengguna, Pengguna, Role,
    json::{Event, JanjiTemu},
    notifikasi::Notifikasi,
    pesan::PesanKeluar,
};
use serde::{Deserialize, Serialize};

/// Something that has happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum News {
    /// An appointment was committed.
    Visit(Box<VisitNews>),
    /// A guest arrived, and nobody could commit it, because the database is away.
    Alone {
        /// Who is told.
        told: Vec<IdPengguna>,
        /// Of what.
        data: Box<Notifikasi>,
    },
    /// For all of the staff.
    Everyone(Event),
    /// For receptionists and admins.
    Reception(Event),
    /// Something became of a message: for admins, and those whose appointment it is about.
    Message {
        /// The message.
        data: Box<PesanKeluar>,
        /// Whose appointment it is about.
        dikunjungi: Vec<IdPengguna>,
    },
    /// The guests' pages that follow a visit look at it again.
    Followers(IdJanjiTemu),
    /// A session has ended.
    SessionEnded(String),
    /// All sessions of a user have ended.
    UserEnded(IdPengguna),
    /// A user is another than before.
    UserChanged {
        /// Who.
        id: IdPengguna,
        /// Whether the user may sign in.
        aktif: bool,
        /// The role now.
        role: Role,
    },
    /// A node may have told something that did not arrive: ask the database.
    Check,
}

/// What is told of an appointment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct VisitNews {
    /// Its guru, or everybody behind the unit that is visited.
    pub(crate) told: Vec<IdPengguna>,
    /// Who was visited before and is no more.
    pub(crate) left: Vec<IdPengguna>,
    /// The notification, where it has changed.
    pub(crate) notification: Option<Notifikasi>,
    /// The appointment.
    pub(crate) appointment: JanjiTemu,
}

impl News {
    /// That a user is another than before.
    pub(crate) fn user_changed(pengguna: &Pengguna) -> Self {
        Self::UserChanged { id: pengguna.id, aktif: pengguna.aktif, role: pengguna.role }
    }

    /// The word under which it is sent: of the guru who is concerned first, or of all.
    pub(crate) fn subject(&self) -> String {
        let id = match self {
            Self::Visit(visit) => visit.told.first().copied(),
            Self::Alone { told, .. } => told.first().copied(),
            Self::UserEnded(id) | Self::UserChanged { id, .. } => Some(*id),
            _ => None,
        };
        id.map_or_else(|| "semua".to_owned(), |id| id.0.to_string())
    }
}
