//! Why a server cannot be used, in one line for the person who sets it up. It follows from the server's own numbers,
//! from the kind of failure, and from what answers where the URL leads. It holds none of the driver's words, which are
//! for programmers, and nothing of the login.

use std::{io, time::Duration};

use tiberius::error::{Error, TokenError};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::MssqlConfig;

/// How long each step of looking may take.
const STEP: Duration = Duration::from_secs(2);

/// What every client of SQL Server says first: its version, and that it can do without encryption.
const HELLO: [u8; 26] = [
    0x12, 0x01, 0x00, 0x1a, 0, 0, 0, 0, // a packet of that kind, whole, of 26 bytes
    0x00, 0x00, 0x0b, 0x00, 0x06, // the version, at 11, of 6 bytes
    0x01, 0x00, 0x11, 0x00, 0x01, // encryption, at 17, of 1 byte
    0xff, // no more
    0x0f, 0, 0, 0, 0, 0,    // the version
    0x02, // none
];

/// A packet that a server answers with.
const ANSWER: u8 = 0x04;

/// Why a connection was not made; `error` is `None` if the time ran out.
pub(super) async fn of_connecting(config: &MssqlConfig, error: Option<&Error>) -> String {
    if let Some(Error::Server(error)) = error {
        return of_number(error);
    }
    if config.ca_file().is_some_and(|path| std::fs::read(path).is_err()) {
        return "the file that ca_file names in the URL cannot be read".to_owned();
    }
    match (Found::at(&config.driver().get_addr()).await, error) {
        (Found::SqlServer, Some(Error::Tls(message))) => of_certificate(message),
        (Found::SqlServer, None | Some(Error::Io { kind: io::ErrorKind::TimedOut, .. })) => {
            "SQL Server answers there, and takes no login in time".to_owned()
        }
        (Found::SqlServer, _) if config.wants_encryption() => {
            "SQL Server answers there, and makes no secure connection as the URL asks for with encrypt; \
             what it can do stands in its network configuration"
                .to_owned()
        }
        (Found::SqlServer, _) => {
            "SQL Server answers there, and ends the connection before the login".to_owned()
        }
        (found, _) => found.to_string(),
    }
}

/// Why something failed over a connection that was made.
pub(super) fn of_using(error: &Error) -> String {
    match error {
        Error::Server(error) => of_number(error),
        Error::Io { kind: io::ErrorKind::TimedOut, .. } => "the server does not answer any more".to_owned(),
        Error::Io { .. } => "the connection to the server was lost".to_owned(),
        _ => "the server does not speak as expected".to_owned(),
    }
}

fn of_number(error: &TokenError) -> String {
    let number = error.code();
    let why = match number {
        18456 => "the login was refused; check user and password",
        18470 => "the login is switched off at the server",
        18486 => "the login is locked at the server",
        18487 | 18488 => "the password of the login has ended; give it a new one at the server",
        4060 | 911 => "there is no such database, or this login may not use it",
        916 => "this login may not use the database",
        229 | 230 | 262 | 297 | 300 | 371 | 1088 | 2760 | 15247 => {
            "the login lacks a right; README.md has a script that grants them"
        }
        40615 => "the server's firewall keeps this computer out",
        904 | 921 | 922 | 976 | 978 | 983 | 40197 | 40501 | 40613 | 49918 => {
            "the database accepts no statements now; try again later"
        }
        _ => return format!("SQL Server error {number}"),
    };
    format!("{why} (error {number})")
}

/// Tells certificate errors apart by the names of their kinds.
fn of_certificate(message: &str) -> String {
    let is_one_of = |kinds: &[&str]| kinds.iter().any(|kind| message.contains(kind));
    let why = if is_one_of(&["UnknownIssuer", "CaUsedAsEndEntity", "UnsupportedCertVersion", "BadSignature"])
    {
        "the server's certificate is none that this computer trusts; ca_file=PATH in the URL names a certificate \
         authority of the school's own"
    } else if is_one_of(&["Expired", "NotValidYet", "expired", "not valid yet"]) {
        "the server's certificate has ended or not begun; look at it and at this computer's clock"
    } else if is_one_of(&["NotValidForName", "not valid for name"]) {
        "the server's certificate is for another name than the URL's; name the server as its certificate does"
    } else {
        "certificate and encryption of the server do not fit; ca_file=PATH in the URL names a certificate \
         authority of the school's own"
    };
    format!("no secure connection: {why}")
}

