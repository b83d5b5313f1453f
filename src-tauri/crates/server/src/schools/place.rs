//! Where a school of many lives: a folder that bears the name of its host.

use std::path::{Path, PathBuf};

use axum::http::{Request, header};
use store::kunci;

/// What lies in the folder of a school that is suspended.
pub(crate) const SUSPENDED: &str = "ditangguhkan";

/// A host's name is no longer (RFC 1035).
const HOST_MAX: usize = 253;

/// A host that may be a school's: lower case, without a port. None if no folder can have such a name.
pub(crate) fn host(text: &str) -> Option<String> {
    let name = text.split_once(':').map_or(text, |(name, _)| name).trim_end_matches('.').to_ascii_lowercase();
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    let is_name = !name.is_empty() && name.len() <= HOST_MAX && name.chars().all(is_plain);
    (is_name && !name.starts_with('.') && !name.contains("..")).then_some(name)
}

/// The host that a request names.
pub(super) fn host_of<B>(request: &Request<B>) -> Option<String> {
    let named = request.uri().authority().map(|authority| authority.as_str());
    let named = named.or_else(|| request.headers().get(header::HOST)?.to_str().ok());
    named.and_then(host)
}

/// The folder of a school that is there.
pub(crate) fn folder(schools: &Path, host: &str) -> Option<PathBuf> {
    let folder = schools.join(host);
    folder.join(kunci::FILE_NAME).is_file().then_some(folder)
}

/// Whether it is suspended.
pub(crate) fn is_suspended(folder: &Path) -> bool {
    folder.join(SUSPENDED).exists()
}

/// The hosts of all schools, in order.
pub(crate) fn hosts(schools: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(schools).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let is_school = |name: &String| host(name).as_ref() == Some(name) && folder(schools, name).is_some();
    let mut hosts: Vec<_> = names.filter(is_school).collect();
    hosts.sort();
    hosts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_folders_name_and_nothing_else() {
        for (text, expected) in [
            ("smp1.contoh.example", Some("smp1.contoh.example")),
            ("SMP1.Contoh.example:8443", Some("smp1.contoh.example")),
            ("smp1.contoh.example.", Some("smp1.contoh.example")),
            ("..", None),
            ("a/../b", None),
            ("a\\b", None),
            (".cadangan", None),
            ("", None),
            ("[::1]:80", None),
            ("smp 1", None),
        ] {
            assert_eq!(host(text).as_deref(), expected, "{text}");
        }
        assert_eq!(host(&"a".repeat(254)), None);
    }
}
