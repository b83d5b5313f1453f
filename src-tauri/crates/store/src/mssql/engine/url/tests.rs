//! What a URL means, what it may not hold, and that it is never shown.

use super::*;

fn error(text: &str) -> MssqlUrlError {
    let error = MssqlConfig::parse(text).unwrap_err();
    assert!(!error.to_string().contains("rahasia"), "{error}");
    error
}

#[test]
fn a_url_says_where_and_how() {
    let config =
        MssqlConfig::parse("mssql://desk%40sekolah:ra%2Fha%3Asi+a%25@db.sekolah.example/Buku%20Tamu")
            .unwrap();
    assert_eq!(config.place(), "mssql://db.sekolah.example:1433/Buku Tamu");
    #[allow(irrefutable_let_patterns, reason = "there is one kind of login in most builds")]
    let Login::Sql { user, password } = &config.login else { panic!("a user is named") };
    assert_eq!((user.as_str(), password.as_str()), ("desk@sekolah", "ra/ha:si+a%"));
    assert_eq!(config.encryption, EncryptionLevel::Required);
    assert!(matches!(config.trust, Trust::System));
    assert_eq!(config.driver().get_addr(), "db.sekolah.example:1433");
}

#[test]
fn parameters_are_taken() {
    let text = "mssql://a:rahasia@[::1]:1444/b?encrypt=strict&\
        ca_file=%2Fetc%2Fca.pem&pool_size=3&wait_ms=50&timeout_ms=900";
    let config = MssqlConfig::parse(text).unwrap();
    assert_eq!(config.encryption, EncryptionLevel::Strict);
    assert!(
        matches!(&config.trust, Trust::SystemAnd(path) if path == "/etc/ca.pem".as_ref() as &std::path::Path)
    );
    assert_eq!((config.pool_size, config.wait.as_millis(), config.limit.as_millis()), (3, 50, 900));
    assert_eq!((config.host.as_str(), config.port), ("::1", 1444));
    let config = MssqlConfig::parse("mssql://a:b@c/d?encrypt=false&trust_server_certificate=true").unwrap();
    assert_eq!(config.encryption, EncryptionLevel::NotSupported);
    assert!(matches!(config.trust, Trust::Anyone));
}

#[test]
fn what_is_wrong_is_named_and_nothing_else_is_told() {
    assert_eq!(error("sqlite:rahasia"), MssqlUrlError::Form);
    assert_eq!(error("rahasia"), MssqlUrlError::Form);
    assert_eq!(error("mssql://a:rahasia@c"), MssqlUrlError::NoDatabase);
    assert_eq!(error("mssql://a:rahasia@c/"), MssqlUrlError::NoDatabase);
    assert_eq!(error("mssql://c/d"), MssqlUrlError::NoUser);
    assert_eq!(error("mssql://a:%ffrahasia@c/d"), MssqlUrlError::Encoding);
    let with = |parameter: &str| error(&format!("mssql://a:rahasia@c/d?{parameter}"));
    assert_eq!(with("Encrypt=true"), MssqlUrlError::UnknownParameter("Encrypt".to_owned()));
    assert_eq!(with("pool_size=1&pool_size=2"), MssqlUrlError::Repeated("pool_size".to_owned()));
    assert_eq!(with("ca_file=x&trust_server_certificate=true"), MssqlUrlError::Trust);
    for parameter in [
        "encrypt=no",
        "trust_server_certificate=yes",
        "pool_size=0",
        "wait_ms=0",
        "timeout_ms=99",
        "ca_file=",
    ] {
        assert!(matches!(with(parameter), MssqlUrlError::Value { .. }), "{parameter}");
    }
    assert_eq!(with("integrated=true"), MssqlUrlError::Integrated);
}

#[test]
fn the_password_is_never_shown() {
    let config = MssqlConfig::parse("mssql://desk:rahasia@c/d").unwrap();
    let shown = format!("{config:?} {}", config.place());
    assert!(!shown.contains("rahasia") && !shown.contains("desk"), "{shown}");
}