/// What is found where a URL leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum Found {
    #[error("the server's name is not known in this network")]
    NoName,
    #[error("nothing answers at that port; does SQL Server run, with TCP/IP, and on this port?")]
    Closed,
    #[error("there is no way to the server: it is off, or a firewall stands between")]
    NoWay,
    #[error("something takes the connection and says nothing; if it is SQL Server, it hangs")]
    Silent,
    #[error("what answers there ends the connection at once; that is no SQL Server, or one that is starting")]
    Ended,
    #[error("a web server answers there, no SQL Server; SQL Server's port is 1433 where nobody changed it")]
    Web,
    #[error("only TLS is spoken there; if it is SQL Server 2022 or later, write encrypt=strict into the URL")]
    Tls,
    #[error(
        "another program answers there, no SQL Server; SQL Server's port is 1433 where nobody changed it"
    )]
    Other,
    #[error("SQL Server answers there")]
    SqlServer,
}

impl Found {
    async fn at(name: &str) -> Self {
        let addresses: Vec<_> = match timeout(STEP, lookup_host(name)).await {
            Ok(Ok(addresses)) => addresses.collect(),
            _ => return Self::NoName,
        };
        match timeout(STEP, TcpStream::connect(&*addresses)).await {
            Ok(Ok(stream)) => timeout(STEP, Self::over(stream)).await.unwrap_or(Self::Silent),
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => Self::Closed,
            _ => Self::NoWay,
        }
    }

    /// Says hello, and looks at the first bytes that come.
    async fn over(mut stream: TcpStream) -> Self {
        if stream.write_all(&HELLO).await.is_err() {
            return Self::Ended;
        }
        let mut first = [0; 5];
        let mut len = 0;
        while len < first.len() {
            match stream.read(&mut first[len..]).await {
                Ok(read @ 1..) => len += read,
                _ => break,
            }
        }
        Self::by(&first[..len])
    }

    fn by(first: &[u8]) -> Self {
        match first {
            [] => Self::Ended,
            // The kind of packet, whether it is whole, and a length.
            [ANSWER, 0 | 1, ..] => Self::SqlServer,
            // An alert or an answer of TLS, and its version.
            [0x15 | 0x16, 0x03, ..] => Self::Tls,
            [b'H', b'T', b'T', b'P', ..] | [b'<', ..] => Self::Web,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_answers_is_known_by_the_first_bytes() {
        for (first, found) in [
            (&b""[..], Found::Ended),
            (&[4, 1, 0, 43], Found::SqlServer),
            (&[0x15, 3, 3, 0, 2], Found::Tls),
            (b"HTTP/", Found::Web),
            (b"<html", Found::Web),
            (b"SSH-2", Found::Other),
            (b"E\0\0\0\x7f", Found::Other),
            (&[4, 9], Found::Other),
        ] {
            assert_eq!(Found::by(first), found, "{first:?}");
        }
    }

    #[test]
    fn a_certificate_is_told_by_its_kind_and_not_in_the_drivers_words() {
        for (message, told) in [
            ("… handshake: invalid peer certificate: UnknownIssuer. To connect anyway …", "trusts"),
            ("… certificate expired: verification time 1 (UNIX), but …", "clock"),
            ("… certificate not valid for name \"db\"; certificate is only valid for …", "another name"),
            ("received fatal alert: HandshakeFailure", "do not fit"),
        ] {
            let line = of_certificate(message);
            assert!(line.contains(told) && !line.contains("anyway") && !line.contains('\n'), "{line}");
        }
    }
}
