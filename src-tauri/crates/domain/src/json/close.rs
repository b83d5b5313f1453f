//! Why the server closes a connection of `/ws`.

/// Why the server closes a connection. Codes from 4000 on are this program's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// The server stops.
    GoingAway,
    /// The school goes back to a backup, and every session ends with it.
    Restoring,
    /// No good `authenticate` came in time.
    Unauthenticated,
    /// The access token has ended; come back with a new one.
    TokenExpired,
    /// The session was ended.
    Revoked,
    /// Only users are told of arrivals, and only with a password of their own.
    Forbidden,
    /// The queue was full, or what was sent was not taken.
    TooSlow,
    /// No sign of life came for too long.
    Silent,
    /// More frames came than a client ever sends.
    TooMany,
    /// A message was larger than any that a client sends.
    TooLarge,
    /// Something came that a client never sends.
    Unexpected,
    /// The unread state could not be read.
    Unavailable,
}

impl Close {
    /// The code of everything that is about the token: another one may help.
    pub const TOKEN: u16 = 4401;

    /// The close frame's code.
    pub const fn code(self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::Restoring => 1012,
            Self::Unauthenticated | Self::TokenExpired | Self::Revoked => Self::TOKEN,
            Self::Forbidden => 4403,
            Self::TooSlow | Self::Silent => 4408,
            Self::TooMany => 4429,
            Self::TooLarge => 1009,
            Self::Unexpected => 1008,
            Self::Unavailable => 1013,
        }
    }

    /// The close frame's reason.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::GoingAway => "server_berhenti",
            Self::Restoring => "sedang_dipulihkan",
            Self::Unauthenticated => "belum_masuk",
            Self::TokenExpired => "token_kedaluwarsa",
            Self::Revoked => "sesi_dicabut",
            Self::Forbidden => "terlarang",
            Self::TooSlow => "terlalu_lambat",
            Self::Silent => "tidak_menjawab",
            Self::TooMany => "terlalu_sering",
            Self::TooLarge => "pesan_terlalu_besar",
            Self::Unexpected => "pesan_tidak_dikenal",
            Self::Unavailable => "database_tidak_tersedia",
        }
    }
}
