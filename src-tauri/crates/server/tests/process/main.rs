//! The real program: its command lines, how it starts, stops and dies, and what it leaves on disk and in its log.
//!
//! What goes wrong in a school, and where it is tried:
//!
//! | fault | tests |
//! |---|---|
//! | killed in the midst of arrivals, walk-ins, answers, departures | `kill`, `kill_morning` |
//! | killed while a school is founded, updated, backed up | `kill_command` |
//! | killed while it moves a school, archives, sends messages | `copy`, `upkeep`, `messages` |
//! | a disk that is full, fails, is read-only or slow | `disk`, `log` |
//! | a folder that is moved, a database that is replaced, two servers on one folder | `place` |
//! | a database that another program locks | `locked` |
//! | damaged: key file, database, its log, certificate, configuration | `start`, `database`, `damage` |
//! | damaged rows | `tests/api/rusak.rs` |
//! | a damaged `program.toml`, a window's process that is killed | `tests/desktop` (`start`, `crash`) |
//! | a certificate near its end | `server/src/tls`, `tests/api/tls.rs`, `client/tests/client/pin.rs` |
//! | a clock that is off or leaps, midnight, a zone | `tests/api` (`clocks`, `jobs`, `auth/clocks`, `pindai/hari`) |
//! | a network that is cut, half open, lossy, slow | `tests/api/network.rs`, `client/tests/client` (`cuts`, `repeat`) |
//! | a database's server that is cut off or silent | `tests/api/database_gone.rs` |
//! | a computer that is suspended | `asleep`, `tests/api/jobs.rs` |
//! | a thousand PCs that come back at once | `reconnect` |
//! | a client that reads nothing, too few open files | `few_files`, `tests/api` (`connections`, `ws/bounds`) |

mod api;
#[cfg(unix)]
mod asleep;
#[cfg(unix)]
mod audit;
#[cfg(unix)]
mod backup;
#[cfg(unix)]
mod before_update;
mod copy;
mod damage;
mod database;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(unix)]
mod few_files;
mod flow;
mod init;
mod kill;
#[cfg(target_os = "linux")]
mod kill_command;
#[cfg(unix)]
mod kill_morning;
mod locked;
mod log;
#[cfg(unix)]
mod messages;
#[cfg(unix)]
mod place;
mod program;
#[cfg(target_os = "linux")]
mod reconnect;
#[cfg(unix)]
mod restore;
mod school;
mod secrets;
mod start;
#[cfg(unix)]
mod stop;
#[cfg(target_os = "linux")]
mod trace;
mod unusable;
mod upkeep;
