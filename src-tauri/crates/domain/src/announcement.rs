//! How a server announces itself in the local network by mDNS, and how it is found.

/// The kind of service.
pub const SERVICE_TYPE: &str = "_bukutamu._tcp.local.";

/// The property that holds the school's name, for people.
pub const NAMA: &str = "nama";

/// The property that tells whether it speaks TLS: `1` or `0`.
pub const TLS: &str = "tls";

/// The property that holds its certificate's fingerprint; empty without TLS.
pub const SIDIK: &str = "sidik";
