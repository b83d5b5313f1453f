//! How many files, and so connections, the system lets this program have open.

/// More are of no use.
#[cfg(unix)]
const WANTED: u64 = 32_768;

/// The program's limit. It is raised as far as the system allows without special rights.
#[cfg(unix)]
pub(crate) fn open_files_max() -> usize {
    use nix::sys::resource::{Resource::RLIMIT_NOFILE, getrlimit, setrlimit};
    let Ok((soft, hard)) = getrlimit(RLIMIT_NOFILE) else { return usize::MAX };
    let wanted = WANTED.min(hard);
    let limit = match soft < wanted && setrlimit(RLIMIT_NOFILE, wanted, hard).is_ok() {
        true => wanted,
        false => soft,
    };
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// There is no such limit.
#[cfg(not(unix))]
pub(crate) fn open_files_max() -> usize {
    usize::MAX
}
